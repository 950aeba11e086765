//! `shoppers doctor`.

use std::{net::TcpListener, thread};

use serde_json::Value;
use shoppers_sandbox::{Behaviour, Quota, Sandbox};

use tempfile::tempdir;

use crate::support::{
    Run, file, run, sandbox, server, shoppers, shoppers_at, shoppers_in, unreachable,
};

/// Returns the checks of a vendor as `name: result`.
fn results(result: &Run, vendor: &str) -> Vec<String> {
    let report: Value = result.json();
    let checks = report[vendor].as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    checks
        .iter()
        .map(|check| format!("{}: {}", word(&check["check"]), word(&check["result"])))
        .collect()
}

const GOOD: [&str; 5] = ["key: ok", "host: ok", "clock: ok", "call: ok", "quota: ok"];

const WEBHOOKS: &str = "webhooks: ok";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_check_of_both_vendors_can_pass() {
    let sandbox = sandbox(Behaviour::new().quota(Quota::bspk())).await;

    let json = run(&mut shoppers_in(&sandbox), "doctor --output json");
    let text = run(&mut shoppers_in(&sandbox), "doctor");

    assert_eq!((json.code, text.code), (Some(0), Some(0)));
    assert_eq!(results(&json, "bspk"), [&GOOD[..], &[WEBHOOKS]].concat());
    assert_eq!(results(&json, "gatsby"), GOOD);
    assert!(
        text.stdout.starts_with("bspk\n  ok    key: BSPK_API_KEY"),
        "{text:?}"
    );
    assert!(text.stdout.contains("\n\ngatsby\n"), "{text:?}");
    assert!(text.stdout.contains("30 calls per 10 s"), "{text:?}");
    for result in [json, text] {
        assert!(
            !result.stdout.contains(sandbox.bspk_key())
                && !result.stdout.contains(sandbox.gatsby_key())
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_quota_store_that_is_away_is_a_warning() {
    let sandbox = Sandbox::start().await.unwrap();
    let host = unreachable();
    let url = format!("redis://:planted@{}", host.trim_start_matches("http://"));

    let mut command = shoppers_in(&sandbox);
    let result = run(
        command.env("BSPK_QUOTA_STORE", url),
        "doctor bspk --output json",
    );

    assert_eq!(result.code, Some(0), "{result:?}");
    assert!(
        results(&result, "bspk").contains(&"quota store: warn".to_owned()),
        "{result:?}"
    );
    assert!(!format!("{result:?}").contains("planted"), "{result:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_written_at_a_vendor() {
    let sandbox = Sandbox::start().await.unwrap();

    let result = run(&mut shoppers_in(&sandbox), "doctor");

    assert_eq!(result.code, Some(0));
    assert_eq!(
        (sandbox.bspk_tally().made, sandbox.gatsby_tally().made),
        (0, 0)
    );
    assert!(
        sandbox
            .requests()
            .iter()
            .all(|request| request.method() == "GET")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vendor_without_a_key_is_checked_up_to_the_call() {
    let sandbox = Sandbox::start().await.unwrap();
    let without = || {
        let mut command = shoppers_in(&sandbox);
        command.env_remove("BSPK_API_KEY");
        command
    };

    let both = run(&mut without(), "doctor --output json");
    let bspk = run(&mut without(), "doctor bspk --output json");

    assert_eq!((both.code, bspk.code), (Some(0), Some(3)));
    assert_eq!(both.json().as_object().unwrap().len(), 1);
    assert_eq!(
        results(&bspk, "bspk"),
        ["key: fail", "host: ok", "clock: ok"]
    );
}

#[test]
fn without_any_key_it_names_the_variables() {
    let result = run(&mut shoppers(), "doctor");

    assert_eq!(result.code, Some(2));
    assert!(result.stderr.contains("BSPK_API_KEY") && result.stderr.contains("doctor bspk"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_that_is_not_accepted_is_a_failed_check() {
    let sandbox = Sandbox::start().await.unwrap();

    for (vendor, variable) in [("bspk", "BSPK_API_KEY"), ("gatsby", "GATSBY_API_KEY")] {
        let mut command = shoppers_in(&sandbox);
        command.env(variable, "planted");
        let result = run(&mut command, &format!("doctor {vendor} --output json"));

        assert_eq!(result.code, Some(3));
        assert_eq!(results(&result, vendor)[3], "call: fail", "{result:?}");
        assert!(
            result.stdout.contains("does not accept the key (401)"),
            "{result:?}"
        );
        assert!(!result.stdout.contains("planted") && !result.stderr.contains("planted"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_malformed_key_is_not_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut command = shoppers_in(&sandbox);
    command.env("GATSBY_API_KEY", "Bearer planted");

    let result = run(&mut command, "doctor gatsby");

    assert_eq!(result.code, Some(3));
    assert!(
        result
            .stdout
            .contains("  fail  key: GATSBY_API_KEY: the API key")
    );
    assert!(!result.stdout.contains("planted"));
    let authorized =
        |request: &shoppers_sandbox::Request| request.header("authorization").is_some();
    assert!(!sandbox.requests().iter().any(authorized));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_file_that_others_can_read_is_a_warning() {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempdir().unwrap();
    let key = file(&folder, "key", sandbox.bspk_key());

    for (mode, expected) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let result = run(
            &mut shoppers_in(&sandbox),
            &format!("doctor bspk --key-file {key}"),
        );

        assert_eq!(result.code, Some(0), "{result:?}");
        assert_eq!(
            result.stdout.contains("  warn  key file: "),
            expected,
            "{result:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_unreachable_host_is_reported_by_the_step_that_fails() {
    let sandbox = Sandbox::start().await.unwrap();
    let no_tls = sandbox.bspk_url().replace("http://", "https://");
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silence = format!("http://{}", silent.local_addr().unwrap());
    // Accepts a connection, and closes it.
    let closing = thread::spawn(move || silent.accept().map(|_| silent));
    let cases = [
        (unreachable(), "tcp: fail"),
        (no_tls, "tls: fail"),
        (silence, "http: fail"),
        ("http://localhost.".to_owned(), "base URL: fail"),
        ("nonsense".to_owned(), "base URL: fail"),
        ("http://example.com".to_owned(), "base URL: fail"),
    ];

    for (url, expected) in cases {
        let mut command = shoppers_in(&sandbox);
        let result = run(
            &mut command,
            &format!("doctor gatsby --base-url {url} --output json"),
        );

        assert_eq!(result.code, Some(3), "{url}: {result:?}");
        assert_eq!(results(&result, "gatsby"), ["key: ok", expected], "{url}");
        assert!(result.json()["gatsby"][1]["remedy"].is_string(), "{url}");
    }
    assert!(closing.join().unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_unverified_key_is_a_warning() {
    let anything = server(404, "").await;
    let mut command = shoppers();
    command
        .env("BSPK_API_KEY", "key_1")
        .env("BSPK_BASE_URL", anything.base_url());

    let result = run(&mut command, "doctor");

    assert_eq!(result.code, Some(0), "a warning is no failure: {result:?}");
    assert!(
        result
            .stdout
            .contains("  warn  call: the key is not verified"),
        "{result:?}"
    );
    assert!(
        result.stdout.contains("  warn  quota: not announced"),
        "{result:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_used_up_quota_is_a_warning() {
    let server = server(429, "").await;

    let result = run(&mut shoppers_at(&server.base_url()), "doctor");

    assert_eq!(result.code, Some(0), "{result:?}");
    for vendor in ["BSPK", "Gatsby"] {
        let warning = format!("  warn  call: {vendor} answers 429");
        assert!(result.stdout.contains(&warning), "{result:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vendor_that_is_down_is_a_failed_check() {
    let down = server(503, "").await;

    for (vendor, key) in [("bspk", "BSPK_API_KEY"), ("gatsby", "GATSBY_API_KEY")] {
        let mut command = shoppers();
        command.env(key, "key_1");
        let result = run(
            &mut command,
            &format!(
                "doctor {vendor} --base-url {} --output json",
                down.base_url()
            ),
        );

        assert_eq!(result.code, Some(3), "{result:?}");
        assert_eq!(results(&result, vendor)[3], "call: fail", "{result:?}");
    }
}
