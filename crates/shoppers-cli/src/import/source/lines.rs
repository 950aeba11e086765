//! Lines, one at a time, within bounds.

use std::io::BufRead;

use super::Broken;

/// Reads lines.
pub struct Lines<R> {
    input: R,
    /// The next line, from 1.
    line: u64,
    text: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            line: 1,
            text: Vec::new(),
        }
    }

    /// The next line that is not blank, without its end, and its number.
    pub fn next(&mut self) -> Result<Option<(u64, &[u8])>, Broken> {
        loop {
            let line = self.line;
            self.text.clear();
            if !self.read()? {
                return Ok(None);
            }
            self.line += 1;
            if !self.text.trim_ascii().is_empty() {
                return Ok(Some((line, self.text.trim_ascii())));
            }
        }
    }

    /// Whether there was a line.
    fn read(&mut self) -> Result<bool, Broken> {
        let line = self.line;
        loop {
            let buffer = self
                .input
                .fill_buf()
                .map_err(|err| Broken::input(line, err))?;
            if buffer.is_empty() {
                return Ok(!self.text.is_empty());
            }
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let read = end.map_or(buffer.len(), |end| end + 1);
            self.text.extend_from_slice(&buffer[..read]);
            self.input.consume(read);
            if end.is_some() {
                return Ok(true);
            }
            if self.text.len() > super::LONGEST_ROW {
                return Err(Broken::TooLong { line });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn lines_have_their_number_and_blank_ones_are_no_lines() {
        let text = "\n{}\r\n  \n{1}\n{2}";
        let mut lines = Lines::new(BufReader::with_capacity(2, text.as_bytes()));
        let mut read = Vec::new();

        while let Some((line, text)) = lines.next().ok().flatten() {
            read.push((line, text.to_vec()));
        }

        let expected = [
            (2, b"{}".to_vec()),
            (4, b"{1}".to_vec()),
            (5, b"{2}".to_vec()),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_line_that_does_not_end_is_given_up() {
        let endless = format!("{{}}\n{}", "x".repeat(super::super::LONGEST_ROW * 2));
        let mut lines = Lines::new(BufReader::new(endless.as_bytes()));

        assert!(lines.next().is_ok_and(|it| it.is_some()));
        assert!(matches!(lines.next(), Err(Broken::TooLong { line: 2 })));
    }
}
