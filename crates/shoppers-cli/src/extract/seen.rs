//! The records that were written and may come again.

use std::collections::BTreeMap;

use super::record::RecordHash;
use crate::time::Moment;

/// The hashes of records, and the latest time of each.
pub type Hashes = BTreeMap<RecordHash, Moment>;

/// The hashes of records that were written: those of earlier windows that may come again, and those of this window.
#[derive(Default)]
pub struct Seen {
    earlier: Hashes,
    window: Hashes,
}

impl Seen {
    /// Begins with those of an earlier run.
    pub fn new(earlier: Hashes) -> Self {
        Self {
            earlier,
            window: Hashes::new(),
        }
    }

    /// Returns `true` for a record that this window had before.
    pub fn is_in_window(&self, hash: RecordHash) -> bool {
        self.window.contains_key(&hash)
    }

    /// Returns `true` for a record that an earlier window had.
    pub fn is_of_before(&self, hash: RecordHash) -> bool {
        self.earlier.contains_key(&hash)
    }

    /// Adds those of a page that was written.
    pub fn extend(&mut self, page: Hashes) {
        self.window.extend(page);
    }

    /// Returns what a state has to hold while the window is read: those of earlier windows, and those of this one that can
    /// be in a list that begins at `next`.
    ///
    /// Those in between would be known again only if pages shift while the extraction is stopped.
    pub fn kept(&self, next: Moment) -> Hashes {
        let earlier = self.earlier.iter();
        let window = self.window.iter().filter(|(_, latest)| **latest >= next);
        earlier
            .chain(window)
            .map(|(hash, latest)| (*hash, *latest))
            .collect()
    }

    /// Ends the window, and forgets those that cannot be in a list that begins at `next`.
    pub fn advance(&mut self, next: Moment) {
        self.earlier.append(&mut self.window);
        self.earlier.retain(|_, latest| *latest >= next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_known_until_the_windows_have_passed_its_time() {
        let [old, early, late] = [RecordHash(1), RecordHash(2), RecordHash(3)];
        let mut seen = Seen::new([(old, Moment(10))].into());
        seen.extend([(early, Moment(15)), (late, Moment(20))].into());

        assert!(seen.is_of_before(old) && !seen.is_in_window(old));
        assert!(seen.is_in_window(early) && seen.is_in_window(late));
        let kept: Vec<RecordHash> = seen.kept(Moment(20)).into_keys().collect();
        assert_eq!(kept, [old, late]);

        seen.advance(Moment(20));
        assert!(seen.is_of_before(late) && !seen.is_in_window(late));
        assert!(![old, early].into_iter().any(|it| seen.is_of_before(it)));
        assert_eq!(seen.kept(Moment(30)).len(), 1);
    }
}
