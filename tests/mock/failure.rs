//! Failures, as the vendors' documents and the client have them.

use std::time::Duration;

use serde_json::{Value, json};
use shoppers::{
    Error,
    mock::{Bspk, bspk::UpsertShopperThen},
};

use crate::{UPSERT, answered, john, raw};

#[tokio::test]
async fn each_failure_is_the_one_that_the_client_knows() {
    type Case = (
        fn(UpsertShopperThen) -> UpsertShopperThen,
        u16,
        fn(&Error) -> bool,
    );
    let cases: [Case; 7] = [
        (|then| then.unauthorized(), 401, Error::is_unauthorized),
        (|then| then.not_found(), 404, Error::is_not_found),
        (
            |then| then.rejected([("invalid", "no")]),
            422,
            Error::is_rejected,
        ),
        (|then| then.throttled(30, 0), 429, Error::is_throttled),
        (|then| then.server_error(), 500, Error::is_ambiguous),
        (|then| then.unavailable(), 503, Error::is_ambiguous),
        (|then| then.html(502), 502, Error::is_ambiguous),
    ];

    for (answer, status, is_it) in cases {
        let err = answered(|then| drop(answer(then))).await.unwrap_err();

        assert_eq!(err.status(), Some(status), "{err}");
        assert!(is_it(&err), "{err}");
    }
}

#[tokio::test]
async fn a_rejection_has_bspks_list_of_errors() {
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| {
        then.rejected([("not_found", "No clients found"), ("invalid", "email")]);
    });

    let answer = raw("POST", bspk.url() + UPSERT, Some(json!({}))).await;
    let err = bspk.client().unwrap().upsert_shopper(&john()).await;

    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(
        answer.json::<Value>().await.unwrap(),
        json!({"errors": [
            {"title": "No clients found", "code": "not_found"},
            {"title": "email", "code": "invalid"},
        ]})
    );
    let err = err.unwrap_err();
    let problems: Vec<_> = err
        .problems()
        .iter()
        .map(|it| (it.code(), it.title()))
        .collect();
    assert_eq!(
        problems,
        [
            (Some("not_found"), Some("No clients found")),
            (Some("invalid"), Some("email")),
        ]
    );
}

#[tokio::test]
async fn a_429_says_what_the_quota_is() {
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| {
        then.throttled(30, 0);
    });

    let answer = raw("POST", bspk.url() + UPSERT, None).await;

    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["x-ratelimit-limit"], "30");
    assert_eq!(answer.headers()["x-ratelimit-remaining"], "0");
    assert!(answer.headers().get("retry-after").is_none());
}

#[tokio::test]
async fn a_retry_after_is_in_whole_seconds_rounded_up() {
    for (wait, expected) in [(0, "0"), (1, "1"), (30_000, "30"), (30_001, "31")] {
        let bspk = Bspk::start();
        bspk.upsert_shopper(|_, then| {
            then.unavailable().retry_after(Duration::from_millis(wait));
        });

        let answer = raw("POST", bspk.url() + UPSERT, None).await;

        assert_eq!(answer.headers()["retry-after"], expected, "{wait} ms");
    }
}

#[tokio::test]
async fn a_retry_after_beyond_the_deadline_fails_a_call_at_once() {
    let bspk = Bspk::start();
    let busy = bspk.upsert_shopper(|_, then| {
        then.throttled(30, 0).retry_after(Duration::from_secs(30));
    });

    let err = bspk.client().unwrap().upsert_shopper(&john()).await;

    let err = err.unwrap_err();
    assert!(err.is_throttled(), "{err}");
    assert_eq!(err.retry_after(), Some(Duration::from_secs(30)));
    busy.assert_calls(1);
}

#[tokio::test]
async fn html_is_a_page() {
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| {
        then.html(502);
    });

    let answer = raw("POST", bspk.url() + UPSERT, None).await;

    assert_eq!(answer.status(), 502);
    assert_eq!(answer.headers()["content-type"], "text/html");
    assert!(answer.text().await.unwrap().starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn html_in_place_of_a_success_is_unreadable() {
    let err = answered(|then| {
        then.html(200);
    })
    .await
    .unwrap_err();

    assert!(err.is_unreadable(), "{err}");
}
