//! The mocks that services test with: through the public clients, and against what the vendors' documents say.

#[path = "mock/bspk.rs"]
mod bspk;
#[path = "mock/failure.rs"]
mod failure;
#[path = "mock/gatsby.rs"]
mod gatsby;
#[path = "mock/sequence.rs"]
mod sequence;
#[path = "mock/server.rs"]
mod server;

use serde_json::{Value, json};
use shoppers::{
    Error, Retries,
    bspk::{Metafield, Shopper, Upserted},
    gatsby::ShopperInput,
    mock::{Bspk, bspk::UpsertShopperThen},
};

type Test = Result<(), Box<dyn std::error::Error>>;

const UPSERT: &str = "/api/platform/v1/shoppers";

fn john() -> Shopper {
    Shopper {
        shopper_ref: Some("CLI-789".into()),
        email: Some("john@example.com".into()),
        ..Default::default()
    }
}

fn by_email(email: &str) -> ShopperInput {
    serde_json::from_value(json!({"channel": {"instagram": {"email": email}}})).unwrap()
}

/// The outcome of an upsert that is answered so, without a retry.
async fn answered(answer: impl FnOnce(UpsertShopperThen)) -> Result<Upserted, Error> {
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| answer(then));
    let client = bspk.client_with(|it| it.retries(Retries::off()))?;
    client.upsert_shopper(&john()).await
}

/// The answer to a call with any path and body, as it is on the wire.
async fn raw(method: &str, url: String, body: Option<Value>) -> reqwest::Response {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http.request(method.parse().unwrap(), url);
    match body {
        Some(body) => request.json(&body),
        None => request,
    }
    .send()
    .await
    .unwrap()
}

#[test]
fn every_operation_has_a_mock() {
    for (generated, operations) in [
        (include_str!("../specs/bspk.rs"), shoppers::bspk::OPERATIONS),
        (
            include_str!("../specs/gatsby.rs"),
            shoppers::gatsby::OPERATIONS,
        ),
    ] {
        for operation in operations {
            let words = format!("/// Adds a mock of [`{}`]", operation.name);
            assert!(generated.contains(&words), "{}", operation.name);
        }
    }
}

#[tokio::test]
async fn an_operation_without_a_line_by_hand_is_mocked_in_its_own_types() -> Test {
    let metafield = serde_json::from_value(json!({
        "namespace": "custom",
        "key": "tier",
        "value": "gold",
        "value_type": "single_line_text_field",
        "is_list": false,
    }))?;
    let stored: Metafield = serde_json::from_value(json!({"id": 7, "key": "tier"}))?;
    let bspk = Bspk::start();
    let away = bspk.upsert_metafields(|when, then| {
        when.shopper_ref("CLI-789");
        then.unavailable().once();
    });
    let upserted = bspk.upsert_metafields(|when, then| {
        when.shopper_ref("CLI-789")
            .body(std::slice::from_ref(&metafield));
        then.ok(&vec![stored.clone()]).quota(30, 29);
    });

    let answer = bspk
        .client()?
        .upsert_metafields("CLI-789", std::slice::from_ref(&metafield))
        .await?;

    assert_eq!(answer, [stored]);
    away.assert();
    upserted.assert();
    Ok(())
}
