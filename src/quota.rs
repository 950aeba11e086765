//! The vendor's quota, learnt from its answers.
//!
//! A vendor that allows `L` calls per window says neither where its windows begin nor of what kind they are. One rule is
//! safe wherever calls are counted one by one: there are `L` slots, and a slot is busy from the moment a call is *sent*
//! until its answer was *received*, and a window longer. The vendor counts a call somewhere between those two moments,
//! so no window of its time, wherever it begins, holds more than `L` of ours.
//!
//! Others may use the same key, and a vendor may estimate where it should count. Three things keep the peace then:
//!
//! - Two calls are under way until two answers have told. If the vendor has counted none but ours by then, all of the
//!   limit may be; otherwise an eighth, and one more with each answer.
//! - Where the vendor has counted more than ours, no more are under way than half of what it last said are left, and one
//!   for each slot that has become free since; but two calls may always be, as what the vendor says may be old, or wrong.
//! - A 429 shuts a gate for all callers. When our oldest slot is free, or when the vendor says, one call finds out
//!   whether it is over, and from then on we allow ourselves 0.9 of what was accepted, and with each window without a
//!   429 a twentieth of the limit more, unless others use up what is left.
//!
//! Callers have their turn in order of arrival, and a call that is sent again, after a 429 or a failure, keeps its place
//! in that order. Only a caller that is polled can take its turn: one that is not, such as a future in a `buffer_unordered`
//! whose consumer is busy, is passed over after some tenths of a second, so that it holds up no other, and is first
//! again as soon as it is polled.
//!
//! Nothing here sleeps, sends or asks for the time: `now` is an argument. `turn` does the waiting.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

use gate::Passage;
pub(crate) use settings::{Announced, Settings};
use state::{State, Waiter};

mod cap;
mod gate;
mod limit;
mod settings;
mod state;

/// A handle to what is known about the quota of one key.
///
/// Clones share it, and two clients with one key in one process can share it too.
#[derive(Clone)]
pub(crate) struct Quota {
    state: Arc<Mutex<State>>,
}

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
    /// Calls per window that we allow ourselves: our share of the limit, less after a 429. `None`: as many as come.
    pub slots: Option<usize>,
    /// Calls that have their turn and no answer yet.
    pub in_flight: usize,
    /// Callers in the queue.
    pub waiting: usize,
    /// Calls that could be sent now. `None`: as many as come.
    pub available: Option<usize>,
    /// For how long a 429 holds all calls back; zero while one call finds out whether it is over. `None`: it does not.
    pub closed_for: Option<Duration>,
    /// The least time that a caller would wait who came now, if no caller before it gives up and the limit stays.
    pub wait: Duration,
    /// Calls that were answered 429, since the client was made.
    pub throttled: u64,
    /// Calls that were sent again, after a 429 or a failure, since the client was made.
    pub retries: u64,
    /// Calls that had to wait for their turn before they were sent, since the client was made.
    pub waits: u64,
    /// The time that those have waited, all together.
    pub waited: Duration,
}

/// The parts of an answer that bear on the quota.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Answer {
    /// The HTTP status. From 500 on a proxy may have answered, so it does not count as a good sign.
    pub(crate) status: u16,
    /// `X-RateLimit-Limit`, if it is a number.
    pub(crate) limit: Option<u64>,
    /// `X-RateLimit-Remaining`, if it is a number: how many calls the vendor would have accepted after this one.
    pub(crate) remaining: Option<u64>,
    /// `Retry-After`, of interest with a 429 only.
    pub(crate) retry_after: Option<Duration>,
}

/// The right to make one call. It has to come back: [`answered`](Quota::answered), [`abandoned`](Quota::abandoned) or
/// [`returned`](Quota::returned).
#[derive(Debug)]
pub(crate) struct Ticket {
    number: u64,
    event: u64,
    probe: bool,
}

/// A caller's position in the order of arrival, which it keeps while its call is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(u64);

/// The answer to a caller that asks for a turn.
#[derive(Debug)]
pub(crate) enum Entry {
    /// With its turn, and the place that it comes back to if its call is sent again.
    Turn(Place, Ticket),
    /// With a place in the queue.
    Place(Place),
}

/// The answer to a caller in the queue.
#[derive(Debug)]
pub(crate) enum Advance {
    /// Go.
    Turn(Ticket),
    /// Wait until woken, and ask again at that time at the latest: who does not is taken for one that is not polled.
    Wait(Instant),
}

/// The reason why a caller gets no turn. Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TurnError {
    /// As many callers wait as may.
    Full,
    /// The turn would come after the deadline, or has not come before it.
    Late,
}

impl Quota {
    /// A quota of which nothing is known yet.
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            state: Arc::new(Mutex::new(State::new(settings))),
        }
    }

    /// Asks for a turn: gives one if no caller waits in front and a slot is free, else a place in the queue: at its end, or the
    /// one that the call had before. A call that comes back finds the queue never full.
    ///
    /// # Errors
    /// [`TurnError::Full`], or [`TurnError::Late`] if the turn would come after the deadline even if all goes well.
    pub(crate) fn enter(
        &self,
        before: Option<Place>,
        now: Instant,
        deadline: Instant,
    ) -> Result<Entry, TurnError> {
        let mut state = self.lock();

        let place = before.unwrap_or_else(|| state.arrive());
        let ahead = match before {
            Some(_) => state.waiters.range(..place).count(),
            None => state.waiters.len(),
        };
        if ahead == 0
            && let Ok(ticket) = state.admit(now)
        {
            state.retries += u64::from(before.is_some());
            return Ok(Entry::Turn(place, ticket));
        }
        if before.is_none() && state.waiting() >= state.settings.queue {
            return Err(TurnError::Full);
        }
        if state.earliest(ahead, now) > deadline {
            return Err(TurnError::Late);
        }
        let waiter = Waiter::new(now, before.is_some());
        state.waiters.insert(place, waiter);
        Ok(Entry::Place(place))
    }

    /// Asks again from a place in the queue. Only who is first can get a turn, and only who is first is woken.
    ///
    /// # Errors
    /// [`TurnError::Late`] when the deadline has come, or cannot be met any more. The place is the caller's to leave.
    pub(crate) fn advance(
        &self,
        place: Place,
        now: Instant,
        deadline: Instant,
        waker: &Waker,
    ) -> Result<Advance, TurnError> {
        let mut state = self.lock();

        if deadline <= now {
            return Err(TurnError::Late);
        }
        state.come_back(place);
        let called = state.pass_over(place, now);
        let mut again = state.ask_again(now, !called.is_empty());
        if state.is_first(place) {
            match state.admit(now) {
                Ok(ticket) => {
                    let waiter = state.take_turn(place, now);
                    wake_first(state, now);
                    drop(waiter);
                    return Ok(Advance::Turn(ticket));
                }
                Err(_) if state.earliest(0, now) > deadline => return Err(TurnError::Late),
                Err(at) => again = again.min(at.unwrap_or(again)),
            }
        }
        let again = again.min(deadline);
        let replaced = state.settle(place, again, waker);
        drop(state);
        drop(replaced);
        called.into_iter().for_each(Waker::wake);
        Ok(Advance::Wait(again))
    }

    /// Leaves the queue. Who has had its turn has left it already, which does no harm.
    pub(crate) fn leave(&self, place: Place, now: Instant) {
        let mut state = self.lock();

        let passed = state.passed.remove(&place);
        let left = state.waiters.remove(&place);
        match &left {
            Some(_) => wake_first(state, now),
            None => drop(state),
        }
        drop((passed, left));
    }

    /// Takes a turn back whose call was answered, and learns from the answer.
    pub(crate) fn answered(&self, ticket: Ticket, now: Instant, answer: &Answer) {
        let mut state = self.lock();

        state.answered(&ticket, now, answer);
        wake_first(state, now);
    }

    /// Takes a turn back whose call was sent and never answered: its slot is busy for a window, as the vendor may have
    /// counted it.
    pub(crate) fn abandoned(&self, ticket: Ticket, now: Instant) {
        let mut state = self.lock();

        state.pass(now);
        state.cool(now, false);
        state.gate.reprobe(&ticket, now);
        wake_first(state, now);
    }

    /// Takes a turn back whose call was never sent: its slot is free at once.
    pub(crate) fn returned(&self, ticket: Ticket, now: Instant) {
        let mut state = self.lock();

        state.pass(now);
        state.flying -= 1;
        state.room = state.room.map(|room| room + 1);
        state.gate.reprobe(&ticket, now);
        wake_first(state, now);
    }

    /// The knowledge at `now`.
    pub(crate) fn snapshot_at(&self, now: Instant) -> Snapshot {
        let mut state = self.lock();

        state.pass(now);
        let available = state.available(now);
        let (closed_for, available) = match state.gate.state {
            Passage::Open => (None, available),
            Passage::Shut(until) if now < until => (Some(until - now), Some(0)),
            Passage::Shut(_) => (
                Some(Duration::ZERO),
                Some(available.map_or(1, |available| available.min(1))),
            ),
            Passage::Probing => (Some(Duration::ZERO), Some(0)),
        };
        Snapshot {
            limit: state.limit.known,
            remaining: state.limit.remaining,
            window: state.settings.window,
            slots: state.slots(now),
            in_flight: state.flying,
            waiting: state.waiting(),
            available,
            closed_for,
            wait: state
                .earliest(state.waiters.len(), now)
                .saturating_duration_since(now),
            throttled: state.throttled,
            retries: state.retries,
            waits: state.waits,
            waited: state.waited,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("Quota")
            .field("limit", &state.limit.known)
            .field("in_flight", &state.flying)
            .field("waiting", &state.waiting())
            .finish_non_exhaustive()
    }
}

/// Wakes who is first in the queue, outside the lock: a waker may do anything. For the same reason no waker is
/// dropped inside it.
fn wake_first(mut state: MutexGuard<'_, State>, now: Instant) {
    let first = state.call_first(now);
    drop(state);
    if let Some(waker) = first {
        waker.wake();
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
