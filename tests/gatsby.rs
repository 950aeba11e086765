//! The Gatsby client on the wire, against the vendor's literal JSON.
#![cfg(feature = "client")]

mod support;

use httpmock::{
    Method::{DELETE, GET, PATCH, POST},
    MockServer,
};
use serde_json::{Value, json};
use shoppers::gatsby::{
    By, ChannelInput, Environment, InstagramInput, IntegrationsInput, Shopper, ShopperInput,
    TiktokInput, ZinreloInput,
};

use support::{GATSBY_KEY, answering, by_email, gatsby_at, has_headers};

const PATH: &str = "/public/shopper";
const ID: &str = "64b7f2c9e1a4d5f6a7b8c9d0";

/// Headers of a request without a body, then of one with it.
const BARE: [&str; 4] = ["accept", "authorization", "host", "user-agent"];
const FULL: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

/// Everything that Gatsby's page has in the body of a POST.
fn everything() -> ShopperInput {
    ShopperInput {
        channel: Some(ChannelInput {
            instagram: Some(InstagramInput {
                email: Some("john@example.com".into()),
                phone: Some("+15551234567".into()),
                full_name: Some("John Meyer".into()),
                first_name: Some("John".into()),
                last_name: Some("Meyer".into()),
                user_name: Some("john.meyer".into()),
            }),
            tiktok: Some(TiktokInput {
                email: Some("john@example.com".into()),
                full_name: Some("John Meyer".into()),
                first_name: Some("John".into()),
                last_name: Some("Meyer".into()),
                user_name: Some("johnmeyer".into()),
            }),
        }),
        integrations: Some(IntegrationsInput {
            zinrelo: Some(ZinreloInput {
                partner_id: Some("p1".into()),
                member_id: Some("m1".into()),
                user_id: Some("u1".into()),
                environment: Some("test".into()),
            }),
        }),
    }
}

fn everything_on_the_wire() -> Value {
    json!({
        "channel": {
            "instagram": {
                "email": "john@example.com",
                "phone": "+15551234567",
                "fullName": "John Meyer",
                "firstName": "John",
                "lastName": "Meyer",
                "userName": "john.meyer",
            },
            "tiktok": {
                "email": "john@example.com",
                "fullName": "John Meyer",
                "firstName": "John",
                "lastName": "Meyer",
                "userName": "johnmeyer",
            },
        },
        "integrations": {
            "zinrelo": {"partner_id": "p1", "member_id": "m1", "user_id": "u1", "environment": "test"},
        },
    })
}

/// The same as Gatsby answers it.
fn everything_answered() -> Value {
    let mut shopper = everything_on_the_wire();
    shopper["_id"] = ID.into();
    shopper["channel"]["instagram"]["isVerified"] = true.into();
    shopper["keywords"] = json!(["watch", "ring"]);
    shopper
}

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
async fn get_shopper_sends_exactly_what_the_vendor_documents() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(GET)
                .path(format!("{PATH}/{ID}"))
                .query_param_count(".*", ".*", 0)
                .header("authorization", GATSBY_KEY)
                .header_missing("version")
                .is_true(|request| has_headers(request, &BARE));
            then.status(200).json_body(everything_answered());
        })
        .await;

    let shopper = gatsby_at(&server.base_url()).get_shopper(ID).await.unwrap();

    mock.assert_async().await;
    assert_eq!(shopper.id, ID);
    assert_eq!(
        shopper.keywords.as_deref(),
        Some(["watch".to_owned(), "ring".to_owned()].as_slice())
    );
    assert_eq!(
        serde_json::to_value(&shopper).unwrap(),
        everything_answered()
    );
}

#[tokio::test]
async fn update_shopper_sends_exactly_what_the_vendor_documents() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(PATCH)
                .path(format!("{PATH}/{ID}"))
                .query_param_count(".*", ".*", 0)
                .header("authorization", GATSBY_KEY)
                .header_missing("version")
                .is_true(|request| has_headers(request, &FULL))
                .json_body(everything_on_the_wire());
            then.status(200).json_body(everything_answered());
        })
        .await;

    let updated = gatsby_at(&server.base_url())
        .update_shopper(ID, &everything())
        .await
        .unwrap();

    mock.assert_async().await;
    assert_eq!(updated.shopper().map(|it| it.id.as_str()), Some(ID));
}

#[tokio::test]
async fn delete_shopper_sends_exactly_what_the_vendor_documents() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(DELETE)
                .path(format!("{PATH}/{ID}"))
                .query_param_count(".*", ".*", 0)
                .header("authorization", GATSBY_KEY)
                .header_missing("version")
                .is_true(|request| has_headers(request, &BARE))
                .body("");
            then.status(204);
        })
        .await;

    let deleted = gatsby_at(&server.base_url())
        .delete_shopper(ID)
        .await
        .unwrap();

    mock.assert_async().await;
    assert_eq!(deleted.status(), 204);
    assert_eq!(deleted.body(), b"");
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
async fn a_refusal_is_told_by_every_operation() {
    let server = answering(404, r#"{"errors":[{"title":"none","code":"not_found"}]}"#).await;
    let gatsby = gatsby_at(&server.base_url());

    let errors = [
        (
            gatsby.create_shopper(&everything()).await.unwrap_err(),
            "create_shopper",
        ),
        (gatsby.get_shopper(ID).await.unwrap_err(), "get_shopper"),
        (
            gatsby.update_shopper(ID, &everything()).await.unwrap_err(),
            "update_shopper",
        ),
        (
            gatsby.delete_shopper(ID).await.unwrap_err(),
            "delete_shopper",
        ),
    ];

    for (err, operation) in errors {
        assert!(err.is_not_found());
        assert_eq!(
            err.to_string(),
            format!("gatsby {operation}: answered 404, not_found")
        );
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
fn a_shopper_that_was_read_turns_into_the_body_of_an_update() {
    let mut answered = everything_answered();
    answered["channel"]["instagram"]["new"] = "kept in the answer, not sent back".into();
    let shopper: Shopper = serde_json::from_value(answered).unwrap();

    let update = ShopperInput::from(shopper);

    assert_eq!(
        serde_json::to_value(update).unwrap(),
        everything_on_the_wire()
    );
}

#[test]
fn an_odd_part_of_an_answer_is_kept_under_its_name_and_the_rest_is_read() {
    let mut answered = everything_answered();
    answered["channel"]["instagram"]["isVerified"] = "planted".into();
    answered["channel"]["instagram"]["phone"] = 15_550_100_999_u64.into();
    answered["channel"]["tiktok"] = json!(["planted"]);
    answered["integrations"] = "planted".into();
    answered["keywords"] = json!(["watch", 7]);

    let shopper: Shopper = serde_json::from_str(&answered.to_string()).unwrap();

    assert_eq!(shopper.id, ID);
    assert_eq!(shopper.integrations, None);
    assert_eq!(shopper.extra["integrations"], "planted");
    assert_eq!(shopper.extra["keywords"], json!(["watch", 7]));
    let channel = shopper.channel.as_ref().unwrap();
    assert_eq!(channel.tiktok, None);
    assert_eq!(channel.extra["tiktok"], json!(["planted"]));
    let instagram = channel.instagram.as_ref().unwrap();
    assert_eq!(instagram.email.as_deref(), Some("john@example.com"));
    assert_eq!(instagram.is_verified, None);
    assert_eq!(instagram.extra["isVerified"], "planted");
    assert_eq!(instagram.extra["phone"], 15_550_100_999_u64);
    assert_eq!(serde_json::to_value(&shopper).unwrap(), answered);
}

#[test]
fn an_error_of_reading_a_body_names_the_member_and_what_was_expected() {
    let cases = [
        (
            r#"{"channel":{"instagram":{"phone":15550100999}}}"#,
            "channel: instagram: phone: expected a string",
        ),
        (
            r#"{"channel":{"tiktok":"planted"}}"#,
            "channel: tiktok: expected an object",
        ),
        (
            r#"{"integrations":15550100999}"#,
            "integrations: expected an object",
        ),
        (
            r#"{"channel":{"tiktok":{"email":"a","email":"planted"}}}"#,
            "a name that is there twice at line 1 column 41",
        ),
        ("[15550100999]", "expected an object"),
    ];

    for (body, expected) in cases {
        let err = serde_json::from_str::<ShopperInput>(body).unwrap_err();

        assert_eq!(err.to_string(), expected, "{body}");
    }
    let err = serde_json::from_str::<InstagramInput>("15550100999").unwrap_err();
    assert!(err.to_string().starts_with("expected an object"), "{err}");
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

#[test]
fn debug_shows_which_fields_are_set_and_not_what_they_hold() {
    let shopper: Shopper = serde_json::from_value(everything_answered()).unwrap();

    assert_eq!(
        format!("{shopper:?}"),
        "Shopper { \
         channel: Channel { \
         instagram: Instagram { email: .., first_name: .., full_name: .., is_verified: .., last_name: .., phone: .., \
         user_name: .., .. }, \
         tiktok: Tiktok { email: .., first_name: .., full_name: .., last_name: .., user_name: .., .. }, .. }, \
         id: .., \
         integrations: Integrations { \
         zinrelo: Zinrelo { environment: .., member_id: .., partner_id: .., user_id: .., .. }, .. }, \
         keywords: .., .. }"
    );
    assert_eq!(format!("{:?}", By::Email("planted")), "Email(..)");
}
