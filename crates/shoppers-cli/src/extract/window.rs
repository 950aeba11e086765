//! Windows of time, each of which is a list of its own.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// The most records of a window, if it is longer than a second. The pages of a list shift less the shorter it is, and the
/// hashes of a window's records are in memory.
const MOST: u64 = 20_000;

/// The records that a window is to have, by a guess from those of another.
const WANTED: u64 = MOST / 4 * 3;

/// The most by which a window is longer than the one before.
const LONGER: i64 = 16;

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

    /// Returns the beginning of it, at most half, if there are too many records for one window.
    pub fn shortened(self, records: u64) -> Option<Self> {
        let share = i128::from(self.seconds()) * i128::from(WANTED) / i128::from(records.max(1));
        let share = i64::try_from(share).unwrap_or(i64::MAX);
        let length = share.max(1).min(self.seconds() / 2);
        let to = Moment(self.from.0 + length);
        (records > MOST && to > self.from).then_some(Self { to, ..self })
    }

    /// Returns the window after this one, which had so many records; `None` at the end. It has all that `remain`, if they are
    /// not too many.
    ///
    /// It begins where this one ends: from one second to the next a record with a fraction could be lost.
    pub fn after(self, records: u64, remain: Option<u64>, until: Moment) -> Option<Self> {
        let rest = until.0.saturating_sub(self.to.0);
        let length = match records {
            _ if remain.is_some_and(|it| it <= MOST) => rest,
            // They are somewhere in the rest.
            0 => rest / 2 + 1,
            _ => {
                let factor = i64::try_from(WANTED / records).unwrap_or(LONGER);
                self.seconds()
                    .max(1)
                    .saturating_mul(factor.clamp(1, LONGER))
            }
        };
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
    fn a_window_with_too_many_records_is_shortened_down_to_a_second() {
        for (from, to, records, expected) in [
            (0, 100, MOST, None),
            (0, 100, MOST + 1, Some(window(0, 50))),
            (0, 100, 10 * MOST, Some(window(0, 7))),
            (0, 3, u64::MAX, Some(window(0, 1))),
            (0, 1, u64::MAX, None),
            (7, 7, u64::MAX, None),
        ] {
            assert_eq!(window(from, to).shortened(records), expected, "{from} {to}");
        }
    }

    #[test]
    fn the_next_window_begins_where_the_last_one_ends() {
        let until = Moment(100);
        let many = Some(10 * MOST);
        for (from, to, records, remain, expected) in [
            (0, 10, MOST, many, Some(window(10, 20))),
            (0, 10, MOST / 2, None, Some(window(10, 20))),
            (0, 10, MOST / 4, many, Some(window(10, 40))),
            (0, 2, 1, many, Some(window(2, 34))),
            (0, 10, 1, many, Some(window(10, 100))),
            (0, 10, 0, many, Some(window(10, 56))),
            (98, 99, 0, many, Some(window(99, 100))),
            (0, 10, MOST, Some(MOST), Some(window(10, 100))),
            (7, 7, 1, many, Some(window(7, 23))),
            (90, 100, 0, many, None),
        ] {
            let next = window(from, to).after(records, remain, until);

            assert_eq!(next, expected, "{from} {to}");
        }
    }

    proptest! {
        #[test]
        fn windows_reach_the_end_and_leave_nothing_out(
            length in 0_i64..2_000_000_000,
            counts in prop::collection::vec(0_u64..100_000, 1..50),
            remain in prop::option::of(0_u64..100_000),
        ) {
            let until = Moment(length);
            let mut next = Some(window(0, length));
            let mut counts = counts.into_iter().cycle();
            let mut done = Moment(0);
            for _ in 0..10_000 {
                let Some(mut at) = next else { break };
                prop_assert_eq!(at.from, done);
                let records = counts.next().unwrap_or_default();
                if let Some(shortened) = at.shortened(records) {
                    at = shortened;
                }
                done = at.to;
                next = at.after(records, remain, until);
            }
            prop_assert!(next.is_some() || done == until);
        }
    }
}
