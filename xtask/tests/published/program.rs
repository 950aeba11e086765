//! Calls operations that a vendor has just published, as a service would. The test of xtask puts this into a copy of the
//! repository, and beside it `calls.rs`, a list of them that it makes of their document.

#[allow(dead_code)]
#[path = "../../../tests/support/document.rs"]
mod document;

use std::{any::type_name_of_val, process::Command, time::Duration};

use document::{Described, operations};
use httpmock::Mock;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use shoppers::{Error, Idempotency, Retries, bspk, mock};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};

/// Samples of all arguments of an operation.
struct Arguments(Value);

impl Arguments {
    fn get<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_value(self.0[name].clone()).unwrap()
    }
}

/// An answer, as the public method returns it.
struct Answer {
    typ: &'static str,
    json: Value,
}

impl Answer {
    fn of(answer: impl Serialize) -> Self {
        Self {
            typ: type_name_of_val(&answer),
            json: serde_json::to_value(&answer).unwrap(),
        }
    }
}

/// The answer of a mock.
enum Mocked {
    Json(u16, Value),
    Unauthorized,
    UnavailableOnce,
}

/// Writes the calls of the operations in a list, and their mocks.
macro_rules! calls {
    ($arguments:ident: $($name:ident($($argument:expr),*);)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        async fn call(client: &bspk::Client, name: &str, $arguments: &Arguments) -> Result<Answer, Error> {
            match name {
                $(stringify!($name) => client.$name($($argument),*).await.map(Answer::of),)*
                _ => panic!("{name} is not in the list"),
            }
        }

        fn answer<'a>(server: &'a mock::Bspk, name: &str, answer: Mocked) -> Mock<'a> {
            match name {
                $(stringify!($name) => server.$name(|_, then| {
                    match answer {
                        Mocked::Json(status, body) => then.json(status, &body),
                        Mocked::Unauthorized => then.unauthorized(),
                        Mocked::UnavailableOnce => then.unavailable().once(),
                    };
                }),)*
                _ => panic!("{name} is not in the list"),
            }
        }
    };
}

include!("published/calls.rs");

fn new() -> impl Iterator<Item = (Described, Arguments)> {
    assert_eq!(NAMES.len(), 6);
    let operations = operations().into_iter();
    operations
        .filter(|it| NAMES.contains(&it.operation.name))
        .map(|it| {
            let arguments = Arguments(it.arguments());
            (it, arguments)
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_called_in_the_sandbox_with_its_key_and_within_its_quota() {
    for (described, arguments) in new() {
        let name = described.operation.name;
        let throttled = Behaviour::new()
            .quota(Quota::sliding(30, Duration::from_millis(50)))
            .script([(1, Fault::Throttled { retry_after: None })]);
        let sandbox = Sandbox::builder().bspk(throttled).start().await.unwrap();
        let client = |key: &str| {
            let builder = bspk::Client::builder(key.parse().unwrap()).base_url(sandbox.bspk_url());
            let builder = builder.retries(Retries::new().first_wait(Duration::ZERO));
            builder
                .quota_window(Duration::from_millis(50))
                .build()
                .unwrap()
        };
        let known = client(sandbox.bspk_key());

        let answer = call(&known, name, &arguments).await.unwrap();
        let refused = call(&client("unknown"), name, &arguments).await;

        let (_, expected) = described.answer();
        let is_typed = answer.typ.contains("shoppers::bspk::");
        assert_eq!(is_typed, !expected.is_null(), "{name}: {}", answer.typ);
        assert_eq!(answer.json.is_null(), expected.is_null(), "{name}");
        let quota = known.quota();
        assert_eq!((quota.throttled, quota.limit), (1, Some(30)), "{name}");
        assert!(
            refused.err().is_some_and(|it| it.is_unauthorized()),
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_mocked_and_sent_again_only_if_that_is_harmless() {
    for (described, arguments) in new() {
        let name = described.operation.name;
        let server = mock::Bspk::start();
        let away = answer(&server, name, Mocked::UnavailableOnce);
        let (status, expected) = described.answer();
        answer(&server, name, Mocked::Json(status, expected.clone()));
        let client = server.client().unwrap();

        let first = call(&client, name, &arguments).await;
        let second = call(&client, name, &arguments).await.unwrap();

        away.assert();
        assert_eq!(second.json, expected, "{name}");
        match (described.operation.idempotency, first) {
            (Idempotency::Never, Err(err)) => {
                assert!(err.is_ambiguous() && err.attempts() == 1, "{err}")
            }
            (Idempotency::Always, Ok(first)) => assert_eq!(first.json, expected, "{name}"),
            _ => panic!("{name} was not sent as often as it may be"),
        }
        let server = mock::Bspk::start();
        answer(&server, name, Mocked::Unauthorized);
        let refused = call(&server.client().unwrap(), name, &arguments).await;
        assert!(
            refused.err().is_some_and(|it| it.is_unauthorized()),
            "{name}"
        );
    }
}

#[test]
fn each_is_a_command() {
    for (described, _) in new() {
        let operation = described.operation;
        let command = operation.name.replace('_', "-");

        let help = Command::new(env!("CARGO_BIN_EXE_shoppers"))
            .args(["bspk", &command, "--help"])
            .output()
            .unwrap();

        let help = String::from_utf8(help.stdout).unwrap();
        assert!(
            help.starts_with(operation.summary.trim_end_matches('.')),
            "{help}"
        );
        for parameter in operation.parameters {
            assert!(
                help.contains(parameter.description.trim_end_matches('.')),
                "{help}"
            );
        }
    }
}
