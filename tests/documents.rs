//! Many documents of a vendor become one, and all that is wrong with them is said at once.

#[path = "../build/mod.rs"]
#[allow(dead_code)] // What build.rs needs beside.
mod generation;

use generation::{Generated, Source, Vendor};

/// The page of an operation, with something at its top and something in its path.
fn page(method: &str, path: &str, top: &str, shared: &str) -> String {
    let operation = format!("{method}_{}", path.trim_matches(['/', '{', '}']));
    format!(
        "openapi: 3.0.3\ninfo: {{title: A vendor, version: '1'}}\n{top}paths:\n  {path}:\n{shared}    {method}:\n      \
         operationId: {operation}\n      responses: {{'204': {{description: Done.}}}}\n"
    )
}

fn source(file: &str, text: impl Into<String>) -> Source {
    Source {
        file: file.to_owned(),
        text: text.into(),
    }
}

fn generate(documents: &[Source], overlay: Option<&str>) -> Result<Generated, String> {
    let overlay = overlay.map(|it| source("overlay.yaml", it));
    let vendor = Vendor {
        name: "vendor",
        documents,
        overlay: overlay.as_ref(),
        days: &source("read.txt", "vendor 2026-11-22\n"),
        formats: &[],
    };
    generation::generate(&vendor).map_err(|refusals| refusals.to_string())
}

#[test]
fn the_documents_of_a_folder_are_one() {
    let thing = "components: {schemas: {Thing: {type: string}}}\n";
    let documents = [
        source("a.yaml", page("get", "/things", thing, "")),
        source("b.yaml", page("post", "/things", thing, "")),
        source("c.yaml", page("get", "/other", "tags: [{name: t}]\n", "")),
    ];

    let made = generate(&documents, None).unwrap();

    let document: serde_json::Value = serde_json::from_str(&made.json).unwrap();
    let methods = |path: &str| {
        let item = document["paths"][path].as_object().unwrap();
        item.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(methods("/things"), ["get", "post"]);
    assert_eq!(methods("/other"), ["get"]);
    assert_eq!(document["components"]["schemas"]["Thing"]["type"], "string");
    assert_eq!(document["tags"][0]["name"], "t");
    for method in ["get_things", "post_things", "get_other"] {
        assert!(made.rust.contains(&format!("pub async fn {method}")));
    }
}

#[test]
fn what_a_document_says_of_all_its_operations_stays_with_them() {
    let top = "security: [{key: []}]\nservers: [{url: 'https://a.example'}]\n";
    let documents = [
        source("a.yaml", page("get", "/a", top, "")),
        source("b.yaml", page("get", "/b", "", "")),
        source("c.yaml", page("get", "/c", top, "")),
    ];

    let made = generate(&documents, None).unwrap();

    let document: serde_json::Value = serde_json::from_str(&made.json).unwrap();
    let paths = &document["paths"];
    assert_eq!(document["security"], serde_json::json!([{"key": []}]));
    assert_eq!(paths["/b"]["get"]["security"], serde_json::json!([]));
    assert_eq!(paths["/b"]["get"]["servers"][0]["url"], "/");
    assert!(paths["/a"]["get"]["security"].is_null());
    assert!(paths["/c"]["get"]["security"].is_null());
}

#[test]
fn two_documents_that_disagree_are_refused_by_their_places() {
    let parameters = "    parameters: [{name: a, in: query, schema: {type: string}}]\n";
    let component = |kind: &str| format!("components: {{schemas: {{Thing: {{type: {kind}}}}}}}\n");
    let remedy = "see which is out of date, and delete or correct that file";
    let cases = [
        (
            page("get", "/a", "", ""),
            page("get", "/a", "", "").replace("Done.", "Gone."),
            format!("b.yaml:5: #/paths/~1a/get: a.yaml says something else of it; {remedy}"),
        ),
        (
            page("get", "/a", "", ""),
            page("post", "/a", "", parameters),
            format!(
                "b.yaml:4: #/paths/~1a: a.yaml says something else of all methods of it; {remedy}"
            ),
        ),
        (
            page("get", "/a", &component("string"), ""),
            page("get", "/b", &component("integer"), ""),
            format!(
                "b.yaml:3: #/components/schemas/Thing: a.yaml says something else of it; {remedy}"
            ),
        ),
    ];

    for (one, other, expected) in cases {
        let documents = [source("a.yaml", one), source("b.yaml", other)];

        assert_eq!(generate(&documents, None).err(), Some(expected));
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let wrong = |path: &str| {
        page("get", path, "", "").replace(
            "      responses:",
            "      parameters: [{name: at, in: query, schema: {type: string, pattern: '('}}]\n      responses:",
        )
    };
    let documents = [
        source("a.yaml", wrong("/a")),
        source("b.yaml", wrong("/b")),
        source("c.yaml", page("get", "/c", "", "")),
    ];
    let overlay = "overlay: 1.1.0\nactions:\n  - target: $\n    update:\n      paths:\n        /c: {get: {operationId: get_a}}\n        /d: {}\n        /e: {}\n";

    let refused = generate(&documents, Some(overlay)).err().unwrap();

    let starts = [
        "overlay.yaml:7: #/paths/~1d: the overlay describes it",
        "overlay.yaml:8: #/paths/~1e: the overlay describes it",
        "a.yaml:7: #/paths/~1a/get/parameters/0/schema/pattern: not a regular expression",
        "b.yaml:7: #/paths/~1b/get/parameters/0/schema/pattern: not a regular expression",
        "overlay.yaml:6: #/paths/~1c/get/operationId: \"get_a\" becomes the method",
    ];
    assert_eq!(refused.lines().count(), starts.len(), "{refused}");
    for (line, start) in refused.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn every_file_that_cannot_be_read_is_named() {
    let documents = [
        source("a.yaml", "openapi: 3.1.0\n"),
        source("b.yaml", "openapi: [\n"),
        source("c.json", page("get", "/a", "", "").replace("'204'", "7")),
    ];

    let refused = generate(&documents, None).err().unwrap();

    for (line, start) in refused
        .lines()
        .zip(["a.yaml:1: #/openapi: is \"3.1.0\"", "b.yaml: line "])
    {
        assert!(line.starts_with(start), "{line}");
    }
    assert_eq!(generate(&[], None).err().unwrap().lines().count(), 1);
}

/// Two operations without titles; `SENT` and `ANSWERED` are schemas.
const UNNAMED: &str = "
openapi: 3.0.3
info: {title: A vendor, version: '1'}
paths:
  /things/{id}/parts:
    get:
      operationId: listParts
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: Done., content: {application/json: {schema: ANSWERED}}}
    put:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: SENT}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: ANSWERED}}}
components: {schemas: {Part: {type: object, required: [size], properties: {size: {type: integer}}}}}
";

const PART: &str =
    "{type: object, properties: {id: {type: string}, kind: {type: string, enum: [a, b]}}}";

fn unnamed(sent: &str, answered: &str, overlay: Option<&str>) -> Result<Generated, String> {
    let document = UNNAMED.replace("SENT", sent).replace("ANSWERED", answered);
    generate(&[source("a.yaml", document)], overlay)
}

fn names(made: &Generated) -> Vec<&str> {
    made.default_names
        .iter()
        .map(|it| it.name.as_str())
        .collect()
}

/// The structs and enums among the generated types.
fn types(made: &Generated) -> Vec<String> {
    let (types, _) = made.rust.split_once("pub mod error").unwrap();
    let lines = types.lines().filter_map(|line| {
        let line = line.trim();
        let name = line
            .strip_prefix("pub struct ")
            .or(line.strip_prefix("pub enum "))?;
        Some(name.split(['<', ' ', '(']).next()?.to_owned())
    });
    lines.collect()
}

#[test]
fn what_has_no_name_is_named_after_its_operation_and_place() {
    let cases = [
        (PART, format!("{{type: array, items: {PART}}}"), &[
            "PutThingsIdPartsBody", "PutThingsIdPartsBodyKind", "PutThingsIdPartsBodyAnswer",
        ][..]),
        (
            "{type: object, properties: {a: {type: string}}}",
            format!("{{type: array, items: {PART}}}"),
            &["PutThingsIdPartsBody", "ListPartsItem"],
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            format!("{{type: object, properties: {{parts: {{type: array, items: {PART}}}}}}}"),
            &["PutThingsIdPartsBody", "ListPartsAnswer", "ListPartsItem"],
        ),
        (
            "{type: object, properties: {to: {type: object, properties: {ends: {type: array, items: {type: object, properties: {x: {type: string}}}}}}}}",
            "{type: object, properties: {of: {type: object, properties: {y: {type: string}}}, n: {type: string}}}".to_owned(),
            &[
                "PutThingsIdPartsBody", "PutThingsIdPartsBodyTo", "PutThingsIdPartsBodyItem",
                "ListPartsAnswer", "ListPartsAnswerOf",
            ],
        ),
    ];

    for (sent, answered, expected) in cases {
        let made = unnamed(sent, &answered, None).unwrap();

        let names = names(&made);
        assert_eq!(names[..2], ["list_parts", "put_things_id_parts"]);
        assert_eq!(names[2..], *expected, "{sent} {answered}");
        let types = types(&made);
        for name in expected {
            assert!(
                types.iter().any(|it| it == name),
                "{name} is not in {types:?}"
            );
        }
    }
}

#[test]
fn a_default_name_says_where_to_choose_another() {
    let overlay = "overlay: 1.1.0\nactions: [{target: $, update: {paths: {'/things/{id}/parts': {put: {operationId: put_parts}}}}}]";

    let made = unnamed(PART, "{type: string}", Some(overlay)).unwrap();

    let default = &made.default_names[1];
    assert_eq!(names(&made)[1..], ["PutPartsBody", "PutPartsBodyKind"]);
    assert_eq!(default.key, "title");
    assert_eq!(
        default.place,
        "#/paths/~1things~1{id}~1parts/put/requestBody/content/application~1json/schema"
    );
}

#[test]
fn what_is_both_sent_and_answered_becomes_two_types() {
    let part = "{$ref: '#/components/schemas/Part'}";
    let titled = PART.replace("type: object", "title: Piece, type: object");
    let cases = [
        (
            part.to_owned(),
            format!("{{type: array, items: {part}}}"),
            "Part",
            "PartAnswer",
        ),
        (titled.clone(), titled.clone(), "Piece", "PieceAnswer"),
        (titled, PART.to_owned(), "Piece", "PieceAnswer"),
    ];

    for (sent, answered, one, other) in cases {
        let made = unnamed(&sent, &answered, None).unwrap();

        let types = types(&made);
        for name in [one, other] {
            assert_eq!(
                types.iter().filter(|it| *it == name).count(),
                1,
                "{types:?}"
            );
        }
        let (_, second) = made
            .rust
            .split_once(&format!("pub struct {other} {{"))
            .unwrap();
        assert!(
            second
                .split_once("\n    }")
                .unwrap()
                .0
                .contains("pub extra:")
        );
        let (_, first) = made
            .rust
            .split_once(&format!("pub struct {one} {{"))
            .unwrap();
        assert!(
            !first
                .split_once("\n    }")
                .unwrap()
                .0
                .contains("pub extra:")
        );
    }
}

#[test]
fn equal_content_is_one_type_and_words_make_no_difference() {
    let other = PART.replace(
        "{type: string}",
        "{type: string, description: The id., example: '1'}",
    );
    let document = UNNAMED
        .replacen("ANSWERED", PART, 1)
        .replacen("ANSWERED", &format!("{{type: array, items: {other}}}"), 1)
        .replace("SENT", "{type: string}");

    let made = generate(&[source("a.yaml", document)], None).unwrap();

    assert_eq!(types(&made), ["ListPartsAnswer", "Part"]);
}

#[test]
fn an_overlay_refers_to_a_schema_that_the_vendor_repeats() {
    let overlay = |schema: &str, name: &str| {
        format!(
            "overlay: 1.1.0\nactions: [{{target: $, update: {{paths: {{'/things/{{id}}/parts': {{put: {{requestBody: \
             {{content: {{application/json: {{schema: {{title: Piece}}}}}}}}}}, get: {{responses: {{'200': {{content: \
             {{application/json: {{schema: {{{schema} $ref: '#/components/schemas/{name}'}}}}}}}}}}}}}}}}}}}}]"
        )
    };
    let size = "{type: object, required: [size], properties: {size: {type: integer}}}";
    let cases = [
        (PART, overlay("", "Piece"), Ok("PieceAnswer")),
        (size, overlay("", "Part"), Ok("Part")),
        (
            size,
            overlay("", "Piece"),
            Err("another schema here than Piece"),
        ),
        (PART, overlay("", "Nothing"), Err("leads nowhere")),
    ];

    for (answered, overlay, expected) in cases {
        let document = UNNAMED
            .replacen("ANSWERED", answered, 1)
            .replacen("ANSWERED", "{type: string}", 1)
            .replace("SENT", PART);

        let made = generate(&[source("a.yaml", document)], Some(&overlay));

        match (made, expected) {
            (Ok(made), Ok(name)) => assert!(types(&made).iter().any(|it| it == name), "{name}"),
            (Err(refused), Err(what)) => assert!(refused.contains(what), "{refused}"),
            (made, _) => panic!("{overlay}: {:?}", made.map(|it| it.rust)),
        }
    }
}
