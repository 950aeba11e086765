//! An import that is killed at any moment and started again loses no row, and sends none twice where that does harm.

use std::{collections::BTreeSet, time::Duration};

use serde_json::Value;
use shoppers_sandbox::{Behaviour, Fault};

use crate::support::{Harness, Run, end};

const ROWS: usize = 60;

/// Calls that the vendor has seen when the program is killed, each time.
const KILLS: [u64; 6] = [1, 2, 7, 15, 4, 20];

fn flaky() -> Behaviour {
    Behaviour::new()
        .latency(Duration::from_millis(2), Duration::from_millis(2))
        .faults(
            7,
            [
                (Fault::ServiceUnavailable { retry_after: None }, 0.05),
                (Fault::ClosedAfter, 0.05),
                (Fault::HalfBody, 0.03),
            ],
        )
}

/// Kills the import again and again, and then lets it come to its end.
async fn killed_and_ended(harness: &Harness, import: &str, calls: impl Fn() -> u64) -> Run {
    let words = format!("{import} --output json --concurrency 6 --attempt-timeout 300ms");
    for kill in KILLS {
        let before = calls();
        let mut child = harness.start(&words);
        while calls() < before + kill && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().await.unwrap();
    }
    end(harness.start(&words)).await
}

fn emails(shoppers: &[Value], path: &str) -> Vec<String> {
    let emails = shoppers.iter().filter_map(|it| it.pointer(path)?.as_str());
    emails.map(str::to_owned).collect()
}

fn assert_files_are_whole(harness: &Harness, run: &Run) {
    let [stored, rejected, ambiguous, _] = run.counts();
    assert_eq!(stored + rejected + ambiguous, ROWS as u64, "{}", run.stderr);
    for (name, rows) in [
        ("s.csv.rejects.csv", rejected),
        ("s.csv.ambiguous.csv", ambiguous),
    ] {
        let text = harness.read_or_empty(name);
        let lines: BTreeSet<&str> = text.lines().collect();
        assert_eq!(lines.len(), text.lines().count(), "{name}: {text}");
        assert_eq!(
            lines.len() as u64,
            rows + u64::from(rows > 0),
            "{name}: {text}"
        );
    }
}

#[tokio::test]
async fn bspk_stores_each_row_once_or_it_is_ambiguous() {
    let harness = Harness::with(flaky()).await;
    // Every third has no reference, and every tenth is bad.
    let rows = (1..=ROWS).map(|row| {
        let reference = if row % 3 == 0 {
            String::new()
        } else {
            format!("R{row}")
        };
        let birthday = if row % 10 == 0 { "x" } else { "" };
        format!("{reference},s{row}@example.com,{birthday}\n")
    });
    harness.write(
        "s.csv",
        format!("shopper_ref,email,birthday\n{}", rows.collect::<String>()),
    );

    let run = killed_and_ended(&harness, "bspk import s.csv", || {
        harness.sandbox.bspk_tally().calls
    })
    .await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.counts()[1], ROWS as u64 / 10);
    assert_files_are_whole(&harness, &run);
    let stored = emails(&harness.sandbox.bspk_shoppers(), "/email");
    let once: BTreeSet<&String> = stored.iter().collect();
    assert_eq!(once.len(), stored.len(), "none is there twice: {stored:?}");
    let listed = harness.read_or_empty("s.csv.ambiguous.csv");
    for row in (1..=ROWS).filter(|row| row % 10 != 0) {
        let email = format!("s{row}@example.com");
        let is_listed = listed.contains(&format!(",{email},"));
        assert!(once.contains(&email) || is_listed, "{email} is lost");
        assert!(
            !is_listed || row % 3 == 0,
            "{email} has a reference, so sending it again does no harm"
        );
    }
}

#[tokio::test]
async fn a_row_with_warnings_is_listed_once() {
    let day = Behaviour::new()
        .latency(Duration::from_millis(2), Duration::from_millis(2))
        .faults(
            7,
            [
                (Fault::ServiceUnavailable { retry_after: None }, 0.05),
                (Fault::ClosedAfter, 0.05),
            ],
        );
    let harness = Harness::with(day).await;
    let rows = (1..=ROWS).map(|row| format!("R{row},no address\n"));
    harness.write(
        "s.csv",
        format!("shopper_ref,email\n{}", rows.collect::<String>()),
    );

    let run = killed_and_ended(&harness, "bspk import s.csv", || {
        harness.sandbox.bspk_tally().calls
    })
    .await;

    assert_eq!(
        (run.code, &run.counts()[..3]),
        (Some(0), &[ROWS as u64, 0, 0][..]),
        "{}",
        run.stderr
    );
    let text = harness.read("s.csv.warnings.csv");
    let mut listed: Vec<&str> = text.lines().skip(1).collect();
    listed.sort_unstable();
    let mut expected: Vec<String> = (1..=ROWS)
        .map(|row| {
            format!(
                "{},warning,email does not look like an address,R{row},no address",
                row + 1
            )
        })
        .collect();
    expected.sort_unstable();
    assert_eq!(listed, expected);
}

#[tokio::test]
async fn gatsby_stores_each_shopper_once_or_it_is_ambiguous() {
    let harness = Harness::with(flaky()).await;
    harness.write("s.csv", crate::support::gatsby_rows(ROWS));

    let import = "gatsby import s.csv --settling-time 600ms";
    let run = killed_and_ended(&harness, import, || harness.sandbox.gatsby_tally().calls).await;

    assert_files_are_whole(&harness, &run);
    let stored = emails(
        &harness.sandbox.gatsby_shoppers(),
        "/channel/instagram/email",
    );
    let once: BTreeSet<&String> = stored.iter().collect();
    assert_eq!(once.len(), stored.len(), "none is there twice: {stored:?}");
    assert_eq!(harness.sandbox.gatsby_tally().made, once.len() as u64);
    let [is_stored, rejected, ambiguous, _] = run.counts();
    assert_eq!(rejected, 0, "{}", run.stderr);
    assert!(is_stored <= once.len() as u64 && ambiguous < ROWS as u64 / 2);
    let listed = harness.read_or_empty("s.csv.ambiguous.csv");
    for row in 1..=ROWS {
        let email = format!("s{row}@example.com");
        let is_listed = listed.contains(&format!(",{email},"));
        assert!(once.contains(&email) || is_listed, "{email} is lost");
    }
}
