//! Counts the shoppers that several rows are about.

use super::destination::{Destination, Key};

/// The most keys that are held: 16 MB.
const LIMIT: usize = 2_000_000;

/// The keys of the rows that were read.
#[derive(Default)]
pub struct Repeats(Vec<Key>);

impl Repeats {
    pub fn add(&mut self, keys: &[Key]) {
        if self.0.len() < LIMIT {
            self.0.extend(keys);
        }
    }

    /// The number of keys that several rows have.
    pub fn count(mut self) -> u64 {
        self.0.sort_unstable();
        let runs = self.0.chunk_by(|left, right| left == right);
        runs.filter(|run| run.len() > 1).count() as u64
    }
}

/// The warning about this many keys that several rows have.
pub fn warning<D: Destination>(keys: u64) -> Option<String> {
    let name = D::IDENTIFIER.unwrap_or("email, phone or userName");
    let noun = if keys == 1 { "value" } else { "values" };
    (keys > 0).then(|| {
        format!(
            "warning: {keys} {noun} of {name} in more than one row; the last of those rows counts"
        )
    })
}
