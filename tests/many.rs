//! `upsert_shoppers`: many at once, and no outcome lost.
#![cfg(feature = "client")]

mod support;

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{Stream, StreamExt, stream};
use shoppers::bspk::Shopper;
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};

use support::{bspk_builder, bspk_in};

fn shopper(row: u64) -> Shopper {
    Shopper {
        shopper_ref: Some(format!("row-{row}")),
        ..Default::default()
    }
}

/// Rows, and how many of them were taken.
fn rows(count: u64) -> (impl Stream<Item = Shopper>, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = taken.clone();
    let rows = stream::iter(0..count).map(move |row| {
        counter.fetch_add(1, Ordering::Relaxed);
        shopper(row)
    });
    (rows, taken)
}

#[tokio::test]
async fn every_row_has_one_outcome_with_its_position() {
    let sandbox = Sandbox::start().await.unwrap();
    let (rows, _) = rows(500);

    let outcomes: Vec<_> = bspk_in(&sandbox).upsert_shoppers(rows).collect().await;

    let positions: BTreeSet<_> = outcomes.iter().map(|(position, _)| *position).collect();
    assert_eq!(outcomes.len(), 500);
    assert_eq!(positions.len(), 500);
    assert_eq!(positions.last(), Some(&499));
    for (position, outcome) in outcomes {
        let stored = outcome.unwrap();
        assert_eq!(stored.external_id, Some(format!("row-{position}")));
    }
    assert_eq!(sandbox.bspk_tally().shoppers, 500);
}

#[tokio::test]
async fn a_row_that_fails_does_not_stop_the_others() {
    let sandbox = Sandbox::start().await.unwrap();
    let script = [(3, Fault::Html { status: 422 }), (5, Fault::InvalidJson)];
    sandbox
        .bspk_behaves(Behaviour::new().script(script))
        .unwrap();
    let (rows, _) = rows(10);

    let outcomes: Vec<_> = bspk_in(&sandbox).upsert_shoppers(rows).collect().await;

    let errors = outcomes
        .iter()
        .filter_map(|(_, outcome)| outcome.as_ref().err());
    assert_eq!(outcomes.len(), 10);
    assert_eq!(errors.clone().filter(|err| err.is_rejected()).count(), 1);
    assert_eq!(errors.filter(|err| err.is_unreadable()).count(), 1);
}

#[tokio::test]
async fn the_input_is_read_no_further_than_calls_can_be_made() {
    let sandbox = Sandbox::start().await.unwrap();
    let (rows, taken) = rows(1_000_000);
    let mut outcomes = bspk_in(&sandbox).upsert_shoppers(rows).concurrency(8);

    for _ in 0..20 {
        outcomes.next().await.unwrap().1.unwrap();
    }

    assert!(taken.load(Ordering::Relaxed) <= 20 + 8);
}

#[tokio::test]
async fn calls_at_once_follow_the_quota() {
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::sliding(4, Duration::from_millis(20))))
        .start()
        .await
        .unwrap();
    let bspk = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .quota_window(Duration::from_millis(20))
        .build()
        .unwrap();
    let (rows, taken) = rows(40);
    let mut outcomes = bspk.upsert_shoppers(rows);
    let mut done = 0;

    while let Some((_, outcome)) = outcomes.next().await {
        assert!(outcome.is_ok());
        done += 1;
        // Before the quota is known, 64 may have been taken, which is more than there are.
        assert!(taken.load(Ordering::Relaxed) <= 40);
    }

    assert_eq!(done, 40);
    assert_eq!(sandbox.bspk_tally().throttled, 0);
    assert!(sandbox.bspk_tally().peak <= 4);
}

#[tokio::test]
async fn a_slow_consumer_loses_no_outcome() {
    let sandbox = Sandbox::start().await.unwrap();
    let bspk = bspk_in(&sandbox).with(|call| call.attempt_timeout(Duration::from_secs(1)));
    let (rows, _) = rows(30);
    let mut outcomes = bspk.upsert_shoppers(rows).concurrency(10);

    let first = outcomes.next().await;
    // Long enough for each call under way to run into its timeout, were it not driven.
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    let rest: Vec<_> = outcomes.collect().await;

    assert!(first.is_some_and(|(_, outcome)| outcome.is_ok()));
    assert_eq!(rest.len(), 29);
    assert!(rest.iter().all(|(_, outcome)| outcome.is_ok()));
    assert_eq!(sandbox.bspk_tally().calls, 30);
}

#[tokio::test]
async fn who_stops_early_still_gets_the_outcome_of_what_was_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let (rows, taken) = rows(1_000);
    let mut outcomes = bspk_in(&sandbox).upsert_shoppers(rows).concurrency(8);
    let mut positions = BTreeSet::new();
    for _ in 0..10 {
        positions.insert(outcomes.next().await.unwrap().0);
    }

    outcomes.stop();
    while let Some((position, outcome)) = outcomes.next().await {
        assert!(outcome.is_ok());
        positions.insert(position);
    }

    let taken = taken.load(Ordering::Relaxed);
    assert_eq!(positions.len(), taken);
    assert_eq!(sandbox.bspk_tally().shoppers, taken as u64);
    assert!(taken < 20);
}

#[tokio::test]
async fn a_deadline_does_not_count_the_wait_for_a_turn() {
    let window = Duration::from_millis(50);
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::sliding(2, window)))
        .start()
        .await
        .unwrap();
    let bspk = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .quota_window(window)
        .deadline(Duration::from_secs(5))
        .build()
        .unwrap();
    let hasty = bspk.with(|call| call.deadline(Duration::from_millis(40)));
    let (rows, _) = rows(6);
    bspk.upsert_shopper(&shopper(99)).await.unwrap();

    let waiting = hasty
        .upsert_shoppers(rows)
        .concurrency(6)
        .collect::<Vec<_>>()
        .await;

    assert_eq!(waiting.len(), 6);
    assert!(
        waiting
            .iter()
            .all(|(_, outcome)| !outcome.as_ref().is_err_and(|err| err.is_not_sent()))
    );
}

#[tokio::test]
async fn an_empty_input_has_no_outcomes() {
    let sandbox = Sandbox::start().await.unwrap();
    let (rows, _) = rows(0);

    let outcomes: Vec<_> = bspk_in(&sandbox).upsert_shoppers(rows).collect().await;

    assert!(outcomes.is_empty());
}

#[test]
fn calls_whose_runtime_is_gone_are_ambiguous_and_the_stream_ends() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let bspk = bspk_builder("key", &url).build().unwrap();
    let (rows, _) = rows(2);
    let mut outcomes = bspk.upsert_shoppers(rows);
    let first = runtime();
    first.block_on(async { assert!(futures_util::poll!(outcomes.next()).is_pending()) });
    drop(first);

    let rest = runtime().block_on(async {
        tokio::time::timeout(Duration::from_secs(5), outcomes.collect::<Vec<_>>()).await
    });

    let rest = rest.expect("the stream ends");
    let positions: BTreeSet<_> = rest.iter().map(|(position, _)| *position).collect();
    assert_eq!(positions, BTreeSet::from([0, 1]));
    for (_, outcome) in rest {
        let err = outcome.unwrap_err();
        assert!(err.is_ambiguous());
        assert!(err.to_string().contains("runtime was shut down"), "{err}");
    }
}

#[test]
fn rows_outside_of_a_runtime_are_errors() {
    let bspk = bspk_builder("key", &support::unreachable())
        .build()
        .unwrap();
    let (rows, _) = rows(2);
    let outcomes = bspk.upsert_shoppers(rows);
    let mut outcomes = std::pin::pin!(outcomes.collect::<Vec<_>>());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());

    let std::task::Poll::Ready(outcomes) = outcomes.as_mut().poll(&mut context) else {
        panic!("it waits, and nothing drives it")
    };

    assert_eq!(outcomes.len(), 2);
    assert!(
        outcomes
            .iter()
            .all(|(_, outcome)| outcome.as_ref().is_err_and(|err| err.is_invalid()))
    );
}
