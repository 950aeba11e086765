//! Requests: addresses, headers, bodies, and the mocks that match them.

use super::*;

#[test]
fn a_mock_takes_an_id_as_it_is_and_the_types_of_the_document() {
    let document = DOCUMENT.replace("/things:", "/things/{id}:").replace(
        "operationId: put_thing\n",
        "operationId: put_thing\n      \
         parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n",
    );

    let made = generate(&document, None).unwrap();

    let words = made.split_whitespace().collect::<String>();
    assert!(words.contains("regex::escape(&::progenitor_client::encode_path(&value.to_string()))"));
    assert!(words.contains("pubfnid(self,value:&str)"));
    assert!(words.contains("pubfnbody(self,value:&types::Thing)"));
    // The answers are as the document describes them, and not unread as for the client.
    assert!(words.contains("pubfnok(self,value:&types::Done)"));
}

#[test]
fn a_mock_answers_a_number() {
    let document = DOCUMENT.replacen(
        "title: Done\n                type: object",
        "type: integer",
        1,
    );
    let (document, _) = document.split_once("                required:").unwrap();

    let made = generate(document, None).unwrap();

    assert!(made.contains("pub fn ok(self, value: i64)"), "{made}");
    assert!(made.contains(".json_body_obj(&value)"), "{made}");
}

#[test]
fn a_mock_takes_what_is_in_an_envelope() {
    let envelope = "schema: {title: Envelope, type: object, properties: {things: {type: array, items: {title: Thing, \
                    type: object, properties: {name: {type: string}}}}}}";
    let body = "schema: {title: Thing, type: object, properties: {name: {type: string}}}";
    let document = DOCUMENT.replacen(body, envelope, 1);

    let made = generate(&document, None).unwrap();

    let words = made.split_whitespace().collect::<String>();
    assert!(
        words.contains("pubfnbody(self,value:&[Thing])")
            || words.contains("pubfnbody(self,value:&[types::Thing])"),
        "{made}"
    );
    assert!(words.contains("json!({\"things\":value})"), "{made}");
}

#[test]
fn an_envelope_may_hold_a_list_of_numbers() {
    let document = with_operation(
        "post",
        "      requestBody: {content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: integer}}}}}}}\n",
    );

    let made = generate(&document, None).unwrap();

    assert!(made.contains("ids: &[i64],"), "{made}");
}

#[test]
fn an_operation_does_not_do_again_what_is_the_same_for_every_call() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains(r#"let url = self.inner.url("/things");"#),
        "{made}"
    );
    assert!(
        made.contains(r#"pub(crate) const PATHS: &[&str] = &["/things"];"#),
        "{made}"
    );
    assert!(!made.contains("api-version"), "{made}");
    assert!(!made.contains("header_map"), "{made}");
}

#[test]
fn a_path_that_is_not_the_same_for_every_call_is_made_for_each() {
    let document = DOCUMENT.replacen(
        "  /things:\n    post:",
        "  /things/{id}:\n    post:\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
        1,
    );

    let made = generate(&document, None).unwrap();

    assert!(
        made.contains(r#".url(&format!("/things/{}", encode_path(& id.to_string())))"#),
        "{made}"
    );
    assert!(
        made.contains("pub(crate) const PATHS: &[&str] = &[];"),
        "{made}"
    );
}

#[test]
fn a_header_that_the_document_asks_for_is_sent() {
    let document = DOCUMENT.replacen(
        "      operationId: put_thing",
        "      operationId: put_thing\n      parameters: [{name: version, in: header, required: true, schema: {type: string}}]",
        1,
    );

    let made = generate(&document, None).unwrap();

    assert!(made.contains(r#"header_map.append("version", "#), "{made}");
    assert!(made.contains(".headers(header_map)"), "{made}");
    assert!(!made.contains("api-version"), "{made}");
}

#[test]
fn a_request_is_not_kept_while_its_call_waits() {
    let made = generate(DOCUMENT, None).unwrap();
    let (_, operation) = made.split_once(".build()?;").unwrap();
    let (before, _) = operation
        .split_once("self.exec(request, &info).await")
        .unwrap();

    assert!(!before.contains("await"), "{made}");
    assert!(!operation.contains("self.post("), "{made}");
}

#[test]
fn a_body_is_written_in_one_piece() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains(".body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)"),
        "{made}"
    );
    assert!(
        made.contains(".header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)"),
        "{made}"
    );
}

#[test]
fn an_envelope_borrows_and_any_other_body_does_not() {
    let envelope = "schema: {title: Envelope, type: object, properties: {thing: {title: Thing, type: object, \
                    properties: {name: {type: string}}}}}";
    let body = "schema: {title: Thing, type: object, properties: {name: {type: string}}}";
    let document = DOCUMENT.replacen(body, envelope, 1);

    let made = generate(&document, None).unwrap();
    let (_, lent) = made.split_once("pub struct Envelope<'a> {").unwrap();

    assert!(
        lent.contains("pub thing: ::std::option::Option<&'a Thing>,"),
        "{made}"
    );
    assert!(made.contains("body: &'a types::Envelope<'a>"), "{made}");
    assert!(
        made.contains("impl ::std::fmt::Debug for Envelope<'_>"),
        "{made}"
    );
    assert!(
        generate(DOCUMENT, None)
            .unwrap()
            .contains("body: &'a types::Thing,"),
        "{made}"
    );
}
