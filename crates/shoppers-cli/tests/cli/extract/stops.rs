//! Extractions that do not come to their end.

use std::{
    collections::BTreeSet,
    process::Stdio,
    time::{Duration, Instant},
};

use shoppers_sandbox::{Behaviour, Fault};

use super::{BEGINNING, extract, lines, message, with};
use crate::support::{Harness, end};

#[tokio::test]
async fn an_extraction_that_is_killed_again_and_again_has_each_record_once_in_its_file() {
    let flaky = Behaviour::new()
        .latency(Duration::from_millis(2), Duration::from_millis(2))
        .faults(
            7,
            [
                (Fault::ServiceUnavailable { retry_after: None }, 0.05),
                (Fault::HalfBody, 0.05),
            ],
        );
    let harness = with(flaky, 4000).await;
    let words =
        format!("bspk extract messages --since {BEGINNING} --state state --output records.jsonl");

    for kill in [0, 1, 2, 7, 15, 4, 6] {
        killed(&harness, &words, kill).await;
    }
    let result = harness.run(&words).await;

    assert_eq!(result.code, Some(0), "{}", result.stderr);
    assert_eq!(harness.read("records.jsonl"), lines((0..4000).map(message)));
    assert_eq!(harness.files(), ["records.jsonl", "state"]);
}

#[tokio::test]
async fn an_extraction_to_stdout_that_is_killed_loses_no_record() {
    let slow = Behaviour::new().latency(Duration::from_millis(3), Duration::from_millis(2));
    let harness = with(slow, 4000).await;
    let words = format!(
        "\"$SHOPPERS\" bspk extract messages --since {BEGINNING} --state state >> records.jsonl"
    );

    for kill in [1, 2, 7, 15, 4] {
        let before = harness.sandbox.bspk_tally().calls;
        let mut child = harness.shell(&format!("exec {words}")).spawn().unwrap();
        while harness.sandbox.bspk_tally().calls < before + kill {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().await.unwrap();
    }
    let result = end(harness.shell(&words).spawn().unwrap()).await;

    assert_eq!(result.code, Some(0), "{}", result.stderr);
    let text = harness.read("records.jsonl");
    // A kill may tear a line.
    let whole: BTreeSet<&str> = text.lines().filter(|it| it.ends_with('}')).collect();
    for record in (0..4000).map(message) {
        assert!(whole.contains(record.as_str()), "{record} is lost");
    }
}

/// Starts the program, and kills it after so many calls.
async fn killed(harness: &Harness, words: &str, calls: u64) {
    let before = harness.sandbox.bspk_tally().calls;
    let mut child = harness.start(words);
    while harness.sandbox.bspk_tally().calls < before + calls && child.try_wait().unwrap().is_none()
    {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    child.kill().await.unwrap();
}

#[tokio::test]
async fn an_interruption_ends_at_once_and_says_how_to_continue() {
    let slow = Behaviour::new().latency(Duration::from_millis(4), Duration::ZERO);
    for signal in ["INT", "TERM"] {
        let harness = with(slow.clone(), 3000).await;
        let words = format!("bspk extract messages --since {BEGINNING} --state state");
        let child = harness.start(&words);
        while harness.sandbox.bspk_tally().calls < 5 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }

        let script = format!("kill -{signal} {}", child.id().unwrap());
        end(harness.shell(&script).spawn().unwrap()).await;
        let first = end(child).await;
        let second = harness.run(&words).await;

        assert_eq!((first.code, second.code), (Some(130), Some(0)), "{first:?}");
        assert!(
            first
                .stderr
                .contains(&format!("to continue: {}", env!("CARGO_BIN_EXE_shoppers"))),
            "{first:?}"
        );
        assert!(!first.stdout.is_empty() && !second.stdout.is_empty());
        assert_eq!(first.stdout + &second.stdout, lines((0..3000).map(message)));
    }
}

#[tokio::test]
async fn an_interruption_does_not_wait_for_an_answer() {
    let harness = with(
        Behaviour::new().latency(Duration::from_secs(3600), Duration::ZERO),
        1,
    )
    .await;
    let child = harness.start("bspk extract messages");
    while harness.sandbox.bspk_tally().calls < 1 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let began = Instant::now();

    let script = format!("kill -INT {}", child.id().unwrap());
    end(harness.shell(&script).spawn().unwrap()).await;
    let result = end(child).await;

    assert_eq!(result.code, Some(130), "{result:?}");
    assert!(
        result
            .stderr
            .contains("without --state the next run begins anew"),
        "{result:?}"
    );
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_closed_pipe_is_no_error_and_the_state_stays_behind_it() {
    let harness = with(Behaviour::new(), 2000).await;
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };

    let mut command = harness.command("bspk extract messages --state state");
    let closed = end(command.stdout(closed()).spawn().unwrap()).await;
    let again = extract(&harness, "--state state").await;
    let script = "\"$SHOPPERS\" bspk extract messages | head -n 1";
    let head = end(harness.shell(script).spawn().unwrap()).await;

    assert_eq!((closed.code, closed.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        (again.code, again.stdout),
        (Some(0), lines((0..2000).map(message)))
    );
    assert_eq!(head.stdout, lines([message(0)]));
    assert!(!head.stderr.contains("error"), "{}", head.stderr);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_stops_and_says_where() {
    let harness = with(Behaviour::new(), 10).await;
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();

    let mut command = harness.command("bspk extract messages --state state");
    let stdout = end(command.stdout(full).spawn().unwrap()).await;
    let file = extract(&harness, "--output /dev/full").await;
    let again = extract(&harness, "--state state").await;

    assert_eq!((stdout.code, file.code), (Some(3), Some(3)));
    assert!(
        stdout.stderr.contains("could not be written to stdout"),
        "{stdout:?}"
    );
    assert!(stdout.stderr.contains("to continue: "), "{stdout:?}");
    assert!(
        file.stderr.contains("/dev/full: ") && file.stderr.contains("make room"),
        "{file:?}"
    );
    assert_eq!(again.stdout, lines((0..10).map(message)));
}

#[tokio::test]
async fn a_key_that_is_refused_names_the_list_of_addresses() {
    let harness = with(Behaviour::new(), 10).await;
    let mut command = harness.command("bspk extract messages");

    let result = end(command.env("BSPK_API_KEY", "planted").spawn().unwrap()).await;

    assert_eq!(result.code, Some(3), "{result:?}");
    assert!(
        result
            .stderr
            .contains("the address of this machine is on its list"),
        "{result:?}"
    );
    assert!(!result.stderr.contains("planted"), "{result:?}");
}

#[tokio::test]
async fn two_extractions_cannot_share_a_state() {
    let harness = with(
        Behaviour::new().latency(Duration::from_secs(3600), Duration::ZERO),
        1,
    )
    .await;
    let first = harness.start("bspk extract messages --state state");
    while harness.sandbox.bspk_tally().calls < 1 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    let second = extract(&harness, "--state state").await;

    assert_eq!(second.code, Some(3), "{second:?}");
    assert!(
        second.stderr.contains("another extraction is using it"),
        "{second:?}"
    );
    drop(first);
}
