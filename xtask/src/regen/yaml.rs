//! Writes YAML as the vendor's own tool does.
//!
//! BSPK's document comes out of js-yaml: two spaces, texts folded at 80 columns, single quotes where a plain text would
//! be read as something else. What is written the same way makes a diff that shows what changed and nothing else. The
//! rules are those of js-yaml 4, `lib/dumper.js`; that the vendor's document comes out byte for byte is tested below.

use super::node::Node;

const WIDTH: usize = 80;

/// The document as text.
pub fn write(document: &Node) -> String {
    let mut out = String::new();
    node(&mut out, document, 0, Before::Start);
    out.push('\n');
    out
}

/// The text before a value.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, or the dash of a list: a map begins on this line.
    Start,
    /// A key and its colon.
    Key,
}

fn node(out: &mut String, value: &Node, level: usize, before: Before) {
    match value {
        Node::Map(entries) if !entries.is_empty() => {
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 || before == Before::Key {
                    line(out, level);
                }
                out.push_str(&scalar(key, level, Place::Key));
                out.push(':');
                match value {
                    Node::Map(entries) if !entries.is_empty() => {}
                    Node::List(items) if !items.is_empty() => {}
                    _ => out.push(' '),
                }
                node(out, value, level + 1, Before::Key);
            }
        }
        Node::List(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 || before == Before::Key {
                    line(out, level);
                }
                out.push_str("- ");
                node(out, item, level + 1, Before::Start);
            }
        }
        Node::Map(_) => out.push_str("{}"),
        Node::List(_) => out.push_str("[]"),
        Node::Null => out.push_str("null"),
        Node::Bool(it) => out.push_str(if *it { "true" } else { "false" }),
        Node::Number(it) => out.push_str(&it.to_string()),
        Node::Text(text) => out.push_str(&scalar(text, level, Place::Value)),
    }
}

fn line(out: &mut String, level: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(level));
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// On one line, whatever its length.
    Key,
    Value,
}

/// A text in the first style that can hold it: plain, quoted, literal, folded, escaped.
fn scalar(text: &str, level: usize, place: Place) -> String {
    let indent = 2 * level.max(1);
    let width = WIDTH.saturating_sub(indent).max(40);
    if text.is_empty() {
        return "''".to_owned();
    }
    // js-yaml folds a line that begins with a tab, and reads it back otherwise.
    let has_tab = text.split('\n').any(|it| it.starts_with('\t'));
    if text.chars().any(|it| !is_printable(it))
        || has_tab
        || (place == Place::Key && text.contains('\n'))
    {
        // A JSON string is a double-quoted text of YAML.
        return serde_json::Value::from(text).to_string();
    }
    let foldable = place == Place::Value
        && text
            .split('\n')
            .any(|it| it.chars().count() > width && !it.starts_with(' '));
    if !text.contains('\n') && !foldable {
        return if is_plain(text) {
            text.to_owned()
        } else {
            format!("'{}'", text.replace('\'', "''"))
        };
    }
    let indicator = if text.trim_start_matches('\n').starts_with(' ') {
        "2"
    } else {
        ""
    };
    let chomp = match text {
        _ if text.ends_with("\n\n") || text == "\n" => "+",
        _ if text.ends_with('\n') => "",
        _ => "-",
    };
    let (sign, body) = if foldable {
        ('>', fold(text, width))
    } else {
        ('|', text.to_owned())
    };
    let body = body.strip_suffix('\n').unwrap_or(&body);
    let margin = " ".repeat(indent);
    let mut block = format!("{sign}{indicator}{chomp}");
    for line in body.split('\n') {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(&margin);
            block.push_str(line);
        }
    }
    block
}

fn is_printable(it: char) -> bool {
    it == '\n'
        || it == '\t'
        || (!it.is_control() && !matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

/// Returns `true` if a text can stand without quotes and is read as a text again.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let last = text.chars().next_back().unwrap_or(' ');
    let opens = " \t-?:,[]{}#&*!|=>'\"%@`";
    if opens.contains(first) || matches!(last, ' ' | '\t' | ':') || reads_as_other(text) {
        return false;
    }
    let mut before = ' ';
    text.chars().all(|it| {
        let fits = match it {
            '#' => !before.is_whitespace(),
            ' ' | '\t' => before != ':',
            _ => true,
        };
        before = it;
        fits
    })
}

/// Returns `true` if some reader of YAML 1.1 or 1.2 takes the text for a boolean, a number, a date or nothing.
fn reads_as_other(text: &str) -> bool {
    let words = [
        "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", ".nan", ".inf",
        "-.inf", "+.inf",
    ];
    if words.contains(&text.to_ascii_lowercase().as_str()) {
        return true;
    }
    let digits = text.trim_start_matches(['+', '-']).replace('_', "");
    let number = digits.starts_with(|it: char| it.is_ascii_digit() || it == '.')
        && (digits.parse::<f64>().is_ok()
            || ["0x", "0o", "0b"].iter().any(|it| {
                digits
                    .strip_prefix(it)
                    .is_some_and(|it| it.chars().all(|it| it.is_ascii_hexdigit()))
            }));
    // js-yaml quotes what YAML 1.1 read to the base of sixty: 12:30.
    let sixty = digits.contains(':')
        && digits
            .split(':')
            .all(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit()));
    number || sixty || is_date(text)
}

/// `2026-03-11`, with or without a time behind it.
fn is_date(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('-') else {
        return false;
    };
    let Some((month, rest)) = rest.split_once('-') else {
        return false;
    };
    let day: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let behind = &rest[day.len()..];
    let digits = |it: &str| it.chars().all(|it| it.is_ascii_digit());
    let date = year.len() == 4 && digits(year) && digits(month);
    let time = behind.starts_with(['T', 't', ' ', '\t']) && behind.contains(':');
    date && (1..=2).contains(&month.len())
        && (1..=2).contains(&day.len())
        && (time || (behind.is_empty() && month.len() == 2 && day.len() == 2))
}

/// Breaks lines at single spaces, so that folding them again gives the text back.
fn fold(text: &str, width: usize) -> String {
    let end = text.find('\n').unwrap_or(text.len());
    let (first, mut rest) = text.split_at(end);
    let mut out = fold_line(first, width);
    let mut indented_before = text.starts_with(['\n', ' ']);
    while !rest.is_empty() {
        let breaks = rest.len() - rest.trim_start_matches('\n').len();
        let (prefix, behind) = rest.split_at(breaks);
        let end = behind.find('\n').unwrap_or(behind.len());
        let (line, next) = behind.split_at(end);
        let indented = line.starts_with(' ');
        out.push_str(prefix);
        if !indented_before && !indented && !line.is_empty() {
            out.push('\n');
        }
        out.push_str(&fold_line(line, width));
        indented_before = indented;
        rest = next;
    }
    out
}

fn fold_line(line: &str, width: usize) -> String {
    if line.starts_with(' ') {
        return line.to_owned();
    }
    let letters: Vec<char> = line.chars().collect();
    let mut lines = Vec::new();
    let (mut start, mut last) = (0, 0);
    for at in 0..letters.len() {
        if letters[at] != ' ' || letters.get(at + 1).is_none_or(|it| it.is_whitespace()) {
            continue;
        }
        if at - start > width {
            let end = if last > start { last } else { at };
            lines.push((start, end));
            start = end + 1;
        }
        last = at;
    }
    if letters.len() - start > width && last > start {
        lines.push((start, last));
        start = last + 1;
    }
    lines.push((start, letters.len()));
    let lines = lines
        .into_iter()
        .map(|(start, end)| letters[start..end].iter().collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use crate::generation::yaml::read;

    use super::*;

    fn written(text: &str) -> String {
        write(&read(text).unwrap())
    }

    #[test]
    fn the_vendors_document_comes_out_as_it_is() {
        let text = include_str!("../../../specs/bspk/upsert_shopper.yaml");
        // The block of the page ends in an empty line.
        let text = format!("{}\n", text.trim_end());

        assert_eq!(written(&text), text);
    }

    #[test]
    fn a_text_is_written_as_js_yaml_writes_it() {
        let cases = [
            (r#"{a: "1"}"#, "a: '1'\n"),
            (r#"{a: "01/05/2022"}"#, "a: 01/05/2022\n"),
            (r#"{a: "1.0.0"}"#, "a: 1.0.0\n"),
            (r#"{a: "1.1"}"#, "a: '1.1'\n"),
            (r#"{a: "1982-02-22"}"#, "a: '1982-02-22'\n"),
            (
                r#"{a: "2026-03-11T18:34:54.882Z"}"#,
                "a: '2026-03-11T18:34:54.882Z'\n",
            ),
            (r#"{a: "12:30"}"#, "a: '12:30'\n"),
            (r#"{a: "true"}"#, "a: 'true'\n"),
            (r#"{a: "No"}"#, "a: 'No'\n"),
            (r#"{a: "it's"}"#, "a: it's\n"),
            (r#"{a: "a: b"}"#, "a: 'a: b'\n"),
            (r#"{a: "a:b"}"#, "a: a:b\n"),
            (r#"{a: "a #b"}"#, "a: 'a #b'\n"),
            (r#"{a: "- b"}"#, "a: '- b'\n"),
            (r#"{a: "+15551234567"}"#, "a: '+15551234567'\n"),
            (r#"{a: ""}"#, "a: ''\n"),
            (r#"{a: "b\u0007"}"#, "a: \"b\\u0007\"\n"),
            (r#"{a: "b\nc"}"#, "a: |-\n  b\n  c\n"),
            (r#"{a: "b\nc\n"}"#, "a: |\n  b\n  c\n"),
            (r#"{a: "b\n\n"}"#, "a: |+\n  b\n\n"),
            (r#"{a: " b\nc"}"#, "a: |2-\n   b\n  c\n"),
            (
                r#"{a: [], b: {}, c: null, d: [{e: 1, f: [2]}, [3]]}"#,
                "a: []\nb: {}\nc: null\nd:\n  - e: 1\n    f:\n      - 2\n  - - 3\n",
            ),
            (r#"{"200": {"/a/{id}": true}}"#, "'200':\n  /a/{id}: true\n"),
        ];

        for (given, expected) in cases {
            assert_eq!(written(given), expected);
        }
    }

    #[test]
    fn whatever_is_written_is_read_back() {
        let words = [
            "a",
            "bcd",
            " ",
            "  ",
            "\n",
            "\n\n",
            "long-long-long-word",
            "x:",
            "'",
            "#",
            "\"",
            "\t",
            "é",
            "-",
        ];
        let mut seed = 7_u64;
        for _ in 0..4000 {
            let mut text = String::new();
            for _ in 0..(seed >> 33) % 40 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(words[(seed >> 33) as usize % words.len()]);
            }
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let document = Node::Map(vec![("key".to_owned(), Node::Text(text))]);

            let read = read(&write(&document)).unwrap();

            assert_eq!(read, document);
        }
    }
}
