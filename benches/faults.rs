//! Calls at vendors that misbehave: nothing is lost, nothing is made twice, and no caller waits for ever.
//!
//! `cargo bench --bench faults` takes some ten seconds. Prints tables, and fails if something is not as demanded.

use std::{process::ExitCode, time::Duration};

use shoppers_sandbox::{Behaviour, Fault};
use support::Missed;

#[path = "faults/creates.rs"]
mod creates;
#[path = "faults/outage.rs"]
mod outage;
mod support;
#[path = "faults/upserts.rs"]
mod upserts;

/// Shoppers in each import.
const SHOPPERS: usize = 3_000;

/// Calls at once, where the caller decides.
const AT_ONCE: usize = 64;

/// Beyond this an import has failed: no loop here is without an end.
const LONGEST: Duration = Duration::from_secs(240);

/// Which calls meet which fault.
const SEED: u64 = 4711;

fn main() -> ExitCode {
    if !support::is_wanted() {
        return ExitCode::SUCCESS;
    }
    let mut missed = Missed::default();
    println!("of all calls: 5 % 503, 2 % closed before the work, 1 % after it, 1 % half a body");
    upserts::show(&mut missed);
    creates::show(&mut missed);
    creates::show_ensured(&mut missed);
    outage::show(&mut missed);
    missed.tell()
}

/// A vendor on a bad day: 9 calls of 100 go wrong, 2 of them after the work was done.
fn bad_day() -> Behaviour {
    let unavailable = Fault::ServiceUnavailable { retry_after: None };
    let milliseconds = Duration::from_millis;
    Behaviour::new()
        .latency(milliseconds(2), milliseconds(1))
        .faults(
            SEED,
            [
                (unavailable, 0.05),
                (Fault::ClosedBefore, 0.02),
                (Fault::ClosedAfter, 0.01),
                (Fault::HalfBody, 0.01),
            ],
        )
}
