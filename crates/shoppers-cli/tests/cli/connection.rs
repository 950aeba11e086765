//! Keys and URLs: where they come from, and what is wrong with them.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::Command,
    thread,
};

use shoppers_sandbox::Sandbox;

use crate::program::{Told, file, folder, run, shoppers, shoppers_in};

const UPSERT: &str = "bspk upsert --set shopper_ref=1";
const SEARCH: &str = "gatsby search --email a@example.com";

fn with(variables: &[(&str, &str)], arguments: &str) -> Told {
    let mut command: Command = shoppers();
    command.envs(variables.iter().copied());
    run(&mut command, arguments)
}

#[test]
fn a_key_that_cannot_be_one_is_refused_with_its_place_and_not_repeated() {
    let folder = folder("keys");
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
            "BSPK_API_KEY: the API key starts with `Bearer `",
        ),
        (
            vec![("BSPK_API_KEY", "\"planted\"")],
            String::new(),
            "BSPK_API_KEY: the API key holds quotes",
        ),
        (
            vec![],
            format!("--key-file {empty}"),
            "empty: the API key is empty",
        ),
        (
            vec![],
            format!("--key-file {two}"),
            "two: the API key holds white space",
        ),
        (vec![], format!("--key-file {binary}"), "binary: "),
        (
            vec![],
            "--key-file pk_planted".to_owned(),
            "the file of --key-file: No such file",
        ),
    ];

    for (variables, arguments, reason) in cases {
        let told = with(&variables, &format!("{UPSERT} {arguments}"));

        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(told.err.contains(reason), "{reason}: {told:?}");
        assert!(!told.err.contains("planted"), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_may_be_in_a_file_with_a_line_end() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = folder("key_file");

    for end in ["", "\n", "\r\n"] {
        let key = file(&folder, "key", format!("{}{end}", sandbox.bspk_key()));
        let mut command = shoppers_in(&sandbox);
        command.env("BSPK_API_KEY", "wrong");
        let told = run(&mut command, &format!("{UPSERT} --key-file {key}"));

        assert_eq!(told.code, Some(0), "{end:?}: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_wrong_key_stops_and_names_the_variable() {
    let sandbox = Sandbox::start().await.unwrap();

    for (variable, arguments) in [("BSPK_API_KEY", UPSERT), ("GATSBY_API_KEY", SEARCH)] {
        let mut command = shoppers_in(&sandbox);
        command.env(variable, "planted");
        let told = run(&mut command, &format!("{arguments} --output json"));

        assert_eq!(told.code, Some(3), "{told:?}");
        assert_eq!(told.error()["kind"], "unauthorized");
        assert!(told.error()["next"].as_str().unwrap().contains(variable));
        assert!(!told.err.contains("planted") && !told.out.contains("planted"));
    }
}

#[test]
fn a_url_that_a_key_may_not_go_to_is_refused_and_not_repeated() {
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

        for told in [variable, flag] {
            assert_eq!(told.code, Some(2), "{told:?}");
            assert!(told.err.contains("the base URL"), "{told:?}");
            assert!(!told.err.contains("planted"), "{told:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_variable_that_is_set_to_nothing_is_as_one_that_is_not_set() {
    let sandbox = Sandbox::start().await.unwrap();

    let mut command = shoppers_in(&sandbox);
    command
        .env("GATSBY_ENVIRONMENT", "")
        .env("BSPK_BASE_URL", "");
    let told = run(&mut command, SEARCH);
    let doctor = with(
        &[("BSPK_BASE_URL", ""), ("GATSBY_ENVIRONMENT", "")],
        "doctor",
    );

    assert_eq!(told.code, Some(0), "{told:?}");
    assert!(
        doctor
            .err
            .contains("neither BSPK_API_KEY nor GATSBY_API_KEY")
    );
}

#[test]
fn an_environment_that_gatsby_does_not_have_is_refused() {
    let told = with(
        &[
            ("GATSBY_API_KEY", "pk_1"),
            ("GATSBY_ENVIRONMENT", "planted"),
        ],
        SEARCH,
    );

    assert_eq!(told.code, Some(2));
    assert!(told.err.contains("production, development"), "{told:?}");
    assert!(!told.err.contains("planted"), "{told:?}");
}

#[test]
fn calls_go_to_the_vendors_hosts_and_through_a_proxy_if_there_is_one() {
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
        let told = with(&variables, arguments);

        assert_eq!(told.code, Some(3), "{told:?}");
        assert_eq!(
            asked.join().unwrap(),
            format!("CONNECT {host} HTTP/1.1\r\n")
        );
    }
}
