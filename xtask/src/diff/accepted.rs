//! What was read and accepted: a line for each change, with the reason.
//!
//! ```text
//! # What a person has looked at. Lines as this one, and empty ones, are skipped.
//! field-removed POST /api/platform/v1/shoppers request body > shopper > barcode  # we never sent it
//! host-added * * servers > https://eu.api.bspk.com  # we stay with the first
//! ```
//!
//! The id, the method, the path and the place are those of the report, separated by spaces; the reason stands behind
//! the first ` # `. A line accepts what it names and nothing else: there are no patterns.

use std::{fmt, fs, path::Path};

use super::{change::Change, document::Refusal, rule::RULES};

/// The lines of a file as `specs/accepted.txt`.
#[derive(Debug, Default)]
pub struct Accepted {
    lines: Vec<Line>,
}

/// One accepted change.
#[derive(Debug)]
struct Line {
    number: usize,
    id: String,
    method: String,
    path: String,
    place: String,
    reason: String,
}

impl Accepted {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, and as [`Accepted::parse`].
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|err| {
            Refusal::new(format!(
                "{name}: {err}; give the path of a file as specs/accepted.txt"
            ))
        })?;
        Self::parse(&name.to_string(), &text)
    }

    /// Reads lines. `name` stands in front of what is refused.
    ///
    /// # Errors
    ///
    /// For a line without a reason, with an id that is none, or with too few words; each with its number.
    pub fn parse(name: &str, text: &str) -> Result<Self, Refusal> {
        let mut lines = Vec::new();
        let mut wrong = Vec::new();
        for (index, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            match line(index + 1, text) {
                Ok(line) => lines.push(line),
                Err(what) => wrong.push(format!("{name}:{}: {what}", index + 1)),
            }
        }
        match wrong.is_empty() {
            true => Ok(Self { lines }),
            false => Err(Refusal::new(wrong.join("\n"))),
        }
    }

    /// Marks the changes that are accepted; returns a note for each line that matches nothing (any more).
    pub fn apply(&self, changes: &mut [Change]) -> Vec<String> {
        let mut notes = Vec::new();
        for line in &self.lines {
            let mut is_used = false;
            for change in changes.iter_mut().filter(|change| line.names(change)) {
                change.accepted.get_or_insert_with(|| line.reason.clone());
                is_used = true;
            }
            if !is_used {
                notes.push(format!(
                    "line {} accepts what did not change (any more), and can go: {line}",
                    line.number
                ));
            }
        }
        notes
    }
}

impl Line {
    fn names(&self, change: &Change) -> bool {
        self.id == change.id
            && self.method.eq_ignore_ascii_case(&change.method)
            && self.path == word(&change.path)
            && self.place == spaced(&change.place)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {} {}",
            self.id, self.method, self.path, self.place
        )
    }
}

fn line(number: usize, text: &str) -> Result<Line, String> {
    let reason = |text: &str| {
        text.split_once('#')
            .map(|(_, reason)| reason.trim().to_owned())
    };
    let mark = text.find(" #").or_else(|| text.find("\t#"));
    let (named, reason) = match mark {
        Some(at) => (&text[..at], reason(&text[at..]).unwrap_or_default()),
        None => (text, String::new()),
    };
    if reason.is_empty() {
        return Err("gives no reason; end it with `  # ` and why that is fine".to_owned());
    }
    let mut words = named.split_whitespace();
    let (Some(id), Some(method), Some(path)) = (words.next(), words.next(), words.next()) else {
        return Err(
            "is not `id method path place  # reason`; copy the first four from the report"
                .to_owned(),
        );
    };
    if !RULES.iter().any(|rule| rule.word == id) {
        return Err(format!("{id:?} is no id; xtask/CHANGES.md lists them"));
    }
    let place: Vec<_> = words.collect();
    if place.is_empty() {
        return Err("names no place; copy it from the report, behind the path".to_owned());
    }
    Ok(Line {
        number,
        id: id.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        place: place.join(" "),
        reason,
    })
}

/// A path as one word: a space in it is written as in a URL.
pub fn word(path: &str) -> String {
    path.replace(char::is_whitespace, "%20").replace('#', "%23")
}

/// With one space between words.
fn spaced(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::rule::Level;

    const LINE: &str = "field-removed POST /things request body > name  # nobody sent it";

    fn change() -> Change {
        Change {
            level: Level::Risky,
            id: "field-removed",
            method: "POST".into(),
            path: "/things".into(),
            place: "request body > name".into(),
            text: "is gone".into(),
            accepted: None,
        }
    }

    #[test]
    fn a_line_accepts_the_change_that_it_names() {
        for line in [
            LINE,
            "\u{feff}# read in May\n\n  field-removed post /things   request body  >  name # nobody sent it \r\n",
            "field-removed POST /things request body > name\t# nobody sent it",
        ] {
            let mut changes = [change()];

            let notes = Accepted::parse("a", line).unwrap().apply(&mut changes);

            assert_eq!(
                changes[0].accepted.as_deref(),
                Some("nobody sent it"),
                "{line}"
            );
            assert!(notes.is_empty(), "{notes:?}");
        }
    }

    #[test]
    fn a_line_accepts_nothing_else() {
        for line in [
            LINE.replace("field-removed", "field-added"),
            LINE.replace("POST", "PUT"),
            LINE.replace("/things", "/thing"),
            LINE.replace("> name", "> name > first"),
            LINE.replace("/things", "*"),
        ] {
            let mut changes = [change()];

            let notes = Accepted::parse("a", &line).unwrap().apply(&mut changes);

            assert_eq!(changes[0].accepted, None, "{line}");
            assert!(
                notes[0].starts_with("line 1 accepts what did not change"),
                "{notes:?}"
            );
        }
    }

    #[test]
    fn a_line_that_says_too_little_is_refused_with_its_number() {
        let cases = [
            (
                "field-removed POST /things request body > name",
                "gives no reason",
            ),
            (
                "field-removed POST /things request body > name  #  ",
                "gives no reason",
            ),
            (
                "field-removed POST /things#2 request body",
                "gives no reason",
            ),
            ("field-removed POST  # gone", "is not `id method path place"),
            ("field-removed POST /things  # gone", "names no place"),
            (
                "field-remove POST /things request body  # gone",
                "\"field-remove\" is no id",
            ),
        ];
        for (line, expected) in cases {
            let refusal = Accepted::parse("accepted.txt", &format!("\n# ok\n{line}\n"))
                .unwrap_err()
                .to_string();

            assert!(refusal.starts_with("accepted.txt:3: "), "{refusal}");
            assert!(refusal.contains(expected), "{refusal}");
        }
    }
}
