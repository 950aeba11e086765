//! `shoppers sandbox`.
#![cfg(unix)]

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::support::{run, shoppers};

/// A running sandbox, which is killed when it is dropped.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    fn start(arguments: &str) -> Self {
        let mut child = shoppers()
            .arg("sandbox")
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }

    /// Ends it by a signal, and returns its exit code and the rest of its output.
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let kill = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It fails if the process has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn to(vendors: &Value) -> Command {
    let mut command = shoppers();
    for (vendor, prefix) in [("bspk", "BSPK"), ("gatsby", "GATSBY")] {
        for (name, suffix) in [("url", "BASE_URL"), ("key", "API_KEY")] {
            let value = vendors[vendor][name].as_str().unwrap_or_default();
            command.env(format!("{prefix}_{suffix}"), value);
        }
    }
    command
}

#[test]
fn json_output_has_the_urls_and_at_the_end_the_counts() {
    let mut sandbox = Running::start("--output json --bspk-fault service_unavailable=1");

    let vendors: Value = serde_json::from_str(&sandbox.line()).unwrap();
    let created = run(
        &mut to(&vendors),
        "gatsby create-shopper --set channel.instagram.email=a@example.com",
    );
    let refused = run(
        &mut to(&vendors),
        "bspk upsert-shopper --set first_name=John",
    );
    let (code, rest) = sandbox.end("-TERM");

    assert_eq!((created.code, refused.code), (Some(0), Some(1)));
    assert_eq!(code, Some(0));
    let ui = vendors["ui"]["url"].as_str().unwrap();
    assert!(ui.contains("/?token="));
    let tallies: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(tallies["gatsby"]["made"], 1);
    assert_eq!(tallies["bspk"]["faults"], json!({"service_unavailable": 1}));
    assert_eq!(tallies["bspk"]["shoppers"], 0);
}

#[test]
fn text_output_has_the_variables_to_export() {
    let mut sandbox = Running::start("--bspk-quota 1/1h --window sliding");
    let page = sandbox.line();
    let first = sandbox.line();
    let url = first.split_whitespace().nth(5).unwrap().to_owned();

    let exports: String = [sandbox.line(), sandbox.line(), sandbox.line()].concat();
    let mut command = shoppers();
    command.env("BSPK_API_KEY", "sandbox_bspk_key");
    let quota = run(&mut command, &format!("doctor bspk --base-url {url}"));
    let (code, rest) = sandbox.end("-INT");

    assert!(page.contains(&format!(" {url}/?token=")));
    assert!(exports.contains(&format!(
        "export BSPK_BASE_URL={url} BSPK_API_KEY=sandbox_bspk_key\n"
    )));
    assert!(exports.contains(&format!(
        "export GATSBY_BASE_URL={url} GATSBY_API_KEY=pk_sandbox_gatsby_key\n"
    )));
    assert!(
        quota
            .stdout
            .contains("  ok    quota: 1 calls per 10 s, 0 of them left"),
        "{quota:?}"
    );
    assert_eq!(code, Some(0));
    assert!(rest.contains("BSPK: 3 calls, 1 accepted"), "{rest}");
    assert!(rest.contains("Gatsby: "), "{rest}");
}

#[test]
fn invalid_settings_are_refused() {
    let cases = [
        ("--bspk-quota 30", "CALLS/TIME, such as 30/10s"),
        ("--bspk-quota x/10s", "a number of calls"),
        ("--gatsby-quota 30/x", "a time after the `/`"),
        ("--gatsby-quota 30/0s", "the window is zero"),
        ("--fault closed_after", "FAULT=PROBABILITY"),
        ("--fault closed_after=often", "a number from 0 to 1"),
        ("--fault closed_after=2", "probabilities from 0 to 1"),
        (
            "--fault close_after=1",
            "no fault has the name \"close_after\"",
        ),
        ("--bspk-fault html=1", "fault html: needs a status"),
        ("--gatsby-fault html:200=1", "fault html: status 200"),
        ("--latency soon", "--latency"),
        ("--port 70000", "--port"),
        ("--window open", "fixed, sliding"),
        ("--records messages", "LIST=FILE"),
        ("--records messages=missing.jsonl", "no such file"),
        ("--records tickets=Cargo.toml", "no list has the name"),
        (
            "--records messages=Cargo.toml",
            "record 1 is not a JSON object",
        ),
    ];

    for (arguments, reason) in cases {
        let result = run(&mut shoppers(), &format!("sandbox {arguments}"));

        assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
        assert!(result.stderr.contains(reason), "{arguments}: {result:?}");
        assert_eq!(result.stdout, "");
    }
}

#[test]
fn a_port_in_use_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();

    let result = run(&mut shoppers(), &format!("sandbox --port {port}"));

    assert_eq!(result.code, Some(3));
    assert!(
        result.stderr.contains(&format!("port {port} ")),
        "{result:?}"
    );
}
