//! The Gatsby client on the wire, against the vendor's literal JSON.
#![cfg(feature = "client")]

mod support;

use httpmock::{
    Method::{GET, POST},
    MockServer,
};
use serde_json::json;
use shoppers::gatsby::{By, Environment, ShopperInput};

use support::{
    GATSBY_KEY, answering, by_email,
    everything::{ID, everything, everything_answered, everything_on_the_wire},
    gatsby_at, has_headers,
};

const PATH: &str = "/public/shopper";

/// The headers of a request with a body.
const FULL: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

#[tokio::test]
async fn create_shopper_sends_exactly_what_the_vendor_documents() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path(PATH)
                .query_param_count(".*", ".*", 0)
                .header("authorization", GATSBY_KEY)
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .header_missing("api-version")
                .header_missing("version")
                .is_true(|request| has_headers(request, &FULL))
                .json_body(everything_on_the_wire());
            then.status(200).json_body(everything_answered());
        })
        .await;

    let created = gatsby_at(&server.base_url())
        .create_shopper(&everything())
        .await
        .unwrap();

    mock.assert_async().await;
    assert_eq!(created.id(), Some(ID));
}

#[tokio::test]
async fn search_shoppers_sends_exactly_what_the_vendor_documents() {
    let cases = [
        (By::Email("john@example.com"), "email=john%40example.com"),
        (
            By::Email("a&b=c#d?e@example.com"),
            "email=a%26b%3Dc%23d%3Fe%40example.com",
        ),
        (By::Phone("+15551234567"), "phone=%2B15551234567"),
        (By::Username("john.meyer"), "username=john.meyer"),
        (
            By::Username("zoë & 名前"),
            "username=zo%C3%AB+%26+%E5%90%8D%E5%89%8D",
        ),
    ];

    for (by, query) in cases {
        let server = MockServer::start_async().await;
        let mock = server
            .mock_async(|when, then| {
                when.method(GET)
                    .path(PATH)
                    .header("authorization", GATSBY_KEY)
                    .header("version", "1.1")
                    .is_true(|request| {
                        has_headers(
                            request,
                            &["accept", "authorization", "host", "user-agent", "version"],
                        )
                    })
                    .is_true(move |request| request.uri().query() == Some(query));
                then.status(200).json_body(json!([everything_answered()]));
            })
            .await;

        let found = gatsby_at(&server.base_url())
            .search_shoppers(by)
            .await
            .unwrap();

        mock.assert_async().await;
        assert_eq!(found.len(), 1);
    }
}

#[tokio::test]
async fn a_search_reads_every_form_of_answer() {
    let cases: [(u16, &str, &[&str]); 10] = [
        (
            200,
            r#"[{"_id":"a"},{"_id":"b","keywords":null,"new":1}]"#,
            &["a", "b"],
        ),
        (200, r#"{"_id":"a","channel":null}"#, &["a"]),
        (200, "[]", &[]),
        (200, "null", &[]),
        (200, "[null]", &[]),
        (200, "{}", &[]),
        (200, "", &[]),
        (204, "", &[]),
        (404, "", &[]),
        (404, r#"{"errors":[{"code":"not_found"}]}"#, &[]),
    ];

    for (status, body, expected) in cases {
        let server = answering(status, body).await;

        let found = gatsby_at(&server.base_url())
            .search_shoppers(By::Email("john@example.com"))
            .await
            .unwrap();

        let ids: Vec<_> = found.iter().map(|shopper| shopper.id.as_str()).collect();
        assert_eq!(ids, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_search_that_answers_something_else_is_unreadable() {
    for body in [
        "<html>",
        r#"{"message":"john@example.com"}"#,
        r#"[{"id":"a"}]"#,
        "7",
    ] {
        let server = answering(200, body).await;

        let err = gatsby_at(&server.base_url())
            .search_shoppers(By::Email("john@example.com"))
            .await
            .unwrap_err();

        assert!(err.is_unreadable(), "{body}");
        assert!(!err.is_ambiguous(), "{body}");
    }
}

#[tokio::test]
async fn a_write_takes_any_success_for_what_it_is() {
    let cases = [
        (200, r#"{"_id":"a"}"#, Some("a")),
        (
            201,
            r#"{"_id":"a","channel":{"instagram":{"isVerified":null}}}"#,
            Some("a"),
        ),
        (200, r#"{"message":"created"}"#, None),
        (200, r#"{"_id":7}"#, None),
        (200, "ok", None),
        (202, "", None),
        (204, "", None),
    ];

    for (status, body, id) in cases {
        let server = answering(status, body).await;
        let gatsby = gatsby_at(&server.base_url());

        let written = [
            gatsby.create_shopper(&everything()).await.unwrap(),
            gatsby.update_shopper(ID, &everything()).await.unwrap(),
            gatsby.delete_shopper(ID).await.unwrap(),
        ];

        for written in written {
            assert_eq!(written.status(), status);
            assert_eq!(written.body(), body.as_bytes());
            assert_eq!(written.id(), id, "{body}");
            assert_eq!(written.json().is_some(), body.starts_with('{'), "{body}");
            assert_eq!(written.into_shopper().map(|it| it.id).as_deref(), id);
        }
    }
}

#[tokio::test]
async fn a_success_that_is_markup_or_an_error_is_unreadable() {
    for body in [
        " <!doctype html><p>Sign in</p>",
        r#"{"errors":[{"code":"no"}]}"#,
        r#"{"error":"no"}"#,
    ] {
        let server = answering(200, body).await;
        let gatsby = gatsby_at(&server.base_url());

        let errors = [
            gatsby.create_shopper(&everything()).await.unwrap_err(),
            gatsby.update_shopper(ID, &everything()).await.unwrap_err(),
            gatsby.delete_shopper(ID).await.unwrap_err(),
        ];

        for err in errors {
            assert!(err.is_unreadable(), "{body}: {err}");
            assert_eq!(err.body(), Some(body.as_bytes()));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.any_request();
            then.status(200);
        })
        .await;
    let gatsby = gatsby_at(&server.base_url());
    let mut no_country = everything();
    if let Some(instagram) = no_country
        .channel
        .as_mut()
        .and_then(|it| it.instagram.as_mut())
    {
        instagram.phone = Some("5551234567".into());
    }

    let errors = [
        (
            gatsby
                .create_shopper(&ShopperInput::default())
                .await
                .unwrap_err(),
            "at least one of",
        ),
        (
            gatsby.create_shopper(&by_email(" ")).await.unwrap_err(),
            "at least one of",
        ),
        (
            gatsby.create_shopper(&no_country).await.unwrap_err(),
            "country code",
        ),
        (
            gatsby.update_shopper(ID, &no_country).await.unwrap_err(),
            "country code",
        ),
        (
            gatsby.search_shoppers(By::Email("")).await.unwrap_err(),
            "at least one of",
        ),
        (
            gatsby.search_shoppers(By::Username(" ")).await.unwrap_err(),
            "at least one of",
        ),
        (
            gatsby
                .search_shoppers(By::Phone("5551234567"))
                .await
                .unwrap_err(),
            "country code",
        ),
    ];

    for (err, reason) in errors {
        assert!(err.is_invalid(), "{err}");
        assert!(!err.is_ambiguous());
        assert!(err.to_string().contains(reason), "{err}");
    }
    mock.assert_calls_async(0).await;
}

#[tokio::test]
async fn an_id_cannot_climb_out_of_its_path() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.any_request();
            then.status(200);
        })
        .await;
    let gatsby = gatsby_at(&server.base_url());

    for id in [
        "",
        " ",
        ".",
        "..",
        "a/b",
        "../x",
        "..\\x",
        "a\\..\\..\\x",
        "/",
    ] {
        let errors = [
            gatsby.get_shopper(id).await.unwrap_err(),
            gatsby.update_shopper(id, &everything()).await.unwrap_err(),
            gatsby.delete_shopper(id).await.unwrap_err(),
        ];
        for err in errors {
            assert!(err.is_invalid(), "{id:?}");
        }
    }

    mock.assert_calls_async(0).await;
}

#[tokio::test]
async fn an_odd_id_stays_in_its_segment() {
    let cases = [
        ("%2e%2e", "/public/shopper/%252e%252e"),
        ("a?b#c", "/public/shopper/a%3Fb%23c"),
        ("a b", "/public/shopper/a%20b"),
        ("\t..\n", "/public/shopper/%09..%0A"),
        ("zoë", "/public/shopper/zo%C3%AB"),
        ("...", "/public/shopper/..."),
    ];

    for (id, path) in cases {
        let server = MockServer::start_async().await;
        let mock = server
            .mock_async(|when, then| {
                when.is_true(move |request| request.uri().path() == path);
                then.status(204);
            })
            .await;

        let deleted = gatsby_at(&server.base_url()).delete_shopper(id).await;

        assert!(deleted.is_ok(), "{id:?}");
        mock.assert_async().await;
    }
}

#[test]
fn an_environment_has_a_host() {
    let cases = [
        (Environment::Production, "production", "gatsby.tech"),
        (Environment::Development, "development", "dev.gatsby.tech"),
    ];

    for (environment, name, host) in cases {
        let key = shoppers::ApiKey::new(GATSBY_KEY).unwrap();
        let client = shoppers::gatsby::Client::builder(key)
            .environment(environment)
            .build()
            .unwrap();

        assert_eq!(
            format!("{client:?}"),
            format!("gatsby::Client {{ host: {host:?}, .. }}")
        );
        assert_eq!(environment.to_string(), name);
        assert_eq!(name.parse::<Environment>().unwrap(), environment);
    }
    assert!("staging".parse::<Environment>().unwrap_err().is_invalid());
}
