//! Documents that cannot be compared: the message has the place, the problem and a remedy.

use super::{changes, json};
use openapi_verdict::Document;

/// A name, the text, and parts of the message.
#[rustfmt::skip]
const INVALID: &[(&str, &str, &[&str])] = &[
    ("OpenAPI 3.1", "openapi: 3.1.0", &["OpenAPI \"3.1.0\" is not supported", "convert it"]),
    ("OpenAPI 2", "swagger: '2.0'", &["OpenAPI \"2.0\" is not supported", "swagger2openapi"]),
    ("a version that is a number", "openapi: 3.1", &["OpenAPI \"3.1\" is not supported"]),
    ("something else", "a: 1", &["`openapi: 3.0.x` is missing"]),
    ("a list", "- a", &["no OpenAPI document"]),
    ("a reference to nowhere", "openapi: 3.0.3\npaths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A'}}}}}", &["#/paths/~1a/get/responses/200: ", "has no target"]),
    ("a reference out of the document", "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: 'b.yaml#/A'}}}", &["#/components/schemas/A: ", "points outside the document", "bundle"]),
    ("references in a circle", "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}", &["ends in a cycle"]),
    ("a mapping to nowhere", "openapi: 3.0.3\ncomponents: {schemas: {A: {discriminator: {propertyName: a, mapping: {b: B}}}}}", &["/discriminator/mapping/b: ", "is no schema"]),
    ("a reference to something else", "openapi: 3.0.3\ncomponents: {schemas: {A: {type: array, items: {$ref: '#/components/parameters/P'}}}, parameters: {P: {name: p, in: query, required: true}}}", &["#/components/parameters/P/required: ", "an array of strings"]),
    ("a type of 3.1", "openapi: 3.0.3\ncomponents: {schemas: {A: {type: [string, 'null']}}}", &["#/components/schemas/A/type: ", "one of string, number"]),
    ("a limit of 3.1", "openapi: 3.0.3\ncomponents: {schemas: {A: {exclusiveMinimum: 3}}}", &["/exclusiveMinimum: ", "true or false"]),
    ("a length below nothing", "openapi: 3.0.3\ncomponents: {schemas: {A: {minLength: -1}}}", &["/minLength: ", "a non-negative integer"]),
    ("a list of paths", "openapi: 3.0.3\npaths: [a]", &["#/paths: ", "an object"]),
    ("a parameter in a body", "openapi: 3.0.3\npaths: {/a: {parameters: [{in: body, name: a}]}}", &["#/paths/~1a/parameters/0/in: ", "one of path, query"]),
    ("a field that is a word", "openapi: 3.0.3\ncomponents: {schemas: {A: {properties: {a: string}}}}", &["/properties/a: ", "an object"]),
];

#[test]
fn an_invalid_document_is_an_error_with_place_and_remedy() {
    for (name, text, expected) in INVALID {
        let error = Document::new(json(text)).unwrap_err().to_string();

        for part in *expected {
            assert!(error.contains(part), "{name}: {error:?} lacks {part:?}");
        }
    }
}

#[test]
fn a_reference_may_be_percent_encoded() {
    let one = "
openapi: 3.0.3
paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A%20B'}}}}}
components: {responses: {A B: {description: A}}}
";
    let other = "
openapi: 3.0.3
paths: {/a: {get: {responses: {'200': {description: A}}}}}
";

    assert_eq!(changes(one, other), []);
}

#[test]
fn a_property_may_be_named_ref() {
    let text = "{openapi: 3.0.3, components: {schemas: {A: {properties: {$ref: {type: string}}}}}}";

    assert!(Document::new(json(text)).is_ok());
}
