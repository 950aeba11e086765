//! Windows of time, each of which is a list of its own.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// The most records of a window, if it is longer than a second. The pages of a list shift less the shorter it is, and the
/// hashes of a window's records are in memory.
const MOST: u64 = 20_000;

/// A range of time; both ends are part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub from: Moment,
    pub to: Moment,
}

impl Window {
    fn seconds(self) -> i64 {
        self.to.0 - self.from.0
    }

    /// Returns the first half, if there are too many records for one window.
    pub fn halved(self, records: u64) -> Option<Self> {
        let to = Moment(self.from.0 + self.seconds() / 2);
        (records > MOST && to > self.from).then_some(Self { to, ..self })
    }

    /// Returns the window after this one, which had so many records; `None` at the end. After few records it is longer.
    ///
    /// It begins where this one ends: from one second to the next a record with a fraction could be lost.
    pub fn after(self, records: u64, until: Moment) -> Option<Self> {
        let factor = if records < MOST / 2 { 2 } else { 1 };
        let length = self.seconds().max(1).saturating_mul(factor);
        let to = Moment(self.to.0.saturating_add(length)).min(until);
        (self.to < until).then_some(Self { from: self.to, to })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn window(from: i64, to: i64) -> Window {
        Window {
            from: Moment(from),
            to: Moment(to),
        }
    }

    #[test]
    fn a_window_with_too_many_records_is_halved_down_to_a_second() {
        for (from, to, records, expected) in [
            (0, 100, MOST, None),
            (0, 100, MOST + 1, Some(window(0, 50))),
            (0, 3, u64::MAX, Some(window(0, 1))),
            (0, 1, u64::MAX, None),
            (7, 7, u64::MAX, None),
        ] {
            assert_eq!(window(from, to).halved(records), expected, "{from} {to}");
        }
    }

    #[test]
    fn the_next_window_begins_where_the_last_one_ends() {
        let until = Moment(100);
        for (from, to, records, expected) in [
            (0, 10, MOST, Some(window(10, 20))),
            (0, 10, 0, Some(window(10, 30))),
            (50, 90, 0, Some(window(90, 100))),
            (7, 7, 0, Some(window(7, 9))),
            (90, 100, 0, None),
        ] {
            let next = window(from, to).after(records, until);

            assert_eq!(next, expected, "{from} {to}");
        }
    }

    proptest! {
        #[test]
        fn windows_reach_the_end_and_leave_nothing_out(
            length in 0_i64..2_000_000_000,
            counts in prop::collection::vec(0_u64..100_000, 1..50),
        ) {
            let until = Moment(length);
            let mut next = Some(window(0, length));
            let mut counts = counts.into_iter().cycle();
            let mut done = Moment(0);
            for _ in 0..10_000 {
                let Some(mut at) = next else { break };
                prop_assert_eq!(at.from, done);
                let records = counts.next().unwrap_or_default();
                if let Some(halved) = at.halved(records) {
                    at = halved;
                }
                done = at.to;
                next = at.after(records, until);
            }
            prop_assert!(next.is_some() || done == until);
        }
    }
}
