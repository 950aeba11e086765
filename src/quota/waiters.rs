//! The callers that wait for a permit, in order of arrival.
//!
//! Only the first waits for a permit and is woken when something changes. All others wait for their position or their
//! deadline, and ask now and then, so that one that is not polled does not hold up those behind it.

use std::{collections::BTreeMap, mem, task::Waker, time::Duration};

use tokio::time::Instant;

/// A waiter that was woken and has not asked after this time is skipped. A runtime takes less to poll a task that was woken.
const GRACE: Duration = Duration::from_millis(50);

/// Each waiter asks again so often, which shows that it is polled.
const LIVENESS_INTERVAL: Duration = Duration::from_millis(100);

/// The most that all waiters may ask in a second: with more than a thousand of them each asks less often.
const LIVENESS_CHECKS_PER_SECOND: u32 = 10_000;

/// A caller's position in the order of arrival, which it keeps while its call is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(u64);

/// The callers that wait, in order of arrival.
pub(super) struct Waiters {
    pub(super) capacity: usize,
    queue: BTreeMap<Position, Waiter>,
    /// Those that are not polled, until they are.
    skipped: BTreeMap<Position, Waiter>,
    last: u64,
    /// Permits for calls that are sent again.
    pub(super) retries: u64,
    /// Permits that were waited for.
    pub(super) waits: u64,
    /// The time that those have waited, all together.
    pub(super) waited: Duration,
}

/// A caller that waits.
pub(super) struct Waiter {
    waker: Waker,
    since: Instant,
    is_retry: bool,
    /// A caller that is polled asks by then.
    due: Instant,
    /// It was woken, and has not asked since.
    woken: bool,
}

impl Waiters {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            queue: BTreeMap::new(),
            skipped: BTreeMap::new(),
            last: 0,
            retries: 0,
            waits: 0,
            waited: Duration::ZERO,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.queue.len() + self.skipped.len()
    }

    /// The waiters in front of a position, or of one at the end. Skipped ones do not count.
    pub(super) fn ahead_of(&self, position: Option<Position>) -> usize {
        match position {
            Some(position) => self.queue.range(..position).count(),
            None => self.queue.len(),
        }
    }

    /// A new position, behind all others.
    pub(super) fn next_position(&mut self) -> Position {
        self.last += 1;
        Position(self.last)
    }

    pub(super) fn insert(&mut self, position: Position, now: Instant, is_retry: bool) {
        let waiter = Waiter {
            waker: Waker::noop().clone(),
            since: now,
            is_retry,
            due: now + GRACE,
            woken: false,
        };
        self.queue.insert(position, waiter);
    }

    pub(super) fn is_first(&self, position: Position) -> bool {
        let first = self.queue.first_key_value();
        first.is_some_and(|(first, _)| *first == position)
    }

    /// Notes that a waiter asks, and looks after those in front of it: skips each that was woken and has not asked, and
    /// returns the wakers of those that are late. The time is when to ask again, whatever else happens.
    pub(super) fn check_ahead(
        &mut self,
        position: Position,
        now: Instant,
    ) -> (Vec<Waker>, Instant) {
        if let Some(waiter) = self.skipped.remove(&position) {
            self.queue.insert(position, waiter);
        }
        let mut late = Vec::new();
        let mut silent = Vec::new();
        let ahead = self.queue.range_mut(..position);
        for (ahead, waiter) in ahead.take_while(|(_, waiter)| waiter.due < now) {
            if waiter.woken {
                silent.push(*ahead);
            } else {
                late.push(waiter.wake(now));
            }
        }
        // The first without them may not know that it is.
        let has_new_first = !silent.is_empty() && late.is_empty();
        for position in silent {
            if let Some(waiter) = self.queue.remove(&position) {
                self.skipped.insert(position, waiter);
            }
        }
        if has_new_first && !self.is_first(position) {
            late.extend(self.wake_first(now));
        }
        let interval = if late.is_empty() {
            let waiters = u32::try_from(self.queue.len()).unwrap_or(u32::MAX);
            let fair = Duration::from_secs(1) / LIVENESS_CHECKS_PER_SECOND * waiters;
            fair.max(LIVENESS_INTERVAL)
        } else {
            // By then the late ones are silent, or have asked.
            GRACE + Duration::from_millis(1)
        };
        (late, now + interval)
    }

    /// Notes by when a waiter asks again, and returns the waker that it had before, to be dropped outside of the lock.
    pub(super) fn settle(
        &mut self,
        position: Position,
        again: Instant,
        waker: &Waker,
    ) -> Option<Waker> {
        let waiter = self.queue.get_mut(&position)?;
        (waiter.woken, waiter.due) = (false, again + GRACE);
        (!waiter.waker.will_wake(waker)).then(|| mem::replace(&mut waiter.waker, waker.clone()))
    }

    /// Returns the waker of the first, to be used outside of the lock.
    pub(super) fn wake_first(&mut self, now: Instant) -> Option<Waker> {
        let mut first = self.queue.first_entry()?;
        Some(first.get_mut().wake(now))
    }

    /// Removes a waiter that has its permit.
    pub(super) fn serve(&mut self, position: Position, now: Instant) -> Option<Waiter> {
        let waiter = self.queue.remove(&position)?;
        self.waits += 1;
        self.waited += now.saturating_duration_since(waiter.since);
        self.retries += u64::from(waiter.is_retry);
        Some(waiter)
    }

    /// Removes a waiter that gives up, and returns it, after one that was skipped.
    pub(super) fn remove(&mut self, position: Position) -> (Option<Waiter>, Option<Waiter>) {
        (self.skipped.remove(&position), self.queue.remove(&position))
    }
}

impl Waiter {
    fn wake(&mut self, now: Instant) -> Waker {
        if !self.woken {
            (self.woken, self.due) = (true, now + GRACE);
        }
        self.waker.clone()
    }
}
