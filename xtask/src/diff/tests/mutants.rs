//! Every single change of a document is noticed: each node removed, each leaf replaced, each keyword added where it may stand.

use std::{fs, path::Path};

use serde_json::{Map, Value, json};

use super::{document, operations};
use crate::diff::{document::Document, report::Report};

/// A document of this repository.
fn real(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../specs")
        .join(name);
    document(&fs::read_to_string(path).unwrap()).value().clone()
}

/// The documents of this repository, and one of the tests.
pub fn documents() -> [(&'static str, Value); 3] {
    [
        ("bspk.yaml", real("bspk/upsert_shopper.yaml")),
        ("gatsby.yaml", real("gatsby/shopper_api.yaml")),
        (
            "one of everything",
            document(operations::DOCUMENT).value().clone(),
        ),
    ]
}

/// The JSON pointer of every node, the whole document's first.
pub fn pointers(value: &Value) -> Vec<String> {
    fn visit(value: &Value, pointer: &str, found: &mut Vec<String>) {
        found.push(pointer.to_owned());
        match value {
            Value::Object(keys) => {
                for (key, value) in keys {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    visit(value, &format!("{pointer}/{key}"), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    visit(item, &format!("{pointer}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    visit(value, "", &mut found);
    found
}

fn without(document: &Value, pointer: &str) -> Value {
    let mut document = document.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent) {
        Some(Value::Object(keys)) => {
            keys.remove(&key);
        }
        Some(Value::Array(items)) => {
            items.remove(key.parse().unwrap());
        }
        _ => {}
    }
    document
}

pub fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut document = document.clone();
    *document.pointer_mut(pointer).unwrap() = value;
    document
}

/// Another value of the same kind.
fn other(value: &Value) -> Option<Value> {
    match value {
        Value::Bool(flag) => Some((!flag).into()),
        Value::Number(number) => Some((number.as_i64()? + 1).into()),
        Value::String(text) => Some(format!("{text}x").into()),
        _ => None,
    }
}

/// Every member that a schema may have, with a value that matters.
fn of_schemas() -> Value {
    json!({
        "type": "string", "format": "date", "enum": ["a"], "nullable": true, "deprecated": true,
        "readOnly": true, "writeOnly": true, "default": "a", "pattern": "a", "multipleOf": 2,
        "minimum": 1, "maximum": 1, "minLength": 1, "maxLength": 1, "minItems": 1, "maxItems": 1,
        "uniqueItems": true, "minProperties": 1, "maxProperties": 1, "required": ["new"],
        "properties": {"new": {}}, "additionalProperties": false, "items": {"type": "string"},
        "allOf": [{"enum": ["b"]}], "oneOf": [{"type": "boolean"}, {"type": "integer"}],
        "anyOf": [{"type": "boolean"}, {"type": "integer"}], "not": {"type": "string"},
        "discriminator": {"propertyName": "a"}, "xml": {"name": "a"}, "title": "A",
        "description": "A", "example": "a", "externalDocs": {"url": "/"}, "x-a": 1, "const": "a",
    })
}

/// As [`of_schemas`], for operations.
fn of_operations() -> Value {
    json!({
        "parameters": [{"name": "new", "in": "query"}], "requestBody": {"content": {"a/b": {}}},
        "deprecated": true, "security": [], "servers": [{"url": "https://c.example"}],
        "callbacks": {"a": {"b": {"post": {"responses": {}}}}}, "tags": ["new"], "summary": "A",
        "description": "A", "operationId": "new", "x-a": 1, "unknown": 1,
    })
}

/// As [`of_schemas`], for parameters.
fn of_parameters() -> Value {
    json!({
        "style": "deepObject", "allowEmptyValue": true, "allowReserved": true, "deprecated": true,
        "description": "A", "example": "a", "examples": {"a": {"value": 1}}, "x-a": 1,
    })
}

/// What may stand at a place, by the key that leads to it.
fn addable(pointer: &str, value: &Value) -> Option<Value> {
    let mut steps = pointer.rsplit('/');
    let (last, before) = (steps.next()?, steps.next().unwrap_or_default());
    let is_schema =
        ["schema", "items"].contains(&last) || ["properties", "schemas"].contains(&before);
    if value.get("$ref").is_some() && (is_schema || before == "parameters") {
        // Beside a reference nothing counts, and all of it is noticed as words.
        return Some(json!({"description": "A", "type": "string", "nullable": true}));
    }
    if is_schema && before != "components" {
        Some(of_schemas())
    } else if value.get("responses").is_some() && pointer != "/components" {
        Some(of_operations())
    } else if value.get("in").is_some() && value.get("schema").is_some() {
        Some(of_parameters())
    } else {
        None
    }
}

/// Every document that is one change away, and what that change is.
fn mutants(document: &Value) -> Vec<(String, Value)> {
    let mut mutants = Vec::new();
    for pointer in pointers(document).iter().skip(1) {
        let value = document.pointer(pointer).unwrap();
        mutants.push((format!("{pointer} removed"), without(document, pointer)));
        if let Some(other) = other(value) {
            mutants.push((
                format!("{pointer} as {other}"),
                with(document, pointer, other),
            ));
        }
        for (key, added) in addable(pointer, value)
            .iter()
            .flat_map(|it| it.as_object())
            .flatten()
        {
            if value.get(key) == Some(added) {
                continue;
            }
            let mut changed: Map<_, _> = value.as_object().cloned().unwrap_or_default();
            match (changed.get_mut(key), added) {
                (Some(Value::Object(known)), Value::Object(more)) => known.extend(more.clone()),
                _ => {
                    changed.insert(key.clone(), added.clone());
                }
            }
            mutants.push((
                format!("{pointer} with {key}"),
                with(document, pointer, changed.into()),
            ));
        }
    }
    mutants
}

/// What is one change away from one of the documents and the same on the wire, beside an empty list or object for none.
const SAME: [&str; 4] = [
    // The document asks for the same key.
    "/paths/~1api~1platform~1v1~1shoppers/post/security removed",
    // No key is needed, said in two ways.
    "/paths/~1things~1{id}/delete/security/0 removed",
    "/paths/~1things~1{id}/delete with security",
    // Nothing uses it.
    "/components/securitySchemes/Spare removed",
];

fn is_nothing(document: &Value, what: &str) -> bool {
    let removed = what.strip_suffix(" removed");
    let removed = removed.and_then(|pointer| document.pointer(pointer));
    let is_empty = removed.is_some_and(|it| *it == json!([]) || *it == json!({}));
    SAME.contains(&what) || (is_empty && !what.contains("/security"))
}

/// Tries every change of a document, and returns how many there are.
#[track_caller]
fn try_all(name: &str, value: &Value) -> usize {
    let old = Document::checked(value.clone()).unwrap();
    let mutants = mutants(value);
    let count = mutants.len();

    let unnoticed: Vec<_> = mutants
        .into_iter()
        .filter(|(what, mutant)| {
            // What is no document any more is refused, which is noticed.
            !is_nothing(value, what)
                && Document::checked(mutant.clone())
                    .is_ok_and(|new| Report::between(&old, &new).changes().is_empty())
        })
        .map(|(what, _)| what)
        .collect();

    assert!(unnoticed.is_empty(), "{name}: {unnoticed:#?}");
    count
}

#[test]
fn every_single_change_of_bspk_is_noticed() {
    assert!(try_all("bspk.yaml", &real("bspk/upsert_shopper.yaml")) > 1500);
}

#[test]
fn every_single_change_of_gatsby_is_noticed() {
    assert!(try_all("gatsby.yaml", &real("gatsby/shopper_api.yaml")) > 1500);
}

#[test]
fn every_single_change_of_one_of_everything_is_noticed() {
    let value = document(operations::DOCUMENT).value().clone();

    assert!(try_all("one of everything", &value) > 500);
}
