//! What is said about an API and does not travel: titles, descriptions, examples, tags, extensions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    document::{is_extension, members},
    rule::Id,
};

/// The keys that OpenAPI has for people alone.
const WORDS: [&str; 13] = [
    "title",
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "tags",
    "contact",
    "license",
    "termsOfService",
    "bearerFormat",
    "name",
    "openapi",
];

/// How many letters of a text are shown.
const SHOWN: usize = 60;

/// How many letters are shown before the first that differs.
const BEFORE: usize = 20;

/// What a change of a key is, if no comparison of its own is made of it.
pub fn id(key: &str) -> Id {
    match WORDS.contains(&key) || is_extension(key) {
        true => Id::Words,
        false => Id::KeywordChanged,
    }
}

/// The members that are not the same in two objects, by key.
pub fn differing<'a>(
    old: &'a Value,
    new: &'a Value,
) -> Vec<(&'a str, Option<&'a Value>, Option<&'a Value>)> {
    let mut both: BTreeMap<&str, (Option<&Value>, Option<&Value>)> = BTreeMap::new();
    for (key, value) in members(old) {
        both.entry(key).or_default().0 = Some(value);
    }
    for (key, value) in members(new) {
        both.entry(key).or_default().1 = Some(value);
    }
    both.into_iter()
        .filter(|(_, (was, is))| was != is)
        .map(|(key, (was, is))| (key, was, is))
        .collect()
}

/// A key that was added, removed or changed, in a few words.
pub fn change(key: &str, was: Option<&Value>, is: Option<&Value>) -> String {
    match (was, is) {
        (Some(was), Some(is)) => format!("{key} {}", difference(&plain(was), &plain(is))),
        (Some(was), None) => format!("{key} {} is gone", shown(was)),
        (None, Some(is)) => format!("{key} {} is new", shown(is)),
        (None, None) => key.to_owned(),
    }
}

/// `was "…", is "…"`, around the first letter that differs.
pub fn difference(was: &str, is: &str) -> String {
    let same = was
        .chars()
        .zip(is.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let from = same.saturating_sub(BEFORE);
    format!("was {:?}, is {:?}", window(was, from), window(is, from))
}

/// A value in a few letters.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{:?}", window(text, 0)),
        other => window(&other.to_string(), 0),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Some letters of a text from one of them on, with dots where more is left out than dots take.
fn window(text: &str, from: usize) -> String {
    let from = if from <= 3 { 0 } else { from };
    let mut rest = text.chars().skip(from);
    let mut window: String = rest.by_ref().take(SHOWN).collect();
    if from > 0 {
        window.insert(0, '…');
    }
    if rest.next().is_some() {
        window.push('…');
    }
    window
}
