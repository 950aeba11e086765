//! A small repository of its own documents, and pages like those of BSPK.

/// The vendor's document in the small repository.
pub const THING: &str = "\
openapi: 3.0.3
info:
  title: PLATFORM API V1
  version: 1.0.0
servers:
  - url: https://api.bspk.com
    description: Production
security:
  - BearerAuth: []
paths:
  /api/platform/v1/things:
    post:
      operationId: thingCreate
      summary: Creates or updates a thing
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                thing:
                  type: object
                  properties:
                    ref: {type: string}
                    name: {type: string}
                    size: {type: integer}
      responses:
        '200':
          description: Stored.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: {type: integer}
                  color: {type: string}
                  state: {type: string}
components:
  securitySchemes:
    BearerAuth:
      type: http
      scheme: bearer
";

const OVERLAY: &str = "\
overlay: 1.1.0
info: {title: Names, version: 1.0.0}
actions:
  - target: $
    update:
      paths:
        /api/platform/v1/things:
          post:
            operationId: upsert_thing
            x-shoppers: {idempotent: with ref}
            requestBody:
              content:
                application/json:
                  schema:
                    title: UpsertThingBody
                    properties:
                      thing: {title: Thing}
            responses:
              '200':
                content:
                  application/json:
                    schema:
                      title: Stored
                      properties:
                        color:
                          description: Its color.
";

const GATSBY: &str = "\
# Written by us from https://help.example
openapi: 3.0.3
info: {title: Gatsby Shopper API, version: '1'}
paths:
  /public/shopper/{id}:
    get:
      operationId: get_shopper
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The shopper.
          content: {application/json: {schema: {type: object, title: Shopper, properties: {id: {type: string}}}}}
";

/// The files of the small repository, without those that regen writes.
pub const SMALL: [(&str, &str); 11] = [
    (
        "Cargo.toml",
        "[package]\nname = \"shoppers\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n",
    ),
    ("build.rs", "fn main() {}\n"),
    ("src/lib.rs", ""),
    ("src/bspk.rs", ""),
    ("src/gatsby.rs", ""),
    ("specs/bspk/upsert_thing.yaml", THING),
    ("specs/bspk.overlay.yaml", OVERLAY),
    ("specs/gatsby/shopper_api.yaml", GATSBY),
    ("specs/read.txt", "bspk 2026-01-02\ngatsby 2026-01-02\n"),
    ("specs/accepted.txt", "# id method path place  # reason\n"),
    ("specs/gatsby.page.txt", ""),
];

/// The vendor's page of a document: a banner, four backticks, blank lines before the closing fence, none behind it.
pub fn page(operation: &str, document: &str) -> String {
    format!(
        "> ## Documentation Index\n> Fetch the complete index at: https://developers.bspk.com/llms.txt\n\n# A page\n\n\
         ## OpenAPI\n\n````yaml /api-reference/platform_v1.json {operation}\n{document}\n````"
    )
}

/// The page of the document in the small repository, with something else in it.
pub fn thing(from: &str, to: &str) -> String {
    assert!(THING.contains(from), "{from}");
    page("post /api/platform/v1/things", &THING.replace(from, to))
}

/// The document of one operation around `operation`, indented by six.
pub fn document(title: &str, method: &str, path: &str, operation: &str) -> String {
    let lines = operation
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect::<String>();
    format!(
        "openapi: 3.0.3\ninfo:\n  title: {title}\n  version: 1.0.0\nservers:\n  - url: https://api.bspk.com\n    \
         description: Production\nsecurity:\n  - BearerAuth: []\npaths:\n  {path}:\n    {method}:\n{lines}components:\n  \
         securitySchemes:\n    BearerAuth:\n      type: http\n      scheme: bearer\n"
    )
}

/// A page of the Platform API: the fence names the file.
pub fn platform(method: &str, path: &str, operation: &str) -> String {
    let document = document("PLATFORM API V1", method, path, operation);
    page(&format!("{method} {path}"), &document)
}

/// A page of the Extraction API: the fence names no file, and there are three backticks.
pub fn extraction(name: &str, fields: &str) -> String {
    let path = format!("/api/extraction/v1/{name}");
    let fields = fields
        .split(' ')
        .map(|it| format!("              {it}: {{type: string, nullable: true}}\n"))
        .collect::<String>();
    let operation = format!(
        "operationId: list{name}\nparameters:\n  - {{name: page, in: query, schema: {{type: string}}}}\nresponses:\n  '200':\n    \
         description: OK\n    content:\n      application/json:\n        schema:\n          type: array\n          items:\n            \
         type: object\n            properties:\n{fields}"
    );
    let document = document("EXTRACTION API V1", "get", &path, &operation);
    format!("# List {name}\n\n```yaml get {path}  \n{document}```\n\nMore words.\n")
}

/// An operation with a path parameter (`name type`), a request body and an answer, as YAML; each may be empty.
pub fn operation(name: &str, parameter: &str, body: &str, answer: &str) -> String {
    let mut yaml = format!("operationId: {name}\n");
    if let Some((parameter, kind)) = parameter.split_once(' ') {
        yaml.push_str(&format!("parameters:\n  - {{name: {parameter}, in: path, required: true, schema: {{type: {kind}}}}}\n"));
    }
    if !body.is_empty() {
        yaml.push_str(&format!(
            "requestBody: {{content: {{application/json: {{schema: {body}}}}}}}\n"
        ));
    }
    let content = match answer {
        "" => String::new(),
        answer => format!(", content: {{application/json: {{schema: {answer}}}}}"),
    };
    yaml.push_str(&format!(
        "responses: {{'200': {{description: Successful response{content}}}}}\n"
    ));
    yaml
}

/// The page of an operation without a body.
pub fn ping() -> String {
    let path = "/api/platform/v1/ping";
    platform("get", path, &operation("ping", "", "", ""))
}

/// Six operations of the Platform API as pages of the vendor's are, in all that those have: path parameters, queries, lists,
/// envelopes, statuses without a body. The name of each page, and the page.
pub fn six() -> [(&'static str, &'static str); 6] {
    macro_rules! pages {
        ($($name:literal),*) => { [$(($name, include_str!(concat!("../pages/", $name, ".md")))),*] };
    }
    pages!(
        "list-wishes",
        "bulk-upsert-wishes",
        "list-gift-cards",
        "creates-a-gift-card",
        "updates-a-gift-card",
        "deletes-a-gift-card"
    )
}

/// The method and path that a document begins with, as a fence names them; `None` if it has none.
pub fn operation_of(document: &str) -> Option<String> {
    let (_, paths) = document.split_once("\npaths:\n")?;
    let mut lines = paths.lines();
    let (path, method) = (lines.next()?.trim(), lines.next()?.trim());
    Some(format!(
        "{} {}",
        method.trim_end_matches(':'),
        path.trim_end_matches(':')
    ))
}

/// A dozen operations of both APIs.
pub fn dozen() -> Vec<(&'static str, String)> {
    let extracted = ["calls", "emails", "letters", "notes", "reminders", "slices"];
    let extracted = extracted.map(|name| (name, extraction(name, "store_id client_id created_at")));
    let six = six().map(|(name, page)| (name, page.to_owned()));
    six.into_iter().chain(extracted).collect()
}
