//! Links and metafields of BSPK's shoppers.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use shoppers_sandbox::Sandbox;

use crate::wire::{bspk, read, refusal, sandbox, upsert};

fn link(sandbox: &Sandbox, id: u64, shopper_ref: &str) -> RequestBuilder {
    bspk(sandbox, "POST", &format!("shoppers/{id}/external_link"))
        .json(&json!({"shopper_ref": shopper_ref}))
}

fn metafields(sandbox: &Sandbox, shopper_ref: &str) -> RequestBuilder {
    bspk(
        sandbox,
        "GET",
        &format!("shoppers/{shopper_ref}/metafields"),
    )
}

fn put(sandbox: &Sandbox, shopper_ref: &str, tiers: &[(&str, &str)]) -> RequestBuilder {
    let tiers = tiers.iter().map(|(key, value)| {
        json!({
            "namespace": "custom", "key": key, "value": value, "value_type": "single_line_text_field", "is_list": false,
        })
    });
    bspk(
        sandbox,
        "PUT",
        &format!("shoppers/{shopper_ref}/metafields"),
    )
    .json(&json!({"metafields": tiers.collect::<Vec<_>>()}))
}

fn values(metafields: &Value) -> Vec<(u64, &str)> {
    let metafields = metafields.as_array().unwrap().iter();
    metafields
        .map(|it| (it["id"].as_u64().unwrap(), it["value"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_linked_shopper_is_found_by_its_new_reference_alone() {
    let sandbox = sandbox().await;
    read(upsert(&sandbox, json!({"city": "Rome"}))).await;
    read(upsert(&sandbox, json!({"shopper_ref": "B"}))).await;

    for id in [1, 2, 2] {
        let linked = read(link(&sandbox, id, &format!("CLI{id}"))).await;
        assert_eq!(linked, (204, Value::Null));
    }

    let (_, updated) = read(upsert(&sandbox, json!({"shopper_ref": "CLI1"}))).await;
    assert_eq!(updated["id"], 1);
    assert_eq!(sandbox.bspk_shopper("CLI1").unwrap()["city"], "Rome");
    assert_eq!(sandbox.bspk_shopper("B"), None);
    assert_eq!(sandbox.records("clients")[1]["client_id"], "CLI2");
}

#[tokio::test]
async fn a_link_that_cannot_be_is_refused() {
    let sandbox = sandbox().await;
    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    read(upsert(&sandbox, json!({"shopper_ref": "B"}))).await;

    for (id, shopper_ref, status) in [(3, "C", 404), (2, "A", 422), (2, " ", 422)] {
        assert_eq!(refusal(link(&sandbox, id, shopper_ref)).await.0, status);
    }

    assert_eq!(sandbox.bspk_shopper("B").unwrap()["id"], 2);
}

#[tokio::test]
async fn a_metafield_is_found_by_its_namespace_and_key() {
    let sandbox = sandbox().await;
    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    read(upsert(&sandbox, json!({"shopper_ref": "B"}))).await;

    read(put(&sandbox, "A", &[("tier", "gold"), ("points", "7")])).await;
    read(put(&sandbox, "B", &[("tier", "none")])).await;
    let (status, all) = read(put(&sandbox, "A", &[("tier", "silver")])).await;

    assert_eq!((status, values(&all)), (200, vec![(1, "silver"), (2, "7")]));
    assert_eq!(read(metafields(&sandbox, "A")).await, (200, all.clone()));
    let names: Vec<_> = all[0].as_object().unwrap().keys().collect();
    let documented = [
        "created_at",
        "id",
        "is_list",
        "json_value",
        "key",
        "namespace",
        "updated_at",
        "value",
        "value_type",
    ];
    assert_eq!(names, documented);
    assert_eq!(sandbox.records("metafields").len(), 3);
}

#[tokio::test]
async fn metafields_follow_their_shopper() {
    let sandbox = sandbox().await;
    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    read(put(&sandbox, "A", &[("tier", "gold")])).await;

    read(link(&sandbox, 1, "B")).await;

    let (_, found) = read(metafields(&sandbox, "B")).await;
    assert_eq!(values(&found), [(1, "gold")]);
    for call in [metafields(&sandbox, "A"), put(&sandbox, "A", &[])] {
        assert_eq!(refusal(call).await.0, 404);
    }
    assert!(sandbox.delete_bspk_shopper("B") && !sandbox.delete_bspk_shopper("B"));
    assert!(sandbox.records("metafields").is_empty());
    let tally = sandbox.bspk_tally();
    assert_eq!((tally.made, tally.shoppers), (1, 0));
}
