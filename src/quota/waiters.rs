//! The callers that wait for a permit, in order of arrival.
//!
//! Only the first waits for a permit and is woken when something changes. All others wait for their position or their
//! deadline, and ask now and then, so that one that is not polled does not hold up those behind it.
//!
//! Wakers are returned, to be used and dropped outside of the lock: a waker may do anything.

use std::{collections::BTreeMap, mem, task::Waker, time::Duration};

use tokio::time::Instant;

/// A waiter that was woken and has not asked after this time is skipped. A runtime takes less to poll a task that was woken.
const GRACE: Duration = Duration::from_millis(50);

/// Each waiter asks again so often, which shows that it is polled.
const LIVENESS_INTERVAL: Duration = Duration::from_millis(100);

/// The most that all waiters may ask in a second: with more than a thousand of them each asks less often.
const LIVENESS_CHECKS_PER_SECOND: u32 = 10_000;

/// A caller's position in the order of arrival, which it keeps while its call is sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(u64);

/// The callers that wait, in order of arrival.
#[derive(Default)]
pub(super) struct Waiters {
    /// Without those that are skipped, until they ask again.
    queue: BTreeMap<Position, Waiter>,
    last: Position,
    /// With those that are skipped.
    waiting: usize,
    /// Permits for calls that are sent again.
    pub(super) retries: u64,
    /// Permits that were waited for.
    pub(super) waits: u64,
    /// The time that those have waited, all together.
    pub(super) waited: Duration,
}

/// A caller that waits.
struct Waiter {
    waker: Waker,
    /// A caller that is polled asks by then.
    due: Instant,
    /// It was woken, and has not asked since.
    woken: bool,
}

impl Waiters {
    pub(super) fn len(&self) -> usize {
        self.waiting
    }

    /// The waiters in front of a position, or of one at the end.
    pub(super) fn ahead_of(&self, position: Option<Position>) -> usize {
        match position {
            Some(position) => self.queue.range(..position).count(),
            None => self.queue.len(),
        }
    }

    /// A new position, behind all others.
    pub(super) fn next_position(&mut self) -> Position {
        self.last.0 += 1;
        self.last
    }

    pub(super) fn is_first(&self, position: Position) -> bool {
        self.queue.range(..position).next().is_none()
    }

    /// Puts a caller into the queue.
    pub(super) fn push(&mut self, position: Position, now: Instant) {
        self.waiting += 1;
        self.join(position, now);
    }

    fn join(&mut self, position: Position, now: Instant) {
        self.queue.entry(position).or_insert_with(|| Waiter {
            waker: Waker::noop().clone(),
            due: now + GRACE,
            woken: false,
        });
    }

    /// Looks after the waiters in front of one that asks, which joins the queue again if it was skipped: wakes those that are
    /// late, and skips those that were woken and have not asked. Returns their wakers, and when to ask again, whatever else
    /// happens.
    pub(super) fn check_ahead(
        &mut self,
        position: Position,
        now: Instant,
    ) -> (Vec<Waker>, Instant) {
        self.join(position, now);
        let mut wakers = Vec::new();
        let mut silent = Vec::new();
        let ahead = self.queue.range_mut(..position);
        for (ahead, waiter) in ahead.take_while(|(_, waiter)| waiter.due < now) {
            if waiter.woken {
                silent.push(*ahead);
            } else {
                wakers.push(waiter.wake(now));
            }
        }
        let skipped = silent.iter().filter_map(|ahead| self.queue.remove(ahead));
        let skipped: Vec<_> = skipped.map(|waiter| waiter.waker).collect();
        // The first without them may not know that it is.
        if wakers.is_empty() && !skipped.is_empty() && !self.is_first(position) {
            wakers.extend(self.wake_first(now));
        }
        let interval = if wakers.is_empty() {
            let waiters = u32::try_from(self.queue.len()).unwrap_or(u32::MAX);
            let fair = Duration::from_secs(1) / LIVENESS_CHECKS_PER_SECOND * waiters;
            fair.max(LIVENESS_INTERVAL)
        } else {
            // By then the late ones have asked, or can be skipped.
            GRACE + Duration::from_millis(1)
        };
        wakers.extend(skipped);
        (wakers, now + interval)
    }

    /// Notes by when a waiter asks again, and returns the waker that it had before.
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

    /// Returns the waker of the first.
    pub(super) fn wake_first(&mut self, now: Instant) -> Option<Waker> {
        let mut first = self.queue.first_entry()?;
        Some(first.get_mut().wake(now))
    }

    /// Removes a waiter that has its permit, or gives up, and returns its waker.
    pub(super) fn remove(&mut self, position: Position) -> Option<Waker> {
        self.waiting -= 1;
        self.queue.remove(&position).map(|waiter| waiter.waker)
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
