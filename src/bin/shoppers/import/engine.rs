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
    source::Fault,
};
use crate::{exit::Failure, output::counted};

mod breaker;
mod carry;
mod order;
mod row;
mod verdict;

use breaker::{Breaker, Passage};
use carry::{Carried, carry};
use order::Order;
pub use row::{Row, Work};
use verdict::Doubt;

/// Rows that wait for others, or for their turn to be sent again, at the most. Each is in memory.
const WAITING: usize = 256;

/// Rows under way at the most, however large the quota is.
const MOST: usize = 256;

/// How often a row is sent that does not get through where others do.
const TRIES: u32 = 5;

/// How long the engine waits at the least before it asks the quota again.
const SHORTEST: Duration = Duration::from_millis(1);

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
    /// Rows that are stored, although the answer could not be read.
    pub unread: u64,
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
    /// What was said of the last one that has not.
    why: String,
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
                unread: 0,
                stop: None,
            },
            through: 0,
            why: String::new(),
        }
    }

    /// Sends rows until there are no more, or it cannot go on. Rows that are under way come to their end.
    pub async fn run(
        mut self,
        mut rows: Rows<D::Shopper>,
        mut interrupted: watch::Receiver<bool>,
        progress: &mut Progress,
    ) -> Ended {
        let mut is_over = false;
        loop {
            self.begin_what_may();
            let is_stopped = self.ended.stop.is_some();
            if self.running.is_empty() && (is_stopped || (is_over && self.has_nothing_left())) {
                return self.ended;
            }
            let wants_more = !is_stopped && !is_over && self.has_room();
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
                    None => is_over = true,
                },
                () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {
                    self.give_up_in_time(Instant::now());
                }
                () = progress.tick() => {}
                Ok(()) = interrupted.changed(), if !is_stopped => {
                    progress.say(&format!(
                        "interrupted: {} under way will end; once more stops at once",
                        counted(self.running.len() as u64)
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
            .chain(self.breaker.gives_up().filter(|_| open.is_some()))
            .min()
    }

    /// When the quota may let another row go.
    fn turn(&self, now: Instant) -> Option<Instant> {
        let quota = self.client.quota();
        let waits = !self.ready.is_empty() && quota.available == Some(0);
        waits.then(|| now + quota.wait.max(SHORTEST))
    }

    fn carried(&mut self, mut row: Row<D::Shopper>, carried: Carried) {
        let was_sent = matches!(row.work, Work::Send { .. } | Work::Resume { .. });
        let counts = &mut self.ended.counts;
        match carried {
            Carried::Stored => counts.stored += 1,
            Carried::StoredUnread => {
                counts.stored += 1;
                self.ended.unread += 1;
            }
            Carried::Aside(kind) => {
                counts.add(kind);
                if kind == Kind::InDoubt {
                    if was_sent {
                        self.failed("its outcome is in doubt");
                    }
                    return self.free(row.keys());
                }
            }
            Carried::Again { doubt, why } => {
                if row.tries == 0 {
                    row.through = self.through;
                }
                row.tries += 1;
                self.failed(&why);
                return self.again(row, doubt, why);
            }
            Carried::Stop(why) => return self.stop(Stop::Refused(why)),
            Carried::Unwritten(why) => return self.stop(Stop::Unwritten(why)),
        }
        if was_sent {
            self.through += 1;
            self.breaker.got_through();
        }
        self.free(row.keys());
    }

    /// A row that is to be sent again keeps its keys, so that no later one about the same shopper overtakes it.
    fn again(&mut self, mut row: Row<D::Shopper>, doubt: Doubt, why: String) {
        let replay = match row.work {
            Work::Send { replay, .. } => replay,
            Work::Resume { .. } => Replay::LooksFirst,
            Work::Reject(_) | Work::InDoubt => return,
        };
        if row.tries >= TRIES && self.through > row.through {
            let reason = format!("{why}; sent {} times, while others got through", row.tries);
            self.free(row.keys());
            row.work = match row.work {
                Work::Resume { .. } => Work::InDoubt,
                _ => Work::Reject(Fault::new("failed", reason)),
            };
            return self.ready.push_back(row);
        }
        let wait = match (replay, doubt) {
            // What is late may still come, and has to be there to be found.
            (Replay::LooksFirst, Doubt::Some) => self.settings.attempt_timeout.max(BEFORE_AGAIN),
            _ => BEFORE_AGAIN,
        };
        self.later.push_back((Instant::now() + wait, row));
    }

    fn failed(&mut self, why: &str) {
        let now = Instant::now();
        why.clone_into(&mut self.why);
        self.breaker.failed(now);
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
