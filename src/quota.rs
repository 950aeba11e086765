//! The vendor's quota, learnt from its answers, and the rate limiter that keeps to it.
//!
//! A vendor that allows `L` calls per window says neither where its windows begin nor of what kind they are. One rule is
//! safe wherever calls are counted one by one: a call counts from the moment it is *sent* until its answer was *received*,
//! and a window longer, and at most `L` calls count at any time. The vendor counts a call somewhere between those two
//! moments, so no window of its time, wherever it begins, holds more than `L` of ours.
//!
//! Other clients may use the same key, and a vendor may estimate where it should count. Three rules keep refusals rare then:
//!
//! - Slow start: two calls are in flight until two answers are in. If the vendor has counted no other calls by then, the whole
//!   limit may be in flight; otherwise an eighth, and one more with each answer.
//! - Remaining calls: where the vendor has counted others, no more calls are in flight than half of what it last stated as
//!   remaining, and one more for each of ours that counts no longer; but two may always be, as the statement may be old, or
//!   wrong.
//! - Circuit breaker and AIMD: a 429 opens a circuit breaker for all callers. When our oldest call counts no longer, or when
//!   the vendor says, one call probes if the vendor accepts calls again; a probe without an outcome is followed by another
//!   after 15 seconds. From then on we allow ourselves 0.9 of what was accepted, and with each window without a 429 a
//!   twentieth of the limit more, unless others use up what remains.
//!
//! Callers get permits in order of arrival, and a call that is sent again, after a 429 or a failure, keeps its position.
//! Only a caller that is polled can take a permit: one that is not, such as a future in a `buffer_unordered` whose consumer
//! is busy, is skipped after some tenths of a second, so that it holds up no other, and is first again as soon as it is
//! polled.
//!
//! The decisions neither sleep nor read a clock. Waiting uses tokio's timers, which are late by up to a millisecond and never
//! early.

use std::{
    future::poll_fn,
    mem,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker, ready},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use allowance::Allowance;
pub(crate) use allowance::{RateLimitHeaders, Settings};
pub(crate) use waiters::Position;
use waiters::Waiters;

mod allowance;
#[cfg(feature = "redis")]
mod fleet;
#[cfg(feature = "redis")]
mod memory_store;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
mod replica;
#[cfg(feature = "redis")]
mod sharing;
#[cfg(feature = "redis")]
mod store;
mod throttling;
mod waiters;

#[cfg(feature = "redis")]
pub use fleet::Fleet;
#[cfg(feature = "redis")]
pub use memory_store::MemoryStore;
#[cfg(feature = "redis")]
pub use redis::{RedisQuota, RedisQuotaBuilder};
#[cfg(feature = "redis")]
pub use sharing::StoreStatus;
#[cfg(feature = "redis")]
pub use store::{
    Observation, Outcome, QuotaStore, Report, StoreError, StoreKey, SyncReply, SyncRequest,
};

/// A client's knowledge of its quota at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Calls per window for all users of the key, as announced; `None` until the vendor has announced it. Always `None`
    /// with Gatsby, which announces none: a header that says otherwise comes from elsewhere, and is ignored.
    ///
    /// A lower limit shows at once, a higher one when it is used, a window after it was announced.
    pub limit: Option<u64>,
    /// Calls that were left to all users of the key, by the answer that was read last.
    pub remaining: Option<u64>,
    /// The time in which the vendor counts.
    pub window: Duration,
    /// Calls per window that the client allows itself: its fraction of the limit, less after a 429. `None`: any number.
    pub permits: Option<usize>,
    /// Calls that have a permit and no answer yet.
    pub in_flight: usize,
    /// Callers that wait for a permit.
    pub waiting: usize,
    /// Calls that could be sent at once. `None`: any number.
    pub available: Option<usize>,
    /// The time for which the circuit breaker still holds back all calls after a 429; zero when one call probes if it is over.
    /// `None`: the breaker is closed, and calls go through.
    pub open_for: Option<Duration>,
    /// The least time that a new caller would wait, if no caller before it gives up and the limit stays.
    pub wait: Duration,
    /// Calls that were answered 429, since the client was made.
    pub throttled: u64,
    /// Calls that were sent again, after a 429 or a failure, since the client was made.
    pub retries: u64,
    /// Calls that waited for a permit before they were sent, since the client was made.
    pub waits: u64,
    /// The time that those have waited, all together.
    pub waited: Duration,
    /// The store through which processes keep the quota together, if there is one. `limit`, `permits` and `open_for` are the
    /// fleet's then, and `available` are the permits that this process holds.
    #[cfg(feature = "redis")]
    pub store: Option<StoreStatus>,
}

/// Grants permits for calls within the quota of one key, in order of arrival. Clones share what is known.
#[derive(Clone)]
pub(crate) struct RateLimiter {
    state: Arc<Mutex<State>>,
    /// The quota is kept through a store.
    #[cfg(feature = "redis")]
    is_shared: bool,
}

struct State {
    allowance: Allowance,
    waiters: Waiters,
    #[cfg(feature = "redis")]
    sharing: Option<Box<sharing::Sharing>>,
}

impl State {
    fn try_acquire(&mut self, now: Instant) -> Result<u64, Option<Instant>> {
        #[cfg(feature = "redis")]
        if let Some(sharing) = &mut self.sharing {
            return sharing.replica.take(now);
        }
        self.allowance.try_acquire(now)
    }

    /// The earliest time at which a caller with `ahead` others in front can have a permit.
    fn earliest(&self, ahead: usize, now: Instant) -> Instant {
        #[cfg(feature = "redis")]
        if let Some(sharing) = &self.sharing {
            return sharing.replica.earliest(ahead, now);
        }
        self.allowance.earliest(ahead, now)
    }

    /// Ends a call: answered, without an outcome, or not sent.
    fn end(
        &mut self,
        permit: u64,
        now: Instant,
        headers: Option<&RateLimitHeaders>,
        is_sent: bool,
    ) {
        #[cfg(feature = "redis")]
        if let Some(sharing) = &mut self.sharing {
            return match headers {
                Some(headers) => sharing.complete(permit, now, headers),
                None if is_sent => sharing.replica.give_back(permit, now, Outcome::Unknown),
                None => sharing.replica.give_back(permit, now, Outcome::Unused),
            };
        }
        match headers {
            Some(headers) => self.allowance.complete(permit, now, headers),
            None if is_sent => self.allowance.abandon(permit, now),
            None => self.allowance.cancel(permit, now),
        }
    }
}

/// The permission to make one call; before it is granted, a position in the queue.
///
/// Dropped before [`mark_sent`](Self::mark_sent), it cancels the call, which counts no longer; dropped after, it abandons
/// the call, which counts for a window, as the vendor may have counted it.
#[must_use = "dropping a permit cancels the call"]
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
    position: Position,
    /// `None` while it is waited for.
    number: Option<u64>,
    /// The time of its arrival while it is waited for.
    acquired_at: Instant,
    is_retry: bool,
    is_sent: bool,
    has_ended: bool,
}

/// The reason for which a caller has no permit. Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AcquireError {
    /// As many callers wait as may.
    QueueFull,
    /// The permit would come after the deadline, or has not come before it.
    DeadlineExceeded,
}

impl RateLimiter {
    /// Makes a limiter that knows nothing of the quota yet.
    pub(crate) fn new(settings: Settings) -> Self {
        let state = State {
            allowance: Allowance::new(settings),
            waiters: Waiters::default(),
            #[cfg(feature = "redis")]
            sharing: None,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            #[cfg(feature = "redis")]
            is_shared: false,
        }
    }

    /// Waits for a permit from `now` on: behind all others, or at the position that the call had before, with which the queue
    /// is never full.
    ///
    /// May be dropped at any time; the next caller moves up.
    ///
    /// # Errors
    /// [`AcquireError::QueueFull`] at once. [`AcquireError::DeadlineExceeded`] at the deadline, and as soon as it is known that
    /// it cannot be met.
    pub(crate) async fn acquire(
        &self,
        position: Option<Position>,
        now: Instant,
        deadline: Instant,
    ) -> Result<Permit<'_>, AcquireError> {
        let mut permit = self.enter(position, now, deadline)?;
        if permit.number.is_some() {
            return Ok(permit);
        }
        #[cfg(feature = "redis")]
        self.sync();
        let mut timer = pin!(sleep_until(deadline));
        poll_fn(|context| {
            let waker = context.waker();
            while let Some(again) = permit.poll_acquire(Instant::now(), deadline, waker)? {
                timer.as_mut().reset(again);
                ready!(timer.as_mut().poll(context));
            }
            Poll::Ready(Ok(()))
        })
        .await?;
        Ok(permit)
    }

    /// Returns what is known of the quota.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let now = Instant::now();
        let state = &mut *self.lock();
        state.allowance.advance(now);
        let ahead = state.waiters.ahead_of(None);
        let next = state.earliest(ahead, now);
        let State {
            allowance, waiters, ..
        } = state;
        let open_for = allowance.breaker.open_for(now);
        // Unless it is closed, the breaker lets one call through, or none.
        let probes = open_for.map(|_| usize::from(allowance.breaker.blocked_until(now).is_none()));
        #[allow(unused_mut)]
        let mut snapshot = Snapshot {
            limit: allowance.limit,
            remaining: allowance.remaining,
            window: allowance.settings.window,
            permits: allowance.permits(now),
            in_flight: allowance.in_flight,
            waiting: waiters.len(),
            available: allowance.available(now).into_iter().chain(probes).min(),
            open_for,
            wait: next.saturating_duration_since(now),
            throttled: allowance.throttled,
            retries: waiters.retries,
            waits: waiters.waits,
            waited: waiters.waited,
            #[cfg(feature = "redis")]
            store: None,
        };
        #[cfg(feature = "redis")]
        if let Some(sharing) = &mut state.sharing {
            sharing.show(&mut snapshot, ahead, now);
        }
        snapshot
    }

    /// Grants a permit if there is one and no waiter is in front, or gives it a position in the queue.
    fn enter(
        &self,
        position: Option<Position>,
        now: Instant,
        deadline: Instant,
    ) -> Result<Permit<'_>, AcquireError> {
        let state = &mut *self.lock();
        let is_retry = position.is_some();
        let ahead = state.waiters.ahead_of(position);
        let position = position.unwrap_or_else(|| state.waiters.next_position());
        let number = (ahead == 0).then(|| state.try_acquire(now).ok()).flatten();
        if number.is_some() {
            state.waiters.retries += u64::from(is_retry);
        } else if !is_retry && state.waiters.len() >= state.allowance.settings.max_waiters {
            return Err(AcquireError::QueueFull);
        } else if state.earliest(ahead, now) > deadline {
            return Err(AcquireError::DeadlineExceeded);
        } else {
            state.waiters.push(position, now);
        }
        Ok(Permit {
            limiter: self,
            position,
            number,
            acquired_at: now,
            is_retry,
            is_sent: false,
            has_ended: false,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    pub(crate) fn acquired_at(&self) -> Instant {
        self.acquired_at
    }

    /// The position for sending the call again.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Notes that the call is sent now, and may be counted by the vendor.
    pub(crate) fn mark_sent(&mut self) {
        self.is_sent = true;
    }

    /// Notes that the call did not reach the vendor, as when no connection could be made.
    pub(crate) fn mark_unsent(&mut self) {
        self.is_sent = false;
    }

    /// Ends the call, which was answered.
    pub(crate) fn complete(&mut self, headers: &RateLimitHeaders) {
        self.end(Some(headers));
    }

    /// Asks for it from the queue; returns when to ask again, unless woken before, or `None` if it is granted.
    fn poll_acquire(
        &mut self,
        now: Instant,
        deadline: Instant,
        waker: &Waker,
    ) -> Result<Option<Instant>, AcquireError> {
        if deadline <= now {
            return Err(AcquireError::DeadlineExceeded);
        }
        let mut guard = self.limiter.lock();
        let state = &mut *guard;
        let (mut wakers, again) = state.waiters.check_ahead(self.position, now);
        let permit = if state.waiters.is_first(self.position) {
            state.try_acquire(now)
        } else {
            Err(None)
        };
        let (outcome, _waker) = match permit {
            Ok(number) => {
                let waited = now.saturating_duration_since(self.acquired_at);
                let waiter = state.waiters.remove(self.position);
                state.waiters.waits += 1;
                state.waiters.waited += waited;
                state.waiters.retries += u64::from(self.is_retry);
                wakers.extend(state.waiters.wake_first(now));
                (self.number, self.acquired_at) = (Some(number), now);
                (Ok(None), waiter)
            }
            Err(_) if state.earliest(0, now) > deadline => {
                (Err(AcquireError::DeadlineExceeded), None)
            }
            Err(at) => {
                let again = at.map_or(again, |at| at.min(again)).min(deadline);
                let waker = state.waiters.settle(self.position, again, waker);
                (Ok(Some(again)), waker)
            }
        };
        drop(guard);
        wakers.into_iter().for_each(Waker::wake);
        outcome
    }

    /// Ends the call, or the wait for the permit, unless it has ended. Wakes the first waiter, as there may be a permit for it.
    fn end(&mut self, headers: Option<&RateLimitHeaders>) {
        if mem::replace(&mut self.has_ended, true) {
            return;
        }
        let now = Instant::now();
        let mut state = self.limiter.lock();
        let _waker = if let Some(number) = self.number {
            state.end(number, now, headers, self.is_sent);
            None
        } else {
            state.waiters.remove(self.position)
        };
        wake_first(state, now);
        #[cfg(feature = "redis")]
        self.limiter.sync();
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.end(None);
    }
}

/// Wakes the first waiter outside of the lock, as a waker may do anything. For the same reason none is dropped inside.
fn wake_first(mut state: MutexGuard<'_, State>, now: Instant) {
    let first = state.waiters.wake_first(now);
    drop(state);
    if let Some(waker) = first {
        waker.wake();
    }
}

#[cfg(test)]
mod tests;
