//! How far an import is, on stderr.

use std::{
    io::{IsTerminal, stderr},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use shoppers::quota::Snapshot;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use super::journal::Counts;
use crate::output::note;

/// How often a line is written where there is no terminal.
const LINE: Duration = Duration::from_secs(10);

/// How often the bar is drawn.
const DRAW: Duration = Duration::from_millis(100);

/// The least that is left for the bar itself.
const BAR: usize = 12;

/// How far an import is.
pub struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
    /// Rows that earlier runs have done.
    before: u64,
    total: Option<u64>,
    shown: Option<Instant>,
    ticks: Interval,
}

/// How far an import is at one moment.
#[derive(Clone, Debug, PartialEq)]
struct Status {
    done: u64,
    total: Option<u64>,
    rejected: u64,
    in_doubt: u64,
    /// Rows per second.
    rate: f64,
    /// Calls per second that the quota allows.
    quota: Option<f64>,
}

impl Progress {
    /// Begins, after the rows that are done already.
    pub fn new(total: Option<u64>, before: u64) -> Self {
        let bar = stderr().is_terminal().then(|| bar(total));
        let every = if bar.is_some() { 10 * DRAW } else { LINE };
        let begun = Instant::now();
        let mut ticks = interval_at(begun + every, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            bar,
            begun,
            before,
            total,
            shown: None,
            ticks,
        }
    }

    /// Comes back when it is time to show something, whether or not something has happened.
    pub async fn tick(&mut self) {
        self.ticks.tick().await;
    }

    /// Shows how far it is, unless that was shown just now.
    pub fn show(&mut self, counts: &Counts, quota: impl FnOnce() -> Snapshot) {
        let now = Instant::now();
        let every = if self.bar.is_some() { DRAW } else { LINE };
        let last = self.shown.unwrap_or(self.begun);
        if now.duration_since(last) < every {
            return;
        }
        self.shown = Some(now);
        let status = self.status(counts, &quota(), now);
        match &self.bar {
            Some(bar) => {
                let width = usize::from(console::Term::stderr().size().1);
                bar.set_position(status.done);
                bar.set_message(status.words(width.saturating_sub(BAR)));
            }
            None => note(&status.words(usize::MAX)),
        }
    }

    /// Says something beside the bar.
    pub fn say(&self, words: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| note(words)),
            None => note(words),
        }
    }

    /// Takes the bar away, and tells how long it took.
    pub fn end(self) -> Duration {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.begun.elapsed()
    }

    fn status(&self, counts: &Counts, quota: &Snapshot, now: Instant) -> Status {
        let done = counts.sum();
        let seconds = now.duration_since(self.begun).as_secs_f64();
        let this_run = done.saturating_sub(self.before);
        Status {
            done,
            total: self.total,
            rejected: counts.rejected,
            in_doubt: counts.in_doubt,
            rate: this_run as f64 / seconds.max(0.001),
            quota: quota
                .slots
                .map(|slots| slots as f64 / quota.window.as_secs_f64()),
        }
    }
}

impl Status {
    /// As much of it as fits into the width.
    fn words(&self, width: usize) -> String {
        let Self { rejected, rate, .. } = self;
        let done = match self.total {
            Some(total) => format!("{}/{total}", self.done),
            None => self.done.to_string(),
        };
        let left = self.left().map(shortened);
        let quota = self.quota.map_or(String::new(), |quota| {
            format!(" (quota: {quota:.1} calls/s)")
        });
        let doubt = match self.in_doubt {
            0 => String::new(),
            rows => format!(", {rows} in doubt"),
        };
        let rest = left
            .as_ref()
            .map_or(String::new(), |left| format!(", {left} left"));
        let brief = left.map_or(String::new(), |left| format!(" {left}"));
        let forms = [
            format!("{done} rows, {rejected} rejected{doubt}, {rate:.1} rows/s{quota}{rest}"),
            format!("{done}, {rejected} rejected, {rate:.1} rows/s{rest}"),
            format!("{done}, {rejected} rejected, {rate:.1}/s{brief}"),
            format!("{done} {rejected} rej. {rate:.1}/s{brief}"),
            format!("{done} {rejected} rej.{brief}"),
        ];
        let fitting = forms.into_iter().find(|form| form.len() <= width);
        fitting.unwrap_or(done)
    }

    /// By the quota, or by how it went so far if that is slower.
    fn left(&self) -> Option<Duration> {
        let rows = self.total?.saturating_sub(self.done) as f64;
        let rates = [self.quota, (self.rate > 0.0).then_some(self.rate)];
        let slowest = rates.into_iter().flatten().reduce(f64::min)?;
        Duration::try_from_secs_f64(rows / slowest).ok()
    }
}

/// A duration in two words at the most.
pub fn shortened(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let unit = match seconds {
        0..3600 => 1,
        3600..86_400 => 60,
        _ => 3600,
    };
    humantime::format_duration(Duration::from_secs(seconds / unit * unit)).to_string()
}

fn bar(total: Option<u64>) -> ProgressBar {
    let bar = match total {
        Some(total) => ProgressBar::new(total),
        None => ProgressBar::new_spinner(),
    };
    let template = match total {
        Some(_) => "{wide_bar} {msg}",
        None => "{spinner} {msg}",
    };
    // The default is a bar as well.
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status() -> Status {
        Status {
            done: 12_345,
            total: Some(50_000),
            rejected: 123,
            in_doubt: 0,
            rate: 2.96,
            quota: Some(3.0),
        }
    }

    #[test]
    fn as_much_is_told_as_fits() {
        let cases = [
            (
                200,
                "12345/50000 rows, 123 rejected, 3.0 rows/s (quota: 3.0 calls/s), 3h 32m left",
            ),
            (68, "12345/50000, 123 rejected, 3.0 rows/s, 3h 32m left"),
            (40, "12345/50000, 123 rejected, 3.0/s 3h 32m"),
            (33, "12345/50000 123 rej. 3.0/s 3h 32m"),
            (28, "12345/50000 123 rej. 3h 32m"),
            (5, "12345/50000"),
        ];

        for (width, expected) in cases {
            assert_eq!(status().words(width), expected, "{width}");
        }
    }

    #[test]
    fn what_is_left_follows_the_quota_until_that_proves_too_hopeful() {
        let left = |rate, quota| {
            Status {
                rate,
                quota,
                ..status()
            }
            .left()
            .map(|it| it.as_secs())
        };

        assert_eq!(left(100.0, Some(3.0)), Some(12_551));
        assert_eq!(left(1.0, Some(3.0)), Some(37_655));
        assert_eq!(left(10.0, None), Some(3_765));
        assert_eq!(left(0.0, None), None);
    }

    #[test]
    fn a_time_is_told_in_two_words() {
        for (seconds, expected) in [
            (0, "0s"),
            (59, "59s"),
            (3_599, "59m 59s"),
            (16_201, "4h 30m"),
            (90_001, "1day 1h"),
        ] {
            assert_eq!(shortened(Duration::from_secs(seconds)), expected);
        }
    }
}
