//! How answers are printed.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, ErrorKind, Write as _},
    sync::OnceLock,
};

use serde::Serialize;
use serde_json::Value;

use crate::exit::Failure;

/// For whom an answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// The key of this process, and the same within a JSON string.
static KEY: OnceLock<[String; 2]> = OnceLock::new();

/// Anything shorter is no key, and is found in words.
const SHORTEST_KEY: usize = 8;

/// Keeps a key out of everything that is printed or written from now on, as a vendor may repeat it.
pub fn mask(key: &str) {
    let quoted = Value::from(key).to_string();
    // A process has one key, and the first is as good as the second.
    let _ = KEY.set([key.to_owned(), quoted.trim_matches('"').to_owned()]);
}

/// A text without the key.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for key in KEY.get().into_iter().flatten() {
        if key.len() >= SHORTEST_KEY && text.contains(key) {
            text = text.replace(key, "[key]").into();
        }
    }
    text
}

/// Prints a text and the end of its line on stdout. A reader that has gone, as `head` does, has had enough.
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

/// Says something on stderr that is no part of the answer.
pub fn note(text: &str) {
    // Without a stderr there is nobody to tell.
    let _ = writeln!(io::stderr(), "{}", masked(text));
}

/// So many rows, in words.
pub fn counted(rows: u64) -> String {
    match rows {
        1 => "1 row".to_owned(),
        _ => format!("{rows} rows"),
    }
}

/// An answer as the vendor's fields.
pub fn json(answer: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer)
        .map_err(|err| Failure::stopped(format!("the answer could not be printed: {err}")))
}

/// JSON for people: a line `name: value` for each leaf, and an empty line between the items of a list.
pub fn lines(value: &Value) -> String {
    if let Value::Array(items) = value {
        return items.iter().map(lines).collect::<Vec<_>>().join("\n\n");
    }
    let mut leaves = Vec::new();
    collect(value, String::new(), &mut leaves);
    let width = leaves.iter().map(|(name, _)| name.len()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for (name, value) in leaves {
        let gap = match text.is_empty() {
            true => "",
            false => "\n",
        };
        // Writing to a String does not fail.
        let _ = match name.is_empty() {
            true => write!(text, "{gap}{value}"),
            false => write!(text, "{gap}{name:width$}  {value}"),
        };
    }
    text
}

/// A vendor's text as a terminal may have it: what would move its cursor is written out.
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_control() {
            true => shown.extend(letter.escape_default()),
            false => shown.push(letter),
        }
    }
    shown
}

fn collect(value: &Value, path: String, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let name = harmless(name);
                let path = match path.as_str() {
                    "" => name,
                    path => format!("{path}.{name}"),
                };
                collect(value, path, leaves);
            }
        }
        Value::String(text) => leaves.push((path, harmless(text))),
        other => leaves.push((path, harmless(&other.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_a_line_for_each_leaf() {
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
    fn a_terminal_gets_no_commands_from_a_vendor() {
        let value = json!({"na\u{1b}me": "red \u{1b}[31m\r\nnot a line\u{9b}", "list": ["\u{7f}"]});

        let shown = lines(&value);

        assert_eq!(shown.lines().count(), 2, "{shown}");
        assert!(
            !shown.replace('\n', "").contains(char::is_control),
            "{shown}"
        );
    }
}
