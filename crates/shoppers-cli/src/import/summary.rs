//! What an import has come to, and what to do next.

use std::{path::PathBuf, time::Duration};

use super::{
    aside::{ByKind, Kind},
    engine::Stop,
    journal::Counts,
    progress::shortened,
    shell,
};
use crate::{
    exit::Failure,
    output::{Format, counted, note, print},
};

/// What an import has come to, with what earlier runs have done.
pub struct Summary {
    /// `None` if not all of stdin was read.
    pub rows: Option<u64>,
    pub counts: Counts,
    /// Rows that were done before this run.
    pub skipped: u64,
    pub throttled: u64,
    pub retries: u64,
    pub took: Duration,
    pub stop: Option<Stop>,
    /// Where the rows are that were set aside.
    pub aside: ByKind<PathBuf>,
    pub is_stdin: bool,
}

impl Summary {
    /// Prints it: for people with what to do next, for programs one object, and what to do next on stderr.
    pub fn tell(&self, output: Format) -> Result<(), Failure> {
        match output {
            Format::Text => print(&format!("{}\n{}", self.text(), self.next())),
            Format::Json => {
                note(&self.next());
                print(&self.json())
            }
        }
    }

    fn json(&self) -> String {
        let Counts {
            stored,
            rejected,
            in_doubt,
            ..
        } = self.counts;
        let seconds = (self.took.as_secs_f64() * 1000.0).round() / 1000.0;
        // By hand, for the order in which people read it.
        let rows = self.rows.map_or("null".to_owned(), |rows| rows.to_string());
        format!(
            r#"{{"rows":{rows},"stored":{stored},"rejected":{rejected},"in_doubt":{in_doubt},"skipped":{},"throttled":{},"retries":{},"seconds":{seconds}}}"#,
            self.skipped, self.throttled, self.retries,
        )
    }

    fn text(&self) -> String {
        let Counts {
            stored,
            rejected,
            in_doubt,
            warned,
        } = self.counts;
        let done = self.counts.sum();
        let mut parts = vec![
            match warned {
                0 => format!("{stored} stored"),
                _ => format!("{stored} stored, of which {warned} with warnings"),
            },
            format!("{rejected} rejected"),
            format!("{in_doubt} in doubt"),
        ];
        match self.rows {
            Some(rows) if rows > done => parts.push(format!("{} to go", rows - done)),
            _ => {}
        }
        if self.skipped > 0 {
            parts.push(format!("{} of them by earlier runs", self.skipped));
        }
        let rows = self.rows.unwrap_or(done);
        let seconds = self.took.as_secs_f64();
        let took = match self.took.as_secs() {
            0..60 => format!("{seconds:.1}s"),
            _ => shortened(self.took),
        };
        let rate = (done - self.skipped) as f64 / seconds.max(0.001);
        format!(
            "{}: {}\n{took}, {rate:.1} rows/s, {} times throttled, {} retries",
            counted(rows),
            parts.join(", "),
            self.throttled,
            self.retries
        )
    }

    /// What to do next.
    fn next(&self) -> String {
        let mut words = Vec::new();
        for kind in Kind::ALL {
            let rows = self.counts.of(kind);
            let what = match kind {
                Kind::Rejected => "to mend, and to import like any file".to_owned(),
                Kind::InDoubt => "to look up at the vendor, as they may be stored".to_owned(),
                Kind::Warned => format!("{rows} to look through, stored with warnings"),
            };
            if rows > 0 {
                words.push(format!("{what}: {}", self.aside[kind].display()));
            }
        }
        if self.stop.is_some() {
            let input = if self.is_stdin {
                ", with the same input"
            } else {
                ""
            };
            words.push(format!("to go on{input}: {}", shell::command()));
        }
        if words.is_empty() {
            words.push("nothing is left to do".to_owned());
        }
        words.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        Summary {
            rows: Some(1000),
            counts: Counts {
                stored: 898,
                rejected: 100,
                in_doubt: 2,
                warned: 0,
            },
            skipped: 0,
            throttled: 0,
            retries: 3,
            took: Duration::from_millis(1500),
            stop: None,
            aside: ByKind::new(|kind| format!("s.csv.{}.csv", kind.file()).into()),
            is_stdin: false,
        }
    }

    #[test]
    fn a_program_gets_one_object() {
        let expected = r#"{"rows":1000,"stored":898,"rejected":100,"in_doubt":2,"skipped":0,"throttled":0,"retries":3,"seconds":1.5}"#;

        assert_eq!(summary().json(), expected);
    }

    #[test]
    fn a_person_is_told_what_to_do_next() {
        let summary = summary();

        assert_eq!(
            summary.text(),
            "1000 rows: 898 stored, 100 rejected, 2 in doubt\n1.5s, 666.7 rows/s, 0 times throttled, 3 retries"
        );
        assert_eq!(
            summary.next(),
            "to mend, and to import like any file: s.csv.rejects.csv\nto look up at the vendor, as they may be stored: s.csv.in-doubt.csv"
        );
    }

    #[test]
    fn rows_with_warnings_are_told_of_where_there_are_some() {
        let counts = Counts {
            stored: 1000,
            warned: 3,
            ..Counts::default()
        };
        let warned = Summary {
            counts,
            ..summary()
        };

        let text = warned.text();

        assert!(
            text.starts_with(
                "1000 rows: 1000 stored, of which 3 with warnings, 0 rejected, 0 in doubt\n"
            ),
            "{text}"
        );
        assert_eq!(
            warned.next(),
            "3 to look through, stored with warnings: s.csv.warnings.csv"
        );
        assert!(!warned.json().contains("warn"), "{}", warned.json());
    }

    #[test]
    fn one_that_stopped_tells_what_is_to_go_and_how_to_go_on() {
        let summary = Summary {
            rows: Some(2000),
            skipped: 10,
            stop: Some(Stop::Interrupted),
            ..summary()
        };

        let (text, next) = (summary.text(), summary.next());

        assert!(
            text.contains("1000 to go, 10 of them by earlier runs"),
            "{text}"
        );
        assert!(next.contains("\nto go on: "), "{next}");
    }
}
