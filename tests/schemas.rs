//! The JSON Schemas of the types, with the feature `schemars`.
#![cfg(feature = "schemars")]

use schemars::schema_for;
use serde_json::{Value, json};
use shoppers::{bspk, gatsby};

fn is_valid(schema: &schemars::Schema, value: &Value) -> bool {
    jsonschema::is_valid(schema.as_value(), value)
}

#[test]
fn a_bspk_shopper_has_every_attribute_of_the_vendor() {
    let vendors: Value =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/bspk.json"))).unwrap();
    let vendors = &vendors["paths"]["/api/platform/v1/shoppers"]["post"]["requestBody"]["content"]
        ["application/json"]["schema"]["properties"]["shopper"]["properties"];

    let schema = schema_for!(bspk::Shopper);

    let names = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&schema.as_value()["properties"]), names(vendors));
    assert_eq!(names(vendors).len(), 35);
}

#[test]
fn a_schema_is_as_strict_as_the_type() {
    let schema = schema_for!(bspk::Shopper);
    let cases = [
        (json!({}), true),
        (json!({"birthday": "02-22"}), true),
        (json!({"birthday": "1982-02-22"}), true),
        (json!({"birthday": "22.02.1982"}), false),
        (json!({"email_contact": "true"}), true),
        (json!({"email_contact": "yes"}), false),
        (json!({"profile_type": "organization"}), true),
        (json!({"profile_type": "nobody"}), false),
        (json!({"gender": "X"}), true),
        (json!({"gender": ""}), false),
        (json!({"languages": "en;fr"}), true),
        (json!({"languages": "en;;fr"}), false),
        (json!({"email": 7}), false),
    ];

    for (value, expected) in cases {
        assert_eq!(is_valid(&schema, &value), expected, "{value}");
        assert_eq!(
            serde_json::from_value::<bspk::Shopper>(value.clone()).is_ok(),
            expected,
            "{value}"
        );
    }
}

#[test]
fn an_answers_schema_accepts_what_the_type_accepts() {
    let cases = [
        (
            schema_for!(bspk::Upserted),
            json!({"id": 7, "warnings": null, "new": [1]}),
        ),
        (
            schema_for!(gatsby::Shopper),
            json!({"_id": "a", "channel": {"instagram": {"isVerified": null}}}),
        ),
        (
            schema_for!(gatsby::ShopperInput),
            json!({"channel": {"tiktok": {"userName": "j"}}}),
        ),
    ];

    for (schema, value) in cases {
        assert!(is_valid(&schema, &value), "{value}");
    }
    assert!(!is_valid(&schema_for!(bspk::Upserted), &json!({})));
}
