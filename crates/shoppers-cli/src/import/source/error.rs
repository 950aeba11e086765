//! The error of reading rows.

use std::{fmt, io};

/// The reason why there are no more rows.
#[derive(Debug)]
pub enum ReadError {
    Io {
        line: u64,
        err: io::Error,
    },
    /// The file is not as it was when it was surveyed.
    Changed {
        line: u64,
    },
    TooLong {
        line: u64,
    },
    OpenQuote {
        line: u64,
    },
}

/// The content of a file changed between two readings.
#[derive(Debug)]
pub struct Changed;

impl ReadError {
    pub fn new(line: u64, err: io::Error) -> Self {
        if err.get_ref().is_some_and(|it| it.is::<Changed>()) {
            Self::Changed { line }
        } else {
            Self::Io { line, err }
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { line, err } => write!(f, "line {line}: {err}"),
            Self::Changed { line } => write!(f, "line {line}: {Changed}"),
            Self::TooLong { line } => {
                write!(
                    f,
                    "line {line}: the row is longer than 1 MiB; check for a quote that is not closed"
                )
            }
            Self::OpenQuote { line } => write!(
                f,
                "line {line}: the row does not end before the file does; close its quote"
            ),
        }
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file changed during the import")
    }
}

impl std::error::Error for Changed {}
