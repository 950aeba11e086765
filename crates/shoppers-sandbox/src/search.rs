//! A search in what a vendor has stored.

use serde_json::Value;

/// The most records that a search returns.
const RECORDS_SHOWN: usize = 200;

/// A search for a text in records, in any case.
pub(crate) struct Search {
    text: String,
    pub(crate) total: usize,
    pub(crate) matched: usize,
    pub(crate) records: Vec<Value>,
}

impl Search {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: text.to_lowercase(),
            total: 0,
            matched: 0,
            records: Vec::new(),
        }
    }

    /// Counts a record, and adds it to the result if its text matches and there is room.
    pub(crate) fn offer(&mut self, text: &str, record: impl FnOnce() -> Value) {
        self.total += 1;
        if self.text.is_empty() || text.to_lowercase().contains(&self.text) {
            self.matched += 1;
            if self.records.len() < RECORDS_SHOWN {
                self.records.push(record());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_search_counts_every_match_and_returns_the_first_ones() {
        let mut search = Search::new("Ada");

        for number in 0..500 {
            search.offer(r#"{"name":"ADA"}"#, || json!(number));
            search.offer(r#"{"name":"Bob"}"#, || json!("Bob"));
        }

        assert_eq!(
            (search.total, search.matched, search.records.len()),
            (1000, 500, RECORDS_SHOWN)
        );
        assert_eq!(search.records[1], 1);
    }
}
