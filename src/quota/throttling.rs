//! The two reactions to a 429: all calls pause, and fewer are allowed afterwards.

use std::time::Duration;

use tokio::time::Instant;

/// The longest pause; a longer `Retry-After` is cut to it.
const MAX_PAUSE: Duration = Duration::from_secs(120);

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
    Open { until: Instant, refused_probes: u32 },
    /// A probe is in flight. Without an outcome by then, the next call is a probe as well.
    HalfOpen { until: Instant, refused_probes: u32 },
}

impl CircuitBreaker {
    /// Opens after a 429: until `retry_after` is over, else until `oldest`, when our oldest call counts no longer.
    ///
    /// Both may be in the past or very near, hence the shortest pause.
    pub(super) fn open(
        &mut self,
        now: Instant,
        window: Duration,
        oldest: Option<Instant>,
        retry_after: Option<Duration>,
    ) {
        let refused_probes = match *self {
            Self::Closed => 0,
            Self::Open { refused_probes, .. } | Self::HalfOpen { refused_probes, .. } => {
                (refused_probes + 1).min(PAUSE_DIVISOR.ilog2())
            }
        };
        let shortest = now + window / PAUSE_DIVISOR * (1 << refused_probes);
        let until = retry_after
            .map(|pause| now + pause.min(MAX_PAUSE))
            .or(oldest)
            .map_or(shortest, |until| until.max(shortest));
        *self = Self::Open {
            until,
            refused_probes,
        };
    }

    /// Prolongs the pause if the vendor asks for more.
    pub(super) fn extend(&mut self, now: Instant, retry_after: Option<Duration>) {
        if let (Self::Open { until, .. }, Some(pause)) = (self, retry_after) {
            *until = (*until).max(now + pause.min(MAX_PAUSE));
        }
    }

    /// Returns until when it holds calls back, if it does.
    pub(super) fn blocked_until(&self, now: Instant) -> Option<Instant> {
        match *self {
            Self::Open { until, .. } | Self::HalfOpen { until, .. } => {
                Some(until).filter(|until| now < *until)
            }
            Self::Closed => None,
        }
    }

    /// Notes that a call goes through, which is a probe unless the breaker is closed.
    pub(super) fn let_through(&mut self, now: Instant) {
        if let Self::Open { refused_probes, .. } | Self::HalfOpen { refused_probes, .. } = *self {
            *self = Self::HalfOpen {
                until: now + PROBE_TIMEOUT,
                refused_probes,
            };
        }
    }

    /// Makes the next call a probe, as the one in flight has ended without an outcome.
    pub(super) fn probe_again(&mut self, now: Instant) {
        if let Self::HalfOpen { until, .. } = self {
            *until = now;
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
