//! The format of a rejects file: that of the imported file, with three columns in front.

use serde_json::json;

use super::super::{
    row::{Cells, RawRow},
    source::{BOM, Layout, REJECT_COLUMNS, REJECT_ROW},
};
use crate::{json::Unique, output::harmless};

/// The format of a rejects file.
#[derive(Clone, Debug)]
pub enum Format {
    Csv {
        delimiter: u8,
        has_bom: bool,
        header: Cells,
    },
    JsonLines,
}

impl Format {
    pub fn of(layout: &Layout) -> Self {
        match layout {
            Layout::Csv(table) => Self::Csv {
                delimiter: table.delimiter,
                has_bom: table.has_bom,
                header: table.header.clone(),
            },
            Layout::JsonLines => Self::JsonLines,
        }
    }

    /// The text before the first row.
    pub fn head(&self) -> Vec<u8> {
        match self {
            Self::Csv {
                delimiter,
                has_bom,
                header,
            } => {
                let added = REJECT_COLUMNS.iter().map(|name| name.as_bytes());
                let bom = if *has_bom { BOM } else { b"" };
                [bom, &csv(*delimiter, added.chain(header.iter()))].concat()
            }
            Self::JsonLines => Vec::new(),
        }
    }

    /// The bytes that every file of this format begins with.
    pub fn beginning(&self) -> Vec<u8> {
        match self {
            Self::Csv { .. } => self.head(),
            Self::JsonLines => b"{\"line\":".to_vec(),
        }
    }

    /// A row, after its line, the code and the reason.
    pub fn row(&self, line: u64, code: &str, reason: &str, row: &RawRow) -> Vec<u8> {
        match (self, row) {
            (Self::Csv { delimiter, .. }, RawRow::Cells(cells)) => {
                let line = line.to_string();
                let (code, reason) = (inert(code), inert(reason));
                let added = [line.as_bytes(), code.as_bytes(), reason.as_bytes()];
                csv(*delimiter, added.into_iter().chain(cells.iter()))
            }
            (_, RawRow::Line(text)) => {
                let text = String::from_utf8_lossy(text);
                // A row that is not JSON, or has a name twice, is written as a text.
                let row = match serde_json::from_str::<Unique>(&text) {
                    Ok(_) => text.into_owned(),
                    Err(_) => json!(text).to_string(),
                };
                let [line_name, code_name, reason_name] = REJECT_COLUMNS;
                let (code, reason) = (json!(code), json!(reason));
                format!("{{\"{line_name}\":{line},\"{code_name}\":{code},\"{reason_name}\":{reason},\"{REJECT_ROW}\":{row}}}\n")
                    .into_bytes()
            }
            // A file of JSON Lines has no cells.
            (Self::JsonLines, RawRow::Cells(_)) => Vec::new(),
        }
    }
}

/// A vendor's text as a cell that is neither a formula to a spreadsheet nor a command to a terminal. The cells of the row
/// itself stay as they are, so that it can be imported again.
fn inert(text: &str) -> String {
    let shown = harmless(text);
    if shown.starts_with(['=', '+', '-', '@']) {
        format!("'{shown}")
    } else {
        shown
    }
}

fn csv<'a>(delimiter: u8, cells: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(Vec::new());
    // Writing to a Vec does not fail.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format() -> Format {
        Format::Csv {
            delimiter: b';',
            has_bom: false,
            header: Cells::default(),
        }
    }

    fn cells(cells: &[&str]) -> RawRow {
        RawRow::Cells(cells.iter().map(|it| it.as_bytes()).collect())
    }

    #[test]
    fn a_vendors_text_is_neither_a_formula_nor_a_command() {
        for (reason, expected) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=a", "\\t=a"),
            ("\r\n\u{1b}[31m", "\\r\\n\\u{1b}[31m"),
            ("a = b", "a = b"),
        ] {
            let row = format().row(2, "a", reason, &cells(&["=A", "\u{1b}"]));

            let expected = format!("2;a;{expected};=A;{}\n", '\u{1b}');
            assert_eq!(String::from_utf8(row).unwrap(), expected);
        }
    }

    #[test]
    fn a_row_is_written_unchanged() {
        let line = |text: &str| RawRow::Line(text.as_bytes().to_vec());
        let cases = [
            (
                format(),
                cells(&["A", "x\ny;\"z\""]),
                "2;invalid;no;A;\"x\ny;\"\"z\"\"\"\n",
            ),
            (format(), cells(&["A"]), "2;invalid;no;A\n"),
            (
                Format::JsonLines,
                line(r#"{"b": 1.50, "a": 2}"#),
                "{\"line\":2,\"code\":\"invalid\",\"reason\":\"no\",\"row\":{\"b\": 1.50, \"a\": 2}}\n",
            ),
            (
                Format::JsonLines,
                line(r#"{"a": "#),
                "{\"line\":2,\"code\":\"invalid\",\"reason\":\"no\",\"row\":\"{\\\"a\\\": \"}\n",
            ),
        ];

        for (format, row, expected) in cases {
            let row = format.row(2, "invalid", "no", &row);

            assert_eq!(String::from_utf8(row).unwrap(), expected);
        }
    }
}
