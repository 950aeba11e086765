//! What the vendors have stored, and the search in it.

use serde_json::{Value, json};

use super::Ui;
use crate::search::Search;

/// BSPK's collections that are shown even if they are empty.
const ALWAYS_SHOWN: [&str; 4] = ["shoppers", "metafields", "webhook_endpoints", "deliveries"];

impl Ui {
    /// Returns each collection with its number of records. The list of clients repeats the shoppers.
    pub(super) fn collections(&self) -> Value {
        let lists = self.bspk.lists().filter(|it| *it != "clients");
        let bspk = ALWAYS_SHOWN.into_iter().chain(lists).filter_map(|name| {
            let count = self.bspk.count(name);
            let is_shown = count > 0 || ALWAYS_SHOWN.contains(&name);
            is_shown.then(|| json!({"vendor": "bspk", "name": name, "count": count}))
        });
        let count = self.gatsby.store().count();
        let gatsby = json!({"vendor": "gatsby", "name": "shoppers", "count": count});
        bspk.chain([gatsby]).collect()
    }

    /// Searches the collection that the page asks for.
    pub(super) fn search(&self, query: &Value) -> Option<Value> {
        let mut search = Search::new(query["text"].as_str().unwrap_or_default().trim());
        match (query["vendor"].as_str()?, query["name"].as_str()?) {
            ("bspk", name)
                if ALWAYS_SHOWN.contains(&name) || self.bspk.lists().any(|it| it == name) =>
            {
                self.bspk
                    .visit(name, |text, record| search.offer(text, record))
            }
            ("gatsby", "shoppers") => self.gatsby.store().search(&mut search),
            _ => return None,
        }
        Some(json!({"total": search.total, "matched": search.matched, "records": search.records}))
    }
}
