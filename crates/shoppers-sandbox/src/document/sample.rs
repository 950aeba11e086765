//! Samples: a value that fits a schema, where the document has no example.

use serde_json::{Map, Value, json};
use shoppers::spec::{members, resolved};

/// Objects in objects, of which a schema that contains itself has no end.
const DEEPEST: usize = 8;

/// Items that a document may ask for in a list.
const MOST_ITEMS: u64 = 100;

/// Makes a sample of a schema: its example, its default, its first word, or a value of its type.
pub(super) fn sample(document: &Value, schema: &Value) -> Value {
    at_depth(document, schema, 0).unwrap_or_default()
}

/// A sample; `None` for one that is too deep.
fn at_depth(document: &Value, schema: &Value, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let schema = resolved(document, schema);
    let said = [&schema["example"], &schema["default"], &schema["enum"][0]];
    if let Some(said) = said.into_iter().find(|it| !it.is_null()) {
        return Some(said.clone());
    }
    let variants = ["oneOf", "anyOf"].map(|it| &schema[it][0]);
    if let Some(variant) = variants.into_iter().find(|it| it.is_object()) {
        return at_depth(document, variant, depth + 1);
    }
    match schema["type"].as_str() {
        Some("array") => {
            let item = at_depth(document, &schema["items"], depth + 1);
            let least = schema["minItems"]
                .as_u64()
                .unwrap_or(1)
                .clamp(1, MOST_ITEMS);
            Some((0..least).filter_map(|_| item.clone()).collect())
        }
        Some("string") => Some(text(schema).into()),
        Some("integer") => Some(number(schema, 1)),
        Some("number") => Some(number(schema, 1.5)),
        Some("boolean") => Some(true.into()),
        _ => Some(object(document, schema, depth)),
    }
}

fn object(document: &Value, schema: &Value, depth: usize) -> Value {
    let mut object = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let Some(Value::Object(members)) = at_depth(document, part, depth + 1) {
            object.extend(members);
        }
    }
    for (name, property) in members(&schema["properties"]) {
        if let Some(value) = at_depth(document, property, depth + 1) {
            object.insert(name.clone(), value);
        }
    }
    object.into()
}

fn text(schema: &Value) -> String {
    let text = match schema["format"].as_str() {
        Some("date-time") => "2026-03-11T18:34:54.882Z",
        Some("date") => "2026-03-11",
        Some("email") => "john@example.com",
        Some("uri" | "url") => "https://example.com/",
        Some("uuid") => "6f1b1ac8-9b8e-4c0c-8f0f-5a0d1e2f3a4b",
        _ => "text",
    };
    let shortest = schema["minLength"].as_u64().unwrap_or_default();
    let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let letters = text.chars().chain(std::iter::repeat('x'));
    let length = (text.len() as u64).max(shortest).min(longest);
    letters.take(length as usize).collect()
}

fn number(schema: &Value, usual: impl Into<Value>) -> Value {
    let (least, most) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
    let usual = usual.into();
    let is_usual = usual.as_f64().is_some_and(|it| {
        least.is_none_or(|least| it > least) && most.is_none_or(|most| it < most)
    });
    match (is_usual, least) {
        (true, _) => usual,
        (false, Some(_)) if schema["exclusiveMinimum"] != true => schema["minimum"].clone(),
        (false, Some(least)) => json!(least as i64 + 1),
        (false, None) => schema["maximum"].clone(),
    }
}
