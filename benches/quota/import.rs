//! An import by this crate.

use std::{
    future::ready,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use futures_util::{StreamExt, stream};
use shoppers::bspk::{Client, Shopper};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use super::LONGEST;

/// Rows that are sent at once, where the sender decides.
pub const AT_ONCE: usize = 64;

/// The few attributes that a service has of a shopper.
pub fn shopper(prefix: &str, row: u64) -> Shopper {
    Shopper {
        shopper_ref: Some(format!("{prefix}{row}")),
        first_name: Some("John".into()),
        email: Some(format!("{prefix}{row}@example.com")),
        email_contact: Some(true.into()),
        ..Default::default()
    }
}

/// Sends rows as one stream, and returns how many were given up.
pub async fn by_stream(client: &Client, prefix: &str, rows: u64) -> u64 {
    let shoppers = stream::iter((0..rows).map(|row| shopper(prefix, row)));
    let outcomes = client.upsert_shoppers(shoppers).take_until(sleep(LONGEST));
    let stored = outcomes.filter(|(_, outcome)| ready(outcome.is_ok()));
    rows - stored.count().await as u64
}

/// Sends rows from tasks that know nothing of each other, and returns how many were given up.
pub async fn by_tasks(client: &Client, rows: u64) -> u64 {
    let next = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, next) = (client.clone(), next.clone());
        tasks.spawn(async move {
            let mut stored = 0;
            loop {
                let row = next.fetch_add(1, Ordering::Relaxed);
                if row >= rows {
                    return stored;
                }
                let outcome = client.upsert_shopper(&shopper("", row)).await;
                stored += u64::from(outcome.is_ok());
            }
        });
    }
    match timeout(LONGEST, tasks.join_all()).await {
        Ok(stored) => rows - stored.iter().sum::<u64>(),
        Err(_) => rows,
    }
}
