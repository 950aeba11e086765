//! Gatsby's shoppers and their search keys.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Map, Value, json};
use tokio::time::Instant;

use crate::format::is_blank;

/// Gatsby's shoppers in the order of their creation.
///
/// They are kept as text, which takes an eighth of the memory of a `Value`.
#[derive(Debug, Default)]
pub(crate) struct Store {
    made: u64,
    shoppers: BTreeMap<u64, Box<str>>,
    /// The shopper's number is the last part; the value is the time at which the key was written.
    keys: BTreeMap<(SearchKey, Box<str>, u64), Instant>,
}

/// An attribute that shoppers can be searched by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SearchKey {
    Email,
    Phone,
    Username,
}

impl SearchKey {
    /// Reads the name of a query parameter, which is lower case, unlike the one in a body.
    pub(crate) fn from_query(name: &str) -> Option<Self> {
        match name {
            "email" => Some(Self::Email),
            "phone" => Some(Self::Phone),
            "username" => Some(Self::Username),
            _ => None,
        }
    }

    /// Returns the keys of a shopper in all its channels, without blank ones.
    pub(crate) fn keys(shopper: &Value) -> impl Iterator<Item = (Self, &str)> {
        let channels = shopper["channel"]
            .as_object()
            .into_iter()
            .flat_map(Map::values);
        channels.flat_map(|channel| {
            [
                (Self::Email, "email"),
                (Self::Phone, "phone"),
                (Self::Username, "userName"),
            ]
            .into_iter()
            .filter_map(|(by, name)| Some((by, channel[name].as_str()?)))
            .filter(|(_, value)| !is_blank(value))
        })
    }
}

impl Store {
    pub(crate) fn made(&self) -> u64 {
        self.made
    }

    pub(crate) fn count(&self) -> u64 {
        self.shoppers.len() as u64
    }

    pub(crate) fn all(&self) -> Vec<Value> {
        self.shoppers.values().map(|text| parsed(text)).collect()
    }

    /// Searches the shoppers, the newest first.
    #[cfg(feature = "ui")]
    pub(crate) fn search(&self, search: &mut crate::search::Search) {
        for text in self.shoppers.values().rev() {
            search.offer(text, || parsed(text));
        }
    }

    pub(crate) fn create(&mut self, mut shopper: Value) -> Value {
        self.made += 1;
        let number = self.made;
        shopper["_id"] = json!(id(number));
        self.put(number, shopper)
    }

    pub(crate) fn get(&self, id: &str) -> Option<Value> {
        self.shoppers.get(&number(id)?).map(|text| parsed(text))
    }

    /// Merges the changes field by field; other fields stay.
    pub(crate) fn update(&mut self, id: &str, changes: Value) -> Option<Value> {
        let number = number(id)?;
        let old = parsed(self.shoppers.get(&number)?);
        let mut shopper = old.clone();
        merge(&mut shopper, changes);
        for gone in
            SearchKey::keys(&old).filter(|key| SearchKey::keys(&shopper).all(|it| it != *key))
        {
            self.keys.remove(&(gone.0, gone.1.into(), number));
        }
        Some(self.put(number, shopper))
    }

    pub(crate) fn delete(&mut self, id: &str) -> Option<Value> {
        let number = number(id)?;
        let shopper = parsed(&self.shoppers.remove(&number)?);
        for (by, value) in SearchKey::keys(&shopper) {
            self.keys.remove(&(by, value.into(), number));
        }
        Some(shopper)
    }

    /// Returns the shoppers whose key was written at least `lag` ago, the oldest first. Values are compared exactly: Gatsby
    /// does not document how it treats upper and lower case.
    pub(crate) fn matches(
        &self,
        by: SearchKey,
        value: &str,
        lag: Duration,
    ) -> impl Iterator<Item = Value> {
        let range = (by, value.into(), 0)..=(by, value.into(), u64::MAX);
        let now = Instant::now();
        let shown = self
            .keys
            .range(range)
            .filter(move |(_, written)| now.duration_since(**written) >= lag);
        shown
            .map(|((_, _, number), _)| number)
            .filter_map(|number| self.shoppers.get(number))
            .map(|text| parsed(text))
    }

    fn put(&mut self, number: u64, mut shopper: Value) -> Value {
        // Fields that Gatsby returns and does not accept (Gatsby's page, "GET methods will return").
        if let Some(instagram) = shopper.pointer_mut("/channel/instagram") {
            instagram["isVerified"] = json!(false);
        }
        shopper["keywords"] = json!([]);
        let now = Instant::now();
        for (by, value) in SearchKey::keys(&shopper) {
            self.keys.entry((by, value.into(), number)).or_insert(now);
        }
        self.shoppers.insert(number, shopper.to_string().into());
        shopper
    }
}

/// 24 hex digits, as in the ids of MongoDB, which Gatsby's `_id` looks like.
fn id(number: u64) -> String {
    format!("5a0d{number:020x}")
}

fn number(id: &str) -> Option<u64> {
    let digits = id
        .strip_prefix("5a0d")
        .filter(|digits| digits.len() == 20)?;
    u64::from_str_radix(digits, 16)
        .ok()
        .filter(|&number| self::id(number) == id)
}

fn merge(old: &mut Value, new: Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in new {
                merge(old.entry(name).or_insert(Value::Null), value);
            }
        }
        (old, new) => *old = new,
    }
}

/// The store contains nothing but JSON.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instagram(fields: Value) -> Value {
        json!({"channel": {"instagram": fields}})
    }

    fn ids(store: &Store, by: SearchKey, value: &str) -> Vec<Value> {
        store
            .matches(by, value, Duration::ZERO)
            .map(|mut shopper| shopper["_id"].take())
            .collect()
    }

    #[test]
    fn an_id_has_24_hex_digits_and_gives_its_number_back() {
        for made in [1, 255, u64::MAX] {
            let id = id(made);

            assert_eq!(id.len(), 24);
            assert!(id.bytes().all(|it| it.is_ascii_hexdigit()));
            assert_eq!(number(&id), Some(made));
        }
        for id in [
            "",
            "5a0d1",
            "ffff00000000000000000001",
            "5a0d0000000000000000000g",
            "5A0D00000000000000000001",
            "5a0d0000000000000000000A",
            "5a0d+0000000000000000001",
        ] {
            assert_eq!(number(id), None, "{id:?}");
        }
    }

    #[test]
    fn a_shopper_is_found_by_its_new_keys_and_not_by_its_old_ones() {
        let mut store = Store::default();
        let made = store.create(instagram(json!({"email": "a@b.c", "userName": "ab"})));
        let id = made["_id"].as_str().unwrap_or_default();

        store.update(id, instagram(json!({"email": "d@e.f"})));

        assert!(ids(&store, SearchKey::Email, "a@b.c").is_empty());
        assert_eq!(ids(&store, SearchKey::Email, "d@e.f"), [id]);
        assert_eq!(ids(&store, SearchKey::Username, "ab"), [id]);
        assert!(ids(&store, SearchKey::Phone, "ab").is_empty());
        store.delete(id);
        assert!(store.keys.is_empty() && store.shoppers.is_empty());
    }

    #[test]
    fn a_shopper_with_one_key_in_two_channels_is_one_match() {
        let mut store = Store::default();
        let both =
            json!({"channel": {"instagram": {"email": "a@b.c"}, "tiktok": {"email": "a@b.c"}}});

        let first = store.create(both);
        let second = store.create(json!({"channel": {"tiktok": {"email": "a@b.c"}}}));

        assert_eq!(
            ids(&store, SearchKey::Email, "a@b.c"),
            [first["_id"].clone(), second["_id"].clone()]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_search_with_a_lag_shows_a_key_once_it_is_old_enough() {
        let second = Duration::from_secs(1);
        let mut store = Store::default();
        let made = store.create(instagram(json!({"email": "a@b.c"})));
        let id = made["_id"].as_str().unwrap_or_default();
        let found = |store: &Store, value| store.matches(SearchKey::Email, value, second).count();

        assert_eq!(found(&store, "a@b.c"), 0);
        tokio::time::advance(second).await;
        store.update(id, instagram(json!({"fullName": "A"})));
        assert_eq!(found(&store, "a@b.c"), 1);
        store.update(id, instagram(json!({"email": "d@e.f"})));
        assert_eq!(found(&store, "a@b.c") + found(&store, "d@e.f"), 0);
    }
}
