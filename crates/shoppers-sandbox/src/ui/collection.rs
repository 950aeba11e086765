//! What the vendors have stored, and the search in it.

use serde_json::{Value, json};

use super::Ui;

/// The most records that a search returns.
const RECORDS_SHOWN: usize = 200;

/// A kind of record that a vendor stores.
struct Collection {
    vendor: &'static str,
    name: &'static str,
    count: fn(&Ui) -> u64,
    search: fn(&Ui, &mut Search),
}

const COLLECTIONS: [Collection; 2] = [
    Collection {
        vendor: "bspk",
        name: "shoppers",
        count: |ui| ui.bspk.counts().1,
        search: |ui, search| ui.bspk.search(search),
    },
    Collection {
        vendor: "gatsby",
        name: "shoppers",
        count: |ui| ui.gatsby.store().count(),
        search: |ui, search| ui.gatsby.store().search(search),
    },
];

/// A search for a text in records, in any case.
pub(crate) struct Search {
    text: String,
    total: usize,
    matched: usize,
    records: Vec<Value>,
}

impl Search {
    fn new(text: &str) -> Self {
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

impl Ui {
    /// Returns each collection with its number of records.
    pub(super) fn collections(&self) -> Value {
        let all = COLLECTIONS.iter();
        all.map(|it| json!({"vendor": it.vendor, "name": it.name, "count": (it.count)(self)}))
            .collect()
    }

    /// Searches the collection that the page asks for.
    pub(super) fn search(&self, query: &Value) -> Option<Value> {
        let collection = COLLECTIONS
            .iter()
            .find(|it| query["vendor"] == it.vendor && query["name"] == it.name)?;
        let mut search = Search::new(query["text"].as_str().unwrap_or_default().trim());
        (collection.search)(self, &mut search);
        Some(json!({"total": search.total, "matched": search.matched, "records": search.records}))
    }
}

#[cfg(test)]
mod tests {
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
