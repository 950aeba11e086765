//! Refuses what the generator would take without a word and turn into something else.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{Place, Refusal, Schema, schemas};

/// Formats for which the generator reaches for a crate that we do not have.
const NEED_A_CRATE: [&str; 6] = ["date", "date-time", "uuid", "ip", "ipv4", "ipv6"];

/// Refuses a document of which the client would not be what the document says.
pub fn check(document: &Value, formats: &[(&str, &str)]) -> Result<(), Refusal> {
    let mut names = BTreeMap::new();
    for schema in schemas(document) {
        named(&schema)?;
        alone(&schema, &mut names)?;
        typed(&schema, formats)?;
    }
    Ok(())
}

/// Without a title the generator strings together a name out of the path to the schema.
fn named(schema: &Schema<'_>) -> Result<(), Refusal> {
    let makes_a_type = schema.value["properties"].is_object() || schema.value["enum"].is_array();
    if makes_a_type && schema.name.is_none() {
        return Err(Refusal::at(
            &schema.place,
            "this schema becomes a type and has no name; give it a `title` in the overlay",
        ));
    }
    Ok(())
}

/// Of two schemas with one title the generator keeps one.
fn alone(schema: &Schema<'_>, names: &mut BTreeMap<String, Place>) -> Result<(), Refusal> {
    let Some(name) = schema.name else {
        return Ok(());
    };
    let as_rust: String = name
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    match names.insert(as_rust, schema.place.clone()) {
        None => Ok(()),
        Some(other) => Err(Refusal::at(
            &schema.place,
            format_args!("two schemas have the name {name:?}, the other at {other}; rename one"),
        )),
    }
}

/// A format that the generator has a type for needs that type's crate.
fn typed(schema: &Schema<'_>, formats: &[(&str, &str)]) -> Result<(), Refusal> {
    match schema.value["format"].as_str() {
        Some(format)
            if NEED_A_CRATE.contains(&format)
                && !formats.iter().any(|(known, _)| *known == format) =>
        {
            Err(Refusal::at(
                &schema.place,
                format_args!(
                    "no type of ours stands for the format {format:?}; \
                     give the string one of ours in the overlay, or add a type to build.rs"
                ),
            ))
        }
        _ => Ok(()),
    }
}
