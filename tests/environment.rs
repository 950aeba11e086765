//! A client's settings from the environment, and the errors of variables that are wrong.
#![cfg(feature = "client")]

use std::time::Duration;

use shoppers::{Builder, Error, bspk, gatsby};
use shoppers_sandbox::{Behaviour, Quota, Sandbox};

/// Every variable that is read, so that those of the machine do not get in.
const VARIABLES: [&str; 11] = [
    "BSPK_API_KEY",
    "BSPK_BASE_URL",
    "BSPK_DEADLINE",
    "BSPK_QUOTA_FRACTION",
    "BSPK_QUOTA_STORE",
    "GATSBY_API_KEY",
    "GATSBY_BASE_URL",
    "GATSBY_DEADLINE",
    "GATSBY_ENVIRONMENT",
    "GATSBY_QUOTA_FRACTION",
    "GATSBY_QUOTA_STORE",
];

/// The outcome of an environment with these variables alone.
fn within<C: std::fmt::Debug>(
    variables: &[(&str, &str)],
    make: impl Fn() -> Result<C, Error>,
) -> Result<String, String> {
    let set = VARIABLES.map(|name| {
        let value = variables.iter().find(|(given, _)| *given == name);
        (name, value.map(|(_, value)| *value))
    });
    temp_env::with_vars(set, || match make() {
        Ok(client) => Ok(format!("{client:?}")),
        Err(err) => {
            assert!(err.is_invalid());
            Err(err.to_string())
        }
    })
}

#[test]
fn a_bspk_client_comes_from_the_environment() {
    let at = |host: &str| Ok(format!("bspk::Client {{ host: {host:?}, .. }}"));
    let refused = |message: &str| Err(message.to_owned());
    let key = ("BSPK_API_KEY", "key");
    let cases: [(&[(&str, &str)], _); 8] = [
        (&[key], at("api.bspk.com")),
        (
            &[key, ("BSPK_BASE_URL", "http://127.0.0.1:8080")],
            at("127.0.0.1"),
        ),
        (&[key, ("BSPK_BASE_URL", "")], at("api.bspk.com")),
        (
            &[],
            refused("BSPK_API_KEY is not set; it holds the API key"),
        ),
        (
            &[("BSPK_API_KEY", "")],
            refused("BSPK_API_KEY is not set; it holds the API key"),
        ),
        (
            &[("BSPK_API_KEY", "Bearer secret")],
            refused("BSPK_API_KEY: the API key starts with `Bearer `; give the key alone"),
        ),
        (
            &[key, ("BSPK_BASE_URL", "http://api.bspk.com")],
            refused(
                "BSPK_BASE_URL: the base URL has to start with https://, as http sends the key in clear; only this machine may be called by http",
            ),
        ),
        (
            &[key, ("BSPK_BASE_URL", "api.bspk.com")],
            refused(
                "BSPK_BASE_URL: the base URL is not a URL (relative URL without a base); write it as https://HOST",
            ),
        ),
    ];

    for (variables, expected) in cases {
        assert_eq!(
            within(variables, bspk::Client::from_env),
            expected,
            "{variables:?}"
        );
    }
}

#[test]
fn a_gatsby_client_comes_from_the_environment() {
    let at = |host: &str| Ok(format!("gatsby::Client {{ host: {host:?}, .. }}"));
    let refused = |message: &str| Err(message.to_owned());
    let key = ("GATSBY_API_KEY", "pk_1");
    let cases: [(&[(&str, &str)], _); 7] = [
        (&[key], at("gatsby.tech")),
        (
            &[key, ("GATSBY_ENVIRONMENT", "production")],
            at("gatsby.tech"),
        ),
        (
            &[key, ("GATSBY_ENVIRONMENT", "development")],
            at("dev.gatsby.tech"),
        ),
        (
            &[
                key,
                ("GATSBY_ENVIRONMENT", "development"),
                ("GATSBY_BASE_URL", "http://localhost:1"),
            ],
            at("localhost"),
        ),
        (
            &[key, ("GATSBY_ENVIRONMENT", "dev")],
            refused("GATSBY_ENVIRONMENT: the environment has to be `production` or `development`"),
        ),
        (
            &[("GATSBY_API_KEY", "'pk_1'")],
            refused("GATSBY_API_KEY: the API key holds quotes; give the key without them"),
        ),
        (
            &[("BSPK_API_KEY", "key")],
            refused("GATSBY_API_KEY is not set; it holds the API key"),
        ),
    ];

    for (variables, expected) in cases {
        assert_eq!(
            within(variables, gatsby::Client::from_env),
            expected,
            "{variables:?}"
        );
    }
}

#[test]
fn a_deadline_and_a_share_of_the_quota_come_from_the_environment() {
    let set = [
        ("BSPK_API_KEY", "key"),
        ("BSPK_DEADLINE", "1500ms"),
        ("BSPK_QUOTA_FRACTION", "0.25"),
        ("GATSBY_API_KEY", "pk_1"),
        ("GATSBY_DEADLINE", "2m"),
        ("GATSBY_QUOTA_FRACTION", "1"),
    ];

    within(&set, || {
        bspk::Client::from_env()?.with(|call| {
            assert_eq!(call, call.deadline(Duration::from_millis(1_500)));
            call
        });
        gatsby::Client::from_env()?.with(|call| {
            assert_eq!(call, call.deadline(Duration::from_secs(120)));
            call
        });
        Ok(())
    })
    .expect("a client of each vendor");
}

#[tokio::test]
async fn a_client_from_the_environment_keeps_to_its_share() {
    let behaviour = Behaviour::new().quota(Quota::fixed(40, Duration::from_secs(10)));
    let sandbox = Sandbox::builder().bspk(behaviour).start().await.unwrap();
    let set = [
        ("BSPK_API_KEY", Some(sandbox.bspk_key())),
        ("BSPK_BASE_URL", Some(sandbox.bspk_url())),
        ("BSPK_QUOTA_FRACTION", Some("0.25")),
    ];
    let bspk = temp_env::with_vars(set, bspk::Client::from_env).unwrap();

    bspk.upsert_shopper(&bspk::Shopper::default())
        .await
        .unwrap();

    assert_eq!(bspk.quota().permits, Some(10));
}

#[test]
fn a_variable_that_cannot_be_used_is_named_with_what_it_should_hold() {
    let share =
        "the fraction of the quota has to be a number of more than 0 and at most 1, such as 0.25";
    let deadline =
        "the deadline has to be a time of more than 0 with its unit, such as 500ms, 5s or 2m";
    let cases = [
        ("BSPK_QUOTA_FRACTION", "1.5", share),
        ("BSPK_QUOTA_FRACTION", "0", share),
        ("BSPK_QUOTA_FRACTION", "NaN", share),
        ("BSPK_QUOTA_FRACTION", "25%", share),
        ("BSPK_QUOTA_FRACTION", "0,25", share),
        ("BSPK_DEADLINE", "5", deadline),
        ("BSPK_DEADLINE", "0s", deadline),
        ("BSPK_DEADLINE", "soon", deadline),
        ("BSPK_DEADLINE", "-5s", deadline),
    ];

    for (name, value, expected) in cases {
        let refused = within(
            &[("BSPK_API_KEY", "key"), (name, value)],
            bspk::Client::from_env,
        );
        assert_eq!(refused, Err(format!("{name}: {expected}")), "{value}");

        let gatsbys = name.replace("BSPK", "GATSBY");
        let set = [("GATSBY_API_KEY", "pk_1"), (gatsbys.as_str(), value)];
        let refused = within(&set, gatsby::Client::from_env);
        assert_eq!(refused, Err(format!("{gatsbys}: {expected}")), "{value}");
    }
}

#[test]
fn what_a_builder_has_from_the_environment_can_be_changed() {
    let set = [
        ("GATSBY_API_KEY", "pk_1"),
        ("GATSBY_ENVIRONMENT", "development"),
        ("GATSBY_DEADLINE", "5s"),
    ];

    let client = within(&set, || {
        Builder::<gatsby::Client>::from_env()?
            .base_url("http://localhost:1")
            .build()
    });

    assert_eq!(
        client,
        Ok("gatsby::Client { host: \"localhost\", .. }".to_owned())
    );
}

#[test]
fn a_proxy_of_the_environment_sees_nothing_that_is_meant_for_this_machine() {
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let url = format!("http://{}", proxy.local_addr().unwrap());
    let unreachable = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let set = [
        ("HTTP_PROXY", Some(url.as_str())),
        ("http_proxy", Some(&url)),
        ("NO_PROXY", None),
        ("no_proxy", None),
    ];

    let outcome = temp_env::with_vars(set, || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let bspk = bspk::Client::builder("bspk_key".parse().unwrap())
            .http(shoppers::http_client().build().unwrap())
            .base_url(format!("http://{unreachable}"))
            .attempt_timeout(std::time::Duration::from_millis(200))
            .retries(shoppers::Retries::off())
            .build()
            .unwrap();
        runtime.block_on(bspk.upsert_shopper(&bspk::Shopper::default()))
    });

    let seen = proxy.accept().map_err(|err| err.kind());
    assert_eq!(seen.err(), Some(std::io::ErrorKind::WouldBlock));
    assert!(outcome.unwrap_err().is_not_sent());
}

#[test]
fn a_quota_store_comes_from_the_environment_or_is_an_error() {
    let key = ("BSPK_API_KEY", "key");
    let at = |url| within(&[key, ("BSPK_QUOTA_STORE", url)], bspk::Client::from_env);
    let refused = [at("https://:hunter2@host"), at("hunter2")];

    for message in &refused {
        let message = message.as_ref().unwrap_err();
        assert!(message.starts_with("BSPK_QUOTA_STORE: "), "{message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
    assert_eq!(at("redis://localhost").is_ok(), cfg!(feature = "redis"));
    assert!(at("").is_ok());
}
