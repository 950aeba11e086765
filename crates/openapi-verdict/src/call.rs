//! Compares two operations, with their callbacks.

use serde_json::Value;

use super::{
    change::Location,
    content,
    diff::Diff,
    grammar::ObjectKind,
    json::{at, is_extension, is_set, members, members_of, resolve},
    operation::{Operation, operations_of},
    parameter, response,
    rule::{Direction, Rule},
};

/// Compares everything that belongs to two operations except `security` and `servers`.
pub fn compare<'a>(diff: &mut Diff<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    if !old.is_same_place(new) {
        let location = Location::new(Direction::Sent, "operation");
        let what = format!("is {} {} now", new.method.to_uppercase(), new.path);
        diff.note(Rule::OperationRenamed, &location, what);
    }
    let (was, is) = (old.value, new.value);
    let ids = (at(was, "operationId"), at(is, "operationId"));
    let location = Location::new(Direction::Neither, "operationId");
    diff.member(Rule::OperationRenamed, "operationId", ids, &location);
    let location = Location::new(Direction::Neither, "operation");
    diff.deprecation(
        (is_set(was, "deprecated"), is_set(is, "deprecated")),
        &location,
    );
    diff.rest(ObjectKind::Operation, was, is, &location);
    parameter::compare(diff, old, new);
    compare_bodies(diff, at(was, "requestBody"), at(is, "requestBody"));
    response::compare(diff, old, new);
    compare_callbacks(diff, old, new);
}

fn compare_bodies<'a>(diff: &mut Diff<'a>, old: Option<&'a Value>, new: Option<&'a Value>) {
    let location = diff.sent("request body");
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) if is_set(resolve(diff.new, new), "required") => {
            diff.note(
                Rule::RequiredBodyAdded,
                &location,
                "was added and is required",
            );
        }
        (None, Some(_)) => diff.note(Rule::BodyAdded, &location, "was added"),
        (Some(_), None) => diff.note(Rule::BodyRemoved, &location, "was removed"),
        (Some(old), Some(new)) => {
            let (old, new) = diff.resolved(old, new, &location);
            let required = (is_set(old, "required"), is_set(new, "required"));
            let rules = (Rule::BodyNowRequired, Rule::BodyNowOptional);
            diff.requirement(required, rules, &location);
            diff.rest(ObjectKind::RequestBody, old, new, &location);
            content::compare(diff, at(old, "content"), at(new, "content"), &location);
        }
    }
}

const CALLBACK: (Rule, Rule) = (Rule::CallbackChanged, Rule::CallbackChanged);

fn compare_callbacks<'a>(diff: &mut Diff<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let location = Location::new(Direction::Neither, "callback");
    let paths = |root, operation: &Operation<'a>| {
        let callbacks = members_of(operation.value, "callbacks");
        callbacks.flat_map(move |(name, callback)| {
            let paths = members(resolve(root, callback));
            paths.map(move |(path, item)| ((name, path), (path, item)))
        })
    };
    let (old, new) = (paths(diff.old, old), paths(diff.new, new));
    let at_path = |(name, path): &(&str, &str)| location.named(name).named(path);
    for ((path, old), (_, new), location) in diff.kept(old, new, CALLBACK, at_path) {
        if is_extension(path) {
            let values = (Some(old), Some(new));
            diff.member(Rule::WordingChanged, path, values, &location);
        } else {
            compare_callback(diff, path, old, new, &location);
        }
    }
}

fn compare_callback<'a>(
    diff: &mut Diff<'a>,
    path: &'a str,
    old: &'a Value,
    new: &'a Value,
    location: &Location,
) {
    // Callbacks of callbacks are not compared in detail.
    if diff.is_callback {
        if old != new {
            diff.note(Rule::CallbackChanged, location, "changed");
        }
        return;
    }
    let operations = |root, item| operations_of(root, path, item).map(|it| (it.method, it));
    let (old, new) = (operations(diff.old, old), operations(diff.new, new));
    let at_method = |method: &&str| location.then(method.to_uppercase());
    for (old, new, location) in diff.kept(old, new, CALLBACK, at_method) {
        for key in ["security", "servers"] {
            let values = (at(old.value, key), at(new.value, key));
            diff.member(Rule::CallbackChanged, key, values, &location);
        }
        diff.is_callback = true;
        diff.restated(
            |diff| compare(diff, &old, &new),
            |finding| {
                let rule = if finding.is_wording() {
                    Rule::WordingChanged
                } else {
                    Rule::CallbackChanged
                };
                (rule, location.then(&finding.location), finding.what)
            },
        );
        diff.is_callback = false;
    }
}
