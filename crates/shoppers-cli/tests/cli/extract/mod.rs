//! `shoppers bspk extract`.

mod stops;

use serde_json::{Value, json};
use shoppers::{Operation, bspk};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::support::{Harness, Run};

/// The time of the first message.
const BEGINNING: &str = "2026-01-01T00:00:00Z";

/// A message, a second after the one before.
fn message(number: usize) -> String {
    let time = jiff::Timestamp::from_second(1_767_225_600 + number as i64).unwrap();
    format!(r#"{{"body":"message {number}","created_at":"{time}"}}"#)
}

fn lines(records: impl IntoIterator<Item = String>) -> String {
    records.into_iter().map(|it| it + "\n").collect()
}

/// A harness whose sandbox has so many messages.
async fn with(behaviour: Behaviour, messages: usize) -> Harness {
    let sandbox = Sandbox::builder()
        .bspk(behaviour)
        .records("messages", (0..messages).map(message));
    Harness::of(sandbox.start().await.unwrap())
}

async fn extract(harness: &Harness, arguments: &str) -> Run {
    harness
        .run(&format!("bspk extract messages {arguments}"))
        .await
}

#[tokio::test]
async fn records_come_as_they_were_sent_a_line_each() {
    let records = [
        r#"{"created_at":"2026-01-01T00:00:00Z","zulu":1.0,"alpha":null,"new to us":{"x":[1e3]},"text":"\u00fc\n"}"#,
        "{\"created_at\": \"2026-01-01T00:00:01Z\",\n  \"b\": 12345678901234567890123}",
    ];
    let sandbox = Sandbox::builder()
        .records("messages", records)
        .start()
        .await;
    let harness = Harness::of(sandbox.unwrap());

    let result = extract(&harness, "").await;

    let expected = lines(records.map(|it| it.replace('\n', "")));
    assert_eq!(
        (result.code, result.stdout),
        (Some(0), expected),
        "{}",
        result.stderr
    );
    assert!(
        result
            .stderr
            .contains("2 messages from 1970-01-01T00:00:00Z to 20"),
        "{}",
        result.stderr
    );
    assert!(!result.stderr.contains("alpha"), "{}", result.stderr);
}

#[tokio::test]
async fn every_list_that_comes_in_pages_is_a_group() {
    let has_range = |it: &&Operation| it.parameters.iter().any(|it| it.name == "from");
    let lists = bspk::OPERATIONS.iter().filter(|it| it.is_paged);
    for list in lists.filter(has_range) {
        let stream = list.name.strip_prefix("list_").unwrap();
        let sandbox = Sandbox::builder().records(stream, (0..130).map(message));
        let harness = Harness::of(sandbox.start().await.unwrap());
        let group = stream.replace('_', "-");

        let result = harness
            .run(&format!("bspk extract {group} --since {BEGINNING}"))
            .await;

        let expected = lines((0..130).map(message));
        assert_eq!(
            (result.code, result.stdout),
            (Some(0), expected),
            "{group}: {}",
            result.stderr
        );
    }
}

#[tokio::test]
async fn a_time_is_a_part_of_the_range_that_it_begins_or_ends() {
    let harness = with(Behaviour::new(), 200).await;

    let result = extract(
        &harness,
        "--since 2026-01-01T00:00:10Z --until 2026-01-01T01:02:00+01:00",
    )
    .await;
    let day = extract(&harness, "--since 2026-01-02").await;

    assert_eq!(
        (result.code, result.stdout),
        (Some(0), lines((10..=120).map(message)))
    );
    assert_eq!((day.code, day.stdout.as_str()), (Some(0), ""));
}

#[tokio::test]
async fn the_next_run_has_what_is_new_and_repeats_nothing() {
    let harness = with(Behaviour::new(), 7300).await;
    let until = "2026-01-01T02:00:00Z";

    let first = extract(&harness, &format!("--state state --until {until}")).await;
    let late = r#"{"created_at":"2026-01-01T01:30:00Z","body":"shown late"}"#;
    harness.sandbox.add_records("messages", [late]).unwrap();
    let second = extract(&harness, "--state state").await;
    let third = extract(&harness, "--state state").await;

    assert_eq!(
        (first.code, first.stdout),
        (Some(0), lines((0..=7200).map(message)))
    );
    let expected = lines((7201..7300).map(message).chain([late.to_owned()]));
    assert_eq!(
        (second.code, second.stdout),
        (Some(0), expected),
        "{}",
        second.stderr
    );
    assert!(
        second
            .stderr
            .contains("left out that had been written before"),
        "{}",
        second.stderr
    );
    assert_eq!((third.code, third.stdout.as_str()), (Some(0), ""));
}

#[tokio::test]
async fn a_record_at_the_end_of_a_window_comes_once() {
    // More than one window holds.
    let harness = with(Behaviour::new(), 30_001).await;
    let until = "2026-01-01T08:20:00Z";

    let result = extract(
        &harness,
        &format!("--since {BEGINNING} --until {until} --output json"),
    )
    .await;

    assert_eq!(result.code, Some(0), "{}", result.stderr);
    assert_eq!(result.stdout, lines((0..=30_000).map(message)));
    // A slow machine shows the progress first.
    let summary: Value = serde_json::from_str(result.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(summary["written"], 30_001);
    assert_eq!(
        (&summary["windows"], &summary["repeated"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(
        (&summary["from"], &summary["to"]),
        (&json!(BEGINNING), &json!(until))
    );
}

#[tokio::test]
async fn records_that_come_twice_are_written_once() {
    let doubled = Behaviour::new().faults(1, [(Fault::DoubledRecords, 1.0)]);
    let harness = with(doubled, 250).await;

    let result = extract(&harness, "").await;

    assert_eq!(result.code, Some(0), "{}", result.stderr);
    assert_eq!(result.stdout, lines((0..250).map(message)));
}

#[tokio::test]
async fn fewer_records_than_were_counted_have_an_exit_code_of_their_own() {
    let total = Fault::WrongTotal {
        total: "251".into(),
    };
    let cases = [
        Behaviour::new().faults(1, [(total, 1.0)]),
        Behaviour::new().script([(2, Fault::ShiftedPage { records: -1 })]),
        Behaviour::new().script([(2, Fault::ShiftedPage { records: 1 })]),
    ];
    for behaviour in cases {
        let harness = with(behaviour, 250).await;

        let result = extract(&harness, "--since 2026-01-01 --until 2026-01-02").await;

        let command = "shoppers bspk extract messages --since 2026-01-01T00:00:00Z --until 2026-01-02T00:00:00Z";
        assert_eq!(result.code, Some(4), "{result:?}");
        assert!(
            result.stderr.contains("warning: 2") && result.stderr.contains("and BSPK counted 25"),
            "{result:?}"
        );
        assert!(
            result
                .stderr
                .contains(&format!("extract again: {command}\n")),
            "{result:?}"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_before_anything_is_sent() {
    let harness = with(Behaviour::new(), 10).await;
    harness.write("mine", "planted\n");
    harness.write("text", "planted");
    let begun = harness
        .run("bspk extract notes --state notes --output notes.jsonl")
        .await;
    assert_eq!(begun.code, Some(0), "{begun:?}");
    let before = harness.sandbox.bspk_tally().calls;
    let cases = [
        (
            "messages --since yesterday",
            2,
            "expected a date such as 2026-01-31",
        ),
        (
            "messages --since 2026-01-31T13:00:00",
            2,
            "expected a date such as 2026-01-31",
        ),
        ("messages --until 2999-01-01", 2, "cannot lie in the future"),
        (
            "messages --since 2026-01-02 --until 2026-01-01",
            2,
            "--since is later than --until",
        ),
        ("tickets", 2, "messages"),
        ("list-messages", 2, "[possible values: appointments"),
        ("messages --state missing/state", 3, "missing/state: "),
        ("messages --state .", 3, "--state"),
        (
            "messages --state mine",
            2,
            "mine: it is no state of an extraction",
        ),
        ("messages --state notes", 2, "the state is of another list"),
        (
            "notes --state notes --since 2026-01-01",
            2,
            "an extraction since 1970-01-01",
        ),
        (
            "notes --state notes --until 2026-01-01",
            2,
            "earlier runs went further",
        ),
        (
            "notes --state notes --base-url http://127.0.0.1:1",
            2,
            "another base URL",
        ),
        ("messages --output missing/records", 3, "missing/records: "),
        (
            "messages --output mine",
            2,
            "mine: it holds what this extraction has not written",
        ),
        (
            "messages --state new --output new",
            2,
            "one file cannot hold two things",
        ),
        (
            "messages --format singer --output new",
            2,
            "redirect stdout",
        ),
        ("messages --format xml", 2, "jsonl, singer"),
    ];

    for (arguments, code, reason) in cases {
        let result = harness.run(&format!("bspk extract {arguments}")).await;

        assert_eq!(result.code, Some(code), "{arguments}: {result:?}");
        assert!(result.stderr.contains(reason), "{arguments}: {result:?}");
        assert!(
            !result.stderr.contains("planted") && !result.stderr.contains("yesterday"),
            "{result:?}"
        );
    }
    assert_eq!(harness.sandbox.bspk_tally().calls, before);
    assert_eq!(harness.read("mine"), "planted\n");
}

#[tokio::test]
async fn a_count_reads_no_record() {
    let harness = with(Behaviour::new(), 250).await;

    let text = extract(&harness, "--count --since 2026-01-01 --until 2026-01-02").await;
    let json = extract(&harness, "--count --since 2026-01-01 --output json").await;

    let expected = "250 messages from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z, on 3 pages\n";
    assert_eq!((text.code, text.stdout.as_str()), (Some(0), expected));
    assert_eq!(
        (&json.json()["records"], &json.json()["pages"]),
        (&json!(250), &json!(3))
    );
    let methods: Vec<String> = harness
        .sandbox
        .requests()
        .iter()
        .map(|it| it.method().to_string())
        .collect();
    assert_eq!(methods, ["HEAD", "HEAD"]);
}

#[tokio::test]
async fn singer_has_schema_records_and_a_state_to_go_on_from() {
    let harness = with(Behaviour::new(), 150).await;
    let types = |run: &Run| -> Vec<String> {
        let types = run.stdout.lines().map(|line| {
            let message: Value = serde_json::from_str(line).unwrap();
            message["type"].as_str().unwrap().to_owned()
        });
        types.collect()
    };

    let first = extract(&harness, "--format singer --since 2026-01-01 --state state").await;
    assert!(harness.files().is_empty(), "the state is only read");
    let last: Value = serde_json::from_str(first.stdout.lines().last().unwrap()).unwrap();
    harness.write("state", last["value"].to_string());
    let second = extract(&harness, "--format singer --since 2026-01-01 --state state").await;

    let mut expected = vec!["SCHEMA"];
    expected.extend(["RECORD"; 150]);
    expected.push("STATE");
    assert_eq!(
        (first.code, types(&first)),
        (Some(0), expected.into_iter().map(str::to_owned).collect())
    );
    let record: Value = serde_json::from_str(first.stdout.lines().nth(1).unwrap()).unwrap();
    assert_eq!(
        record["record"],
        serde_json::from_str::<Value>(&message(0)).unwrap()
    );
    assert_eq!(types(&second), ["SCHEMA", "STATE"]);
}

#[tokio::test]
async fn a_file_of_records_is_continued_and_stdout_is_empty() {
    let harness = with(Behaviour::new(), 250).await;
    let words = "--state state --output records.jsonl";

    let first = extract(&harness, &format!("{words} --until 2026-01-01T00:01:00Z")).await;
    let second = extract(&harness, words).await;

    assert_eq!(
        (first.code, first.stdout.as_str()),
        (Some(0), ""),
        "{}",
        first.stderr
    );
    assert_eq!(
        (second.code, second.stdout.as_str()),
        (Some(0), ""),
        "{}",
        second.stderr
    );
    assert_eq!(harness.read("records.jsonl"), lines((0..250).map(message)));
}

#[tokio::test]
async fn a_records_content_is_on_stdout_alone() {
    let planted = json!({"created_at": BEGINNING, "body": "planted", "client_name": "Plantagenet"});
    let faults = [
        Fault::HalfBody,
        Fault::InvalidJson,
        Fault::ServiceUnavailable { retry_after: None },
    ];
    for fault in faults.map(Some).into_iter().chain([None]) {
        let behaviour = fault.iter().map(|it| (it.clone(), 1.0));
        let behaviour = Behaviour::new().faults(1, behaviour);
        let records = std::iter::repeat_n(planted.to_string(), 1);
        let sandbox = Sandbox::builder()
            .bspk(behaviour)
            .records("messages", records);
        let harness = Harness::of(sandbox.start().await.unwrap());

        let result = extract(&harness, "--state state --verbose --deadline 100ms").await;

        assert_eq!(
            result.code,
            Some(if fault.is_some() { 3 } else { 0 }),
            "{result:?}"
        );
        let told = result.stderr + &harness.read("state");
        assert!(
            !told.to_lowercase().contains("planta") && !told.contains("planted"),
            "{told}"
        );
        assert!(!told.contains(harness.sandbox.bspk_key()));
    }
}
