//! Gatsby: a create is sent once, an ambiguous one is reported, and `ensure_shopper` resolves it.

use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use shoppers::{
    Error,
    gatsby::{ChannelInput, Client, InstagramInput, ShopperInput},
};
use shoppers_sandbox::{Sandbox, Tally};
use tokio::time::sleep;

use super::{AT_ONCE, LONGEST, SHOPPERS, bad_day};
use crate::support::{Missed, Table, Vendors, runtime};

/// How often a service calls `ensure_shopper` for one shopper before it gives up.
const ROUNDS: usize = 10;

/// How long `ensure_shopper` looks for a shopper after a create whose outcome is unknown.
const SETTLING_TIME: Duration = Duration::from_millis(200);

/// In place of the time at which `ensure_shopper` succeeded.
const NEVER: usize = 0;

/// The result that a caller of `create_shopper` got, which decides its next step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Created,
    /// `is_unreadable`: it was done.
    Unreadable,
    /// `is_ambiguous`: it may have been.
    Ambiguous,
    /// It was not.
    Failed,
}

/// The shoppers at the vendor whose callers got the same result.
#[derive(Clone, Copy, Default)]
struct There {
    none: usize,
    one: usize,
    more: usize,
}

/// What became of a sandbox's shoppers, and how long it took.
struct After<T> {
    seconds: f64,
    tally: Tally,
    there: BTreeMap<String, usize>,
    outcomes: Vec<(usize, T)>,
}

pub fn show(missed: &mut Missed) {
    let after = for_each_shopper(async |client, shopper| {
        Told::from(client.create_shopper(&shopper).await.map(drop))
    });
    let mut by_told: BTreeMap<Told, There> = BTreeMap::new();
    for (row, told) in &after.outcomes {
        by_told.entry(*told).or_default().count(after.times(*row));
    }
    let title = format!(
        "Gatsby: {SHOPPERS} create_shopper, {AT_ONCE} at once, in {:.2} s with {} calls",
        after.seconds, after.tally.calls
    );
    let mut table = Table::new(
        title,
        ["the caller got", "calls", "there", "not there", "twice"],
    );
    for (told, there) in by_told {
        table.row([
            told.words().to_owned(),
            there.all().to_string(),
            there.one.to_string(),
            there.none.to_string(),
            there.more.to_string(),
        ]);
        judge(told, there, missed);
    }
    print!("{table}");
    if after.tally.calls != SHOPPERS as u64 {
        missed.add(format!(
            "create_shopper: {} calls for {SHOPPERS} creates",
            after.tally.calls
        ));
    }
}

fn judge(told: Told, there: There, missed: &mut Missed) {
    let wrong = match told {
        Told::Created | Told::Unreadable => there.none,
        Told::Ambiguous => 0,
        Told::Failed => there.one,
    };
    if wrong + there.more > 0 {
        missed.add(format!(
            "create_shopper, told {:?}: {wrong} are otherwise, {} were made twice",
            told.words(),
            there.more
        ));
    }
}

pub fn show_ensured(missed: &mut Missed) {
    let after = for_each_shopper(async |client, shopper| ensured(client, &shopper).await);
    let mut there = There::default();
    (0..SHOPPERS).for_each(|row| there.count(after.times(row)));
    let called = |times: RangeInclusive<usize>| {
        let called = after.outcomes.iter().filter(|(_, it)| times.contains(it));
        called.count()
    };
    let most = after.outcomes.iter().map(|(_, times)| *times).max();

    let mut table = Table::new(
        format!(
            "Gatsby: {SHOPPERS} ensure_shopper, {AT_ONCE} at once, up to {ROUNDS} times each until one succeeds"
        ),
        [
            "seconds",
            "calls",
            "there once",
            "not there",
            "twice",
            "at the first time",
            "at a later",
            "the latest",
            "never",
        ],
    );
    table.row([
        format!("{:.2}", after.seconds),
        after.tally.calls.to_string(),
        there.one.to_string(),
        there.none.to_string(),
        there.more.to_string(),
        called(1..=1).to_string(),
        called(2..=ROUNDS).to_string(),
        most.unwrap_or_default().to_string(),
        called(NEVER..=NEVER).to_string(),
    ]);
    print!("{table}");
    if there.one != SHOPPERS {
        missed.add(format!(
            "ensure_shopper: {} are not there, {} are there twice",
            there.none, there.more
        ));
    }
    if called(NEVER..=NEVER) > 0 {
        missed.add(format!(
            "ensure_shopper: {} never succeeded",
            called(NEVER..=NEVER)
        ));
    }
}

/// Calls until it succeeds, as a service would, and says at which time it did.
async fn ensured(client: &Client, shopper: &ShopperInput) -> usize {
    for time in 1..=ROUNDS {
        if client.ensure_shopper(shopper).await.is_ok() {
            return time;
        }
    }
    NEVER
}

/// Does something for each shopper, against a vendor on a bad day.
fn for_each_shopper<T>(does: impl AsyncFn(&Client, ShopperInput) -> T) -> After<T> {
    let vendors = Vendors::start(Sandbox::builder().gatsby(bad_day()));
    // What is not found at once is not there: the sandbox is not late.
    let client = vendors.gatsby().build().expect("a client");
    let client = client.with(|call| call.settling_time(SETTLING_TIME));

    let began = Instant::now();
    let outcomes = runtime().block_on(async {
        let (does, client) = (&does, &client);
        stream::iter(0..SHOPPERS)
            .map(|row| async move { (row, does(client, shopper(row)).await) })
            .buffer_unordered(AT_ONCE)
            .take_until(sleep(LONGEST))
            .collect()
            .await
    });
    After {
        seconds: began.elapsed().as_secs_f64(),
        tally: vendors.gatsby_tally(),
        there: there(&vendors),
        outcomes,
    }
}

/// How often the vendor has each email.
fn there(vendors: &Vendors) -> BTreeMap<String, usize> {
    let mut there = BTreeMap::new();
    for shopper in vendors.gatsby_shoppers() {
        let email = shopper["channel"]["instagram"]["email"].as_str();
        *there
            .entry(email.unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    there
}

fn shopper(row: usize) -> ShopperInput {
    let instagram = InstagramInput {
        email: Some(email(row)),
        user_name: Some(format!("john_{row}")),
        ..Default::default()
    };
    ShopperInput {
        channel: Some(ChannelInput {
            instagram: Some(instagram),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn email(row: usize) -> String {
    format!("john_{row}@example.com")
}

impl<T> After<T> {
    /// How often the vendor has the shopper of a row.
    fn times(&self, row: usize) -> usize {
        self.there.get(&email(row)).copied().unwrap_or_default()
    }
}

impl There {
    fn count(&mut self, times: usize) {
        match times {
            0 => self.none += 1,
            1 => self.one += 1,
            _ => self.more += 1,
        }
    }

    fn all(self) -> usize {
        self.none + self.one + self.more
    }
}

impl Told {
    fn words(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Unreadable => "unreadable: it was done",
            Self::Ambiguous => "ambiguous: it may have been done",
            Self::Failed => "failed: it was not done",
        }
    }
}

impl From<Result<(), Error>> for Told {
    fn from(outcome: Result<(), Error>) -> Self {
        match outcome {
            Ok(()) => Self::Created,
            Err(err) if err.is_ambiguous() => Self::Ambiguous,
            Err(err) if err.is_unreadable() => Self::Unreadable,
            Err(_) => Self::Failed,
        }
    }
}
