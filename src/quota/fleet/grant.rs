//! Granting permits: who gets which, and when the others ask again.

use super::{ALWAYS, Breaker, FIRST_ANSWERS, Fleet, permit_name};
use crate::quota::store::{SyncReply, SyncRequest};

/// A process that was not seen for so long is gone.
const GONE: i64 = 60_000;

/// The shortest and the longest time after which a process asks again, and the shortest if others wait.
const SOON: i64 = 20;
const LATE: i64 = 5_000;
const SOON_WITH_OTHERS: i64 = 250;

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

impl Fleet {
    /// Grants permits: those that are free, then those that will be, to each process its part.
    pub(super) fn grant(&mut self, request: &SyncRequest, window: i64) -> SyncReply {
        let now = self.time;
        let me = format!("{:016x}", request.replica);
        self.replicas.insert(me.clone(), now + GONE);
        self.replicas.end(now);
        for gone in self.due.end(now) {
            self.waiters.remove(&gone);
        }
        let rank = self.waiters.rank(&me).map(|it| it as i64);
        let others = self.waiters.len() as i64 - i64::from(rank.is_some());
        let ahead = rank.unwrap_or(others);

        let offer = self.offer(request, window, ahead);
        let granted = self.give(request, &offer, ahead, others);
        let got = granted.len() as i64;
        let again = (got < request.want).then(|| {
            let moves = got > 0 || rank.is_none();
            if moves {
                self.waiters.insert(me.clone(), now);
            }
            let mine = if moves { others } else { ahead };
            let again = self.again(request, window, &offer, got, mine, others);
            self.due.insert(me.clone(), now + 2 * again + 1_000);
            again
        });
        if again.is_none() {
            self.waiters.remove(&me);
            self.due.remove(&me);
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
            waiting: others,
            closed_for: offer.closed_for,
            event: self.event,
            again,
            granted,
        }
    }

    fn offer(&mut self, request: &SyncRequest, window: i64, ahead: i64) -> Offer {
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
            soon.extend(after.take((ahead + want + 1) as usize).cloned());
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

    /// Gives a process its part of an offer. The first of it are for those who have waited for longer.
    fn give(&mut self, request: &SyncRequest, offer: &Offer, ahead: i64, others: i64) -> Vec<i64> {
        let now = self.time;
        let within = |at: i64| at <= now + request.horizon;
        let near = offer.soon.iter().filter(|(at, _)| within(*at));
        let near = offer.free + near.count() as i64;
        let mut most = offer.want;
        if others > 0 {
            most = most.min(((near - ahead).max(0) + others) / (others + 1));
        }
        let mut granted = Vec::new();
        for position in ahead..ahead + offer.want {
            // Who has nothing may have one, however far off it is.
            let is_first = granted.is_empty() && request.held == 0;
            if granted.len() as i64 >= most && !is_first {
                break;
            }
            let name = permit_name(request.replica, request.first + granted.len() as i64);
            if position < offer.free {
                self.in_flight.insert(name, now + request.lease);
                self.remaining_allowance = self.remaining_allowance.map(|it| (it - 1).max(0));
                granted.push(0);
                continue;
            }
            let Some((at, busy)) = offer.soon.get((position - offer.free) as usize) else {
                break;
            };
            if !within(*at) && !is_first {
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

    /// The time after which a process asks again, which is then at position `mine` in the line.
    fn again(
        &self,
        request: &SyncRequest,
        window: i64,
        offer: &Offer,
        got: i64,
        mine: i64,
        others: i64,
    ) -> i64 {
        let now = self.time;
        let next = usize::try_from(mine - (offer.free - got).max(0) + got).ok();
        let next = next.and_then(|index| offer.soon.get(index));
        let is_open = offer.closed_for.is_some();
        let wait = if offer.learning {
            self.learning_until - now
        } else if let Some(wait) = offer.closed_for.filter(|wait| *wait > 0) {
            wait
        } else if self.answers < FIRST_ANSWERS && self.in_flight_limit.is_some() {
            5 * (others + 1)
        } else if is_open || offer.answers_decide {
            50 * (others + 1)
        } else if let Some((at, _)) = next {
            at - request.horizon - now
        } else {
            let turns = mine + 1 - offer.soon.len() as i64;
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
