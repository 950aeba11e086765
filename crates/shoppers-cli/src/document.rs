//! A vendor's OpenAPI document, as far as commands are made from it.

use serde_json::{Map, Value, json};
use shoppers::{
    Operation,
    spec::{Spec, members, resolved},
};

use crate::attributes::Attributes;

/// Schemas within schemas, of which one that contains itself has no end.
const DEEPEST: usize = 16;

/// Returns the attributes of an operation's body, without the envelope that the library adds.
pub fn attributes(spec: Spec, operation: &Operation) -> Attributes {
    let document = parsed(spec);
    let body = resolved(&document, &found(&document, operation)["requestBody"]);
    let content = members(&body["content"]).next();
    let schema = content.map(|(_, content)| inlined(&document, &content["schema"], 0));
    let mut schema = schema.unwrap_or_default();
    let envelope = operation.body.and_then(|it| it.envelope);
    if let Some(envelope) = envelope {
        schema = schema["properties"][envelope].take();
    }
    Attributes::new(schema, envelope)
}

/// Returns the schema of an item in the list that an operation answers.
pub fn item(spec: Spec, operation: &Operation) -> Value {
    let document = parsed(spec);
    let responses = found(&document, operation)["responses"].as_object();
    let success = responses
        .into_iter()
        .flatten()
        .find(|(status, _)| status.starts_with('2'));
    let response = success.map_or(&Value::Null, |(_, it)| resolved(&document, it));
    let content = response["content"].as_object().into_iter().flatten().next();
    let mut schema = content.map(|(_, content)| inlined(&document, &content["schema"], 0));
    schema.as_mut().map_or(Value::Null, |it| it["items"].take())
}

/// Returns the schema of a parameter.
pub fn parameter(spec: Spec, operation: &Operation, name: &str) -> Value {
    let document = parsed(spec);
    let own = &found(&document, operation)["parameters"];
    let shared = &document["paths"][operation.path]["parameters"];
    let mut parameters = [own, shared]
        .into_iter()
        .flat_map(|it| it.as_array().into_iter().flatten())
        .map(|it| resolved(&document, it));
    let parameter = parameters.find(|it| it["name"] == name);
    parameter.map_or(Value::Null, |it| inlined(&document, &it["schema"], 0))
}

fn parsed(spec: Spec) -> Value {
    // The library's tests hold that it is JSON.
    serde_json::from_str(spec.json).unwrap_or_default()
}

fn found<'a>(document: &'a Value, operation: &Operation) -> &'a Value {
    &document["paths"][operation.path][operation.method.to_lowercase()]
}

/// A schema without references, and with the parts of `allOf` as one.
fn inlined(document: &Value, schema: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return json!({});
    }
    match resolved(document, schema) {
        Value::Object(keywords) => {
            let mut merged = Map::new();
            for (keyword, value) in keywords {
                // It may look like a schema, and is none.
                let is_value = matches!(keyword.as_str(), "example" | "default" | "enum");
                let value = if is_value {
                    value.clone()
                } else {
                    inlined(document, value, depth + 1)
                };
                merged.insert(keyword.clone(), value);
            }
            if let Some(Value::Array(parts)) = merged.remove("allOf") {
                parts.into_iter().for_each(|it| merge(&mut merged, it));
            }
            merged.into()
        }
        Value::Array(items) => {
            let items = items.iter().map(|it| inlined(document, it, depth + 1));
            items.collect()
        }
        other => other.clone(),
    }
}

fn merge(schema: &mut Map<String, Value>, part: Value) {
    let Value::Object(part) = part else { return };
    for (keyword, value) in part {
        match (schema.get_mut(&keyword), value) {
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (Some(_), _) => {}
            (None, value) => drop(schema.insert(keyword, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_read_without_its_references() {
        let document = json!({"components": {"schemas": {
            "Node": {"properties": {"next": {"$ref": "#/components/schemas/Node"}, "name": {"type": "string"}}},
            "Loop": {"$ref": "#/components/schemas/Loop"},
            "Named": {"allOf": [
                {"$ref": "#/components/schemas/Node"},
                {"required": ["name"], "properties": {"size": {"type": "integer"}}},
            ], "example": {"allOf": 1}},
        }}});
        let of = |name: &str| {
            let schema = json!({"$ref": format!("#/components/schemas/{name}")});
            inlined(&document, &schema, 0)
        };

        assert_eq!(
            of("Node")["properties"]["next"]["properties"]["name"]["type"],
            "string"
        );
        assert_eq!(of("Loop"), Value::Null);
        let named = of("Named");
        assert_eq!(named["properties"]["size"]["type"], "integer");
        assert_eq!(named["properties"]["name"]["type"], "string");
        assert_eq!(named["required"], json!(["name"]));
        assert_eq!(named["example"], json!({"allOf": 1}));
    }
}
