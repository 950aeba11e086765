//! BSPK as its document describes it: one operation, an upsert.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::HeaderMap,
    routing::post,
};
use serde_json::{Map, Value, json};

use crate::{
    answer::{self, Answer, Refusal},
    schema::Schema,
    time,
};

/// BSPK and its shoppers.
#[derive(Debug)]
pub(crate) struct Bspk {
    body: Schema,
    store: Mutex<Store>,
}

impl Bspk {
    pub(crate) fn new() -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            body: Schema::bspk()?,
            store: Mutex::default(),
        }))
    }

    pub(crate) fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/api/platform/v1/shoppers", post(upsert_shopper))
            .fallback(answer::not_served)
            .method_not_allowed_fallback(answer::not_served)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(self))
    }

    pub(crate) fn count(&self) -> u64 {
        self.store().records.len() as u64
    }

    pub(crate) fn shopper(&self, shopper_ref: &str) -> Option<Value> {
        let store = self.store();
        store
            .by_ref
            .get(shopper_ref)
            .map(|&index| store.shown(index))
    }

    pub(crate) fn shoppers(&self) -> Vec<Value> {
        let store = self.store();
        (0..store.records.len())
            .map(|index| store.shown(index))
            .collect()
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shoppers in the order in which they were made; the id of the first is 1.
#[derive(Debug, Default)]
struct Store {
    records: Vec<Record>,
    by_ref: HashMap<Box<str>, usize>,
}

/// The attributes are kept as text: an eighth of what they need as a `Value`.
#[derive(Debug)]
struct Record {
    created_at: u64,
    updated_at: u64,
    attributes: Box<str>,
}

impl Store {
    fn upsert(&mut self, mut shopper: Map<String, Value>, now: u64) -> Value {
        let warnings = warnings(&shopper);
        // An instruction for this call, not an attribute.
        let ignored = text(&shopper, "ignore_columns")
            .unwrap_or_default()
            .to_owned();
        shopper.remove("ignore_columns");
        let shopper_ref = text(&shopper, "shopper_ref").map(Box::<str>::from);
        let known = shopper_ref
            .as_ref()
            .and_then(|it| self.by_ref.get(it))
            .copied();
        let index = match known {
            Some(index) => {
                columns(&ignored).for_each(|name| drop(shopper.remove(name)));
                let record = &mut self.records[index];
                let mut attributes = parsed(&record.attributes);
                attributes.extend(shopper);
                record.attributes = Value::Object(attributes).to_string().into();
                record.updated_at = now;
                index
            }
            None => {
                let attributes = Value::Object(shopper).to_string().into();
                self.records.push(Record {
                    created_at: now,
                    updated_at: now,
                    attributes,
                });
                self.records.len() - 1
            }
        };
        let answer = json!({
            "id": index + 1,
            "external_id": shopper_ref,
            "warnings": warnings,
            "updated_at": time::iso_8601(self.records[index].updated_at),
            "created_at": time::iso_8601(self.records[index].created_at),
        });
        if let Some(shopper_ref) = shopper_ref {
            self.by_ref.insert(shopper_ref, index);
        }
        answer
    }

    /// The attributes of a shopper, and its `id`.
    fn shown(&self, index: usize) -> Value {
        let mut shopper = parsed(&self.records[index].attributes);
        shopper.insert("id".into(), json!(index + 1));
        Value::Object(shopper)
    }
}

async fn upsert_shopper(
    State(bspk): State<Arc<Bspk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Refusal> {
    let mut body = bspk.body.read(&headers, &body)?;
    let shopper = match body["shopper"].take() {
        Value::Object(shopper) => shopper,
        _ => Map::new(), // The schema has let nothing else through.
    };
    Ok(answer::json(&bspk.store().upsert(shopper, time::now())))
}

/// What is stored all the same, but looks wrong: an email without `@`, a phone number without its
/// country code. That BSPK warns is documented, of what is not.
fn warnings(shopper: &Map<String, Value>) -> Vec<String> {
    let mut warnings = Vec::new();
    if text(shopper, "email").is_some_and(|email| !email.contains('@')) {
        warnings.push("email does not look like an address".to_owned());
    }
    for name in ["mobile_phone", "other_phone"] {
        if text(shopper, name).is_some_and(|phone| !phone.starts_with('+')) {
            warnings.push(format!("{name} has no country code"));
        }
    }
    warnings
}

fn columns(ignored: &str) -> impl Iterator<Item = &str> {
    // The reference is what found the record.
    ignored
        .split(';')
        .map(str::trim)
        .filter(|&name| name != "shopper_ref")
}

fn text<'a>(shopper: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    shopper.get(name).and_then(Value::as_str)
}

/// The store writes nothing but objects.
fn parsed(attributes: &str) -> Map<String, Value> {
    serde_json::from_str(attributes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upsert(store: &mut Store, shopper: Value, now: u64) -> Value {
        store.upsert(shopper.as_object().cloned().unwrap_or_default(), now)
    }

    #[test]
    fn the_first_call_makes_a_shopper_and_the_second_changes_it() {
        let mut store = Store::default();

        let made = upsert(
            &mut store,
            json!({"shopper_ref": "A", "city": "Rome", "state": "RM"}),
            0,
        );
        let changed = upsert(&mut store, json!({"shopper_ref": "A", "city": "Bari"}), 5);

        assert_eq!(
            made,
            json!({"id": 1, "external_id": "A", "warnings": [],
                   "created_at": "1970-01-01T00:00:00.000Z",
                   "updated_at": "1970-01-01T00:00:00.000Z"})
        );
        assert_eq!(
            changed,
            json!({"id": 1, "external_id": "A", "warnings": [],
                   "created_at": "1970-01-01T00:00:00.000Z",
                   "updated_at": "1970-01-01T00:00:00.005Z"})
        );
        assert_eq!(
            store.shown(0),
            json!({"id": 1, "shopper_ref": "A", "city": "Bari", "state": "RM"})
        );
    }

    #[test]
    fn without_a_reference_each_call_makes_a_shopper() {
        let mut store = Store::default();

        let ids = [0, 1].map(|now| upsert(&mut store, json!({"city": "Rome"}), now)["id"].clone());

        assert_eq!(ids, [1, 2]);
        assert_eq!(store.records.len(), 2);
    }

    #[test]
    fn ignored_columns_keep_what_they_have_and_are_no_attribute() {
        let mut store = Store::default();
        let ignoring = |first: &str, last: &str| {
            json!({"shopper_ref": "A", "first_name": first, "last_name": last,
                   "ignore_columns": "first_name; city;shopper_ref"})
        };

        upsert(&mut store, ignoring("John", "Meyer"), 0);
        upsert(&mut store, ignoring("Jack", "Meyers"), 1);

        let expected =
            json!({"id": 1, "shopper_ref": "A", "first_name": "John", "last_name": "Meyers"});
        assert_eq!(store.shown(0), expected);
    }

    #[test]
    fn a_warning_does_not_keep_a_shopper_out() {
        let mut store = Store::default();

        let answer = upsert(
            &mut store,
            json!({"email": "john", "other_phone": "0151"}),
            0,
        );

        let expected = [
            "email does not look like an address",
            "other_phone has no country code",
        ];
        assert_eq!(answer["warnings"], json!(expected));
        assert_eq!(store.records.len(), 1);
    }
}
