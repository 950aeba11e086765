//! A change, and where it is.

use std::fmt;

use serde::Serialize;

use super::rule::{Level, Side};

/// What stands for the method and path of a change that concerns every operation.
pub const EVERYWHERE: &str = "*";

/// One thing that is not as it was.
///
/// Ordered as in reports: the worst first, then by path, method and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// How much it matters.
    pub level: Level,
    /// What kind of change it is; the words are listed in `xtask/CHANGES.md`.
    pub id: &'static str,
    /// As `POST`; `*` for a change that concerns every operation.
    pub method: String,
    /// As the old document has it, for what was there; `*` for a change that concerns every operation.
    pub path: String,
    /// As `request body > shopper > birthday`.
    pub place: String,
    /// What happened, and why that is so bad or so harmless.
    pub text: String,
    /// The reason in `--accepted`, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

impl Change {
    /// What reports are sorted by.
    pub fn rank(&self) -> impl Ord + '_ {
        (
            self.level,
            &self.path,
            &self.method,
            &self.place,
            self.id,
            &self.text,
        )
    }
}

/// Where in an operation something is, in words, and which way it travels.
#[derive(Clone, Debug)]
pub struct Place {
    words: String,
    /// Which way it travels.
    pub side: Side,
}

impl Place {
    pub fn new(side: Side, words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            side,
        }
    }

    /// One step in, in our words.
    pub fn then(&self, words: impl fmt::Display) -> Self {
        Self::new(self.side, format!("{} > {words}", self.words))
    }

    /// One step in, in the document's words.
    pub fn named(&self, name: &str) -> Self {
        self.then(quoted(name))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// A name of the document as it is, or as a JSON string where it could be taken for something else: a place has to stay
/// on one line, and must not hold the mark that ends it in `specs/accepted.txt`.
pub fn quoted(name: &str) -> String {
    let plain =
        |letter: char| letter.is_alphanumeric() || "_-.$@[]{}/+:;=,*%&?!|^~".contains(letter);
    if !name.is_empty() && name.chars().all(plain) {
        return name.to_owned();
    }
    format!("{name:?}").replace('#', "\\u{23}")
}
