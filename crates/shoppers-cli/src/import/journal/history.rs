//! The records of earlier runs.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read},
    time::Duration,
};

use super::{
    super::{
        rejects::Extent,
        row::{Counts, Position},
    },
    record::{Event, Header, Line, is_torn_header, resembles},
};
use crate::exit::Failure;

/// No line of a journal is longer.
const LONGEST_LINE: u64 = 4096;

/// The largest distance between a row that is recorded and the last row that is done: more than an import holds in memory.
const AHEAD: usize = 4096;

/// The records of earlier runs.
#[derive(Debug, Default)]
pub struct History {
    pub header: Option<Header>,
    /// The hashes of the rows that are done, by row number, 0 for the others: 4 bytes for each row of the file.
    done: Vec<u32>,
    /// The rows that were started and have no outcome.
    pub started: BTreeMap<u64, Position>,
    pub counts: Counts,
    /// The longest attempt timeout of any run.
    pub attempt_timeout: Duration,
    /// The extents of the rejects files, by kind.
    pub rejects: [Extent; 3],
    /// The length of the undamaged part of the journal.
    pub bytes: u64,
    /// The lines after that part.
    damaged: Vec<Vec<u8>>,
}

impl History {
    /// Reads a journal. A line that was torn off at its end does not count.
    pub fn read(mut input: impl BufRead, path: &str) -> Result<Self, Failure> {
        let mut history = Self::default();
        let mut first_damaged = None;
        let mut text = Vec::new();
        for number in 1.. {
            text.clear();
            let read = input
                .by_ref()
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut text)
                .map_err(|err| Failure::stopped(format!("{path}: {err}")))?;
            if read == 0 {
                break;
            }
            let line = text.strip_suffix(b"\n").and_then(Line::parse);
            match (line, first_damaged) {
                (Some(Line::Import(header)), None) if number == 1 => history.header = Some(header),
                (None, None) if number == 1 && is_torn_header(&text) => break,
                _ if number == 1 => {
                    return Err(Failure::usage(format!(
                        "{path}: not a journal of this version of shoppers; name another place with --journal"
                    )));
                }
                (None, _) => {
                    first_damaged.get_or_insert(number);
                    // Zeros are left by a loss of power before a write had reached the disk, and nothing was sent before that.
                    if text.iter().any(|byte| *byte != 0) {
                        history.damaged.push(text.clone());
                    }
                }
                (Some(_), Some(damaged)) => return Err(is_damaged(path, damaged)),
                (Some(Line::Import(_)), None) => return Err(is_damaged(path, number)),
                (Some(Line::Run { attempt_timeout }), None) => history.extend(attempt_timeout),
                (Some(Line::Row(position, event)), None) => history
                    .record(position, event)
                    .ok_or_else(|| is_damaged(path, number))?,
            }
            if first_damaged.is_none() {
                history.bytes += read as u64;
            }
        }
        Ok(history)
    }

    /// Returns `true` if no row has an outcome or may have one, as after a run with a wrong key. `bytes` is the length of the
    /// journal: what is torn off at its end may be an outcome.
    pub fn is_without_outcome(&self, bytes: u64) -> bool {
        self.counts == Counts::default() && self.started.is_empty() && self.bytes == bytes
    }

    /// The hash of the row with this number, if it is done.
    pub fn done(&self, row: u64) -> Option<u32> {
        let index = usize::try_from(row).ok()?;
        self.done.get(index).copied().filter(|&hash| hash != 0)
    }

    /// Returns `true` if lines at the end are damaged, which may have been about rows that were sent.
    pub fn is_damaged(&self) -> bool {
        !self.damaged.is_empty()
    }

    /// Returns `true` if the row was started and has no outcome, or if a damaged line may say so.
    pub fn may_be_started(&self, position: Position) -> bool {
        let is_near = position.row < (self.done.len() + AHEAD) as u64;
        self.started.contains_key(&position.row)
            || is_near && self.damaged.iter().any(|line| resembles(line, position))
    }

    /// Takes over the attempt timeout of a run.
    pub fn extend(&mut self, attempt_timeout: Duration) {
        self.attempt_timeout = self.attempt_timeout.max(attempt_timeout);
    }

    /// Takes over an event; `None` if the row is too far ahead for an import to have come to it.
    fn record(&mut self, position: Position, event: Event) -> Option<()> {
        let Position { row, hash, .. } = position;
        match event {
            Event::Started => {
                self.started.insert(row, position);
                return Some(());
            }
            Event::NotSent => {
                self.started.remove(&row);
                return Some(());
            }
            Event::Stored => self.counts.stored += 1,
            Event::Reject(kind, extent) => {
                self.counts.add(kind);
                self.rejects[kind as usize] = extent;
            }
        }
        self.started.remove(&row);
        let index = usize::try_from(row).ok()?;
        if index > self.done.len() + AHEAD {
            return None;
        }
        self.done.resize(self.done.len().max(index + 1), 0);
        self.done[index] = hash;
        Some(())
    }
}

fn is_damaged(path: &str, line: u64) -> Failure {
    Failure::usage(format!(
        "{path}: line {line} is damaged, and lines after it are not; restore a copy of the journal; without a copy, cut the journal before that line: rows recorded after it are sent again, which makes new shoppers of those without a shopper_ref"
    ))
}

#[cfg(test)]
mod tests {
    use super::{super::super::row::RejectKind, *};

    fn row(row: u64, event: Event) -> String {
        let line = row + 1;
        Line::Row(Position { row, line, hash: 7 }, event).to_string()
    }

    fn journal() -> Vec<String> {
        let header = Header::new(
            "bspk upsert_shopper",
            "https://api.bspk.com".to_owned(),
            None,
            "m".to_owned(),
        );
        let reject = |kind, bytes| Event::Reject(kind, Extent { bytes, hash: 1 });
        vec![
            Line::Import(header).to_string(),
            row(1, Event::Started),
            row(2, Event::Started),
            row(2, Event::Stored),
            row(4, reject(RejectKind::Rejected, 7)),
            row(3, reject(RejectKind::Ambiguous, 8)),
            row(5, Event::Started),
            row(5, Event::NotSent),
            row(6, reject(RejectKind::Warned, 9)),
        ]
    }

    fn read(text: &[u8]) -> Result<History, Failure> {
        History::read(text, "j")
    }

    fn message(text: &str) -> String {
        read(text.as_bytes())
            .err()
            .map_or(String::new(), |err| err.message().to_owned())
    }

    #[test]
    fn a_journal_without_outcome_is_a_header_and_rows_that_were_not_sent() {
        let lines = journal();
        let (header, started, not_sent, stored) = (&lines[0], &lines[6], &lines[7], &lines[3]);
        let cases = [
            (header.clone(), true),
            (format!("{header}{started}{not_sent}"), true),
            (format!("{header}{started}"), false),
            (format!("{header}{stored}"), false),
            (format!("{header}{}", &stored[..stored.len() - 1]), false),
        ];

        for (text, expected) in cases {
            let history = read(text.as_bytes()).unwrap();

            let found = history.is_without_outcome(text.len() as u64);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_journal_says_which_rows_are_done_and_which_were_started() {
        let history = read(journal().concat().as_bytes()).unwrap();

        let counts = Counts {
            stored: 2,
            rejected: 1,
            ambiguous: 1,
            warned: 1,
        };
        assert_eq!((history.counts, history.counts.sum()), (counts, 4));
        assert_eq!(history.started.keys().copied().collect::<Vec<_>>(), [1]);
        let done = [0, 1, 2, 3, 4, 5, 6].map(|row| history.done(row).is_some());
        assert_eq!(done, [false, false, true, true, true, false, true]);
        assert_eq!(history.rejects.map(|it| it.bytes), [7, 8, 9]);
    }

    #[test]
    fn a_torn_journal_counts_up_to_its_last_whole_line() {
        let lines = journal();
        let whole = lines.concat();

        for end in 0..=whole.len() {
            let history = read(&whole.as_bytes()[..end]).ok();

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

        let history = read(&torn).unwrap();

        assert_eq!(
            (history.bytes, history.is_damaged()),
            (whole.len() as u64, false)
        );
    }

    #[test]
    fn a_damaged_line_before_whole_ones_is_refused() {
        let mut lines = journal();
        lines[2] = lines[2].replace("started", "stored");

        assert!(message(&lines.concat()).starts_with("j: line 3 is damaged"));
    }

    #[test]
    fn a_row_number_out_of_reach_is_damage() {
        let text = format!("{}{}", journal()[0], row(1 << 24, Event::Stored));

        assert!(message(&text).starts_with("j: line 2 is damaged"));
    }

    #[test]
    fn a_file_that_is_not_a_journal_is_refused() {
        let other = journal()[0].replace("import-4", "import-5");
        for text in ["shopper_ref,email\n", "\n", "{}", "x", &other] {
            assert!(message(text).contains("not a journal"), "{text:?}");
        }
    }
}
