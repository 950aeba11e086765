//! The messages of Singer, a line each.

use serde_json::{Map, Value, json};
use shoppers::spec;

use super::{Group, state::State};
use crate::{document, time::Moment};

/// Adds a record, without the end of its line.
pub fn add_record(lines: &mut Vec<u8>, group: Group, record: &str) {
    // A stream's name is an operation's, and holds nothing that JSON escapes.
    let stream = group.stream();
    let now = Moment::now();
    lines.extend_from_slice(
        format!(
            r#"{{"type":"RECORD","stream":"{stream}","record":{record},"time_extracted":"{now}"}}"#
        )
        .as_bytes(),
    );
}

/// The schema of the records. They have no key: no record of BSPK's has an id.
pub fn schema(group: Group) -> Vec<u8> {
    let schema = json_schema(&document::item(spec::BSPK, group.0));
    message(&json!({
        "type": "SCHEMA",
        "stream": group.stream(),
        "schema": schema,
        "key_properties": [],
    }))
}

/// The state that a later run is given with `--state`.
pub fn state(state: &State) -> Vec<u8> {
    message(&json!({"type": "STATE", "value": state}))
}

fn message(message: &Value) -> Vec<u8> {
    format!("{message}\n").into_bytes()
}

/// A schema of OpenAPI 3.0 as JSON Schema: what is nullable has a type more, and of the formats those of JSON Schema stay.
fn json_schema(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let mut written = Map::new();
    for (keyword, value) in keywords {
        let value = match keyword.as_str() {
            "type" => match keywords.get("nullable") {
                Some(Value::Bool(true)) => json!([value, "null"]),
                _ => value.clone(),
            },
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties = properties.map(|(name, it)| (name.clone(), json_schema(it)));
                Value::Object(properties.collect())
            }
            "items" => json_schema(value),
            "format" if value == "date-time" => value.clone(),
            "description" | "required" | "enum" => value.clone(),
            _ => continue,
        };
        written.insert(keyword.clone(), value);
    }
    written.into()
}

#[cfg(test)]
mod tests {
    use super::{super::lists, *};

    #[test]
    fn what_is_nullable_has_a_type_more() {
        let schema = json!({
            "title": "Message", "type": "object", "required": ["id"], "properties": {
                "id": {"type": "integer", "format": "int64", "example": 1},
                "sent_at": {"type": "string", "format": "date-time", "nullable": true},
                "media": {"type": "array", "nullable": true, "items": {}},
            },
        });

        let expected = json!({
            "type": "object", "required": ["id"], "properties": {
                "id": {"type": "integer"},
                "sent_at": {"type": ["string", "null"], "format": "date-time"},
                "media": {"type": ["array", "null"], "items": {}},
            },
        });
        assert_eq!(json_schema(&schema), expected);
    }

    #[test]
    fn every_list_has_a_schema_of_its_records() {
        for list in lists() {
            let line = schema(Group(list));

            let message: Value = serde_json::from_slice(&line).unwrap();
            let properties = message["schema"]["properties"].as_object().unwrap();
            assert!(properties.contains_key("created_at"), "{}", list.name);
            assert!(
                jsonschema::meta::is_valid(&message["schema"]),
                "{}",
                list.name
            );
        }
    }
}
