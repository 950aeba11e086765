//! Pages like those of BSPK, from what is known of them (VENDORS.md, section 1).

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
    // The info of the page is that of specs/bspk, whole.
    let ours = include_str!("../../../specs/bspk/upsert_shopper.yaml");
    let (head, _) = ours.split_once("paths:\n").unwrap();
    let (_, tail) = document.split_once("paths:\n").unwrap();
    format!(
        "# A page\n\n> Words\n\n````yaml /api-reference/platform_v1.json {method} {path}\n{head}paths:\n{tail}\n````"
    )
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

/// A request body with these fields, and an answer, as YAML.
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

const METAFIELD: &str = "{type: object, properties: {id: {type: integer}, namespace: {type: string}, key: {type: string}, \
                         value: {type: string}, is_list: {type: boolean}, json_value: {}}}";
const ENDPOINT: &str = "{type: object, properties: {id: {type: integer}, target_url: {type: string}, events: {type: array, \
                        items: {type: string}}, is_enabled: {type: boolean}, created_at: {type: string, format: date_time}}}";

/// A dozen operations: the name of each page, and the page.
pub fn dozen() -> Vec<(String, String)> {
    let metafields = "/api/platform/v1/shoppers/{shopper_ref}/metafields";
    let endpoints = "/api/platform/v1/webhook_endpoints";
    let one = "{type: object, properties: {target_url: {type: string}}}";
    let list = |it: &str| format!("{{type: array, items: {it}}}");
    let link = "/api/platform/v1/shoppers/{id}/external_link";
    let link_body =
        "{type: object, required: [shopper_ref], properties: {shopper_ref: {type: string}}}";
    let upsert = "{type: object, properties: {metafields: {type: array, items: {type: object, properties: {key: {type: string}}}}}}";
    let mut pages = vec![
        (
            "link",
            platform(
                "post",
                link,
                &operation("link", "id integer", link_body, ""),
            ),
        ),
        (
            "metafields",
            platform(
                "get",
                metafields,
                &operation("metafields", "shopper_ref string", "", &list(METAFIELD)),
            ),
        ),
        (
            "upsert",
            platform(
                "put",
                metafields,
                &operation(
                    "upsertMetafields",
                    "shopper_ref string",
                    upsert,
                    &list(METAFIELD),
                ),
            ),
        ),
        (
            "endpoints",
            platform(
                "get",
                endpoints,
                &operation("endpoints", "", "", &list(ENDPOINT)),
            ),
        ),
        (
            "register",
            platform("post", endpoints, &operation("register", "", one, ENDPOINT)),
        ),
        (
            "update",
            platform(
                "patch",
                &format!("{endpoints}/{{id}}"),
                &operation("update", "id string", one, ENDPOINT),
            ),
        ),
    ];
    for name in [
        "calls",
        "emails",
        "messages",
        "notes",
        "reminders",
        "slices",
    ] {
        pages.push((name, extraction(name, "store_id client_id created_at")));
    }
    pages
        .into_iter()
        .map(|(name, page)| (name.to_owned(), page))
        .collect()
}

/// What an overlay has to add for [`dozen`]: a name for each schema that becomes a type.
pub fn names() -> String {
    let mut yaml = String::new();
    let mut answers = |path: &str, method: &str, body: &str, answer: &str, items: bool| {
        yaml.push_str(&format!("        {path}:\n          {method}:\n"));
        let schema = |title: &str, items: bool, indent: &str| {
            if items {
                format!("{indent}schema: {{items: {{title: {title}}}}}\n")
            } else {
                format!("{indent}schema: {{title: {title}}}\n")
            }
        };
        if !body.is_empty() {
            yaml.push_str(&format!("            requestBody:\n              content:\n                application/json:\n{}",
                schema(body, false, "                  ")));
        }
        if !answer.is_empty() {
            yaml.push_str(&format!("            responses:\n              '200':\n                content:\n                  \
                application/json:\n{}", schema(answer, items, "                    ")));
        }
    };
    answers(
        "/api/platform/v1/shoppers/{id}/external_link",
        "post",
        "LinkBody",
        "",
        false,
    );
    answers(
        "/api/platform/v1/webhook_endpoints/{id}",
        "patch",
        "EndpointChange",
        "ChangedEndpoint",
        false,
    );
    for name in [
        "Calls",
        "Emails",
        "Messages",
        "Notes",
        "Reminders",
        "Slices",
    ] {
        answers(
            &format!("/api/extraction/v1/{}", name.to_lowercase()),
            "get",
            "",
            name,
            true,
        );
    }
    answers(
        "/api/platform/v1/webhook_endpoints",
        "get",
        "",
        "Endpoint",
        true,
    );
    let post = "          post:\n            requestBody: {content: {application/json: {schema: {title: NewEndpoint}}}}\n            \
                responses: {'200': {content: {application/json: {schema: {title: RegisteredEndpoint}}}}}\n";
    yaml.push_str(post);
    let metafields = "        /api/platform/v1/shoppers/{shopper_ref}/metafields:\n          get:\n            responses: {'200': \
                      {content: {application/json: {schema: {items: {title: ListedMetafield}}}}}}\n          put:\n            \
                      requestBody: {content: {application/json: {schema: {title: MetafieldsBody, properties: {metafields: {items: \
                      {title: Metafield}}}}}}}\n            responses: {'200': {content: {application/json: {schema: {items: {title: \
                      StoredMetafield}}}}}}\n";
    yaml.push_str(metafields);
    yaml
}
