//! Nothing of a shopper and no key is told, but where it was asked for: in a vendor's answer, on stdout.

use std::thread;

use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::program::{Told, behaving, nobody, run_with, shoppers, shoppers_in};

const KEY: &str = "planted_key_4711";

const PLANTED: [&str; 6] = [
    "planted@example.com",
    "+15550004711",
    "Plantagenet",
    "AA0199929992",
    "CLI-4711-PLANTED",
    KEY,
];

/// The planted shopper, as it is sent to a vendor.
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
    "bspk upsert --json -",
    "gatsby create --json -",
    "gatsby ensure --json -",
    "gatsby update PLANTED --json -",
    "gatsby search --email planted@example.com",
    "gatsby search --phone +15550004711",
    "gatsby get PLANTED",
];

fn call(mut command: std::process::Command, arguments: &str) -> Told {
    let vendor = arguments.split(' ').next().unwrap_or_default();
    let arguments = arguments.replace("PLANTED", "Plantagenet");
    run_with(
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
async fn no_failure_tells_anything_on_stderr() {
    let outputs = ["", " --output json"].into_iter().cycle();
    for (fault, output) in faults().into_iter().zip(outputs) {
        let sandbox = behaving(Behaviour::new().faults(1, [(fault.clone(), 1.0)])).await;
        thread::scope(|scope| {
            for arguments in CALLS {
                let (sandbox, name) = (&sandbox, fault.name());
                scope.spawn(move || {
                    let told = call(shoppers_in(sandbox), &format!("{arguments}{output}"));

                    let what = format!("{arguments}{output}, {name}");
                    assert_private(&told.err, &what);
                    if told.code != Some(0) {
                        assert_private(&told.out, &what);
                    }
                });
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_success_tells_it_on_stdout_alone() {
    let sandbox = Sandbox::start().await.unwrap();

    for arguments in CALLS {
        let told = call(shoppers_in(&sandbox), arguments);

        assert_private(&told.err, arguments);
    }
    assert_eq!(sandbox.gatsby_shoppers().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_is_told_by_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let commands = CALLS
        .into_iter()
        .chain(["doctor", "doctor bspk", "doctor gatsby"]);

    for arguments in commands {
        for url in [sandbox.bspk_url().to_owned(), nobody()] {
            let mut command = shoppers();
            command
                .envs(["BSPK_BASE_URL", "GATSBY_BASE_URL"].map(|name| (name, &url)))
                .envs(["BSPK_API_KEY", "GATSBY_API_KEY"].map(|name| (name, KEY)));
            let told = match arguments.starts_with("doctor") {
                true => run_with(&mut command, arguments, b""),
                false => call(command, arguments),
            };

            assert_eq!(told.code, Some(3), "{arguments}: {told:?}");
            assert!(
                !told.out.contains(KEY) && !told.err.contains(KEY),
                "{arguments}"
            );
        }
    }
}

#[test]
fn a_command_line_that_cannot_be_read_is_not_repeated() {
    let [email, phone, name, ..] = PLANTED;
    let cases = [
        format!("bspk upsert {email}"),
        format!("bspk upsert {KEY}"),
        format!("bspk upsert --key={KEY}"),
        format!("bspk upsert --emial={email}"),
        format!("bspk upsert --set {email}"),
        format!("bspk upsert --set {email}={name}"),
        format!("bspk upsert --set birthday={name}"),
        format!("bspk upsert --set city=a --deadline {email}"),
        format!("bspk {email}"),
        format!("gatsby get a {name}"),
        format!("gatsby search {email}"),
        format!("gatsby search --phone {phone}x"),
        format!("gatsby create --set {phone}={name}"),
        format!("schema {name}"),
        format!("doctor {KEY}"),
        email.to_owned(),
    ];

    for arguments in cases {
        for output in ["", " --output json"] {
            let mut command = shoppers();
            command.envs(["BSPK_API_KEY", "GATSBY_API_KEY"].map(|name| (name, "key_1")));
            let told = run_with(&mut command, &format!("{arguments}{output}"), b"");

            assert_eq!(told.code, Some(2), "{arguments}: {told:?}");
            assert_private(&told.err, &arguments);
            assert_private(&told.out, &arguments);
        }
    }
}
