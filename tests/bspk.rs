//! The BSPK client on the wire, against the vendor's literal JSON.
#![cfg(feature = "client")]

mod support;

use httpmock::{Method::POST, MockServer};
use serde_json::json;
use shoppers::bspk::Shopper;

use support::{answering, bspk_at, every_attribute, has_headers, unreachable};

const PATH: &str = "/api/platform/v1/shoppers";

fn with_ref() -> Shopper {
    Shopper {
        shopper_ref: Some("CLI-789".into()),
        ..Default::default()
    }
}

#[tokio::test]
async fn upsert_shopper_sends_exactly_what_the_vendor_documents() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(POST)
                .path(PATH)
                .query_param_count(".*", ".*", 0)
                .header("authorization", "Bearer bspk_key_4711")
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .header("user-agent", concat!("shoppers/", env!("CARGO_PKG_VERSION")))
                .header_missing("api-version")
                .is_true(|request| {
                    has_headers(
                        request,
                        &["accept", "authorization", "content-length", "content-type", "host", "user-agent"],
                    )
                })
                .json_body(json!({"shopper": {
                    "shopper_ref": "CLI-789",
                    "first_name": "John",
                    "last_name": "Meyer",
                    "alternate_first_name": "Johnny",
                    "alternate_last_name": "Meyers",
                    "gender": "M",
                    "email": "shopper1@email.com",
                    "mobile_phone": "+5511987669944",
                    "other_phone": "+551154772457",
                    "address": "Av. Paulista, 1000",
                    "address_2": "10th floor",
                    "address_3": "Suite 100",
                    "address_4": "Building 1",
                    "city": "New York",
                    "state": "NY",
                    "zip_code": "10001",
                    "country_code": "US",
                    "segment": "VIP",
                    "preferred_contact_channel": "whatsapp",
                    "nationality": "US",
                    "passport_number": "AA0199929992",
                    "languages": "en;fr",
                    "email_contact": "true",
                    "phone_call_contact": "false",
                    "chat_contact": "false",
                    "do_not_contact": "false",
                    "interested_in_new_products": "true",
                    "birthday": "1982-02-22",
                    "creation_date": "01/05/2022",
                    "store_ref": "22",
                    "sales_associate_ref": "1101",
                    "preferences": "Young Professional; Lawyer",
                    "ignore_columns": "first_name;last_name",
                    "barcode": "1234567890123",
                    "profile_type": "person",
                }}));
            then.status(200).body(
                r#"{"id":42,"external_id":"CLI-789","warnings":[],"updated_at":"2018-07-21T17:32:28Z","created_at":"2018-07-21T17:32:28Z"}"#,
            );
        })
        .await;

    let stored = bspk_at(&server.base_url())
        .upsert_shopper(&every_attribute())
        .await
        .unwrap();

    mock.assert_async().await;
    assert_eq!(stored.id, 42);
    assert_eq!(stored.external_id.as_deref(), Some("CLI-789"));
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.path(PATH)
                .body(r#"{"shopper":{"shopper_ref":"CLI-789"}}"#);
            then.status(200).body(r#"{"id":1}"#);
        })
        .await;

    let stored = bspk_at(&server.base_url())
        .upsert_shopper(&with_ref())
        .await;

    assert!(stored.is_ok());
    mock.assert_async().await;
}

#[tokio::test]
async fn a_base_url_may_have_a_path_and_a_slash_at_its_end() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.path(format!("/proxy/bspk{PATH}"));
            then.status(200).body(r#"{"id":1}"#);
        })
        .await;

    for path in ["/proxy/bspk", "/proxy/bspk/"] {
        let stored = bspk_at(&server.url(path)).upsert_shopper(&with_ref()).await;
        assert!(stored.is_ok(), "{path}");
    }

    mock.assert_calls_async(2).await;
}

#[tokio::test]
async fn any_answer_that_has_an_id_is_read() {
    let cases = [
        (
            200,
            r#"{"id":7,"external_id":null,"warnings":null,"updated_at":null,"created_at":null}"#,
            json!({"id": 7}),
        ),
        (201, r#"{"id":7}"#, json!({"id": 7})),
        (
            200,
            r#"{"id":7,"warnings":["unknown segment"],"updated_at":"2026-03-11T18:34:54.882Z"}"#,
            json!({"id": 7, "warnings": ["unknown segment"], "updated_at": "2026-03-11T18:34:54.882Z"}),
        ),
        (
            200,
            r#"{"id":7,"loyalty":{"tier":"gold"},"created_at":"2018-07-21T17:32:28Z"}"#,
            json!({"id": 7, "loyalty": {"tier": "gold"}, "created_at": "2018-07-21T17:32:28Z"}),
        ),
        (
            200,
            r#"{"id":7,"created_at":"yesterday"}"#,
            json!({"id": 7, "created_at": "yesterday"}),
        ),
    ];

    for (status, body, expected) in cases {
        let server = answering(status, body).await;

        let stored = bspk_at(&server.base_url())
            .upsert_shopper(&with_ref())
            .await
            .unwrap();

        assert_eq!(serde_json::to_value(&stored).unwrap(), expected, "{body}");
    }
}

#[tokio::test]
async fn the_parts_of_an_answer_are_at_hand() {
    let server = answering(
        200,
        r#"{"id":7,"warnings":["a","b"],"created_at":"1970-01-01T00:00:01.500Z","loyalty":"gold"}"#,
    )
    .await;

    let stored = bspk_at(&server.base_url())
        .upsert_shopper(&with_ref())
        .await
        .unwrap();

    assert_eq!(stored.warnings(), ["a", "b"]);
    assert_eq!(stored.extra["loyalty"], "gold");
    assert_eq!(
        stored.created_at.unwrap().to_system_time(),
        Some(std::time::UNIX_EPOCH + std::time::Duration::from_millis(1500))
    );
}

#[tokio::test]
async fn a_refusal_says_what_the_vendor_said() {
    // As it stands in the vendor's document.
    let body = "{'errors':[{'title': 'No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]','code':'not_found'}]}";
    let server = answering(422, body).await;

    let err = bspk_at(&server.base_url())
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert!(err.is_rejected());
    assert!(!err.is_ambiguous());
    assert_eq!(err.status(), Some(422));
    assert_eq!(err.problems()[0].code(), Some("not_found"));
    assert_eq!(err.body(), Some(body.as_bytes()));
    assert_eq!(
        err.to_string(),
        "bspk upsert_shopper: 422 Unprocessable Entity: not_found"
    );
}

#[tokio::test]
async fn a_failure_keeps_its_status_whatever_its_body() {
    let html = "<html><body><h1>422</h1></body></html>";

    for status in [400, 401, 403, 404, 422, 429, 500, 502, 503] {
        for body in ["", html, "null", r#"{"errors":7}"#] {
            let server = answering(status, body).await;

            let err = bspk_at(&server.base_url())
                .upsert_shopper(&with_ref())
                .await
                .unwrap_err();

            assert_eq!(err.status(), Some(status), "{body}");
            assert!(err.problems().is_empty(), "{body}");
            assert_eq!(err.is_ambiguous(), status >= 500, "{status}");
        }
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_its_own_kind() {
    for body in [
        "",
        "null",
        "[]",
        "{",
        "<html>",
        r#"{"id":null}"#,
        r#"{"id":"seven"}"#,
        "{}",
    ] {
        let server = answering(200, body).await;

        let err = bspk_at(&server.base_url())
            .upsert_shopper(&with_ref())
            .await
            .unwrap_err();

        assert!(err.is_unreadable(), "{body}");
        assert!(!err.is_ambiguous(), "{body}");
        assert_eq!(err.status(), Some(200));
        assert_eq!(err.body(), Some(body.as_bytes()));
        assert_eq!(
            err.to_string(),
            "bspk upsert_shopper: 200 OK: the body does not match the API description"
        );
    }
}

#[tokio::test]
async fn an_answer_is_not_read_without_end() {
    let server = answering(200, &format!("{{\"id\":1}}{}", " ".repeat(9 << 20))).await;

    let err = bspk_at(&server.base_url())
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert!(err.is_unreadable());
    assert!(err.body().unwrap().len() <= 8 << 20);
    assert!(err.to_string().contains("longer than is read"), "{err}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = answering(200, r#"{"id":1}"#).await;
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(307).header("location", elsewhere.url(PATH));
        })
        .await;

    let err = bspk_at(&server.base_url())
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert_eq!(err.status(), Some(307));
    assert!(!err.is_ambiguous());
    assert!(
        err.to_string()
            .contains("a redirect, which is not followed"),
        "{err}"
    );
}

#[tokio::test]
async fn a_foreign_http_client_that_follows_redirects_is_not_used_without_tls() {
    let elsewhere = MockServer::start_async().await;
    let reached = elsewhere
        .mock_async(|when, then| {
            when.any_request();
            then.status(200).body(r#"{"id":1}"#);
        })
        .await;
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(303).header("location", elsewhere.url(PATH));
        })
        .await;
    let client = shoppers::bspk::Client::builder(shoppers::ApiKey::new("k").unwrap())
        .base_url(server.base_url())
        .http(reqwest::Client::new())
        .build()
        .unwrap();

    let err = client.upsert_shopper(&with_ref()).await.unwrap_err();

    assert_eq!(err.status(), Some(303));
    assert_eq!(reached.calls_async().await, 0);
}

#[tokio::test]
async fn a_blank_shopper_ref_is_refused_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.any_request();
            then.status(200);
        })
        .await;

    for blank in ["", " ", "\t"] {
        let shopper = Shopper {
            shopper_ref: Some(blank.into()),
            ..Default::default()
        };
        let err = bspk_at(&server.base_url())
            .upsert_shopper(&shopper)
            .await
            .unwrap_err();
        assert!(err.is_invalid());
        assert!(err.to_string().contains("`shopper_ref` is blank"), "{err}");
    }

    mock.assert_calls_async(0).await;
}

#[tokio::test]
async fn a_call_without_a_connection_has_not_happened() {
    let err = bspk_at(&unreachable())
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert!(!err.is_ambiguous());
    assert_eq!(err.status(), None);
    assert_eq!(
        err.to_string(),
        "bspk upsert_shopper: not sent, no connection"
    );
}
