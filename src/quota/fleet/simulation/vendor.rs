//! A vendor that counts calls, and whose count is the judge.

use std::collections::VecDeque;

use super::Scene;

/// The vendor's way of counting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Windows {
    Fixed,
    Sliding,
}

/// The vendor, whose count is the judge.
pub(super) struct Vendor {
    windows: Windows,
    limit: usize,
    window: u64,
    offset: u64,
    log: VecDeque<u64>,
    pub(super) accepted: Vec<u64>,
}

impl Vendor {
    pub(super) fn new(scene: &Scene) -> Self {
        Self {
            windows: scene.windows,
            limit: scene.limit,
            window: scene.window,
            offset: fastrand::u64(0..scene.window),
            log: VecDeque::new(),
            accepted: Vec::new(),
        }
    }

    /// Counts a call, and returns the calls that are left if it is accepted.
    pub(super) fn call(&mut self, at: u64) -> Option<u64> {
        let begins = match self.windows {
            Windows::Fixed => {
                ((at + self.offset) / self.window * self.window).saturating_sub(self.offset)
            }
            Windows::Sliding => (at + 1).saturating_sub(self.window),
        };
        while self.log.front().is_some_and(|call| *call < begins) {
            self.log.pop_front();
        }
        if self.log.len() >= self.limit {
            return None;
        }
        self.log.push_back(at);
        self.accepted.push(at);
        Some((self.limit - self.log.len()) as u64)
    }

    /// The most calls of any window, wherever it begins.
    pub(super) fn largest_window(&self) -> usize {
        let mut first = 0;
        let mut most = 0;
        for (index, at) in self.accepted.iter().enumerate() {
            while self.accepted[first] + self.window <= *at {
                first += 1;
            }
            most = most.max(index + 1 - first);
        }
        most
    }
}
