//! The objects of OpenAPI 3.0.3, their keys, and the type of each.
//!
//! Keys that are for readers alone are left out unless their type matters. A change of a key that is not listed is
//! reported as such.

/// A kind of object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    Document,
    Info,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Link,
    Callback,
    Schema,
    Discriminator,
    Components,
    SecurityScheme,
    Flows,
    Flow,
    Requirement,
    Tag,
}

/// The type of a value.
#[derive(Clone, Copy)]
pub enum Expected {
    Anything,
    Text,
    Flag,
    Number,
    Count,
    List,
    Texts,
    TextMap,
    OneOf(&'static [&'static str]),
    One(ObjectKind),
    FlagOr(ObjectKind),
    Many(ObjectKind),
    Map(ObjectKind),
    /// A map that may have extensions among its members.
    OpenMap(ObjectKind),
}

use Expected::{
    Anything, Count, Flag, FlagOr, List, Many, Map, Number, One, OneOf, OpenMap, Text, TextMap,
    Texts,
};

const STYLES: Expected = OneOf(&[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);

/// The methods that a path may have.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The keys of a kind of object.
pub fn keys(kind: ObjectKind) -> &'static [(&'static str, Expected)] {
    match kind {
        ObjectKind::Document => &[
            ("info", One(ObjectKind::Info)),
            ("servers", Many(ObjectKind::Server)),
            ("paths", OpenMap(ObjectKind::PathItem)),
            ("components", One(ObjectKind::Components)),
            ("security", Many(ObjectKind::Requirement)),
            ("tags", Many(ObjectKind::Tag)),
        ],
        ObjectKind::Info => &[
            ("title", Text),
            ("description", Text),
            ("version", Anything),
        ],
        ObjectKind::Server => &[
            ("url", Text),
            ("variables", Map(ObjectKind::ServerVariable)),
        ],
        ObjectKind::ServerVariable => &[("enum", Texts), ("default", Text)],
        ObjectKind::PathItem => &[
            ("servers", Many(ObjectKind::Server)),
            ("parameters", Many(ObjectKind::Parameter)),
            ("get", One(ObjectKind::Operation)),
            ("put", One(ObjectKind::Operation)),
            ("post", One(ObjectKind::Operation)),
            ("delete", One(ObjectKind::Operation)),
            ("options", One(ObjectKind::Operation)),
            ("head", One(ObjectKind::Operation)),
            ("patch", One(ObjectKind::Operation)),
            ("trace", One(ObjectKind::Operation)),
        ],
        ObjectKind::Operation => &[
            ("tags", Texts),
            ("operationId", Text),
            ("parameters", Many(ObjectKind::Parameter)),
            ("requestBody", One(ObjectKind::RequestBody)),
            ("responses", OpenMap(ObjectKind::Response)),
            ("callbacks", Map(ObjectKind::Callback)),
            ("deprecated", Flag),
            ("security", Many(ObjectKind::Requirement)),
            ("servers", Many(ObjectKind::Server)),
        ],
        ObjectKind::Parameter => &[
            ("name", Text),
            ("in", OneOf(&["path", "query", "header", "cookie"])),
            ("required", Flag),
            ("deprecated", Flag),
            ("allowEmptyValue", Flag),
            ("style", STYLES),
            ("explode", Flag),
            ("allowReserved", Flag),
            ("schema", One(ObjectKind::Schema)),
            ("content", Map(ObjectKind::MediaType)),
        ],
        ObjectKind::Header => &[
            ("required", Flag),
            ("deprecated", Flag),
            ("style", STYLES),
            ("explode", Flag),
            ("schema", One(ObjectKind::Schema)),
            ("content", Map(ObjectKind::MediaType)),
        ],
        ObjectKind::RequestBody => &[("required", Flag), ("content", Map(ObjectKind::MediaType))],
        ObjectKind::MediaType => &[
            ("schema", One(ObjectKind::Schema)),
            ("encoding", Map(ObjectKind::Encoding)),
        ],
        ObjectKind::Encoding => &[("contentType", Text), ("headers", Map(ObjectKind::Header))],
        ObjectKind::Response => &[
            ("headers", Map(ObjectKind::Header)),
            ("content", Map(ObjectKind::MediaType)),
            ("links", Map(ObjectKind::Link)),
        ],
        ObjectKind::Link => &[("operationId", Text), ("server", One(ObjectKind::Server))],
        // Its members are path items by expression; `check` visits them.
        ObjectKind::Callback => &[],
        ObjectKind::Schema => &[
            (
                "type",
                OneOf(&["string", "number", "integer", "boolean", "array", "object"]),
            ),
            ("format", Text),
            ("enum", List),
            ("nullable", Flag),
            ("readOnly", Flag),
            ("writeOnly", Flag),
            ("deprecated", Flag),
            ("pattern", Text),
            ("multipleOf", Number),
            ("minimum", Number),
            ("maximum", Number),
            ("exclusiveMinimum", Flag),
            ("exclusiveMaximum", Flag),
            ("minLength", Count),
            ("maxLength", Count),
            ("minItems", Count),
            ("maxItems", Count),
            ("minProperties", Count),
            ("maxProperties", Count),
            ("uniqueItems", Flag),
            ("required", Texts),
            ("properties", Map(ObjectKind::Schema)),
            ("additionalProperties", FlagOr(ObjectKind::Schema)),
            ("items", One(ObjectKind::Schema)),
            ("allOf", Many(ObjectKind::Schema)),
            ("oneOf", Many(ObjectKind::Schema)),
            ("anyOf", Many(ObjectKind::Schema)),
            ("not", One(ObjectKind::Schema)),
            ("discriminator", One(ObjectKind::Discriminator)),
            ("default", Anything),
            ("xml", Anything),
        ],
        ObjectKind::Discriminator => &[("propertyName", Text), ("mapping", TextMap)],
        ObjectKind::Components => &[
            ("schemas", Map(ObjectKind::Schema)),
            ("responses", Map(ObjectKind::Response)),
            ("parameters", Map(ObjectKind::Parameter)),
            ("requestBodies", Map(ObjectKind::RequestBody)),
            ("headers", Map(ObjectKind::Header)),
            ("securitySchemes", Map(ObjectKind::SecurityScheme)),
            ("links", Map(ObjectKind::Link)),
            ("callbacks", Map(ObjectKind::Callback)),
            ("examples", Anything),
        ],
        ObjectKind::SecurityScheme => &[
            (
                "type",
                OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
            ),
            ("name", Text),
            ("in", OneOf(&["query", "header", "cookie"])),
            ("scheme", Text),
            ("flows", One(ObjectKind::Flows)),
            ("openIdConnectUrl", Text),
        ],
        ObjectKind::Flows => &[
            ("implicit", One(ObjectKind::Flow)),
            ("password", One(ObjectKind::Flow)),
            ("clientCredentials", One(ObjectKind::Flow)),
            ("authorizationCode", One(ObjectKind::Flow)),
        ],
        ObjectKind::Flow => &[
            ("authorizationUrl", Text),
            ("tokenUrl", Text),
            ("refreshUrl", Text),
            ("scopes", TextMap),
        ],
        // Its members are lists of scopes by the name of a scheme; `check` visits them.
        ObjectKind::Requirement => &[],
        ObjectKind::Tag => &[("name", Text)],
    }
}

/// Returns `true` if a change of a key is compared by a comparison of its own.
pub fn is_compared(kind: ObjectKind, key: &str) -> bool {
    let is_for_readers = match kind {
        ObjectKind::Info => key != "version",
        // Its value is part of the address.
        ObjectKind::ServerVariable => key == "default",
        _ => key == "tags",
    };
    !is_for_readers && keys(kind).iter().any(|(known, _)| *known == key)
}

/// Returns `true` if a reference may stand in place of the object.
pub fn may_be_reference(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::PathItem
            | ObjectKind::Parameter
            | ObjectKind::Header
            | ObjectKind::RequestBody
            | ObjectKind::Response
            | ObjectKind::Link
            | ObjectKind::Callback
            | ObjectKind::Schema
            | ObjectKind::SecurityScheme
    )
}
