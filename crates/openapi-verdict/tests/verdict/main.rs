//! Tables of single changes, and properties of every comparison, through the public API.

mod documents;
mod mutants;
mod operations;
mod properties;
mod rules;
mod schemas;

use openapi_verdict::{Change, Document, compare};
use serde_json::Value;

/// A document in YAML as JSON.
#[track_caller]
fn json(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

/// The changes between two valid documents in YAML.
#[track_caller]
fn changes(old: &str, new: &str) -> Vec<Change> {
    changes_of(&json(old), &json(new))
}

/// The changes between two valid documents.
#[track_caller]
fn changes_of(old: &Value, new: &Value) -> Vec<Change> {
    let document = |value: &Value| Document::new(value.clone()).unwrap();
    compare(&document(old), &document(new)).changes().to_vec()
}

/// A change in short, such as `breaking type-changed POST /things request body > it`.
fn short(change: &Change) -> String {
    let Change {
        level,
        rule,
        method,
        path,
        place,
        ..
    } = change;
    format!("{} {} {method} {path} {place}", level.name(), rule.id())
}
