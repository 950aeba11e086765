//! Help, the version, schemas, completions; and what becomes of an answer that nobody reads.

use std::{fs::File, process::Stdio};

use serde_json::{Value, json};
use shoppers::spec;
use shoppers_sandbox::Sandbox;

use crate::program::{run, shoppers, shoppers_in, told};

const COMMANDS: [&str; 14] = [
    "",
    "bspk",
    "bspk upsert",
    "bspk import",
    "gatsby",
    "gatsby create",
    "gatsby get",
    "gatsby search",
    "gatsby update",
    "gatsby ensure",
    "doctor",
    "sandbox",
    "schema",
    "completions",
];

#[test]
fn every_command_has_help() {
    for command in COMMANDS {
        let told = run(&mut shoppers(), &format!("{command} --help"));

        assert_eq!((told.code, told.err.as_str()), (Some(0), ""), "{command}");
        assert!(told.out.contains("Usage: shoppers"), "{command}");
    }
}

#[test]
fn the_help_has_every_exit_code() {
    for command in ["", "bspk import", "gatsby import"] {
        let told = run(&mut shoppers(), &format!("{command} --help"));

        let (_, codes) = told.out.split_once("Exit codes:\n").unwrap_or_default();
        let codes: Vec<&str> = codes
            .lines()
            .take_while(|line| !line.is_empty())
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(codes, ["0", "1", "2", "3", "130"], "{}", told.out);
    }
}

#[test]
fn the_version_names_the_documents_that_the_types_come_from() {
    let told = run(&mut shoppers(), "--version");

    let expected = format!(
        "shoppers {}\n{}\n{}\n",
        env!("CARGO_PKG_VERSION"),
        spec::BSPK,
        spec::GATSBY
    );
    assert_eq!((told.code, told.out), (Some(0), expected));
}

#[test]
fn a_schema_is_json_schema_and_holds_for_what_is_sent_and_answered() {
    let cases = [
        (
            "bspk",
            json!({"birthday": "02-22"}),
            json!({"birthday": "22.2."}),
        ),
        (
            "gatsby",
            json!({"channel": {"instagram": {"email": "a"}}}),
            json!({"channel": {"instagram": {"email": 7}}}),
        ),
        ("bspk --answer", json!({"id": 7}), json!({})),
        ("gatsby --answer", json!({"_id": "7"}), json!({})),
    ];

    for (arguments, good, bad) in cases {
        let told = run(&mut shoppers(), &format!("schema {arguments}"));

        let schema: Value = told.json();
        assert_eq!(told.code, Some(0));
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(jsonschema::is_valid(&schema, &good), "{arguments}");
        assert!(!jsonschema::is_valid(&schema, &bad), "{arguments}");
    }
}

#[test]
fn there_are_completions_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let told = run(&mut shoppers(), &format!("completions {shell}"));

        assert_eq!(told.code, Some(0), "{shell}");
        assert!(told.out.contains("upsert"), "{shell}");
    }
}

#[test]
fn what_is_not_there_is_a_usage_error() {
    for arguments in [
        "",
        "bspk",
        "bspk upsrt",
        "schema",
        "schema planted",
        "completions",
        "completions planted",
        "bspk upsert planted",
        "gatsby get 5a0d planted",
        "--output xml schema bspk",
    ] {
        let told = run(&mut shoppers(), arguments);

        assert_eq!(told.code, Some(2), "{arguments}: {told:?}");
        assert!(!told.err.contains("planted"), "{arguments}: {told:?}");
    }
}

#[test]
fn a_time_of_nothing_is_a_usage_error() {
    for arguments in [
        "bspk import s.csv --quota-window 0s",
        "bspk import s.csv --attempt-timeout 0s",
        "gatsby import s.csv --attempt-timeout 0ms",
        "gatsby get 5a0d --deadline 0s",
    ] {
        let told = run(&mut shoppers(), arguments);

        assert_eq!(told.code, Some(2), "{arguments}: {told:?}");
        assert!(
            told.err.contains("expected more than 0, such as 10s"),
            "{arguments}: {told:?}"
        );
    }
}

#[test]
fn a_program_is_told_of_a_usage_error_in_json() {
    for arguments in [
        "bspk upsert --output json",
        "--output=json bspk upsert",
        "bspk upsert --output json --sett a=b",
        "bspk upsert --output json --set emial=a",
    ] {
        let told = run(&mut shoppers(), arguments);

        assert_eq!(told.code, Some(2));
        assert_eq!(told.error()["kind"], "usage", "{told:?}");
        assert!(
            told.error()["message"].as_str().unwrap().len() > 20,
            "{told:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_is_no_error() {
    for arguments in ["schema bspk", "completions zsh", "--help", "--version"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let told = told(
            shoppers()
                .args(arguments.split_whitespace())
                .stdout(Stdio::from(writer)),
        );

        assert_eq!((told.code, told.err.as_str()), (Some(0), ""), "{arguments}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_answer_that_cannot_be_written_is_told_with_what_was_done() {
    let sandbox = Sandbox::start().await.unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();

    let told = told(
        shoppers_in(&sandbox)
            .args(["bspk", "upsert", "--set", "shopper_ref=1"])
            .stdout(Stdio::from(full)),
    );

    assert_eq!(told.code, Some(3));
    assert!(
        told.err.contains("could not be written to stdout"),
        "{told:?}"
    );
    assert!(told.err.contains("the call was carried out"), "{told:?}");
    assert!(sandbox.bspk_shopper("1").is_some());
}
