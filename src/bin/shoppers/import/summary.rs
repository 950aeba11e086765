//! What an import has come to, and what to do next.

use std::{path::PathBuf, time::Duration};

use super::{engine::Stop, journal::Counts, progress::shortened, shell};
use crate::{
    exit::Failure,
    output::{Format, note, print},
};

/// What an import has come to, with what earlier runs have done.
pub struct Summary {
    /// `None` if not all of stdin was read.
    pub rows: Option<u64>,
    pub counts: Counts,
    /// Rows that were done before this run.
    pub skipped: u64,
    /// Rows that are stored, although the answer could not be read.
    pub unread: u64,
    pub throttled: u64,
    pub retries: u64,
    pub took: Duration,
    pub stop: Option<Stop>,
    pub rejects: PathBuf,
    pub in_doubt: PathBuf,
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
        } = self.counts;
        let done = self.counts.sum();
        let mut parts = vec![
            format!("{stored} stored"),
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
        let mut text = format!(
            "{rows} rows: {}\n{took}, {rate:.1} rows/s, {} times throttled, {} retries",
            parts.join(", "),
            self.throttled,
            self.retries
        );
        if self.unread > 0 {
            text.push_str(&format!(
                "\n{} of the stored rows were answered with something that could not be read",
                self.unread
            ));
        }
        text
    }

    /// What to do next.
    fn next(&self) -> String {
        let mut words = Vec::new();
        if self.counts.rejected > 0 {
            words.push(format!(
                "to mend, and to import like any file: {}",
                self.rejects.display()
            ));
        }
        if self.counts.in_doubt > 0 {
            words.push(format!(
                "to look up at the vendor, as they may be stored: {}",
                self.in_doubt.display()
            ));
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
            },
            skipped: 0,
            unread: 0,
            throttled: 0,
            retries: 3,
            took: Duration::from_millis(1500),
            stop: None,
            rejects: "s.csv.rejects.csv".into(),
            in_doubt: "s.csv.in-doubt.csv".into(),
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
    fn one_that_stopped_tells_what_is_to_go_and_how_to_go_on() {
        let summary = Summary {
            rows: Some(2000),
            skipped: 10,
            unread: 1,
            stop: Some(Stop::Interrupted),
            ..summary()
        };

        let (text, next) = (summary.text(), summary.next());

        assert!(
            text.contains("1000 to go, 10 of them by earlier runs"),
            "{text}"
        );
        assert!(
            text.ends_with(
                "1 of the stored rows were answered with something that could not be read"
            )
        );
        assert!(next.contains("\nto go on: "), "{next}");
    }
}
