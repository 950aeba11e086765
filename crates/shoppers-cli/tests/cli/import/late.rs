//! A Gatsby that is late: creates that are carried out after the import has stopped waiting, and a search that lags behind.

use std::{collections::BTreeSet, time::Duration};

use httpmock::MockServer;
use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault};

use crate::support::{Harness, end, gatsby_rows};

const MS: fn(u64) -> Duration = Duration::from_millis;

fn emails(harness: &Harness) -> Vec<String> {
    let shoppers = harness.sandbox.gatsby_shoppers();
    let emails = shoppers
        .iter()
        .filter_map(|it| it.pointer("/channel/instagram/email")?.as_str());
    emails.map(str::to_owned).collect()
}

/// Asserts that each row is stored once, or listed as ambiguous, or rejected and not stored.
fn assert_nothing_lost_or_doubled(harness: &Harness, rows: usize) {
    let stored = emails(harness);
    let once: BTreeSet<&String> = stored.iter().collect();
    assert_eq!(once.len(), stored.len(), "none is there twice: {stored:?}");
    let ambiguous = harness.read_or_empty("s.csv.ambiguous.csv");
    let rejected = harness.read_or_empty("s.csv.rejects.csv");
    for row in 1..=rows {
        let email = format!("s{row}@example.com");
        let is_in = |file: &str| file.contains(&email);
        let is_stored = once.contains(&email);
        assert!(
            is_stored || is_in(&ambiguous) || is_in(&rejected),
            "{email} is lost"
        );
        assert!(
            !(is_stored && is_in(&rejected)),
            "{email} is stored and rejected"
        );
    }
}

#[tokio::test]
async fn a_create_that_comes_after_the_attempt_timeout_is_found_and_not_repeated() {
    const ROWS: usize = 3;
    let behaviour = Behaviour::new().script([(2, Fault::LateWork { delay: MS(400) })]);
    let harness = Harness::with(behaviour).await;
    harness.write("s.csv", gatsby_rows(ROWS));

    let run = harness
        .run("gatsby import s.csv --output json --concurrency 1 --attempt-timeout 200ms --settling-time 20s")
        .await;

    run.ended(0, [3, 0, 0, 0]);
    assert_eq!(harness.sandbox.gatsby_tally().made, ROWS as u64);
}

#[tokio::test]
async fn a_create_that_comes_after_the_settling_time_is_ambiguous_and_not_repeated() {
    let behaviour = Behaviour::new().script([(2, Fault::LateWork { delay: MS(5_000) })]);
    let harness = Harness::with(behaviour).await;
    harness.write("s.csv", gatsby_rows(2));

    let run = harness
        .run("gatsby import s.csv --output json --concurrency 1 --attempt-timeout 1s --settling-time 0s")
        .await;

    run.ended(1, [1, 0, 1, 0]);
    let ambiguous = harness.read("s.csv.ambiguous.csv");
    assert!(ambiguous.contains("s1@example.com"), "{ambiguous}");
    while harness.sandbox.gatsby_tally().made < 2 {
        tokio::time::sleep(MS(1)).await;
    }
    assert_nothing_lost_or_doubled(&harness, 2);
}

#[tokio::test]
async fn rows_under_way_at_a_kill_are_found_even_if_the_next_run_is_hastier() {
    const ROWS: usize = 20;
    let harness = Harness::with(Behaviour::new()).await;
    harness.write("s.csv", gatsby_rows(ROWS));
    let words = format!("gatsby import s.csv --output json --concurrency {ROWS}");
    // The searches of all rows come first, and then their creates.
    let script = (1..=2 * ROWS as u64).map(|call| (call, Fault::LateWork { delay: MS(1_800) }));
    let behaviour = Behaviour::new().script(script);
    harness.sandbox.gatsby_behaves(behaviour).unwrap();

    let mut killed = harness.start(&format!("{words} --attempt-timeout 3s"));
    while harness.sandbox.gatsby_tally().calls < 2 * ROWS as u64 {
        tokio::time::sleep(MS(1)).await;
    }
    killed.kill().await.unwrap();
    let run = harness
        .run(&format!("{words} --attempt-timeout 1s --settling-time 1s"))
        .await;

    run.ended(0, [20, 0, 0, 0]);
    assert_eq!(harness.sandbox.gatsby_tally().made, ROWS as u64);
}

#[tokio::test]
async fn a_row_that_was_under_way_at_a_kill_and_is_not_found_is_not_sent() {
    let harness = Harness::with(Behaviour::new().script([(2, Fault::ClosedBefore)])).await;
    harness.write("s.csv", gatsby_rows(1));
    let words = "gatsby import s.csv --output json --attempt-timeout 500ms";

    let mut killed = harness.start(&format!("{words} --settling-time 20s"));
    while harness.sandbox.gatsby_tally().calls < 3 {
        tokio::time::sleep(MS(1)).await;
    }
    killed.kill().await.unwrap();
    let run = harness.run(&format!("{words} --settling-time 100ms")).await;

    run.ended(1, [0, 0, 1, 0]);
    assert_eq!(harness.sandbox.gatsby_tally().made, 0);
}

#[tokio::test]
async fn rows_of_one_shopper_create_one_although_the_search_lags_behind() {
    let harness = Harness::with(Behaviour::new().search_lag(MS(1_000))).await;
    let rows = format!("{0}{1}", gatsby_rows(1), "S1@example.com,Again\n");
    harness.write("s.csv", rows);

    let run = harness.run("gatsby import s.csv --output json").await;

    run.ended(0, [2, 0, 0, 0]);
    assert_eq!(harness.sandbox.gatsby_tally().made, 1);
}

#[tokio::test]
async fn a_row_whose_shopper_was_deleted_and_is_still_found_is_rejected() {
    let harness = Harness::new().await;
    harness.write("s.csv", gatsby_rows(2));
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.method("GET").query_param("email", "s1@example.com");
            then.status(200).json_body(
                json!([{"_id": "1", "channel": {"instagram": {"email": "s1@example.com"}}}]),
            );
        })
        .await;
    server
        .mock_async(|when, then| {
            when.method("GET");
            then.status(200).json_body(json!([]));
        })
        .await;
    server
        .mock_async(|when, then| {
            when.method("POST");
            then.status(200).json_body(json!({"_id": "2"}));
        })
        .await;

    let mut command = harness.command("gatsby import s.csv --output json --concurrency 1");
    command.env("GATSBY_BASE_URL", server.base_url());
    let run = end(command.spawn().unwrap()).await;

    run.ended(1, [1, 1, 0, 0]);
    let rejects = harness.read("s.csv.rejects.csv");
    assert!(rejects.contains("answered_404"), "{rejects}");
    assert!(rejects.contains("s1@example.com"), "{rejects}");
}

#[tokio::test]
async fn no_row_is_doubled_or_lost_however_late_gatsby_is() {
    const ROWS: usize = 100;
    let faults = [
        (Fault::ClosedAfter, 0.2),
        (Fault::LateWork { delay: MS(600) }, 0.05),
    ];
    let behaviour = Behaviour::new().search_lag(MS(300)).faults(4711, faults);
    let harness = Harness::with(behaviour).await;
    harness.write("s.csv", gatsby_rows(ROWS));

    let run = harness
        .run("gatsby import s.csv --output json --concurrency 16 --attempt-timeout 300ms --settling-time 2s")
        .await;

    let [stored, rejected, ambiguous, _] = run.counts();
    // A row whose searches all fail is rejected, and how many do depends on the order in which calls arrive.
    assert_eq!(stored + ambiguous + rejected, ROWS as u64, "{}", run.stderr);
    assert!(stored > 0, "{}", run.stderr);
    assert_nothing_lost_or_doubled(&harness, ROWS);
}
