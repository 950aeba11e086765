//! What OpenAPI 3.0.3 has where: which keys an object may have, and of which kind each is.
//!
//! A key that OpenAPI does not know is not in here; a change of it is reported.

/// An object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Document,
    Info,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    Header,
    Body,
    Media,
    Encoding,
    Answer,
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

/// What stands behind a key.
#[derive(Clone, Copy)]
pub enum Is {
    Anything,
    Text,
    Flag,
    Number,
    Count,
    List,
    Texts,
    TextMap,
    OneOf(&'static [&'static str]),
    One(Kind),
    FlagOr(Kind),
    Many(Kind),
    Map(Kind),
    /// A map that may have extensions beside its members.
    OpenMap(Kind),
}

use Is::{
    Anything, Count, Flag, FlagOr, List, Many, Map, Number, One, OneOf, OpenMap, Text, TextMap,
    Texts,
};

const STYLES: Is = OneOf(&[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);

/// The keys of each kind of object that have to be of some kind themselves.
pub fn keys(kind: Kind) -> &'static [(&'static str, Is)] {
    match kind {
        Kind::Document => &[
            ("info", One(Kind::Info)),
            ("servers", Many(Kind::Server)),
            ("paths", OpenMap(Kind::PathItem)),
            ("components", One(Kind::Components)),
            ("security", Many(Kind::Requirement)),
            ("tags", Many(Kind::Tag)),
        ],
        Kind::Info => &[("title", Text), ("description", Text)],
        Kind::Server => &[("url", Text), ("variables", Map(Kind::ServerVariable))],
        Kind::ServerVariable => &[("enum", Texts), ("default", Text)],
        Kind::PathItem => &[
            ("servers", Many(Kind::Server)),
            ("parameters", Many(Kind::Parameter)),
            ("get", One(Kind::Operation)),
            ("put", One(Kind::Operation)),
            ("post", One(Kind::Operation)),
            ("delete", One(Kind::Operation)),
            ("options", One(Kind::Operation)),
            ("head", One(Kind::Operation)),
            ("patch", One(Kind::Operation)),
            ("trace", One(Kind::Operation)),
        ],
        Kind::Operation => &[
            ("tags", Texts),
            ("operationId", Text),
            ("parameters", Many(Kind::Parameter)),
            ("requestBody", One(Kind::Body)),
            ("responses", OpenMap(Kind::Answer)),
            ("callbacks", Map(Kind::Callback)),
            ("deprecated", Flag),
            ("security", Many(Kind::Requirement)),
            ("servers", Many(Kind::Server)),
        ],
        Kind::Parameter => &[
            ("name", Text),
            ("in", OneOf(&["path", "query", "header", "cookie"])),
            ("required", Flag),
            ("deprecated", Flag),
            ("allowEmptyValue", Flag),
            ("style", STYLES),
            ("explode", Flag),
            ("allowReserved", Flag),
            ("schema", One(Kind::Schema)),
            ("content", Map(Kind::Media)),
        ],
        Kind::Header => &[
            ("required", Flag),
            ("deprecated", Flag),
            ("style", STYLES),
            ("explode", Flag),
            ("schema", One(Kind::Schema)),
            ("content", Map(Kind::Media)),
        ],
        Kind::Body => &[("required", Flag), ("content", Map(Kind::Media))],
        Kind::Media => &[
            ("schema", One(Kind::Schema)),
            ("encoding", Map(Kind::Encoding)),
        ],
        Kind::Encoding => &[("contentType", Text), ("headers", Map(Kind::Header))],
        Kind::Answer => &[
            ("headers", Map(Kind::Header)),
            ("content", Map(Kind::Media)),
            ("links", Map(Kind::Link)),
        ],
        Kind::Link => &[("operationId", Text), ("server", One(Kind::Server))],
        // Its members are path items under expressions; `check` visits them.
        Kind::Callback => &[],
        Kind::Schema => &[
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
            ("properties", Map(Kind::Schema)),
            ("additionalProperties", FlagOr(Kind::Schema)),
            ("items", One(Kind::Schema)),
            ("allOf", Many(Kind::Schema)),
            ("oneOf", Many(Kind::Schema)),
            ("anyOf", Many(Kind::Schema)),
            ("not", One(Kind::Schema)),
            ("discriminator", One(Kind::Discriminator)),
        ],
        Kind::Discriminator => &[("propertyName", Text), ("mapping", TextMap)],
        Kind::Components => &[
            ("schemas", Map(Kind::Schema)),
            ("responses", Map(Kind::Answer)),
            ("parameters", Map(Kind::Parameter)),
            ("requestBodies", Map(Kind::Body)),
            ("headers", Map(Kind::Header)),
            ("securitySchemes", Map(Kind::SecurityScheme)),
            ("links", Map(Kind::Link)),
            ("callbacks", Map(Kind::Callback)),
            ("examples", Anything),
        ],
        Kind::SecurityScheme => &[
            (
                "type",
                OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
            ),
            ("name", Text),
            ("in", OneOf(&["query", "header", "cookie"])),
            ("scheme", Text),
            ("flows", One(Kind::Flows)),
            ("openIdConnectUrl", Text),
        ],
        Kind::Flows => &[
            ("implicit", One(Kind::Flow)),
            ("password", One(Kind::Flow)),
            ("clientCredentials", One(Kind::Flow)),
            ("authorizationCode", One(Kind::Flow)),
        ],
        Kind::Flow => &[
            ("authorizationUrl", Text),
            ("tokenUrl", Text),
            ("refreshUrl", Text),
            ("scopes", TextMap),
        ],
        // Its members are lists of scopes under the names of schemes; `check` visits them.
        Kind::Requirement => &[],
        Kind::Tag => &[("name", Text)],
    }
}

/// The kinds in the place of which a reference may stand.
pub fn may_be_reference(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::PathItem
            | Kind::Parameter
            | Kind::Header
            | Kind::Body
            | Kind::Answer
            | Kind::Link
            | Kind::Callback
            | Kind::Schema
            | Kind::SecurityScheme
    )
}
