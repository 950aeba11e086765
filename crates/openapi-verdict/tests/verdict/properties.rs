//! Properties of every comparison: a document equals itself, and nothing panics.

use openapi_verdict::{Document, Rule, compare};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    changes_of, json as yaml,
    mutants::{documents, pointers, with},
    operations,
};

#[test]
fn a_document_equals_itself() {
    for (name, value) in documents() {
        assert_eq!(changes_of(&value, &value), [], "{name}");
    }
}

#[test]
fn a_document_with_exponentially_many_paths_is_compared_in_time() {
    // Each component holds the next one twice: 2^60 ways to the last.
    let intricate = |last: &str| {
        let mut schemas = Map::new();
        for index in 0..60 {
            let next = json!({"$ref": format!("#/components/schemas/S{}", index + 1)});
            let schema = json!({"type": "object", "properties": {"a": next, "b": next}});
            schemas.insert(format!("S{index}"), schema);
        }
        schemas.insert("S60".to_owned(), json!({ "type": last }));
        let first = json!({"$ref": "#/components/schemas/S0"});
        let answer = json!({"description": "", "content": {"application/json": {"schema": first}}});
        let paths = json!({"/a": {"get": {"responses": {"200": answer}}}});
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}})
    };

    assert_eq!(changes_of(&intricate("string"), &intricate("string")), []);
    let found = changes_of(&intricate("string"), &intricate("integer"));
    assert!(found.iter().any(|change| change.rule == Rule::NotCompared));
}

#[test]
fn a_chain_of_schemas_beyond_the_maximum_depth_equals_itself() {
    let deep = |last: &str| {
        let mut schemas = Map::new();
        for index in 0..300 {
            let next = json!({"$ref": format!("#/components/schemas/S{}", index + 1)});
            schemas.insert(format!("S{index}"), json!({"type": "array", "items": next}));
        }
        schemas.insert("S300".to_owned(), json!({ "type": last }));
        let first = json!({"$ref": "#/components/schemas/S0"});
        let body = json!({"content": {"application/json": {"schema": first}}});
        let paths = json!({"/a": {"post": {"requestBody": body, "responses": {}}}});
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}})
    };

    assert_eq!(changes_of(&deep("string"), &deep("string")), []);
    let found = changes_of(&deep("string"), &deep("integer"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, Rule::NotCompared);
}

/// Any JSON, with keywords of OpenAPI among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(vec![
        "openapi",
        "paths",
        "/a",
        "/a/{b}",
        "get",
        "post",
        "parameters",
        "schema",
        "properties",
        "allOf",
        "oneOf",
        "items",
        "$ref",
        "type",
        "enum",
        "required",
        "content",
        "responses",
        "200",
        "components",
        "schemas",
        "in",
        "name",
        "security",
        "servers",
        "url",
        "default",
        "discriminator",
        "mapping",
        "callbacks",
        "headers",
        "nullable",
        "minimum",
        "é{",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "3.0.3",
            "string",
            "object",
            "array",
            "path",
            "query",
            "#/paths/~1a",
            "#",
            "#/",
            "%",
            "#/components/schemas/a",
            "other.yaml#/a",
            "{",
            "}{",
            "application/json",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(keys.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|keys| Value::Object(keys.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_compared_or_rejected(mut value in any_json()) {
        if let Some(keys) = value.as_object_mut() {
            keys.insert("openapi".to_owned(), "3.0.3".into());
        }
        if let Ok(one) = Document::new(value) {
            let other = Document::new(json!({"openapi": "3.0.3"})).unwrap();
            prop_assert!(compare(&one, &one).is_empty());
            let _ = (compare(&one, &other).text(), compare(&other, &one).markdown());
        }
    }

    #[test]
    fn a_document_with_any_json_in_it_is_compared_or_rejected(
        at in any::<prop::sample::Index>(),
        value in any_json(),
    ) {
        let old = yaml(operations::DOCUMENT);
        let pointers = pointers(&old);
        let pointer = &pointers[at.index(pointers.len())];
        let mutant = with(&old, pointer, value);
        let old = Document::new(old).unwrap();

        if let Ok(new) = Document::new(mutant) {
            prop_assert!(compare(&new, &new).is_empty());
            let _ = (compare(&old, &new).json(), compare(&new, &old).text());
        }
    }
}

#[test]
fn servers_of_one_address_are_told_apart_by_their_order() {
    let mut document = yaml(operations::DOCUMENT);
    document["servers"] = json!([{}, {"description": "Europe."}, {"url": "/"}]);
    let document = Document::new(document).unwrap();

    assert!(compare(&document, &document).is_empty());
}
