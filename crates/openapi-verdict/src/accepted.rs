//! Changes that were reviewed and accepted.

use std::{error, fmt, str::FromStr};

use super::{change::Change, rule::Rule};

/// A list of accepted changes, one on each line: `id method path place  # reason`.
///
/// Id, method, path and place are those of the report; white space in a path is written `%20`. A line accepts one change,
/// there are no patterns. Empty lines and lines that begin with `#` are ignored.
///
/// # Example: accept a change
///
/// ```
/// let accepted: openapi_verdict::Accepted = "\
/// ## Reviewed in May.
/// field-removed POST /shoppers request body > barcode  # never sent
/// "
/// .parse()?;
/// # let _ = accepted;
/// # Ok::<(), openapi_verdict::AcceptedError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    lines: Vec<Line>,
}

/// The reason for which a list of accepted changes cannot be read: each invalid line with its number and a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedError(String);

#[derive(Clone, Debug)]
struct Line {
    number: usize,
    id: String,
    method: String,
    path: String,
    place: String,
    reason: String,
}

impl FromStr for Accepted {
    type Err = AcceptedError;

    fn from_str(text: &str) -> Result<Self, AcceptedError> {
        let mut lines = Vec::new();
        let mut errors = Vec::new();
        for (index, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            match Line::parse(index + 1, text) {
                Ok(line) => lines.push(line),
                Err(problem) => errors.push(format!("line {}: {problem}", index + 1)),
            }
        }
        if errors.is_empty() {
            Ok(Self { lines })
        } else {
            Err(AcceptedError(errors.join("\n")))
        }
    }
}

impl Accepted {
    /// Marks the changes that are accepted; returns a note for each line without a change.
    pub(crate) fn apply(&self, changes: &mut [Change]) -> Vec<String> {
        let mut notes = Vec::new();
        for line in &self.lines {
            let mut is_used = false;
            for change in changes.iter_mut().filter(|change| line.accepts(change)) {
                change.accepted.get_or_insert_with(|| line.reason.clone());
                is_used = true;
            }
            if !is_used {
                let number = line.number;
                notes.push(format!(
                    "line {number} accepts a change that is not there; remove the line: {line}"
                ));
            }
        }
        notes
    }
}

impl Line {
    fn parse(number: usize, text: &str) -> Result<Self, &'static str> {
        let mark = text.find(" #").or_else(|| text.find("\t#"));
        let (named, reason) = text.split_at(mark.unwrap_or(text.len()));
        let reason = reason.trim_start().trim_start_matches('#').trim();
        if reason.is_empty() {
            return Err("has no reason; end it with `  # ` and the reason");
        }
        let mut words = named.split_whitespace();
        let (Some(id), Some(method), Some(path)) = (words.next(), words.next(), words.next())
        else {
            return Err(
                "is not `id method path place  # reason`; copy the first four from the report",
            );
        };
        if !Rule::ALL.iter().any(|rule| rule.id() == id) {
            return Err("begins with an unknown id; copy the id from the report");
        }
        let place = words.collect::<Vec<_>>().join(" ");
        if place.is_empty() {
            return Err("has no place; copy it from the report, after the path");
        }
        Ok(Self {
            number,
            id: id.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            place,
            reason: reason.to_owned(),
        })
    }

    fn accepts(&self, change: &Change) -> bool {
        let place = change.place.split_whitespace();
        self.id == change.rule.id()
            && self.method.eq_ignore_ascii_case(&change.method)
            && self.path == path_word(&change.path)
            && self.place.split(' ').eq(place)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            method,
            path,
            place,
            ..
        } = self;
        write!(f, "{id} {method} {path} {place}")
    }
}

impl fmt::Display for AcceptedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for AcceptedError {}

/// A path as one word, with white space and `#` percent-encoded.
pub(crate) fn path_word(path: &str) -> String {
    path.replace(char::is_whitespace, "%20").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    const LINE: &str = "field-removed POST /things request body > name  # never sent";

    fn change() -> Change {
        Change {
            level: Level::Risky,
            rule: Rule::FieldRemoved,
            method: "POST".into(),
            path: "/things".into(),
            place: "request body > name".into(),
            text: "was removed".into(),
            accepted: None,
        }
    }

    #[test]
    fn a_line_accepts_the_change_that_it_names() {
        for line in [
            LINE,
            "\u{feff}# read in May\n\n  field-removed post /things   request body  >  name # never sent \r\n",
            "field-removed POST /things request body > name\t# never sent",
        ] {
            let mut changes = [change()];

            let notes = line.parse::<Accepted>().unwrap().apply(&mut changes);

            assert_eq!(changes[0].accepted.as_deref(), Some("never sent"), "{line}");
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

            let notes = line.parse::<Accepted>().unwrap().apply(&mut changes);

            assert_eq!(changes[0].accepted, None, "{line}");
            assert!(
                notes[0].starts_with("line 1 accepts a change that is not there"),
                "{notes:?}"
            );
        }
    }

    #[test]
    fn an_incomplete_line_is_an_error_with_its_number() {
        let cases = [
            (
                "field-removed POST /things request body > name",
                "has no reason",
            ),
            (
                "field-removed POST /things request body > name  #  ",
                "has no reason",
            ),
            ("field-removed POST /things#2 request body", "has no reason"),
            (
                "field-removed POST  # removed",
                "is not `id method path place",
            ),
            ("field-removed POST /things  # removed", "has no place"),
            (
                "field-remove POST /things request body  # removed",
                "begins with an unknown id",
            ),
        ];
        for (line, expected) in cases {
            let list = format!("\n# ok\n{line}\n");

            let error = list.parse::<Accepted>().unwrap_err().to_string();

            assert_eq!(error.split(expected).next(), Some("line 3: "), "{error}");
        }
    }
}
