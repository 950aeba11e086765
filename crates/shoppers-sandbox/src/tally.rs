//! The counts of a vendor.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use crate::fault::Fault;

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

/// The counts as they grow.
#[derive(Debug)]
pub(crate) struct Counter {
    start: Instant,
    tally: Tally,
    accepted_at: VecDeque<Duration>,
    in_window: VecDeque<Instant>,
}

impl Counter {
    pub(crate) fn new(start: Instant) -> Self {
        Self {
            start,
            tally: Tally::default(),
            accepted_at: VecDeque::new(),
            in_window: VecDeque::new(),
        }
    }

    pub(crate) fn called(&mut self, fault: Option<&Fault>) {
        self.tally.calls += 1;
        if let Some(fault) = fault {
            *self.tally.faults.entry(fault.name()).or_default() += 1;
        }
        if let Some(Fault::Throttled { .. }) = fault {
            self.throttled();
        }
    }

    pub(crate) fn throttled(&mut self) {
        self.tally.throttled += 1;
    }

    /// Counts an accepted call, also within the quota's `window`, if there is one.
    pub(crate) fn accepted(&mut self, now: Instant, window: Option<Duration>) {
        self.tally.accepted += 1;
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
}
