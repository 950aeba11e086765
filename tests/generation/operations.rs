//! The layer's facts about an operation, and its parameters.

use super::*;

#[test]
fn effect_and_idempotency_are_those_of_the_method_unless_the_document_says_otherwise() {
    let cases = [
        ("get", "", "Read", "Always"),
        ("head", "", "Read", "Always"),
        ("post", "", "Write", "Never"),
        ("put", "", "Write", "Never"),
        ("delete", "", "Write", "Never"),
        ("post", "effect: read", "Read", "Always"),
        ("put", "idempotent: always", "Write", "Always"),
        ("get", "effect: write, idempotent: never", "Write", "Never"),
    ];

    for (method, said, effect, idempotency) in cases {
        let document = with_operation(method, &format!("      x-shoppers: {{{said}}}\n"));

        let made = generate(&document, None).unwrap();

        let expected = format!(
            "method: \"{}\",\n    path: \"/things\",\n    effect: crate::Effect::{effect},\n    \
             idempotency: crate::Idempotency::{idempotency},",
            method.to_uppercase()
        );
        assert!(made.contains(&expected), "{expected} is not in {made}");
    }
}

#[test]
fn what_x_shoppers_does_not_have_is_refused_with_its_place() {
    let cases = [
        (
            "effects: read",
            "x-shoppers/effects: \"effects\" is not known; write `effect`",
        ),
        (
            "effect: reads",
            "x-shoppers/effect: is \"reads\"; write `read` or `write`",
        ),
        (
            "idempotent: true",
            "x-shoppers/idempotent: is true; write `always`, `never` or `with FIELD`",
        ),
        (
            "pages: cursor",
            "x-shoppers/pages: is \"cursor\"; write `link`",
        ),
        (
            "public: 'no'",
            "x-shoppers/public: is \"no\"; write `true` or `false`",
        ),
        (
            "answer: written",
            "x-shoppers/answer: is \"written\"; write ",
        ),
        (
            "idempotent: with ref",
            "x-shoppers/idempotent: the body is missing, and so is `ref`",
        ),
    ];

    for (said, expected) in cases {
        let document = with_operation("post", &format!("      x-shoppers: {{{said}}}\n"));

        let message = generate(&document, None).unwrap_err();

        assert!(message.contains("#/paths/~1things/post/"), "{message}");
        assert!(message.contains(expected), "{expected} is not in {message}");
    }
}

#[test]
fn a_parameter_that_would_not_be_sent_as_described_is_refused_with_its_place() {
    let cases = [
        "{name: a, in: query, style: deepObject, schema: {type: string}}",
        "{name: a, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}",
        "{name: a, in: query, schema: {type: object}}",
        "{name: a, in: query, content: {application/json: {schema: {type: string}}}}",
        "{name: a, in: cookie, schema: {type: string}}",
        "{name: Authorization, in: header, schema: {type: string}}",
        "{name: a, in: header, schema: {type: array, items: {type: string}}}",
    ];

    for parameter in cases {
        let document = with_operation("get", &format!("      parameters: [{parameter}]\n"));

        let message = generate(&document, None).unwrap_err();

        assert!(
            message.contains("#/paths/~1things/get/parameters/0/"),
            "{parameter}: {message}"
        );
        assert!(message.contains("leave the operation out"), "{message}");
    }
}

#[test]
fn all_operations_that_cannot_be_sent_are_refused_in_one_run() {
    let document = "openapi: 3.0.3\ninfo: {title: A vendor, version: 1.0.0}\npaths:\n  /a:\n    \
                    options: {responses: {'204': {description: Done.}}}\n    \
                    trace: {responses: {'204': {description: Done.}}}\n  /b:\n    \
                    put: {requestBody: {content: {text/plain: {schema: {type: string}}}}, responses: {'204': {description: Done.}}}\n";

    let message = generate(document, None).unwrap_err();

    for expected in [
        "#/paths/~1a/options: is no method that a client sends; leave the operation out",
        "#/paths/~1a/trace: is no method that a client sends; leave the operation out",
        "#/paths/~1b/put/requestBody/content: a body is sent as application/json alone",
    ] {
        assert!(message.contains(expected), "{expected}: {message}");
    }
}

#[test]
fn parameters_are_arguments_or_fields_by_where_they_stand() {
    let document = with_operation(
        "get",
        "      parameters:\n        \
         - {name: store, in: query, required: true, schema: {type: string}}\n        \
         - {name: from, in: query, description: The first day., schema: {type: string}}\n        \
         - {name: page, in: query, schema: {type: integer, minimum: 1}}\n        \
         - {name: fields, in: query, explode: false, schema: {type: array, items: {type: string}}}\n",
    );

    let made = generate(&document, None).unwrap();

    for expected in [
        "pub async fn list_things(\n        &self,\n        store: &str,\n        query: &ListThings,\n    ) -> \
         ::std::result::Result<(), crate::Error>",
        "/// The first day.\n    pub from: ::std::option::Option<::std::string::String>,",
        "pub page: ::std::option::Option<i64>,",
        "pub fields: ::std::option::Option<crate::CommaList>,",
        "query.from.as_deref()",
    ] {
        assert!(made.contains(expected), "{expected} is not in {made}");
    }
}

/// An operation with parameters of which some exclude each other, by these words.
fn with_alternatives_of(method: &str, said: &str, description: &str) -> String {
    let more = format!(
        "      x-shoppers: {{one_of: {said}}}\n      parameters:\n        \
         - {{name: store, in: query, required: true, schema: {{type: string}}}}\n        \
         - {{name: shop_ids, in: query, explode: false, schema: {{type: array, items: {{type: string}}}}}}\n        \
         - {{name: city, in: query, description: {description}, schema: {{type: string}}}}\n        \
         - {{name: level, in: query, schema: {{type: integer}}}}\n"
    );
    with_operation(method, &more)
}

fn with_alternatives(said: &str) -> Result<String, String> {
    generate(&with_alternatives_of("get", said, "The city."), None)
}

#[test]
fn parameters_that_exclude_each_other_are_one_enum() {
    let made = with_alternatives("{Place: [shop_ids, city, level]}").unwrap();

    let words = made.split_whitespace().collect::<String>();
    for expected in [
        "pub enum Place { /// The city.\n City(::std::string::String), /// The parameter `level`.\n Level(i64), \
         /// The parameter `shop_ids`.\n ShopIds(crate::CommaList), }",
        "pub place: ::std::option::Option<Place>,",
        "match &query.place { Some(Place::ShopIds(it)) => Some(it), _ => None, }",
        "match &query.place { Some(Place::City(it)) => Some(it.as_str()), _ => None, }",
        "match &query.place { Some(Place::Level(it)) => Some(*it), _ => None, }",
        "arguments.alternative(\"city\", Place::City, &mut chosen)?;",
        "excludes: &[\"shop_ids\", \"level\"],",
        "pub use super::{OPERATIONS, ListThings, Place};",
    ] {
        let expected = expected.split_whitespace().collect::<String>();
        assert!(words.contains(&expected), "{expected} is not in {made}");
    }
    for (said, expected) in [
        ("{place: [city]}", "/x-shoppers/one_of: is "),
        (
            "{Place: [city, town]}",
            "/one_of/Place/1: \"town\" is no parameter that can be left out",
        ),
        (
            "{Place: [store]}",
            "/one_of/Place/0: \"store\" is no parameter that can be left out",
        ),
        (
            "{Place: [city], Town: [city]}",
            "/one_of/Town/0: \"city\" is no parameter",
        ),
    ] {
        let message = with_alternatives(said).unwrap_err();
        assert!(message.contains(expected), "{expected} is not in {message}");
    }
}

#[test]
fn an_enum_is_shared_by_operations_that_name_the_same_parameters() {
    let with = |description: &str, more: &str| {
        let one = with_alternatives_of("get", "{Place: [city, level]}", "The city.");
        let other = with_alternatives_of("delete", more, description);
        let (_, other) = other.split_once("    delete:").unwrap();
        generate(
            &format!(
                "{one}    delete:{}",
                other.replace("list_things", "drop_things")
            ),
            None,
        )
    };

    let made = with("Another sentence.", "{Place: [city, level]}").unwrap();

    assert_eq!(made.matches("pub enum Place {").count(), 1, "{made}");
    let message = with("The city.", "{Place: [shop_ids, city]}").unwrap_err();
    assert!(
        message.contains("/x-shoppers/one_of/Place: is the name of another type"),
        "{message}"
    );
}

#[test]
fn a_call_is_idempotent_by_a_field_that_can_be_left_out() {
    let body = "      requestBody: {content: {application/json: {schema: {type: object, required: [id], properties: \
                {id: {type: string}, ref: {type: string}, tags: {type: array, items: {type: string}}, \
                level: {type: string, default: low}}}}}}\n";
    let with = |field: &str| {
        let more = format!("      x-shoppers: {{idempotent: with {field}}}\n{body}");
        generate(&with_operation("post", &more), None)
    };

    assert!(with("ref").unwrap().contains("LIST_THINGS.idempotency.of("));
    for (field, expected) in [
        ("id", "the body always has `id`"),
        (
            "tags",
            "the body has, if only as an empty one or by default, `tags`",
        ),
        (
            "level",
            "the body has, if only as an empty one or by default, `level`",
        ),
        ("size", "the body has no `size`"),
    ] {
        let message = with(field).unwrap_err();
        assert!(message.contains("/x-shoppers/idempotent: "), "{message}");
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn a_header_is_an_argument_unless_it_has_one_value() {
    let document = with_operation(
        "get",
        "      parameters:\n        \
         - {name: version, in: header, required: true, schema: {type: string, enum: ['1.1']}}\n        \
         - {name: X-Store, in: header, required: true, schema: {type: string}}\n        \
         - {name: X-Trace, in: header, schema: {type: string}}\n",
    );

    let made = generate(&document, None).unwrap();

    let words = made.split_whitespace().collect::<String>();
    for expected in [
        "generated.list_things(x_store,query.x_trace.as_deref(),\"1.1\")",
        "pubasyncfnlist_things(&self,x_store:&str,query:&ListThings,)",
        "name:\"X-Store\",location:crate::ParameterLocation::Header,is_required:true,",
    ] {
        assert!(words.contains(expected), "{expected} is not in {made}");
    }
    assert!(!made.contains("name: \"version\""), "{made}");
}

#[test]
fn a_head_has_no_answer() {
    let document = with_operation("head", "").replace(
        "'200': {description: Done.}",
        "'200': {description: Done., content: {application/json: {schema: {type: array, items: {type: string}}}}}",
    );

    let made = generate(&document, None).unwrap();

    assert!(
        made.contains("list_things(&self) -> ::std::result::Result<(), crate::Error>"),
        "{made}"
    );
}

#[test]
fn a_parameter_may_have_the_name_of_a_variable() {
    let document = with_operation(
        "get",
        "      parameters:\n        \
         - {name: client, in: query, required: true, schema: {type: string}}\n        \
         - {name: arguments, in: query, required: true, schema: {type: string}}\n        \
         - {name: query, in: query, schema: {type: string}}\n",
    );

    let made = generate(&document, None).unwrap();

    for expected in [
        "client_: &super::super::Client",
        "query_: &ListThings",
        "let mut arguments_ =",
    ] {
        assert!(made.contains(expected), "{expected} is not in {made}");
    }
}

/// A document whose operation wants its key as some scheme says.
fn with_key(scheme: &str) -> String {
    let document = with_operation("get", "      security: [{Key: []}]\n");
    format!("{document}components: {{securitySchemes: {{Key: {{{scheme}}}}}}}\n")
}

#[test]
fn a_key_goes_into_the_header_that_the_document_names() {
    let cases = [
        ("type: http, scheme: bearer", "&[]"),
        ("type: apiKey, in: header, name: Authorization", "&[]"),
        (
            "type: apiKey, in: header, name: ApiKey",
            "&[(\"list_things\", \"apikey\")]",
        ),
    ];

    for (scheme, expected) in cases {
        let made = generate(&with_key(scheme), None).unwrap();

        let list = format!("pub(crate) const KEY_HEADERS: &[(&str, &str)] = {expected};");
        assert!(made.contains(&list), "{scheme}: {made}");
    }
    for scheme in [
        "type: http, scheme: basic",
        "type: apiKey, in: query, name: key",
        "type: apiKey, in: header, name: Host",
        "type: openIdConnect, openIdConnectUrl: 'https://id.example'",
    ] {
        let message = generate(&with_key(scheme), None).unwrap_err();

        assert!(
            message.starts_with("#/paths/~1things/get/security: \"Key\" wants the key in a way"),
            "{scheme}: {message}"
        );
    }
}
