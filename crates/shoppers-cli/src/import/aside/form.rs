//! How a row is written that is set aside.

use serde_json::json;

use crate::output::harmless;

use super::super::{
    layout::{ASIDE, ASIDE_ROW, Layout, MARK},
    source::{Cells, Position, Raw, Unique},
};

/// How a row is written.
#[derive(Clone, Debug)]
pub enum Form {
    Csv {
        delimiter: u8,
        is_marked: bool,
        header: Cells,
    },
    Lines,
}

impl Form {
    pub fn of(layout: &Layout) -> Self {
        match layout {
            Layout::Csv(table) => Self::Csv {
                delimiter: table.delimiter,
                is_marked: table.is_marked,
                header: table.header.clone(),
            },
            Layout::Lines => Self::Lines,
        }
    }

    /// What is written before the first row.
    pub fn head(&self) -> Vec<u8> {
        match self {
            Self::Csv {
                delimiter,
                is_marked,
                header,
            } => {
                let front = ASIDE.iter().map(|name| name.as_bytes());
                let mark = if *is_marked { MARK } else { b"" };
                [mark, &csv(*delimiter, front.chain(header.iter()))].concat()
            }
            Self::Lines => Vec::new(),
        }
    }

    /// A row, with where it is and why it is set aside in front.
    pub fn row(&self, position: Position, code: &str, reason: &str, raw: &Raw) -> Vec<u8> {
        match (self, raw) {
            (Self::Csv { delimiter, .. }, Raw::Cells(cells)) => {
                let line = position.line.to_string();
                let (code, reason) = (inert(code), inert(reason));
                let front = [line.as_bytes(), code.as_bytes(), reason.as_bytes()];
                csv(*delimiter, front.into_iter().chain(cells.iter()))
            }
            (_, Raw::Line(text)) => {
                // What is no JSON, or says a thing twice, is kept as a text.
                let text = String::from_utf8_lossy(text);
                let row = match serde_json::from_str::<Unique>(&text) {
                    Ok(_) => text.into_owned(),
                    Err(_) => json!(text).to_string(),
                };
                let [line, code_is, reason_is] = ASIDE;
                let (code, reason) = (json!(code), json!(reason));
                let front = format!(
                    "\"{line}\":{},\"{code_is}\":{code},\"{reason_is}\":{reason}",
                    position.line
                );
                format!("{{{front},\"{ASIDE_ROW}\":{row}}}\n").into_bytes()
            }
            // A file of one form has no rows of the other.
            (Self::Lines, Raw::Cells(_)) => Vec::new(),
        }
    }
}

/// A vendor's words as a cell in which neither a spreadsheet finds a formula nor a terminal a command. The cells of the row
/// itself stay as they are, so that it can be imported again.
fn inert(words: &str) -> String {
    let shown = harmless(words);
    match shown.starts_with(['=', '+', '-', '@']) {
        true => format!("'{shown}"),
        false => shown,
    }
}

fn csv<'a>(delimiter: u8, cells: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_writer(Vec::new());
    // A Vec takes everything.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const POSITION: Position = Position {
        row: 1,
        line: 2,
        hash: 3,
    };

    pub fn form() -> Form {
        let header = [&b"shopper_ref"[..], b"city"].into_iter().collect();
        Form::Csv {
            delimiter: b';',
            is_marked: false,
            header,
        }
    }

    pub fn cells(cells: &[&str]) -> Raw {
        Raw::Cells(cells.iter().map(|it| it.as_bytes()).collect())
    }

    #[test]
    fn words_of_a_vendor_are_neither_formulas_nor_commands() {
        for (reason, expected) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=a", "\\t=a"),
            ("\r\n\u{1b}[31m", "\\r\\n\\u{1b}[31m"),
            ("a = b", "a = b"),
        ] {
            let row = form().row(POSITION, "a", reason, &cells(&["=A", "\u{1b}"]));

            let expected = format!("2;a;{expected};=A;{}\n", '\u{1b}');
            assert_eq!(String::from_utf8(row).unwrap(), expected);
        }
    }

    #[test]
    fn a_row_is_kept_as_it_was() {
        let cases = [
            (
                form(),
                cells(&["A", "x\ny;\"z\""]),
                "2;invalid;no;A;\"x\ny;\"\"z\"\"\"\n",
            ),
            (form(), cells(&["A"]), "2;invalid;no;A\n"),
            (
                Form::Lines,
                Raw::Line(br#"{"b": 1.50, "a": 2}"#.to_vec()),
                "{\"line\":2,\"code\":\"invalid\",\"reason\":\"no\",\"row\":{\"b\": 1.50, \"a\": 2}}\n",
            ),
            (
                Form::Lines,
                Raw::Line(br#"{"a": "#.to_vec()),
                "{\"line\":2,\"code\":\"invalid\",\"reason\":\"no\",\"row\":\"{\\\"a\\\": \"}\n",
            ),
        ];

        for (form, raw, expected) in cases {
            let row = form.row(POSITION, "invalid", "no", &raw);

            assert_eq!(String::from_utf8(row).unwrap(), expected);
        }
    }
}
