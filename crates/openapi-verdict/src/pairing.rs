//! Matches the operations of two documents, including those that moved.

use std::{cmp::Ordering, collections::BTreeSet};

use serde_json::Value;

use super::{
    delta::pair_off,
    json::{at, is_extension, members_of, resolve, text},
    operation::{Operation, operations},
    shape::Shape,
};

/// The similarity from which two operations with the same `operationId` are the same one.
const SIMILAR: f64 = 0.5;

/// The similarity from which two operations with different `operationId`s are the same one.
const VERY_SIMILAR: f64 = 0.8;

/// The number of features that an operation needs to be recognised without its `operationId`.
const MIN_FEATURES: usize = 4;

/// The depth to which fields are features, and the number of features.
const MAX_DEPTH: usize = 3;
const MAX_FEATURES: usize = 400;

/// The operations of two documents.
pub struct Pairs<'a> {
    pub kept: Vec<(Operation<'a>, Operation<'a>)>,
    pub removed: Vec<Operation<'a>>,
    pub added: Vec<Operation<'a>>,
}

/// Matches operations by path, by path without the names of its parameters, by `operationId`, and by similarity.
pub fn pair<'a>(old_root: &'a Value, new_root: &'a Value) -> Pairs<'a> {
    let (mut old, mut new) = (operations(old_root), operations(new_root));
    let mut kept = Vec::new();
    pair_off(&mut old, &mut new, &mut kept, |was, is| {
        was.method == is.method && was.path == is.path
    });
    pair_off(&mut old, &mut new, &mut kept, Operation::is_same_place);
    let mut removed = with_features(old_root, old);
    let mut added = with_features(new_root, new);
    for (old, new) in moved(&removed, &added) {
        // Each operation moved at most once; the better match comes first.
        let old = removed
            .iter()
            .position(|(it, _)| std::ptr::eq(it.value, old));
        let new = added.iter().position(|(it, _)| std::ptr::eq(it.value, new));
        if let (Some(old), Some(new)) = (old, new) {
            kept.push((removed.remove(old).0, added.remove(new).0));
        }
    }
    Pairs {
        kept,
        removed: removed
            .into_iter()
            .map(|(operation, _)| operation)
            .collect(),
        added: added.into_iter().map(|(operation, _)| operation).collect(),
    }
}

/// An operation and its features: its parameters, its statuses, and the fields of its bodies.
type Described<'a> = (Operation<'a>, BTreeSet<String>);

/// The pairs of operations that may be the same one, the best match first, then in the order of the documents.
fn moved<'a>(old: &[Described<'a>], new: &[Described<'a>]) -> Vec<(&'a Value, &'a Value)> {
    let mut matches = Vec::new();
    for (old, old_features) in old {
        for (new, new_features) in new {
            let similarity = similarity(old_features, new_features);
            let has_same_id = old.id().is_some() && old.id() == new.id();
            let is_recognisable = old.method == new.method && old_features.len() >= MIN_FEATURES;
            if (has_same_id && similarity >= SIMILAR)
                || (!has_same_id && is_recognisable && similarity >= VERY_SIMILAR)
            {
                matches.push((has_same_id, similarity, old.value, new.value));
            }
        }
    }
    matches.sort_by(|one, other| {
        let better = (other.0, other.1).partial_cmp(&(one.0, one.1));
        better.unwrap_or(Ordering::Equal)
    });
    let values = matches.into_iter();
    values.map(|(_, _, old, new)| (old, new)).collect()
}

/// The share of features that two operations have in common, from 0 to 1.
fn similarity(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.union(other).count();
    let both = one.intersection(other).count();
    #[expect(clippy::cast_precision_loss, reason = "there are some hundred at most")]
    match all {
        0 => 1.0,
        _ => both as f64 / all as f64,
    }
}

fn with_features<'a>(root: &'a Value, operations: Vec<Operation<'a>>) -> Vec<Described<'a>> {
    let all = operations.into_iter();
    all.map(|operation| (operation, features(root, &operation)))
        .collect()
}

fn features(root: &Value, operation: &Operation<'_>) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    for parameter in operation.parameters().map(|it| resolve(root, it)) {
        let word = |key| text(parameter, key).unwrap_or_default();
        features.insert(format!("{} {}", word("in"), word("name")));
    }
    if let Some(body) = at(operation.value, "requestBody") {
        add_body(root, body, "body", &mut features);
    }
    for (status, response) in members_of(operation.value, "responses") {
        if !is_extension(status) {
            features.insert(status.to_owned());
            add_body(root, response, status, &mut features);
        }
    }
    features
}

fn add_body(root: &Value, body: &Value, name: &str, features: &mut BTreeSet<String>) {
    for (media_type, content) in members_of(resolve(root, body), "content") {
        if let Some(schema) = at(content, "schema") {
            let name = format!("{name} {media_type}");
            add_fields(root, &[schema], &name, MAX_DEPTH, features);
        }
    }
}

fn add_fields(
    root: &Value,
    parts: &[&Value],
    name: &str,
    depth: usize,
    features: &mut BTreeSet<String>,
) {
    if features.len() >= MAX_FEATURES {
        return;
    }
    let shape = Shape::new(root, parts);
    features.insert(format!("{name} {}", shape.schema_type.name()));
    if depth == 0 {
        return;
    }
    for (field, parts) in &shape.fields {
        let name = format!("{name} > {field}");
        add_fields(root, parts, &name, depth - 1, features);
    }
    if !shape.items.is_empty() {
        let name = format!("{name} []");
        add_fields(root, &shape.items, &name, depth - 1, features);
    }
}
