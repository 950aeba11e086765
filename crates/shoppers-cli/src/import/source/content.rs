//! The attributes that a row holds.

use serde_json::Value;

use super::{
    super::{
        names::{Column, Names},
        row::{Cells, RawRow, RowFault},
    },
    layout::{Layout, REJECT_COLUMNS, REJECT_ROW, Table},
};
use crate::{attributes::assemble, json::Unique};

/// The attributes of a row, as JSON without empty values. A fault holds no shopper's data.
pub fn content(row: &RawRow, layout: &Layout, names: &Names) -> Result<Value, RowFault> {
    let value = match (row, layout) {
        (RawRow::Cells(cells), Layout::Csv(table)) => from_cells(cells, table, names)?,
        (RawRow::Line(text), _) => from_line(text, names)?,
        (RawRow::Cells(_), Layout::JsonLines) => {
            return Err(RowFault::new("json", "expected one object"));
        }
    };
    if value.as_object().is_none_or(|it| it.is_empty()) {
        return Err(RowFault::new("empty", "the row has no attribute"));
    }
    Ok(value)
}

fn from_cells(cells: &Cells, table: &Table, names: &Names) -> Result<Value, RowFault> {
    let columns = table.columns.len();
    if cells.len() != columns {
        return Err(RowFault::new(
            "columns",
            format!("{} cells, where the header has {columns}", cells.len()),
        ));
    }
    let mut pairs = Vec::with_capacity(columns);
    for (column, cell) in cells.iter().enumerate() {
        let text = str::from_utf8(cell).map_err(|_| {
            RowFault::new(
                "not_utf8",
                format!("column {}: not UTF-8; save the file as UTF-8", column + 1),
            )
        })?;
        if let Some(attribute) = table.attribute(column)
            && !text.is_empty()
        {
            pairs.push((attribute, flag(attribute, text, names)));
        }
    }
    Ok(assemble(pairs))
}

/// The text of a cell, in lower case if it is a flag as spreadsheets write it: `TRUE`.
fn flag<'a>(attribute: &str, text: &'a str, names: &Names) -> &'a str {
    let flag = ["true", "false"]
        .into_iter()
        .find(|it| it.eq_ignore_ascii_case(text));
    flag.filter(|_| names.attributes.is_flag(attribute))
        .unwrap_or(text)
}

fn from_line(text: &[u8], names: &Names) -> Result<Value, RowFault> {
    let text = str::from_utf8(text)
        .map_err(|_| RowFault::new("not_utf8", "not UTF-8; save the file as UTF-8"))?;
    let Unique(value) = serde_json::from_str(text).map_err(|err| {
        if err.is_data() {
            RowFault::new("invalid", "an object has a name twice")
        } else if err.is_eof() {
            RowFault::new("json", "not JSON: it ends too early")
        } else {
            RowFault::new("json", format!("not JSON: column {}", err.column()))
        }
    })?;
    if !value.is_object() {
        return Err(RowFault::new("json", "expected one object, in braces"));
    }
    let mut found = Found::default();
    found.add("", value, names);
    if let Some(name) = found.duplicate {
        return Err(RowFault::new("invalid", format!("`{name}` is there twice")));
    }
    if !found.unknown.is_empty() {
        return Err(RowFault::new(
            "unknown",
            names.unknown_names(&found.unknown),
        ));
    }
    let pairs = found.pairs.iter();
    Ok(assemble(
        pairs.map(|(name, value)| (name.as_str(), value.clone())),
    ))
}

/// The names in a row of JSON that are not attributes.
pub fn unknown(row: &RawRow, names: &Names) -> Vec<String> {
    let mut found = Found::default();
    if let RawRow::Line(text) = row
        && let Ok(value @ Value::Object(_)) = serde_json::from_slice(text)
    {
        found.add("", value, names);
    }
    found.unknown
}

/// The content of an object.
#[derive(Default)]
struct Found {
    pairs: Vec<(String, Value)>,
    unknown: Vec<String>,
    duplicate: Option<String>,
}

impl Found {
    /// Finds the attribute of each value. Its name may have dots, or be in an object of its own.
    fn add(&mut self, path: &str, value: Value, names: &Names) {
        match (names.column(path), value) {
            (Column::Ignored, _) | (Column::Attribute(_), Value::Null) => {}
            (Column::Attribute(_), Value::String(text)) if text.is_empty() => {}
            (Column::Attribute(name), value) => {
                if self.pairs.iter().any(|(known, _)| *known == name) {
                    self.duplicate = Some(name);
                } else {
                    self.pairs.push((name, value));
                }
            }
            (Column::Unknown, Value::Object(fields)) => {
                for (name, value) in fields {
                    if path.is_empty() {
                        self.add(&name, value, names);
                    } else {
                        self.add(&format!("{path}.{name}"), value, names);
                    }
                }
            }
            (Column::Unknown, _) => self.unknown.push(path.to_owned()),
        }
    }
}

/// The row within a line of a rejects file; any other line as it is.
pub fn unwrapped(text: &[u8]) -> Vec<u8> {
    let inner = || {
        let Unique(Value::Object(mut fields)) = serde_json::from_slice(text).ok()? else {
            return None;
        };
        let is_reject = fields.len() == REJECT_COLUMNS.len() + 1
            && REJECT_COLUMNS.iter().all(|it| fields.contains_key(*it));
        // A row that was not JSON was written as a text.
        match fields.remove(REJECT_ROW).filter(|_| is_reject)? {
            Value::String(text) => Some(text.into_bytes()),
            row => Some(row.to_string().into_bytes()),
        }
    };
    // Only a line that begins so is worth parsing.
    let row = text.starts_with(br#"{"line":"#).then(inner).flatten();
    row.unwrap_or_else(|| text.to_vec())
}
