//! Compares the parameters of operations.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::{Location, quoted},
    content::compare_value,
    delta::{Delta, by_key},
    diff::Diff,
    json::{is_set, resolve, text},
    operation::{Operation, path_parameters},
    rule::Rule,
};

/// Headers that are described elsewhere (OpenAPI 3.0.3, "Parameter Object").
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// A path parameter that the document does not describe.
static UNDESCRIBED: Value = Value::Null;

/// The identity of a parameter within an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    sent_in: &'a str,
    /// The name, or the position of a path parameter, whose name is not sent.
    name: String,
}

type Parameters<'a> = BTreeMap<Key<'a>, &'a Value>;

/// Compares the parameters of two operations, including those of their path items.
pub fn compare<'a>(diff: &mut Diff<'a>, old: &Operation<'a>, new: &Operation<'a>) {
    let (old_names, new_names) = (path_parameters(old.path), path_parameters(new.path));
    for (old, new) in old_names.into_iter().zip(new_names) {
        if old != new {
            let location = diff.sent(format!("path parameter {}", quoted(old)));
            let what = format!("is named {new:?} now");
            diff.note(Rule::PathParameterRenamed, &location, what);
        }
    }
    let (mut old, mut new) = (parameters(diff.old, old), parameters(diff.new, new));
    compare_moved(diff, &mut old, &mut new);
    for (key, delta) in by_key(old, new) {
        // A location has the old name where there is one.
        let named = match delta {
            Delta::Removed(old) | Delta::Kept(old, _) => resolve(diff.old, old),
            Delta::Added(new) => resolve(diff.new, new),
        };
        let location = location(diff, &key, named);
        if let Delta::Kept(old, new) = delta {
            let (old, new) = diff.resolved(old, new, &location);
            if key.has_effect() {
                compare_parameter(diff, &key, old, new, &location);
            } else if old != new {
                diff.note(
                    Rule::WordingChanged,
                    &location,
                    "changed, but OpenAPI ignores it here",
                );
            }
            continue;
        }
        let (rule, what) = match delta {
            _ if !key.has_effect() => {
                (Rule::WordingChanged, "changed, but OpenAPI ignores it here")
            }
            Delta::Removed(_) => (Rule::ParameterRemoved, "was removed"),
            _ if is_set(named, "required") => {
                (Rule::RequiredParameterAdded, "was added and is required")
            }
            _ => (Rule::ParameterAdded, "was added"),
        };
        diff.note(rule, &location, what);
    }
}

/// Takes out the parameters that are sent in another place under the same name.
fn compare_moved<'a>(diff: &mut Diff<'a>, old: &mut Parameters<'a>, new: &mut Parameters<'a>) {
    let name = |root, value| text(resolve(root, value), "name").map(str::to_lowercase);
    let removed = old.keys().filter(|key| !new.contains_key(key));
    for from in removed.cloned().collect::<Vec<_>>() {
        let was = old.get(&from).and_then(|value| name(diff.old, value));
        let mut added = new.iter().filter(|(key, _)| !old.contains_key(key));
        let to = added.find(|(_, value)| was.is_some() && name(diff.new, value) == was);
        if let Some(to) = to.map(|(key, _)| key.clone())
            && let Some(parameter) = old.remove(&from)
        {
            new.remove(&to);
            let location = location(diff, &from, resolve(diff.old, parameter));
            let what = format!("is sent as a {} parameter now", to.sent_in);
            diff.note(Rule::ParameterMoved, &location, what);
        }
    }
}

fn compare_parameter<'a>(
    diff: &mut Diff<'a>,
    key: &Key<'a>,
    old: &'a Value,
    new: &'a Value,
    location: &Location,
) {
    let flags = |key| (is_set(old, key), is_set(new, key));
    if key.sent_in != "path" {
        let rules = (Rule::ParameterNowRequired, Rule::ParameterNowOptional);
        diff.requirement(flags("required"), rules, location);
    } else if old.get("required") != new.get("required") {
        let what = "`required` changed, but every path parameter is required";
        diff.note(Rule::WordingChanged, location, what);
    }
    diff.toggle(
        flags("allowEmptyValue"),
        (Rule::EmptyAllowed, "may be empty"),
        (Rule::EmptyRefused, "may no longer be empty"),
        location,
    );
    diff.toggle(
        flags("allowReserved"),
        (Rule::ReservedChanged, "allowReserved is true now"),
        (Rule::ReservedChanged, "allowReserved is no longer true"),
        location,
    );
    compare_value(diff, key.sent_in, old, new, location);
}

/// The parameters of an operation; its own replace those of its path item.
fn parameters<'a>(root: &'a Value, operation: &Operation<'a>) -> Parameters<'a> {
    let names = path_parameters(operation.path);
    let undescribed = (0..names.len()).map(|index| (Key::in_path(index), &UNDESCRIBED));
    let described = operation.parameters().map(|parameter| {
        let target = resolve(root, parameter);
        let name = text(target, "name").unwrap_or_default();
        let sent_in = text(target, "in").unwrap_or("query");
        let position = names.iter().position(|known| *known == name);
        let key = match (sent_in, position) {
            ("path", Some(index)) => Key::in_path(index),
            ("header", _) => Key {
                sent_in,
                name: name.to_lowercase(),
            },
            _ => Key {
                sent_in,
                name: name.to_owned(),
            },
        };
        (key, parameter)
    });
    undescribed.chain(described).collect()
}

fn location(diff: &Diff<'_>, key: &Key<'_>, parameter: &Value) -> Location {
    let name = text(parameter, "name").unwrap_or(&key.name);
    diff.sent(format!("{} parameter {}", key.sent_in, quoted(name)))
}

impl Key<'_> {
    fn in_path(index: usize) -> Self {
        Self {
            sent_in: "path",
            name: format!("number {}", index + 1),
        }
    }

    fn has_effect(&self) -> bool {
        self.sent_in != "header" || !DESCRIBED_ELSEWHERE.contains(&self.name.as_str())
    }
}
