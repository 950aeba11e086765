//! The result of a run, on stderr.

use std::time::Duration;

use serde::Serialize;

use super::{state::State, window::Window};
use crate::{
    output::{Format, note},
    progress::shortened,
};

/// The result of a run.
#[derive(Serialize)]
pub struct Summary {
    group: String,
    /// The records that were written.
    pub written: u64,
    /// The records that came again, and were left out.
    pub repeated: u64,
    pub windows: u64,
    /// The windows with fewer records than BSPK counted, those of earlier parts of the run too.
    pub short: Vec<Window>,
    #[serde(flatten)]
    time: Window,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub took: Duration,
}

impl Summary {
    pub fn new(group: String, state: &State) -> Self {
        let mut time = state.window();
        if let Some(run) = &state.run {
            time.to = run.until;
        }
        Self {
            group,
            written: 0,
            repeated: 0,
            windows: 0,
            short: Vec::new(),
            time,
            took: Duration::ZERO,
        }
    }

    pub fn print(&self, output: Format) {
        note(&match output {
            Format::Json => serde_json::to_string(self).unwrap_or_default(),
            Format::Text => self.text(),
        });
    }

    fn text(&self) -> String {
        let Self {
            group,
            written,
            repeated,
            windows,
            time: Window { from, to },
            took,
            ..
        } = self;
        let again = match repeated {
            0 => String::new(),
            _ => format!(", {repeated} left out that had been written before"),
        };
        let seconds = took.as_secs_f64();
        let rate = *written as f64 / seconds.max(0.001);
        let took = match took.as_secs() {
            0..60 => format!("{seconds:.1}s"),
            _ => shortened(*took),
        };
        format!(
            "{written} {group} from {from} to {to}{again}\n{took}, {rate:.1} records/s, in {windows} windows"
        )
    }
}

fn seconds<S: serde::Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((took.as_secs_f64() * 1000.0).round() / 1000.0)
}
