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
    let dated = |path: &str| {
        page("get", path, "", "").replace(
            "      responses:",
            "      parameters: [{name: at, in: query, schema: {type: string, format: date}}]\n      responses:",
        )
    };
    let documents = [
        source("a.yaml", dated("/a")),
        source("b.yaml", dated("/b")),
        source("c.yaml", page("get", "/c", "", "")),
    ];
    let overlay = "overlay: 1.1.0\nactions:\n  - target: $\n    update:\n      paths:\n        /c: {get: {operationId: get_a}}\n        /d: {}\n        /e: {}\n";

    let refused = generate(&documents, Some(overlay)).err().unwrap();

    let starts = [
        "overlay.yaml:7: #/paths/~1d: the overlay describes it",
        "overlay.yaml:8: #/paths/~1e: the overlay describes it",
        "a.yaml:7: #/paths/~1a/get/parameters/0/schema: no type of ours",
        "b.yaml:7: #/paths/~1b/get/parameters/0/schema: no type of ours",
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
