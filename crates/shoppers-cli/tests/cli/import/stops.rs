//! Failures that stop an import.

use std::time::{Duration, Instant};

use httpmock::MockServer;
use shoppers_sandbox::{Behaviour, Fault};

use super::outcomes::UNAVAILABLE;
use crate::support::{Harness, end, gatsby_rows, rows};

#[tokio::test]
async fn answers_that_are_not_the_vendors_stop_the_import() {
    let harness = Harness::new().await;
    let errors = r#"{"errors": [{"code": "no", "title": "no"}]}"#;
    let with = rows(50);
    let without = with.replace("shopper_ref", "segment");
    for (body, text, ambiguous) in [
        ("<html>Sign in</html>", &with, 0..=0),
        ("", &with, 0..=0),
        ("{}", &with, 0..=0),
        (errors, &with, 0..=0),
        ("<html>Sign in</html>", &without, 3..=8),
    ] {
        let vendor = MockServer::start_async().await;
        let all = vendor
            .mock_async(|when, then| {
                when.any_request();
                then.status(200).body(body);
            })
            .await;
        harness.write("s.csv", text);

        let run = harness
            .run_at(vendor.base_url(), "bspk import s.csv --output json")
            .await;

        let [stored, rejected, listed, _] = run.counts();
        assert_eq!(
            (run.code, stored, rejected),
            (Some(3), 0, 0),
            "{body}: {}",
            run.stderr
        );
        assert!(ambiguous.contains(&listed), "{body}: {listed}");
        assert!(all.calls_async().await <= 8, "{body}");
        assert!(
            run.stderr.contains("answers in a row are not the vendor's")
                && run.stderr.contains("proxy"),
            "{}",
            run.stderr
        );
        harness.remove("s.csv.journal");
    }
}

#[tokio::test]
async fn refusals_of_every_row_stop_the_import() {
    let harness = Harness::new().await;
    for (status, count) in [(403, 50), (404, 50), (404, 1)] {
        let vendor = MockServer::start_async().await;
        let all = vendor
            .mock_async(|when, then| {
                when.any_request();
                then.status(status);
            })
            .await;
        harness.write("s.csv", rows(count));

        let run = harness
            .run_at(vendor.base_url(), "bspk import s.csv --output json")
            .await;

        run.ended(3, [0, 0, 0, 0]);
        assert!(
            run.stderr.contains(&format!(": {status} ")) && run.stderr.contains("check the key"),
            "{}",
            run.stderr
        );
        assert!(all.calls_async().await < 50, "{status}");
        harness.remove("s.csv.journal");
    }
}

#[tokio::test]
async fn an_endless_429_ends_after_give_up_after() {
    let throttled = Fault::Throttled {
        retry_after: Some("60".into()),
    };
    let harness = Harness::with(Behaviour::new().faults(1, [(throttled, 1.0)])).await;
    for (vendor, text) in [("bspk", rows(9)), ("gatsby", gatsby_rows(9))] {
        harness.write("s.csv", text);
        let started = Instant::now();

        let words = format!("{vendor} import s.csv --journal {vendor} --give-up-after 1s");
        let run = harness.run(&words).await;

        let took = started.elapsed();
        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert!(
            run.stderr.contains("429 Too Many Requests") && took < Duration::from_secs(10),
            "{took:?}: {}",
            run.stderr
        );
    }
}

#[tokio::test]
async fn rows_succeed_when_the_vendor_is_back() {
    let down = (1..=6).map(|call| (call, UNAVAILABLE));
    let harness = Harness::with(Behaviour::new().script(down)).await;
    harness.write("s.csv", rows(12));

    let run = harness
        .run("bspk import s.csv --output json --concurrency 4")
        .await;

    run.ended(0, [12, 0, 0, 0]);
    assert!(run.json()["retries"].as_u64() > Some(0));
}

#[tokio::test]
async fn an_import_into_a_vendor_that_is_down_stops_and_can_be_continued() {
    let all = Behaviour::new().faults(1, [(UNAVAILABLE, 1.0)]);
    let harness = Harness::with(all).await;
    harness.write("s.csv", rows(9));

    let run = harness.run("bspk import s.csv --give-up-after 1ms").await;

    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("9 rows: 0 stored, 0 rejected, 0 ambiguous, 9 left\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("shoppers bspk import s.csv --give-up-after 1ms\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr
            .contains("no row succeeded for longer than --give-up-after"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("; continue later, or check the base URL"),
        "{}",
        run.stderr
    );
    harness.sandbox.bspk_behaves(Behaviour::new()).unwrap();
    let run = harness.run("bspk import s.csv --output json").await;
    run.ended(0, [9, 0, 0, 0]);
}

#[tokio::test]
async fn an_import_into_an_unreachable_vendor_stops() {
    let harness = Harness::new().await;
    harness.write("s.csv", "email\na@example.com\n");
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", unused.local_addr().unwrap());
    drop(unused);

    let mut command = harness.command("bspk import s.csv --give-up-after 0s");
    let run = end(command.env("BSPK_BASE_URL", url).spawn().unwrap()).await;

    assert_eq!(run.code, Some(3), "{}", run.stderr);
    let run = harness.run("bspk import s.csv --output json").await;
    assert_eq!(
        run.counts(),
        [1, 0, 0, 0],
        "a row that was not sent is not ambiguous: {}",
        run.stderr
    );
}

#[tokio::test]
async fn a_redirect_stops_the_import() {
    let elsewhere = Fault::Redirect {
        status: 302,
        location: "/elsewhere".into(),
    };
    let harness = Harness::with(Behaviour::new().faults(1, [(elsewhere, 1.0)])).await;
    harness.write("s.csv", rows(3));

    let run = harness.run("bspk import s.csv --output json").await;

    assert_eq!(run.code, Some(3), "{}", run.stderr);
    let line = run.stderr.lines().last().unwrap_or_default();
    let error: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let next = error["error"]["next"].as_str().unwrap_or_default();
    assert!(next.contains("the base URL"), "{}", run.stderr);
}

#[tokio::test]
async fn a_key_that_is_not_accepted_stops_the_import() {
    let harness = Harness::new().await;
    for (vendor, rows) in [
        (
            "bspk",
            "email\na@example.com\n".to_owned() + &"b@example.com\n".repeat(50),
        ),
        ("gatsby", gatsby_rows(50)),
    ] {
        harness.write("s.csv", rows);

        let mut command =
            harness.command(&format!("{vendor} import s.csv --journal {vendor}.journal"));
        command
            .env("BSPK_API_KEY", "wrong_4711")
            .env("GATSBY_API_KEY", "wrong_4711");
        let run = end(command.spawn().unwrap()).await;

        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert!(run.stderr.contains("401 Unauthorized"), "{}", run.stderr);
        let next = format!(
            "; check the key ({}_API_KEY or --key-file)",
            vendor.to_uppercase()
        );
        assert!(run.stderr.contains(&next), "{}", run.stderr);
        assert!(!format!("{}{}", run.stdout, run.stderr).contains("wrong_4711"));
        let run = harness.run(&format!("{vendor} import s.csv --journal {vendor}.journal --output json --attempt-timeout 1s")).await;
        assert_eq!(run.code, Some(0), "nothing is ambiguous: {}", run.stderr);
    }
}
