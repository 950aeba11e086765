//! Ctrl-C, once and twice, and a terminal that hangs up.

use std::time::{Duration, Instant};

use shoppers_sandbox::{Behaviour, Fault, Quota};
use tokio::process::Child;

use crate::support::{Harness, end, rows};

async fn send(harness: &Harness, signal: &str, child: &Child) {
    let script = format!("kill -{signal} {}", child.id().unwrap());
    let run = end(harness.shell(&script).spawn().unwrap()).await;
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

async fn until_calls(harness: &Harness, calls: u64) {
    while harness.sandbox.bspk_tally().calls < calls {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn the_first_interruption_waits_for_rows_under_way_and_says_how_to_continue() {
    for signal in ["INT", "TERM", "HUP"] {
        let harness =
            Harness::with(Behaviour::new().latency(Duration::from_millis(5), Duration::ZERO)).await;
        // Without references: a row that is sent twice would show.
        harness.write("my rows.csv", rows(2000).replace("shopper_ref", "segment"));
        let mut command = harness.command_that_hangs_up("bspk import --concurrency 2");
        let child = command.arg("my rows.csv").spawn().unwrap();
        until_calls(&harness, 3).await;

        send(&harness, signal, &child).await;
        let run = end(child).await;

        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert!(
            run.stdout.contains(" 0 rejected, 0 ambiguous, "),
            "{}",
            run.stdout
        );
        assert!(
            run.stdout
                .contains("bspk import --concurrency 2 'my rows.csv'\n"),
            "{}",
            run.stdout
        );
        let mut command = harness.command("bspk import --output json");
        let run = end(command.arg("my rows.csv").spawn().unwrap()).await;
        assert_eq!(
            (run.code, &run.counts()[..3]),
            (Some(0), &[2000, 0, 0][..]),
            "{}",
            run.stderr
        );
        assert_eq!(harness.sandbox.bspk_tally().shoppers, 2000);
    }
}

#[tokio::test]
async fn a_row_that_waits_for_the_quota_is_not_under_way() {
    let hour = Duration::from_secs(3600);
    for signal in ["INT", "KILL"] {
        let harness = Harness::with(Behaviour::new().quota(Quota::sliding(3, hour))).await;
        harness.write("s.csv", rows(20).replace("shopper_ref", "segment"));
        let child = harness.start("bspk import s.csv --quota-window 1h");
        until_calls(&harness, 3).await;
        while harness
            .read("s.csv.journal")
            .matches(" \"stored\" ")
            .count()
            < 3
        {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }

        send(&harness, signal, &child).await;
        end(child).await;

        let journal = harness.read("s.csv.journal");
        assert_eq!(journal.matches(" \"started\" ").count(), 3, "{journal}");
        assert_eq!(harness.sandbox.bspk_tally().calls, 3);
    }
}

#[tokio::test]
async fn a_throttled_import_ends_at_once() {
    let asked = Some("30".to_owned());
    for fault in [
        Fault::Throttled {
            retry_after: asked.clone(),
        },
        Fault::ServiceUnavailable { retry_after: asked },
    ] {
        let harness = Harness::with(Behaviour::new().faults(1, [(fault, 1.0)])).await;
        harness.write("s.csv", rows(9));
        let child = harness.start("bspk import s.csv");
        until_calls(&harness, 2).await;
        let started = Instant::now();

        send(&harness, "INT", &child).await;
        let run = end(child).await;

        let took = started.elapsed();
        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
}

#[tokio::test]
async fn the_second_interruption_stops_at_once() {
    let harness =
        Harness::with(Behaviour::new().latency(Duration::from_secs(3600), Duration::ZERO)).await;
    harness.write("s.csv", rows(5));
    let mut child = harness.start("bspk import s.csv");
    let mut stderr = tokio::io::BufReader::new(child.stderr.take().unwrap());
    until_calls(&harness, 1).await;

    send(&harness, "INT", &child).await;
    let mut line = String::new();
    tokio::io::AsyncBufReadExt::read_line(&mut stderr, &mut line)
        .await
        .unwrap();
    send(&harness, "INT", &child).await;
    let run = end(child).await;

    assert_eq!(run.code, Some(130));
    assert!(line.contains("interrupt again to stop at once"), "{line}");
    assert_eq!(run.stdout, "");
}

#[tokio::test]
async fn two_hangups_count_as_one() {
    let harness =
        Harness::with(Behaviour::new().latency(Duration::from_secs(3600), Duration::ZERO)).await;
    harness.write("s.csv", rows(5));
    let mut child = harness
        .command_that_hangs_up("bspk import s.csv --attempt-timeout 200ms")
        .spawn()
        .unwrap();
    let mut stderr = tokio::io::BufReader::new(child.stderr.take().unwrap());
    until_calls(&harness, 1).await;

    send(&harness, "HUP", &child).await;
    let mut line = String::new();
    tokio::io::AsyncBufReadExt::read_line(&mut stderr, &mut line)
        .await
        .unwrap();
    send(&harness, "HUP", &child).await;
    let run = end(child).await;

    assert!(line.contains("interrupt again to stop at once"), "{line}");
    assert_eq!(run.code, Some(3));
    assert!(run.stdout.contains("to continue: "), "{}", run.stdout);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_import_under_nohup_continues() {
    let harness =
        Harness::with(Behaviour::new().latency(Duration::from_millis(5), Duration::ZERO)).await;
    harness.write("s.csv", rows(200));
    let script = "trap '' HUP; exec \"$SHOPPERS\" bspk import s.csv --concurrency 2";
    let child = harness.shell(script).spawn().unwrap();
    until_calls(&harness, 3).await;

    send(&harness, "HUP", &child).await;
    let run = end(child).await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(harness.sandbox.bspk_tally().shoppers, 200);
}
