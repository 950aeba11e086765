//! The counts of a vendor.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use crate::fault::Fault;

/// The seconds whose counts are kept: five minutes.
const SECONDS_KEPT: usize = 300;

/// The latest accepted calls whose times are kept: 16 MB.
const TIMES_KEPT: usize = 1_000_000;

/// The counts of one vendor since the sandbox started, as a copy that does not change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Calls that arrived, with any outcome.
    pub calls: u64,
    /// Calls that reached the vendor with its key and within its quota, with any response.
    pub accepted: u64,
    /// Calls answered 429, beyond the quota or by [`Fault::Throttled`].
    pub throttled: u64,
    /// The most calls accepted in any period as long as the quota's window: up to twice the limit if the window is fixed.
    /// 0 without a quota.
    pub peak: u64,
    /// Shoppers created, including those deleted since.
    pub made: u64,
    /// Shoppers stored now.
    pub shoppers: u64,
    /// Injected faults, by [`Fault::name`].
    pub faults: BTreeMap<&'static str, u64>,
    /// The times at which calls were accepted, from the sandbox's start, in order: the latest 1,000,000.
    pub accepted_at: Vec<Duration>,
}

/// The counts of one second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Second {
    /// The second, from the sandbox's start.
    pub(crate) at: u64,
    pub(crate) accepted: u32,
    pub(crate) throttled: u32,
    /// The most calls that counted against the quota at once.
    pub(crate) used: u32,
    /// The quota's limit, if there was one.
    pub(crate) limit: Option<u32>,
}

/// The counts as they grow.
#[derive(Debug)]
pub(crate) struct Counter {
    start: Instant,
    tally: Tally,
    accepted_at: VecDeque<Duration>,
    in_window: VecDeque<Instant>,
    /// The seconds in which calls were accepted or throttled.
    seconds: VecDeque<Second>,
}

impl Counter {
    pub(crate) fn new(start: Instant) -> Self {
        Self {
            start,
            tally: Tally::default(),
            accepted_at: VecDeque::new(),
            in_window: VecDeque::new(),
            seconds: VecDeque::new(),
        }
    }

    pub(crate) fn called(&mut self, now: Instant, fault: Option<&Fault>) {
        self.tally.calls += 1;
        if let Some(fault) = fault {
            *self.tally.faults.entry(fault.name()).or_default() += 1;
        }
        if let Some(Fault::Throttled { .. }) = fault {
            self.throttled(now);
        }
    }

    pub(crate) fn throttled(&mut self, now: Instant) {
        self.tally.throttled += 1;
        self.second(now).throttled += 1;
    }

    /// Notes the calls that count against a quota, and its limit.
    pub(crate) fn used(&mut self, now: Instant, used: u32, limit: u32) {
        let second = self.second(now);
        second.used = second.used.max(used);
        second.limit = Some(limit);
    }

    /// Counts an accepted call, also within the quota's `window`, if there is one.
    pub(crate) fn accepted(&mut self, now: Instant, window: Option<Duration>) {
        self.tally.accepted += 1;
        self.second(now).accepted += 1;
        if self.accepted_at.len() == TIMES_KEPT {
            self.accepted_at.pop_front();
        }
        self.accepted_at.push_back(now.duration_since(self.start));
        if let Some(window) = window {
            while self
                .in_window
                .front()
                .is_some_and(|&then| now.duration_since(then) >= window)
            {
                self.in_window.pop_front();
            }
            self.in_window.push_back(now);
            self.tally.peak = self.tally.peak.max(self.in_window.len() as u64);
        }
    }

    fn second(&mut self, now: Instant) -> &mut Second {
        let at = now.duration_since(self.start).as_secs();
        if self.seconds.back().is_none_or(|latest| latest.at < at) {
            if self.seconds.len() == SECONDS_KEPT {
                self.seconds.pop_front();
            }
            self.seconds.push_back(Second {
                at,
                ..Second::default()
            });
        }
        let latest = self.seconds.len() - 1;
        &mut self.seconds[latest]
    }

    /// Returns a copy, with the two counts that the vendor's store keeps.
    pub(crate) fn tally(&self, made: u64, shoppers: u64) -> Tally {
        Tally {
            made,
            shoppers,
            accepted_at: self.accepted_at.iter().copied().collect(),
            ..self.tally.clone()
        }
    }
}

#[cfg(feature = "ui")]
impl Counter {
    /// The counts alone, without the times of accepted calls.
    pub(crate) fn counts(&self) -> &Tally {
        &self.tally
    }

    /// The counts of the latest seconds in which calls were accepted or throttled, from this one on.
    pub(crate) fn seconds(&self, from: u64) -> impl Iterator<Item = &Second> {
        self.seconds.iter().filter(move |second| second.at >= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_measured_over_every_period_of_a_window() {
        let start = Instant::now();
        let mut counter = Counter::new(start);
        let window = Duration::from_millis(100);

        for at in [0, 80, 90, 99, 101, 179, 300] {
            counter.accepted(start + Duration::from_millis(at), Some(window));
        }

        let tally = counter.tally(0, 0);
        assert_eq!(tally.peak, 5); // from 80 to 179 ms
        assert_eq!(tally.accepted, 7);
        assert_eq!(tally.accepted_at[1], Duration::from_millis(80));
    }

    #[test]
    fn the_latest_five_minutes_are_counted_by_the_second() {
        let start = Instant::now();
        let mut counter = Counter::new(start);
        let at = |seconds| start + Duration::from_secs(seconds);

        for second in 0..310 {
            counter.accepted(at(second), None);
        }
        counter.throttled(at(309));
        counter.used(at(309), 3, 4);
        counter.used(at(309), 2, 4);

        assert_eq!((counter.seconds.len(), counter.seconds[0].at), (300, 10));
        let expected = Second {
            at: 309,
            accepted: 1,
            throttled: 1,
            used: 3,
            limit: Some(4),
        };
        assert_eq!(counter.seconds.back(), Some(&expected));
    }
}
