//! Reads JSON Lines, a line at a time, within bounds.

use std::io::{BufRead, Read};

use super::error::ReadError;

/// Reads lines of at most `longest` bytes.
pub struct Lines<R> {
    input: R,
    longest: usize,
    /// The number of the last line.
    line: u64,
    text: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, longest: usize) -> Self {
        Self {
            input,
            longest,
            line: 0,
            text: Vec::new(),
        }
    }

    /// The next line that is not blank, trimmed, and its number.
    pub fn next(&mut self) -> Result<Option<(u64, &[u8])>, ReadError> {
        loop {
            self.line += 1;
            self.text.clear();
            let read = (&mut self.input)
                .take(self.longest as u64 + 1)
                .read_until(b'\n', &mut self.text)
                .map_err(|err| ReadError::new(self.line, err))?;
            if read > self.longest {
                return Err(ReadError::TooLong { line: self.line });
            }
            if read == 0 {
                return Ok(None);
            }
            if !self.text.trim_ascii().is_empty() {
                return Ok(Some((self.line, self.text.trim_ascii())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn lines_have_their_number_and_blank_ones_do_not_count() {
        let text = "\n{}\r\n  \n{1}\n{2}";
        let mut lines = Lines::new(BufReader::with_capacity(2, text.as_bytes()), 100);
        let mut read = Vec::new();

        while let Some((line, text)) = lines.next().unwrap() {
            read.push((line, String::from_utf8_lossy(text).into_owned()));
        }

        let expected = [(2, "{}"), (4, "{1}"), (5, "{2}")];
        assert_eq!(read, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_line_that_is_too_long_is_refused() {
        let endless = format!("{{}}\n{}", "x".repeat(200));
        let mut lines = Lines::new(BufReader::new(endless.as_bytes()), 100);

        assert!(lines.next().is_ok_and(|it| it.is_some()));
        assert!(matches!(lines.next(), Err(ReadError::TooLong { line: 2 })));
    }
}
