//! Calls that have ended: what a process reports to the store, and reports again after a loss.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use crate::quota::store::{Outcome, Report};

/// The most permits that are remembered after a window.
const MOST_REMEMBERED: usize = 4_096;

/// A permit, and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub(super) number: i64,
    pub(super) at: Instant,
    pub(super) event: i64,
    pub(super) outcome: Outcome,
}

/// The calls of a process that have ended.
#[derive(Debug, Default)]
pub(super) struct EndedCalls {
    /// Those of the last window.
    pub(super) recent: VecDeque<Ended>,
    /// Those before. A store that has lost its latest seconds has them in flight until their leases end.
    past: VecDeque<Ended>,
}

impl EndedCalls {
    pub(super) fn pass(&mut self, now: Instant, window: Duration, lease: Duration) {
        let ended = self.recent.iter().take_while(|it| it.at + window <= now);
        let ended = ended.count();
        self.past.extend(self.recent.drain(..ended));
        let forgotten = self.past.iter().take_while(|it| it.at + lease <= now);
        let over = self.past.len().saturating_sub(MOST_REMEMBERED);
        self.past.drain(..forgotten.count().max(over));
    }

    /// All of them, for a store that may have lost them.
    pub(super) fn again(&self) -> impl Iterator<Item = Ended> {
        let recent = self.recent.iter().map(|it| Ended {
            outcome: match it.outcome {
                // It has had its effect.
                Outcome::Refused => Outcome::Unknown,
                outcome => outcome,
            },
            ..it.clone()
        });
        // Their window is over, too.
        let past = self.past.iter().map(|it| Ended {
            outcome: Outcome::Unused,
            ..it.clone()
        });
        recent.chain(past)
    }
}

impl Ended {
    pub(super) fn report(&self, now: Instant) -> Report {
        let age = match now.checked_duration_since(self.at) {
            Some(age) => micros(age),
            // Rounded away from now, so that the lease is not too short.
            None => -micros(self.at - now) - 1,
        };
        Report {
            number: self.number,
            age,
            event: self.event,
            outcome: self.outcome,
        }
    }
}

pub(super) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
