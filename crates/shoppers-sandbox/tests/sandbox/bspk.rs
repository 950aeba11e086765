//! BSPK's upsert.

use serde_json::{Map, Value, json};

use crate::wire::{UPSERT, client, header, read, refusal, sandbox, upsert};

/// Returns all attributes with the vendor's own examples.
fn example() -> Map<String, Value> {
    let spec: Value = serde_json::from_str(shoppers::spec::BSPK.json).unwrap();
    let body = &spec["paths"][UPSERT]["post"]["requestBody"]["content"]["application/json"];
    let attributes = body["schema"]["properties"]["shopper"]["properties"]
        .as_object()
        .unwrap();
    attributes
        .iter()
        .map(|(name, it)| (name.clone(), it["example"].clone()))
        .collect()
}

#[tokio::test]
async fn the_documents_example_is_stored_with_all_its_attributes() {
    let sandbox = sandbox().await;
    let mut example = example();

    let (status, body) = read(upsert(&sandbox, Value::Object(example.clone()))).await;

    assert_eq!(status, 200);
    assert_eq!(body["warnings"], json!([]));
    example.remove("ignore_columns");
    example.insert("id".into(), json!(1));
    assert_eq!(
        sandbox.bspk_shopper("CLI-789"),
        Some(Value::Object(example))
    );
}

#[tokio::test]
async fn a_response_has_the_documented_fields_and_no_other() {
    let sandbox = sandbox().await;

    let (_, body) = read(upsert(&sandbox, json!({"shopper_ref": "CLI-789"}))).await;

    let names: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["created_at", "external_id", "id", "updated_at", "warnings"]
    );
    assert_eq!(
        (&body["id"], &body["external_id"]),
        (&json!(1), &json!("CLI-789"))
    );
    let time = body["created_at"].as_str().unwrap();
    assert_eq!(
        (time.len(), &time[10..11], &time[19..20], &time[23..]),
        (24, "T", ".", "Z")
    );
}

#[tokio::test]
async fn an_upsert_updates_the_shopper_with_the_same_reference() {
    let sandbox = sandbox().await;

    let (_, made) = read(upsert(
        &sandbox,
        json!({"shopper_ref": "A", "city": "Rome"}),
    ))
    .await;
    let (_, other) = read(upsert(&sandbox, json!({"shopper_ref": "B"}))).await;
    let (_, changed) = read(upsert(&sandbox, json!({"shopper_ref": "A", "state": "RM"}))).await;

    assert_eq!(
        (&made["id"], &other["id"], &changed["id"]),
        (&json!(1), &json!(2), &json!(1))
    );
    assert_eq!(made["created_at"], changed["created_at"]);
    assert_eq!(sandbox.bspk_tally().made, 2);
    let stored = json!({"id": 1, "shopper_ref": "A", "city": "Rome", "state": "RM"});
    assert_eq!(sandbox.bspk_shopper("A"), Some(stored));
    assert_eq!(sandbox.bspk_shopper("C"), None);
}

#[tokio::test]
async fn an_upsert_without_a_reference_creates_a_shopper_each_time() {
    let sandbox = sandbox().await;

    let (_, first) = read(upsert(&sandbox, json!({"city": "Rome"}))).await;
    let (_, second) = read(upsert(&sandbox, json!({"city": "Rome"}))).await;

    assert_eq!(first["external_id"], Value::Null);
    assert_ne!(first["id"], second["id"]);
    assert_eq!(sandbox.bspk_shoppers().len(), 2);
}

#[tokio::test]
async fn ignored_columns_keep_their_values() {
    let sandbox = sandbox().await;
    read(upsert(
        &sandbox,
        json!({"shopper_ref": "A", "city": "Rome", "state": "RM"}),
    ))
    .await;

    let change = json!({"shopper_ref": "A", "city": "Bari", "state": "BA",
                        "ignore_columns": "city;zip_code"});
    let (status, _) = read(upsert(&sandbox, change)).await;

    assert_eq!(status, 200);
    let stored = json!({"id": 1, "shopper_ref": "A", "city": "Rome", "state": "BA"});
    assert_eq!(sandbox.bspk_shopper("A"), Some(stored));
}

#[tokio::test]
async fn a_shopper_that_looks_wrong_is_stored_with_warnings() {
    let sandbox = sandbox().await;

    let (status, body) = read(upsert(&sandbox, json!({"email": "john"}))).await;

    assert_eq!(status, 200);
    assert_eq!(
        body["warnings"],
        json!(["email does not look like an address"])
    );
    assert_eq!(sandbox.bspk_tally().made, 1);
}

#[tokio::test]
async fn only_bearer_and_the_right_key_authorize() {
    let sandbox = sandbox().await;
    let url = format!("{}{UPSERT}", sandbox.bspk_url());
    let call = || client().post(&url).json(&json!({"shopper": {}}));
    let key = sandbox.bspk_key();

    for authorization in [
        key.to_owned(),
        format!("bearer {key}"),
        format!("Bearer  {key}"),
        format!("Bearer {key}x"),
        format!("Bearer {}", sandbox.gatsby_key()),
    ] {
        let answer = refusal(call().header("authorization", &authorization)).await;

        assert_eq!(
            answer,
            (401, vec!["unauthorized".to_owned()]),
            "{authorization}"
        );
    }
    assert_eq!(refusal(call()).await.0, 401);
    assert_eq!(read(call().bearer_auth(key)).await.0, 200);
    assert_eq!(sandbox.bspk_tally().calls, 7);
    assert_eq!(sandbox.bspk_tally().accepted, 1);
}

#[tokio::test]
async fn a_body_that_breaks_the_schema_is_refused_and_not_stored() {
    let sandbox = sandbox().await;

    for (shopper, code) in [
        (json!({"shopperRef": "A"}), "unknown_attribute"),
        (json!({"extra": {"color": "red"}}), "unknown_attribute"),
        (json!({"profile_type": "robot"}), "invalid_value"),
        (json!({"email_contact": "yes"}), "invalid_value"),
        (json!({"birthday": "1982-02-30"}), "invalid_value"),
        (json!({"preferred_contact_channel": "fax"}), "invalid_value"),
        (json!({"email": 5}), "invalid_type"),
        (json!({"email": null}), "invalid_type"),
        (json!("A"), "invalid_type"),
    ] {
        let answer = refusal(upsert(&sandbox, shopper.clone())).await;

        assert_eq!(answer, (422, vec![code.to_owned()]), "{shopper}");
    }
    let without_envelope = upsert(&sandbox, json!({})).json(&json!({"shopper_ref": "A"}));
    let codes = ["unknown_attribute", "missing_attribute"].map(str::to_owned);
    assert_eq!(refusal(without_envelope).await, (422, codes.to_vec()));
    assert_eq!(sandbox.bspk_tally().shoppers, 0);
}

#[tokio::test]
async fn a_title_names_the_attribute_and_quotes_its_value() {
    let sandbox = sandbox().await;

    let (_, body) = read(upsert(&sandbox, json!({"email": 5}))).await;

    let title = "shopper.email: 5 is not of type \"string\"";
    assert_eq!(
        body,
        json!({"errors": [{"title": title, "code": "invalid_type"}]})
    );
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_bad_request() {
    let sandbox = sandbox().await;
    let call = || upsert(&sandbox, json!({}));

    for (content_type, body) in [
        ("application/json", ""),
        ("application/json", "{\"shopper\": {}"),
        ("application/json", "shopper=A"),
        ("text/plain", "{\"shopper\": {}}"),
        ("application/jsonp", "{\"shopper\": {}}"),
    ] {
        let call = call().body(body).header("content-type", content_type);

        // reqwest's `json` has already set a content type; this replaces it.
        let mut request = call.build().unwrap();
        request
            .headers_mut()
            .insert("content-type", content_type.parse().unwrap());
        let answer = client().execute(request).await.unwrap();

        assert_eq!(answer.status(), 400, "{content_type} {body}");
        assert!(answer.text().await.unwrap().contains("bad_request"));
    }
    let with_charset = {
        let mut request = call().build().unwrap();
        let value = "Application/JSON; charset=utf-8".parse().unwrap();
        request.headers_mut().insert("content-type", value);
        request
    };
    assert_eq!(client().execute(with_charset).await.unwrap().status(), 200);
}

#[tokio::test]
async fn an_operation_that_is_not_served_is_a_421() {
    let sandbox = sandbox().await;
    let call = |method: &str, path: &str| {
        client()
            .request(
                method.parse().unwrap(),
                format!("{}{path}", sandbox.bspk_url()),
            )
            .bearer_auth(sandbox.bspk_key())
    };

    for (method, path) in [
        ("GET", UPSERT),
        ("PUT", UPSERT),
        ("POST", "/api/platform/v1/shoppers/"),
        ("POST", "/api/platform/v1/clients"),
        ("POST", "/api/platform/v2/shoppers"),
        ("POST", "/nowhere"),
        ("GET", "/"),
    ] {
        assert_eq!(
            refusal(call(method, path)).await,
            (421, vec!["not_served".to_owned()]),
            "{path}"
        );
    }
    assert_eq!(sandbox.bspk_tally().calls, 5);
}

#[tokio::test]
async fn a_response_is_declared_as_json() {
    let sandbox = sandbox().await;

    let answer = upsert(&sandbox, json!({})).send().await.unwrap();

    assert_eq!(
        header(&answer, "content-type"),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(header(&answer, "x-ratelimit-limit"), None);
}
