//! What a row says of a shopper.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    super::{
        layout::{ASIDE, ASIDE_ROW, Layout, Table},
        names::{Names, Place},
    },
    Cells, Raw,
    json::{TWICE, Unique},
};
use crate::attributes::assemble;

/// Why a row cannot be sent. Nothing of a shopper is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of fault, in a word.
    pub code: Cow<'static, str>,
    /// The attribute or the name at fault, if it is one alone.
    pub attribute: Option<String>,
    pub reason: String,
}

impl Fault {
    pub fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            attribute: None,
            reason: reason.into(),
        }
    }
}

/// The attributes of a row, as JSON. What is empty is left out.
pub fn content(raw: &Raw, layout: &Layout, names: &Names) -> Result<Value, Fault> {
    let value = match (raw, layout) {
        (Raw::Cells(cells), Layout::Csv(table)) => of_cells(cells, table, names)?,
        (Raw::Line(text), _) => of_line(text, names)?,
        (Raw::Cells(_), Layout::Lines) => return Err(Fault::new("json", "expected one object")),
    };
    match value.as_object().is_none_or(|it| it.is_empty()) {
        true => Err(Fault::new("empty", "nothing is said of the shopper")),
        false => Ok(value),
    }
}

fn of_cells(cells: &Cells, table: &Table, names: &Names) -> Result<Value, Fault> {
    let columns = table.places.len();
    if cells.len() != columns {
        return Err(Fault::new(
            "columns",
            format!("{} cells, where the header has {columns}", cells.len()),
        ));
    }
    let mut pairs = Vec::with_capacity(columns);
    for (column, cell) in cells.iter().enumerate() {
        let text = str::from_utf8(cell).map_err(|_| Fault {
            attribute: table.attribute(column).map(str::to_owned),
            ..Fault::new("not_utf8", format!("column {}: not UTF-8", column + 1))
        })?;
        if let Some(attribute) = table.attribute(column)
            && !text.is_empty()
        {
            pairs.push((attribute, flag(attribute, text, names)));
        }
    }
    Ok(assemble(pairs))
}

/// The text of a cell, in lower case if it is a flag that a spreadsheet has written, such as `TRUE`.
fn flag<'a>(attribute: &str, text: &'a str, names: &Names) -> &'a str {
    let written = ["true", "false"].into_iter();
    let mut meant = written.filter(|it| it.eq_ignore_ascii_case(text));
    match meant.next() {
        Some(flag) if names.attributes.is_flag(attribute) => flag,
        _ => text,
    }
}

fn of_line(text: &[u8], names: &Names) -> Result<Value, Fault> {
    let text = str::from_utf8(text).map_err(|_| Fault::new("not_utf8", "not UTF-8"))?;
    let Unique(value) = serde_json::from_str(text).map_err(|err| {
        if err.is_data() {
            return Fault::new("invalid", TWICE);
        }
        let at = match err.is_eof() {
            true => "it ends too early".to_owned(),
            false => format!("column {}", err.column()),
        };
        Fault::new("json", format!("not JSON: {at}"))
    })?;
    if !value.is_object() {
        return Err(Fault::new("json", "expected one object, in braces"));
    }
    let mut found = Found::default();
    found.place("", value, names);
    if let Some(name) = found.twice {
        return Err(Fault {
            reason: format!("`{name}` is given twice"),
            attribute: Some(name),
            ..Fault::new("invalid", "")
        });
    }
    if !found.unknown.is_empty() {
        return Err(Fault::new("unknown", names.unknown_names(&found.unknown)));
    }
    let pairs = found.pairs.iter();
    Ok(assemble(
        pairs.map(|(name, value)| (name.as_str(), value.clone())),
    ))
}

/// The names of a row of JSON that are not attributes.
pub fn unknown(raw: &Raw, names: &Names) -> Vec<String> {
    let mut found = Found::default();
    if let Raw::Line(text) = raw
        && let Ok(value @ Value::Object(_)) = serde_json::from_slice(text)
    {
        found.place("", value, names);
    }
    found.unknown
}

/// What is in an object.
#[derive(Default)]
struct Found {
    pairs: Vec<(String, Value)>,
    unknown: Vec<String>,
    twice: Option<String>,
}

impl Found {
    /// Finds the place of each value, whether its name has dots or it is within an object.
    fn place(&mut self, path: &str, value: Value, names: &Names) {
        match (names.place(path), value) {
            (Place::Ignored, _) | (Place::Attribute(_), Value::Null) => {}
            (Place::Attribute(_), Value::String(text)) if text.is_empty() => {}
            (Place::Attribute(name), value) => {
                if self.pairs.iter().any(|(known, _)| *known == name) {
                    self.twice = Some(name);
                } else {
                    self.pairs.push((name, value));
                }
            }
            (Place::Unknown, Value::Object(fields)) => {
                for (name, value) in fields {
                    let path = match path {
                        "" => name,
                        _ => format!("{path}.{name}"),
                    };
                    self.place(&path, value, names);
                }
            }
            (Place::Unknown, _) => self.unknown.push(path.to_owned()),
        }
    }
}

/// The row within one that was set aside.
pub fn unwrapped(text: &[u8]) -> Vec<u8> {
    let inner = || {
        let Unique(value) = serde_json::from_slice(text).ok()?;
        let Value::Object(mut fields) = value else {
            return None;
        };
        let is_ours =
            fields.len() == ASIDE.len() + 1 && ASIDE.iter().all(|name| fields.contains_key(*name));
        // What was no JSON was put into a text.
        match fields.remove(ASIDE_ROW).filter(|_| is_ours)? {
            Value::String(text) => Some(text.into_bytes()),
            row => Some(row.to_string().into_bytes()),
        }
    };
    match text.starts_with(br#"{"line":"#) {
        true => inner().unwrap_or_else(|| text.to_vec()),
        false => text.to_vec(),
    }
}
