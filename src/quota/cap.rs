use std::time::{Duration, Instant};

/// Of the calls that were accepted in a window, what we allow ourselves after a refusal.
const KEPT: f64 = 0.9;

/// One refusal does not take us below this part of what we allowed ourselves, as we may have come in the middle of a
/// window that another client, or we ourselves before a new start, had all but used up.
const LEAST: f64 = 3.0;

/// The part of the whole that is won back with each window without a refusal.
const REGAINED: f64 = 0.05;

/// A limit learnt from a refusal, below what the vendor announces, or where it announces nothing.
///
/// It falls as a factor and grows as a sum, so users of one key who do not know of each other end up with like parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cap {
    base: f64,
    step: f64,
    since: Instant,
}

impl Cap {
    /// The cap after a window in which `accepted` calls were accepted and then one was not, where we allowed
    /// ourselves `before`. `whole` is our part of the announced limit; a vendor that announces none is measured by
    /// what it accepted.
    pub(super) fn after(
        accepted: usize,
        before: Option<usize>,
        whole: Option<usize>,
        now: Instant,
    ) -> Self {
        let least = before.map_or(1.0, |before| (before as f64 / LEAST).max(1.0));
        let whole = whole.unwrap_or(accepted) as f64;
        Self {
            base: (accepted as f64 * KEPT).max(least).floor(),
            step: (whole * REGAINED).max(1.0),
            since: now,
        }
    }

    /// Counts the windows without a refusal from `now`.
    pub(super) fn restart(&mut self, now: Instant) {
        self.since = now;
    }

    /// Stays where it is while others use the key and no more are left than two of us would take by growing: the key is
    /// as good as used up, and to grow would be to be refused.
    pub(super) fn leave(&mut self, left: u64, now: Instant, window: Duration) {
        if (left as f64) < 2.0 * self.step {
            (self.base, self.since) = (self.at(now, window) as f64, now);
        }
    }

    /// Calls per window at `now`.
    pub(super) fn at(&self, now: Instant, window: Duration) -> usize {
        let windows = now.saturating_duration_since(self.since).as_nanos() / window.as_nanos();
        (self.base + self.step * windows as f64) as usize
    }

    /// The time of its next growth.
    pub(super) fn grows(&self, now: Instant, window: Duration) -> Instant {
        let into = now.saturating_duration_since(self.since).as_nanos() % window.as_nanos();
        now + (window - Duration::from_nanos(into as u64))
    }
}
