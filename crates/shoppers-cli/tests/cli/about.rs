//! Help, version, schemas, completions, and output that cannot be written.

use std::{fs::File, process::Stdio};

use serde_json::{Value, json};
use shoppers::{bspk, gatsby, spec};
use shoppers_sandbox::Sandbox;

use crate::support::{run, shoppers, shoppers_in};

const BY_HAND: [&str; 17] = [
    "",
    "bspk",
    "bspk import",
    "bspk extract",
    "bspk webhooks",
    "bspk webhooks list",
    "bspk webhooks create",
    "bspk webhooks rotate",
    "bspk webhooks listen",
    "gatsby",
    "gatsby search-shoppers",
    "gatsby ensure-shopper",
    "gatsby import",
    "doctor",
    "sandbox",
    "schema",
    "completions",
];

#[test]
fn every_command_has_help() {
    let operations = bspk::OPERATIONS.iter().chain(gatsby::OPERATIONS);
    let operations = operations.map(|it| format!("{} {}", it.vendor, it.name.replace('_', "-")));
    let commands = operations.chain(BY_HAND.map(str::to_owned));

    for command in commands {
        let result = run(&mut shoppers(), &format!("{command} --help"));

        assert_eq!(
            (result.code, result.stderr.as_str()),
            (Some(0), ""),
            "{command}"
        );
        assert!(result.stdout.contains("Usage: shoppers"), "{command}");
    }
}

#[test]
fn the_help_has_every_exit_code() {
    let import = &["0", "1", "2", "3", "130"][..];
    for (command, expected) in [
        ("", &["0", "1", "2", "3", "4", "130"][..]),
        ("bspk import", import),
        ("gatsby import", import),
        ("bspk extract", &["0", "2", "3", "4", "130"]),
    ] {
        let result = run(&mut shoppers(), &format!("{command} --help"));

        let (_, codes) = result
            .stdout
            .split_once("Exit codes:\n")
            .unwrap_or_default();
        let codes: Vec<&str> = codes
            .lines()
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(codes, expected, "{}", result.stdout);
    }
}

#[test]
fn the_version_names_the_vendors_documents() {
    let result = run(&mut shoppers(), "--version");

    let expected = format!(
        "shoppers {}\n{}\n{}\n",
        env!("CARGO_PKG_VERSION"),
        spec::BSPK,
        spec::GATSBY
    );
    assert_eq!((result.code, result.stdout), (Some(0), expected));
}

#[test]
fn a_schema_validates_what_is_sent_and_answered() {
    let cases = [
        (
            "bspk upsert-shopper",
            json!({"birthday": "02-22"}),
            json!({"birthday": "22.2."}),
        ),
        (
            "gatsby create-shopper",
            json!({"channel": {"instagram": {"email": "a"}}}),
            json!({"channel": {"instagram": {"email": 7}}}),
        ),
        ("bspk upsert-shopper --answer", json!({"id": 7}), json!({})),
        (
            "gatsby get-shopper --answer",
            json!({"_id": "7"}),
            json!({}),
        ),
    ];

    for (arguments, good, bad) in cases {
        let result = run(&mut shoppers(), &format!("schema {arguments}"));

        let schema: Value = result.json();
        assert_eq!(result.code, Some(0));
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(jsonschema::is_valid(&schema, &good), "{arguments}");
        assert!(!jsonschema::is_valid(&schema, &bad), "{arguments}");
    }
}

#[test]
fn every_body_and_answer_has_a_schema() {
    for operation in bspk::OPERATIONS.iter().chain(gatsby::OPERATIONS) {
        let command = format!("{} {}", operation.vendor, operation.name.replace('_', "-"));

        let body = run(&mut shoppers(), &format!("schema {command}"));

        let code = operation.body.map_or(Some(2), |_| Some(0));
        assert_eq!(body.code, code, "{command}: {body:?}");
        if operation.is_paged {
            let answer = run(&mut shoppers(), &format!("schema {command} --answer"));
            assert_eq!(answer.json()["type"], "array", "{command}: {answer:?}");
        }
    }
}

#[test]
fn there_are_completions_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let result = run(&mut shoppers(), &format!("completions {shell}"));

        assert_eq!(result.code, Some(0), "{shell}");
        assert!(result.stdout.contains("upsert"), "{shell}");
    }
}

#[test]
fn an_unknown_argument_is_a_usage_error_and_is_not_repeated() {
    for arguments in [
        "",
        "bspk",
        "bspk upsrt",
        "schema",
        "schema planted",
        "schema bspk",
        "schema bspk planted",
        "schema bspk list-calls",
        "schema gatsby create-shopper --answer",
        "completions",
        "completions planted",
        "bspk upsert-shopper planted",
        "gatsby get-shopper 5a0d planted",
        "--output xml schema bspk upsert-shopper",
    ] {
        let result = run(&mut shoppers(), arguments);

        assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
        assert!(
            !result.stderr.contains("planted"),
            "{arguments}: {result:?}"
        );
    }
}

#[test]
fn a_duration_of_zero_is_a_usage_error() {
    for arguments in [
        "bspk import s.csv --quota-window 0s",
        "bspk import s.csv --attempt-timeout 0s",
        "gatsby import s.csv --attempt-timeout 0ms",
        "gatsby get-shopper 5a0d --deadline 0s",
    ] {
        let result = run(&mut shoppers(), arguments);

        assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
        assert!(
            result.stderr.contains("expected a time of more than 0"),
            "{arguments}: {result:?}"
        );
    }
}

#[test]
fn a_usage_error_is_json_if_json_is_asked_for() {
    for arguments in [
        "bspk upsert-shopper --output json",
        "--output=json bspk upsert-shopper",
        "bspk upsert-shopper --output json --sett a=b",
        "bspk upsert-shopper --output json --set emial=a",
    ] {
        let result = run(&mut shoppers(), arguments);

        assert_eq!(result.code, Some(2));
        assert_eq!(result.error()["kind"], "usage", "{result:?}");
        assert!(
            result.error()["message"].as_str().unwrap().len() > 20,
            "{result:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_closed_stdout_is_no_error() {
    for arguments in [
        "schema bspk upsert-shopper",
        "completions zsh",
        "--help",
        "--version",
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let result = run(shoppers().stdout(Stdio::from(writer)), arguments);

        assert_eq!(
            (result.code, result.stderr.as_str()),
            (Some(0), ""),
            "{arguments}"
        );
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_error_on_stdout_says_that_the_call_was_carried_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();

    let result = run(
        shoppers_in(&sandbox).stdout(Stdio::from(full)),
        "bspk upsert-shopper --set shopper_ref=1",
    );

    assert_eq!(result.code, Some(3));
    assert!(
        result.stderr.contains("could not be written to stdout"),
        "{result:?}"
    );
    assert!(
        result.stderr.contains("the call was carried out"),
        "{result:?}"
    );
    assert!(sandbox.bspk_shopper("1").is_some());
}
