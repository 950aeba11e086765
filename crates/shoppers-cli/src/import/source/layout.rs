//! The layout of a file: its format, its delimiter, and its columns.

use std::collections::BTreeMap;

use sha2::Digest;

use super::{
    super::{
        arguments::{Arguments, Format},
        names::{Column, Names},
        row::Cells,
    },
    csv::{first_row, has_first_row},
    error::ReadError,
};
use crate::exit::Failure;

/// The columns in front of the row in a rejects file. A file that begins with them is imported as if they were not there.
pub const REJECT_COLUMNS: [&str; 3] = ["line", "code", "reason"];

/// The name of the row in a rejects file of JSON Lines.
pub const REJECT_ROW: &str = "row";

/// At most this much of a file is read to find its layout, so no header is longer.
pub const BEGINNING: usize = 64 * 1024;

/// The byte order mark of UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// The delimiters that are tried.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// The layout of a file.
pub enum Layout {
    /// A header, and a row for each shopper.
    Csv(Table),
    /// A JSON object in each line.
    JsonLines,
}

/// The columns of CSV.
pub struct Table {
    pub delimiter: u8,
    /// Excel reads a file without a byte order mark as something other than UTF-8.
    pub has_bom: bool,
    /// The names of the columns, without those of a rejects file.
    pub header: Cells,
    /// The number of columns of a rejects file in front.
    pub added: usize,
    pub columns: Vec<Column>,
}

impl Layout {
    /// Finds the layout from the beginning of a file.
    pub fn detect(beginning: &[u8], arguments: &Arguments, names: &Names) -> Result<Self, Failure> {
        let file = arguments.name();
        let failed = |what: String| Failure::usage(format!("{file}: {what}"));
        if beginning.iter().take(1024).any(|&byte| byte == 0) {
            return Err(failed(
                "it contains NUL characters, so it is neither CSV nor JSON Lines; save a spreadsheet as CSV in UTF-8".into(),
            ));
        }
        let text = beginning.strip_prefix(BOM).unwrap_or(beginning);
        let text = text.trim_ascii_start();
        let Some(&first) = text.first() else {
            return Err(failed(
                "the file is empty; export the shoppers again, with a header or as JSON Lines"
                    .into(),
            ));
        };
        if format(arguments, first) == Format::Csv {
            let table = Table::detect(beginning, arguments, names).map_err(failed)?;
            return Ok(Self::Csv(table));
        }
        let line = text.split(|&byte| byte == b'\n').next();
        match line.unwrap_or_default().trim_ascii() {
            [b'[', ..] => Err(failed(
                "it begins with `[`; put each object in a line of its own: jq -c '.[]'".into(),
            )),
            b"{" => Err(failed(
                "its first object spans several lines; put each object in one line: jq -c .".into(),
            )),
            _ => Ok(Self::JsonLines),
        }
    }

    pub fn format(&self) -> Format {
        match self {
            Self::Csv(_) => Format::Csv,
            Self::JsonLines => Format::Jsonl,
        }
    }

    /// A hash of everything that decides how a row is read.
    pub fn settings(&self, names: &Names) -> String {
        let mut digest = names.digest();
        match self {
            Self::Csv(table) => digest.update([b'c', table.delimiter]),
            Self::JsonLines => digest.update(b"l"),
        }
        format!("{:.16x}", digest.finalize())
    }
}

impl Table {
    /// The attribute that a column holds.
    pub fn attribute(&self, column: usize) -> Option<&str> {
        match self.columns.get(column) {
            Some(Column::Attribute(name)) => Some(name),
            _ => None,
        }
    }

    /// Returns `true` if a column holds this attribute.
    pub fn has(&self, attribute: &str) -> bool {
        (0..self.columns.len()).any(|column| self.attribute(column) == Some(attribute))
    }

    fn detect(beginning: &[u8], arguments: &Arguments, names: &Names) -> Result<Self, String> {
        let text = beginning.strip_prefix(BOM).unwrap_or(beginning);
        let delimiter = arguments
            .delimiter
            .unwrap_or_else(|| best_delimiter(text, names));
        if beginning.len() >= BEGINNING && !has_first_row(text, delimiter) {
            return Err(
                "line 1: the header is longer than 64 KiB; check for a quote that is not closed"
                    .into(),
            );
        }
        let row = first_row(text, delimiter).map_err(|err| match err {
            ReadError::OpenQuote { line } => {
                format!("line {line}: the header does not end; close its quote")
            }
            err => err.to_string(),
        })?;
        let row = row.unwrap_or_default();
        let theirs =
            column_names(&row).ok_or("line 1: the header is not UTF-8; save the file as UTF-8")?;
        let is_rejects = theirs.starts_with(&REJECT_COLUMNS.map(str::to_owned))
            && REJECT_COLUMNS
                .iter()
                .all(|it| names.column(it) == Column::Unknown);
        let added = if is_rejects { REJECT_COLUMNS.len() } else { 0 };
        let theirs = &theirs[added..];
        let columns: Vec<Column> = theirs.iter().map(|name| names.column(name)).collect();
        check(theirs, &columns, delimiter, names)?;
        Ok(Self {
            delimiter,
            has_bom: beginning.starts_with(BOM),
            header: row.iter().skip(added).collect(),
            added,
            columns,
        })
    }
}

/// Returns `true` if this beginning of a file shows its layout, as its first row is whole.
pub fn is_enough(beginning: &[u8], arguments: &Arguments) -> bool {
    let text = beginning.strip_prefix(BOM).unwrap_or(beginning);
    let text = text.trim_ascii_start();
    let Some(&first) = text.first() else {
        return false;
    };
    match (format(arguments, first), arguments.delimiter) {
        (Format::Jsonl, _) => text.contains(&b'\n'),
        (Format::Csv, Some(delimiter)) => has_first_row(text, delimiter),
        (Format::Csv, None) => DELIMITERS.iter().all(|it| has_first_row(text, *it)),
    }
}

fn format(arguments: &Arguments, first: u8) -> Format {
    let ending = arguments.file.extension().and_then(|it| it.to_str());
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    arguments.format.unwrap_or(match ending.as_str() {
        "csv" | "tsv" => Format::Csv,
        "jsonl" | "ndjson" => Format::Jsonl,
        _ if matches!(first, b'{' | b'[') => Format::Jsonl,
        _ => Format::Csv,
    })
}

/// The delimiter that makes most names of the header known, or else the one that makes most names.
fn best_delimiter(text: &[u8], names: &Names) -> u8 {
    let fit = |delimiter: u8| {
        let row = first_row(text, delimiter).ok().flatten();
        let theirs = row.as_ref().and_then(column_names).unwrap_or_default();
        let known = theirs
            .iter()
            .filter(|name| names.column(name) != Column::Unknown);
        (known.count(), theirs.len())
    };
    // Reversed, as `max_by_key` takes the last of equals.
    let delimiters = DELIMITERS.into_iter().rev();
    delimiters
        .max_by_key(|&delimiter| fit(delimiter))
        .unwrap_or(b',')
}

fn column_names(row: &Cells) -> Option<Vec<String>> {
    row.iter()
        .map(|cell| {
            let name = str::from_utf8(cell).ok()?;
            // Files that were joined have byte order marks within.
            let name = name.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
            Some(name.to_owned())
        })
        .collect()
}

/// Refuses columns that are unknown, or hold the same attribute.
fn check(
    theirs: &[String],
    columns: &[Column],
    delimiter: u8,
    names: &Names,
) -> Result<(), String> {
    let is_attribute = |it: &Column| matches!(it, Column::Attribute(_));
    if !columns.iter().any(is_attribute) && !is_header(theirs, names) {
        return Err(no_attributes(theirs, delimiter));
    }
    let unknown: Vec<(usize, &str)> = (1..)
        .zip(theirs)
        .zip(columns)
        .filter(|((_, name), column)| **column == Column::Unknown && !name.is_empty())
        .map(|((number, name), _)| (number, name.as_str()))
        .collect();
    if !unknown.is_empty() {
        return Err(format!("line 1: {}", names.unknown_columns(&unknown)));
    }
    if let Some(index) = columns.iter().position(|it| *it == Column::Unknown) {
        return Err(format!(
            "line 1: column {} has no name; name it, or leave it out with --ignore-column ''",
            index + 1
        ));
    }
    if let Some(name) = names.missing(theirs) {
        return Err(format!(
            "line 1: there is no column `{name}`; correct --map or --ignore-column"
        ));
    }
    let mut seen = BTreeMap::new();
    for (number, column) in (1..).zip(columns) {
        if let Column::Attribute(ours) = column
            && let Some(other) = seen.insert(ours, number)
        {
            return Err(format!(
                "line 1: columns {other} and {number} both hold `{ours}`; rename one, or leave it out with --ignore-column"
            ));
        }
    }
    Ok(())
}

/// The message about a first line in which no attribute was found.
fn no_attributes(theirs: &[String], delimiter: u8) -> String {
    let remedy =
        "add a header that names the columns, or name a column's attribute with --map THEIRS=OURS";
    let [one] = theirs else {
        return format!(
            "line 1: none of its {} columns is an attribute; {remedy}",
            theirs.len()
        );
    };
    let other = DELIMITERS
        .into_iter()
        .find(|&it| one.contains(char::from(it)));
    match other {
        Some(other) => format!(
            "line 1: one column, which is no attribute and holds {}; the delimiter was taken to be {}: give the right one with --delimiter",
            shown(other),
            shown(delimiter),
        ),
        None => format!("line 1: one column, which is no attribute; {remedy}"),
    }
}

/// Returns `true` if at least half of the names are attributes in another spelling, and so names of columns.
fn is_header(theirs: &[String], names: &Names) -> bool {
    let rewritten = theirs
        .iter()
        .filter(|name| names.attributes.is_rewritten(name));
    rewritten.count() * 2 >= theirs.len()
}

fn shown(delimiter: u8) -> String {
    if delimiter == b'\t' {
        "a tab".to_owned()
    } else {
        format!("`{}`", char::from(delimiter))
    }
}
