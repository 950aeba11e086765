//! The quota of a vendor, and the window that enforces it.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

/// The number of calls that a vendor accepts per window; calls beyond it are answered 429.
///
/// # Example: a window short enough for a test
///
/// ```
/// use std::time::Duration;
///
/// use shoppers_sandbox::Quota;
///
/// let quota = Quota::sliding(2, Duration::from_millis(50));
///
/// assert_eq!(quota.limit(), 2);
/// assert_eq!(quota.window(), Duration::from_millis(50));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    limit: u32,
    window: Duration,
    kind: WindowKind,
}

impl Quota {
    /// Accepts `limit` calls per `window`; each window starts when the previous one ends, the first when the sandbox does.
    ///
    /// The end of one window and the start of the next can hold twice the limit.
    pub const fn fixed(limit: u32, window: Duration) -> Self {
        Self {
            limit,
            window,
            kind: WindowKind::Fixed,
        }
    }

    /// Accepts `limit` calls in any period as long as `window`.
    pub const fn sliding(limit: u32, window: Duration) -> Self {
        Self {
            limit,
            window,
            kind: WindowKind::Sliding,
        }
    }

    /// The quota of BSPK's examples: 30 calls per 10 seconds.
    ///
    /// The fixed window is a guess: BSPK does not document its kind.
    pub const fn bspk() -> Self {
        Self::fixed(30, Duration::from_secs(10))
    }

    /// The number of calls accepted per window.
    pub const fn limit(&self) -> u32 {
        self.limit
    }

    /// The length of a window.
    pub const fn window(&self) -> Duration {
        self.window
    }

    /// `fixed` or `sliding`.
    #[cfg(feature = "ui")]
    pub(crate) fn kind(&self) -> &'static str {
        match self.kind {
            WindowKind::Fixed => "fixed",
            WindowKind::Sliding => "sliding",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WindowKind {
    Fixed,
    Sliding,
}

/// The accepted calls that still count against a quota.
#[derive(Debug)]
pub(crate) struct Window {
    quota: Quota,
    start: Instant,
    accepted: VecDeque<Instant>,
}

impl Window {
    pub(crate) fn new(quota: Quota, start: Instant) -> Self {
        Self {
            quota,
            start,
            accepted: VecDeque::new(),
        }
    }

    pub(crate) fn quota(&self) -> Quota {
        self.quota
    }

    /// Counts a call and returns `true` if the quota allows it.
    pub(crate) fn admit(&mut self, now: Instant) -> bool {
        let is_allowed = self.remaining(now) > 0;
        if is_allowed {
            self.accepted.push_back(now);
        }
        is_allowed
    }

    /// Returns the number of calls that would still be accepted now.
    pub(crate) fn remaining(&mut self, now: Instant) -> u32 {
        while self
            .accepted
            .front()
            .is_some_and(|&then| self.is_over(then, now))
        {
            self.accepted.pop_front();
        }
        let used = u32::try_from(self.accepted.len()).unwrap_or(u32::MAX);
        self.quota.limit.saturating_sub(used)
    }

    fn is_over(&self, then: Instant, now: Instant) -> bool {
        match self.quota.kind {
            WindowKind::Fixed => self.number(then) < self.number(now),
            WindowKind::Sliding => now.duration_since(then) >= self.quota.window,
        }
    }

    fn number(&self, at: Instant) -> u128 {
        let nanos = self.quota.window.as_nanos().max(1);
        at.duration_since(self.start).as_nanos() / nanos
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns for each call, made so many milliseconds after the start, if it is accepted.
    fn accepted(quota: Quota, calls: &[u64]) -> Vec<bool> {
        let start = Instant::now();
        let mut window = Window::new(quota, start);
        calls
            .iter()
            .map(|&at| window.admit(start + Duration::from_millis(at)))
            .collect()
    }

    #[test]
    fn the_calls_of_a_fixed_window_expire_together() {
        let quota = Quota::fixed(2, Duration::from_millis(100));

        let taken = accepted(quota, &[90, 95, 99, 100, 101, 102, 199, 200]);

        assert_eq!(taken, [true, true, false, true, true, false, false, true]);
    }

    #[test]
    fn the_calls_of_a_sliding_window_expire_one_by_one() {
        let quota = Quota::sliding(2, Duration::from_millis(100));

        let taken = accepted(quota, &[90, 95, 100, 189, 190, 194, 195, 196]);

        assert_eq!(taken, [true, true, false, false, true, false, true, false]);
    }

    #[test]
    fn the_remaining_calls_count_down() {
        let start = Instant::now();
        let mut window = Window::new(Quota::bspk(), start);

        let left: Vec<_> = (0..31)
            .map(|_| (window.admit(start), window.remaining(start)))
            .collect();

        assert_eq!(left[0], (true, 29));
        assert_eq!(left[29..], [(true, 0), (false, 0)]);
    }

    #[test]
    fn a_quota_of_zero_accepts_no_call() {
        assert_eq!(
            accepted(Quota::fixed(0, Duration::from_secs(1)), &[0, 5000]),
            [false, false]
        );
    }
}
