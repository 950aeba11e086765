//! No shopper's data and no key is printed, or in a journal.

use httpmock::MockServer;
use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault};

use crate::support::{Harness, Run, end};

/// A part of every value of the shoppers here, and the keys.
const PLANTED: [&str; 4] = [
    "planted",
    "4711471",
    "sandbox_bspk_key",
    "pk_sandbox_gatsby_key",
];

const BSPK: &str = "shopper_ref,email,birthday,passport_number,profile_type\n\
    planted-1,planted1@example.com,02-22,X4711471,person\n\
    planted-2,planted2@example.com,planted-day,X4711471,person\n\
    planted-3,planted3@example.com,02-22,X4711471,planted-type\n\
    planted-4,planted4@example.com,02-22,X4711471,person,planted-cell\n\
    ,planted5@example.com,02-22,X4711471,person\n\
    ,planted6@example.com,02-22,X4711471,person\n\
    planted-7,planted7,02-22,X4711471,person\n\
    ,,,,\n";

const GATSBY: &str = "channel.instagram.email,channel.instagram.phone\n\
    planted1@example.com,+15554711471\n\
    planted2@example.com,4711471\n\
    planted3@example.com,+1 555 471 1471\n";

fn assert_private(run: &Run, journal: &str) {
    for (place, text) in [
        ("stdout", &*run.stdout),
        ("stderr", &run.stderr),
        ("journal", journal),
    ] {
        for planted in PLANTED {
            assert!(
                !text.to_lowercase().contains(planted),
                "{planted} is in {place}: {text}"
            );
        }
    }
}

#[tokio::test]
async fn a_shopper_is_in_no_output_and_no_journal() {
    let script = |call, fault| Behaviour::new().script([(call, fault)]);
    let behaviours = [
        Behaviour::new(),
        script(1, Fault::ClosedAfter),
        script(2, Fault::HalfBody),
        script(3, Fault::Html { status: 422 }),
        script(2, Fault::InvalidJson),
        script(
            1,
            Fault::Redirect {
                status: 302,
                location: "/planted".into(),
            },
        ),
        Behaviour::new().faults(1, [(Fault::InternalServerError, 1.0)]),
    ];
    let lines = "{\"email\": \"planted1@example.com\"}\n{\"email\": 4711471}\n{\"email\": \"planted\n[\"planted\"]\n{\"email\": \"planted\", \"email\": {\"planted\": 1}}\n";

    for behaviour in behaviours {
        let harness = Harness::with(behaviour).await;
        for (words, file, text) in [
            ("bspk import b.csv", "b.csv", BSPK),
            ("gatsby import g.csv --settling-time 0s", "g.csv", GATSBY),
            ("bspk import l.jsonl", "l.jsonl", lines),
        ] {
            harness.write(file, text);
            for more in [
                "--dry-run",
                "--give-up-after 1ms --attempt-timeout 10ms",
                "--verbose --output json --give-up-after 1ms --attempt-timeout 10ms",
            ] {
                let run = harness.run(&format!("{words} {more}")).await;

                let journal = harness.read_or_empty(&format!("{file}.journal"));
                assert_private(&run, &journal);
                assert!(
                    matches!(run.code, Some(0..=3)),
                    "{:?} {}",
                    run.code,
                    run.stderr
                );
            }
        }
        let listed = harness
            .files()
            .iter()
            .filter(|it| it.contains(".rejects."))
            .count();
        assert!(listed > 0, "the rejects are in their files");
    }
}

#[tokio::test]
async fn warnings_are_in_the_file_of_warnings_alone() {
    let harness = Harness::new().await;
    let vendor = MockServer::start_async().await;
    let warnings = [
        "planted1@example.com is no address",
        "X4711471 has no country",
    ];
    vendor
        .mock_async(|when, then| {
            when.any_request();
            then.status(200)
                .json_body(json!({"id": 1, "warnings": warnings}));
        })
        .await;

    for more in ["", "--output json", "--verbose"] {
        let file = format!("s{}.csv", more.len());
        harness.write(&file, "shopper_ref,email\nplanted-1,planted1@example.com\n");
        let mut command = harness.command(&format!("bspk import {file} {more}"));
        command.env("BSPK_BASE_URL", vendor.base_url());
        let run = end(command.spawn().unwrap()).await;

        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_private(&run, &harness.read(&format!("{file}.journal")));
        let listed = harness.read(&format!("{file}.warnings.csv"));
        assert!(listed.contains(&warnings.join("; ")), "{listed}");
    }
}

#[tokio::test]
async fn a_file_that_is_refused_is_not_quoted() {
    let harness = Harness::new().await;
    let files: [(&str, &[u8]); 11] = [
        (
            "a.csv",
            b"planted-1,planted1@example.com\nplanted-2,planted2@example.com\n",
        ),
        ("b.csv", b"planted1@example.com\n"),
        ("c.csv", b"email,city\nplanted,\"planted\n"),
        ("d.csv", b"email,\xffplanted\nplanted,planted\n"),
        ("e.jsonl", b"[{\"email\": \"planted\"}]\n"),
        ("f.csv", b"planted1@example.com;planted;4711471\n"),
        // A quote that is opened in the header and closed in a row.
        (
            "g.csv",
            b"email,\"city\nplanted-1,planted\nplanted-2,\"planted\nplanted-3,planted\n",
        ),
        // No header, and a cell that is an attribute's name.
        (
            "h.csv",
            b"planted-1,email,planted\nplanted-2,planted,planted\n",
        ),
        ("i.csv", b"planted-1,channel.instagram.email,planted\n"),
        (
            "j.jsonl",
            b"{\"email\": \"a\", \"planted1@example.com\": 1}\n",
        ),
        (
            "k.jsonl",
            b"{\"plantedemail\": 1, \"Planted\": {\"emial\": \"planted\"}}\n",
        ),
    ];

    for (file, text) in files {
        harness.write(file, text);
        for vendor in ["bspk", "gatsby"] {
            for more in ["", "--dry-run"] {
                let words = format!("{vendor} import {file} {more}");
                let run = end(harness.start(&words)).await;

                assert!(
                    matches!(run.code, Some(1 | 2)),
                    "{file}: {:?} {}",
                    run.code,
                    run.stderr
                );
                assert_private(&run, "");
            }
        }
    }
}

#[tokio::test]
async fn a_map_that_is_refused_is_not_quoted() {
    let harness = Harness::new().await;
    harness.write("s.csv", "shopper_ref\nA\n");
    harness.write("shoppers.csv", "planted1@example.com,planted\n");

    let run = harness
        .run("bspk import s.csv --map-file shoppers.csv")
        .await;

    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let place = "shoppers.csv: line 1: there is no such attribute";
    assert!(run.stderr.contains(place), "{}", run.stderr);
    assert_private(&run, "");
}

#[tokio::test]
async fn a_key_that_the_vendor_repeats_is_masked() {
    let key = "sandbox_bspk_key";
    let harness = Harness::new().await;
    let vendor = MockServer::start_async().await;
    let said = format!("the key {key} may not do that");
    vendor
        .mock_async(|when, then| {
            when.body_includes("A-1");
            then.status(422)
                .json_body(json!({"errors": [{"code": key, "title": &said}]}));
        })
        .await;
    vendor
        .mock_async(|when, then| {
            when.any_request();
            then.status(200)
                .json_body(json!({"id": 1, "warnings": [&said], "more": &said}));
        })
        .await;
    harness.write("s.csv", "shopper_ref\nA-1\nA-2\n");

    for words in [
        "bspk import s.csv",
        "bspk upsert-shopper --set shopper_ref=A-1",
        "bspk upsert-shopper --set shopper_ref=A-1 --output json",
        "bspk upsert-shopper --set shopper_ref=A-2",
        "bspk upsert-shopper --set shopper_ref=A-2 --output json",
    ] {
        let mut command = harness.command(words);
        command.env("BSPK_BASE_URL", vendor.base_url());
        let run = end(command.spawn().unwrap()).await;

        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(!printed.contains(key), "{words}: {printed}");
        let is_call = words.contains("upsert");
        assert!(
            !is_call || printed.contains("the key [key] may"),
            "{printed}"
        );
    }
    for name in ["s.csv.rejects.csv", "s.csv.warnings.csv", "s.csv.journal"] {
        let text = harness.read(name);
        assert!(!text.contains(key), "{name}: {text}");
    }
    let warnings = harness.read("s.csv.warnings.csv");
    assert!(warnings.contains("the key [key] may"), "{warnings}");
}
