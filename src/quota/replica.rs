//! One process of a fleet: the permits that it holds, what the store has still to learn, and how it goes on without the store.
//!
//! Nothing here sleeps or asks for the time, as in the rest of the quota. Its driver makes one round trip at a time
//! ([`due`](Replica::due), [`begin`](Replica::begin), [`finish`](Replica::finish)): what comes meanwhile goes with the next one,
//! so batches are small when it is quiet and large when it is not.
//!
//! Without the store a process goes on with what it held. Once that may count for others too, it rests, and then takes the
//! fleet's limit divided by the processes that were seen. It is never closed for ever.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use tokio::time::Instant;

use away::Away;
pub(crate) use away::Change;
use ended::{Ended, EndedCalls, micros};

use super::store::{Observation, Outcome, Report, SyncReply, SyncRequest};

mod away;
mod ended;

/// A granted permit is used within this time, or not at all.
const HOLD: Duration = Duration::from_secs(1);

/// Permits that come free within this time are asked for ahead.
const HORIZON: Duration = Duration::from_secs(1);

/// The most permits that are asked for at once.
const MAX_WANT: usize = 64;

/// Reports wait for so long to go with a request, unless other processes wait for them.
const REPORT_DELAY: Duration = Duration::from_millis(250);

/// A process that holds something asks so often, so that a loss is noticed.
const LONGEST_SILENCE: Duration = Duration::from_secs(2);

/// A process, its permits and its view of the fleet.
#[derive(Debug)]
pub(crate) struct Replica {
    id: u64,
    window: Duration,
    announced: bool,
    /// The longest attempt so far, which the leases have to cover.
    attempt_timeout: Duration,
    /// The part of the quota to use if the store was never there.
    share: f64,
    next: i64,
    held: Vec<Held>,
    in_flight: BTreeMap<i64, InFlight>,
    ended: EndedCalls,
    reports: Vec<Ended>,
    /// Permits that may have been granted by requests whose replies were not read.
    unread: Vec<Range<i64>>,
    syncing: Option<Syncing>,
    observation: Option<(Observation, Instant)>,
    retry_after: Option<(Duration, Instant)>,
    reply: SyncReply,
    ask_again: Option<Instant>,
    contact: Option<Instant>,
    away: Option<Away>,
    round_trip: Duration,
    failed_in_a_row: u32,
    pub(crate) round_trips: u64,
    pub(crate) failures: u64,
}

#[derive(Debug)]
struct Held {
    number: i64,
    from: Instant,
    until: Instant,
    event: i64,
}

#[derive(Debug)]
struct InFlight {
    since: Instant,
    event: i64,
}

#[derive(Debug)]
struct Syncing {
    since: Instant,
    asked: Range<i64>,
    reported: usize,
    observation: Option<(Observation, Instant)>,
    retry_after: Option<(Duration, Instant)>,
}

impl Replica {
    pub(crate) fn new(id: u64, window: Duration, announced: bool, share: f64) -> Self {
        Self {
            id,
            window,
            announced,
            attempt_timeout: Duration::from_secs(15),
            share,
            next: 1,
            held: Vec::new(),
            in_flight: BTreeMap::new(),
            ended: EndedCalls::default(),
            reports: Vec::new(),
            unread: Vec::new(),
            syncing: None,
            observation: None,
            retry_after: None,
            reply: SyncReply::default(),
            ask_again: None,
            contact: None,
            away: None,
            round_trip: Duration::ZERO,
            failed_in_a_row: 0,
            round_trips: 0,
            failures: 0,
        }
    }

    /// Lets leases cover attempts of that length from now on.
    pub(crate) fn cover(&mut self, attempt_timeout: Duration) {
        self.attempt_timeout = self.attempt_timeout.max(attempt_timeout);
    }

    /// Takes a permit for a call that is sent now.
    ///
    /// # Errors
    /// Without one: the time at which there is one, or another attempt is worth it, if that is known.
    pub(crate) fn take(&mut self, now: Instant) -> Result<u64, Option<Instant>> {
        self.pass(now);
        if let Some(index) = self.held.iter().position(|it| it.from <= now) {
            let held = self.held.remove(index);
            return Ok(self.send(held.number, held.event, now));
        }
        let promised = self.held.iter().map(|it| it.from).min();
        if self.away.is_none() {
            return Err(promised);
        }
        match self.free_without_store(now) {
            Ok(()) => {
                let (number, event) = (self.next, self.reply.event);
                self.next += 1;
                Ok(self.send(number, event, now))
            }
            Err(at) => Err(at.into_iter().chain(promised).min()),
        }
    }

    fn send(&mut self, number: i64, event: i64, now: Instant) -> u64 {
        self.in_flight
            .insert(number, InFlight { since: now, event });
        number as u64
    }

    /// Gives a permit back.
    pub(crate) fn give_back(&mut self, permit: u64, now: Instant, outcome: Outcome) {
        let Some(InFlight { event, .. }) = self.in_flight.remove(&(permit as i64)) else {
            return;
        };
        let ended = Ended {
            number: permit as i64,
            at: now,
            event,
            outcome,
        };
        if outcome != Outcome::Unused {
            self.ended.recent.push_back(ended.clone());
        }
        self.reports.push(ended);
        if outcome == Outcome::Refused {
            // What was granted before the refusal would be refused as well.
            self.drop_held(now, |_| true);
        }
        self.judge_without_store(now, outcome);
    }

    /// Notes what the vendor's answer says of its quota.
    pub(crate) fn observe(
        &mut self,
        now: Instant,
        limit: Option<u64>,
        remaining: Option<u64>,
        retry_after: Option<Duration>,
    ) {
        let number = |it: Option<u64>| it.and_then(|it| i64::try_from(it).ok());
        let observation = Observation {
            limit: number(limit),
            remaining: number(remaining),
            age: 0,
        };
        if observation != Observation::default() {
            self.observation = Some((observation, now));
        }
        if self.away.is_some() && observation.limit.is_some_and(|limit| limit > 0) {
            self.reply.limit = observation.limit;
        }
        if let Some(retry_after) = retry_after {
            self.retry_after = Some((retry_after, now));
            if let Some(away) = &mut self.away {
                let until = now + retry_after.min(Duration::from_secs(120));
                away.paused = away.paused.map(|it| it.max(until));
            }
        }
    }

    /// The time of the next round trip, with so many callers waiting. `None`: there is nothing to say or to ask.
    pub(crate) fn due(&mut self, now: Instant, waiting: usize) -> Option<Instant> {
        if self.syncing.is_some() {
            return None;
        }
        self.pass(now);
        if waiting == 0 && self.reply.waiting > 0 {
            self.drop_held(now, |_| true);
        }
        let wants = (waiting > self.held.len()).then(|| self.ask_again.unwrap_or(now));
        let quiet = waiting == 0 && self.in_flight.is_empty();
        let first = self.reports.iter().map(|it| it.at).min();
        let is_awaited = self.reply.waiting > 0 || quiet;
        let tells = first.map(|at| if is_awaited { now } else { at + REPORT_DELAY });
        let next = wants.into_iter().chain(tells).min()?;
        let retry = self.away.as_ref().map_or(now, |away| away.retry);
        Some(next.max(retry))
    }

    /// Begins a round trip.
    pub(crate) fn begin(&mut self, now: Instant, waiting: usize) -> SyncRequest {
        self.pass(now);
        // What would be free again by the time that it arrives need not be said.
        let long_ago = self.window + self.attempt_timeout + 2 * HOLD;
        self.reports.retain(|it| now < it.at + long_ago);
        // A store that is away may grant what is never read, so it is asked for permits when it has answered.
        let missing = waiting.saturating_sub(self.held.len()).min(MAX_WANT);
        let want = if self.away.is_some() {
            0
        } else {
            missing as i64
        };
        let asked = self.next..self.next + want;
        self.next += want;
        let age = |at: Instant| micros(now.saturating_duration_since(at));
        let mut reports: Vec<_> = self.reports.iter().map(|it| it.report(now)).collect();
        for number in self.unread.iter().cloned().flatten() {
            reports.push(Report {
                number,
                age: 0,
                event: 0,
                outcome: Outcome::Unused,
            });
        }
        if self.away.is_some() {
            reports.extend(self.busy().iter().map(|it| it.report(now)));
        }
        let (observation, retry_after) = (self.observation.take(), self.retry_after.take());
        self.syncing = Some(Syncing {
            since: now,
            asked: asked.clone(),
            reported: self.reports.len(),
            observation,
            retry_after,
        });
        self.round_trips += 1;
        SyncRequest {
            replica: self.id,
            want,
            first: asked.start,
            held: self.held.len() as i64,
            window: micros(self.window),
            lease: micros(self.lease()) + 1,
            horizon: micros(HORIZON + 2 * self.round_trip),
            epoch: self.reply.epoch,
            version: self.reply.version,
            nonce: fastrand::u64(1..),
            returning: self.away.is_some()
                && (self.contact.is_some() || !self.ended.recent.is_empty()),
            announced: self.announced,
            limit: self.reply.limit,
            observation: observation.map(|(it, at)| Observation { age: age(at), ..it }),
            retry_after: retry_after
                .map(|(wait, at)| micros(wait.saturating_sub(now.saturating_duration_since(at)))),
            reports,
        }
    }

    /// Ends a round trip by its reply; without one the store is away.
    pub(crate) fn finish(&mut self, now: Instant, reply: Option<SyncReply>) -> Option<Change> {
        let Some(reply) = reply else {
            self.give_up_round_trip();
            return self.fail(now);
        };
        let syncing = self.syncing.take()?;
        self.reports.drain(..syncing.reported);
        self.unread.clear();
        self.failed_in_a_row = 0;
        let took = now.saturating_duration_since(syncing.since);
        self.round_trip = took.max(self.round_trip.mul_f64(0.9));
        self.contact = Some(now);
        let back = self.away.take();
        let change = match back {
            Some(away) => Some(Change::Back(now.saturating_duration_since(away.since))),
            None => reply.resync.then_some(Change::Lost),
        };
        if reply.resync {
            self.reports.extend(self.ended.again());
            let busy = self.busy();
            self.reports.extend(busy);
        }
        let event = reply.event;
        self.drop_held(now, |it| it.event < event);
        for (index, delay) in reply.granted.iter().enumerate() {
            let delay = Duration::from_micros(u64::try_from(*delay).unwrap_or(0));
            self.held.push(Held {
                number: syncing.asked.start + index as i64,
                from: now + delay,
                until: syncing.since + delay + HOLD,
                event,
            });
        }
        self.held.sort_by_key(|it| (it.from, it.number));
        self.ask_again = reply.again.map(|again| {
            let again = Duration::from_micros(u64::try_from(again).unwrap_or(0));
            let idle = self.in_flight.is_empty() && self.ended.recent.is_empty();
            let again = if idle {
                again
            } else {
                again.min(LONGEST_SILENCE)
            };
            now + again + Duration::from_micros(fastrand::u64(..5_000))
        });
        self.reply = reply;
        change
    }

    /// Forgets a round trip that was given up.
    pub(crate) fn give_up_round_trip(&mut self) {
        if let Some(syncing) = self.syncing.take() {
            self.unread.push(syncing.asked);
            self.observation = self.observation.or(syncing.observation);
            self.retry_after = self.retry_after.or(syncing.retry_after);
        }
    }

    /// The time at which the next permit comes, at the earliest.
    pub(crate) fn earliest(&self, ahead: usize, now: Instant) -> Instant {
        if let Some(held) = self.held.get(ahead) {
            return held.from.max(now);
        }
        match (&self.away, self.ask_again, self.reply.closed_for) {
            (None, Some(again), Some(closed)) if closed > 0 => again.max(now),
            _ => now,
        }
    }

    pub(crate) fn reply(&self) -> &SyncReply {
        &self.reply
    }

    pub(crate) fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    pub(crate) fn held(&self) -> usize {
        self.held.len()
    }

    pub(crate) fn away_since(&self) -> Option<Instant> {
        self.away.as_ref().map(|away| away.since)
    }

    pub(crate) fn round_trip(&self) -> Duration {
        self.round_trip
    }

    fn lease(&self) -> Duration {
        HOLD + self.attempt_timeout + self.window
    }

    fn pass(&mut self, now: Instant) {
        self.ended.pass(now, self.window, self.lease());
        self.drop_held(now, |it| it.until < now);
    }

    /// Gives up permits that are held.
    fn drop_held(&mut self, now: Instant, is_dropped: impl Fn(&Held) -> bool) {
        let reports = &mut self.reports;
        self.held.retain(|held| {
            let dropped = is_dropped(held);
            if dropped {
                reports.push(Ended {
                    number: held.number,
                    at: now,
                    event: held.event,
                    outcome: Outcome::Unused,
                });
            }
            !dropped
        });
    }

    /// The permits that are held or in flight.
    fn busy(&self) -> Vec<Ended> {
        let held = self.held.iter().map(|it| (it.number, it.from, it.event));
        let in_flight = self.in_flight.iter();
        let in_flight = in_flight.map(|(number, it)| (*number, it.since, it.event));
        held.chain(in_flight)
            .map(|(number, at, event)| Ended {
                number,
                at,
                event,
                outcome: Outcome::InFlight,
            })
            .collect()
    }
}
