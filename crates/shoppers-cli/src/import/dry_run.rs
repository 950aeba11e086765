//! Checks every row of a file, without a key.

use std::{collections::BTreeMap, time::Duration};

use serde_json::json;

use super::{
    arguments::Arguments,
    destination::{self, Destination, Idempotency},
    messages::unwritable,
    rejects::{self, Reject, RejectsFile},
    repeats::{self, Repeats},
    row::{Position, RowFault},
    source::{self, ReadError, Source},
};
use crate::{
    exit::{Exit, Failure},
    output::{Format, counted, note, print},
    progress::shortened,
};

/// The number of faults that are printed one by one.
const LISTED: usize = 20;

/// The findings about a file.
#[derive(Default)]
struct Findings {
    rows: u64,
    bad: u64,
    /// The number of rows with each fault.
    codes: BTreeMap<String, u64>,
    repeats: Repeats,
    /// Rows that create a shopper each time that they are sent.
    not_idempotent: u64,
}

/// Checks every row, and prints the faults and the duration of the import.
pub fn run<D: Destination>(
    arguments: &Arguments,
    share: f64,
    source: Source,
    output: Format,
) -> Result<Exit, Failure> {
    let format = rejects::Format::of(&source.layout);
    let open = |path| RejectsFile::open(path, None, format);
    let mut rejects = arguments.rejects.as_deref().map(open).transpose()?;
    let mut findings = Findings::default();
    let name = arguments.name();
    let failed = |err: ReadError| Failure::usage(format!("{name}: {err}"));
    let (mut rows, layout, names) = source.rows(None).map_err(failed)?;
    while let Some((position, row)) = rows.next().map_err(failed)? {
        let shopper = source::content(&row, &layout, &names)
            .and_then(|value| destination::shopper::<D>(&names.attributes, &value));
        match shopper {
            Ok(shopper) => findings.add_good::<D>(&shopper),
            Err(fault) => {
                findings.add_bad(position, &fault);
                if let Some(file) = &mut rejects {
                    file.add(position, &Reject { fault, row });
                    file.write()
                        .map_err(|err| Failure::stopped(unwritable(file.path(), &err)))?;
                }
            }
        }
    }
    if findings.rows == 0 {
        return Err(source::no_rows(&name));
    }
    let exit = match findings.bad {
        0 => Exit::Done,
        _ => Exit::Incomplete,
    };
    findings.print::<D>(arguments, share, output)?;
    Ok(exit)
}

impl Findings {
    fn add_good<D: Destination>(&mut self, shopper: &D::Shopper) {
        self.rows += 1;
        let is_idempotent = D::idempotency(shopper) != Idempotency::NotIdempotent;
        self.not_idempotent += u64::from(!is_idempotent);
        self.repeats.add(&D::keys(shopper));
    }

    fn add_bad(&mut self, position: Position, fault: &RowFault) {
        self.rows += 1;
        self.bad += 1;
        *self.codes.entry(fault.code.to_string()).or_default() += 1;
        if self.bad <= LISTED as u64 {
            let RowFault { code, reason } = fault;
            note(&format!("line {}: {code}: {reason}", position.line));
        }
    }

    fn print<D: Destination>(
        self,
        arguments: &Arguments,
        share: f64,
        output: Format,
    ) -> Result<(), Failure> {
        let Self { rows, bad, .. } = self;
        let good = rows - bad;
        if bad > LISTED as u64 {
            let more = bad - LISTED as u64;
            note(&format!(
                "and {more} more; write all to a file with --rejects FILE"
            ));
        }
        for (code, rows) in &self.codes {
            note(&format!("code {code}: {}", counted(*rows)));
        }
        if let Some(warning) = repeats::warning::<D>(self.repeats.count()) {
            note(&warning);
        }
        if self.not_idempotent > 0 {
            note(&format!(
                "warning: {} without a shopper_ref; each import of them creates new shoppers",
                counted(self.not_idempotent)
            ));
        }
        let duration = arguments.quota.map(|quota| {
            let calls = (f64::from(quota.calls) * share).floor().max(1.0);
            duration(good, calls, quota.window)
        });
        if output == Format::Json {
            let seconds = duration.map(|it| it.as_secs());
            return print(&json!({"rows": rows, "rejected": bad, "seconds": seconds}).to_string());
        }
        print(&format!("{}: {good} good, {bad} bad", counted(rows)))?;
        match duration {
            Some(duration) => print(&format!(
                "the import will take at least {}",
                shortened(duration)
            )),
            None => Ok(()),
        }
    }
}

/// The least duration under a quota: the first calls are sent at once, and all others a window after those before them.
fn duration(rows: u64, calls: f64, window: Duration) -> Duration {
    let windows = (rows as f64 / calls).ceil() - 1.0;
    Duration::try_from_secs_f64(window.as_secs_f64() * windows.max(0.0)).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quota_sets_the_duration() {
        let seconds =
            |rows, calls, window| duration(rows, calls, Duration::from_secs(window)).as_secs();

        assert_eq!(seconds(50_000, 30.0, 10), 16_660);
        assert_eq!(seconds(600, 60.0, 2), 18);
        assert_eq!(seconds(601, 60.0, 2), 20);
        assert_eq!(seconds(1, 30.0, 10), 0);
        assert_eq!(seconds(0, 30.0, 10), 0);
    }
}
