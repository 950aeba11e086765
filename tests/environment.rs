//! What a client takes from the environment, and what it says of a variable that is wrong.
#![cfg(feature = "client")]

use shoppers::{Error, bspk, gatsby};

/// Every variable that is read, so that those of the machine do not get in.
const VARIABLES: [&str; 5] = [
    "BSPK_API_KEY",
    "BSPK_BASE_URL",
    "GATSBY_API_KEY",
    "GATSBY_BASE_URL",
    "GATSBY_ENVIRONMENT",
];

/// What comes of an environment with these variables alone.
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
                "BSPK_BASE_URL: the base URL has to be https, except on this machine; a key is not sent in clear",
            ),
        ),
        (
            &[key, ("BSPK_BASE_URL", "api.bspk.com")],
            refused("BSPK_BASE_URL: the base URL is not one: relative URL without a base"),
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
