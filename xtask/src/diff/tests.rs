//! What changed, and what it means: a table of single changes, and properties that hold for all of them.

mod documents;
mod list;
mod mutants;
mod operations;
mod properties;
mod schemas;

use super::{change::Change, document::Document, report::Report};

/// Reads a document that has to be fine.
#[track_caller]
fn document(text: &str) -> Document {
    Document::parse("a.yaml", text).unwrap()
}

/// What changed between two documents that have to be fine.
#[track_caller]
fn changes(old: &str, new: &str) -> Vec<Change> {
    Report::between(&document(old), &document(new))
        .changes()
        .to_vec()
}

/// A change in short: `breaking type-changed POST /things request body > it`.
fn short(change: &Change) -> String {
    let Change {
        level,
        id,
        method,
        path,
        place,
        ..
    } = change;
    format!("{} {id} {method} {path} {place}", level.word())
}
