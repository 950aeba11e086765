//! Gatsby's operations.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use shoppers_sandbox::Sandbox;

use crate::wire::{client, create, gatsby, read, refusal, sandbox};

/// Creates a shopper with this email, and returns its id.
async fn made(sandbox: &Sandbox, email: &str) -> String {
    let (_, shopper) = read(create(sandbox, email)).await;
    shopper["_id"].as_str().unwrap().to_owned()
}

fn search(sandbox: &Sandbox, query: &str) -> RequestBuilder {
    gatsby(sandbox, "GET", &format!("?{query}"))
}

fn all(sandbox: &Sandbox, query: &str) -> RequestBuilder {
    search(sandbox, query).header("version", "1.1")
}

#[tokio::test]
async fn a_created_shopper_is_returned_and_can_be_read() {
    let sandbox = sandbox().await;
    let body = json!({
        "channel": {
            "instagram": {"email": "john@example.com", "phone": "+15551234567",
                          "fullName": "John Meyer",
                          "firstName": "John", "lastName": "Meyer", "userName": "john"},
            "tiktok": {"email": "john@example.com", "fullName": "John Meyer", "firstName": "John",
                       "lastName": "Meyer", "userName": "john.tik"},
        },
        "integrations": {
            "zinrelo": {"partner_id": "1", "member_id": "2", "user_id": "3",
                        "environment": "production"},
        },
    });

    let (status, created) = read(gatsby(&sandbox, "POST", "").json(&body)).await;

    assert_eq!(status, 200);
    let id = created["_id"].as_str().unwrap();
    assert!(id.len() == 24 && id.bytes().all(|it| it.is_ascii_hexdigit()));
    let mut expected = body;
    expected["_id"] = json!(id);
    expected["channel"]["instagram"]["isVerified"] = json!(false);
    expected["keywords"] = json!([]);
    assert_eq!(created, expected);
    assert_eq!(
        read(gatsby(&sandbox, "GET", &format!("/{id}"))).await,
        (200, expected.clone())
    );
    assert_eq!(sandbox.gatsby_shopper(id), Some(expected));
}

#[tokio::test]
async fn a_create_needs_an_email_a_phone_or_a_user_name() {
    let sandbox = sandbox().await;

    for (channel, status) in [
        (json!({"instagram": {"email": "a@b.c"}}), 200),
        (json!({"instagram": {"phone": "+15551234567"}}), 200),
        (json!({"instagram": {"userName": "a"}}), 200),
        (json!({"tiktok": {"email": "a@b.c"}}), 200),
        (json!({"tiktok": {"userName": "a"}}), 200),
        (
            json!({"instagram": {"fullName": "A"}, "tiktok": {"userName": "a"}}),
            200,
        ),
        (json!({"instagram": {"fullName": "A"}}), 422),
        (json!({"instagram": {"email": ""}}), 422),
        (json!({"instagram": {}}), 422),
        (json!({}), 422),
    ] {
        let call = gatsby(&sandbox, "POST", "").json(&json!({ "channel": channel }));

        assert_eq!(read(call).await.0, status, "{channel}");
    }
    let call = gatsby(&sandbox, "POST", "").json(&json!({}));
    assert_eq!(
        refusal(call).await,
        (422, vec!["missing_attribute".to_owned()])
    );
    assert_eq!(sandbox.gatsby_tally().made, 6);
}

#[tokio::test]
async fn an_undocumented_attribute_is_refused() {
    let sandbox = sandbox().await;
    let id = made(&sandbox, "a@b.c").await;

    for (body, code) in [
        (
            json!({"channel": {"instagram": {"email": "a@b.c", "phone": "5551234567"}}}),
            "invalid_value",
        ),
        (
            json!({"channel": {"tiktok": {"email": "a@b.c", "phone": "+15551234567"}}}),
            "unknown_attribute",
        ),
        (
            json!({"channel": {"instagram": {"email": "a@b.c", "username": "a"}}}),
            "unknown_attribute",
        ),
        (
            json!({"_id": id, "channel": {"instagram": {"email": "a@b.c"}}}),
            "unknown_attribute",
        ),
        (
            json!({"channel": {"instagram": {"email": null}}}),
            "invalid_type",
        ),
    ] {
        let expected = (422, vec![code.to_owned()]);

        assert_eq!(
            refusal(gatsby(&sandbox, "POST", "").json(&body)).await,
            expected,
            "{body}"
        );
        let path = format!("/{id}");
        assert_eq!(
            refusal(gatsby(&sandbox, "PATCH", &path).json(&body)).await,
            expected,
            "{body}"
        );
    }
    let call = gatsby(&sandbox, "POST", "")
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(refusal(call).await, (400, vec!["bad_request".to_owned()]));
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test]
async fn a_search_returns_every_match_only_with_version_1_1() {
    let sandbox = sandbox().await;
    let first = made(&sandbox, "a@b.c").await;
    let second = made(&sandbox, "a@b.c").await;
    made(&sandbox, "d@e.f").await;

    let (_, matches) = read(all(&sandbox, "email=a@b.c")).await;
    let (_, one) = read(search(&sandbox, "email=a@b.c")).await;
    let (_, old) = read(search(&sandbox, "email=a@b.c").header("version", "1.0")).await;

    let ids: Vec<_> = matches
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["_id"])
        .collect();
    assert_eq!(ids, [&json!(first), &json!(second)]);
    assert_eq!(one["_id"], json!(first));
    assert_eq!(old, one);
}

#[tokio::test]
async fn a_search_without_a_match_is_empty_or_not_found() {
    let sandbox = sandbox().await;
    made(&sandbox, "a@b.c").await;

    for query in [
        "email=d@e.f",
        "phone=%2B15551234567",
        "username=a@b.c",
        "email=A@B.C",
    ] {
        assert_eq!(
            read(all(&sandbox, query)).await,
            (200, json!([])),
            "{query}"
        );
        let expected = (404, vec!["not_found".to_owned()]);
        assert_eq!(refusal(search(&sandbox, query)).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_search_decodes_its_value() {
    let sandbox = sandbox().await;
    let instagram = json!({"phone": "+15551234567", "userName": "jörg & söhne"});
    read(gatsby(&sandbox, "POST", "").json(&json!({"channel": {"instagram": instagram}}))).await;

    for (query, found) in [
        ("phone=%2B15551234567", 1),
        ("phone=+15551234567", 0), // A plus that is not encoded is a space.
        ("username=j%C3%B6rg+%26%20s%C3%B6hne", 1),
    ] {
        let (_, matches) = read(all(&sandbox, query)).await;

        assert_eq!(matches.as_array().unwrap().len(), found, "{query}");
    }
}

#[tokio::test]
async fn a_search_takes_exactly_one_key() {
    let sandbox = sandbox().await;
    made(&sandbox, "a@b.c").await;

    for query in [
        "",
        "email=",
        "email",
        "userName=a",
        "id=1",
        "email=a@b.c&phone=%2B15551234567",
        "email=a@b.c&email=a@b.c",
        "email=a@b.c&page=1",
    ] {
        let expected = (422, vec!["invalid_query".to_owned()]);
        assert_eq!(refusal(all(&sandbox, query)).await, expected, "{query}");
    }
}

#[tokio::test]
async fn an_update_merges_by_field() {
    let sandbox = sandbox().await;
    let id = made(&sandbox, "a@b.c").await;
    let changes = json!({"channel": {"instagram": {"fullName": "A"}, "tiktok": {"userName": "a"}}});

    let (status, updated) = read(gatsby(&sandbox, "PATCH", &format!("/{id}")).json(&changes)).await;

    let expected = json!({
        "_id": id,
        "channel": {
            "instagram": {"email": "a@b.c", "fullName": "A", "isVerified": false},
            "tiktok": {"userName": "a"},
        },
        "keywords": [],
    });
    assert_eq!((status, &updated), (200, &expected));
    assert_eq!(
        read(all(&sandbox, "username=a")).await,
        (200, json!([expected]))
    );
}

#[tokio::test]
async fn a_deleted_shopper_is_gone() {
    let sandbox = sandbox().await;
    let id = made(&sandbox, "a@b.c").await;

    let deleted = read(gatsby(&sandbox, "DELETE", &format!("/{id}"))).await;

    assert_eq!(deleted, (204, Value::Null));
    assert_eq!(
        refusal(gatsby(&sandbox, "DELETE", &format!("/{id}")))
            .await
            .0,
        404
    );
    assert_eq!(read(all(&sandbox, "email=a@b.c")).await, (200, json!([])));
    let tally = sandbox.gatsby_tally();
    assert_eq!((tally.made, tally.shoppers), (1, 0));
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let sandbox = sandbox().await;
    made(&sandbox, "a@b.c").await;

    for id in [
        "5a0d00000000000000000002",
        "000000000000000000000001",
        "1",
        "a%2Fb",
        "%FF",
    ] {
        for method in ["GET", "PATCH", "DELETE"] {
            let call = gatsby(&sandbox, method, &format!("/{id}")).json(&json!({}));

            assert_eq!(
                refusal(call).await,
                (404, vec!["not_found".to_owned()]),
                "{method} {id}"
            );
        }
    }
    assert_eq!(sandbox.gatsby_tally().shoppers, 1);
}

#[tokio::test]
async fn only_the_raw_key_authorizes() {
    let sandbox = sandbox().await;
    let call = || {
        client().get(format!(
            "{}/public/shopper?email=a@b.c",
            sandbox.gatsby_url()
        ))
    };
    let key = sandbox.gatsby_key();

    let expected = (401, vec!["unauthorized".to_owned()]);
    assert_eq!(refusal(call().bearer_auth(key)).await, expected);
    assert_eq!(
        refusal(call().header("authorization", sandbox.bspk_key())).await,
        expected
    );
    assert_eq!(refusal(call()).await, expected);
    assert_eq!(
        read(call().header("authorization", key).header("version", "1.1"))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn an_operation_that_is_not_served_is_a_421() {
    let sandbox = sandbox().await;

    for (method, path) in [
        ("PUT", "/1"),
        ("DELETE", ""),
        ("DELETE", "/"),
        ("GET", "/1/2"),
        ("GET", "s"),
    ] {
        assert_eq!(
            refusal(gatsby(&sandbox, method, path)).await,
            (421, vec!["not_served".to_owned()]),
            "{method} {path}"
        );
    }
    let head = gatsby(&sandbox, "HEAD", "/1").send().await.unwrap();
    assert_eq!(head.status(), 421);
}
