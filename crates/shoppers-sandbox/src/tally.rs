//! What a vendor counted.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

/// How many times of accepted calls are kept, the latest of them: 16 MB.
const TIMES_KEPT: usize = 1_000_000;

/// What a vendor of the sandbox counted since the start: a copy, which does not move any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Calls that arrived, whatever became of them.
    pub calls: u64,
    /// Calls that reached the vendor with its key and within its quota, whatever they were then
    /// answered.
    pub accepted: u64,
    /// Calls answered 429, for the quota or by [`Fault::Throttled`](crate::Fault::Throttled).
    pub throttled: u64,
    /// The largest number of calls accepted in any window as long as the quota's, wherever it is
    /// placed: up to twice the limit if the quota is fixed. 0 without a quota.
    pub peak: u64,
    /// Shoppers made, those included that were deleted since.
    pub made: u64,
    /// Shoppers that there are.
    pub shoppers: u64,
    /// Faults played, by [`Fault::name`](crate::Fault::name).
    pub faults: BTreeMap<&'static str, u64>,
    /// When calls were accepted, counted from the sandbox's start, in order: the latest 1,000,000.
    pub accepted_at: Vec<Duration>,
}

/// The tally while it moves.
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

    pub(crate) fn called(&mut self) {
        self.tally.calls += 1;
    }

    pub(crate) fn played(&mut self, fault: &'static str) {
        *self.tally.faults.entry(fault).or_default() += 1;
    }

    pub(crate) fn throttled(&mut self) {
        self.tally.throttled += 1;
    }

    /// Counts an accepted call; `window` is the length of the quota's window, if there is a quota.
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

    /// A copy of what was counted; the vendor's store says how many shoppers it `made` and has.
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
    fn the_peak_is_that_of_any_placement() {
        let start = Instant::now();
        let mut counter = Counter::new(start);
        let window = Duration::from_millis(100);

        for at in [0, 80, 90, 99, 101, 179, 300] {
            counter.accepted(start + Duration::from_millis(at), Some(window));
        }

        let tally = counter.tally(0, 0);
        assert_eq!(tally.peak, 5); // from 80 to 179
        assert_eq!(tally.accepted, 7);
        assert_eq!(tally.accepted_at[1], Duration::from_millis(80));
    }
}
