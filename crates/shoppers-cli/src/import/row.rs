//! A row of the file, its position, and what can become of it. It imports nothing from its siblings.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawRow {
    /// The cells of a row of CSV.
    Cells(Cells),
    /// A line of JSON.
    Line(Vec<u8>),
}

/// The cells of one row of CSV, unescaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub bytes: Vec<u8>,
    pub ends: Vec<usize>,
}

/// The position of a row in the file, and a hash that recognises the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The row's number, from 1; the header does not count.
    pub row: u64,
    /// The line in which the row begins, from 1.
    pub line: u64,
    /// The beginning of the row's SHA-256, never 0.
    pub hash: u32,
}

/// The reason why a row cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The kind of fault, in a word.
    pub code: Cow<'static, str>,
    pub reason: String,
}

/// The kinds of rows that are written to a file for the user. Each kind has a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectKind {
    /// The row was refused.
    Rejected,
    /// The vendor may have stored the row.
    Ambiguous,
    /// The vendor stored the row, with warnings.
    Warned,
}

/// The numbers of rows by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub stored: u64,
    pub rejected: u64,
    pub ambiguous: u64,
    /// Those of the stored rows that came with warnings.
    pub warned: u64,
}

impl RawRow {
    /// The size of the row in memory, in bytes.
    pub fn len(&self) -> usize {
        match self {
            Self::Cells(cells) => cells.bytes.len() + size_of_val(&cells.ends[..]),
            Self::Line(text) => text.len(),
        }
    }

    /// The hash for [`Position::hash`].
    pub fn hash(&self) -> u32 {
        let mut digest = Sha256::new();
        match self {
            Self::Cells(cells) => {
                for cell in cells.iter() {
                    digest.update((cell.len() as u64).to_le_bytes());
                    digest.update(cell);
                }
            }
            Self::Line(text) => digest.update(text),
        }
        let digest = digest.finalize();
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).max(1)
    }
}

impl Cells {
    pub fn len(&self) -> usize {
        self.ends.len()
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

impl RowFault {
    pub fn new(code: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            reason: reason.into(),
        }
    }
}

impl RejectKind {
    /// All kinds, in the order of an array with one element for each: `array[kind as usize]`.
    pub const ALL: [Self; 3] = [Self::Rejected, Self::Ambiguous, Self::Warned];

    /// The part of the file's name that is for this kind.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Rejected => "rejects",
            Self::Ambiguous => "ambiguous",
            Self::Warned => "warnings",
        }
    }
}

impl Counts {
    /// The number of rows in the file of this kind.
    pub fn of(&self, kind: RejectKind) -> u64 {
        match kind {
            RejectKind::Rejected => self.rejected,
            RejectKind::Ambiguous => self.ambiguous,
            RejectKind::Warned => self.warned,
        }
    }

    /// Counts a row that is written to the file of this kind.
    pub fn add(&mut self, kind: RejectKind) {
        match kind {
            RejectKind::Rejected => self.rejected += 1,
            RejectKind::Ambiguous => self.ambiguous += 1,
            RejectKind::Warned => {
                self.stored += 1;
                self.warned += 1;
            }
        }
    }

    /// The number of rows that are done.
    pub fn sum(&self) -> u64 {
        self.stored + self.rejected + self.ambiguous
    }
}
