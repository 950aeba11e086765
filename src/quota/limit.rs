use std::time::{Duration, Instant};

use super::Answer;

/// More calls per window than this is a mistake and not a quota: slots are remembered one by one, at 24 bytes each, and
/// no vendor gives one key 10,000 calls per second.
pub(super) const MOST: u64 = 100_000;

/// The vendor's announced limit.
///
/// A fall counts at once. A rise counts when a whole window has passed since it was first announced, as low as it was
/// announced in that time: some vendors fix the limit of a window when it opens, and by then no such window is left.
#[derive(Debug, Default)]
pub(super) struct Limit {
    /// Calls per window, for all users of the key.
    pub(super) known: Option<u64>,
    /// The time of a rise, and the limit from then on.
    pub(super) rise: Option<(Instant, u64)>,
    /// Calls that were left in the vendor's window, by the answer that was read last.
    pub(super) remaining: Option<u64>,
}

impl Limit {
    /// Takes over what an answer announces, and gives the calls that it leaves, if it says so credibly.
    ///
    /// Nonsense is as good as nothing. A limit of 0 is nonsense, as a vendor that allows nothing answers 429, and so is
    /// one above [`MOST`]. What remains is nonsense when it is more than the limit, or when there is no limit.
    pub(super) fn learn(&mut self, now: Instant, window: Duration, answer: &Answer) -> Option<u64> {
        let announced = answer.limit.filter(|limit| (1..=MOST).contains(limit));

        if let Some(limit) = announced {
            match (self.known, self.rise) {
                (Some(known), None) if known < limit => self.rise = Some((now + window, limit)),
                (Some(known), Some((at, lowest))) if known < limit => {
                    self.rise = Some((at, lowest.min(limit)))
                }
                _ => (self.known, self.rise) = (Some(limit), None),
            }
        }
        let whole = announced.or(self.known)?;
        let remaining = answer.remaining.filter(|&remaining| remaining <= whole)?;
        self.remaining = Some(remaining);
        Some(remaining)
    }

    /// Lets a rise count whose time has come.
    pub(super) fn pass(&mut self, now: Instant) {
        if let Some((at, limit)) = self.rise
            && at <= now
        {
            (self.known, self.rise) = (Some(limit), None);
        }
    }

    /// The most that can be allowed within a window from now, if no more is announced.
    pub(super) fn highest(&self) -> Option<u64> {
        self.rise.map(|(_, limit)| limit).or(self.known)
    }
}
