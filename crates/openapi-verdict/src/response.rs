//! Compares the responses of operations.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::Location,
    content,
    delta::{Delta, by_key, differing},
    diff::Diff,
    grammar::ObjectKind,
    json::{at, is_extension, is_set, members_of},
    operation::Operation,
    rule::Rule,
    wording,
};

type Responses<'a> = BTreeMap<String, &'a Value>;

/// Compares the responses of two operations, status by status.
pub fn compare<'a>(diff: &mut Diff<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let (was, is) = (responses(old.value), responses(new.value));
    for (status, old) in &was {
        let location = diff.received(format!("response {status}"));
        let rule = match covering(&is, status) {
            Some((other, new)) => {
                if other != status {
                    let what = format!("is covered by {other} now");
                    diff.note(Rule::WordingChanged, &location, what);
                }
                compare_response(diff, old, new, &location);
                continue;
            }
            None if is
                .keys()
                .any(|it| narrows(it, status) && !was.contains_key(it)) =>
            {
                let what = "is described status by status now";
                diff.note(Rule::WordingChanged, &location, what);
                continue;
            }
            None if is_error(status, &was) => Rule::ErrorResponseRemoved,
            None => Rule::ResponseRemoved,
        };
        diff.note(rule, &location, "was removed");
    }
    for (status, new) in is.iter().filter(|(status, _)| !was.contains_key(*status)) {
        let location = diff.received(format!("response {status}"));
        match covering(&was, status) {
            // A default covers whatever is not described, so a description is new.
            Some((other, old)) if other != "default" => {
                let what = format!("is described beside {other}, which covered it");
                diff.note(Rule::WordingChanged, &location, what);
                compare_response(diff, old, new, &location);
            }
            _ if is_error(status, &is) => {
                diff.note(Rule::ErrorResponseAdded, &location, "was added");
            }
            _ => diff.note(Rule::ResponseAdded, &location, "was added"),
        }
    }
    let (old, new) = (old.value.get("responses"), new.value.get("responses"));
    let none = Value::Null;
    for (key, old, new) in differing(old.unwrap_or(&none), new.unwrap_or(&none)) {
        if is_extension(key) {
            let location = diff.received("responses");
            diff.member(wording::rule(key), key, (old, new), &location);
        }
    }
}

fn compare_response<'a>(diff: &mut Diff<'a>, old: &'a Value, new: &'a Value, location: &Location) {
    let (old, new) = diff.resolved(old, new, location);
    diff.rest(ObjectKind::Response, old, new, location);
    content::compare(diff, at(old, "content"), at(new, "content"), location);
    compare_headers(diff, old, new, location);
    let rules = (Rule::LinkChanged, Rule::LinkChanged);
    let (old, new) = (members_of(old, "links"), members_of(new, "links"));
    for (old, new, location) in diff.kept(old, new, rules, |name| location.part("link", name)) {
        let (old, new) = diff.resolved(old, new, &location);
        diff.members(Rule::LinkChanged, old, new, &location);
    }
}

fn compare_headers<'a>(diff: &mut Diff<'a>, old: &'a Value, new: &'a Value, location: &Location) {
    let headers = |response: &'a Value| {
        let all = members_of(response, "headers");
        all.map(|(name, header)| (name.to_lowercase(), (name, header)))
    };
    for (key, delta) in by_key(headers(old), headers(new)) {
        let (Delta::Kept((name, _), _) | Delta::Removed((name, _)) | Delta::Added((name, _))) =
            delta;
        let location = location.part("header", name);
        match delta {
            // OpenAPI 3.0.3, "Response Object": a header named Content-Type is ignored.
            _ if key == "content-type" => {
                let (old, new) = delta.sides();
                if old.map(|(_, header)| header) != new.map(|(_, header)| header) {
                    let what = "changed, but OpenAPI ignores it here";
                    diff.note(Rule::WordingChanged, &location, what);
                }
            }
            Delta::Removed(_) => diff.note(Rule::HeaderRemoved, &location, "was removed"),
            Delta::Added(_) => diff.note(Rule::HeaderAdded, &location, "was added"),
            Delta::Kept((_, old), (_, new)) => {
                let (old, new) = diff.resolved(old, new, &location);
                let required = (is_set(old, "required"), is_set(new, "required"));
                let rules = (Rule::HeaderNowRequired, Rule::HeaderNowOptional);
                diff.requirement(required, rules, &location);
                content::compare_value(diff, "header", old, new, &location);
            }
        }
    }
}

/// The responses of an operation by status, with ranges in capitals as in `2XX`.
fn responses(operation: &Value) -> Responses<'_> {
    members_of(operation, "responses")
        .filter(|(status, _)| !is_extension(status))
        .map(|(status, response)| match status.to_uppercase() {
            range if range.ends_with("XX") => (range, response),
            _ => (status.to_owned(), response),
        })
        .collect()
}

/// The response that describes a status: its own, that of its range, or the default.
fn covering<'a, 'b>(responses: &'b Responses<'a>, status: &str) -> Option<(&'b str, &'a Value)> {
    let mut keys = vec![status.to_owned()];
    if status != "default" {
        keys.extend(status.get(..1).map(|class| format!("{class}XX")));
    }
    // A success that only the default covers is no longer promised.
    if !is_success(status) {
        keys.push("default".to_owned());
    }
    let found = keys.iter().find_map(|key| responses.get_key_value(key));
    found.map(|(key, response)| (key.as_str(), *response))
}

/// Returns `true` if a status lies within a range.
fn narrows(status: &str, range: &str) -> bool {
    let class = range.strip_suffix("XX");
    status != range && class.is_some_and(|class| status.starts_with(class))
}

fn is_success(status: &str) -> bool {
    matches!(status.as_bytes().first(), Some(b'1'..=b'3'))
}

/// Returns `true` for an error, and for the default beside a success.
fn is_error(status: &str, responses: &Responses<'_>) -> bool {
    match status {
        "default" => responses.keys().any(|status| is_success(status)),
        _ => !is_success(status),
    }
}
