//! Granting permits: who gets which, and when the others ask again.

use super::{ALWAYS, Breaker, FIRST_ANSWERS, Fleet, LEARNING, MILLI, SECOND, permit_name};
use crate::quota::store::{SyncReply, SyncRequest};

/// A process that was not seen for so long is gone.
const GONE: i64 = 60 * SECOND;

/// The shortest and the longest time after which a process asks again, and the shortest if others wait.
const SOON: i64 = 20 * MILLI;
const LATE: i64 = 5 * SECOND;
const SOON_WITH_OTHERS: i64 = 250 * MILLI;

/// The time beyond the one that it was given in which a process that waits asks again.
const LENIENCY: i64 = SECOND;

/// The most processes that wait with which one is compared.
const MOST_COMPARED: usize = 1_000;

/// How many permits may be given.
struct Offer {
    want: i64,
    free: i64,
    /// Busy permits in the order in which they come free, as far as they may be promised.
    soon: Vec<(i64, String)>,
    closed_for: Option<i64>,
    learning: bool,
    /// It takes an answer, and not time alone, for more.
    answers_decide: bool,
    probes: bool,
}

/// A process among those that wait.
struct Line {
    served: i64,
    /// The permits that each other process takes before this one has its first; if less than 0, after how many it takes one.
    leads: Vec<i64>,
}

impl Line {
    fn others(&self) -> i64 {
        self.leads.len() as i64
    }

    /// The position of a process's next permit but `index` among all that are offered, if each goes to the process that has
    /// had the least.
    fn position(&self, index: i64) -> i64 {
        let before = self.leads.iter().map(|lead| (lead + index).max(0));
        index + before.sum::<i64>()
    }
}

impl Fleet {
    /// Grants permits: those that are free, then those that will be, to each process its part.
    pub(super) fn grant(&mut self, request: &SyncRequest, window: i64) -> SyncReply {
        let now = self.time;
        let me = format!("{:016x}", request.replica);
        self.replicas.insert(me.clone(), now + GONE);
        for gone in self.replicas.end(now) {
            self.served.remove(&gone);
        }
        self.due.end(now);

        let line = self.line(&me, window);
        let offer = self.offer(request, window, &line);
        let granted = self.give(request, &offer, &line);
        let got = granted.len() as i64;
        self.most_served = self.most_served.max(line.served + got);
        self.served.insert(me.clone(), line.served + got);
        let again = (got < request.want).then(|| self.again(request, window, &offer, got, &line));
        match again {
            Some(again) => self.due.insert(me, now + again + LENIENCY),
            None => drop(self.due.remove(&me)),
        }
        SyncReply {
            epoch: self.epoch,
            version: self.version,
            resync: request.epoch != 0 && request.epoch != self.epoch,
            limit: self.limit,
            permits: self.permits(window),
            in_flight: self.in_flight.len() as i64,
            recent: self.recent.len() as i64,
            replicas: self.replicas.len() as i64,
            waiting: line.others(),
            closed_for: offer.closed_for,
            event: self.event,
            again,
            granted,
        }
    }

    /// Compares what a process has had with what the others that wait have.
    fn line(&self, me: &str, window: i64) -> Line {
        let waits = |(_, name): &&(i64, String)| name != me;
        let served = |name: &str| self.served.get(name).copied();
        let others = self.due.iter().take(MOST_COMPARED).filter(waits);
        let others = others.map(|(_, name)| {
            let served = served(name).unwrap_or(self.most_served);
            (served, i64::from(name.as_str() < me))
        });
        let others: Vec<(i64, i64)> = others.collect();
        let least = others.iter().map(|(served, _)| *served).min();
        let least = least.unwrap_or(self.most_served);
        let mut mine = served(me).unwrap_or(least);
        if !self.due.contains(me) {
            let part = self.permits(window).unwrap_or(0) / self.replicas.len() as i64;
            mine = mine.max(least - part);
        }
        Line {
            served: mine,
            leads: others
                .iter()
                .map(|(served, first)| mine - served + first)
                .collect(),
        }
    }

    fn offer(&mut self, request: &SyncRequest, window: i64, line: &Line) -> Offer {
        let now = self.time;
        let permits = self.permits(window);
        let learning = !self.cold && now < self.learning_until;
        if permits.is_some_and(|permits| self.in_flight_limit.is_some_and(|it| permits <= it)) {
            self.in_flight_limit = None;
        }
        let mut want = request.want.max(0);
        let mut free = permits.map_or(want, |permits| permits - self.busy());
        let over = (-free).max(0);
        let in_flight = self.in_flight.len() as i64;
        let answers_decide = self.in_flight_limit.is_some() || self.remaining_allowance.is_some();
        if let Some(limit) = self.in_flight_limit {
            free = free.min(limit - in_flight);
        }
        if let Some(allowance) = self.remaining_allowance {
            free = free.min(allowance.max(ALWAYS - in_flight));
        }
        let closed_for = match &self.breaker {
            Breaker::Closed => None,
            Breaker::Open { until, .. } => Some((until - now).max(0)),
            Breaker::HalfOpen { .. } => Some(0),
        };
        let probes = matches!(self.breaker, Breaker::Open { until, .. } if until <= now);
        if probes {
            (free, want) = (free.min(1), want.min(1));
        } else if closed_for.is_some() || learning {
            free = 0;
        }
        let mut soon = Vec::new();
        if want > 0 && closed_for.is_none() && !learning && permits.is_some() && !answers_decide {
            let after = self.recent.iter().skip(over as usize);
            let some = line.position(0) + line.others() + want + 1;
            soon.extend(after.take(some as usize).cloned());
        }
        Offer {
            want,
            free: free.max(0),
            soon,
            closed_for,
            learning,
            answers_decide,
            probes,
        }
    }

    /// Gives a process its part of an offer.
    fn give(&mut self, request: &SyncRequest, offer: &Offer, line: &Line) -> Vec<i64> {
        let now = self.time;
        let mut granted = Vec::new();
        for index in 0..offer.want {
            let position = line.position(index);
            // Who has nothing may have one, however far off it is.
            let is_first = index == 0 && request.held == 0;
            let name = permit_name(request.replica, request.first + index);
            if position < offer.free {
                self.in_flight.insert(name, now + request.lease);
                self.remaining_allowance = self.remaining_allowance.map(|it| (it - 1).max(0));
                granted.push(0);
                continue;
            }
            let Some((at, busy)) = offer.soon.get((position - offer.free) as usize) else {
                break;
            };
            if *at > now + request.horizon && !is_first {
                break;
            }
            self.recent.remove(busy);
            self.in_flight.insert(name, at + request.lease);
            granted.push(at - now);
        }
        self.given += granted.len() as i64;
        if let Breaker::Open { refusals, .. } = self.breaker
            && offer.probes
            && !granted.is_empty()
        {
            self.breaker = Breaker::HalfOpen {
                until: now + request.lease,
                refusals,
                probe: permit_name(request.replica, request.first),
            };
        }
        granted
    }

    /// The time after which a process asks again that has `got` permits.
    fn again(
        &self,
        request: &SyncRequest,
        window: i64,
        offer: &Offer,
        got: i64,
        line: &Line,
    ) -> i64 {
        let now = self.time;
        let others = line.others();
        let position = line.position(got) - offer.free;
        let next = usize::try_from(position).ok();
        let next = next.and_then(|index| offer.soon.get(index));
        let is_open = offer.closed_for.is_some();
        let wait = if offer.learning {
            self.learning_until - now
        } else if let Some(wait) = offer.closed_for.filter(|wait| *wait > 0) {
            wait
        } else if self.answers < FIRST_ANSWERS && self.in_flight_limit.is_some() {
            // As long as it took so far, but so that all together ask 200 times in a second.
            let so_far = now - (self.learning_until - LEARNING);
            so_far.min(5 * MILLI * (others + 1))
        } else if is_open || offer.answers_decide {
            50 * MILLI * (others + 1)
        } else if let Some((at, _)) = next {
            at - request.horizon - now
        } else {
            let turns = position + 1 - offer.soon.len() as i64;
            turns * window / self.permits(window).unwrap_or(ALWAYS).max(1) / 2
        };
        let is_alone = others == 0 && request.held == 0;
        let least = if is_alone || offer.learning || is_open || offer.answers_decide {
            SOON
        } else {
            SOON_WITH_OTHERS
        };
        wait.max(least).min(LATE)
    }
}
