//! Output for people and for programs.

use std::{
    borrow::Cow,
    io::{self, ErrorKind, Write as _},
    sync::OnceLock,
};

use serde::Serialize;
use serde_json::Value;

use crate::exit::{Exit, Failure};

/// The format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// The key of this process, as it is and as in a JSON string.
static KEY: OnceLock<[String; 2]> = OnceLock::new();

/// The length of the shortest text that is masked as a key; shorter ones occur in words.
const SHORTEST_KEY: usize = 8;

/// Masks a key in everything that is printed or written from now on, as a vendor may repeat it.
pub fn mask(key: &str) {
    let quoted = Value::from(key).to_string();
    // A process has one key; a second call has no effect.
    let _ = KEY.set([key.to_owned(), quoted.trim_matches('"').to_owned()]);
}

/// Returns a text without the key.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for key in KEY.get().into_iter().flatten() {
        if key.len() >= SHORTEST_KEY && text.contains(key) {
            text = text.replace(key, "[key]").into();
        }
    }
    text
}

/// Prints a text and a line end on stdout. It is no error if the reader has closed the pipe, as `head` does.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let printed = writeln!(stdout, "{}", masked(text)).and_then(|()| stdout.flush());
    match printed {
        Err(err) if err.kind() != ErrorKind::BrokenPipe => Err(Failure::stopped(format!(
            "the answer could not be written to stdout: {err}"
        ))),
        _ => Ok(()),
    }
}

/// Prints a message on stderr. Without a stderr it is lost.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{}", masked(text));
}

/// Prints a failure on stderr, in one line.
pub fn report(failure: &Failure, output: Format) -> Exit {
    note(&match output {
        Format::Text => failure.text(),
        Format::Json => failure.json().to_string(),
    });
    failure.exit()
}

/// Returns "1 row" or "2 rows".
pub fn counted(rows: u64) -> String {
    match rows {
        1 => "1 row".to_owned(),
        _ => format!("{rows} rows"),
    }
}

/// Returns an answer as JSON with the vendor's fields.
pub fn json(answer: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer)
        .map_err(|err| Failure::stopped(format!("the answer could not be printed: {err}")))
}

/// Formats an answer.
pub fn formatted(answer: &Value, output: Format) -> String {
    match output {
        Format::Text => lines(answer),
        Format::Json => answer.to_string(),
    }
}

/// Formats JSON for people: a line `name  value` per value, and an empty line between the items of a list.
pub fn lines(value: &Value) -> String {
    if let Value::Array(items) = value {
        return items.iter().map(lines).collect::<Vec<_>>().join("\n\n");
    }
    let mut values = Vec::new();
    collect(value, "", &mut values);
    let width = values.iter().map(|(name, _)| name.len()).max();
    let width = width.unwrap_or_default();
    let lines = values.iter().map(|(name, value)| {
        if name.is_empty() {
            value.clone()
        } else {
            format!("{name:width$}  {value}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Escapes the control characters of a vendor's text, which could move a terminal's cursor.
pub fn harmless(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            escaped.extend(letter.escape_default());
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

fn collect(value: &Value, path: &str, values: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let dot = if path.is_empty() { "" } else { "." };
            for (name, value) in fields {
                collect(value, &format!("{path}{dot}{}", harmless(name)), values);
            }
        }
        Value::String(text) => values.push((path.to_owned(), harmless(text))),
        other => values.push((path.to_owned(), harmless(&other.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_printed_as_a_line_per_value() {
        let value = json!({
            "_id": "5a0d",
            "channel": {"instagram": {"email": "a@example.com", "isVerified": false}},
            "empty": {},
            "keywords": ["a", "b"],
            "none": null,
        });

        let expected = "_id                           5a0d\n\
                        channel.instagram.email       a@example.com\n\
                        channel.instagram.isVerified  false\n\
                        empty                         {}\n\
                        keywords                      [\"a\",\"b\"]\n\
                        none                          null";
        assert_eq!(lines(&value), expected);
        assert_eq!(lines(&json!([{"a": 1}, {"a": 2}])), "a  1\n\na  2");
        assert_eq!(lines(&json!("word")), "word");
        assert_eq!(lines(&json!([])), "");
    }

    #[test]
    fn control_characters_of_a_vendor_are_escaped() {
        let value = json!({"na\u{1b}me": "red \u{1b}[31m\r\nnot a line\u{9b}", "list": ["\u{7f}"]});

        let shown = lines(&value);

        assert_eq!(shown.lines().count(), 2, "{shown}");
        assert!(
            !shown.replace('\n', "").contains(char::is_control),
            "{shown}"
        );
    }
}
