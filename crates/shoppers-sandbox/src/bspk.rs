//! BSPK: its upsert, and its shoppers.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router, body::Bytes, extract::State, http::HeaderMap, response::Response, routing::post,
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    format::{has_country_code, looks_like_email},
    response::{ErrorResponse, json_body},
    schema::Schema,
};

/// BSPK's schema and shoppers.
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
            .with_state(Arc::clone(self))
    }

    pub(crate) fn count(&self) -> u64 {
        self.store().records.len() as u64
    }

    pub(crate) fn shopper(&self, shopper_ref: &str) -> Option<Value> {
        let store = self.store();
        store.by_ref.get(shopper_ref).map(|&index| store.get(index))
    }

    pub(crate) fn shoppers(&self) -> Vec<Value> {
        let store = self.store();
        (0..store.records.len()).map(|it| store.get(it)).collect()
    }

    /// Deletes every shopper.
    #[cfg(feature = "ui")]
    pub(crate) fn reset(&self) {
        *self.store() = Store::default();
    }

    /// Searches the shoppers, the newest first.
    #[cfg(feature = "ui")]
    pub(crate) fn search(&self, search: &mut crate::ui::Search) {
        let store = self.store();
        for (index, record) in store.records.iter().enumerate().rev() {
            search.offer(&record.attributes, || store.get(index));
        }
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn upsert_shopper(
    State(bspk): State<Arc<Bspk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorResponse> {
    let mut body = bspk.body.read(&headers, &body)?;
    // The schema allows nothing but an object.
    let shopper = match body["shopper"].take() {
        Value::Object(shopper) => shopper,
        _ => Map::new(),
    };
    let stored = bspk.store().upsert(shopper, Timestamp::now());
    Ok(json_body(&stored))
}

/// The shoppers in the order of their creation; the id of the first is 1.
#[derive(Debug, Default)]
struct Store {
    records: Vec<Record>,
    by_ref: HashMap<Box<str>, usize>,
}

/// The attributes are kept as text, which takes an eighth of the memory of a `Value`.
#[derive(Debug)]
struct Record {
    created_at: Timestamp,
    updated_at: Timestamp,
    attributes: Box<str>,
}

impl Store {
    fn upsert(&mut self, mut shopper: Map<String, Value>, now: Timestamp) -> Value {
        let warnings = warnings(&shopper);
        // An instruction for this call, not an attribute.
        let ignored = shopper.remove("ignore_columns").unwrap_or_default();
        let shopper_ref = text(&shopper, "shopper_ref").map(Box::<str>::from);
        let known = shopper_ref.as_ref().and_then(|it| self.by_ref.get(it));
        let index = known.copied().unwrap_or(self.records.len());
        if let Some(record) = self.records.get_mut(index) {
            for name in ignored.as_str().unwrap_or_default().split(';') {
                shopper.remove(name.trim());
            }
            let mut attributes = parsed(&record.attributes);
            attributes.extend(shopper);
            record.attributes = Value::Object(attributes).to_string().into();
            record.updated_at = now;
        } else {
            self.records.push(Record {
                created_at: now,
                updated_at: now,
                attributes: Value::Object(shopper).to_string().into(),
            });
        }
        let response = json!({
            "id": index + 1,
            "external_id": shopper_ref,
            "warnings": warnings,
            "updated_at": iso_8601(self.records[index].updated_at),
            "created_at": iso_8601(self.records[index].created_at),
        });
        if let Some(shopper_ref) = shopper_ref {
            self.by_ref.insert(shopper_ref, index);
        }
        response
    }

    /// Returns the attributes of a shopper, and its `id`.
    fn get(&self, index: usize) -> Value {
        let mut shopper = parsed(&self.records[index].attributes);
        shopper.insert("id".into(), json!(index + 1));
        Value::Object(shopper)
    }
}

/// BSPK stores a shopper that looks wrong and warns. It documents the warnings, but not their causes.
fn warnings(shopper: &Map<String, Value>) -> Vec<String> {
    let mut warnings = Vec::new();
    if text(shopper, "email").is_some_and(|email| !looks_like_email(email)) {
        warnings.push("email does not look like an address".to_owned());
    }
    for name in ["mobile_phone", "other_phone"] {
        if text(shopper, name).is_some_and(|phone| !has_country_code(phone)) {
            warnings.push(format!("{name} has no country code"));
        }
    }
    warnings
}

fn text<'a>(shopper: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    shopper.get(name).and_then(Value::as_str)
}

/// The store contains nothing but objects.
fn parsed(attributes: &str) -> Map<String, Value> {
    serde_json::from_str(attributes).unwrap_or_default()
}

/// `2026-03-11T18:34:54.882Z`, as in BSPK's examples; its prose has no fraction (specs/bspk, "Additional
/// Information").
fn iso_8601(time: Timestamp) -> String {
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_keeps_the_time_of_the_creation() {
        let mut store = Store::default();
        let mut upsert = |millisecond| {
            let shopper = Map::from_iter([("shopper_ref".to_owned(), json!("A"))]);
            let now = Timestamp::from_millisecond(millisecond).unwrap();
            store.upsert(shopper, now)
        };

        let created = upsert(1_773_254_094_882);
        let updated = upsert(1_773_254_095_000);

        assert_eq!(created["created_at"], "2026-03-11T18:34:54.882Z");
        assert_eq!(created["updated_at"], created["created_at"]);
        assert_eq!(updated["created_at"], created["created_at"]);
        assert_eq!(updated["updated_at"], "2026-03-11T18:34:55.000Z");
    }
}
