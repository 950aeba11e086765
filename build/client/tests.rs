//! Each rule that changes progenitor's output, broken on purpose.

use serde_json::{Value, json};

use super::{
    super::{
        answers::{self, Answered},
        generator, mock, operations, rust,
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

/// The document with a header and a body without an envelope.
fn with_header() -> Value {
    let mut document = document();
    let operation = &mut document["paths"]["/things/{id}"]["post"];
    operation["parameters"][1] =
        json!({"name": "store", "in": "header", "schema": {"type": "string"}});
    operation["requestBody"]["content"]["application/json"]["schema"] = json!({"type": "string"});
    document
}

/// What progenitor wrote, after `from` in it became `to`.
fn broken(file: Result<syn::File, Refusal>, from: &str, to: &str) -> syn::File {
    let file = file.unwrap();
    let written = quote!(#file).to_string();
    assert!(written.contains(from), "{from} is not in {written}");
    syn::parse_str(&written.replace(from, to)).unwrap()
}

/// Changes what progenitor wrote, after `from` in it became `to`.
fn change_in(document: Value, from: &str, to: &str) -> Result<String, Refusal> {
    let operations = operations::read(&document).unwrap();
    let answers = answers::types(document.clone(), &[]).unwrap();
    let file = generator::generate(document, &[], |generator, document| {
        generator.generate_tokens(document)
    });
    let file = broken(file, from, to);
    let changed = rust::change(file, "vendor", &Answered::default(), &operations, &answers);
    changed.map(|(rust, _)| rust)
}

fn change(from: &str, to: &str) -> Result<String, Refusal> {
    change_in(document(), from, to)
}

/// Changes the mocks that progenitor wrote, after `from` in them became `to`.
fn change_mocks(from: &str, to: &str) -> Result<String, Refusal> {
    let operations = operations::read(&document()).unwrap();
    let file = generator::generate(document(), &[], |generator, document| {
        generator.httpmock(document, "super::super")
    });
    mock::change(broken(file, from, to), &operations, &Default::default())
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
            "body of an envelope",
            "ResponseValue < ByteStream >",
            "types :: Envelope",
        ),
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
        is_refused(change(from, to), rule);
    }
    let cases = [
        (
            "header",
            "header_map . append (\"store\"",
            "header_map . put (\"store\"",
        ),
        ("method", "pub async fn put_thing", "pub async fn new"),
        ("address", "self . baseurl ,", "self . base ,"),
    ];
    for (rule, from, to) in cases {
        is_refused(change_in(with_header(), from, to), rule);
    }
    let cases = [
        ("mock", "impl PutThingWhen", "impl PutThingIf"),
        ("answers of a mock", "impl PutThingThen", "impl PutThingSo"),
        (
            "value in a path of a mock",
            "& format ! (\"^/things",
            "& pattern ! (\"^/things",
        ),
    ];
    for (rule, from, to) in cases {
        is_refused(change_mocks(from, to), rule);
    }
}

#[track_caller]
fn is_refused(changed: Result<String, Refusal>, rule: &str) {
    let message = changed.unwrap_err().to_string();
    let place = "#/paths/~1things~1{id}/post: ";
    assert!(message.starts_with(place), "{rule}: {message}");
    let words = format!("the rule {rule:?} matched ");
    assert!(message.contains(&words), "{rule}: {message}");
    assert!(message.contains("adapt build/"), "{rule}: {message}");
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
