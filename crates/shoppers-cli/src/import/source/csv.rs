//! Reads CSV, a row at a time, within bounds.

use std::io::{self, BufRead};

use csv_core::ReadRecordResult;

use super::{super::row::Cells, error::ReadError};

/// Reads rows of at most `longest` bytes. The reader of the `csv` crate has no such bound, gives the line of an empty line
/// before a row as the row's, and accepts a quote that is open at the end of the file.
pub struct Csv<R> {
    input: R,
    longest: usize,
    parser: csv_core::Reader,
    /// The number of the next line.
    line: u64,
    /// The last line ended with CR, so an LF that follows is part of its end.
    is_after_cr: bool,
    cells: Cells,
}

impl<R: BufRead> Csv<R> {
    pub fn new(input: R, delimiter: u8, longest: usize) -> Self {
        Self {
            input,
            longest,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            line: 1,
            is_after_cr: false,
            cells: Cells::default(),
        }
    }

    /// The next row that is not an empty line, and the line that it begins in.
    pub fn next(&mut self) -> Result<Option<(u64, &Cells)>, ReadError> {
        if !self.skip_empty_lines()? {
            return Ok(None);
        }
        let line = self.line;
        let Cells { bytes, ends } = &mut self.cells;
        bytes.resize(bytes.capacity().max(1024), 0);
        ends.resize(ends.capacity().max(64), 0);
        let (mut length, mut filled, mut ended) = (0, 0, 0);
        loop {
            let buffer = self
                .input
                .fill_buf()
                .map_err(|err| ReadError::new(line, err))?;
            let is_over = buffer.is_empty();
            // The end of the file ends a row, but for one in quotes.
            let input = if is_over { b"\n" } else { buffer };
            let (outcome, read, written, cells) =
                self.parser
                    .read_record(input, &mut bytes[filled..], &mut ends[ended..]);
            if !is_over {
                self.line += breaks(&input[..read], &mut self.is_after_cr);
                self.input.consume(read);
            }
            length += read;
            filled += written;
            ended += cells;
            if length > self.longest {
                return Err(ReadError::TooLong { line });
            }
            match outcome {
                ReadRecordResult::InputEmpty if is_over => {
                    return Err(ReadError::OpenQuote { line });
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => bytes.resize(bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        bytes.truncate(filled);
        ends.truncate(ended);
        Ok(Some((line, &self.cells)))
    }

    /// Returns `true` if a row follows.
    fn skip_empty_lines(&mut self) -> Result<bool, ReadError> {
        loop {
            let line = self.line;
            let buffer = self
                .input
                .fill_buf()
                .map_err(|err| ReadError::new(line, err))?;
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

/// Returns `true` if the first row of `text` is whole.
pub fn has_first_row(mut text: &[u8], delimiter: u8) -> bool {
    let mut parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut cells, mut ends) = ([0; 1024], [0; 64]);
    // The parser takes an empty input for the end of the file.
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
pub fn first_row(text: &[u8], delimiter: u8) -> Result<Option<Cells>, ReadError> {
    let mut csv = Csv::new(io::Cursor::new(text), delimiter, usize::MAX);
    Ok(csv.next()?.map(|(_, cells)| cells.clone()))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>, ReadError> {
        // The buffer is so small that every row spans many reads.
        let mut csv = Csv::new(BufReader::with_capacity(3, text.as_bytes()), b',', 1000);
        let mut rows = Vec::new();
        while let Some((line, cells)) = csv.next()? {
            let cells = cells.iter().map(|it| String::from_utf8_lossy(it).into());
            rows.push((line, cells.collect()));
        }
        Ok(rows)
    }

    #[test]
    fn a_row_has_the_line_in_which_it_begins() {
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
    fn an_open_quote_is_reported_with_the_line_of_its_row() {
        for (text, line) in [("a\n\"b", 2), ("a\n\n\"b\nc,d\ne", 3), ("\"", 1)] {
            let open =
                matches!(rows(text), Err(ReadError::OpenQuote { line: found }) if found == line);

            assert!(open, "{text:?}");
        }
    }

    #[test]
    fn a_row_that_is_too_long_is_refused() {
        let endless = format!("a,b\n1,\"{}", "x\n".repeat(1000));

        assert!(matches!(
            rows(&endless),
            Err(ReadError::TooLong { line: 2 })
        ));
    }

    proptest::proptest! {
        #[test]
        fn rows_are_read_as_they_were_written(table in proptest::collection::vec(
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
