//! The two reactions to a 429: all calls pause, and fewer are allowed afterwards.

use std::time::Duration;

use tokio::time::Instant;

/// The shortest pause is a window divided by this, and doubles with each refused probe until it is a window.
const PAUSE_DIVISOR: u32 = 8;

/// A probe without an outcome after this time is followed by another, as the first may never be polled again. It is the
/// default timeout of an attempt.
const PROBE_TIMEOUT: Duration = Duration::from_secs(15);

/// The part of the calls accepted in a window that is allowed after a 429.
const DECREASE_FACTOR: f64 = 0.9;

/// The part of the full limit that is allowed again with each window without a 429.
const INCREASE_STEP: f64 = 0.05;

/// One 429 never lowers the limit below its value divided by this, as it may have come in a window that another client, or
/// an earlier process, had almost used up.
const MAX_DECREASE: f64 = 3.0;

/// Holds back all calls after a 429, until one call has probed that the vendor accepts calls again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CircuitBreaker {
    /// Calls go through.
    #[default]
    Closed,
    /// No call goes through until then; the next one is a probe.
    Open { until: Instant },
    /// A probe is in flight. Without an outcome by then, the next call is a probe as well.
    HalfOpen { until: Instant },
}

impl CircuitBreaker {
    /// The shortest pause after so many refused probes, as what else ends it may be near, or in the past.
    pub(super) fn shortest_pause(window: Duration, refused_probes: u32) -> Duration {
        window / PAUSE_DIVISOR * (1 << refused_probes.min(PAUSE_DIVISOR.ilog2()))
    }

    /// Notes that a call goes through, which is a probe unless the breaker is closed.
    pub(super) fn let_through(&mut self, now: Instant) {
        if *self != Self::Closed {
            let until = now + PROBE_TIMEOUT;
            *self = Self::HalfOpen { until };
        }
    }

    /// Makes the next call a probe, as the one in flight has ended without an outcome.
    pub(super) fn probe_again(&mut self, now: Instant) {
        if let Self::HalfOpen { until } = self {
            *until = now;
        }
    }

    /// Returns until when it holds calls back, if it does.
    pub(super) fn blocked_until(&self, now: Instant) -> Option<Instant> {
        match *self {
            Self::Closed => None,
            Self::Open { until } | Self::HalfOpen { until } => (now < until).then_some(until),
        }
    }

    /// The time until a probe may be sent, zero if one is in flight; `None` if it is closed.
    pub(super) fn open_for(&self, now: Instant) -> Option<Duration> {
        match *self {
            Self::Closed => None,
            Self::Open { until } => Some(until.saturating_duration_since(now)),
            Self::HalfOpen { .. } => Some(Duration::ZERO),
        }
    }
}

/// A limit learnt from a 429, below the announced one, or where none is announced: additive increase, multiplicative
/// decrease.
///
/// Clients that share a key without knowing of each other end up with equal parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct AimdLimit {
    base: f64,
    step: f64,
    since: Instant,
}

impl AimdLimit {
    /// The limit after a window in which `accepted` calls were accepted and `permits` were allowed. `full` is our part of
    /// the announced limit; without one, the accepted calls stand for it.
    pub(super) fn decreased(
        accepted: usize,
        permits: Option<usize>,
        full: Option<usize>,
        now: Instant,
    ) -> Self {
        let least = permits.map_or(1.0, |permits| (permits as f64 / MAX_DECREASE).max(1.0));
        let full = full.unwrap_or(accepted) as f64;
        Self {
            base: (accepted as f64 * DECREASE_FACTOR).max(least).floor(),
            step: (full * INCREASE_STEP).max(1.0),
            since: now,
        }
    }

    /// Counts the windows without a 429 from `now`.
    pub(super) fn restart(&mut self, now: Instant) {
        self.since = now;
    }

    /// Skips an increase if other clients leave so few calls that two increases would use them up: the next result would be
    /// a 429.
    pub(super) fn hold_back(&mut self, remaining: u64, now: Instant, window: Duration) {
        if (remaining as f64) < 2.0 * self.step {
            (self.base, self.since) = (self.at(now, window) as f64, now);
        }
    }

    /// Calls per window at `now`.
    pub(super) fn at(&self, now: Instant, window: Duration) -> usize {
        let windows = now.saturating_duration_since(self.since).as_nanos() / window.as_nanos();
        (self.base + self.step * windows as f64) as usize
    }

    /// The time of the next increase.
    pub(super) fn next_increase(&self, now: Instant, window: Duration) -> Instant {
        let into = now.saturating_duration_since(self.since).as_nanos() % window.as_nanos();
        now + (window - Duration::from_nanos(into as u64))
    }
}
