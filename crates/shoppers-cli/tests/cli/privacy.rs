//! Personal data and keys are never printed, except in a vendor's answer on stdout.

use std::thread;

use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::support::{Run, run_with_stdin, sandbox, shoppers, shoppers_in, unreachable};

const KEY: &str = "planted_key_4711";

const PLANTED: [&str; 6] = [
    "planted@example.com",
    "+15550004711",
    "Plantagenet",
    "AA0199929992",
    "CLI-4711-PLANTED",
    KEY,
];

/// Returns the planted shopper as JSON for a vendor.
fn shopper(vendor: &str) -> String {
    let [email, phone, name, passport, shopper_ref, _] = PLANTED;
    match vendor {
        "bspk" => json!({
            "email": email, "mobile_phone": phone, "last_name": name, "passport_number": passport,
            "shopper_ref": shopper_ref,
        }),
        _ => json!({"channel": {"instagram": {
            "email": email, "phone": phone, "lastName": name, "userName": shopper_ref,
            "fullName": passport,
        }}}),
    }
    .to_string()
}

fn faults() -> Vec<Fault> {
    vec![
        Fault::InternalServerError,
        Fault::ServiceUnavailable { retry_after: None },
        Fault::Html { status: 422 },
        Fault::Html { status: 401 },
        Fault::ClosedBefore,
        Fault::ClosedAfter,
        Fault::HalfBody,
        Fault::InvalidJson,
        Fault::EmptyBody,
    ]
}

const CALLS: [&str; 7] = [
    "bspk upsert-shopper --json -",
    "gatsby create-shopper --json -",
    "gatsby ensure-shopper --json -",
    "gatsby update-shopper PLANTED --json -",
    "gatsby search-shoppers --email planted@example.com",
    "gatsby search-shoppers --phone +15550004711",
    "gatsby get-shopper PLANTED",
];

fn call(mut command: std::process::Command, arguments: &str) -> Run {
    let vendor = arguments.split(' ').next().unwrap_or_default();
    let arguments = arguments.replace("PLANTED", "Plantagenet");
    run_with_stdin(
        &mut command,
        &format!("{arguments} --verbose --deadline 2s"),
        shopper(vendor).as_bytes(),
    )
}

fn assert_private(text: &str, what: &str) {
    for planted in PLANTED {
        assert!(!text.contains(planted), "{what}: {planted}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_failure_prints_personal_data() {
    let outputs = ["", " --output json"].into_iter().cycle();
    for (fault, output) in faults().into_iter().zip(outputs) {
        let sandbox = sandbox(Behaviour::new().faults(1, [(fault.clone(), 1.0)])).await;
        thread::scope(|scope| {
            for arguments in CALLS {
                let (sandbox, name) = (&sandbox, fault.name());
                scope.spawn(move || {
                    let result = call(shoppers_in(sandbox), &format!("{arguments}{output}"));

                    let what = format!("{arguments}{output}, {name}");
                    assert_private(&result.stderr, &what);
                    if result.code != Some(0) {
                        assert_private(&result.stdout, &what);
                    }
                });
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_success_prints_personal_data_on_stdout_alone() {
    let sandbox = Sandbox::start().await.unwrap();

    for arguments in CALLS {
        let result = call(shoppers_in(&sandbox), arguments);

        assert_private(&result.stderr, arguments);
    }
    assert_eq!(sandbox.gatsby_shoppers().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_command_prints_a_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let commands = CALLS
        .into_iter()
        .chain(["doctor", "doctor bspk", "doctor gatsby"]);

    for arguments in commands {
        for url in [sandbox.bspk_url().to_owned(), unreachable()] {
            let mut command = shoppers();
            command
                .envs(["BSPK_BASE_URL", "GATSBY_BASE_URL"].map(|name| (name, &url)))
                .envs(["BSPK_API_KEY", "GATSBY_API_KEY"].map(|name| (name, KEY)));
            let result = if arguments.starts_with("doctor") {
                run_with_stdin(&mut command, arguments, b"")
            } else {
                call(command, arguments)
            };

            assert_eq!(result.code, Some(3), "{arguments}: {result:?}");
            assert!(
                !result.stdout.contains(KEY) && !result.stderr.contains(KEY),
                "{arguments}"
            );
        }
    }
}

#[test]
fn an_invalid_command_line_is_not_repeated() {
    let [email, phone, name, ..] = PLANTED;
    let cases = [
        format!("bspk upsert-shopper {email}"),
        format!("bspk upsert-shopper {KEY}"),
        format!("bspk upsert-shopper --key={KEY}"),
        format!("bspk upsert-shopper --emial={email}"),
        format!("bspk upsert-shopper --set {email}"),
        format!("bspk upsert-shopper --set {email}={name}"),
        format!("bspk upsert-shopper --set birthday={name}"),
        format!("bspk upsert-shopper --set city=a --deadline {email}"),
        format!("bspk {email}"),
        format!("gatsby get-shopper a {name}"),
        format!("gatsby search-shoppers {email}"),
        format!("gatsby search-shoppers --phone {phone}x"),
        format!("gatsby create-shopper --set {phone}={name}"),
        format!("schema {name}"),
        format!("doctor {KEY}"),
        email.to_owned(),
    ];

    for arguments in cases {
        for output in ["", " --output json"] {
            let mut command = shoppers();
            command.envs(["BSPK_API_KEY", "GATSBY_API_KEY"].map(|name| (name, "key_1")));
            let result = run_with_stdin(&mut command, &format!("{arguments}{output}"), b"");

            assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
            assert_private(&result.stderr, &arguments);
            assert_private(&result.stdout, &arguments);
        }
    }
}
