//! Each rule that changes progenitor's output, broken on purpose.

use serde_json::{Value, json};

use super::{
    super::{
        answers::{self, Answered},
        operations, rust,
    },
    *,
};

/// A document with all that a rule looks for.
fn document() -> Value {
    let thing = json!({"title": "Thing", "type": "object", "properties": {
        "name": {"type": "string"},
        "kind": {"title": "Kind", "type": "string", "enum": ["a", "b"]},
    }});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "A vendor", "version": "1.0.0"},
        "paths": {"/things/{id}": {"post": {
            "operationId": "put_thing",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "page", "in": "query", "schema": {"type": "string"}},
            ],
            "requestBody": {"content": {"application/json": {"schema": {
                "title": "Envelope", "type": "object", "properties": {"thing": thing},
            }}}},
            "responses": {"2XX": {"description": "Done.", "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            }}},
        }}},
    })
}

/// Changes what progenitor wrote, after `from` in it became `to`.
fn change(from: &str, to: &str) -> Result<String, Refusal> {
    let operations = operations::read(&document()).unwrap();
    let answers = answers::types(document(), &[]).unwrap();
    let file = rust::generate(document(), &[], |generator, document| {
        generator.generate_tokens(document)
    });
    let file = file.unwrap();
    let written = quote!(#file).to_string();
    assert!(written.contains(from), "{from} is not in {written}");
    let file = syn::parse_str(&written.replace(from, to)).unwrap();
    rust::change(file, "vendor", &Answered::default(), &operations, &answers)
}

#[test]
fn the_output_that_the_refusals_start_from_is_accepted() {
    let changed = change("put_thing", "put_thing").unwrap();

    assert!(changed.contains("impl super::Client"), "{changed}");
}

#[test]
fn output_without_what_a_rule_expects_is_refused_with_rule_and_place() {
    let cases = [
        ("address", "self . baseurl ,", "self . base ,"),
        ("api-version", "\"api-version\"", "\"api_version\""),
        ("map of headers", "let mut header_map", "let mut map"),
        (
            "headers of a request",
            ". headers (header_map)",
            ". more (header_map)",
        ),
        ("hooks", "self . pre (", "self . before ("),
        ("hooks", "self . post (", "self . after ("),
        ("exec", "self . exec (", "self . send ("),
        ("body", ". json (", ". form ("),
        ("query", ". query (", ". queries ("),
        (
            "type of the answer",
            "ResponseValue < ByteStream >",
            "ResponseValue < Bytes >",
        ),
        (
            "answer",
            "ResponseValue :: stream",
            "ResponseValue :: bytes",
        ),
        ("envelope", "pub thing :", "pub things :"),
        (
            "envelope",
            "body : & 'a types :: Envelope",
            "body : types :: Envelope",
        ),
    ];

    for (rule, from, to) in cases {
        let message = change(from, to).unwrap_err().to_string();

        let place = "#/paths/~1things~1{id}/post: ";
        assert!(message.starts_with(place), "{rule}: {message}");
        let words = format!("the rule {rule:?} matched ");
        assert!(message.contains(&words), "{rule}: {message}");
        assert!(message.contains("adapt build/"), "{rule}: {message}");
    }
}

#[test]
fn a_method_that_is_no_operation_is_refused() {
    let message = change("fn put_thing", "fn take_thing")
        .unwrap_err()
        .to_string();

    assert!(
        message.contains("matched 0 times") || message.contains("`take_thing`"),
        "{message}"
    );
}

#[test]
fn a_type_without_what_a_rule_expects_is_refused_by_name() {
    let cases = [
        ("Debug", "Clone , Debug", "Clone"),
        ("invalid value", "\"invalid value\"", "\"not a value\""),
    ];

    for (rule, from, to) in cases {
        let message = change(from, to).unwrap_err().to_string();

        let words = format!("the rule {rule:?} matched 0 times");
        assert!(message.contains(&words), "{rule}: {message}");
        assert!(message.contains("for the type `"), "{rule}: {message}");
    }
}
