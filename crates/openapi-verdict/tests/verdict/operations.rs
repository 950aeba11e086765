//! Single changes outside of schemas: operations, parameters, bodies, responses, security, servers, wording.

use super::{changes, short};

/// A document with one of everything.
pub const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: A vendor, version: 1.0.0}
servers: [{url: 'https://a.example'}, {url: 'https://b.example'}]
security: [{Key: []}]
tags: [{name: things}]
paths:
  /things:
    post:
      operationId: put_thing
      tags: [things]
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {$ref: '#/components/parameters/Fields'}
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {name: {type: string}}}}
          multipart/form-data: {schema: {type: object, properties: {file: {type: string}}}, encoding: {file: {contentType: image/png}}}
      responses:
        '200':
          description: Done.
          headers: {X-Left: {required: true, schema: {type: integer}}}
          content: {application/json: {schema: {type: object, properties: {id: {type: string}, size: {type: integer}}}}}
          links: {it: {operationId: get_thing}}
        '404': {description: Not there.}
        4XX: {description: Not done.}
      callbacks:
        done: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}, responses: {'200': {description: Ok.}}}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: get_thing
      security: [{Key: []}, {OAuth: [read]}]
      servers: [{url: 'https://{where}.example', variables: {where: {default: eu, enum: [eu, us]}}}]
      responses: {'200': {$ref: '#/components/responses/Thing'}}
    delete:
      operationId: delete_thing
      security: [{}]
      responses: {'204': {description: Gone.}}
  /open:
    get: {security: [{Open: []}], responses: {'200': {description: Ok.}}}
components:
  securitySchemes:
    Spare: {type: openIdConnect, openIdConnectUrl: 'https://a.example/spare'}
    Key: {type: http, scheme: bearer}
    OAuth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example/token', scopes: {read: To read., write: To write.}}}}
    Open: {type: openIdConnect, openIdConnectUrl: 'https://a.example/id'}
  parameters:
    Fields: {name: fields, in: query, schema: {type: array, items: {type: string}}}
  responses:
    Thing: {description: The thing., content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}
";

/// A name, the text to replace in the document, its replacement, the expected changes, and a part of their text.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const GET: &str = "    get:\n      operationId: get_thing\n";
const NAMES: &str = "{type: object, properties: {name: {type: string}}}";

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Operations.
    ("a path is gone", "  /things:\n", "  x-things:\n", &["breaking operation-removed POST /things operation", "compatible wording-changed * x-things path"], "; "),
    ("a method is gone", "    delete:\n", "    x-delete:\n", &["breaking operation-removed DELETE /things/{id} operation", "compatible wording-changed * /things/{id} path"], "; "),
    ("an operation is new", "    delete:\n", "    put: {responses: {'200': {description: Ok.}}}\n    delete:\n", &["compatible operation-added PUT /things/{id} operation"], "was added; no caller uses it yet"),
    ("another operationId", "operationId: get_thing\n", "operationId: fetch_thing\n", &["risky operation-renamed GET /things/{id} operationId"], "was \"get_thing\", is \"fetch_thing\"; "),
    ("another path, with the same operationId", "  /things:\n", "  /objects:\n", &["breaking operation-renamed POST /things operation"], "is POST /objects now; "),
    ("another path and operationId, with the same shape", "  /things:\n    post:\n      operationId: put_thing", "  /objects:\n    post:\n      operationId: put_object", &["breaking operation-renamed POST /things operation", "risky operation-renamed POST /things operationId"], "put_object"),
    ("another method, with the same operationId", "    post:\n      operationId: put_thing", "    put:\n      operationId: put_thing", &["breaking operation-renamed POST /things operation"], "is PUT /things now; "),
    ("a path parameter is called otherwise", "/things/{id}:\n    parameters: [{name: id,", "/things/{key}:\n    parameters: [{name: key,", &["compatible path-parameter-renamed DELETE /things/{id} path parameter id", "compatible path-parameter-renamed GET /things/{id} path parameter id"], "is named \"key\" now; the URL is the same"),
    ("an operation is advised against", "operationId: delete_thing", "operationId: delete_thing\n      deprecated: true", &["risky deprecated DELETE /things/{id} operation"], "is deprecated; "),
    ("a version", "version: 1.0.0", "version: 1.0.1", &["compatible version-changed * * info"], "version was \"1.0.0\", is \"1.0.1\"; "),

    // Parameters.
    ("a parameter", "      parameters:\n", "      parameters:\n        - {name: size, in: query}\n", &["compatible parameter-added POST /things query parameter size"], "was added; "),
    ("a required parameter", "      parameters:\n", "      parameters:\n        - {name: sid, in: cookie, required: true}\n", &["breaking required-parameter-added POST /things cookie parameter sid"], "was added and is required; "),
    ("a required parameter of a path", "parameters: [{name: id,", "parameters: [{name: v, in: query, required: true}, {name: id,", &["breaking required-parameter-added DELETE /things/{id} query parameter v", "breaking required-parameter-added GET /things/{id} query parameter v"], "was added and is required; "),
    ("a parameter of a path that an operation has otherwise", "operationId: delete_thing", "operationId: delete_thing\n      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]", &["breaking type-changed DELETE /things/{id} path parameter id"], "was string, is integer; "),
    ("a parameter less", "        - {name: page, in: query, schema: {type: integer}}\n", "", &["risky parameter-removed POST /things query parameter page"], "was removed; "),
    ("a parameter in another place", "{name: page, in: query,", "{name: page, in: header,", &["breaking parameter-moved POST /things query parameter page"], "is sent as a header parameter now; "),
    ("a parameter becomes required", "{name: page, in: query,", "{name: page, in: query, required: true,", &["breaking parameter-now-required POST /things query parameter page"], "is required now; "),
    ("a parameter becomes optional", "name: id, in: path, required: true, schema: {type: string}}]", "name: id, in: path, required: true, schema: {type: string}}, {name: v, in: query, required: false}]", &["compatible parameter-added DELETE /things/{id} query parameter v", "compatible parameter-added GET /things/{id} query parameter v"], "was added; "),
    ("a parameter is of another type", "in: query, schema: {type: integer}", "in: query, schema: {type: string}", &["breaking type-changed POST /things query parameter page"], "was integer, is string; "),
    ("a list is written in another way", "in: query, schema: {type: array", "in: query, explode: false, schema: {type: array", &["breaking serialization-changed POST /things query parameter fields"], "style was form exploded, is form; "),
    ("a list is written in another style", "in: query, schema: {type: array", "in: query, style: pipeDelimited, explode: true, schema: {type: array", &["breaking serialization-changed POST /things query parameter fields"], "is pipeDelimited exploded; "),
    ("a single value is written in another way", "in: query, schema: {type: integer}", "in: query, explode: false, schema: {type: integer}", &["compatible wording-changed POST /things query parameter page"], "style was form exploded, is form; "),
    ("a parameter is written as JSON", "in: query, schema: {type: integer}", "in: query, content: {application/json: {schema: {type: integer}}}", &["breaking serialization-changed POST /things query parameter page"], "as a media type now"),
    ("reserved characters", "name: page, in: query,", "name: page, in: query, allowReserved: true,", &["risky reserved-changed POST /things query parameter page"], "allowReserved is true now; "),
    ("an empty value is possible", "name: page, in: query,", "name: page, in: query, allowEmptyValue: true,", &["compatible empty-allowed POST /things query parameter page"], "may be empty; "),
    ("a parameter is advised against", "name: page, in: query,", "name: page, in: query, deprecated: true,", &["risky deprecated POST /things query parameter page"], "is deprecated; "),
    ("a parameter has an example", "name: page, in: query,", "name: page, in: query, example: 1,", &["compatible wording-changed POST /things query parameter page"], "example 1 was added; "),
    ("a header that OpenAPI describes elsewhere", "      parameters:\n", "      parameters:\n        - {name: Accept, in: header, required: true}\n", &["compatible wording-changed POST /things header parameter Accept"], "OpenAPI ignores it here; "),

    // Bodies.
    ("a body", "operationId: delete_thing", "operationId: delete_thing\n      requestBody: {content: {text/plain: {}}}", &["compatible body-added DELETE /things/{id} request body"], "was added; "),
    ("a required body", "operationId: delete_thing", "operationId: delete_thing\n      requestBody: {required: true, content: {text/plain: {}}}", &["breaking required-body-added DELETE /things/{id} request body"], "was added and is required; "),
    ("a body less", "      requestBody:\n", "      x-body:\n", &["compatible wording-changed POST /things operation", "risky body-removed POST /things request body"], "; "),
    ("a body becomes required", "      requestBody:\n", "      requestBody:\n        required: true\n", &["breaking body-now-required POST /things request body"], "is required now; "),
    ("a media type", "          application/json: {schema: {type: object, properties: {name", "          text/csv: {}\n          application/json: {schema: {type: object, properties: {name", &["compatible media-type-added POST /things request body (text/csv)"], "may be \"text/csv\"; "),
    ("a media type less", "          application/json: {schema: {type: object, properties: {name: {type: string}}}}\n", "", &["breaking media-type-removed POST /things request body"], "is no longer \"application/json\"; "),
    ("a media type is covered by a range", "          application/json: {schema: {type: object, properties: {name", "          application/*: {schema: {type: object, properties: {name", &["compatible media-type-added POST /things request body (application/*)", "risky media-type-changed POST /things request body"], "application/*"),
    ("a media type with a parameter", "          application/json: {schema", "          application/json; charset=utf-8: {schema", &["risky media-type-changed POST /things request body"], "is \"application/json;charset=utf-8\" now; "),
    ("a part of a form is written in another way", "contentType: image/png", "contentType: image/gif", &["risky encoding-changed POST /things request body (multipart/form-data) > file > encoding"], "contentType was \"image/png\", is \"image/gif\"; "),
    ("a part of a form is no longer described", "encoding: {file: {contentType: image/png}}", "encoding: {}", &["risky encoding-changed POST /things request body (multipart/form-data) > file > encoding"], "was removed; "),
    ("a field of one of two media types", "properties: {file: {type: string}}", "properties: {file: {type: string}, more: {}}", &["compatible field-added POST /things request body (multipart/form-data) > more"], "was added; "),

    // Answers.
    ("another success", "        '404':", "        '202': {description: Later.}\n        '404':", &["risky response-added POST /things response 202"], "was added; "),
    ("a success less", "        '200':\n", "        '201':\n", &["breaking response-removed POST /things response 200", "risky response-added POST /things response 201"], "; "),
    ("a success is covered by its range", "        '200':\n", "        2xx:\n", &["compatible wording-changed POST /things response 200", "risky response-added POST /things response 2XX"], "; "),
    ("another failure", "        '404':", "        '500': {description: Oh.}\n        '404':", &["compatible error-response-added POST /things response 500"], "was added; "),
    ("a failure that a range covered", "        '404':", "        '422': {description: Not done.}\n        '404':", &["compatible wording-changed POST /things response 422"], "beside 4XX, which covered it; "),
    ("a range of failures less", "        4XX: {description: Not done.}\n", "", &["risky error-response-removed POST /things response 4XX"], "was removed; "),
    ("a default of failures", "        '404':", "        default: {description: Else.}\n        '404':", &["compatible error-response-added POST /things response default"], "was added; "),
    ("an answer loses its body", "    Thing: {description: The thing., content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}", "    Thing: {description: The thing.}", &["breaking body-removed GET /things/{id} response 200"], "the body was removed; "),
    ("an answer has a body", "'204': {description: Gone.", "'204': {description: Gone., content: {text/plain: {}}", &["compatible body-added DELETE /things/{id} response 204"], "a body was added; "),
    ("an answer of another media type", "    Thing: {description: The thing., content: {", "    Thing: {description: The thing., content: {text/csv: {}, ", &["risky media-type-added GET /things/{id} response 200 (text/csv)"], "may be \"text/csv\"; "),
    ("an answer is no longer of a media type", "    Thing: {description: The thing., content: {application/json", "    Thing: {description: The thing., content: {application/xml", &["breaking media-type-removed GET /things/{id} response 200", "risky media-type-added GET /things/{id} response 200 (application/xml)"], "; "),
    ("an answer's media type has a parameter", "    Thing: {description: The thing., content: {application/json", "    Thing: {description: The thing., content: {application/json;v=1", &["risky media-type-changed GET /things/{id} response 200"], "is \"application/json;v=1\" now; "),
    ("an answer behind a reference loses a field", "    Thing: {description: The thing., content: {application/json: {schema: {type: object, properties: {id: {type: string}}", "    Thing: {description: The thing., content: {application/json: {schema: {type: object", &["breaking field-removed GET /things/{id} response 200 > id"], "was removed; "),
    ("a header", "headers: {X-Left:", "headers: {X-More: {}, X-Left:", &["compatible header-added POST /things response 200 > header X-More"], "was added; "),
    ("a header less", "headers: {X-Left: {required: true, schema: {type: integer}}}", "headers: {}", &["breaking header-removed POST /things response 200 > header X-Left"], "was removed; "),
    ("a header may be absent", "X-Left: {required: true,", "X-Left: {", &["risky header-now-optional POST /things response 200 > header X-Left"], "is optional now; "),
    ("a header is of another type", "X-Left: {required: true, schema: {type: integer}}", "X-Left: {required: true, schema: {type: string}}", &["breaking type-changed POST /things response 200 > header X-Left"], "was integer, is string; "),
    ("a header is advised against", "X-Left: {", "X-Left: {deprecated: true, ", &["risky deprecated POST /things response 200 > header X-Left"], "is deprecated; "),
    ("a header is written in another way", "X-Left: {required: true, schema: {type: integer}}", "X-Left: {required: true, content: {text/plain: {}}}", &["breaking serialization-changed POST /things response 200 > header X-Left"], "as a media type now"),
    ("a link goes elsewhere", "{it: {operationId: get_thing}}", "{it: {operationId: put_thing}}", &["risky link-changed POST /things response 200 > link it"], "operationId was \"get_thing\", is \"put_thing\"; "),
    ("a link less", "{it: {operationId: get_thing}}", "{}", &["risky link-changed POST /things response 200 > link it"], "was removed; "),
    ("a link is described", "{it: {operationId", "{it: {description: A, operationId", &["compatible wording-changed POST /things response 200 > link it"], "description \"A\" was added; "),
    ("an answer is described otherwise", "description: Gone.", "description: Away.", &["compatible wording-changed DELETE /things/{id} response 204"], "was \"Gone.\", is \"Away.\"; "),
    ("a callback sends another field", "schema: {type: object, properties: {id: {type: string}}}}}}, responses: {'200': {description: Ok.}}}}}", "schema: {type: object, properties: {id: {type: integer}}}}}}, responses: {'200': {description: Ok.}}}}}", &["risky callback-changed POST /things callback > done > \"{$request.body\\u{23}/url}\" > POST > request body > id"], "was string, is integer; "),
    ("a callback less", "        done: {'{$request", "        x-done: {'{$request", &["risky callback-changed POST /things callback > done > \"{$request.body\\u{23}/url}\"", "risky callback-changed POST /things callback > x-done > \"{$request.body\\u{23}/url}\""], "; "),

    // Security.
    ("a key at last", "      security: [{}]\n", "", &["breaking auth-added DELETE /things/{id} security"], "http bearer is needed; "),
    ("no key any more", "security: [{Key: []}]\ntags", "security: []\ntags", &["compatible auth-removed * * security > no authentication"], "no authentication is enough; "),
    ("another key", "scheme: bearer", "scheme: basic", &["breaking auth-changed * * security", "breaking auth-alternative-removed GET /things/{id} security > http bearer", "compatible auth-alternative-added GET /things/{id} security > http basic", "compatible wording-changed * * security scheme Key"], "http"),
    ("another place of the key", "Key: {type: http, scheme: bearer}\n", "Key: {type: apiKey, in: header, name: X-Key}\n", &["breaking auth-changed * * security", "breaking auth-alternative-removed GET /things/{id} security > http bearer", "compatible auth-alternative-added GET /things/{id} security > key in header x-key", "compatible wording-changed * * security scheme Key"], "key"),
    ("another kind of key is good too", "security: [{Key: []}]\ntags", "security: [{Key: []}, {Open: []}]\ntags", &["compatible auth-alternative-added * * security > openIdConnect"], "is enough; "),
    ("one of two kinds of key is no longer good", "security: [{Key: []}, {OAuth: [read]}]", "security: [{Key: []}]", &["breaking auth-alternative-removed GET /things/{id} security > oauth2"], "is no longer enough; "),
    ("two keys together", "security: [{Key: []}]\ntags", "security: [{Key: [], Open: []}]\ntags", &["breaking auth-changed * * security"], "needed http bearer, needs http bearer and openIdConnect; "),
    ("a scope", "{OAuth: [read]}", "{OAuth: [read, write]}", &["breaking scope-added GET /things/{id} security > oauth2 > write"], "the scope \"write\" is needed; "),
    ("a scope less", "{OAuth: [read]}", "{OAuth: []}", &["compatible scope-removed GET /things/{id} security > oauth2 > read"], "the scope \"read\" is no longer needed; "),
    ("a token is got elsewhere", "https://a.example/token", "https://b.example/token", &["breaking flow-changed * * security scheme OAuth > flow clientCredentials"], "tokenUrl was"),
    ("another way to a token", "flows: {", "flows: {password: {tokenUrl: 'https://a.example/token', scopes: {}}, ", &["compatible flow-added * * security scheme OAuth > flow password"], "was added; "),
    ("a way to a token less", "flows: {clientCredentials:", "flows: {x-client:", &["breaking flow-removed * * security scheme OAuth > flow clientCredentials", "compatible flow-added * * security scheme OAuth > flow x-client"], "; "),
    ("a scope can be asked for", "scopes: {read", "scopes: {all: To all., read", &["compatible scope-offered * * security scheme OAuth > flow clientCredentials > scope all"], "was added; "),
    ("a scope cannot be asked for", ", write: To write.", "", &["risky scope-withdrawn * * security scheme OAuth > flow clientCredentials > scope write"], "was removed; "),
    ("an identity is got elsewhere", "https://a.example/id'", "https://b.example/id'", &["breaking flow-changed * * security scheme Open"], "openIdConnectUrl was"),
    ("an identity that nothing needs is got elsewhere", "https://a.example/spare", "https://b.example/spare", &["compatible wording-changed * * security scheme Spare"], "but no operation needs it; "),
    ("a scheme is described", "{type: http,", "{description: A, type: http,", &["compatible wording-changed * * security scheme Key"], "description \"A\" was added; "),

    // Servers.
    ("another host", "https://a.example'}, {", "https://c.example'}, {", &["breaking server-changed * * servers > https://a.example"], "was \"https://a.example\", is \"https://c.example\"; "),
    ("one more host", "servers: [{url: 'https://a.example'}, ", "servers: [{url: 'https://a.example'}, {url: 'https://c.example'}, ", &["compatible server-added * * servers > https://c.example"], "was added; "),
    ("a host less", ", {url: 'https://b.example'}]", "]", &["breaking server-removed * * servers > https://b.example"], "was removed; "),
    ("another host first", "[{url: 'https://a.example'}, {url: 'https://b.example'}]", "[{url: 'https://b.example'}, {url: 'https://a.example'}]", &["risky server-reordered * * servers"], "https://b.example is the first now; "),
    ("a host of an operation", "default: eu", "default: us", &["breaking server-changed GET /things/{id} servers > https://{where}.example"], "is \"https://us.example\"; "),
    ("a value of a host's variable", "enum: [eu, us]", "enum: [eu, us, ap]", &["compatible server-value-added GET /things/{id} servers > https://{where}.example > variable where > ap"], "may be \"ap\"; "),
    ("a value of a host's variable less", "enum: [eu, us]", "enum: [eu]", &["breaking server-value-removed GET /things/{id} servers > https://{where}.example > variable where > us"], "may no longer be \"us\"; "),
    ("a slash behind a host", "https://a.example'}, {", "https://a.example/'}, {", &["compatible wording-changed * * servers > https://a.example"], "the address was"),
    ("a host of an operation of its own", "operationId: delete_thing", "operationId: delete_thing\n      servers: [{url: 'https://c.example'}]", &["breaking server-removed DELETE /things/{id} servers > https://a.example", "breaking server-removed DELETE /things/{id} servers > https://b.example", "compatible server-added DELETE /things/{id} servers > https://c.example"], "; "),

    // Words.
    ("a title", "title: A vendor", "title: The vendor", &["compatible wording-changed * * info"], "title was \"A vendor\", is \"The vendor\"; "),
    ("tags", "tags: [{name: things}]", "tags: []", &["compatible wording-changed * * document"], "tags"),
    ("a tag of an operation", "      tags: [things]\n", "", &["compatible wording-changed POST /things operation"], "tags [\"things\"] was removed; "),
    ("a summary of a path", "  /things/{id}:\n", "  /things/{id}:\n    summary: A\n", &["compatible wording-changed * /things/{id} path"], "summary \"A\" was added; "),
    ("a summary of an operation", GET, "    get:\n      operationId: get_thing\n      summary: A\n", &["compatible wording-changed GET /things/{id} operation"], "summary \"A\" was added; "),
    ("a key of the document that OpenAPI 3.0 does not know", "tags: [{name", "webhooks: {}\ntags: [{name", &["risky keyword-changed * * document"], "webhooks {} was added; "),
    ("a key of a body that OpenAPI 3.0 does not know", "      requestBody:\n", "      requestBody:\n        deprecated: true\n", &["risky keyword-changed POST /things request body"], "deprecated true was added; "),
    ("another 3.0", "openapi: 3.0.3", "openapi: 3.0.4", &["compatible wording-changed * * document"], "openapi was \"3.0.3\", is \"3.0.4\"; "),

    // The other way round, where the table above goes one way alone.
    ("a schema at last", NAMES, "{}", &["compatible type-widened POST /things request body"], "was object, is anything; "),
];

/// Changes without an effect: a name, the text to replace, and its replacement.
const SAME: &[(&str, &str, &str)] = &[
    ("a scheme renamed", "Key:", "Bearer:"),
    ("the case of a header", "X-Trace", "x-trace"),
    ("the case of an answer's header", "X-Left", "x-left"),
    (
        "the case of a media type",
        "multipart/form-data",
        "Multipart/Form-Data",
    ),
    ("the case of a range", "4XX", "4xx"),
    (
        "the order of requirements",
        "[{Key: []}, {OAuth: [read]}]",
        "[{OAuth: [read]}, {Key: []}]",
    ),
    (
        "defaults written out",
        "{name: page, in: query,",
        "{name: page, in: query, style: form, explode: true, required: false, allowReserved: false,",
    ),
    (
        "an unused component",
        "  parameters:\n    Fields",
        "  schemas: {New: {type: string}}\n  parameters:\n    Fields",
    ),
    ("a component renamed", "/Thing'", "/Other'"),
];

/// The document with every `from` replaced.
fn replaced(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "the document holds no {from:?}");
    DOCUMENT.replace(from, to)
}

/// All rows: the name, the old and the new document.
pub fn cases() -> Vec<(String, String, String)> {
    ROWS.iter()
        .map(|(name, from, to, ..)| ((*name).to_owned(), DOCUMENT.to_owned(), replaced(from, to)))
        .collect()
}

#[test]
fn a_change_outside_of_schemas_has_its_level_id_and_place() {
    for (name, from, to, expected, words) in ROWS {
        let changes = changes(DOCUMENT, &replaced(from, to));

        let mut found: Vec<_> = changes.iter().map(short).collect();
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{name}");
        for change in &changes {
            let text = &change.text;
            let names = expected.len() > 1 || text.contains(words);
            assert!(names, "{name}: {text:?} holds no {words:?}");
        }
    }
}

#[test]
fn a_change_without_effect_outside_of_schemas_is_not_reported() {
    for (name, from, to) in SAME {
        let mut other = replaced(from, to);
        if *name == "a component renamed" {
            other = other.replace("    Thing: {", "    Other: {");
        }
        if *name == "a scheme renamed" {
            other = other.replace("{Key", "{Bearer");
        }

        assert_eq!(changes(DOCUMENT, &other), [], "{name}");
    }
}

#[test]
fn every_change_is_reported_in_both_directions() {
    for (name, old, new) in cases() {
        assert!(!changes(&old, &new).is_empty(), "{name}");
        assert!(
            !changes(&new, &old).is_empty(),
            "{name}, the other way round"
        );
    }
}
