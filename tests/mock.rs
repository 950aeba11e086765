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
    bspk::{Shopper, Upserted},
    gatsby::ShopperInput,
    mock::{Bspk, UpsertShopperThen},
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
