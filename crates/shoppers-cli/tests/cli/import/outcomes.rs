//! The outcomes of rows, and the messages about them.

use std::time::Duration;

use httpmock::MockServer;
use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault};

use crate::support::{Harness, end, gatsby_rows, rows, unreachable};

pub(super) const UNAVAILABLE: Fault = Fault::ServiceUnavailable { retry_after: None };

#[tokio::test]
async fn a_file_that_is_stored_leaves_a_journal_and_nothing_else() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(100));

    let run = harness.run("bspk import s.csv --output json").await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.counts(), [100, 0, 0, 0]);
    let summary = run.json();
    let names = summary.as_object().into_iter().flatten();
    assert_eq!(
        names.map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        [
            "ambiguous",
            "rejected",
            "retries",
            "rows",
            "seconds",
            "skipped",
            "stored",
            "throttled"
        ]
    );
    assert_eq!(harness.sandbox.bspk_tally().shoppers, 100);
    assert_eq!(harness.files(), ["s.csv", "s.csv.journal"]);
}

#[tokio::test]
async fn an_import_whose_quota_store_is_away_stores_every_row() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(100));
    let away = unreachable().replace("http", "redis");

    let run = harness
        .run(&format!(
            "bspk import s.csv --output json --quota-store {away}"
        ))
        .await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.counts(), [100, 0, 0, 0]);
}

#[tokio::test]
async fn rejected_rows_can_be_fixed_and_imported() {
    let harness = Harness::new().await;
    let text =
        b"Nr,birthday,city\nA,02-22,x\nB,31.12.,\"y\nz\"\nC,02-22,\xff\nD,02-22\n,,\nF,02-22,z\n";
    harness.write("s.csv", text);

    let run = harness.run("bspk import s.csv --map Nr=shopper_ref").await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("6 rows: 2 stored, 4 rejected, 0 ambiguous\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with(
        "\n4 rows in s.csv.rejects.csv: rejected; fix a copy of the file, and import that\n"
    ));
    let rejects = harness.read("s.csv.rejects.csv");
    let mut lines: Vec<&str> = rejects.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "3,invalid,birthday: invalid birthday: expected YYYY-MM-DD or MM-DD with a day that exists,B,31.12.,\"y",
            "5,not_utf8,column 3: not UTF-8; save the file as UTF-8,C,02-22,\u{fffd}",
            "6,columns,\"2 cells, where the header has 3\",D,02-22",
            "7,empty,the row has no attribute,,,",
            "line,code,reason,Nr,birthday,city",
            "z\"",
        ]
    );

    harness.write(
        "fixed.csv",
        rejects
            .replace("31.12.", "12-31")
            .replace("D,02-22", "D,02-22,"),
    );
    let run = harness
        .run("bspk import fixed.csv --map Nr=shopper_ref --output json")
        .await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.counts()[..2], [3, 1]);
    let b = harness.sandbox.bspk_shopper("B").unwrap_or_default();
    assert_eq!(
        (&b["birthday"], &b["city"]),
        (&"12-31".into(), &"y\nz".into())
    );
    let again = harness.read("fixed.csv.rejects.csv");
    assert!(
        again.starts_with("line,code,reason,Nr,birthday,city\n"),
        "{again}"
    );
}

#[tokio::test]
async fn rejects_keep_the_byte_order_mark_that_excel_needs() {
    let harness = Harness::new().await;
    harness.write("s.csv", "\u{feff}first_name,birthday\nJosé,31.12.\n");

    let run = harness.run("bspk import s.csv").await;
    let again = harness.run("bspk import s.csv.rejects.csv").await;

    assert_eq!((run.code, again.code), (Some(1), Some(1)), "{}", run.stderr);
    for name in ["s.csv.rejects.csv", "s.csv.rejects.csv.rejects.csv"] {
        let rejects = harness.read(name);
        let rest = rejects.strip_prefix('\u{feff}');
        let rest = rest.and_then(|it| it.strip_prefix("line,code,reason,first_name,birthday\n"));
        let is_whole = rest.is_some_and(|it| it.ends_with(",José,31.12.\n"));
        assert!(
            is_whole && rejects.matches('\u{feff}').count() == 1,
            "{name}: {rejects}"
        );
    }
}

#[tokio::test]
async fn rejects_of_json_lines_are_json_lines() {
    let harness = Harness::new().await;
    harness.write(
        "s.jsonl",
        "{\"shopper_ref\": \"A\"}\n{\"shopper_ref\": \"B\", \"birthday\": \"x\"}\n{\"shopper_ref\": \n[]\n{}\n{\"shopper_ref\": \"C\", \"shopper_ref\": \"D\"}\n",
    );

    let run = harness.run("bspk import s.jsonl --output json").await;

    assert_eq!((run.code, run.counts()[1]), (Some(1), 5), "{}", run.stderr);
    let rejects = harness.read("s.jsonl.rejects.jsonl");
    let mut codes: Vec<String> = rejects
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{} {}", row["line"], row["code"])
        })
        .collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "2 \"invalid\"",
            "3 \"json\"",
            "4 \"json\"",
            "5 \"empty\"",
            "6 \"invalid\""
        ]
    );

    harness.write("fixed.jsonl", rejects.replace("\"x\"", "\"02-22\""));
    let run = harness.run("bspk import fixed.jsonl --output json").await;

    assert_eq!(run.counts()[..2], [1, 4], "{}", run.stderr);
    assert_eq!(harness.sandbox.bspk_tally().shoppers, 2);
}

#[tokio::test]
async fn a_row_that_the_vendor_refuses_is_rejected_with_its_text() {
    let harness = Harness::new().await;
    // The crate keeps a channel that it does not know, the sandbox refuses it.
    harness.write(
        "s.csv",
        "shopper_ref,preferred_contact_channel\nA,fax\nB,call\n",
    );

    let run = harness.run("bspk import s.csv --output json").await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.counts(), [1, 1, 0, 0]);
    let rejects = harness.read("s.csv.rejects.csv");
    assert!(rejects.contains("422 Unprocessable Entity"), "{rejects}");
    assert!(rejects.contains("fax"), "{rejects}");
}

#[tokio::test]
async fn gatsby_has_each_shopper_once_however_often_a_file_has_it() {
    let harness =
        Harness::with(Behaviour::new().latency(Duration::from_millis(1), Duration::from_millis(1)))
            .await;
    let rows = (0..40).map(|row| format!("s{}@Example.com,Name {row}\n", row % 4));
    let text = format!(
        "channel.instagram.email,channel.instagram.fullName\n{}",
        rows.collect::<String>()
    );
    harness.write("s.csv", text);

    let run = harness
        .run("gatsby import s.csv --output json --concurrency 16")
        .await;

    run.ended(0, [40, 0, 0, 0]);
    let shoppers = harness.sandbox.gatsby_shoppers();
    let mut names: Vec<_> = shoppers
        .iter()
        .filter_map(|it| it.pointer("/channel/instagram/fullName")?.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["Name 36", "Name 37", "Name 38", "Name 39"],
        "the last row counts"
    );
    let run = harness.run("gatsby import s.csv --output json").await;
    assert_eq!(run.counts(), [40, 0, 0, 40]);
}

#[tokio::test]
async fn a_row_without_a_reference_whose_outcome_is_unknown_is_ambiguous() {
    let harness = Harness::with(Behaviour::new().script([(2, Fault::ClosedAfter)])).await;
    harness.write(
        "s.csv",
        "email\na@example.com\nb@example.com\nc@example.com\n",
    );

    let run = harness.run("bspk import s.csv --concurrency 1").await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("3 rows: 2 stored, 0 rejected, 1 ambiguous\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("1 row in s.csv.ambiguous.csv: the vendor may have stored them")
    );
    assert_eq!(
        harness.read("s.csv.ambiguous.csv"),
        "line,code,reason,email\n3,ambiguous,\"bspk upsert_shopper: sent, the connection broke before an answer; look it up before you import it again\",b@example.com\n"
    );
    assert_eq!(
        harness.sandbox.bspk_tally().calls,
        3,
        "it is not sent again"
    );
    assert_eq!(
        harness.files(),
        ["s.csv", "s.csv.ambiguous.csv", "s.csv.journal"]
    );
}

#[tokio::test]
async fn a_row_without_a_reference_whose_answer_cannot_be_read_is_ambiguous() {
    let harness = Harness::with(Behaviour::new().script([(2, Fault::InvalidJson)])).await;
    harness.write("s.csv", rows(4).replace("shopper_ref", "segment"));

    let run = harness
        .run("bspk import s.csv --output json --concurrency 1")
        .await;

    run.ended(1, [3, 0, 1, 0]);
    let listed = harness.read("s.csv.ambiguous.csv");
    assert!(listed.contains("\n3,unreadable,"), "{listed}");
    assert_eq!(harness.sandbox.bspk_tally().calls, 4);
}

/// A vendor that answers so to the row that holds `needle`, and stores all others.
async fn vendor_with_one(needle: &str, status: u16, body: &str) -> (MockServer, usize) {
    let vendor = MockServer::start_async().await;
    let odd = vendor
        .mock_async(|when, then| {
            when.body_includes(needle);
            then.status(status).body(body);
        })
        .await;
    let id = odd.id();
    vendor
        .mock_async(|when, then| {
            when.any_request();
            then.status(200).body(r#"{"id": 1}"#);
        })
        .await;
    (vendor, id)
}

const ONE_BY_ONE: &str = "bspk import s.csv --output json --concurrency 1";

#[tokio::test]
async fn a_row_whose_answer_can_never_be_read_is_ambiguous() {
    let harness = Harness::new().await;
    let (vendor, _) = vendor_with_one("CLI-2\"", 200, "{}").await;
    harness.write("s.csv", rows(9));

    let run = harness.run_at(vendor.base_url(), ONE_BY_ONE).await;

    run.ended(1, [8, 0, 1, 0]);
    let listed = harness.read("s.csv.ambiguous.csv");
    assert!(listed.contains("\n3,unreadable,"), "{listed}");
}

#[tokio::test]
async fn an_update_that_a_proxy_answers_is_not_stored() {
    let harness = Harness::new().await;
    let vendor = MockServer::start_async().await;
    let found = json!([{"_id": "a", "channel": {"instagram": {"email": "s1@example.com"}}}]);
    vendor
        .mock_async(|when, then| {
            when.method(httpmock::Method::GET);
            then.status(200).json_body(found);
        })
        .await;
    vendor
        .mock_async(|when, then| {
            when.any_request();
            then.status(200).body("<html>Sign in</html>");
        })
        .await;
    harness.write("s.csv", gatsby_rows(1));

    let run = harness.run_at(vendor.base_url(), "gatsby import s.csv --output json --concurrency 1 --give-up-after 200ms --attempt-timeout 100ms --settling-time 0s",
    )
    .await;

    let [stored, ..] = run.counts();
    assert_eq!(stored, 0, "{}", run.stderr);
    assert_ne!(run.code, Some(0), "{}", run.stderr);
}

#[tokio::test]
async fn a_row_that_alone_is_refused_is_rejected() {
    let harness = Harness::new().await;
    for (status, row) in [(403, 1), (404, 5), (410, 9), (302, 5), (500, 9)] {
        let (vendor, _) = vendor_with_one(&format!("CLI-{row}\""), status, "").await;
        harness.write("s.csv", rows(9));

        let run = harness.run_at(vendor.base_url(), ONE_BY_ONE).await;

        run.ended(1, [8, 1, 0, 0]);
        let rejects = harness.read("s.csv.rejects.csv");
        let code = match status {
            500 => "failed".to_owned(),
            _ => format!("answered_{status}"),
        };
        let start = format!("\n{},{code},", row + 1);
        assert!(rejects.contains(&start), "{rejects}");
        harness.remove("s.csv.journal");
        harness.remove("s.csv.rejects.csv");
    }
}

#[tokio::test]
async fn a_row_that_is_answered_with_an_odd_status_is_sent_once() {
    let harness = Harness::new().await;
    for status in [600, 999] {
        let (vendor, odd) = vendor_with_one("CLI-2\"", status, "").await;
        harness.write("s.csv", rows(9));

        let run = harness.run_at(vendor.base_url(), ONE_BY_ONE).await;

        run.ended(1, [8, 0, 1, 0]);
        assert_eq!(httpmock::Mock::new(odd, &vendor).calls_async().await, 1);
        let listed = harness.read("s.csv.ambiguous.csv");
        assert!(
            listed.contains(&format!("\n3,answered_{status},")),
            "{listed}"
        );
        harness.remove("s.csv.journal");
        harness.remove("s.csv.ambiguous.csv");
    }
}

#[tokio::test]
async fn a_row_that_always_fails_does_not_hold_up_the_others() {
    let harness = Harness::new().await;
    let vendor = MockServer::start_async().await;
    let poisoned = vendor
        .mock_async(|when, then| {
            when.body_includes("CLI-2\"");
            then.status(500);
        })
        .await;
    vendor
        .mock_async(|when, then| {
            when.any_request();
            then.status(200).body(r#"{"id": 1}"#);
        })
        .await;
    harness.write("s.csv", rows(9));

    let mut command = harness.command("bspk import s.csv --output json --concurrency 1");
    let run = end(command
        .env("BSPK_BASE_URL", vendor.base_url())
        .spawn()
        .unwrap())
    .await;

    run.ended(1, [8, 1, 0, 0]);
    assert!(poisoned.calls_async().await >= 5);
    let rejects = harness.read("s.csv.rejects.csv");
    assert!(rejects.contains("\n3,failed,"), "{rejects}");
    assert!(
        rejects.contains("sent 5 times, while other rows succeeded"),
        "{rejects}"
    );
}

#[tokio::test]
async fn throttled_and_repeated_calls_are_counted() {
    let throttled = Fault::Throttled { retry_after: None };
    for more in ["", "--verbose"] {
        let script = [(2, throttled.clone()), (4, UNAVAILABLE)];
        let harness = Harness::with(Behaviour::new().script(script)).await;
        harness.write("s.csv", rows(5));

        let words = format!("bspk import s.csv --output json --quota-window 10ms {more}");
        let run = harness.run(&words).await;

        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let summary = run.json();
        assert_eq!(
            (&summary["throttled"], &summary["retries"]),
            (&1.into(), &2.into()),
            "{more}"
        );
    }
}
