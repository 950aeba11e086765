//! Answers.

use super::*;

#[test]
fn an_answer_that_is_not_json_is_refused() {
    let message = refusal(
        "content:\n            application/json:\n              schema:\n                title: Done",
        "content:\n            text/csv:\n              schema:\n                title: Done",
    );

    assert_eq!(
        message,
        "#/paths/~1things/post/responses/200: answers text/csv, but answers are read as JSON alone; leave the operation out"
    );
}

#[test]
fn a_success_without_a_body_is_one() {
    for success in [
        "'204': {description: Done.}",
        "'200': {description: Done., content: {}}",
    ] {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: A vendor, version: 1.0.0}}\npaths:\n  /things:\n    delete:\n      \
             operationId: delete_things\n      responses:\n        {success}\n"
        );

        let made = generate(&document, None).unwrap();

        assert!(made.contains("pub async fn delete_things"), "{made}");
    }
}

#[test]
fn two_successes_that_differ_are_refused() {
    let message = refusal(
        "        '422':",
        "        '201': {description: New., content: {application/json: {schema: {type: string}}}}\n        '422':",
    );

    assert!(
        message.contains("two successes have different answers"),
        "{message}"
    );
}

#[test]
fn any_success_is_one_and_a_failure_arrives_whole() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(made.contains("200..=299 => Ok("), "{made}");
    assert!(
        made.contains("_ => Err(Error::UnexpectedResponse(response))"),
        "{made}"
    );
    assert!(!made.contains("422"), "{made}");
}

#[test]
fn an_answer_goes_out_as_it_came() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains("-> Result<::reqwest::Response, Error<()>>"),
        "{made}"
    );
    assert!(made.contains("200..=299 => Ok(response),"), "{made}");
}

#[test]
fn an_answer_that_one_success_leaves_out_is_optional() {
    let document = DOCUMENT.replace(
        "        '422':",
        "        '204': {description: Nothing.}\n        '422':",
    );

    let made = generate(&document, None).unwrap();

    let words = made.split_whitespace().collect::<String>();
    assert!(
        words.contains("->::std::result::Result<::std::option::Option<types::Done>,crate::Error>"),
        "{made}"
    );
    assert!(words.contains(".optional_json()"), "{made}");
}

#[test]
fn what_operations_share_is_described_where_it_is_used() {
    let document = "openapi: 3.0.3\ninfo: {title: A vendor, version: 1.0.0}\npaths:\n  /things:\n    post:\n      \
         operationId: put_thing\n      parameters: [{$ref: '#/components/parameters/Order'}]\n      \
         requestBody: {$ref: '#/components/requestBodies/Thing'}\n      \
         responses: {'200': {$ref: '#/components/responses/Done'}}\n\
         components:\n  parameters: {Order: {name: order, in: query, schema: {type: string, enum: [up, down]}}}\n  \
         requestBodies: {Thing: {content: {application/json: {schema: {type: object, properties: {name: {type: string}, \
         size: {type: integer}}}}}}}\n  \
         responses: {Done: {description: Done., content: {application/json: {schema: {type: object, properties: {id: \
         {type: integer}}}}}}}\n";

    let made = generate(document, None).unwrap();

    for expected in [
        "thing: &types::Thing,",
        "pub order: ::std::option::Option<types::Order>,",
        "::std::result::Result<types::Done, crate::Error>",
    ] {
        assert!(made.contains(expected), "{expected} is not in {made}");
    }
    for section in ["parameters/Order", "requestBodies/Thing", "responses/Done"] {
        let broken = document.replace(&format!("{section}'"), &format!("{section}s'"));
        let message = generate(&broken, None).unwrap_err();
        assert!(message.contains("/$ref: \"#/components/"), "{message}");
        assert!(
            message.contains("leads nowhere; describe it in"),
            "{message}"
        );
    }
}
