//! Which operation became which: the same place, or another place with the same shape.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    document::{Document, at, is_extension, items_of, members_of, text},
    operation::{Operation, shape},
    shape::Shape,
};

/// How alike two operations of one operationId have to be to be one that moved.
const ALIKE: f64 = 0.5;

/// How alike two operations of different operationIds have to be.
const MUCH_ALIKE: f64 = 0.8;

/// How much of an operation has to be known to be called alike without an operationId that says so.
const ENOUGH: usize = 4;

/// How deep fields count, and how many of them.
const DEEPEST: usize = 3;
const MOST: usize = 400;

/// What became of the operations of a document.
pub struct Pairs<'a> {
    pub kept: Vec<(Operation<'a>, Operation<'a>)>,
    pub gone: Vec<Operation<'a>>,
    pub fresh: Vec<Operation<'a>>,
}

/// Pairs the operations of two documents: by path, by path but for its parameters' names, by operationId, by shape.
pub fn pair<'a>(
    (old_document, mut old): (&'a Document, Vec<Operation<'a>>),
    (new_document, mut new): (&'a Document, Vec<Operation<'a>>),
) -> Pairs<'a> {
    let mut kept = Vec::new();
    take(&mut old, &mut new, &mut kept, |was, is| {
        was.method == is.method && was.path == is.path
    });
    take(&mut old, &mut new, &mut kept, |was, is| {
        was.method == is.method && shape(was.path) == shape(is.path)
    });
    let features = |document: &'a Document, operations: &[Operation<'a>]| -> Vec<_> {
        operations.iter().map(|it| features(document, it)).collect()
    };
    let was = features(old_document, &old);
    let is = features(new_document, &new);
    let mut moved = Vec::new();
    for (one, old) in old.iter().enumerate() {
        for (other, new) in new.iter().enumerate() {
            let alike = likeness(&was[one], &is[other]);
            let has_id = old.id().is_some() && old.id() == new.id();
            let has_shape = old.method == new.method && was[one].len() >= ENOUGH;
            let is_moved = match has_id {
                true => alike >= ALIKE,
                false => has_shape && alike >= MUCH_ALIKE,
            };
            if is_moved {
                moved.push((has_id, alike, one, other));
            }
        }
    }
    // The best first; of equals, those that come first in the documents.
    moved.sort_by(|one, other| {
        let better = (other.0, other.1).partial_cmp(&(one.0, one.1));
        let better = better.unwrap_or(std::cmp::Ordering::Equal);
        better.then((one.2, one.3).cmp(&(other.2, other.3)))
    });
    let (mut used_old, mut used_new) = (BTreeSet::new(), BTreeSet::new());
    for (_, _, one, other) in moved {
        if !used_old.contains(&one) && !used_new.contains(&other) {
            used_old.insert(one);
            used_new.insert(other);
            kept.push((old[one].clone(), new[other].clone()));
        }
    }
    Pairs {
        kept,
        gone: unused(old, &used_old),
        fresh: unused(new, &used_new),
    }
}

fn unused<'a>(all: Vec<Operation<'a>>, used: &BTreeSet<usize>) -> Vec<Operation<'a>> {
    let all = all.into_iter().enumerate();
    all.filter(|(index, _)| !used.contains(index))
        .map(|(_, operation)| operation)
        .collect()
}

fn take<'a>(
    old: &mut Vec<Operation<'a>>,
    new: &mut Vec<Operation<'a>>,
    kept: &mut Vec<(Operation<'a>, Operation<'a>)>,
    is_same: impl Fn(&Operation<'a>, &Operation<'a>) -> bool,
) {
    let mut left = Vec::new();
    for was in old.drain(..) {
        match new.iter().position(|is| is_same(&was, is)) {
            Some(index) => kept.push((was, new.remove(index))),
            None => left.push(was),
        }
    }
    *old = left;
}

/// How much two operations have in common, from 0 to 1.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.union(other).count();
    let both = one.intersection(other).count();
    match all {
        0 => 1.0,
        #[expect(clippy::cast_precision_loss, reason = "there are some hundred at most")]
        _ => both as f64 / all as f64,
    }
}

/// What an operation takes and gives: its parameters, statuses, and the fields of its bodies.
fn features<'a>(document: &'a Document, operation: &Operation<'a>) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    let listed =
        items_of(operation.item, "parameters").chain(items_of(operation.value, "parameters"));
    for parameter in listed.map(|parameter| document.resolve(parameter)) {
        let word = |key| text(parameter, key).unwrap_or_default();
        features.insert(format!("{} {}", word("in"), word("name")));
    }
    if let Some(body) = at(operation.value, "requestBody") {
        bodies(document, body, "body", &mut features);
    }
    for (status, answer) in members_of(operation.value, "responses") {
        if !is_extension(status) {
            features.insert(status.to_owned());
            bodies(document, answer, status, &mut features);
        }
    }
    features
}

fn bodies<'a>(document: &'a Document, of: &'a Value, name: &str, features: &mut BTreeSet<String>) {
    for (media, content) in members_of(document.resolve(of), "content") {
        if let Some(schema) = at(content, "schema") {
            fields(
                document,
                &[schema],
                &format!("{name} {media}"),
                DEEPEST,
                features,
            );
        }
    }
}

fn fields<'a>(
    document: &'a Document,
    parts: &[&'a Value],
    name: &str,
    deeper: usize,
    features: &mut BTreeSet<String>,
) {
    if features.len() >= MOST {
        return;
    }
    let shape = Shape::of(document, parts);
    features.insert(format!("{name} {}", shape.kind.word()));
    if deeper == 0 {
        return;
    }
    for (field, parts) in &shape.fields {
        fields(
            document,
            parts,
            &format!("{name} > {field}"),
            deeper - 1,
            features,
        );
    }
    if !shape.items.is_empty() {
        fields(
            document,
            &shape.items,
            &format!("{name} []"),
            deeper - 1,
            features,
        );
    }
}
