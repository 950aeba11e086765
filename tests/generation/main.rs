//! The build: the documents that it refuses, and the Rust that it makes of all others.

#[path = "../../build/mod.rs"]
mod generation;

mod answers;
mod documents;
mod names;
mod operations;
mod overlay;
mod requests;
mod texts;
mod types;

use generation::{Generated, Source, Vendor};

/// A document that is fine.
const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: A vendor, version: 1.0.0}
paths:
  /things:
    post:
      operationId: put_thing
      requestBody:
        content:
          application/json:
            schema: {title: Thing, type: object, properties: {name: {type: string}}}
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                title: Done
                type: object
                required: [id, name, state, tags]
                properties:
                  id: {type: integer}
                  name: {type: string, maxLength: 3}
                  state: {type: string, enum: [new, old]}
                  tags: {type: array, items: {type: string}}
        '422':
          description: Not done.
          content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}
";

const FORMATS: [(&str, &str); 1] = [("name", "crate::Name")];

fn generate(document: &str, update: Option<&str>) -> Result<String, String> {
    let overlay = update
        .map(|update| format!("overlay: 1.1.0\nactions:\n  - target: $\n    update: {update}\n"));
    generated(document, overlay.as_deref()).map(|it| it.rust)
}

fn generated(document: &str, overlay: Option<&str>) -> Result<Generated, String> {
    let source = |file: &str, text: &str| Source {
        file: file.to_owned(),
        text: text.to_owned(),
    };
    let overlay = overlay.map(|it| source("overlay.yaml", it));
    let vendor = Vendor {
        name: "vendor",
        documents: &[source("vendor.yaml", document)],
        overlay: overlay.as_ref(),
        days: &source("read.txt", "vendor 2026-11-22\n"),
        formats: &FORMATS,
    };
    generation::generate(&vendor).map_err(|refusals| {
        let refusals = refusals.to_string();
        let lines = refusals.lines().map(|line| match line.split_once(": ") {
            Some((at, what)) if at.starts_with("vendor.yaml") => what,
            _ => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The document with `from` replaced, and why it is refused.
#[track_caller]
fn refusal(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "the document holds no {from:?}");
    generate(&DOCUMENT.replacen(from, to, 1), None).unwrap_err()
}

#[track_caller]
fn update_refusal(update: &str) -> String {
    generate(DOCUMENT, Some(update)).unwrap_err()
}

/// A document with one operation, of which `more` says more.
fn with_operation(method: &str, more: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: A vendor, version: 1.0.0}}\npaths:\n  /things:\n    {method}:\n      \
         operationId: list_things\n{more}      responses: {{'200': {{description: Done.}}}}\n"
    )
}
