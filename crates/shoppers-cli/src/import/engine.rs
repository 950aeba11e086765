//! Sends rows, as many at a time as the quota allows.

use std::{collections::VecDeque, panic, time::Duration};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{
    destination::{Destination, Idempotency, Key},
    journal::{Journal, WriteError},
    progress::Progress,
    row::{Counts, RejectKind},
};
use crate::{exit::Failure, output::counted};

mod breaker;
mod order;
mod outcome;
mod pending;
mod verdict;

use breaker::{CircuitBreaker, State};
use order::Order;
use outcome::{RowOutcome, process};
use pending::Setback;
pub use pending::{Action, PendingRow};
use verdict::Trouble;

/// The most rows in memory that wait for other rows, and the most that wait to be sent again.
const WAITING: usize = 256;

/// The most rows under way, however large the quota is.
const MAX_CONCURRENCY: usize = 256;

/// The rows that may wait for a permit where processes share the quota through a store.
const WAITING_FOR_STORE: usize = 8;

/// This many refusals in a row are due to the key or the address.
const REFUSED: usize = 20;

/// This many unreadable answers in a row are not the vendor's.
const UNREADABLE: usize = 3;

/// The time that rows under way have after the import has stopped, beyond the attempt timeout.
const GRACE: Duration = Duration::from_secs(1);

/// The shortest wait before the engine looks at the quota again.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// The longest wait that a vendor may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// The shortest wait before a row is sent again.
const RETRY_WAIT: Duration = Duration::from_millis(500);

/// The settings of the engine.
pub struct Settings {
    pub concurrency: Option<usize>,
    pub give_up_after: Duration,
    pub attempt_timeout: Duration,
}

/// The reason why an import ends before its last row. It holds no shopper's data.
#[derive(Debug)]
pub enum Stop {
    /// The user asked for it.
    Interrupted,
    /// The vendor does not accept the key, or the address is wrong.
    Refused(String),
    /// The answers are not the vendor's.
    Unreadable(String),
    /// No row has succeeded for too long.
    Down(String),
    /// The outcome of a row could not be written.
    Unwritten(WriteError),
    /// The rest of the file cannot be read.
    Source(Failure),
}

/// The result of a run.
pub struct RunResult {
    pub counts: Counts,
    /// The number of answers 429.
    pub throttled: u64,
    /// The number of calls that were sent again.
    pub retries: u64,
    pub stop: Option<Stop>,
}

pub type Rows<S> = mpsc::Receiver<Result<PendingRow<S>, Failure>>;

/// Sends rows.
pub struct Engine<D: Destination> {
    client: D,
    journal: Journal,
    settings: Settings,
    breaker: CircuitBreaker,
    order: Order<PendingRow<D::Shopper>>,
    /// The rows that may be sent at once.
    ready: VecDeque<PendingRow<D::Shopper>>,
    /// The rows that are to be sent again, and the earliest time for it.
    later: VecDeque<(Instant, PendingRow<D::Shopper>)>,
    running: JoinSet<(PendingRow<D::Shopper>, RowOutcome)>,
    result: RunResult,
    /// The number of rows that have succeeded.
    successes: u64,
    /// The number of refusals in a row.
    refused: usize,
    /// The number of unreadable answers in a row.
    unreadable: usize,
    /// The message of the last failure.
    message: String,
    /// `true` if all rows were read.
    is_read: bool,
}

impl<D: Destination> Engine<D> {
    /// Continues from the counts of earlier runs.
    pub fn new(client: D, journal: Journal, settings: Settings, counts: Counts) -> Self {
        Self {
            client,
            journal,
            breaker: CircuitBreaker::new(settings.give_up_after),
            settings,
            order: Order::new(),
            ready: VecDeque::new(),
            later: VecDeque::new(),
            running: JoinSet::new(),
            result: RunResult {
                counts,
                throttled: 0,
                retries: 0,
                stop: None,
            },
            successes: 0,
            refused: 0,
            unreadable: 0,
            message: String::new(),
            is_read: false,
        }
    }

    /// Sends rows until there are no more, or the import has to stop. Rows that the vendor has not answered then have the
    /// attempt timeout left. After that they are dropped as if the program was killed: the journal knows each that the vendor
    /// may have stored.
    pub async fn run(
        mut self,
        mut rows: Rows<D::Shopper>,
        mut interrupted: watch::Receiver<bool>,
        progress: &mut Progress,
    ) -> RunResult {
        let mut end = None;
        loop {
            self.judge_the_last();
            self.start_ready();
            let is_stopped = self.result.stop.is_some();
            if self.running.is_empty() && (is_stopped || (self.is_read && self.has_nothing_left()))
            {
                // The client counts its own retries, the engine those of rows.
                let quota = self.client.quota();
                self.result.throttled = quota.throttled;
                self.result.retries += quota.retries;
                return self.result;
            }
            if is_stopped && end.is_none() {
                let now = Instant::now();
                end = Some((now + GRACE, now + self.settings.attempt_timeout + GRACE));
            }
            let wants_more = !is_stopped && !self.is_read && self.has_room();
            let wake = self.wake().filter(|_| !is_stopped);
            tokio::select! {
                Some(joined) = self.running.join_next() => match joined {
                    Ok((row, outcome)) => self.on_outcome(row, outcome),
                    Err(err) => if let Ok(panicked) = err.try_into_panic() {
                        panic::resume_unwind(panicked);
                    },
                },
                next = rows.recv(), if wants_more => match next {
                    Some(Ok(row)) => {
                        let keys = row.keys().to_vec();
                        self.ready.extend(self.order.offer(keys, row));
                    }
                    Some(Err(failure)) => self.stop(Stop::Source(failure)),
                    None => self.is_read = true,
                },
                Some(last) = until_next(end), if is_stopped => {
                    // Rows that wait for the quota are not at the vendor.
                    let now = Instant::now();
                    if now >= last || self.client.quota().in_flight == 0 {
                        self.running.shutdown().await;
                    }
                    end = Some((last.min(now + GRACE), last));
                }
                () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {
                    self.give_up_in_time(Instant::now());
                }
                () = progress.tick() => {}
                Ok(()) = interrupted.changed(), if !is_stopped => {
                    progress.message(&format!(
                        "interrupted: waiting up to {1} for {0} under way; interrupt again to stop at once",
                        counted(self.running.len() as u64),
                        humantime::format_duration(self.settings.attempt_timeout),
                    ));
                    self.stop(Stop::Interrupted);
                }
            }
            progress.show(&self.result.counts, || self.client.quota());
        }
    }

    /// Sends rows while some are ready and may be sent.
    fn start_ready(&mut self) {
        let now = Instant::now();
        while self.result.stop.is_none() && self.running.len() < self.concurrency(now) {
            let Some(row) = self.next_row(now) else {
                return;
            };
            self.result.retries += u64::from(row.attempts > 0 && row.is_call());
            self.running
                .spawn(process(self.client.clone(), self.journal.clone(), row));
        }
    }

    /// A row that has waited long enough to be sent again, or a new one.
    fn next_row(&mut self, now: Instant) -> Option<PendingRow<D::Shopper>> {
        let due = self.later.iter().position(|(until, _)| *until <= now);
        match due.and_then(|index| self.later.remove(index)) {
            Some((_, row)) => Some(row),
            None => self.ready.pop_front(),
        }
    }

    /// The number of rows that may be under way: as many as the quota allows at once, as a row that waits for it would count as
    /// under way when the program is interrupted or killed.
    fn concurrency(&self, now: Instant) -> usize {
        match self.breaker.state(now) {
            State::Open(_) => 0,
            State::HalfOpen => 1,
            State::Closed => {
                let quota = self.client.quota();
                // Processes that share the quota get permits for callers that wait.
                let least = quota.store.map_or(0, |_| WAITING_FOR_STORE);
                let allowed = quota.available.map(|it| it.max(least) + quota.in_flight);
                let setting = self.settings.concurrency;
                let concurrency = allowed.or(setting).unwrap_or(D::CONCURRENCY);
                concurrency.min(setting.unwrap_or(MAX_CONCURRENCY))
            }
        }
    }

    fn has_nothing_left(&self) -> bool {
        self.ready.is_empty() && self.later.is_empty() && self.order.len() == 0
    }

    /// Returns `true` if another row may be read into memory.
    fn has_room(&self) -> bool {
        self.ready.is_empty() && self.order.len() < WAITING && self.later.len() < WAITING
    }

    /// The time to look again, if nothing happens before.
    fn wake(&self) -> Option<Instant> {
        let now = Instant::now();
        let open = match self.breaker.state(now) {
            State::Open(until) => Some(until),
            State::HalfOpen | State::Closed => None,
        };
        let later = self.later.iter().map(|(until, _)| *until);
        // Rows that are due wait for another one to end.
        let later = later.filter(|until| *until > now).min();
        open.into_iter()
            .chain(later)
            .chain(self.next_permit(now))
            .chain(self.breaker.gives_up_at())
            .min()
    }

    /// The time at which the quota may allow another row.
    fn next_permit(&self, now: Instant) -> Option<Instant> {
        let quota = self.client.quota();
        let is_due = self.later.iter().any(|(until, _)| *until <= now);
        let waits = (is_due || !self.ready.is_empty()) && quota.available == Some(0);
        waits.then(|| now + quota.wait.max(SHORTEST_WAIT))
    }

    fn on_outcome(&mut self, mut row: PendingRow<D::Shopper>, outcome: RowOutcome) {
        let counts = &mut self.result.counts;
        match outcome {
            RowOutcome::Stored => counts.stored += 1,
            RowOutcome::Rejected(kind, None) => counts.add(kind),
            RowOutcome::Rejected(kind, Some(setback)) => {
                counts.add(kind);
                self.count(&setback);
                self.on_setback(&setback);
                return self.free(row.keys());
            }
            RowOutcome::Retry(setback) => {
                if row.attempts == 0 {
                    row.successes = self.successes;
                    self.count(&setback);
                }
                row.attempts += 1;
                self.on_setback(&setback);
                return self.retry(row, setback);
            }
            RowOutcome::Unauthorized(message) => return self.stop(Stop::Refused(message)),
            RowOutcome::Unwritten(err) => return self.stop(Stop::Unwritten(err)),
        }
        if row.is_call() {
            self.successes += 1;
            (self.refused, self.unreadable) = (0, 0);
            self.breaker.on_success();
        }
        self.free(row.keys());
    }

    /// Sends a row again later. It keeps its keys, so that no later row about the same shopper overtakes it.
    fn retry(&mut self, mut row: PendingRow<D::Shopper>, setback: Setback) {
        let idempotency = match row.action {
            Action::Send { idempotency, .. } => idempotency,
            Action::Resume { .. } => Idempotency::FindsFirst,
            Action::Reject(..) => return,
        };
        if self.successes > row.successes && row.attempts >= setback.trouble.attempts() {
            let others = format!("sent {} times, while other rows succeeded", row.attempts);
            return self.reject(row, setback, &others);
        }
        let wait = match idempotency {
            // A late create has to be there to be found.
            Idempotency::FindsFirst if setback.is_ambiguous => self.settings.attempt_timeout,
            // The quota knows the wait.
            _ if setback.trouble == Trouble::Throttled => Duration::ZERO,
            _ => setback.wait.min(LONGEST_WAIT),
        };
        row.setback = Some(setback);
        let wait = wait.max(RETRY_WAIT);
        self.later.push_back((Instant::now() + wait, row));
    }

    fn reject(&mut self, mut row: PendingRow<D::Shopper>, setback: Setback, detail: &str) {
        let mut fault = setback.fault;
        fault.reason = format!("{}; {detail}", fault.reason);
        let kind = match (setback.trouble, &row.action) {
            (Trouble::Unreadable, _) | (_, Action::Resume { .. }) => RejectKind::Ambiguous,
            _ => RejectKind::Rejected,
        };
        self.free(row.keys());
        row.action = Action::Reject(kind, fault);
        self.ready.push_back(row);
    }

    /// Judges the last rows, when no other row can show if they are at fault: they are if this import has stored others,
    /// unless the vendor is down.
    fn judge_the_last(&mut self) {
        let is_last = (self.is_read || !self.has_room()) && self.ready.is_empty();
        if !is_last || !self.running.is_empty() || self.result.stop.is_some() {
            return;
        }
        let is_tried = |row: &PendingRow<D::Shopper>| {
            row.setback.as_ref().is_some_and(|setback| {
                !matches!(setback.trouble, Trouble::Down | Trouble::Throttled)
                    && row.attempts >= setback.trouble.attempts()
            })
        };
        if self.later.is_empty() || !self.later.iter().all(|(_, row)| is_tried(row)) {
            return;
        }
        let has_stored = self.result.counts.stored > 0;
        for (_, mut row) in std::mem::take(&mut self.later) {
            let Some(setback) = row.setback.take() else {
                continue;
            };
            match setback.trouble {
                _ if has_stored => {
                    let alone = format!("sent {} times, and no other row is left", row.attempts);
                    self.reject(row, setback, &alone);
                }
                Trouble::Refused => self.stop(Stop::Refused(setback.message)),
                Trouble::Unreadable => self.stop(Stop::Unreadable(setback.message)),
                // The breaker gives up in time.
                _ => self.retry(row, setback),
            }
        }
    }

    /// Takes note that a row has failed.
    fn on_setback(&mut self, setback: &Setback) {
        let now = Instant::now();
        // An earlier failure explains more than a 429.
        if setback.trouble != Trouble::Throttled || self.message.is_empty() {
            setback.message.clone_into(&mut self.message);
        }
        match setback.trouble {
            Trouble::Down | Trouble::Failed => self.breaker.on_failure(now),
            // The quota makes rows wait.
            Trouble::Throttled => self.breaker.on_throttled(now),
            Trouble::Refused | Trouble::Unreadable => {}
        }
        self.give_up_in_time(now);
    }

    /// Counts refusals and unreadable answers in a row, each row once.
    fn count(&mut self, setback: &Setback) {
        match setback.trouble {
            Trouble::Refused => self.refused += 1,
            Trouble::Unreadable => self.unreadable += 1,
            _ => {}
        }
        if self.refused >= REFUSED {
            self.stop(Stop::Refused(setback.message.clone()));
        }
        if self.unreadable >= UNREADABLE {
            self.stop(Stop::Unreadable(setback.message.clone()));
        }
    }

    fn give_up_in_time(&mut self, now: Instant) {
        if self.breaker.gives_up_at().is_some_and(|it| now >= it) {
            self.stop(Stop::Down(self.message.clone()));
        }
    }

    fn free(&mut self, keys: &[Key]) {
        self.ready.extend(self.order.done(keys));
    }

    /// Stops the import. The first reason counts.
    fn stop(&mut self, reason: Stop) {
        self.result.stop.get_or_insert(reason);
    }
}

/// Waits for the first of two moments, and returns the second.
async fn until_next(end: Option<(Instant, Instant)>) -> Option<Instant> {
    let (next, last) = end?;
    sleep_until(next).await;
    Some(last)
}
