//! What earlier runs have noted.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read},
    time::Duration,
};

use super::{
    super::{
        aside::{ByKind, Kind},
        source::Position,
    },
    record::{ANY_FORMAT, Event, Extent, FORMAT, Header, Record, Run, resembles},
};

/// No line of a journal is longer.
const LONGEST_LINE: u64 = 4096;

/// Rows after the last that is done of which something may be noted: more than an import has in memory.
const AHEAD: usize = 4096;

/// What earlier runs have noted.
#[derive(Debug, Default)]
pub struct History {
    pub header: Option<Header>,
    /// Rows that are done: 4 bytes for each row of the file.
    done: Vec<u32>,
    /// Rows that were begun, and of which nobody has noted the end.
    pub begun: BTreeMap<u64, Position>,
    pub counts: Counts,
    /// The longest that an attempt could take in any run.
    pub attempt_timeout: Duration,
    /// The files of the rows that are set aside.
    pub aside: ByKind<Extent>,
    /// How much of the journal is whole.
    pub bytes: u64,
    /// The lines after that, damaged or cut off.
    damaged: Vec<Vec<u8>>,
}

/// How many rows came to which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub stored: u64,
    pub rejected: u64,
    pub in_doubt: u64,
    /// Those of the stored ones that the vendor has warned of.
    pub warned: u64,
}

impl Counts {
    /// How many rows are set aside for this.
    pub fn of(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Rejected => self.rejected,
            Kind::InDoubt => self.in_doubt,
            Kind::Warned => self.warned,
        }
    }

    /// Counts a row that is set aside.
    pub fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Rejected => self.rejected += 1,
            Kind::InDoubt => self.in_doubt += 1,
            Kind::Warned => {
                self.stored += 1;
                self.warned += 1;
            }
        }
    }

    /// How many rows are done.
    pub fn sum(&self) -> u64 {
        self.stored + self.rejected + self.in_doubt
    }
}

/// Why a journal cannot be gone on with.
#[derive(Debug)]
pub enum Damage {
    Input(io::Error),
    /// It does not begin as a journal does.
    NoJournal,
    /// It has the form of an earlier version.
    Outdated,
    /// A line that is not whole, with whole ones after it.
    Line(u64),
}

impl History {
    /// Reads a journal. What was torn off at its end is no part of it.
    pub fn read(mut input: impl BufRead) -> Result<Self, Damage> {
        let mut history = Self::default();
        let mut broken = None;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let mut bounded = input.by_ref().take(LONGEST_LINE);
            let read = bounded
                .read_until(b'\n', &mut line)
                .map_err(Damage::Input)?;
            if read == 0 {
                break;
            }
            let text = line
                .strip_suffix(b"\n")
                .and_then(|it| str::from_utf8(it).ok());
            match (text, broken) {
                (Some(text), None) if number == 1 => match Header::parse(text) {
                    Some(header) => history.header = Some(header),
                    None if is_outdated(text) => return Err(Damage::Outdated),
                    None => return Err(Damage::NoJournal),
                },
                // Killed before the first line was whole.
                (None, None) if number == 1 && is_torn_header(&line) => broken = Some(number),
                (_, None) if number == 1 => return Err(Damage::NoJournal),
                (Some(text), None) => match (Record::parse(text), Run::parse(text)) {
                    (Some(record), _) => history.note(&record).ok_or(Damage::Line(number))?,
                    (None, Some(run)) => history.begin(run),
                    (None, None) => broken = Some(number),
                },
                (None, None) => broken = Some(number),
                (Some(text), Some(broken)) if Record::parse(text).is_some() => {
                    return Err(Damage::Line(broken));
                }
                (_, Some(_)) => {}
            }
            match broken {
                None => history.bytes += read as u64,
                // What a loss of power left as zeros was never written, and nothing was sent before it was.
                Some(1) => {}
                Some(_) if line.iter().all(|byte| *byte == 0) => {}
                Some(_) => history.damaged.push(line.clone()),
            }
        }
        Ok(history)
    }

    /// Whether nothing has come of any row, as when a key was wrong, in a journal of so many bytes. What is torn off at
    /// its end may be an outcome.
    pub fn is_without_outcome(&self, bytes: u64) -> bool {
        self.counts == Counts::default() && self.begun.is_empty() && self.bytes == bytes
    }

    /// What the row at this number was recognised by, if it is done.
    pub fn done(&self, row: u64) -> Option<u32> {
        let index = usize::try_from(row).ok()?;
        self.done.get(index).copied().filter(|&hash| hash != 0)
    }

    /// Returns `true` if lines at the end are damaged, which may have been about rows that were sent.
    pub fn is_damaged(&self) -> bool {
        !self.damaged.is_empty()
    }

    /// Returns `true` if the row was begun and its end was not noted, or if a damaged line may say so.
    pub fn may_be_begun(&self, position: Position) -> bool {
        let is_near = position.row < (self.done.len() + AHEAD) as u64;
        self.begun.contains_key(&position.row)
            || is_near && self.damaged.iter().any(|line| resembles(line, position))
    }

    /// Takes a run over.
    pub fn begin(&mut self, run: Run) {
        self.attempt_timeout = self.attempt_timeout.max(run.attempt_timeout);
    }

    /// Takes a record over; `None` if its row number is out of all reach, as in a line that was forged.
    fn note(&mut self, record: &Record) -> Option<()> {
        let position = record.position;
        match &record.event {
            Event::Started => {
                self.begun.insert(position.row, position);
                return Some(());
            }
            Event::Returned => {
                self.begun.remove(&position.row);
                return Some(());
            }
            Event::Stored => self.counts.stored += 1,
            Event::Aside { kind, extent, .. } => {
                self.counts.add(*kind);
                self.aside[*kind] = *extent;
            }
        }
        self.begun.remove(&position.row);
        let index = usize::try_from(position.row).ok()?;
        if self.done.len() <= index {
            if index - self.done.len() > AHEAD {
                return None;
            }
            self.done.resize(index + 1, 0);
        }
        self.done[index] = position.hash;
        Some(())
    }
}

fn is_outdated(line: &str) -> bool {
    line.starts_with(ANY_FORMAT) && line.split(' ').next() != Some(FORMAT)
}

fn is_torn_header(line: &[u8]) -> bool {
    let beginning = FORMAT.as_bytes();
    match line.len() < beginning.len() {
        true => beginning.starts_with(line),
        false => line.starts_with(beginning),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Vec<String> {
        let header = Header {
            operation: "bspk upsert_shopper".to_owned(),
            address: "https://api.bspk.com".to_owned(),
            file: None,
            mark: "m".to_owned(),
        };
        let record = |row, event| {
            let position = Position {
                row,
                line: row + 1,
                hash: 7,
            };
            Record { position, event }.line()
        };
        let aside = |kind, bytes| Event::Aside {
            kind,
            code: "word".into(),
            extent: Extent { bytes, hash: 1 },
        };
        vec![
            header.line(),
            record(1, Event::Started),
            record(2, Event::Started),
            record(2, Event::Stored),
            record(4, aside(Kind::Rejected, 7)),
            record(3, aside(Kind::InDoubt, 8)),
            record(5, Event::Started),
            record(5, Event::Returned),
            record(6, aside(Kind::Warned, 9)),
        ]
    }

    #[test]
    fn a_journal_without_outcome_is_a_header_and_rows_that_were_not_carried_out() {
        let lines = journal();
        let (header, started, returned) = (&lines[0], &lines[6], &lines[7]);
        let stored = &lines[3];
        let cases = [
            (header.clone(), true),
            (format!("{header}{started}{returned}"), true),
            (format!("{header}{started}"), false),
            (format!("{header}{stored}"), false),
            (format!("{header}{}", &stored[..stored.len() - 1]), false),
        ];

        for (text, expected) in cases {
            let history = History::read(text.as_bytes()).unwrap();

            let found = history.is_without_outcome(text.len() as u64);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_journal_tells_what_is_done_and_what_was_begun() {
        let history = History::read(journal().concat().as_bytes()).unwrap();

        let counts = Counts {
            stored: 2,
            rejected: 1,
            in_doubt: 1,
            warned: 1,
        };
        assert_eq!((history.counts, history.counts.sum()), (counts, 4));
        assert_eq!(history.begun.keys().copied().collect::<Vec<_>>(), [1]);
        let done = (0..7).map(|row| history.done(row).is_some());
        assert_eq!(
            done.collect::<Vec<_>>(),
            [false, false, true, true, true, false, true]
        );
        let bytes: Vec<u64> = history.aside.iter().map(|it| it.bytes).collect();
        assert_eq!(bytes, [7, 8, 9]);
    }

    #[test]
    fn wherever_a_journal_is_torn_what_is_whole_counts() {
        let lines = journal();
        let whole = lines.concat();

        for end in 0..=whole.len() {
            let history = History::read(&whole.as_bytes()[..end]).ok();

            let ends = lines.iter().scan(0, |sum, line| {
                *sum += line.len();
                Some(*sum)
            });
            let bytes = ends.take_while(|&it| it <= end).last().unwrap_or(0);
            assert_eq!(history.map(|it| it.bytes), Some(bytes as u64), "{end}");
        }
    }

    #[test]
    fn zeros_at_the_end_are_torn_off() {
        let whole = journal().concat();
        let torn = [whole.as_bytes(), &[0; 3000]].concat();

        assert_eq!(History::read(&torn[..]).unwrap().bytes, whole.len() as u64);
    }

    #[test]
    fn a_damaged_line_with_whole_ones_after_it_is_refused() {
        let mut lines = journal();
        lines[2] = lines[2].replace("started", "stored");

        let damage = History::read(lines.concat().as_bytes());

        assert!(matches!(damage, Err(Damage::Line(3))));
    }

    #[test]
    fn a_row_number_that_no_import_comes_to_is_damage() {
        let position = Position {
            row: 1 << 24,
            line: 2,
            hash: 7,
        };
        let event = Event::Stored;
        let forged = Record { position, event }.line();

        let damage = History::read(
            [&journal()[0], &forged]
                .map(String::as_str)
                .concat()
                .as_bytes(),
        );

        assert!(matches!(damage, Err(Damage::Line(2))));
    }

    #[test]
    fn another_file_is_no_journal() {
        for text in ["shopper_ref,email\n", "\n", "{}", "x"] {
            let damage = History::read(text.as_bytes());

            assert!(matches!(damage, Err(Damage::NoJournal)), "{text:?}");
        }
    }
}
