//! Keys, URLs, deadlines and quotas from arguments and the environment.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use shoppers_sandbox::Sandbox;

use tempfile::tempdir;

use crate::support::{Run, file, run, shoppers, shoppers_at, shoppers_in, unreachable};

const UPSERT: &str = "bspk upsert-shopper --set shopper_ref=1";
const SEARCH: &str = "gatsby search-shoppers --email a@example.com";

fn with(variables: &[(&str, &str)], arguments: &str) -> Run {
    let mut command: Command = shoppers();
    command.envs(variables.iter().copied());
    run(&mut command, arguments)
}

#[test]
fn a_malformed_key_is_refused_with_its_place_and_not_repeated() {
    let folder = tempdir().unwrap();
    let empty = file(&folder, "empty", "\n");
    let two = file(&folder, "two", "planted_1\nplanted_2\n");
    let binary = file(&folder, "binary", b"\xffplanted");
    let cases = [
        (vec![], String::new(), "no key: BSPK_API_KEY is not set"),
        (
            vec![("BSPK_API_KEY", "")],
            String::new(),
            "no key: BSPK_API_KEY is not set",
        ),
        (
            vec![("BSPK_API_KEY", "Bearer planted")],
            String::new(),
            "BSPK_API_KEY: the API key",
        ),
        (
            vec![("BSPK_API_KEY", "\"planted\"")],
            String::new(),
            "BSPK_API_KEY: the API key",
        ),
        (vec![], format!("--key-file {empty}"), "empty: the API key"),
        (vec![], format!("--key-file {two}"), "two: the API key"),
        (vec![], format!("--key-file {binary}"), "binary: "),
        (
            vec![],
            "--key-file pk_planted".to_owned(),
            "the file of --key-file: there is no such file",
        ),
    ];

    for (variables, arguments, reason) in cases {
        let result = with(&variables, &format!("{UPSERT} {arguments}"));

        assert_eq!(result.code, Some(2), "{result:?}");
        assert!(result.stderr.contains(reason), "{reason}: {result:?}");
        assert!(!result.stderr.contains("planted"), "{result:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_file_may_end_with_a_line_end() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempdir().unwrap();

    for end in ["", "\n", "\r\n"] {
        let key = file(&folder, "key", format!("{}{end}", sandbox.bspk_key()));
        let mut command = shoppers_in(&sandbox);
        command.env("BSPK_API_KEY", "wrong");
        let result = run(&mut command, &format!("{UPSERT} --key-file {key}"));

        assert_eq!(result.code, Some(0), "{end:?}: {result:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_wrong_key_stops_and_names_the_variable() {
    let sandbox = Sandbox::start().await.unwrap();

    for (variable, arguments) in [("BSPK_API_KEY", UPSERT), ("GATSBY_API_KEY", SEARCH)] {
        let mut command = shoppers_in(&sandbox);
        command.env(variable, "planted");
        let result = run(&mut command, &format!("{arguments} --output json"));

        assert_eq!(result.code, Some(3), "{result:?}");
        assert_eq!(result.error()["kind"], "unauthorized");
        assert!(result.error()["next"].as_str().unwrap().contains(variable));
        assert!(!result.stderr.contains("planted") && !result.stdout.contains("planted"));
    }
}

#[test]
fn an_unsafe_url_is_refused_and_not_repeated() {
    let urls = [
        "http://planted.example.com",
        "https://planted:planted@example.com",
        "planted",
        "ftp://planted",
    ];

    for url in urls {
        let variable = with(&[("BSPK_API_KEY", "key_1"), ("BSPK_BASE_URL", url)], UPSERT);
        let flag = with(
            &[("GATSBY_API_KEY", "pk_1")],
            &format!("{SEARCH} --base-url {url}"),
        );

        for result in [variable, flag] {
            assert_eq!(result.code, Some(2), "{result:?}");
            assert!(result.stderr.contains("the base URL"), "{result:?}");
            assert!(result.stderr.contains("--base-url or "), "{result:?}");
            assert!(result.stderr.contains("_BASE_URL"), "{result:?}");
            assert!(!result.stderr.contains("planted"), "{result:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_empty_variable_counts_as_not_set() {
    let sandbox = Sandbox::start().await.unwrap();

    let mut command = shoppers_in(&sandbox);
    command
        .env("GATSBY_ENVIRONMENT", "")
        .env("GATSBY_DEADLINE", "")
        .env("BSPK_BASE_URL", "");
    let result = run(&mut command, SEARCH);
    let doctor = with(
        &[("BSPK_BASE_URL", ""), ("GATSBY_ENVIRONMENT", "")],
        "doctor",
    );

    assert_eq!(result.code, Some(0), "{result:?}");
    assert!(
        doctor
            .stderr
            .contains("neither BSPK_API_KEY nor GATSBY_API_KEY")
    );
}

#[test]
fn an_unknown_environment_is_refused() {
    let result = with(
        &[
            ("GATSBY_API_KEY", "pk_1"),
            ("GATSBY_ENVIRONMENT", "planted"),
        ],
        SEARCH,
    );

    assert_eq!(result.code, Some(2));
    assert!(
        result.stderr.contains("production, development"),
        "{result:?}"
    );
    assert!(!result.stderr.contains("planted"), "{result:?}");
}

#[test]
fn a_deadline_comes_from_the_vendors_variable_and_the_flag_overrides_it() {
    for (variable, other, arguments) in [
        ("BSPK_DEADLINE", "GATSBY_DEADLINE", UPSERT),
        ("GATSBY_DEADLINE", "BSPK_DEADLINE", SEARCH),
    ] {
        let call = |variable, deadline, arguments: &str| {
            let mut command = shoppers_at(&unreachable());
            run(command.env(variable, deadline), arguments)
        };
        let start = Instant::now();

        let short = call(variable, "20ms", arguments);
        let invalid = call(variable, "planted", arguments);
        let flag = format!("{arguments} --deadline 20ms");
        let overridden = call(variable, "planted", &flag);
        let of_the_other_vendor = call(other, "planted", &flag);

        assert!(start.elapsed() < Duration::from_secs(30), "{variable}");
        assert_eq!(short.code, Some(3), "{short:?}");
        assert_eq!(invalid.code, Some(2), "{invalid:?}");
        assert!(invalid.stderr.contains(variable), "{invalid:?}");
        assert!(!invalid.stderr.contains("planted"), "{invalid:?}");
        assert_eq!(overridden.code, Some(3), "{overridden:?}");
        assert_eq!(of_the_other_vendor.code, Some(3), "{of_the_other_vendor:?}");
    }
}

#[test]
fn a_quota_fraction_comes_from_the_vendors_variable_and_the_flag_overrides_it() {
    let folder = tempdir().unwrap();
    let rows: String = (1..=20).map(|row| format!("user_{row}\n")).collect();
    let bspk = file(&folder, "bspk.csv", format!("shopper_ref\n{rows}"));
    let gatsby = file(
        &folder,
        "gatsby.csv",
        format!("channel.instagram.userName\n{rows}"),
    );

    for (variable, arguments) in [
        ("BSPK_QUOTA_FRACTION", format!("bspk import {bspk}")),
        ("GATSBY_QUOTA_FRACTION", format!("gatsby import {gatsby}")),
    ] {
        let dry_run = |fraction, more: &str| {
            let arguments = format!("{arguments} --dry-run --quota 10/10s --output json {more}");
            run(shoppers().env(variable, fraction), &arguments)
        };

        assert_eq!(dry_run("", "").json()["seconds"], 10);
        assert_eq!(dry_run("0.5", "").json()["seconds"], 30);
        let overridden = dry_run("planted", "--quota-fraction 0.2");
        assert_eq!(overridden.json()["seconds"], 90);
        for invalid in ["planted", "0", "1.5", "NaN"] {
            let result = dry_run(invalid, "");

            assert_eq!(result.code, Some(2), "{result:?}");
            assert!(result.stderr.contains(variable), "{result:?}");
            assert!(!result.stderr.contains("planted"), "{result:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_quota_store_that_is_away_fails_no_call_and_one_without_a_url_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let away = format!(
        "--quota-store redis://:planted@{}",
        unreachable().trim_start_matches("http://")
    );

    let called = run(&mut shoppers_in(&sandbox), &format!("{UPSERT} {away}"));
    let refused = run(
        shoppers_in(&sandbox).env("BSPK_QUOTA_STORE", "https://:planted@host"),
        UPSERT,
    );

    assert_eq!(called.code, Some(0), "{called:?}");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("--quota-store"), "{refused:?}");
    for result in [called, refused] {
        assert!(!format!("{result:?}").contains("planted"), "{result:?}");
    }
}

#[test]
fn calls_go_to_the_vendors_hosts_and_through_a_proxy() {
    let development = &[("GATSBY_ENVIRONMENT", "development")][..];
    let flag = format!("{SEARCH} --environment development");
    let cases = [
        (&[][..], UPSERT, "api.bspk.com:443"),
        (&[], SEARCH, "gatsby.tech:443"),
        (&[], &flag, "dev.gatsby.tech:443"),
        (development, SEARCH, "dev.gatsby.tech:443"),
    ];

    for (variables, arguments, host) in cases {
        let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", proxy.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let (connection, _) = proxy.accept().unwrap();
            let mut line = String::new();
            BufReader::new(connection).read_line(&mut line).unwrap();
            line
        });
        let mut variables = variables.to_vec();
        variables.extend([
            ("HTTPS_PROXY", url.as_str()),
            ("BSPK_API_KEY", "key_1"),
            ("GATSBY_API_KEY", "pk_1"),
        ]);
        let result = with(&variables, arguments);

        assert_eq!(result.code, Some(3), "{result:?}");
        assert_eq!(
            asked.join().unwrap(),
            format!("CONNECT {host} HTTP/1.1\r\n")
        );
    }
}
