//! Puts changes of single values into words.

use serde_json::Value;

use super::{json::is_extension, rule::Rule};

/// The keywords of OpenAPI that are for readers alone.
const FOR_READERS: [&str; 13] = [
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

/// The number of characters that are shown of a text.
const SHOWN: usize = 60;

/// The number of characters that are shown before the first difference.
const CONTEXT: usize = 20;

/// The rule for a change of a keyword that has no rule of its own.
pub fn rule(key: &str) -> Rule {
    if FOR_READERS.contains(&key) || is_extension(key) {
        Rule::WordingChanged
    } else {
        Rule::KeywordChanged
    }
}

/// The addition, removal or change of a member, in a few words.
pub fn change(key: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("{key} {}", difference(&plain(old), &plain(new))),
        (Some(old), None) => format!("{key} {} was removed", shown(old)),
        (None, Some(new)) => format!("{key} {} was added", shown(new)),
        (None, None) => key.to_owned(),
    }
}

/// `was "..", is ".."`, around the first character that differs.
pub fn difference(old: &str, new: &str) -> String {
    let pairs = old.chars().zip(new.chars());
    let same = pairs.take_while(|(old, new)| old == new).count();
    let start = same.saturating_sub(CONTEXT);
    format!("was {:?}, is {:?}", window(old, start), window(new, start))
}

/// The beginning of a value.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{:?}", window(text, 0)),
        other => window(&other.to_string(), 0),
    }
}

/// A value as text, strings without quotes.
pub fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A part of a text from `start` on; `…` stands for what is left out.
fn window(text: &str, start: usize) -> String {
    let start = if start <= 3 { 0 } else { start };
    let mut rest = text.chars().skip(start);
    let mut window: String = rest.by_ref().take(SHOWN).collect();
    if start > 0 {
        window.insert(0, '…');
    }
    if rest.next().is_some() {
        window.push('…');
    }
    window
}
