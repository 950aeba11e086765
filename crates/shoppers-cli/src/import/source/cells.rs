//! CSV, a row at a time, within bounds.

use std::io::{self, BufRead};

use csv_core::ReadRecordResult;

use super::Broken;

/// The cells of one row, as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// Reads CSV. The reader of the `csv` crate would hide where a row begins behind an empty line, and that a quote was
/// left open at the end.
pub struct Csv<R> {
    input: R,
    parser: csv_core::Reader,
    /// The next line, from 1.
    line: u64,
    /// The last line ended with CR, so an LF that follows belongs to its end.
    is_after_cr: bool,
    cells: Cells,
}

impl Cells {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes all of them have.
    pub fn bytes(&self) -> usize {
        self.bytes.len() + size_of_val(&self.ends[..])
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, &end)| self.bytes.get(start..end).unwrap_or_default())
    }
}

impl<'a> FromIterator<&'a [u8]> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a [u8]>>(cells: I) -> Self {
        let mut made = Self::default();
        for cell in cells {
            made.bytes.extend_from_slice(cell);
            made.ends.push(made.bytes.len());
        }
        made
    }
}

impl<R: BufRead> Csv<R> {
    pub fn new(input: R, delimiter: u8) -> Self {
        Self {
            input,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            line: 1,
            is_after_cr: false,
            cells: Cells::default(),
        }
    }

    /// The next row that is not an empty line, and the line that it begins in.
    pub fn next(&mut self) -> Result<Option<(u64, &Cells)>, Broken> {
        if !self.skip_empty_lines()? {
            return Ok(None);
        }
        let line = self.line;
        let Cells { bytes, ends } = &mut self.cells;
        bytes.resize(bytes.capacity().max(1024), 0);
        ends.resize(ends.capacity().max(64), 0);
        let (mut length, mut filled, mut parted) = (0, 0, 0);
        loop {
            let buffer = self
                .input
                .fill_buf()
                .map_err(|err| Broken::input(line, err))?;
            let is_over = buffer.is_empty();
            // The end of the file ends a row, but for one in quotes.
            let input = if is_over { b"\n" } else { buffer };
            let (outcome, read, written, ended) =
                self.parser
                    .read_record(input, &mut bytes[filled..], &mut ends[parted..]);
            if !is_over {
                self.line += breaks(&input[..read], &mut self.is_after_cr);
                self.input.consume(read);
            }
            length += read;
            filled += written;
            parted += ended;
            if length > super::LONGEST_ROW {
                return Err(Broken::TooLong { line });
            }
            match outcome {
                ReadRecordResult::InputEmpty if is_over => return Err(Broken::OpenQuote { line }),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => bytes.resize(bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        bytes.truncate(filled);
        ends.truncate(parted);
        Ok(Some((line, &self.cells)))
    }

    /// Whether anything is left.
    fn skip_empty_lines(&mut self) -> Result<bool, Broken> {
        loop {
            let line = self.line;
            let buffer = self
                .input
                .fill_buf()
                .map_err(|err| Broken::input(line, err))?;
            let blank = buffer.iter().take_while(|it| matches!(it, b'\r' | b'\n'));
            let blank = blank.count();
            let (is_over, is_found) = (buffer.is_empty(), blank < buffer.len());
            self.line += breaks(&buffer[..blank], &mut self.is_after_cr);
            self.input.consume(blank);
            if is_over || is_found {
                return Ok(is_found);
            }
        }
    }
}

/// Counts lines, which end with CR, LF or both.
fn breaks(bytes: &[u8], is_after_cr: &mut bool) -> u64 {
    let mut breaks = 0;
    for &byte in bytes {
        breaks += u64::from(byte == b'\r' || (byte == b'\n' && !*is_after_cr));
        *is_after_cr = byte == b'\r';
    }
    breaks
}

/// Returns `true` if `text` goes on behind its first row, or ends with it.
pub fn has_first_row(mut text: &[u8], delimiter: u8) -> bool {
    let mut parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut cells, mut ends) = ([0; 1024], [0; 64]);
    // The parser takes nothing for the end of the file.
    while !text.is_empty() {
        let (outcome, read, ..) = parser.read_record(text, &mut cells, &mut ends);
        match outcome {
            ReadRecordResult::Record => return true,
            ReadRecordResult::InputEmpty | ReadRecordResult::End => return false,
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
        }
        text = &text[read..];
    }
    false
}

/// The cells of the first row, if `text` has one.
pub fn first_row(text: &[u8], delimiter: u8) -> Result<Option<Cells>, Broken> {
    let mut csv = Csv::new(io::Cursor::new(text), delimiter);
    Ok(csv.next()?.map(|(_, cells)| cells.clone()))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>, Broken> {
        // So small that every row spans many reads.
        let mut csv = Csv::new(BufReader::with_capacity(3, text.as_bytes()), b',');
        let mut rows = Vec::new();
        while let Some((line, cells)) = csv.next()? {
            let cells = cells.iter().map(|it| String::from_utf8_lossy(it).into());
            rows.push((line, cells.collect()));
        }
        Ok(rows)
    }

    #[test]
    fn rows_have_the_line_in_which_they_begin() {
        type Row = (u64, &'static [&'static str]);
        let cases: [(&str, &[Row]); 13] = [
            ("", &[]),
            ("\n\r\n", &[]),
            ("a,b", &[(1, &["a", "b"])]),
            ("a,b\nc,d\n", &[(1, &["a", "b"]), (2, &["c", "d"])]),
            ("a\r\nb\r\nc\r\n", &[(1, &["a"]), (2, &["b"]), (3, &["c"])]),
            ("\r\n\na\n\n\nb", &[(3, &["a"]), (6, &["b"])]),
            ("\"a\n\nb\",c\nd", &[(1, &["a\n\nb", "c"]), (4, &["d"])]),
            ("\"a\"\"b\",,\n", &[(1, &["a\"b", "", ""])]),
            ("5\" screen,x\ny", &[(1, &["5\" screen", "x"]), (2, &["y"])]),
            ("a,\"b\"", &[(1, &["a", "b"])]),
            ("a\rb\rc", &[(1, &["a"]), (2, &["b"]), (3, &["c"])]),
            (
                "\"a\rb\"\r\r\"c\r\nd\"\re",
                &[(1, &["a\rb"]), (4, &["c\r\nd"]), (6, &["e"])],
            ),
            ("a\n\rb\r\r\nc", &[(1, &["a"]), (3, &["b"]), (5, &["c"])]),
        ];

        for (text, expected) in cases {
            let expected: Vec<(u64, Vec<String>)> = expected
                .iter()
                .map(|(line, cells)| (*line, cells.iter().map(|it| (*it).to_owned()).collect()))
                .collect();

            assert_eq!(rows(text).ok(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn a_quote_left_open_is_told_with_the_line_of_its_row() {
        for (text, line) in [("a\n\"b", 2), ("a\n\n\"b\nc,d\ne", 3), ("\"", 1)] {
            let open =
                matches!(rows(text), Err(Broken::OpenQuote { line: found }) if found == line);

            assert!(open, "{text:?}");
        }
    }

    #[test]
    fn a_row_that_does_not_end_is_given_up() {
        let endless = format!("a,b\n1,\"{}", "x\n".repeat(super::super::LONGEST_ROW));

        assert!(matches!(rows(&endless), Err(Broken::TooLong { line: 2 })));
    }

    proptest::proptest! {
        #[test]
        fn what_was_written_is_read(table in proptest::collection::vec(
            proptest::collection::vec("[a,\"\n\r é;]{0,5}", 2..4), 0..5
        )) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();

            let read = rows(&text).ok().unwrap_or_default();

            proptest::prop_assert_eq!(read.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), table);
        }
    }
}
