//! Personal data and keys are never printed, except in a vendor's answer on stdout.

use std::thread;

use serde_json::{Value, json};
use shoppers::Operation;
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::operations::{example, operations, words};
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
fn shopper(vendor: &str) -> Value {
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

/// A call by a command of its own, or of an operation in `OPERATIONS`.
enum Call {
    ByHand(&'static str),
    Operation(&'static Operation),
}

/// All calls. What creates a shopper comes before what ensures one.
fn calls() -> Vec<Call> {
    let by_hand = [
        "gatsby ensure-shopper --json -",
        "gatsby search-shoppers --email planted@example.com",
        "gatsby search-shoppers --phone +15550004711",
    ];
    let operations = operations().map(Call::Operation);
    operations.chain(by_hand.map(Call::ByHand)).collect()
}

impl Call {
    fn words(&self) -> String {
        match self {
            Self::ByHand(words) => (*words).to_owned(),
            Self::Operation(operation) => words(operation, "Plantagenet"),
        }
    }

    /// A body of planted values.
    fn body(&self) -> Value {
        match self {
            Self::ByHand(words) => shopper(words.split(' ').next().unwrap_or_default()),
            Self::Operation(it) if it.name.ends_with("_shopper") && it.name != "link_shopper" => {
                shopper(it.vendor)
            }
            Self::Operation(it) => planted(example(it)),
        }
    }

    fn run(&self, mut command: std::process::Command, output: &str, body: &Value) -> Run {
        let words = format!("{}{output} --verbose --deadline 2s", self.words());
        run_with_stdin(&mut command, &words, body.to_string().as_bytes())
    }
}

/// The same with another text in each place of a text.
fn planted(value: Value) -> Value {
    match value {
        Value::String(_) => json!("Plantagenet"),
        Value::Array(items) => items.into_iter().map(planted).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, it)| (name, planted(it)));
            Value::Object(members.collect())
        }
        other => other,
    }
}

fn assert_private(text: &str, what: &str) {
    for planted in PLANTED {
        assert!(!text.contains(planted), "{what}: {planted}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_failure_prints_personal_data() {
    let (calls, outputs) = (calls(), ["", " --output json"].into_iter().cycle());
    for (at, (fault, output)) in faults().into_iter().zip(outputs).enumerate() {
        let sandbox = sandbox(Behaviour::new().faults(1, [(fault.clone(), 1.0)])).await;
        thread::scope(|scope| {
            // Each call meets three of the faults.
            for call in calls.iter().skip(at % 3).step_by(3) {
                let (sandbox, name) = (&sandbox, fault.name());
                scope.spawn(move || {
                    let result = call.run(shoppers_in(sandbox), output, &call.body());

                    let what = format!("{}{output}, {name}", call.words());
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

    for call in calls() {
        let result = call.run(shoppers_in(&sandbox), "", &call.body());

        assert_private(&result.stderr, &call.words());
    }
    assert_eq!(sandbox.gatsby_shoppers().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_command_prints_a_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let doctor = ["doctor", "doctor bspk", "doctor gatsby"].map(Call::ByHand);

    for call in calls().into_iter().chain(doctor) {
        let words = call.words();
        for url in [sandbox.bspk_url().to_owned(), unreachable()] {
            let mut command = shoppers();
            command
                .envs(["BSPK_BASE_URL", "GATSBY_BASE_URL"].map(|name| (name, &url)))
                .envs(["BSPK_API_KEY", "GATSBY_API_KEY"].map(|name| (name, KEY)));
            let result = match &call {
                Call::ByHand(words) if words.starts_with("doctor") => {
                    run_with_stdin(&mut command, words, b"")
                }
                Call::Operation(operation) => call.run(command, "", &example(operation)),
                Call::ByHand(_) => call.run(command, "", &call.body()),
            };

            assert_eq!(result.code, Some(3), "{words}: {result:?}");
            assert!(
                !result.stdout.contains(KEY) && !result.stderr.contains(KEY),
                "{words}"
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
