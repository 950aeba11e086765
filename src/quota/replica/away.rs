//! A process without the store: what it held, then a rest, then its share of the limit.

use std::time::Duration;

use tokio::time::Instant;

use super::{HOLD, HORIZON, Replica};
use crate::quota::store::Outcome;

/// Round trips in a row that have to fail before a store is away.
const FAILURES: u32 = 2;

/// The pause between round trips that fail, and as much again by chance.
const RETRY: Duration = Duration::from_millis(200);
const RETRY_SPREAD: f64 = 800.0;

/// Of `limit / replicas` this much is used where it is less than one call per window.
const STRETCH: f64 = 0.75;

/// The time without the store.
#[derive(Debug)]
pub(super) struct Away {
    pub(super) since: Instant,
    pub(super) retry: Instant,
    /// Permits that were this process's own when the store went away.
    own: usize,
    /// Of the calls that ended before, those that had been promised to others.
    promised: Option<Instant>,
    /// After a 429.
    pub(super) paused: Option<Instant>,
    refusals: u32,
    /// The part of the share that is left after refusals.
    factor: f64,
    /// The next call, where there is less than one per window.
    stretched: Option<Instant>,
}

/// A change of the store's state, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Away,
    Back(Duration),
    Lost,
}

impl Replica {
    /// Notes that the store did not answer.
    pub(super) fn fail(&mut self, now: Instant) -> Option<Change> {
        self.failures += 1;
        self.failed_in_a_row += 1;
        if self.failed_in_a_row < FAILURES && self.away.is_none() {
            // The server may have become slower; the next round trip has more time.
            self.ask_again = None;
            return None;
        }
        let retry =
            now + RETRY + Duration::from_micros((fastrand::f64() * RETRY_SPREAD * 1e3) as u64);
        if let Some(away) = &mut self.away {
            away.retry = retry;
            return None;
        }
        // What ended lately may have been promised to others, if others waited.
        let contended = self.reply.waiting > 0;
        let kept = self
            .ended
            .recent
            .iter()
            .filter(|it| it.at + self.window > now + HORIZON);
        // One of them may have been promised to each other process that had none, however far off it was.
        let others = usize::try_from(self.reply.replicas - 1).unwrap_or(0);
        let kept = if contended {
            0
        } else {
            kept.count().saturating_sub(others)
        };
        // A process that was alone goes on as it did.
        let own = match (self.reply.replicas, self.reply.permits) {
            (1, Some(permits)) => usize::try_from(permits).unwrap_or(0),
            _ => self.in_flight.len() + self.held.len() + kept,
        };
        self.away = Some(Away {
            since: now,
            retry,
            own,
            promised: contended.then_some(now),
            paused: None,
            refusals: 0,
            factor: 1.0,
            stretched: None,
        });
        Some(Change::Away)
    }

    /// Decides about a call without the store.
    pub(super) fn free_without_store(&mut self, now: Instant) -> Result<(), Option<Instant>> {
        let (window, share) = (self.window, self.limit_share());
        let busy = self.in_flight.len() + self.held.len() + self.ended.recent.len();
        let next = self.ended.recent.front().map(|it| it.at + window);
        let Some(away) = &mut self.away else {
            return Err(None);
        };
        if let Some(until) = away.paused.filter(|until| now < *until) {
            return Err(Some(until));
        }
        let Some(contact) = self.contact else {
            // The store was never there, and nothing is known of others: one call at a time, within the limit.
            let limit = self.reply.limit.map_or(usize::MAX, |limit| limit as usize);
            let most = if self.share < 1.0 {
                (limit as f64 * self.share) as usize
            } else {
                limit
            };
            return if self.announced && self.share >= 1.0 && !self.in_flight.is_empty() {
                Err(None)
            } else if busy < most.max(1) {
                Ok(())
            } else {
                Err(next)
            };
        };
        if self.reply.limit.is_none() && self.reply.permits.is_none() {
            // A vendor that announces a limit has one, although no answer has brought it yet.
            let is_alone = !self.announced || self.in_flight.is_empty();
            return if is_alone { Ok(()) } else { Err(None) };
        }
        let age = now.saturating_duration_since(contact);
        let rest = window + HOLD;
        let share = share * away.factor;
        let (most, busy, ends) = if age < rest {
            let promised =
                |since: Instant| self.ended.recent.iter().filter(|it| it.at <= since).count();
            let forgiven = away.promised.map_or(0, promised);
            (away.own, busy - forgiven, contact + rest)
        } else if age < 2 * rest {
            (away.own.min(share as usize), busy, contact + 2 * rest)
        } else if share < 1.0 {
            let stretch = window.div_f64(share * STRETCH);
            let at = *away
                .stretched
                .get_or_insert_with(|| now + stretch.mul_f64(fastrand::f64()));
            if now < at {
                return Err(Some(at));
            }
            if !self.in_flight.is_empty() {
                return Err(None);
            }
            away.stretched = Some(now + stretch);
            return Ok(());
        } else {
            (share as usize, busy, now + window)
        };
        if busy < most {
            return Ok(());
        }
        Err(next.into_iter().chain([ends]).min())
    }

    /// The fleet's limit by the processes that were seen.
    fn limit_share(&self) -> f64 {
        let permits = self.reply.limit.or(self.reply.permits).unwrap_or(1);
        permits as f64 / self.reply.replicas.max(1) as f64
    }

    /// Pauses after a refusal, and takes less of the share.
    pub(super) fn judge_without_store(&mut self, now: Instant, outcome: Outcome) {
        let (window, share) = (self.window, self.limit_share());
        if let Some(away) = &mut self.away {
            match outcome {
                Outcome::Refused if away.paused.is_none_or(|until| until <= now) => {
                    let least = window / 8 * (1 << away.refusals.min(3));
                    away.paused = Some(now + least);
                    away.refusals += 1;
                    away.factor = (away.factor * 0.75).max(1.0 / share.max(1.0));
                }
                Outcome::Accepted => away.refusals = 0,
                _ => {}
            }
        }
    }
}
