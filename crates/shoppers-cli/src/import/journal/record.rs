//! The lines of a journal. They hold positions, hashes and outcomes, and no shopper's data.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::{
    rejects::Extent,
    row::{Position, RejectKind},
};

/// The format of the journal and its version.
const FORMAT: &str = "shoppers-import-4";

/// A line of a journal, which ends in a checksum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The first line.
    Import(Header),
    /// A run whose attempts may take longer than those of every run before it.
    Run { attempt_timeout: Duration },
    /// The position of a row comes first, so that a damaged line still shows it.
    #[serde(skip)]
    Row(Position, Event),
}

/// The import that a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    format: String,
    /// The vendor and the operation.
    pub operation: String,
    /// The URL that rows are sent to. It holds no credentials.
    pub address: String,
    /// The SHA-256 of the file, and its length; `None` for stdin.
    pub file: Option<(String, u64)>,
    /// A hash of the mapping, and of everything else that decides how a row is read.
    pub settings: String,
}

/// A change in the state of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The row is about to be sent, and sending it twice may do harm.
    Started,
    /// The row was about to be sent, and the vendor did nothing with it.
    NotSent,
    /// The vendor has stored the row.
    Stored,
    /// The row is in the file of this kind, which ends here with it.
    Reject(RejectKind, Extent),
}

impl Line {
    /// Reads a line without its end; `None` if it is damaged.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let (body, found) = str::from_utf8(line).ok()?.rsplit_once(' ')?;
        if checksum(body) != found {
            return None;
        }
        if body.starts_with('{') {
            let line = serde_json::from_str(body).ok()?;
            let is_other = matches!(&line, Self::Import(it) if it.format != FORMAT);
            return (!is_other).then_some(line);
        }
        let words: Vec<&str> = body.splitn(4, ' ').collect();
        let [row, line, hash, event] = words[..] else {
            return None;
        };
        let position = Position {
            row: row.parse().ok()?,
            line: line.parse().ok()?,
            hash: u32::from_str_radix(hash, 16).ok()?,
        };
        Some(Self::Row(position, serde_json::from_str(event).ok()?))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match self {
            Self::Row(position, event) => {
                serde_json::to_string(event).map(|event| beginning(*position) + &event)
            }
            _ => serde_json::to_string(self),
        };
        let body = body.map_err(|_| fmt::Error)?;
        writeln!(f, "{body} {}", checksum(&body))
    }
}

impl Header {
    pub fn new(
        operation: &str,
        address: String,
        file: Option<(String, u64)>,
        settings: String,
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            operation: operation.to_owned(),
            address,
            file,
            settings,
        }
    }

    /// Says why a journal with this header is not the one of the import `expected`, and what to do.
    pub fn difference(&self, expected: &Self, file_name: &str) -> Option<String> {
        let restart = "to start over, move the journal away";
        if self.operation != expected.operation {
            return Some(format!(
                "the journal of an import by {}, not by {}; {restart}, or name another with --journal",
                self.operation, expected.operation
            ));
        }
        if self.address != expected.address {
            return Some(format!(
                "the journal of an import into {}, not into {}; to import the file there, name another journal with --journal; to continue, use the address that the import began with",
                self.address, expected.address
            ));
        }
        if self.file != expected.file {
            return Some(match expected.file {
                Some(_) => format!(
                    "{file_name} is not the file that this import began with; to continue, restore that file; {restart}: every row is sent again"
                ),
                None => format!("the journal of an import of a file, not of stdin; {restart}"),
            });
        }
        (self.settings != expected.settings).then(|| {
            format!(
                "this import began with another --map, --map-file, --ignore-column, --format or --delimiter; to continue, use the same ones; {restart}: every row is sent again"
            )
        })
    }
}

/// Returns `true` if a line may be the header of a journal, cut off before its end.
pub fn is_torn_header(line: &[u8]) -> bool {
    let beginning = b"{\"import\":";
    !line.ends_with(b"\n") && (line.starts_with(beginning) || beginning.starts_with(line))
}

/// Returns `true` if a damaged line may have been about this row. One letter may have changed; a line that was cut off is
/// compared as far as it goes.
pub fn resembles(damaged: &[u8], position: Position) -> bool {
    let beginning = beginning(position);
    let pairs = beginning.as_bytes().iter().zip(damaged);
    let changed = pairs.filter(|(expected, found)| expected != found).count();
    changed <= usize::from(damaged.ends_with(b"\n"))
}

/// The part of a line that is about its row.
fn beginning(position: Position) -> String {
    let Position { row, line, hash } = position;
    format!("{row} {line} {hash:08x} ")
}

fn checksum(body: &str) -> String {
    format!("{:.8x}", Sha256::digest(body))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line() -> impl Strategy<Value = Line> {
        let extent = (any::<u64>(), any::<u64>()).prop_map(|(bytes, hash)| Extent { bytes, hash });
        let kind = prop::sample::select(&RejectKind::ALL[..]);
        let event = prop_oneof![
            Just(Event::Started),
            Just(Event::NotSent),
            Just(Event::Stored),
            (kind, extent).prop_map(|(kind, extent)| Event::Reject(kind, extent)),
        ];
        let row = (any::<u64>(), any::<u64>(), any::<u32>(), event)
            .prop_map(|(row, line, hash, event)| Line::Row(Position { row, line, hash }, event));
        let header = (any::<String>(), any::<Option<(String, u64)>>()).prop_map(|(text, file)| {
            Line::Import(Header::new("bspk upsert_shopper", text.clone(), file, text))
        });
        let run = any::<Duration>().prop_map(|attempt_timeout| Line::Run { attempt_timeout });
        prop_oneof![row, header, run]
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_was_written(line in line()) {
            let text = line.to_string();

            prop_assert_eq!(text.matches('\n').count(), 1);
            prop_assert_eq!(Line::parse(text.trim_end().as_bytes()), Some(line));
        }

        #[test]
        fn a_damaged_line_is_not_read(
            line in line(), place in any::<prop::sample::Index>(), byte in 32_u8..127
        ) {
            let mut damaged = line.to_string().trim_end().as_bytes().to_vec();
            let place = place.index(damaged.len());
            prop_assume!(damaged[place] != byte);
            damaged[place] = byte;

            prop_assert_eq!(Line::parse(&damaged), None);
        }

        #[test]
        fn a_torn_line_is_not_read(line in line(), place in any::<prop::sample::Index>()) {
            let text = line.to_string();
            let whole = text.trim_end().as_bytes();

            prop_assert_eq!(Line::parse(&whole[..place.index(whole.len())]), None);
        }
    }
}
