//! BSPK: an import is stored, whole.

use std::{collections::BTreeMap, future::ready, time::Instant};

use futures_util::{StreamExt, stream};
use shoppers::{Retries, bspk::Shopper};
use shoppers_sandbox::Sandbox;
use tokio::time::sleep;

use super::{LONGEST, SHOPPERS, bad_day};
use crate::support::{Missed, Table, Vendors, runtime};

/// One call of a million fails as often as this in a row; with the default of three it is one of 1,400.
const ATTEMPTS: u32 = 6;

/// What became of the rows.
struct Outcome {
    seconds: f64,
    failed: usize,
    calls: u64,
    /// Rows that the vendor does not have.
    lost: usize,
    /// Shoppers beyond the first of their row.
    twice: usize,
}

pub fn show(missed: &mut Missed) {
    let outcome = import();
    let mut table = Table::new(
        format!(
            "BSPK: {SHOPPERS} shoppers with a shopper_ref by upsert_shoppers, {ATTEMPTS} attempts"
        ),
        ["seconds", "calls", "stored", "said failed", "lost", "twice"],
    );
    table.row([
        format!("{:.2}", outcome.seconds),
        outcome.calls.to_string(),
        (SHOPPERS - outcome.lost).to_string(),
        outcome.failed.to_string(),
        outcome.lost.to_string(),
        outcome.twice.to_string(),
    ]);
    print!("{table}");
    if (outcome.failed, outcome.lost, outcome.twice) != (0, 0, 0) {
        missed.add(format!(
            "upsert_shoppers: {} said failed, {} lost, {} made twice",
            outcome.failed, outcome.lost, outcome.twice
        ));
    }
}

fn import() -> Outcome {
    let vendors = Vendors::start(Sandbox::builder().bspk(bad_day()));
    let retries = Retries::new().attempts(ATTEMPTS);
    let client = vendors.bspk().retries(retries).build().expect("a client");

    let began = Instant::now();
    let stored = runtime().block_on(async {
        let outcomes = client.upsert_shoppers(stream::iter((0..SHOPPERS).map(shopper)));
        let stored = outcomes.filter(|(_, outcome)| ready(outcome.is_ok()));
        stored.take_until(sleep(LONGEST)).count().await
    });
    let seconds = began.elapsed().as_secs_f64();

    let made = made(&vendors);
    Outcome {
        seconds,
        failed: SHOPPERS - stored,
        calls: vendors.bspk_tally().calls,
        lost: (0..SHOPPERS)
            .filter(|&row| !made.contains_key(&shopper_ref(row)))
            .count(),
        twice: made.values().map(|times| times - 1).sum(),
    }
}

/// How often the vendor has each `shopper_ref`.
fn made(vendors: &Vendors) -> BTreeMap<String, usize> {
    let mut made = BTreeMap::new();
    for shopper in vendors.bspk_shoppers() {
        let shopper_ref = shopper["shopper_ref"].as_str().unwrap_or_default();
        *made.entry(shopper_ref.to_owned()).or_default() += 1;
    }
    made
}

fn shopper(row: usize) -> Shopper {
    Shopper {
        shopper_ref: Some(shopper_ref(row)),
        first_name: Some("John".into()),
        ..Default::default()
    }
}

fn shopper_ref(row: usize) -> String {
    format!("CLI-{row}")
}
