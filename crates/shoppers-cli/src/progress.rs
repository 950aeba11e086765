//! The progress of an import or an extraction, on stderr.

use std::{
    io::{IsTerminal, stderr},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use shoppers::quota::Snapshot;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};

use crate::output::note;

/// The time between two lines where there is no terminal.
const LINE: Duration = Duration::from_secs(10);

/// The time between two drawings of the bar.
const DRAW: Duration = Duration::from_millis(100);

/// The items that are done.
pub trait Done {
    /// The number of them.
    fn done(&self) -> u64;

    /// More about them, or nothing.
    fn about(&self) -> String;
}

/// A bar on a terminal, or a line now and then.
pub struct Progress {
    bar: ProgressBar,
    unit: &'static str,
    /// The items that a call is for.
    per_call: u64,
    is_terminal: bool,
    started: Instant,
    shown: Instant,
    ticks: Interval,
}

impl Progress {
    /// Starts after the items that earlier runs have done; a call is for `per_call` of them.
    pub fn new(unit: &'static str, per_call: u64, total: Option<u64>, before: u64) -> Self {
        let is_terminal = stderr().is_terminal();
        let (target, every) = if is_terminal {
            (ProgressDrawTarget::stderr(), 10 * DRAW)
        } else {
            (ProgressDrawTarget::hidden(), LINE)
        };
        let bar = ProgressBar::with_draw_target(total, target).with_style(style(unit, total));
        // The rate counts from here.
        bar.set_position(before);
        bar.reset_eta();
        let started = Instant::now();
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.reset();
        Self {
            bar,
            unit,
            per_call,
            is_terminal,
            started,
            shown: started,
            ticks,
        }
    }

    /// Sets a total that was not known before.
    pub fn set_total(&self, total: u64) {
        self.bar.set_style(style(self.unit, Some(total)));
        self.bar.set_length(total);
    }

    /// Returns when it is time to show something, even if nothing has happened.
    pub async fn tick(&mut self) {
        self.ticks.tick().await;
    }

    /// Shows the progress, unless it was shown just now.
    pub fn show(&mut self, items: &impl Done, quota: impl FnOnce() -> Snapshot) {
        let every = if self.is_terminal { DRAW } else { LINE };
        let now = Instant::now();
        if now.duration_since(self.shown) < every {
            return;
        }
        self.shown = now;
        let done = items.done();
        self.bar.set_position(done);
        let quota = quota();
        let calls_per_second = quota
            .permits
            .map(|permits| permits as f64 / quota.window.as_secs_f64());
        let left = self.bar.length().map(|total| {
            let calls = total.saturating_sub(done).div_ceil(self.per_call) as f64;
            time_left(self.bar.eta(), calls, calls_per_second)
        });
        let rate = format!("{:.1} {}/s", self.bar.per_sec(), self.unit);
        let text = status(&items.about(), &rate, calls_per_second, left);
        if self.is_terminal {
            self.bar.set_message(text);
        } else {
            let total = self
                .bar
                .length()
                .map_or(String::new(), |it| format!("/{it}"));
            note(&format!("{done}{total} {}, {text}", self.unit));
        }
    }

    /// Prints a message beside the bar.
    pub fn message(&self, text: &str) {
        self.bar.suspend(|| note(text));
    }

    /// Removes the bar, and returns the time since the start.
    pub fn finish(self) -> Duration {
        self.bar.finish_and_clear();
        self.started.elapsed()
    }
}

fn style(unit: &str, total: Option<u64>) -> ProgressStyle {
    let template = match total {
        Some(_) => format!("{{bar:20}} {{pos}}/{{len}} {unit}, {{wide_msg}}"),
        None => format!("{{spinner}} {{pos}} {unit}, {{wide_msg}}"),
    };
    // The default is a bar as well.
    ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn status(
    about: &str,
    rate: &str,
    calls_per_second: Option<f64>,
    left: Option<Duration>,
) -> String {
    // A narrow terminal shows the first parts alone.
    let mut parts = Vec::new();
    if let Some(left) = left {
        parts.push(format!("{} left", shortened(left)));
    }
    parts.extend(Some(about.to_owned()).filter(|it| !it.is_empty()));
    let quota = calls_per_second.map_or(String::new(), |it| format!(" (quota: {it:.1} calls/s)"));
    parts.push(format!("{rate}{quota}"));
    parts.join(", ")
}

/// The time for the rest by the rate so far, or by the quota if that takes longer.
fn time_left(by_rate: Duration, calls: f64, calls_per_second: Option<f64>) -> Duration {
    let by_quota = calls_per_second.map_or(0.0, |per_second| calls / per_second);
    by_rate.max(Duration::try_from_secs_f64(by_quota).unwrap_or(Duration::MAX))
}

/// A duration in at most two units.
pub fn shortened(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let unit = match seconds {
        0..3600 => 1,
        3600..86_400 => 60,
        _ => 3600,
    };
    humantime::format_duration(Duration::from_secs(seconds / unit * unit)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_has_counts_rates_and_the_time_left() {
        let (about, rate) = ("123 rejected, 1 ambiguous", "3.0 rows/s");

        let whole = status(about, rate, Some(3.0), Some(Duration::from_secs(12_751)));
        let brief = status("", rate, None, None);

        assert_eq!(
            whole,
            "3h 32m left, 123 rejected, 1 ambiguous, 3.0 rows/s (quota: 3.0 calls/s)"
        );
        assert_eq!(brief, "3.0 rows/s");
    }

    #[test]
    fn the_time_left_follows_the_quota_or_a_slower_rate() {
        let seconds = Duration::from_secs;

        assert_eq!(time_left(seconds(100), 300.0, Some(2.0)), seconds(150));
        assert_eq!(time_left(seconds(200), 300.0, Some(2.0)), seconds(200));
        assert_eq!(time_left(seconds(100), 300.0, None), seconds(100));
        assert_eq!(time_left(seconds(1), 300.0, Some(0.0)), Duration::MAX);
    }

    #[test]
    fn a_duration_is_shown_in_two_units() {
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
