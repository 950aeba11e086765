//! What is no document, or none that can be compared: each says what it is, where, and what to do.

use super::{changes, document};
use crate::diff::document::Document;

/// What it is, the text, and words of the refusal.
#[rustfmt::skip]
const REFUSED: &[(&str, &str, &[&str])] = &[
    ("an empty file", " \n", &["is empty"]),
    ("a page of HTML", "<!DOCTYPE html><html></html>", &["a page of HTML", "/openapi.yaml"]),
    ("OpenAPI 3.1", "openapi: 3.1.0", &["is OpenAPI \"3.1.0\"", "convert it"]),
    ("OpenAPI 2", "swagger: '2.0'", &["is OpenAPI \"2.0\"", "swagger2openapi"]),
    ("a version that is a number", "openapi: 3.1", &["is OpenAPI \"3.1\""]),
    ("something else", "a: 1", &["no `openapi: 3.0.x`"]),
    ("a list", "- a", &["is not an object"]),
    ("a key twice", "openapi: 3.0.3\ninfo: {}\ninfo: {}", &["line 3", "info"]),
    ("YAML with an error", "openapi: 3.0.3\npaths:\n  a: [", &["not YAML", "line 3"]),
    ("JSON with an error", "{\n  \"openapi\": \"3.0.3\",\n  \"paths\": {,}\n}", &["not JSON", "line 3"]),
    ("JSON with a key twice", "{\"openapi\": \"3.0.3\", \"info\": {}, \"info\": {}}", &["duplicate", "info"]),
    ("a number of a page", "---\nopenapi: 3.0.3\n---\nopenapi: 3.0.3\n", &["not YAML"]),
    ("a reference to nowhere", "openapi: 3.0.3\npaths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A'}}}}}", &["#/paths/~1a/get/responses/200: ", "leads nowhere"]),
    ("a reference out of the document", "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: 'b.yaml#/A'}}}", &["#/components/schemas/A: ", "leads out of the document", "bundle"]),
    ("references in a circle", "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}", &["leads to references alone"]),
    ("a mapping to nowhere", "openapi: 3.0.3\ncomponents: {schemas: {A: {discriminator: {propertyName: a, mapping: {b: B}}}}}", &["/discriminator/mapping/b: ", "is no schema"]),
    ("a reference to something else", "openapi: 3.0.3\ncomponents: {schemas: {A: {type: array, items: {$ref: '#/components/parameters/P'}}}, parameters: {P: {name: p, in: query, required: true}}}", &["#/components/parameters/P/required: ", "a list of strings"]),
    ("a type of 3.1", "openapi: 3.0.3\ncomponents: {schemas: {A: {type: [string, 'null']}}}", &["#/components/schemas/A/type: ", "one of string, number"]),
    ("a limit of 3.1", "openapi: 3.0.3\ncomponents: {schemas: {A: {exclusiveMinimum: 3}}}", &["/exclusiveMinimum: ", "true or false"]),
    ("a length below nothing", "openapi: 3.0.3\ncomponents: {schemas: {A: {minLength: -1}}}", &["/minLength: ", "a whole number from 0"]),
    ("a list of paths", "openapi: 3.0.3\npaths: [a]", &["#/paths: ", "an object"]),
    ("a parameter in a body", "openapi: 3.0.3\npaths: {/a: {parameters: [{in: body, name: a}]}}", &["#/paths/~1a/parameters/0/in: ", "one of path, query"]),
    ("a field that is a word", "openapi: 3.0.3\ncomponents: {schemas: {A: {properties: {a: string}}}}", &["/properties/a: ", "an object"]),
];

#[test]
fn what_cannot_be_compared_says_why_and_where() {
    for (name, text, expected) in REFUSED {
        let refusal = Document::parse("a.yaml", text).unwrap_err().to_string();

        assert!(refusal.starts_with("a.yaml: "), "{name}: {refusal}");
        for words in *expected {
            assert!(
                refusal.contains(words),
                "{name}: {refusal:?} holds no {words:?}"
            );
        }
    }
}

#[test]
fn a_document_may_be_yaml_or_json_with_tabs_or_a_mark() {
    for text in [
        "openapi: 3.0.3\npaths: {}\n",
        "{openapi: 3.0.3, paths: {}}",
        "{\n\t\"openapi\": \"3.0.3\",\n\t\"paths\": {}\n}\n",
        "\u{feff}{\"openapi\": \"3.0.3\"}",
        "# A comment\n---\nopenapi: 3.0.3\npaths:\ninfo:\n",
    ] {
        assert_eq!(changes(text, "{openapi: 3.0.3}"), [], "{text}");
    }
}

#[test]
fn a_status_may_be_a_number_and_a_reference_may_be_percent_encoded() {
    let one = "
openapi: 3.0.3
paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/A%20B'}}}}}
components: {responses: {A B: {description: A}}}
";
    let other = "
openapi: 3.0.3
paths: {/a: {get: {responses: {'200': {description: A}}}}}
";

    assert_eq!(changes(one, other), []);
}

#[test]
fn a_property_may_be_called_ref() {
    let text = "{openapi: 3.0.3, components: {schemas: {A: {properties: {$ref: {type: string}}}}}}";

    assert!(document(text).value().is_object());
}
