//! What the vendors have stored, and the search in it.

use serde_json::{Value, json};

use super::Ui;
use crate::search::Search;

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
        search: |ui, search| {
            ui.bspk
                .visit("shoppers", |text, record| search.offer(text, record));
        },
    },
    Collection {
        vendor: "gatsby",
        name: "shoppers",
        count: |ui| ui.gatsby.store().count(),
        search: |ui, search| ui.gatsby.store().search(search),
    },
];

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
