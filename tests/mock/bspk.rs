//! BSPK: which calls a mock is for, and what is stored.

use std::time::Duration;

use serde_json::{Value, json};
use shoppers::{
    bspk::{Shopper, Upserted},
    mock::Bspk,
};

use crate::{Test, UPSERT, answered, john, raw};

#[tokio::test]
async fn what_is_stored_is_as_bspks_document_says() {
    let vendors: Value = serde_json::from_str(shoppers::spec::BSPK.json).unwrap();
    let schema = &vendors["paths"][UPSERT]["post"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| {
        then.stored(17, "CLI-789");
    });

    let answer = raw("POST", bspk.url() + UPSERT, Some(json!({}))).await;

    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body: Value = answer.json().await.unwrap();
    assert!(jsonschema::is_valid(schema, &body), "{body}");
    assert_eq!(
        (&body["id"], &body["external_id"]),
        (&json!(17), &json!("CLI-789"))
    );
}

#[tokio::test]
async fn a_shopper_without_a_ref_is_stored_without_one() -> Test {
    let stored = answered(|then| {
        then.stored(17, None);
    })
    .await?;

    assert_eq!((stored.id, stored.external_id.as_deref()), (17, None));
    assert!(stored.warnings().is_empty());
    Ok(())
}

#[tokio::test]
async fn an_upserted_arrives_as_it_was_given() -> Test {
    let given: Upserted =
        serde_json::from_value(json!({"id": 7, "warnings": ["phone"], "tier": "gold"}))?;

    let stored = answered(|then| {
        then.ok(&given);
    })
    .await?;

    assert_eq!(stored, given);
    Ok(())
}

#[tokio::test]
async fn a_mock_is_for_the_shopper_that_it_names() -> Test {
    let bspk = Bspk::start();
    let exact = bspk.upsert_shopper(|when, then| {
        when.body(&john());
        then.stored(1, "CLI-789");
    });
    let partial = bspk.upsert_shopper(|when, then| {
        when.shopper_ref("CLI-789");
        then.stored(2, "CLI-789");
    });
    let client = bspk.client()?;
    let other = Shopper {
        email: Some("jane@example.com".into()),
        ..john()
    };
    let unset = Shopper {
        shopper_ref: Some("CLI-7".into()),
        ..john()
    };

    assert_eq!(client.upsert_shopper(&john()).await?.id, 1);
    assert_eq!(client.upsert_shopper(&other).await?.id, 2);
    assert!(client.upsert_shopper(&unset).await.is_err());
    exact.assert();
    partial.assert();
    Ok(())
}

#[tokio::test]
async fn the_quota_is_learnt_from_a_success() -> Test {
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| {
        then.stored(17, None).quota(30, 29);
    });
    let client = bspk.client()?;

    client.upsert_shopper(&john()).await?;

    assert_eq!(client.quota().limit, Some(30));
    // Not BSPK's 10 seconds, which a 429 would let pass.
    assert_eq!(client.quota().window, Duration::from_millis(1));
    Ok(())
}

#[test]
fn shoppers_that_are_compared_as_json_show_what_differs() {
    let jane = Shopper {
        email: Some("jane@example.com".into()),
        ..john()
    };

    let panic = std::panic::catch_unwind(|| assert_eq!(json!(john()), json!(jane))).unwrap_err();

    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("john@example.com") && message.contains("jane@example.com"));
}
