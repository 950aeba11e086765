//! What holds for every document: it is not other than itself, and nothing panics.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    changes, document,
    mutants::{documents, pointers, with},
    operations,
};
use crate::diff::{document::Document, report::Report};

#[test]
fn a_document_is_not_other_than_itself() {
    for (name, value) in documents() {
        let text = value.to_string();

        assert_eq!(changes(&text, &text), [], "{name}");
    }
}

#[test]
fn a_document_that_grows_without_end_is_compared_in_time() {
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
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}}).to_string()
    };

    assert_eq!(changes(&intricate("string"), &intricate("string")), []);
    let found = changes(&intricate("string"), &intricate("integer"));
    assert!(found.iter().any(|change| change.id == "not-compared"));
}

#[test]
fn a_chain_of_schemas_deeper_than_is_compared_is_not_other_than_itself() {
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
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}}).to_string()
    };

    assert_eq!(changes(&deep("string"), &deep("string")), []);
    let found = changes(&deep("string"), &deep("integer"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, "not-compared");
}

/// Any JSON, with the words of OpenAPI among its keys.
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
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = Document::parse("a", &text);
    }

    #[test]
    fn any_json_is_compared_or_refused(mut value in any_json()) {
        if let Some(keys) = value.as_object_mut() {
            keys.insert("openapi".to_owned(), "3.0.3".into());
        }
        if let Ok(one) = Document::parse("a", &value.to_string()) {
            let other = document("{openapi: 3.0.3}");
            prop_assert!(Report::between(&one, &one).changes().is_empty());
            let _ = (Report::between(&one, &other).text(), Report::between(&other, &one).markdown());
        }
    }

    #[test]
    fn a_document_with_any_json_in_it_is_compared_or_refused(
        at in any::<prop::sample::Index>(),
        value in any_json(),
    ) {
        let old = document(operations::DOCUMENT);
        let pointers = pointers(old.value());
        let pointer = &pointers[at.index(pointers.len())];
        let mutant = with(old.value(), pointer, value);

        if let Ok(new) = Document::parse("a", &mutant.to_string()) {
            prop_assert!(Report::between(&new, &new).changes().is_empty());
            let _ = (Report::between(&old, &new).json(), Report::between(&new, &old).text());
        }
    }
}
