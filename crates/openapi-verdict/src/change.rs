//! A change and its location.

use std::{cmp::Reverse, fmt};

use serde::Serialize;

use super::rule::{Direction, Level, Rule};

/// The method and path of a change that concerns every operation.
pub const EVERYWHERE: &str = "*";

/// A single difference between two documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The severity for existing callers.
    pub level: Level,
    /// The kind of change; serialized as `id`.
    #[serde(rename = "id")]
    pub rule: Rule,
    /// The HTTP method in capitals, or `*` for a change that concerns every operation.
    pub method: String,
    /// The path, as in the old document if it is there, or `*` for a change that concerns every operation.
    pub path: String,
    /// The place within the operation, such as `request body > shopper > birthday`.
    pub place: String,
    /// The change in words, and the reason for its level.
    pub text: String,
    /// The reason for which the change was accepted, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

impl Change {
    /// The order of reports: the most severe first, then by path, method and place.
    pub(crate) fn rank(&self) -> impl Ord + '_ {
        (
            Reverse(self.level),
            &self.path,
            &self.method,
            &self.place,
            self.rule.id(),
            &self.text,
        )
    }
}

/// The place of a value within an operation, and the direction in which it travels.
#[derive(Clone, Debug)]
pub struct Location {
    pub direction: Direction,
    steps: String,
}

impl Location {
    pub fn new(direction: Direction, steps: impl Into<String>) -> Self {
        Self {
            direction,
            steps: steps.into(),
        }
    }

    /// A step inwards, in the words of this crate.
    pub fn then(&self, step: impl fmt::Display) -> Self {
        Self::new(self.direction, format!("{} > {step}", self.steps))
    }

    /// A step inwards to something that the document names.
    pub fn named(&self, name: &str) -> Self {
        self.then(quoted(name))
    }

    /// As [`Location::named`], with the noun in front, such as `header X-Trace`.
    pub fn part(&self, noun: &str, name: &str) -> Self {
        self.then(format_args!("{noun} {}", quoted(name)))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.steps)
    }
}

/// A name as it is, or as a JSON string if it could be misread.
///
/// A location has to stay on one line and must not hold `#`, which ends it in a list of accepted changes.
pub fn quoted(name: &str) -> String {
    let is_plain =
        |letter: char| letter.is_alphanumeric() || "_-.$@[]{}/+:;=,*%&?!|^~".contains(letter);
    if !name.is_empty() && name.chars().all(is_plain) {
        return name.to_owned();
    }
    format!("{name:?}").replace('#', "\\u{23}")
}
