//! `shoppers doctor`.

use std::{net::TcpListener, thread};

use serde_json::Value;
use shoppers_sandbox::{Behaviour, Quota, Sandbox};

use crate::program::{Told, answering, behaving, file, folder, nobody, run, shoppers, shoppers_in};

/// The checks of a vendor as `name: result`.
fn results(told: &Told, vendor: &str) -> Vec<String> {
    let report: Value = told.json();
    let checks = report[vendor].as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    checks
        .iter()
        .map(|check| format!("{}: {}", word(&check["check"]), word(&check["result"])))
        .collect()
}

const GOOD: [&str; 5] = ["key: ok", "host: ok", "clock: ok", "call: ok", "quota: ok"];

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn where_all_is_well_it_says_so_of_both() {
    let sandbox = behaving(Behaviour::new().quota(Quota::bspk())).await;

    let json = run(&mut shoppers_in(&sandbox), "doctor --output json");
    let text = run(&mut shoppers_in(&sandbox), "doctor");

    assert_eq!((json.code, text.code), (Some(0), Some(0)));
    assert_eq!(results(&json, "bspk"), GOOD);
    assert_eq!(results(&json, "gatsby"), GOOD);
    assert!(
        text.out.starts_with("bspk\n  ok    key: BSPK_API_KEY"),
        "{text:?}"
    );
    assert!(text.out.contains("\n\ngatsby\n"), "{text:?}");
    assert!(text.out.contains("30 calls, of which"), "{text:?}");
    for told in [json, text] {
        assert!(!told.out.contains(sandbox.bspk_key()) && !told.out.contains(sandbox.gatsby_key()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_written_at_a_vendor() {
    let sandbox = Sandbox::start().await.unwrap();

    let told = run(&mut shoppers_in(&sandbox), "doctor");

    assert_eq!(told.code, Some(0));
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
async fn a_vendor_without_a_key_is_looked_at_as_far_as_it_goes() {
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
fn without_any_key_it_says_what_to_set() {
    let told = run(&mut shoppers(), "doctor");

    assert_eq!(told.code, Some(2));
    assert!(told.err.contains("BSPK_API_KEY") && told.err.contains("doctor bspk"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_that_is_not_accepted_fails() {
    let sandbox = Sandbox::start().await.unwrap();

    for (vendor, variable) in [("bspk", "BSPK_API_KEY"), ("gatsby", "GATSBY_API_KEY")] {
        let mut command = shoppers_in(&sandbox);
        command.env(variable, "planted");
        let told = run(&mut command, &format!("doctor {vendor} --output json"));

        assert_eq!(told.code, Some(3));
        assert_eq!(results(&told, vendor)[3], "call: fail", "{told:?}");
        assert!(
            told.out.contains("does not accept the key (401)"),
            "{told:?}"
        );
        assert!(!told.out.contains("planted") && !told.err.contains("planted"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_that_cannot_be_one_is_not_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut command = shoppers_in(&sandbox);
    command.env("GATSBY_API_KEY", "Bearer planted");

    let told = run(&mut command, "doctor gatsby");

    assert_eq!(told.code, Some(3));
    assert!(
        told.out
            .contains("  fail  key: GATSBY_API_KEY: the API key starts with `Bearer `")
    );
    assert!(!told.out.contains("planted"));
    let authorized =
        |request: &shoppers_sandbox::Request| request.header("authorization").is_some();
    assert!(!sandbox.requests().iter().any(authorized));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_file_that_others_can_read_is_warned_of() {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    let sandbox = Sandbox::start().await.unwrap();
    let key = file(&folder("doctor"), "key", sandbox.bspk_key());

    for (mode, expected) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let told = run(
            &mut shoppers_in(&sandbox),
            &format!("doctor bspk --key-file {key}"),
        );

        assert_eq!(told.code, Some(0), "{told:?}");
        assert_eq!(
            told.out.contains("  warn  key file: "),
            expected,
            "{told:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_host_that_cannot_be_reached_is_told_by_how_far_one_comes() {
    let sandbox = Sandbox::start().await.unwrap();
    let no_tls = sandbox.bspk_url().replace("http://", "https://");
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silence = format!("http://{}", silent.local_addr().unwrap());
    // Takes a connection, and closes it.
    let closing = thread::spawn(move || silent.accept().map(|_| silent));
    let cases = [
        (nobody(), "tcp: fail"),
        (no_tls, "tls: fail"),
        (silence, "http: fail"),
        ("http://localhost.".to_owned(), "base URL: fail"),
        ("nonsense".to_owned(), "base URL: fail"),
        ("http://example.com".to_owned(), "base URL: fail"),
    ];

    for (url, expected) in cases {
        let mut command = shoppers_in(&sandbox);
        let told = run(
            &mut command,
            &format!("doctor gatsby --base-url {url} --output json"),
        );

        assert_eq!(told.code, Some(3), "{url}: {told:?}");
        assert_eq!(results(&told, "gatsby"), ["key: ok", expected], "{url}");
        assert!(told.json()["gatsby"][1]["remedy"].is_string(), "{url}");
    }
    assert!(closing.join().unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_not_proven_is_said() {
    let anything = answering(404, "").await;
    let mut command = shoppers();
    command
        .env("BSPK_API_KEY", "key_1")
        .env("BSPK_BASE_URL", anything.base_url());

    let told = run(&mut command, "doctor");

    assert_eq!(told.code, Some(0), "a warning is no failure: {told:?}");
    assert!(
        told.out
            .contains("  warn  call: nothing is proven of the key"),
        "{told:?}"
    );
    assert!(
        told.out.contains("  warn  quota: not announced"),
        "{told:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vendor_that_is_down_fails() {
    let down = answering(503, "").await;

    for (vendor, key) in [("bspk", "BSPK_API_KEY"), ("gatsby", "GATSBY_API_KEY")] {
        let mut command = shoppers();
        command.env(key, "key_1");
        let told = run(
            &mut command,
            &format!(
                "doctor {vendor} --base-url {} --output json",
                down.base_url()
            ),
        );

        assert_eq!(told.code, Some(3), "{told:?}");
        assert_eq!(results(&told, vendor)[3], "call: fail", "{told:?}");
    }
}
