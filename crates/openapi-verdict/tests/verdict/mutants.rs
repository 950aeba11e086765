//! Every single change of a document is reported: each node removed, each leaf replaced, each keyword added.

use std::{fs, path::Path};

use openapi_verdict::{Document, compare};
use serde_json::{Map, Value, json};

use super::{json as yaml, operations};

/// A document of this repository.
fn real(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../specs")
        .join(name);
    yaml(&fs::read_to_string(path).unwrap())
}

/// The documents of this repository, and one of the tests.
pub fn documents() -> [(&'static str, Value); 3] {
    [
        ("bspk.yaml", real("bspk/upsert_shopper.yaml")),
        ("gatsby.yaml", real("gatsby/shopper_api.yaml")),
        ("one of everything", yaml(operations::DOCUMENT)),
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

/// Every keyword of a schema, with a value that has an effect.
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

/// The members that can be added to a value, by the key of the value.
fn addable(pointer: &str, value: &Value) -> Option<Value> {
    let mut steps = pointer.rsplit('/');
    let (last, before) = (steps.next()?, steps.next().unwrap_or_default());
    let is_schema =
        ["schema", "items"].contains(&last) || ["properties", "schemas"].contains(&before);
    if value.get("$ref").is_some() && (is_schema || before == "parameters") {
        // Members beside a reference have no effect, and are reported as wording.
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

/// All documents with a single change, and the change.
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

/// Mutants without an effect, apart from an empty list or object that was removed.
const SAME: [&str; 4] = [
    // The document needs the same credentials.
    "/paths/~1api~1platform~1v1~1shoppers/post/security removed",
    // No credentials are needed, written in two ways.
    "/paths/~1things~1{id}/delete/security/0 removed",
    "/paths/~1things~1{id}/delete with security",
    // No operation needs it.
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
    let old = Document::new(value.clone()).unwrap();
    let mutants = mutants(value);
    let count = mutants.len();

    let unreported: Vec<_> = mutants
        .into_iter()
        .filter(|(what, mutant)| {
            // An invalid document is an error, which is a report as well.
            !is_nothing(value, what)
                && Document::new(mutant.clone()).is_ok_and(|new| compare(&old, &new).is_empty())
        })
        .map(|(what, _)| what)
        .collect();

    assert!(unreported.is_empty(), "{name}: {unreported:#?}");
    count
}

#[test]
fn every_single_change_of_bspk_is_reported() {
    assert!(try_all("bspk.yaml", &real("bspk/upsert_shopper.yaml")) > 1500);
}

#[test]
fn every_single_change_of_gatsby_is_reported() {
    assert!(try_all("gatsby.yaml", &real("gatsby/shopper_api.yaml")) > 1500);
}

#[test]
fn every_single_change_of_one_of_everything_is_reported() {
    let value = yaml(operations::DOCUMENT);

    assert!(try_all("one of everything", &value) > 500);
}
