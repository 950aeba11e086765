//! Compares two documents.

use serde_json::Value;

use super::{
    call,
    change::{Change, EVERYWHERE, Location},
    delta::{Delta, by_key},
    diff::Diff,
    document::Document,
    facet::removed,
    grammar::ObjectKind,
    json::{at, is_extension, is_set, members_of},
    operation::{Operation, operations_of, path_shape},
    pairing::pair,
    rule::{Direction, Rule},
    security, server,
};

/// Finds every change, in the order of reports.
pub fn changes(old: &Document, new: &Document) -> Vec<Change> {
    let mut diff = Diff::new(old.root(), new.root());
    let kept = compare_operations(&mut diff);
    diff.enter(EVERYWHERE, EVERYWHERE);
    compare_shared(&mut diff, &kept);
    compare_paths(&mut diff);
    diff.into_changes()
}

/// Compares all operations; returns those that both documents have.
fn compare_operations<'a>(diff: &mut Diff<'a>) -> Vec<(Operation<'a>, Operation<'a>)> {
    let pairs = pair(diff.old, diff.new);
    let location = Location::new(Direction::Sent, "operation");
    let enter = |diff: &mut Diff<'a>, operation: &Operation<'a>| {
        diff.enter(&operation.method.to_uppercase(), operation.path);
    };
    for operation in &pairs.removed {
        enter(diff, operation);
        let what = removed(is_set(operation.value, "deprecated"));
        diff.note(Rule::OperationRemoved, &location, what);
    }
    for operation in &pairs.added {
        enter(diff, operation);
        diff.note(Rule::OperationAdded, &location, "was added");
    }
    for (old, new) in &pairs.kept {
        enter(diff, old);
        call::compare(diff, old, new);
        for key in ["security", "servers"] {
            let (was, is) = (old.own(key), new.own(key));
            if was.is_some() || is.is_some() {
                let was = was.or_else(|| at(diff.old, key));
                let is = is.or_else(|| at(diff.new, key));
                compare_requirements(diff, key, was, is);
            }
        }
    }
    pairs.kept
}

/// Compares `security` or `servers` of operations or of the documents.
fn compare_requirements<'a>(
    diff: &mut Diff<'a>,
    key: &str,
    old: Option<&'a Value>,
    new: Option<&'a Value>,
) {
    let location = Location::new(Direction::Sent, key);
    match key {
        "security" => security::compare(diff, old, new, &location),
        _ => server::compare(diff, old, new, &location),
    }
}

/// Compares what holds for all operations.
fn compare_shared<'a>(diff: &mut Diff<'a>, kept: &[(Operation<'a>, Operation<'a>)]) {
    let (old, new) = (diff.old, diff.new);
    for key in ["security", "servers"] {
        let inherits = |operation: &Operation<'_>| operation.own(key).is_none();
        let is_used = kept.iter().any(|(old, new)| inherits(old) && inherits(new));
        let (was, is) = (at(old, key), at(new, key));
        if is_used || kept.is_empty() {
            compare_requirements(diff, key, was, is);
        } else {
            diff.without_effect("every operation has its own", |diff| {
                compare_requirements(diff, key, was, is);
            });
        }
    }
    security::compare_schemes(diff);
    let none = Value::Null;
    let member = |root, key| at(root, key).unwrap_or(&none);
    let (was, is) = (member(old, "info"), member(new, "info"));
    let location = Location::new(Direction::Neither, "info");
    diff.rest(ObjectKind::Info, was, is, &location);
    let versions = (was.get("version"), is.get("version"));
    diff.member(Rule::VersionChanged, "version", versions, &location);
    let location = Location::new(Direction::Neither, "document");
    diff.rest(ObjectKind::Document, old, new, &location);
    let (was, is) = (member(old, "components"), member(new, "components"));
    let location = Location::new(Direction::Neither, "components");
    diff.rest(ObjectKind::Components, was, is, &location);
}

/// Compares what paths have beside their operations.
fn compare_paths(diff: &mut Diff<'_>) {
    let location = Location::new(Direction::Neither, "path");
    let paths = |root| {
        let all = members_of(root, "paths");
        all.map(|(path, item)| (path_shape(path), (path, item)))
    };
    for (_, delta) in by_key(paths(diff.old), paths(diff.new)) {
        let (root, (path, item), what) = match delta {
            Delta::Kept((path, old), (_, new)) => {
                diff.enter(EVERYWHERE, path);
                if is_extension(path) {
                    let values = (Some(old), Some(new));
                    diff.member(Rule::WordingChanged, path, values, &location);
                } else {
                    let (old, new) = diff.resolved(old, new, &location);
                    diff.rest(ObjectKind::PathItem, old, new, &location);
                }
                continue;
            }
            Delta::Removed(old) => (diff.old, old, "was removed"),
            Delta::Added(new) => (diff.new, new, "was added"),
        };
        diff.enter(EVERYWHERE, path);
        if is_extension(path) || operations_of(root, path, item).next().is_none() {
            let what = format!("{path} {what}, without an operation");
            diff.note(Rule::WordingChanged, &location, what);
        }
    }
}
