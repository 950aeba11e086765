//! The quota of one key as all processes that share it keep it together: the rule alone, without a clock and without IO.
//!
//! It is the rule of one process, for all of them: a permit is busy from the moment a call is sent until its answer came, and a
//! window longer, whichever process holds it. [`Fleet::apply`] is one step: a process says what became of its permits and
//! how many it wants, and learns which it gets. `sync.lua` is the same step for Redis, and a test holds one against the other.
//!
//! - A permit is busy from the grant on, by a lease that ends by itself: a process that dies loses what it holds, and no more.
//! - A permit that is still busy may be promised ahead to the next process, with the time from which it counts. So processes
//!   that wait need not ask again and again.
//! - Processes that wait share what is offered by fair queueing: the next permit goes to the process that has had the least. One
//!   that was idle is owed its part of one window, and no more.
//! - One circuit breaker and one AIMD limit serve all processes, and a limit that one has read counts for all.
//! - What the vendor says is left is compared with the permits of all processes, so that they do not take each other for
//!   foreign users of the key.
//! - If something was lost, by a restart, a failover or a clock that was set back, a new epoch begins: nothing is granted
//!   until all processes had time to say what they hold.
//!
//! Times are microseconds. A process names durations only; the clock is the store's.

use std::collections::BTreeMap;

use super::store::{Outcome, SyncReply, SyncRequest};
use schedule::Schedule;

mod grant;
mod schedule;
#[cfg(test)]
mod simulation;
#[cfg(test)]
pub(crate) mod traces;

const MILLI: i64 = 1_000;
const SECOND: i64 = 1_000 * MILLI;

/// Calls that may be in flight when only an answer can tell how many are left.
const ALWAYS: i64 = 2;

/// Answers that show if others use the key.
const FIRST_ANSWERS: i64 = 2;

/// The part of a limit that may be in flight after those answers, if others use the key.
const AT_FIRST: i64 = 8;

/// A vendor's limit above this is a mistake.
const MAX_LIMIT: i64 = 100_000;

/// The time in which all processes say again what they hold, after a loss. Those that hold something ask every 2 s.
const LEARNING: i64 = 2_500 * MILLI;

/// A clock that goes back by more has lost what it measured; one that goes back by less stands still for so long.
const BACKWARDS: i64 = SECOND;

/// The time for which it counts what the vendor says is left.
const FRESH: i64 = SECOND;

/// The vendor's wish to be left alone counts up to this.
const LONGEST_PAUSE: i64 = 120 * SECOND;

/// The first pause is this part of a window at least; it doubles with each refused probe until it is a window.
const PAUSES: i64 = 8;

const DECREASE_FACTOR: f64 = 0.9;
const LARGEST_DECREASE: f64 = 3.0;
const INCREASE_STEP: f64 = 0.05;

/// The state of one key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fleet {
    epoch: u64,
    version: i64,
    time: i64,
    /// Granted permits, by when their leases end.
    in_flight: Schedule,
    /// Permits of calls that have ended, by when they are free. A name begins with the letter of its outcome.
    recent: Schedule,
    /// The sizes of both after the last step: other sizes mean that something was lost.
    counted: (usize, usize),
    learning_until: i64,
    /// The end of the last time without a request.
    resumed_at: Option<i64>,
    /// The epoch began with nothing at all, so there is nothing to learn unless a process remembers another one.
    cold: bool,
    limit: Option<i64>,
    /// The time of a rise, and the limit from then on.
    rise: Option<(i64, i64)>,
    aimd: Option<Aimd>,
    breaker: Breaker,
    event: i64,
    /// Permits per window when the breaker opened.
    permits_before: i64,
    /// Calls that were accepted in the window before it opened.
    accepted: i64,
    in_flight_limit: Option<i64>,
    answers: i64,
    sole_user: bool,
    /// Permits given in this epoch.
    given: i64,
    remaining_allowance: Option<i64>,
    observed_at: i64,
    /// The most permits that were busy in the second that was the latest, and in the one before.
    second: i64,
    peak: i64,
    peak_before: i64,
    /// Processes, by when they are forgotten.
    replicas: Schedule,
    /// Processes that wait, by when they must have asked again.
    due: Schedule,
    /// Permits that each process has had, which decide who is next.
    served: BTreeMap<String, i64>,
    /// The most that one has had.
    most_served: i64,
}

/// A limit learnt from refusals, which grows with each window.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Aimd {
    base: f64,
    step: f64,
    since: i64,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Breaker {
    #[default]
    Closed,
    /// No call until then; after that one finds out.
    Open { until: i64, refusals: u32 },
    /// The probe finds out. If nothing is heard of it by then, the next one does.
    HalfOpen {
        until: i64,
        refusals: u32,
        probe: String,
    },
}

/// What the reports of a request come to.
#[derive(Default)]
struct News {
    answers: i64,
    refused: bool,
    refused_late: bool,
    accepted_late: i64,
    probe: Option<Outcome>,
}

impl Aimd {
    fn at(&self, now: i64, window: i64) -> i64 {
        (self.base + self.step * ((now - self.since) / window) as f64).floor() as i64
    }
}

impl Fleet {
    /// Carries out one request when it is `clock` by the store's time.
    pub fn apply(&mut self, request: &SyncRequest, clock: i64) -> SyncReply {
        let window = request.window.max(1);
        let was_busy = (self.counted.0 + self.counted.1) as i64;
        self.begin(request, clock);
        let now = self.time;

        let ended = self.in_flight.end(now).len() + self.recent.end(now).len();
        self.free_allowance(ended as i64);
        let news = self.take_reports(request, window);
        let knew = self.limit.is_some();
        self.learn_limit(request, window);
        let left = self.learn_remaining(request, window, was_busy);
        self.count_answers(&news, left, knew);
        self.judge(request, &news, window);
        let reply = self.grant(request, window);

        let second = now / SECOND;
        if second != self.second {
            self.peak_before = if second == self.second + 1 {
                self.peak.max(was_busy)
            } else {
                was_busy
            };
            (self.second, self.peak) = (second, 0);
        }
        self.peak = self.peak.max(self.busy());
        self.counted = (self.in_flight.len(), self.recent.len());
        reply
    }

    /// Lets time pass, and begins a new epoch if something was lost or all processes were away for a while.
    fn begin(&mut self, request: &SyncRequest, clock: i64) {
        let jumped = self.epoch != 0 && clock < self.time - BACKWARDS;
        if jumped {
            let (version, event) = (self.version, self.event);
            *self = Self {
                version,
                event,
                time: clock,
                ..Self::default()
            };
        }
        let silence = clock - self.time;
        self.time = self.time.max(clock);
        let lost = self.epoch == 0
            || self.counted != (self.in_flight.len(), self.recent.len())
            || (self.epoch == request.epoch && self.version < request.version);
        // The first request after a silence may be an old one that was stuck, so it is not enough to look at the last.
        if silence > BACKWARDS {
            self.resumed_at = Some(self.time);
        }
        let resumed = self.resumed_at.is_some_and(|at| self.time < at + LEARNING);
        if lost || (request.returning && resumed) {
            self.resumed_at = None;
            self.cold = self.epoch == 0 && request.epoch == 0 && !request.returning && !jumped;
            self.epoch = request.nonce;
            self.learning_until = self.time + LEARNING;
            self.limit = self.limit.or(request.limit);
            if self.limit.is_none() {
                self.in_flight_limit = request.announced.then_some(ALWAYS);
                (self.answers, self.sole_user, self.given) = (0, true, 0);
            }
        }
        if request.epoch != 0 && request.epoch != self.epoch && self.time < self.learning_until {
            self.cold = false;
        }
        self.version = self.version.max(request.version) + 1;
    }

    /// Notes what became of permits. Each report is true, whatever the store still knows of the permit.
    fn take_reports(&mut self, request: &SyncRequest, window: i64) -> News {
        let mut news = News::default();
        for report in &request.reports {
            let name = permit_name(request.replica, report.number);
            let lease_end = self.in_flight.remove(&name);
            let is_probe =
                matches!(&self.breaker, Breaker::HalfOpen { probe, .. } if *probe == name);
            match report.outcome {
                Outcome::InFlight => {
                    let until = self.time + request.lease - report.age;
                    if until > self.time {
                        self.in_flight.insert(name, until);
                    }
                    continue;
                }
                Outcome::Unused => {
                    // One that was promised ahead is not free before it would have counted.
                    match lease_end.map(|end| end - request.lease) {
                        Some(from) if from > self.time => {
                            self.recent.insert(format!("x{name}"), from)
                        }
                        Some(_) => self.free_allowance(1),
                        None => {}
                    }
                }
                outcome => {
                    let free = self.time - report.age + window + 1;
                    if free > self.time {
                        self.recent
                            .insert(format!("{}{name}", outcome.letter()), free);
                    }
                }
            }
            match report.outcome {
                Outcome::Refused if is_probe || report.event >= self.event => news.refused = true,
                Outcome::Refused => news.refused_late = true,
                Outcome::Accepted if report.event < self.event => news.accepted_late += 1,
                _ => {}
            }
            if matches!(report.outcome, Outcome::Accepted | Outcome::Refused) {
                news.answers += 1;
            }
            if report.outcome == Outcome::Accepted && self.answers >= FIRST_ANSWERS {
                self.in_flight_limit = self.in_flight_limit.map(|limit| limit + 1);
            }
            if is_probe {
                news.probe = Some(report.outcome);
            }
        }
        news
    }

    /// Learns the limit: a fall counts at once, a rise a window later, as low as it was announced in that time.
    fn learn_limit(&mut self, request: &SyncRequest, window: i64) {
        let announced = request.observation.and_then(|it| it.limit);
        if let Some(limit) = announced.filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
            match (self.limit, self.rise) {
                (Some(known), None) if known < limit => {
                    self.rise = Some((self.time + window, limit))
                }
                (Some(known), Some((at, lowest))) if known < limit => {
                    self.rise = Some((at, lowest.min(limit)))
                }
                _ => (self.limit, self.rise) = (Some(limit), None),
            }
        }
        if let Some((at, limit)) = self.rise
            && at <= self.time
        {
            (self.limit, self.rise) = (Some(limit), None);
        }
    }

    /// Finds out if the vendor has counted more than the fleet's calls, and if so, holds back. Returns the calls that are left.
    fn learn_remaining(
        &mut self,
        request: &SyncRequest,
        window: i64,
        was_busy: i64,
    ) -> Option<i64> {
        let seen = request.observation.filter(|it| it.age <= FRESH)?;
        let (limit, left) = (self.limit?, seen.remaining?);
        if !(0..=limit).contains(&left) || self.time - seen.age <= self.observed_at {
            return None;
        }
        self.observed_at = self.time - seen.age;
        let most = self
            .busy()
            .max(was_busy)
            .max(self.peak)
            .max(self.peak_before);
        let foreign = limit - left > most;
        // Other fleets may read the same, so half of it is left to them.
        self.remaining_allowance = foreign.then(|| (left - self.in_flight.len() as i64).max(0) / 2);
        if foreign
            && self.breaker == Breaker::Closed
            && let Some(aimd) = &mut self.aimd
            && (left as f64) < 2.0 * aimd.step
        {
            (aimd.base, aimd.since) = (aimd.at(self.time, window) as f64, self.time);
        }
        Some(left)
    }

    /// Decides, when the first answers are in, how many calls may be in flight: all if no others use the key, some otherwise.
    fn count_answers(&mut self, news: &News, left: Option<i64>, knew: bool) {
        let few = self.answers < FIRST_ANSWERS && news.answers > 0;
        if few {
            self.sole_user &= left
                .zip(self.limit)
                .is_some_and(|(left, limit)| left + self.given >= limit);
            self.answers = (self.answers + news.answers).min(FIRST_ANSWERS);
        }
        if self.answers == FIRST_ANSWERS
            && (few || !knew)
            && let Some(limit) = self.limit
        {
            self.in_flight_limit = self
                .in_flight_limit
                .filter(|_| !self.sole_user)
                .map(|it| it.max(limit / AT_FIRST));
        }
    }

    /// Opens, probes and closes the circuit breaker.
    fn judge(&mut self, request: &SyncRequest, news: &News, window: i64) {
        let now = self.time;
        let asked = request.retry_after.map(|it| it.min(LONGEST_PAUSE));
        let pause = |fleet: &Self, refusals: u32| {
            let least = window / PAUSES * (1 << refusals);
            let oldest = fleet.recent.iter().next().map(|(free, _)| free - now);
            Breaker::Open {
                until: now + least.max(asked.or(oldest).unwrap_or(least)),
                refusals,
            }
        };
        match &mut self.breaker {
            Breaker::HalfOpen { refusals, .. } if news.probe == Some(Outcome::Refused) => {
                let refusals = (*refusals + 1).min(PAUSES.ilog2());
                self.breaker = pause(self, refusals);
            }
            _ if news.refused => {
                self.event += 1;
                self.permits_before = self.permits(window).unwrap_or(0);
                let accepted = self.recent.iter().filter(|(_, name)| name.starts_with('a'));
                self.accepted = accepted.count() as i64;
                self.fall();
                self.breaker = pause(self, 0);
            }
            Breaker::HalfOpen { .. } if news.probe == Some(Outcome::Accepted) => {
                self.breaker = Breaker::Closed;
                self.in_flight_limit = Some(ALWAYS);
                self.answers = FIRST_ANSWERS;
                if let Some(aimd) = &mut self.aimd {
                    aimd.since = now;
                }
            }
            Breaker::HalfOpen {
                until, refusals, ..
            } if news.probe.is_some() || *until <= now => {
                let refusals = *refusals;
                self.breaker = Breaker::Open {
                    until: now,
                    refusals,
                };
            }
            Breaker::Open { until, .. } if news.refused_late => {
                *until = (*until).max(asked.map_or(*until, |asked| now + asked));
            }
            _ => {}
        }
        if news.accepted_late > 0 && self.breaker != Breaker::Closed && !news.refused {
            self.accepted += news.accepted_late;
            self.fall();
        }
    }

    /// Lowers the fleet's own limit. A refusal soon after a loss says nothing about it.
    fn fall(&mut self) {
        if self.accepted == 0 || (!self.cold && self.time < self.learning_until) {
            return;
        }
        let least = (self.permits_before as f64 / LARGEST_DECREASE).max(1.0);
        let whole = self.limit.unwrap_or(self.accepted) as f64;
        self.aimd = Some(Aimd {
            base: (self.accepted as f64 * DECREASE_FACTOR).max(least).floor(),
            step: (whole * INCREASE_STEP).max(1.0),
            since: self.time,
        });
    }

    fn busy(&self) -> i64 {
        (self.in_flight.len() + self.recent.len()) as i64
    }

    /// Permits per window: the vendor's limit and the fleet's own, whichever is less.
    fn permits(&self, window: i64) -> Option<i64> {
        let aimd = self.aimd.map(|it| it.at(self.time, window));
        self.limit.into_iter().chain(aimd).min()
    }

    fn free_allowance(&mut self, permits: i64) {
        self.remaining_allowance = self.remaining_allowance.map(|it| it + permits);
    }
}

fn permit_name(replica: u64, number: i64) -> String {
    format!("{replica:016x}:{number}")
}
