//! The result of an import, and what to do next.

use std::{path::PathBuf, time::Duration};

use serde::Serialize;

use super::{
    engine::Stop,
    row::{Counts, RejectKind},
};
use crate::{
    exit::Failure,
    output::{Format, command, counted, note, print},
    progress::shortened,
};

/// The result of an import, including earlier runs.
pub struct Summary {
    /// `None` if stdin was not read to its end.
    pub rows: Option<u64>,
    pub counts: Counts,
    /// The rows that earlier runs have done.
    pub skipped: u64,
    pub throttled: u64,
    pub retries: u64,
    pub took: Duration,
    pub stop: Option<Stop>,
    /// The paths of the rejects files, by kind.
    pub rejects: [PathBuf; 3],
    pub is_stream: bool,
}

/// The JSON of a summary, in the order in which people read it.
#[derive(Serialize)]
struct Json {
    rows: Option<u64>,
    stored: u64,
    rejected: u64,
    ambiguous: u64,
    skipped: u64,
    throttled: u64,
    retries: u64,
    seconds: f64,
}

impl Summary {
    /// Prints the summary and what to do next; with JSON, the latter on stderr.
    pub fn print(&self, output: Format) -> Result<(), Failure> {
        match output {
            Format::Text => print(&format!("{}\n{}", self.text(), self.next_steps())),
            Format::Json => {
                note(&self.next_steps());
                print(&serde_json::to_string(&self.json()).unwrap_or_default())
            }
        }
    }

    fn json(&self) -> Json {
        Json {
            rows: self.rows,
            stored: self.counts.stored,
            rejected: self.counts.rejected,
            ambiguous: self.counts.ambiguous,
            skipped: self.skipped,
            throttled: self.throttled,
            retries: self.retries,
            seconds: (self.took.as_secs_f64() * 1000.0).round() / 1000.0,
        }
    }

    fn text(&self) -> String {
        let Counts {
            stored,
            rejected,
            ambiguous,
            warned,
        } = self.counts;
        let done = self.counts.sum();
        let rows = self.rows.unwrap_or(done);
        let warned = match warned {
            0 => String::new(),
            _ => format!(" ({warned} with warnings)"),
        };
        let mut text = format!(
            "{}: {stored} stored{warned}, {rejected} rejected, {ambiguous} ambiguous",
            counted(rows)
        );
        if rows > done {
            text += &format!(", {} left", rows - done);
        }
        if self.skipped > 0 {
            text += &format!(", {} of them by earlier runs", self.skipped);
        }
        let seconds = self.took.as_secs_f64();
        let took = match self.took.as_secs() {
            0..60 => format!("{seconds:.1}s"),
            _ => shortened(self.took),
        };
        let rate = (done - self.skipped) as f64 / seconds.max(0.001);
        format!(
            "{text}\n{took}, {rate:.1} rows/s, {} times throttled, {} retries",
            self.throttled, self.retries
        )
    }

    fn next_steps(&self) -> String {
        let mut steps = Vec::new();
        for kind in RejectKind::ALL {
            let rows = counted(self.counts.of(kind));
            let path = self.rejects[kind as usize].display();
            let step = match kind {
                RejectKind::Rejected => "rejected; fix a copy of the file, and import that",
                RejectKind::Ambiguous => "the vendor may have stored them; look them up there",
                RejectKind::Warned => "stored with warnings; check them",
            };
            if self.counts.of(kind) > 0 {
                steps.push(format!("{rows} in {path}: {step}"));
            }
        }
        if self.stop.is_some() {
            let input = if self.is_stream {
                " with the same input"
            } else {
                ""
            };
            steps.push(format!("to continue{input}: {}", command()));
        }
        if steps.is_empty() {
            steps.push("nothing is left to do".to_owned());
        }
        steps.join("\n")
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
                ambiguous: 2,
                warned: 0,
            },
            skipped: 0,
            throttled: 0,
            retries: 3,
            took: Duration::from_millis(1500),
            stop: None,
            rejects: RejectKind::ALL.map(|kind| format!("s.csv.{}.csv", kind.file_name()).into()),
            is_stream: false,
        }
    }

    #[test]
    fn the_json_is_one_object() {
        let expected = r#"{"rows":1000,"stored":898,"rejected":100,"ambiguous":2,"skipped":0,"throttled":0,"retries":3,"seconds":1.5}"#;

        assert_eq!(serde_json::to_string(&summary().json()).unwrap(), expected);
    }

    #[test]
    fn the_text_says_what_to_do_next() {
        let summary = summary();

        assert_eq!(
            summary.text(),
            "1000 rows: 898 stored, 100 rejected, 2 ambiguous\n1.5s, 666.7 rows/s, 0 times throttled, 3 retries"
        );
        assert_eq!(
            summary.next_steps(),
            "100 rows in s.csv.rejects.csv: rejected; fix a copy of the file, and import that\n2 rows in s.csv.ambiguous.csv: the vendor may have stored them; look them up there"
        );
    }

    #[test]
    fn rows_with_warnings_are_mentioned_if_there_are_some() {
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
            text.starts_with("1000 rows: 1000 stored (3 with warnings), 0 rejected, 0 ambiguous\n"),
            "{text}"
        );
        assert_eq!(
            warned.next_steps(),
            "3 rows in s.csv.warnings.csv: stored with warnings; check them"
        );
    }

    #[test]
    fn a_stopped_import_says_how_to_continue() {
        let summary = Summary {
            rows: Some(2000),
            skipped: 10,
            stop: Some(Stop::Interrupted),
            ..summary()
        };

        let (text, next) = (summary.text(), summary.next_steps());

        assert!(
            text.contains("1000 left, 10 of them by earlier runs"),
            "{text}"
        );
        assert!(next.contains("\nto continue: "), "{next}");
    }
}
