//! BSPK's shoppers, which the Extraction API calls clients.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::records::{Record, Records, iso_8601};
use crate::format::{has_country_code, looks_like_email};

/// Members of what BSPK tells of a shopper, and the attributes of a write that they are read from. All others have one name.
const RENAMED: [(&str, &str); 11] = [
    ("ref", "shopper_ref"),
    ("client_id", "shopper_ref"),
    ("language", "languages"),
    ("zip", "zip_code"),
    ("current_store_id", "store_ref"),
    ("current_sales_associate_id", "sales_associate_ref"),
    ("chat_opt_in", "chat_contact"),
    ("email_opt_in", "email_contact"),
    ("phone_opt_in", "phone_call_contact"),
    ("opt_out", "do_not_contact"),
    ("notify_of_new_collection", "interested_in_new_products"),
];

/// The shoppers in the order of their creation; the text of a record is the attributes as they were sent.
#[derive(Debug, Default)]
pub(super) struct Shoppers {
    pub(super) records: Records,
    by_ref: HashMap<Box<str>, u64>,
}

impl Shoppers {
    pub(super) fn by_ref(&self, shopper_ref: &str) -> Option<&Record> {
        self.records.get(*self.by_ref.get(shopper_ref)?)
    }

    /// Returns the answer to an upsert.
    pub(super) fn upsert(&mut self, mut shopper: Map<String, Value>, now: Timestamp) -> Value {
        let warnings = warnings(&shopper);
        // An instruction for this call, not an attribute.
        let ignored = shopper.remove("ignore_columns").unwrap_or_default();
        let shopper_ref = text(&shopper, "shopper_ref").map(Box::<str>::from);
        let known = shopper_ref
            .as_ref()
            .and_then(|it| self.by_ref.get(it))
            .copied();
        let id = match known {
            Some(id) => id,
            None => self.records.push(Record {
                created_at: Some(now),
                ..Record::default()
            }),
        };
        let mut response = json!({"id": id, "external_id": shopper_ref, "warnings": warnings});
        if let Some(record) = self.records.get_mut(id) {
            let mut attributes = record.members();
            if known.is_some() {
                for name in ignored.as_str().unwrap_or_default().split(';') {
                    shopper.remove(name.trim());
                }
            }
            attributes.extend(shopper);
            record.client = shopper_ref.clone();
            record.associate = text(&attributes, "sales_associate_ref").map(Into::into);
            record.text = Value::Object(attributes).to_string().into();
            record.updated_at = Some(now);
            response["created_at"] = iso_8601(record.created_at);
            response["updated_at"] = iso_8601(record.updated_at);
        }
        if let Some(shopper_ref) = shopper_ref {
            self.by_ref.insert(shopper_ref, id);
        }
        response
    }

    /// Gives a shopper another `shopper_ref`, in place of the one that it has.
    pub(super) fn link(&mut self, id: u64, shopper_ref: &str, now: Timestamp) {
        if let Some(record) = self.records.get_mut(id) {
            let mut attributes = record.members();
            attributes.insert("shopper_ref".into(), shopper_ref.into());
            record.text = Value::Object(attributes).to_string().into();
            record.updated_at = Some(now);
            if let Some(old) = record.client.replace(shopper_ref.into()) {
                self.by_ref.remove(&old);
            }
            self.by_ref.insert(shopper_ref.into(), id);
        }
    }

    pub(super) fn delete(&mut self, shopper_ref: &str) -> Option<Record> {
        let id = self.by_ref.remove(shopper_ref)?;
        self.records.remove(id)
    }
}

/// Returns the attributes of a shopper, and its `id`.
pub(super) fn stored(record: &Record) -> Value {
    let mut shopper = record.members();
    shopper.insert("id".into(), record.id.into());
    shopper.into()
}

/// Returns a shopper with the properties of a schema; one without a value is `null`.
pub(super) fn described(record: &Record, schema: &Value) -> Value {
    let mut shopper = record.members();
    let names = ["first_name", "last_name"].map(|it| text(&shopper, it));
    let name: Vec<&str> = names.into_iter().flatten().collect();
    if !name.is_empty() {
        shopper.insert("name".into(), name.join(" ").into());
    }
    shopper.insert("id".into(), record.id.into());
    shopper.insert("created_at".into(), iso_8601(record.created_at));
    shopper.insert("updated_at".into(), iso_8601(record.updated_at));
    value_of(schema, "", &shopper)
}

/// The value of a property: read from the attribute of its name or, if it is an object, from those of its own properties.
fn value_of(schema: &Value, name: &str, shopper: &Map<String, Value>) -> Value {
    if let Some(properties) = schema["properties"].as_object() {
        let properties = properties.iter();
        let values = properties.map(|(name, it)| (name.clone(), value_of(it, name, shopper)));
        return Value::Object(values.collect());
    }
    let renamed = RENAMED.iter().find(|(it, _)| *it == name);
    let value = shopper.get(renamed.map_or(name, |(_, attribute)| attribute));
    match (schema["type"].as_str(), value) {
        (Some("array"), _) if schema["items"]["properties"].is_object() => {
            let item = value_of(&schema["items"], name, shopper);
            let is_empty = item
                .as_object()
                .is_none_or(|it| it.values().all(Value::is_null));
            if is_empty { json!([]) } else { json!([item]) }
        }
        (Some("array"), _) | (_, None) => Value::Null,
        (Some("boolean"), Some(word)) => json!(word == "true"),
        (_, Some(value)) => value.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_keeps_the_time_of_the_creation() {
        let mut shoppers = Shoppers::default();
        let mut upsert = |millisecond| {
            let shopper = Map::from_iter([("shopper_ref".to_owned(), json!("A"))]);
            let now = Timestamp::from_millisecond(millisecond).unwrap();
            shoppers.upsert(shopper, now)
        };

        let created = upsert(1_773_254_094_882);
        let updated = upsert(1_773_254_095_000);

        assert_eq!(created["created_at"], "2026-03-11T18:34:54.882Z");
        assert_eq!(created["updated_at"], created["created_at"]);
        assert_eq!(updated["created_at"], created["created_at"]);
        assert_eq!(updated["updated_at"], "2026-03-11T18:34:55.000Z");
    }
}
