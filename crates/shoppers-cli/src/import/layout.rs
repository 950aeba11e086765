//! How a file is laid out: its format, its delimiter, and what its columns are for.

use std::collections::BTreeMap;

use sha2::Digest;

use super::{
    arguments::{Arguments, Format},
    names::{Names, Place},
    source::{BEGINNING, Broken, Cells, first_row, has_first_row},
};
use crate::exit::Failure;

/// What stands in front of the cells of a row that was set aside. A file that begins so is imported as if they were not
/// there.
pub const ASIDE: [&str; 3] = ["line", "code", "reason"];

/// Where JSON Lines has the row that was set aside.
pub const ASIDE_ROW: &str = "row";

/// The delimiters that are tried.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// What UTF-8 may begin with.
pub const MARK: &[u8] = b"\xef\xbb\xbf";

/// How a file is laid out.
pub enum Layout {
    /// A header, and a row for each shopper.
    Csv(Table),
    /// A JSON object in each line.
    Lines,
}

/// The columns of CSV.
pub struct Table {
    pub delimiter: u8,
    /// Whether the file begins with a mark of UTF-8, without which Excel reads it as something else.
    pub is_marked: bool,
    /// Their names, without those that this program has put in front.
    pub header: Cells,
    /// How many columns this program has put in front.
    pub added: usize,
    /// What the others are for.
    pub places: Vec<Place>,
}

impl Layout {
    /// Finds out from the beginning of a file how it is laid out.
    pub fn detect(beginning: &[u8], arguments: &Arguments, names: &Names) -> Result<Self, Failure> {
        let file = arguments.name();
        let failed = |what: String| Failure::usage(format!("{file}: {what}"));
        if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
            return Err(failed(
                "UTF-16; save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8".into(),
            ));
        }
        if beginning.iter().take(1024).any(|&byte| byte == 0) {
            return Err(failed(
                "it holds zero bytes, so it is neither CSV nor JSON Lines; if it is UTF-16, save it as UTF-8".into(),
            ));
        }
        let text = beginning.strip_prefix(MARK).unwrap_or(beginning);
        let first = text.trim_ascii_start().first().copied();
        let Some(first) = first else {
            return Err(failed("it is empty".into()));
        };
        match format(arguments, first) {
            Format::Csv => Table::detect(beginning, arguments, names)
                .map(Self::Csv)
                .map_err(failed),
            Format::Jsonl => {
                let line = text.trim_ascii_start().split(|&byte| byte == b'\n').next();
                match line.unwrap_or_default().trim_ascii() {
                    [b'[', ..] => Err(failed(
                        "it begins with `[`; JSON Lines has one object in each line: jq -c '.[]'".into(),
                    )),
                    b"{" => Err(failed(
                        "its first object goes over several lines; JSON Lines has one in each line: jq -c .".into(),
                    )),
                    _ => Ok(Self::Lines),
                }
            }
        }
    }

    pub fn format(&self) -> Format {
        match self {
            Self::Csv(_) => Format::Csv,
            Self::Lines => Format::Jsonl,
        }
    }

    /// A mark of all that decides what is made of a row.
    pub fn mark(&self, names: &Names) -> String {
        let mut digest = names.digest();
        match self {
            Self::Csv(table) => digest.update([b'c', table.delimiter]),
            Self::Lines => digest.update(b"l"),
        }
        super::hex(&digest.finalize()[..8])
    }
}

impl Table {
    /// The attribute that this column holds.
    pub fn attribute(&self, column: usize) -> Option<&str> {
        match self.places.get(column) {
            Some(Place::Attribute(name)) => Some(name),
            _ => None,
        }
    }

    /// Whether a column holds this attribute.
    pub fn has(&self, attribute: &str) -> bool {
        (0..self.places.len()).any(|column| self.attribute(column) == Some(attribute))
    }

    fn detect(beginning: &[u8], arguments: &Arguments, names: &Names) -> Result<Self, String> {
        let text = beginning.strip_prefix(MARK).unwrap_or(beginning);
        let delimiter = match arguments.delimiter {
            Some(delimiter) => delimiter,
            None => fitting(text, names),
        };
        if beginning.len() >= BEGINNING && !has_first_row(text, delimiter) {
            return Err(
                "line 1: the header does not end within 64 KiB; is a quote left open?".into(),
            );
        }
        let row = first_row(text, delimiter).map_err(|err| match err {
            // What was looked at may end within the header.
            Broken::OpenQuote { line } => {
                format!("line {line}: the header does not end; is a quote left open?")
            }
            err => err.to_string(),
        })?;
        let row = row.ok_or("it is empty")?;
        let theirs =
            named(&row).ok_or("line 1: the header is not UTF-8; save the file as UTF-8")?;
        let added = match theirs.get(..ASIDE.len()) {
            Some(front)
                if front == ASIDE && front.iter().all(|it| names.place(it) == Place::Unknown) =>
            {
                ASIDE.len()
            }
            _ => 0,
        };
        let theirs = &theirs[added..];
        let places: Vec<Place> = theirs.iter().map(|name| names.place(name)).collect();
        check(theirs, &places, delimiter, names)?;
        Ok(Self {
            delimiter,
            is_marked: beginning.starts_with(MARK),
            header: row.iter().skip(added).collect(),
            added,
            places,
        })
    }
}

/// Returns `true` if this beginning of a file is enough to find out how it is laid out, as its first row is whole.
pub fn is_enough(beginning: &[u8], arguments: &Arguments) -> bool {
    let text = beginning.strip_prefix(MARK).unwrap_or(beginning);
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

/// The delimiter with which most of the header's names are known, or else the one that parts it most.
fn fitting(text: &[u8], names: &Names) -> u8 {
    let fit = |delimiter: u8| {
        let row = first_row(text, delimiter).ok().flatten();
        let theirs = row.as_ref().and_then(named).unwrap_or_default();
        let known = theirs
            .iter()
            .filter(|name| names.place(name) != Place::Unknown);
        (known.count(), theirs.len())
    };
    // The first of equals, as `max_by_key` takes the last.
    let best = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| fit(delimiter));
    best.unwrap_or(b',')
}

fn named(row: &Cells) -> Option<Vec<String>> {
    row.iter()
        .map(|cell| {
            let name = str::from_utf8(cell).ok()?;
            // Files that were put together have marks of UTF-8 within.
            let name = name.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
            Some(name.to_owned())
        })
        .collect()
}

/// Refuses columns that nobody knows, or that say the same thing twice.
fn check(theirs: &[String], places: &[Place], delimiter: u8, names: &Names) -> Result<(), String> {
    let is_known = places
        .iter()
        .any(|place| matches!(place, Place::Attribute(_)));
    if !is_known && !is_header(theirs, names) {
        let remedy = "is the header missing? The first line has to name the columns; name the attribute of a column with --map THEIRS=OURS";
        return Err(match theirs {
            [one] => match DELIMITERS
                .into_iter()
                .find(|&it| one.contains(char::from(it)))
            {
                Some(other) => format!(
                    "line 1: one column, which is no attribute and holds {}; is the delimiter wrong? It was taken to be {}: see --delimiter",
                    shown(other),
                    shown(delimiter),
                ),
                None => format!("line 1: one column, which is no attribute; {remedy}"),
            },
            _ => format!(
                "line 1: none of its {} columns is an attribute; {remedy}",
                theirs.len()
            ),
        });
    }
    let columns = (1..).zip(theirs).zip(places);
    let unknown: Vec<(usize, &str)> = columns
        .filter(|((_, name), place)| **place == Place::Unknown && !name.is_empty())
        .map(|((column, name), _)| (column, name.as_str()))
        .collect();
    if !unknown.is_empty() {
        return Err(format!("line 1: {}", names.unknown_columns(&unknown)));
    }
    if let Some(column) = places.iter().position(|place| *place == Place::Unknown) {
        return Err(format!(
            "line 1: column {} has no name; give it one, or leave it out with --ignore-column ''",
            column + 1
        ));
    }
    let missing = names.missing(theirs);
    if let Some(name) = missing.first() {
        return Err(format!(
            "line 1: there is no column `{name}`, which --map or --ignore-column names"
        ));
    }
    let mut seen = BTreeMap::new();
    for (column, place) in (1..).zip(places) {
        if let Place::Attribute(ours) = place
            && let Some(other) = seen.insert(ours, column)
        {
            return Err(format!(
                "line 1: columns {other} and {column} both hold `{ours}`; rename one, or leave it out with --ignore-column"
            ));
        }
    }
    Ok(())
}

/// Returns `true` if at least half of these are attributes, written otherwise: then they are the names of columns.
fn is_header(theirs: &[String], names: &Names) -> bool {
    let rewritten = theirs
        .iter()
        .filter(|name| names.attributes.is_rewritten(name));
    rewritten.count() * 2 >= theirs.len()
}

fn shown(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "a tab".to_owned(),
        _ => format!("`{}`", char::from(delimiter)),
    }
}
