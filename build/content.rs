//! Schemas with equal content: how they compare, and how they become one.

use std::{collections::BTreeMap, mem};

use serde_json::{Value, json};

use super::{
    document::{COMPONENTS, members, members_mut, schemas},
    names::type_name,
};

const WORDS: [&str; 4] = ["title", "description", "example", "externalDocs"];

/// The content of a schema without names, words and examples, and whether it may be null.
pub fn content(schema: &Value) -> String {
    content_without(schema, &WORDS)
}

/// As [`content`], for a schema that the overlay has given formats.
pub fn content_without_formats(schema: &Value) -> String {
    content_without(schema, &[&WORDS[..], &["format"]].concat())
}

fn content_without(schema: &Value, dropped: &[&str]) -> String {
    let mut schema = schema.clone();
    if let Some(members) = schema.as_object_mut() {
        members.remove("nullable");
    }
    plain(&mut schema, dropped);
    schema.to_string()
}

fn plain(schema: &mut Value, dropped: &[&str]) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    for key in dropped {
        schema.remove(*key);
    }
    for (key, value) in schema {
        match (key.as_str(), value) {
            ("properties", Value::Object(parts)) => {
                parts.values_mut().for_each(|it| plain(it, dropped));
            }
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                parts.iter_mut().for_each(|it| plain(it, dropped));
            }
            ("items" | "additionalProperties" | "not", value) => plain(value, dropped),
            _ => {}
        }
    }
}

/// Moves what has the name of another, and its content, to the components, so that the generator sees one of it.
pub fn share(document: &mut Value) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for schema in schemas(document) {
        if let Some(name) = schema.name {
            *counts.entry(type_name(name)).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    let mut components: BTreeMap<String, String> =
        counts.into_keys().map(|it| (it.clone(), it)).collect();
    // One that is there keeps the name that references to it have.
    for (name, _) in members(&document["components"]["schemas"]) {
        components
            .entry(type_name(name))
            .and_modify(|it| it.clone_from(name));
    }
    let mut shared = BTreeMap::new();
    for (_, item) in members_mut(document, "paths") {
        gather(item, &components, &mut shared);
    }
    for (name, part) in members_mut(document, "components") {
        if name == "schemas" {
            for schema in part.as_object_mut().into_iter().flatten().map(|(_, it)| it) {
                for key in [
                    "properties",
                    "items",
                    "additionalProperties",
                    "allOf",
                    "oneOf",
                    "anyOf",
                ] {
                    if let Some(below) = schema.get_mut(key) {
                        gather(below, &components, &mut shared);
                    }
                }
            }
        } else {
            gather(part, &components, &mut shared);
        }
    }
    for (name, mut schema) in shared {
        if let Some(members) = schema.as_object_mut() {
            members.remove("nullable");
        }
        let component = &mut document["components"]["schemas"][name];
        if component.is_null() {
            *component = schema;
        }
    }
}

/// Puts a reference to its component where each of these types stands.
fn gather(
    value: &mut Value,
    components: &BTreeMap<String, String>,
    shared: &mut BTreeMap<String, Value>,
) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|it| gather(it, components, shared)),
        Value::Object(members) => members
            .iter_mut()
            .filter(|(key, _)| !["example", "examples"].contains(&key.as_str()))
            .for_each(|(_, it)| gather(it, components, shared)),
        _ => {}
    }
    let is_schema = value["properties"].is_object() || value["enum"].is_array();
    let name = value["title"].as_str().filter(|_| is_schema).map(type_name);
    if let Some(component) = name.and_then(|it| components.get(&it)) {
        let mut reference = json!({"$ref": format!("{COMPONENTS}{component}")});
        if value["nullable"] == true {
            reference = json!({"allOf": [reference], "nullable": true});
        }
        let schema = mem::replace(value, reference);
        shared.entry(component.clone()).or_insert(schema);
    }
}
