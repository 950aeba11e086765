//! A look at every row of a file, without a key.

use std::{collections::BTreeMap, path::Path, time::Duration};

use serde_json::json;

use super::{
    arguments::Arguments,
    aside::{Aside, Form},
    destination::{self, Destination},
    layout::Layout,
    progress::shortened,
    repeats::{self, Repeats},
    source::{self, Fault, Position, Raw, Source},
};
use crate::{
    exit::{Exit, Failure},
    output::{Format, counted, note, print},
};

/// How many faults are told one by one.
const TOLD: usize = 20;

/// What was found.
#[derive(Default)]
struct Findings {
    rows: u64,
    bad: u64,
    /// How many rows have which fault.
    codes: BTreeMap<String, u64>,
    told: usize,
    repeats: Repeats,
    /// Rows that make a shopper each time that they are sent.
    harmful: u64,
}

/// Checks every row, tells what is wrong with which, and how long the import will take.
pub fn run<D: Destination>(
    arguments: &Arguments,
    share: f64,
    source: Source,
    output: Format,
) -> Result<Exit, Failure> {
    let mut aside = match &arguments.rejects {
        Some(path) => Some(open(path, &source.layout)?),
        None => None,
    };
    let mut findings = Findings::default();
    let name = arguments.name();
    let broken = |err: source::Broken| Failure::usage(format!("{name}: {err}"));
    let (mut rows, layout, names) = source.rows(None).map_err(broken)?;
    while let Some((position, raw)) = rows.next().map_err(broken)? {
        findings.rows += 1;
        let shopper = source::content(&raw, &layout, &names)
            .and_then(|value| destination::shopper::<D>(&names.attributes, &value));
        match shopper {
            Ok(shopper) => findings.good::<D>(&shopper),
            Err(fault) => {
                findings.bad(position, &fault);
                if let Some(aside) = &mut aside {
                    keep(aside, position, &fault, &raw)?;
                }
            }
        }
    }
    if findings.rows == 0 {
        return Err(Failure::usage(format!(
            "{name}: it has a header and no rows"
        )));
    }
    if let Some(aside) = aside {
        let path = aside.path().display().to_string();
        aside
            .close()
            .map_err(|err| Failure::stopped(format!("{path}: {err}")))?;
    }
    let bad = findings.bad;
    findings.tell::<D>(arguments, share, output)?;
    Ok(match bad {
        0 => Exit::Done,
        _ => Exit::Incomplete,
    })
}

impl Findings {
    fn good<D: Destination>(&mut self, shopper: &D::Shopper) {
        self.harmful += u64::from(D::replay(shopper) == destination::Replay::Harmful);
        self.repeats.add(&D::keys(shopper));
    }

    fn bad(&mut self, position: Position, fault: &Fault) {
        self.bad += 1;
        *self.codes.entry(fault.code.to_string()).or_default() += 1;
        if self.told < TOLD {
            self.told += 1;
            note(&format!(
                "line {}: {}: {}",
                position.line, fault.code, fault.reason
            ));
        }
    }

    fn tell<D: Destination>(
        self,
        arguments: &Arguments,
        share: f64,
        output: Format,
    ) -> Result<(), Failure> {
        if self.bad > self.told as u64 {
            note(&format!(
                "and {} more; --rejects FILE has all of them",
                self.bad - self.told as u64
            ));
        }
        for (code, rows) in &self.codes {
            note(&format!("code {code}: {}", counted(*rows)));
        }
        if let Some(warning) = repeats::warning::<D>(self.repeats.count()) {
            note(&warning);
        }
        if self.harmful > 0 {
            note(&format!(
                "warning: {} without a shopper_ref; each import makes new shoppers of those",
                counted(self.harmful)
            ));
        }
        let takes = arguments.quota.map(|quota| {
            let calls = (f64::from(quota.calls) * share).floor().max(1.0);
            takes(self.rows - self.bad, calls, quota.window)
        });
        match output {
            Format::Text => {
                let good = self.rows - self.bad;
                print(&format!(
                    "{}: {good} good, {} bad",
                    counted(self.rows),
                    self.bad
                ))?;
                takes.map_or(Ok(()), |takes| {
                    let takes = shortened(takes);
                    print(&format!("the import will take {takes} at the least"))
                })
            }
            Format::Json => {
                let seconds = takes.map(|it| it.as_secs());
                let found = json!({"rows": self.rows, "rejected": self.bad, "seconds": seconds});
                print(&found.to_string())
            }
        }
    }
}

/// The time that a quota makes necessary: the first calls go at once, and the last ones a window after those before them.
fn takes(rows: u64, calls: f64, window: Duration) -> Duration {
    let windows = (rows as f64 / calls).ceil() - 1.0;
    Duration::try_from_secs_f64(window.as_secs_f64() * windows.max(0.0)).unwrap_or(Duration::MAX)
}

fn open(path: &Path, layout: &Layout) -> Result<Aside, Failure> {
    Aside::open(path, None, Form::of(layout)).map_err(|_| {
        Failure::usage(format!(
            "{}: it cannot be written, or has something in it already",
            path.display()
        ))
    })
}

fn keep(aside: &mut Aside, position: Position, fault: &Fault, raw: &Raw) -> Result<(), Failure> {
    aside.add(position, &fault.code, &fault.reason, raw);
    aside
        .write()
        .map_err(|err| Failure::stopped(format!("{}: {err}", aside.path().display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_takes_as_long_as_the_quota_makes_it() {
        let takes = |rows, calls, seconds| {
            super::takes(rows, calls, Duration::from_secs(seconds)).as_secs()
        };

        assert_eq!(takes(50_000, 30.0, 10), 16_660);
        assert_eq!(takes(600, 60.0, 2), 18);
        assert_eq!(takes(601, 60.0, 2), 20);
        assert_eq!(takes(1, 30.0, 10), 0);
        assert_eq!(takes(0, 30.0, 10), 0);
    }
}
