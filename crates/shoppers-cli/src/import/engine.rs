//! Sends rows, as many at a time as the quota has room for, and notes what has become of each.

use std::{collections::VecDeque, panic, time::Duration};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{
    aside::Kind,
    destination::{Destination, Key, Replay},
    journal::{Counts, Journal, Unwritten},
    progress::Progress,
};
use crate::{exit::Failure, output::counted};

mod breaker;
mod carry;
mod order;
mod row;
mod verdict;

use breaker::{Breaker, Passage};
use carry::Setback;
use carry::{Carried, carry};
use order::Order;
pub use row::{Row, Work};
use verdict::{Doubt, Trouble};

/// Rows that wait for others, or for their turn to be sent again, at the most. Each is in memory.
const WAITING: usize = 256;

/// Rows under way at the most, however large the quota is.
const MOST: usize = 256;

/// How often a row is sent that does not get through where others do.
const TRIES: u32 = 5;

/// How often it is sent if it was refused: once more, to see whether others get through in between.
const TRIES_REFUSED: u32 = 2;

/// So many rows in a row that are refused as if by the key or the address, and it is not about the rows.
const REFUSED: usize = 20;

/// So many answers in a row that cannot be read, and they are not the vendor's.
const UNREADABLE: usize = 3;

/// What rows under way may take after the import has stopped, beyond the timeout of an attempt.
const GRACE: Duration = Duration::from_secs(1);

/// How long the engine waits at the least before it asks the quota again.
const SHORTEST: Duration = Duration::from_millis(1);

/// The vendor's wish for a wait is heeded up to here.
const LONGEST_ASKED: Duration = Duration::from_secs(120);

/// How long a row waits at the least that is to be sent again.
const BEFORE_AGAIN: Duration = Duration::from_millis(500);

/// How rows are sent.
pub struct Settings {
    pub concurrency: Option<usize>,
    pub give_up_after: Duration,
    pub attempt_timeout: Duration,
}

/// Why an import ends before its last row. Nothing of a shopper is in it.
#[derive(Debug)]
pub enum Stop {
    /// Somebody asked for it.
    Interrupted,
    /// The vendor does not accept the key, or is somewhere else.
    Refused(String),
    /// Something else than the vendor answers.
    Unreadable(String),
    /// No row has got through for too long.
    Down(String),
    /// What has become of a row could not be noted.
    Unwritten(Unwritten),
    /// There are no more rows to be had.
    Source(Failure),
}

/// What a run comes to.
pub struct Ended {
    pub counts: Counts,
    /// How often a row was sent again.
    pub sent_again: u64,
    pub stop: Option<Stop>,
}

pub type Rows<S> = mpsc::Receiver<Result<Row<S>, Failure>>;

/// Sends rows.
pub struct Engine<D: Destination> {
    client: D,
    journal: Journal,
    settings: Settings,
    breaker: Breaker,
    order: Order<Row<D::Shopper>>,
    /// May be sent at once.
    ready: VecDeque<Row<D::Shopper>>,
    /// Are to be sent again, not before that.
    later: VecDeque<(Instant, Row<D::Shopper>)>,
    running: JoinSet<(Row<D::Shopper>, Carried)>,
    ended: Ended,
    /// How many rows have got through.
    through: u64,
    /// Rows in a row that were refused as if by the key or the address.
    refused: usize,
    /// Answers in a row that could not be read.
    unreadable: usize,
    /// What was said of the last row that has not got through.
    why: String,
    /// `true` if all rows were read.
    is_over: bool,
}

impl<D: Destination> Engine<D> {
    /// Goes on from the counts of earlier runs.
    pub fn new(client: D, journal: Journal, settings: Settings, counts: Counts) -> Self {
        Self {
            client,
            journal,
            breaker: Breaker::new(settings.give_up_after),
            settings,
            order: Order::new(),
            ready: VecDeque::new(),
            later: VecDeque::new(),
            running: JoinSet::new(),
            ended: Ended {
                counts,
                sent_again: 0,
                stop: None,
            },
            through: 0,
            refused: 0,
            unreadable: 0,
            why: String::new(),
            is_over: false,
        }
    }

    /// Sends rows until there are no more, or it cannot go on. Rows that the vendor has not answered then have as long as one
    /// attempt may take. After that they are left as if the program was killed: the journal knows of each that may have been
    /// carried out.
    pub async fn run(
        mut self,
        mut rows: Rows<D::Shopper>,
        mut interrupted: watch::Receiver<bool>,
        progress: &mut Progress,
    ) -> Ended {
        let mut end = None;
        loop {
            self.settle_the_last();
            self.begin_what_may();
            let is_stopped = self.ended.stop.is_some();
            if self.running.is_empty() && (is_stopped || (self.is_over && self.has_nothing_left()))
            {
                return self.ended;
            }
            if is_stopped && end.is_none() {
                let now = Instant::now();
                end = Some((now + GRACE, now + self.settings.attempt_timeout + GRACE));
            }
            let wants_more = !is_stopped && !self.is_over && self.has_room();
            let wake = self.wake().filter(|_| !is_stopped);
            tokio::select! {
                Some(joined) = self.running.join_next() => match joined {
                    Ok((row, carried)) => self.carried(row, carried),
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
                    None => self.is_over = true,
                },
                Some(last) = until_next(end), if is_stopped => {
                    // Rows that only wait for the quota are at no vendor.
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
                    progress.say(&format!(
                        "interrupted: {} under way will end, within {}; once more stops at once",
                        counted(self.running.len() as u64),
                        humantime::format_duration(self.settings.attempt_timeout),
                    ));
                    self.stop(Stop::Interrupted);
                }
            }
            progress.show(&self.ended.counts, || self.client.quota());
        }
    }

    /// Begins rows while there are some that may go.
    fn begin_what_may(&mut self) {
        let now = Instant::now();
        while self.ended.stop.is_none() && self.running.len() < self.most(now) {
            let Some(row) = self.next_row(now) else {
                return;
            };
            self.ended.sent_again += u64::from(row.tries > 0 && row.is_sent());
            self.running
                .spawn(carry(self.client.clone(), self.journal.clone(), row));
        }
    }

    /// One that has waited long enough to be sent again, or a new one.
    fn next_row(&mut self, now: Instant) -> Option<Row<D::Shopper>> {
        let due = self.later.iter().position(|(until, _)| *until <= now);
        match due.and_then(|index| self.later.remove(index)) {
            Some((_, row)) => Some(row),
            None => self.ready.pop_front(),
        }
    }

    /// How many rows may be under way: as many as the quota lets go at once. A row that waited for its turn would count as
    /// under way when the program is interrupted, or killed.
    fn most(&self, now: Instant) -> usize {
        match self.breaker.passage(now) {
            Passage::Not(_) => 0,
            Passage::One => 1,
            Passage::All => {
                let quota = self.client.quota();
                let may_go = quota.available.map(|free| free + quota.in_flight);
                let asked = self.settings.concurrency;
                let most = may_go.or(asked).unwrap_or(D::WITHOUT_QUOTA);
                most.min(asked.unwrap_or(MOST))
            }
        }
    }

    fn has_nothing_left(&self) -> bool {
        self.ready.is_empty() && self.later.is_empty() && self.order.len() == 0
    }

    /// Whether another row may come into memory.
    fn has_room(&self) -> bool {
        self.ready.is_empty() && self.order.len() < WAITING && self.later.len() < WAITING
    }

    /// When to look again, if nothing happens before.
    fn wake(&self) -> Option<Instant> {
        let now = Instant::now();
        let open = match self.breaker.passage(now) {
            Passage::Not(until) => Some(until),
            Passage::One | Passage::All => None,
        };
        let later = self.later.iter().map(|(until, _)| *until);
        // Those that are due wait for another to end.
        let later = later.filter(|until| *until > now).min();
        open.into_iter()
            .chain(later)
            .chain(self.turn(now))
            .chain(self.breaker.gives_up())
            .min()
    }

    /// When the quota may let another row go.
    fn turn(&self, now: Instant) -> Option<Instant> {
        let quota = self.client.quota();
        let is_due = self.later.iter().any(|(until, _)| *until <= now);
        let waits = (is_due || !self.ready.is_empty()) && quota.available == Some(0);
        waits.then(|| now + quota.wait.max(SHORTEST))
    }

    fn carried(&mut self, mut row: Row<D::Shopper>, carried: Carried) {
        let was_sent = row.is_sent();
        let counts = &mut self.ended.counts;
        match carried {
            Carried::Stored => counts.stored += 1,
            Carried::Aside(kind, None) => counts.add(kind),
            Carried::Aside(kind, Some(setback)) => {
                counts.add(kind);
                self.failed(&setback, true);
                return self.free(row.keys());
            }
            Carried::Again(setback) => {
                let is_first = row.tries == 0;
                if is_first {
                    row.through = self.through;
                }
                row.tries += 1;
                self.failed(&setback, is_first);
                return self.again(row, setback);
            }
            Carried::Stop(why) => return self.stop(Stop::Refused(why)),
            Carried::Unwritten(why) => return self.stop(Stop::Unwritten(why)),
        }
        if was_sent {
            self.through += 1;
            (self.refused, self.unreadable) = (0, 0);
            self.breaker.got_through();
        }
        self.free(row.keys());
    }

    /// A row that is to be sent again keeps its keys, so that no later one about the same shopper overtakes it.
    fn again(&mut self, mut row: Row<D::Shopper>, setback: Setback) {
        let replay = match row.work {
            Work::Send { replay, .. } => replay,
            Work::Resume { .. } => Replay::LooksFirst,
            Work::Aside(..) => return,
        };
        if self.through > row.through && row.tries >= tries(setback.trouble) {
            let others = format!("sent {} times, while others got through", row.tries);
            return self.set_aside(row, setback, &others);
        }
        let wait = match (replay, setback.doubt) {
            // What is late may still come, and has to be there to be found.
            (Replay::LooksFirst, Doubt::Some) => self.settings.attempt_timeout,
            // The quota knows how long.
            _ if setback.trouble == Trouble::Throttled => Duration::ZERO,
            _ => setback.wait.min(LONGEST_ASKED),
        };
        row.setback = Some(setback);
        let wait = wait.max(BEFORE_AGAIN);
        self.later.push_back((Instant::now() + wait, row));
    }

    fn set_aside(&mut self, mut row: Row<D::Shopper>, setback: Setback, why: &str) {
        let mut fault = setback.fault;
        fault.reason = format!("{}; {why}", fault.reason);
        let kind = match (setback.trouble, &row.work) {
            (Trouble::Unreadable, _) | (_, Work::Resume { .. }) => Kind::InDoubt,
            _ => Kind::Rejected,
        };
        self.free(row.keys());
        row.work = Work::Aside(kind, fault);
        self.ready.push_back(row);
    }

    /// Decides about the last rows, where no other can show whether it is about them: it is, if this import has stored others,
    /// unless the vendor is down.
    fn settle_the_last(&mut self) {
        let is_last = (self.is_over || !self.has_room()) && self.ready.is_empty();
        if !is_last || !self.running.is_empty() || self.ended.stop.is_some() {
            return;
        }
        let is_tried = |row: &Row<D::Shopper>| {
            row.setback.as_ref().is_some_and(|setback| {
                !matches!(setback.trouble, Trouble::Down | Trouble::Throttled)
                    && row.tries >= tries(setback.trouble)
            })
        };
        if self.later.is_empty() || !self.later.iter().all(|(_, row)| is_tried(row)) {
            return;
        }
        let has_stored = self.ended.counts.stored > 0;
        for (_, mut row) in std::mem::take(&mut self.later) {
            let Some(setback) = row.setback.take() else {
                continue;
            };
            match setback.trouble {
                _ if has_stored => {
                    let alone = format!("sent {} times, and no other row is left", row.tries);
                    self.set_aside(row, setback, &alone);
                }
                Trouble::Refused => self.stop(Stop::Refused(setback.why)),
                Trouble::Unreadable => self.stop(Stop::Unreadable(setback.why)),
                // It ends when nothing has got through for long enough.
                _ => self.again(row, setback),
            }
        }
    }

    /// Notes that a row has not got through: for the first time, or again.
    fn failed(&mut self, setback: &Setback, is_first: bool) {
        let now = Instant::now();
        // To be throttled explains less than what came before.
        if setback.trouble != Trouble::Throttled || self.why.is_empty() {
            setback.why.clone_into(&mut self.why);
        }
        match setback.trouble {
            Trouble::Down | Trouble::Failed => self.breaker.failed(now),
            // The quota does the waiting.
            Trouble::Throttled => self.breaker.held_up(now),
            Trouble::Refused => {
                self.refused += usize::from(is_first);
                if self.refused >= REFUSED {
                    self.stop(Stop::Refused(setback.why.clone()));
                }
            }
            Trouble::Unreadable => {
                self.unreadable += usize::from(is_first);
                if self.unreadable >= UNREADABLE {
                    self.stop(Stop::Unreadable(setback.why.clone()));
                }
            }
        }
        self.give_up_in_time(now);
    }

    fn give_up_in_time(&mut self, now: Instant) {
        if self.breaker.has_given_up(now) {
            self.stop(Stop::Down(self.why.clone()));
        }
    }

    fn free(&mut self, keys: &[Key]) {
        self.ready.extend(self.order.done(keys));
    }

    /// The first reason is the one that is told.
    fn stop(&mut self, why: Stop) {
        self.ended.stop.get_or_insert(why);
    }
}

/// Waits for the first of two moments, and returns the second.
async fn until_next(end: Option<(Instant, Instant)>) -> Option<Instant> {
    let (next, last) = end?;
    sleep_until(next).await;
    Some(last)
}

/// How often a row is sent before it is taken to be about the row.
fn tries(trouble: Trouble) -> u32 {
    match trouble {
        Trouble::Refused => TRIES_REFUSED,
        Trouble::Throttled => u32::MAX,
        Trouble::Down | Trouble::Failed | Trouble::Unreadable => TRIES,
    }
}
