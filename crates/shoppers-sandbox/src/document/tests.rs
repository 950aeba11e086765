use axum::{body::to_bytes, http::Request};

use super::*;

/// Asks a document, and returns the status and the body; `null` for none.
async fn ask(document: &Document, line: &str, body: &str) -> (u16, Value) {
    ask_with(document, line, &[("x-since", "7")], body).await
}

async fn ask_with(
    document: &Document,
    line: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, Value) {
    let (method, uri) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in [("content-type", "application/json")].iter().chain(headers) {
        request = request.header(*name, *value);
    }
    let (head, ()) = request.body(()).unwrap().into_parts();
    let answer = document.answer(&head, &Bytes::copy_from_slice(body.as_bytes()));
    let response = answer.into_response();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).unwrap()
    };
    (status, body)
}

/// The codes of an errors list, in order; none for a success.
fn codes(body: &Value) -> Vec<&str> {
    let errors = body["errors"].as_array().into_iter().flatten();
    let mut codes: Vec<_> = errors.map(|it| it["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    codes
}

fn answering(content: Value) -> Value {
    json!({"200": {"content": {"application/json": content}}})
}

#[tokio::test]
async fn an_operation_is_found_by_its_method_and_path() {
    let named = |name: &str| json!({"responses": answering(json!({"example": name}))});
    let id = json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
    let document = Document::new(json!({"paths": {
        "/v1/notes": {"get": named("list"), "post": named("create")},
        "/v1/notes/{id}": {"parameters": id, "get": named("get")},
        "/v1/notes/search": {"get": named("search")},
        "/v1/notes/{id}/tags": {"parameters": id, "get": named("tags")},
    }}))
    .unwrap();

    for (line, expected) in [
        ("GET /v1/notes", Some("list")),
        ("POST /v1/notes", Some("create")),
        ("GET /v1/notes/7", Some("get")),
        ("GET /v1/notes/a%2Fb", Some("get")),
        ("GET /v1/notes/search", Some("search")),
        ("GET /v1/notes/7/tags", Some("tags")),
        ("GET /v1/notes/", None),
        ("GET /v1/notes/7/", None),
        ("DELETE /v1/notes/7", None),
        ("GET /v2/notes", None),
    ] {
        let (status, body) = ask(&document, line, "").await;

        match expected {
            Some(expected) => assert_eq!((status, body), (200, json!(expected)), "{line}"),
            None => assert_eq!((status, codes(&body)), (421, vec!["not_served"]), "{line}"),
        }
    }
    assert!(document.has_root("/v1/other") && !document.has_root("/v2/notes"));
    let label = document.label(&Method::GET, "/v1/notes/john");
    assert_eq!(label.as_deref(), Some("GET /v1/notes/{id}"));
    assert_eq!(ask(&document, "GET /v1/notes/%FF", "").await.0, 404);
}

#[tokio::test]
async fn parameters_are_checked_as_the_document_describes_them() {
    let document = Document::new(json!({
        "paths": {"/notes/{id}": {"get": {
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
                {"$ref": "#/components/parameters/From"},
                {"name": "size", "in": "query", "schema": {"type": "integer", "maximum": 100}},
                {"name": "open", "in": "query", "schema": {"type": "boolean"}},
                {"name": "ids", "in": "query", "explode": false,
                 "schema": {"type": "array", "items": {"type": "integer"}}},
                {"name": "tags", "in": "query",
                 "schema": {"type": "array", "items": {"type": "string", "enum": ["a,b", "c"]}}},
                {"name": "x-since", "in": "header", "required": true, "schema": {"type": "integer"}},
            ],
            "responses": answering(json!({"example": 1})),
        }}},
        "components": {"parameters": {"From": {
            "name": "from", "in": "query", "required": true, "schema": {"type": "string"},
        }}},
    }))
    .unwrap();

    for (path, status, expected) in [
        ("/notes/7?from=a", 200, &[][..]),
        (
            "/notes/7?from=%20&size=100&open=true&ids=1,2&tags=a,b&tags=c",
            200,
            &[],
        ),
        ("/notes/seven?from=a", 404, &["not_found"]),
        ("/notes/7", 422, &["missing_attribute"]),
        ("/notes/7?from=a&size=ten", 422, &["invalid_type"]),
        ("/notes/7?from=a&size=101", 422, &["invalid_value"]),
        ("/notes/7?from=a&open=yes", 422, &["invalid_type"]),
        ("/notes/7?from=a&ids=1,b", 422, &["invalid_type"]),
        // Of a repeated list with commas the last counts.
        ("/notes/7?from=a&ids=b&ids=1", 200, &[]),
        ("/notes/7?from=a&ids=1&ids=b", 422, &["invalid_type"]),
        ("/notes/7?from=a&tags=c,c", 422, &["invalid_value"]),
        ("/notes/7?from=a&page=1", 422, &["unknown_attribute"]),
        (
            "/notes/7?page=1&size=x",
            422,
            &["invalid_type", "missing_attribute", "unknown_attribute"],
        ),
    ] {
        let (found, body) = ask(&document, &format!("GET {path}"), "").await;

        assert_eq!(
            (found, codes(&body)),
            (status, expected.to_vec()),
            "{path}: {body}"
        );
    }
}

#[tokio::test]
async fn a_body_is_checked_as_the_document_describes_it() {
    let document = Document::new(json!({
        "paths": {"/notes/{id}": {"put": {
            "requestBody": {"required": true, "content": {"application/json; charset=utf-8": {
                "schema": {"$ref": "#/components/schemas/Note"},
            }}},
            "responses": {"204": {"description": "Done."}},
        }, "patch": {
            "requestBody": {"content": {"application/json": {"schema": {"type": "array"}}}},
            "responses": {"default": {}},
        }}},
        "components": {"schemas": {"Note": {
            "type": "object", "required": ["text"],
            "properties": {
                "text": {"type": "string"},
                "parent": {"$ref": "#/components/schemas/Note"},
                "stars": {"type": "integer", "nullable": true, "minimum": 0, "exclusiveMinimum": true},
                "more": {"type": "object", "properties": {}, "additionalProperties": {}},
            },
        }}},
    }))
    .unwrap();

    for (body, status, expected) in [
        (
            r#"{"text": "a", "parent": {"text": "b"}, "stars": null, "more": {"a": 1}}"#,
            204,
            &[][..],
        ),
        ("", 400, &["bad_request"]),
        ("{", 400, &["bad_request"]),
        ("{}", 422, &["missing_attribute"]),
        (
            r#"{"text": 1, "parent": {}}"#,
            422,
            &["invalid_type", "missing_attribute"],
        ),
        (r#"{"text": "a", "stars": 0}"#, 422, &["invalid_value"]),
        (r#"{"text": "a", "Stars": 1}"#, 422, &["unknown_attribute"]),
    ] {
        let (found, answer) = ask(&document, "PUT /notes/7", body).await;

        assert_eq!(
            (found, codes(&answer)),
            (status, expected.to_vec()),
            "{body}: {answer}"
        );
    }
    let (_, answer) = ask(&document, "PUT /notes/7", r#"{"text": 1}"#).await;
    assert_eq!(
        answer["errors"][0]["title"],
        "text: 1 is not of type \"string\""
    );
    for (body, status) in [("", 200), ("[]", 200), ("{}", 422)] {
        assert_eq!(
            ask(&document, "PATCH /notes/7", body).await.0,
            status,
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_answer_is_the_example_or_a_sample_of_the_schema() {
    let note = json!({"$ref": "#/components/schemas/Note"});
    let operation = |responses: Value| json!({"get": {"responses": responses}});
    let document = Document::new(json!({
        "paths": {
            "/example": operation(answering(json!({"example": {"id": 7}, "schema": note}))),
            "/examples": operation(answering(json!({"examples": {"one": {"value": [8]}}}))),
            "/sample": operation(answering(json!({"schema": {"type": "array", "items": note}}))),
            "/open": operation(answering(json!({"schema": {}}))),
            "/made": operation(json!({"201": {"content": {"application/json": {"example": 1}}}, "400": {}})),
            "/none": operation(json!({"204": {"$ref": "#/components/responses/None"}, "404": {}})),
            "/class": operation(json!({"2XX": {"content": {"application/json": {"example": 2}}}})),
        },
        "components": {
            "responses": {"None": {"description": "Done."}},
            "schemas": {"Note": {"allOf": [
                {"type": "object", "properties": {"id": {"type": "integer", "minimum": 5}}},
                {"type": "object", "properties": {
                    "text": {"type": "string", "minLength": 6, "maxLength": 6},
                    "kind": {"type": "string", "enum": ["short", "long"]},
                    "size": {"type": "number", "maximum": 1},
                    "at": {"type": "string", "format": "date-time", "nullable": true},
                    "by": {"oneOf": [{"type": "string", "example": "John"}, {"type": "integer"}]},
                }},
            ]}},
        },
    }))
    .unwrap();
    let note = json!({
        "id": 5, "text": "textxx", "kind": "short", "size": 1, "at": "2026-03-11T18:34:54.882Z", "by": "John",
    });

    for (path, expected) in [
        ("example", (200, json!({"id": 7}))),
        ("examples", (200, json!([8]))),
        ("sample", (200, json!([note]))),
        ("open", (200, json!({}))),
        ("made", (201, json!(1))),
        ("none", (204, Value::Null)),
        ("class", (200, json!(2))),
    ] {
        assert_eq!(
            ask(&document, &format!("GET /{path}"), "").await,
            expected,
            "{path}"
        );
    }
}

#[test]
fn a_schema_that_contains_itself_has_a_sample() {
    let document = json!({"components": {"schemas": {
        "Node": {"type": "object", "properties": {
            "name": {"type": "string"}, "next": {"$ref": "#/components/schemas/Node"},
        }},
        "Loop": {"$ref": "#/components/schemas/Loop"},
    }}});

    let sample = |name: &str| {
        sample::sample(
            &document,
            &json!({"$ref": format!("#/components/schemas/{name}")}),
        )
    };

    assert_eq!(sample("Node")["next"]["next"]["name"], "text");
    assert_eq!(sample("Loop"), json!({}));
}

/// A sample of a parameter, as it is written in a request.
fn written(document: &Value, parameter: &Parameter) -> String {
    let text = match sample::sample(document, &parameter.schema) {
        Value::Array(items) => items[0].clone(),
        other => other,
    };
    let text = text.as_str().map_or(text.to_string(), str::to_owned);
    text.replace([' ', '+', '&', '#', '/'], "-")
}

#[tokio::test]
async fn every_operation_of_the_vendors_accepts_a_sample() {
    for spec in [shoppers::spec::BSPK, shoppers::spec::GATSBY] {
        let document = Document::of(spec).unwrap();
        for operation in &document.operations {
            let (mut line, mut headers) = (format!("{}?", operation.label), Vec::new());
            for parameter in &operation.parameters {
                let (name, text) = (&parameter.name, written(&document.json, parameter));
                match parameter.location.as_str() {
                    "path" => line = line.replace(&format!("{{{name}}}"), &text),
                    "query" => line += &format!("{name}={text}&"),
                    _ => headers.push((name.clone(), text)),
                }
            }
            let headers: Vec<_> = headers.iter().map(|(name, it)| (&**name, &**it)).collect();
            let body = operation.body.as_ref();
            let body = body.map(|(schema, _)| sample::sample(&document.json, schema));
            let body = body.unwrap_or_default().to_string();

            let (status, answer) = ask_with(&document, &line, &headers, &body).await;

            // A sample may not fit a pattern.
            let is_fitting = codes(&answer).iter().all(|it| *it == "invalid_value");
            assert!(is_fitting, "{line}: {answer}");
            assert!(
                status == operation.status || status == 422,
                "{line}: {status}"
            );
        }
    }
}
