//! Output for people and for programs.

use std::{
    borrow::Cow,
    env,
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use serde::Serialize;
use serde_json::Value;

use crate::exit::{Exit, Failure};

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The value of `--output`: a format, or a file for the records of a command that writes some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Format(Format),
    File(PathBuf),
}

impl From<PathBuf> for Output {
    fn from(path: PathBuf) -> Self {
        match path.to_str() {
            Some("text") => Self::Format(Format::Text),
            Some("json") => Self::Format(Format::Json),
            _ => Self::File(path),
        }
    }
}

impl Output {
    /// The format of messages.
    pub fn format(&self) -> Format {
        match self {
            Self::Format(format) => *format,
            Self::File(_) => Format::Text,
        }
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Format(_) => None,
            Self::File(path) => Some(path),
        }
    }
}

/// The secrets of this process, as they are and as in a JSON string.
static SECRETS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// A shorter key is masked where it stands alone, as it may be a part of other words.
const LONG_KEY: usize = 8;

/// Masks a key in everything that is printed or written from now on, as a vendor may repeat it.
pub fn mask(key: &str) {
    let quoted = Value::from(key).to_string();
    let mut secrets = SECRETS.write().unwrap_or_else(PoisonError::into_inner);
    secrets.extend([key.to_owned(), quoted.trim_matches('"').to_owned()]);
}

/// Returns a text without the key.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for key in SECRETS
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
    {
        if !key.is_empty() && text.contains(key) {
            text = without(&text, key).into();
        }
    }
    text
}

fn without(text: &str, key: &str) -> String {
    let is_letter = |it: char| it.is_alphanumeric();
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for (at, _) in text.match_indices(key) {
        let (before, after) = (&text[..at], &text[at + key.len()..]);
        if key.len() >= LONG_KEY || !(before.ends_with(is_letter) || after.starts_with(is_letter)) {
            masked += &text[end..at];
            masked += "[key]";
            end = at + key.len();
        }
    }
    masked + &text[end..]
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

/// The command of this process, for a POSIX shell. It never holds a key.
pub fn command() -> String {
    let words: Vec<String> = env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    // An argument holds no NUL.
    shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default()
}

/// Returns an answer as JSON with the vendor's fields.
pub fn json(answer: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer)
        .map_err(|err| Failure::stopped(format!("the answer could not be printed: {err}")))
}

/// Formats an answer. For people, an empty one is "done", and warnings follow in lines of their own.
pub fn formatted(answer: &Value, output: Format) -> String {
    let warnings: Option<Vec<&str>> = match (output, &answer["warnings"]) {
        (Format::Json, _) => return answer.to_string(),
        (Format::Text, Value::Array(warnings)) => warnings.iter().map(Value::as_str).collect(),
        (Format::Text, _) => None,
    };
    match (answer, warnings) {
        (Value::Null, _) => "done".to_owned(),
        (Value::Object(fields), Some(warnings)) => {
            let mut fields = fields.clone();
            fields.remove("warnings");
            let mut text = lines(&fields.into());
            for warning in warnings {
                text += &format!("\nwarning: {}", harmless(warning));
            }
            text
        }
        _ => lines(answer),
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
    fn warnings_and_an_empty_answer_are_said_in_words() {
        let text = |answer| formatted(&answer, Format::Text);

        assert_eq!(
            text(json!({"id": 1, "warnings": ["a", "b"]})),
            "id  1\nwarning: a\nwarning: b"
        );
        assert_eq!(text(json!({"id": 1, "warnings": []})), "id  1");
        assert_eq!(text(json!({"warnings": [1]})), "warnings  [1]");
        assert_eq!(text(Value::Null), "done");
        assert_eq!(formatted(&Value::Null, Format::Json), "null");
    }

    #[test]
    fn a_key_is_masked_and_a_short_one_only_where_it_stands_alone() {
        let cases = [
            ("key_4711", "akey_4711b key_4711", "a[key]b [key]"),
            (
                "abc",
                "abc: abcd, (abc) xabc abc",
                "[key]: abcd, ([key]) xabc [key]",
            ),
        ];

        for (key, text, expected) in cases {
            assert_eq!(without(text, key), expected, "{key}");
        }
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
