//! The calls that may be sent: the vendor's limit, and the calls that count against it.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use super::throttling::{AimdLimit, CircuitBreaker};

/// A higher limit is a mistake: no vendor gives one key 10,000 calls per second, and each call that counts takes 24 bytes.
pub(super) const MAX_LIMIT: u64 = 100_000;

const MIN_WINDOW: Duration = Duration::from_millis(1);
const MAX_WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

/// Calls that may always be in flight, as only an answer shows how many are left. Two, so that one slow answer does not
/// stop everything.
const MIN_IN_FLIGHT: usize = 2;

/// If other clients use the key, the limit divided by this may be in flight when it becomes known.
const SHARED_DIVISOR: usize = 8;

/// Answers that show if other clients use the key. Two calls are in flight until then, so a third is sent before the second
/// answer is read: of two clients that start at the same moment, the later one finds four calls counted.
const FIRST_ANSWERS: u32 = 2;

/// The longest `Retry-After` that is heeded.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(120);

/// The settings of a rate limiter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    /// `true` if the vendor's answers state its limit; `false` if headers of a limit come from elsewhere and are ignored, and
    /// nothing is held back until a 429.
    pub(crate) announces_limit: bool,
    /// The time in which the vendor counts, taken to be between a millisecond and a day.
    pub(crate) window: Duration,
    /// Our part of the limit, more than 0 and at most 1, rounded down to whole calls but at least to one.
    pub(crate) fraction: f64,
    /// The number of callers that may wait.
    pub(crate) max_waiters: usize,
}

/// The parts of an answer that bear on the quota.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RateLimitHeaders {
    /// The HTTP status. From 500 on it may be a proxy's, and does not raise the number of calls in flight.
    pub(crate) status: u16,
    /// `X-RateLimit-Limit`, if it is a number.
    pub(crate) limit: Option<u64>,
    /// `X-RateLimit-Remaining`, if it is a number: the calls that the vendor would have accepted after this one.
    pub(crate) remaining: Option<u64>,
    /// `Retry-After`, which counts with a 429 only.
    pub(crate) retry_after: Option<Duration>,
}

/// The calls that may be sent, and those that count already. Time is an argument; permits are numbers, in the order of
/// granting.
#[derive(Default)]
pub(super) struct Allowance {
    pub(super) settings: Settings,
    /// The announced limit per window, for all users of the key.
    pub(super) limit: Option<u64>,
    /// The time of a rise, and the limit from then on.
    rise: Option<(Instant, u64)>,
    /// The calls left to all users of the key, by the last answer that states them.
    pub(super) remaining: Option<u64>,
    aimd: Option<AimdLimit>,
    pub(super) breaker: CircuitBreaker,
    refused_probes: u32,
    /// The last permit before the breaker opened.
    opened_after: u64,
    /// The permits per window when it opened.
    permits_before: Option<usize>,
    /// The calls accepted in the window before it opened.
    accepted_before: usize,
    /// The last permit.
    granted: u64,
    pub(super) in_flight: usize,
    /// `None`: any number.
    pub(super) in_flight_limit: Option<usize>,
    /// Ended calls that still count, oldest first: until when, and `true` if the call was accepted.
    pub(super) recent: VecDeque<(Instant, bool)>,
    /// Answers so far, at most [`FIRST_ANSWERS`].
    answers: u32,
    /// `true` if by those answers no other client uses the key.
    sole_user: bool,
    /// The latest permit whose answer states the remaining calls.
    last_observed: u64,
    /// Our part of the remaining calls; `None` if no other client uses the key.
    pub(super) remaining_allowance: Option<usize>,
    /// Calls that were answered 429.
    pub(super) throttled: u64,
}

impl Allowance {
    pub(super) fn new(settings: Settings) -> Self {
        let window = settings.window.clamp(MIN_WINDOW, MAX_WINDOW);
        Self {
            settings: Settings { window, ..settings },
            in_flight_limit: settings.announces_limit.then_some(MIN_IN_FLIGHT),
            sole_user: true,
            ..Self::default()
        }
    }

    /// Grants a permit, or returns when to ask again. Without a time, the end of a call in flight will change things.
    pub(super) fn try_acquire(&mut self, now: Instant) -> Result<u64, Option<Instant>> {
        self.advance(now);
        if let Some(until) = self.breaker.blocked_until(now) {
            return Err(Some(until));
        }
        if self.available(now) == Some(0) {
            return Err(self.next_permit(now));
        }
        self.breaker.let_through(now);
        self.granted += 1;
        self.in_flight += 1;
        self.remaining_allowance = self
            .remaining_allowance
            .map(|calls| calls.saturating_sub(1));
        Ok(self.granted)
    }

    /// Ends a call that was answered, and learns from the answer.
    pub(super) fn complete(&mut self, permit: u64, now: Instant, headers: &RateLimitHeaders) {
        let throttled = headers.status == 429;
        let had_limit = self.limit.is_some();
        self.advance(now);
        self.retire(now, !throttled);
        let remaining = self.observe(permit, now, headers);
        self.start(remaining, had_limit);

        if throttled {
            return self.throttle(permit, now, headers.retry_after);
        }
        let is_late = permit <= self.opened_after;
        if is_late && self.breaker != CircuitBreaker::Closed {
            self.accepted_before += 1;
            self.decrease(now);
        }
        if !is_late && matches!(self.breaker, CircuitBreaker::HalfOpen { .. }) {
            self.breaker = CircuitBreaker::Closed;
            self.in_flight_limit = Some(MIN_IN_FLIGHT);
            if let Some(aimd) = &mut self.aimd {
                aimd.restart(now);
            }
        }
        if headers.status < 500 && self.answers == FIRST_ANSWERS {
            self.in_flight_limit = self.in_flight_limit.map(|limit| limit.saturating_add(1));
        }
    }

    /// Ends a call that was sent and not answered. It counts for a window, as the vendor may have counted it.
    pub(super) fn abandon(&mut self, permit: u64, now: Instant) {
        self.advance(now);
        self.retire(now, false);
        self.lose_probe(permit, now);
    }

    /// Ends a call that was not sent, which counts no longer.
    pub(super) fn cancel(&mut self, permit: u64, now: Instant) {
        self.advance(now);
        self.in_flight -= 1;
        self.remaining_allowance = self.remaining_allowance.map(|calls| calls + 1);
        self.lose_probe(permit, now);
    }

    /// Lets time pass: calls count no longer, and a rise of the limit takes effect.
    pub(super) fn advance(&mut self, now: Instant) {
        while self.recent.front().is_some_and(|(until, _)| *until <= now) {
            self.recent.pop_front();
            self.remaining_allowance = self.remaining_allowance.map(|calls| calls + 1);
        }
        if let Some((at, limit)) = self.rise
            && at <= now
        {
            (self.limit, self.rise) = (Some(limit), None);
        }
    }

    /// The calls that we allow ourselves per window; `None`: any number.
    pub(super) fn permits(&self, now: Instant) -> Option<usize> {
        let aimd = self.aimd.map(|aimd| aimd.at(now, self.settings.window));
        self.our_limit().into_iter().chain(aimd).min()
    }

    /// The calls that could be sent at once if the breaker is closed; `None`: any number.
    pub(super) fn available(&self, now: Instant) -> Option<usize> {
        let free = |limit: Option<usize>, used| limit.map(|limit| limit.saturating_sub(used));
        let always = MIN_IN_FLIGHT.saturating_sub(self.in_flight);
        let limits = [
            free(self.permits(now), self.counted()),
            free(self.in_flight_limit, self.in_flight),
            self.remaining_allowance.map(|calls| calls.max(always)),
        ];
        limits.into_iter().flatten().min()
    }

    /// The earliest time at which a caller behind `ahead` others can have a permit.
    ///
    /// The first permits are those of ended calls, then, a window from now at best, those of all others, and so on with every
    /// window.
    pub(super) fn earliest(&self, ahead: usize, now: Instant) -> Instant {
        let closes = now + self.breaker.open_for(now).unwrap_or_default();
        let Some(limit) = self.rise.map(|(_, limit)| limit).or(self.limit) else {
            return closes;
        };
        let (permits, window) = (self.part_of(limit), self.settings.window);
        let over = (self.counted() + ahead % permits).checked_sub(permits);
        let first = over.map_or(now, |over| self.ends(over).unwrap_or(now + window));
        let rounds = u32::try_from(ahead / permits).unwrap_or(u32::MAX);
        let last = first.checked_add(window.saturating_mul(rounds));
        closes.max(last.unwrap_or(first))
    }

    /// The time of the next permit, if time alone brings one.
    fn next_permit(&self, now: Instant) -> Option<Instant> {
        let window = self.settings.window;
        let over = self.counted().checked_sub(self.permits(now)?)?;
        let rises = self.rise.map(|(at, _)| at);
        let increases = self.aimd.map(|aimd| aimd.next_increase(now, window));
        let times = [self.ends(over), rises, increases];
        times.into_iter().flatten().min()
    }

    /// The time from which a call counts no longer, the oldest being the first. `None` if it is in flight.
    fn ends(&self, index: usize) -> Option<Instant> {
        self.recent.get(index).map(|(until, _)| *until)
    }

    /// The calls that count.
    fn counted(&self) -> usize {
        self.in_flight + self.recent.len()
    }

    /// Our part of the announced limit.
    fn our_limit(&self) -> Option<usize> {
        self.limit.map(|limit| self.part_of(limit))
    }

    fn part_of(&self, limit: u64) -> usize {
        ((limit as f64 * self.settings.fraction) as usize).max(1)
    }

    /// Ends a call, which counts for a window. Callers may have read their clocks in another order, which changes nothing.
    fn retire(&mut self, now: Instant, accepted: bool) {
        let until = now + self.settings.window;
        let last = self.recent.back().map_or(until, |(last, _)| *last);
        self.in_flight -= 1;
        if self.recent.len() as u64 == MAX_LIMIT {
            self.recent.pop_front();
        }
        self.recent.push_back((until.max(last), accepted));
    }

    /// Learns the limit and the calls that remain, and returns the latter if they are stated credibly.
    ///
    /// A limit of 0 is ignored, as a vendor that allows nothing answers 429, and so is one above [`MAX_LIMIT`]. So are remaining
    /// calls above the limit, or without one.
    fn observe(&mut self, permit: u64, now: Instant, headers: &RateLimitHeaders) -> Option<u64> {
        if !self.settings.announces_limit {
            return None;
        }
        let announced = headers.limit.filter(|it| (1..=MAX_LIMIT).contains(it));
        if let Some(limit) = announced {
            self.announce(limit, now);
        }
        let limit = announced.or(self.limit)?;
        let remaining = headers.remaining.filter(|calls| *calls <= limit)?;
        self.remaining = Some(remaining);
        if self.last_observed < permit {
            self.last_observed = permit;
            self.share_remaining(remaining, now);
        }
        Some(remaining)
    }

    /// Takes over an announced limit. A fall takes effect at once; a rise a window after it was first announced, as low as it
    /// was announced meanwhile: some vendors fix the limit of a window when it opens, and by then no such window is left.
    fn announce(&mut self, announced: u64, now: Instant) {
        match (self.limit, self.rise) {
            (Some(limit), None) if limit < announced => {
                self.rise = Some((now + self.settings.window, announced));
            }
            (Some(limit), Some((at, lowest))) if limit < announced => {
                self.rise = Some((at, lowest.min(announced)));
            }
            _ => (self.limit, self.rise) = (Some(announced), None),
        }
    }

    /// Sets our part of the remaining calls, if the vendor has counted more calls than ours.
    ///
    /// It may have counted the calls in flight or not, so all of them are taken off, and of the rest half, as other clients
    /// read the same number.
    fn share_remaining(&mut self, remaining: u64, now: Instant) {
        let limit = self.limit.unwrap_or(remaining);
        if limit.saturating_sub(remaining) <= self.counted() as u64 {
            self.remaining_allowance = None;
            return;
        }
        self.remaining_allowance = Some((remaining as usize).saturating_sub(self.in_flight) / 2);
        if let (CircuitBreaker::Closed, Some(aimd)) = (self.breaker, &mut self.aimd) {
            aimd.hold_back(remaining, now, self.settings.window);
        }
    }

    /// Decides after the first answers, or when the limit becomes known, how many calls may be in flight: our part of the limit
    /// if no other client uses the key, else some of it.
    fn start(&mut self, remaining: Option<u64>, had_limit: bool) {
        if self.answers < FIRST_ANSWERS {
            let counted = remaining.zip(self.limit);
            self.sole_user &= counted.is_some_and(|(left, limit)| limit <= left + self.granted);
            self.answers += 1;
        } else if had_limit {
            return;
        }
        if let (FIRST_ANSWERS, Some(ours)) = (self.answers, self.our_limit()) {
            let divisor = if self.sole_user { 1 } else { SHARED_DIVISOR };
            let first = ours / divisor;
            self.in_flight_limit = self.in_flight_limit.map(|limit| limit.max(first));
        }
    }

    /// Opens the breaker after a 429. That of a call which was in flight when it opened is part of the same event, and prolongs
    /// the pause if the vendor asks for more.
    fn throttle(&mut self, permit: u64, now: Instant, retry_after: Option<Duration>) {
        self.throttled += 1;
        let asked = retry_after.map(|pause| now + pause.min(MAX_RETRY_AFTER));
        if permit <= self.opened_after {
            if let (CircuitBreaker::Open { until }, Some(asked)) = (&mut self.breaker, asked) {
                *until = asked.max(*until);
            }
            return;
        }
        let is_probe = self.breaker != CircuitBreaker::Closed;
        self.refused_probes = if is_probe { self.refused_probes + 1 } else { 0 };
        let pause = CircuitBreaker::shortest_pause(self.settings.window, self.refused_probes);
        let until = asked.or(self.ends(0)).unwrap_or(now).max(now + pause);
        self.breaker = CircuitBreaker::Open { until };
        if !is_probe {
            self.opened_after = self.granted;
            self.permits_before = self.permits(now);
            self.accepted_before = self.recent.iter().filter(|(_, accepted)| *accepted).count();
            self.decrease(now);
        }
    }

    /// Lowers the limit, unless nothing was accepted: then a 429 does not show how much is ours.
    fn decrease(&mut self, now: Instant) {
        let (accepted, permits) = (self.accepted_before, self.permits_before);
        if accepted > 0 {
            self.aimd = Some(AimdLimit::decreased(
                accepted,
                permits,
                self.our_limit(),
                now,
            ));
        }
    }

    /// Lets the next call probe if this one was a probe.
    fn lose_probe(&mut self, permit: u64, now: Instant) {
        if self.opened_after < permit {
            self.breaker.probe_again(now);
        }
    }
}
