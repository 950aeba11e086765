//! How many calls a vendor accepts in a window of time.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

/// How many calls a vendor accepts in a window of time; what is beyond is answered 429.
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
    kind: Kind,
}

impl Quota {
    /// `limit` calls in each `window`, the windows following one another from the sandbox's start.
    ///
    /// The end of one window and the start of the next can hold twice the limit between them.
    pub const fn fixed(limit: u32, window: Duration) -> Self {
        Self {
            limit,
            window,
            kind: Kind::Fixed,
        }
    }

    /// `limit` calls in any `window`, wherever it is placed.
    pub const fn sliding(limit: u32, window: Duration) -> Self {
        Self {
            limit,
            window,
            kind: Kind::Sliding,
        }
    }

    /// What BSPK's examples show: 30 calls per 10 seconds.
    ///
    /// Fixed, which is a guess: BSPK does not say which kind of window it has.
    pub const fn bspk() -> Self {
        Self::fixed(30, Duration::from_secs(10))
    }

    /// How many calls are accepted in a window.
    pub const fn limit(&self) -> u32 {
        self.limit
    }

    /// How long a window is.
    pub const fn window(&self) -> Duration {
        self.window
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Fixed,
    Sliding,
}

/// The vendor's count of what it accepted in the window that is open.
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

    /// Counts a call if there is room for it.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let free = self.remaining(now) > 0;
        if free {
            self.accepted.push_back(now);
        }
        free
    }

    /// How many more calls would be accepted now.
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
            Kind::Fixed => self.number(then) < self.number(now),
            Kind::Sliding => now.duration_since(then) >= self.quota.window,
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

    /// The calls that are accepted of those made so many milliseconds after the start.
    fn accepted(quota: Quota, calls: &[u64]) -> Vec<bool> {
        let start = Instant::now();
        let mut window = Window::new(quota, start);
        calls
            .iter()
            .map(|&at| window.take(start + Duration::from_millis(at)))
            .collect()
    }

    #[test]
    fn a_fixed_window_ends_for_all_its_calls_at_once() {
        let quota = Quota::fixed(2, Duration::from_millis(100));

        let taken = accepted(quota, &[90, 95, 99, 100, 101, 102, 199, 200]);

        assert_eq!(taken, [true, true, false, true, true, false, false, true]);
    }

    #[test]
    fn a_sliding_window_ends_for_each_call_by_itself() {
        let quota = Quota::sliding(2, Duration::from_millis(100));

        let taken = accepted(quota, &[90, 95, 100, 189, 190, 194, 195, 196]);

        assert_eq!(taken, [true, true, false, false, true, false, true, false]);
    }

    #[test]
    fn what_is_left_is_counted_down() {
        let start = Instant::now();
        let mut window = Window::new(Quota::bspk(), start);

        let left: Vec<_> = (0..31)
            .map(|_| (window.take(start), window.remaining(start)))
            .collect();

        assert_eq!(left[0], (true, 29));
        assert_eq!(left[29..], [(true, 0), (false, 0)]);
    }

    #[test]
    fn a_quota_of_nothing_accepts_nothing() {
        assert_eq!(
            accepted(Quota::fixed(0, Duration::from_secs(1)), &[0, 5000]),
            [false, false]
        );
    }
}
