//! Finds out whether several rows are about one shopper.

use super::destination::{Destination, Key};

/// At most so many keys are kept, in 16 MB.
const MOST: usize = 2_000_000;

/// The keys of the rows that were read.
#[derive(Default)]
pub struct Repeats {
    keys: Vec<Key>,
}

impl Repeats {
    pub fn add(&mut self, keys: &[Key]) {
        if self.keys.len() < MOST {
            self.keys.extend(keys);
        }
    }

    /// How many keys are those of several rows.
    pub fn count(mut self) -> u64 {
        self.keys.sort_unstable();
        let runs = self.keys.chunk_by(|left, right| left == right);
        runs.filter(|run| run.len() > 1).count() as u64
    }
}

/// Warns of so many keys that are those of several rows.
pub fn warning<D: Destination>(keys: u64) -> Option<String> {
    let name = D::KEY.unwrap_or("email, phone or userName");
    let noun = if keys == 1 { "value" } else { "values" };
    (keys > 0).then(|| {
        format!(
            "warning: {keys} {noun} of {name} in more than one row; the last of those rows counts"
        )
    })
}
