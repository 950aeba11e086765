//! Waiting for a turn under a [`Quota`], in order of arrival.
//!
//! [`quota`](crate::quota) decides, this waits. Only the first in the queue waits for a slot and is woken when something
//! changes; all others wait for their place or their deadline, and ask now and then, so that one that is not polled does
//! not hold up those behind it. The clock is tokio's, so a test that pauses it drives
//! everything here. Its timers are late by up to a millisecond and never early, which is the side to err on.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use tokio::time::{Instant, sleep_until};

use crate::quota::{Advance, Answer, Entry, Place, Quota, Snapshot, Ticket, TurnError};

/// The right to make one call, which holds a slot of the quota.
///
/// Dropped before [`sent`](Self::sent), it gives the slot back at once; dropped after, when it is unknown if the
/// vendor has counted the call, the slot stays busy for a window.
#[derive(Debug)]
#[must_use = "dropping a slot gives it back"]
pub(crate) struct Slot<'a> {
    quota: &'a Quota,
    place: Place,
    ticket: Option<Ticket>,
    given: Instant,
    sent: bool,
}

/// A place in the queue, left when dropped.
struct Waiting<'a> {
    quota: &'a Quota,
    place: Place,
}

/// Waits for a turn to make one call, from `now` on: at the end of the queue, or where the call was `before`.
///
/// May be dropped at any time; the next caller moves up.
///
/// # Errors
/// [`TurnError::Full`] at once if the queue is full. [`TurnError::Late`] at the deadline, and as soon as it is known that
/// it cannot be met. Nothing was sent in either case.
pub(crate) async fn turn(
    quota: &Quota,
    before: Option<Place>,
    now: Instant,
    deadline: Instant,
) -> Result<Slot<'_>, TurnError> {
    let last = deadline.into_std();
    let waiting = match quota.enter(before, now.into_std(), last)? {
        Entry::Turn(place, ticket) => return Ok(Slot::new(quota, place, ticket, now)),
        Entry::Place(place) => Waiting { quota, place },
    };
    let mut timer = pin!(sleep_until(deadline));

    poll_fn(|context| {
        loop {
            let now = Instant::now();
            let again = match quota.advance(waiting.place, now.into_std(), last, context.waker()) {
                Ok(Advance::Turn(ticket)) => {
                    return Poll::Ready(Ok(Slot::new(quota, waiting.place, ticket, now)));
                }
                Ok(Advance::Wait(again)) => Instant::from_std(again),
                Err(err) => return Poll::Ready(Err(err)),
            };
            if timer.deadline() != again {
                timer.as_mut().reset(again);
            }
            if timer.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
        }
    })
    .await
}

impl<'a> Slot<'a> {
    fn new(quota: &'a Quota, place: Place, ticket: Ticket, now: Instant) -> Self {
        Self {
            quota,
            place,
            ticket: Some(ticket),
            given: now,
            sent: false,
        }
    }

    /// The time at which the turn came.
    pub(crate) fn given(&self) -> Instant {
        self.given
    }

    /// The place in the queue for sending the call again.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// The call goes out now, and from here on the vendor may count it.
    pub(crate) fn sent(&mut self) {
        self.sent = true;
    }

    /// The call never reached the vendor after all, as when no connection could be made. It gives its slot back when dropped.
    pub(crate) fn unsent(&mut self) {
        self.sent = false;
    }

    /// The vendor has answered.
    pub(crate) fn answered(&mut self, answer: &Answer) {
        if let Some(ticket) = self.ticket.take() {
            self.quota
                .answered(ticket, Instant::now().into_std(), answer);
        }
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket.take() else {
            return;
        };
        let now = Instant::now().into_std();
        match self.sent {
            true => self.quota.abandoned(ticket, now),
            false => self.quota.returned(ticket, now),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.quota.leave(self.place, Instant::now().into_std());
    }
}

impl Quota {
    /// The knowledge at this moment.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.snapshot_at(Instant::now().into_std())
    }
}

#[cfg(test)]
mod tests;
