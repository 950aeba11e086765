//! The lines of a journal: nothing of a shopper is in them.

use std::{borrow::Cow, fmt, time::Duration};

use sha2::{Digest, Sha256};

use super::super::{aside::Kind, source::Position};

/// The first word of a journal.
pub const FORMAT: &str = "shoppers-import-3";

/// The part of it that journals of every version have.
pub const ANY_FORMAT: &str = "shoppers-import-";

/// Which import a journal is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The vendor and the operation.
    pub operation: String,
    /// The URL that rows are sent to, which holds no credentials.
    pub address: String,
    /// The SHA-256 of the file, and its length; `None` for stdin.
    pub file: Option<(String, u64)>,
    /// A mark of the mapping, and all else that decides what is made of a row.
    pub mark: String,
}

/// A run of the import, if its attempts may take longer than those of each run before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub attempt_timeout: Duration,
}

/// What has become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub position: Position,
    pub event: Event,
}

/// What has become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It is about to be sent, and sending it twice may do harm.
    Started,
    /// It was about to be sent, and was not carried out.
    Returned,
    /// The vendor has it.
    Stored,
    /// It is set aside.
    Aside {
        kind: Kind,
        code: Cow<'static, str>,
        /// The file of this kind, with this row.
        extent: Extent,
    },
}

/// A file of rows that are set aside, up to one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    pub bytes: u64,
    /// A part of the SHA-256 of these bytes.
    pub hash: u64,
}

impl Header {
    pub fn parse(line: &str) -> Option<Self> {
        let words: Vec<&str> = unsealed(line)?.split(' ').collect();
        let [FORMAT, vendor, operation, address, sha256, bytes, mark] = words[..] else {
            return None;
        };
        let file = match (sha256, bytes) {
            ("-", "-") => None,
            _ => Some((sha256.to_owned(), bytes.parse().ok()?)),
        };
        Some(Self {
            operation: format!("{vendor} {operation}"),
            address: address.to_owned(),
            file,
            mark: mark.to_owned(),
        })
    }

    /// Its line.
    pub fn line(&self) -> String {
        let (sha256, bytes) = match &self.file {
            Some((sha256, bytes)) => (sha256.clone(), bytes.to_string()),
            None => ("-".to_owned(), "-".to_owned()),
        };
        sealed(&format!(
            "{FORMAT} {} {} {sha256} {bytes} {}",
            self.operation, self.address, self.mark
        ))
    }
}

impl Run {
    pub fn parse(line: &str) -> Option<Self> {
        let millis = unsealed(line)?.strip_prefix("run ")?.parse().ok()?;
        let attempt_timeout = Duration::from_millis(millis);
        Some(Self { attempt_timeout })
    }

    /// Its line.
    pub fn line(&self) -> String {
        sealed(&format!("run {}", self.attempt_timeout.as_millis()))
    }
}

impl Record {
    pub fn parse(line: &str) -> Option<Self> {
        let words: Vec<&str> = unsealed(line)?.split(' ').collect();
        let (&[row, line, hash], event) = words.split_first_chunk()?;
        let event = match *event {
            ["started"] => Event::Started,
            ["returned"] => Event::Returned,
            ["stored"] => Event::Stored,
            [word, code, bytes, hash] => Event::Aside {
                kind: Kind::ALL.into_iter().find(|kind| kind.word() == word)?,
                code: code.to_owned().into(),
                extent: Extent {
                    bytes: bytes.parse().ok()?,
                    hash: u64::from_str_radix(hash, 16).ok()?,
                },
            },
            _ => return None,
        };
        Some(Self {
            position: Position {
                row: row.parse().ok()?,
                line: line.parse().ok()?,
                hash: u32::from_str_radix(hash, 16).ok()?,
            },
            event,
        })
    }

    /// Its line.
    pub fn line(&self) -> String {
        sealed(&format!("{}{}", beginning(self.position), self.event))
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => f.write_str("started"),
            Self::Returned => f.write_str("returned"),
            Self::Stored => f.write_str("stored"),
            Self::Aside { kind, code, extent } => write!(f, "{} {code} {extent}", kind.word()),
        }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:016x}", self.bytes, self.hash)
    }
}

/// Returns `true` if a line that is damaged or cut off may have been about a row.
///
/// One letter may have changed. What is cut off is compared as far as it goes.
pub fn resembles(damaged: &[u8], position: Position) -> bool {
    let pairs = beginning(position).into_bytes().into_iter().zip(damaged);
    let changed = pairs.filter(|(expected, found)| expected != *found).count();
    match damaged.ends_with(b"\n") {
        true => changed <= 1,
        false => changed == 0,
    }
}

/// The part of a record that is about its row.
fn beginning(position: Position) -> String {
    let Position { row, line, hash } = position;
    format!("{row} {line} {hash:08x} ")
}

/// A line that shows whether it is whole.
fn sealed(body: &str) -> String {
    format!("{body} {}\n", seal(body))
}

fn unsealed(line: &str) -> Option<&str> {
    let (body, found) = line.rsplit_once(' ')?;
    (seal(body) == found).then_some(body)
}

fn seal(body: &str) -> String {
    super::super::hex(&Sha256::digest(body)[..4])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event() -> impl Strategy<Value = Event> {
        let extent = (any::<u64>(), any::<u64>()).prop_map(|(bytes, hash)| Extent { bytes, hash });
        let kind = prop::sample::select(&Kind::ALL[..]);
        let aside = (kind, "[a-z][a-z_]{0,39}", extent);
        prop_oneof![
            Just(Event::Started),
            Just(Event::Returned),
            Just(Event::Stored),
            aside.prop_map(|(kind, code, extent)| Event::Aside {
                kind,
                code: code.into(),
                extent
            }),
        ]
    }

    fn record() -> impl Strategy<Value = Record> {
        (any::<u64>(), any::<u64>(), any::<u32>(), event()).prop_map(|(row, line, hash, event)| {
            Record {
                position: Position { row, line, hash },
                event,
            }
        })
    }

    proptest! {
        #[test]
        fn a_record_is_read_as_it_was_written(record in record()) {
            let line = record.line();

            prop_assert_eq!(Record::parse(line.strip_suffix('\n').unwrap()), Some(record));
        }

        #[test]
        fn a_line_that_was_damaged_is_no_record(
            record in record(), place in any::<prop::sample::Index>(), byte in 32_u8..127
        ) {
            let line = record.line();
            let mut damaged = line.trim_end().as_bytes().to_vec();
            let place = place.index(damaged.len());
            prop_assume!(damaged[place] != byte);
            damaged[place] = byte;

            prop_assert_eq!(Record::parse(str::from_utf8(&damaged).unwrap()), None);
        }

        #[test]
        fn a_line_that_was_cut_is_no_record(record in record(), place in any::<prop::sample::Index>()) {
            let line = record.line();
            let whole = line.trim_end();

            prop_assert_eq!(Record::parse(&whole[..place.index(whole.len())]), None);
        }
    }

    #[test]
    fn a_run_is_read_as_it_was_written() {
        let run = Run {
            attempt_timeout: Duration::from_secs(15),
        };

        assert_eq!(Run::parse(run.line().trim_end()), Some(run));
        assert_eq!(Run::parse("run 15000 00000000"), None);
        assert_eq!(Record::parse(run.line().trim_end()), None);
    }

    #[test]
    fn a_header_is_read_as_it_was_written() {
        for file in [None, Some(("00ff".to_owned(), 17))] {
            let header = Header {
                operation: "bspk upsert_shopper".to_owned(),
                address: "https://api.bspk.com".to_owned(),
                file,
                mark: "0123".to_owned(),
            };

            assert_eq!(Header::parse(header.line().trim_end()), Some(header));
        }
        assert_eq!(
            Header::parse("shoppers-import-3 a b c - - d 00000000"),
            None
        );
    }
}
