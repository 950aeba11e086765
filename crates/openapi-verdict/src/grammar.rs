//! The objects of OpenAPI 3.0.3, their keys, and the type of each.
//!
//! Keys that are for readers alone are left out unless their type matters. A change of a key that is not listed is
//! reported as such.

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

/// The methods that a path may have.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The values of `style`.
const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

macro_rules! grammar {
    ($($kind:ident { $($key:literal $expected:ident $(($of:expr))?),* })+) => {
        /// A kind of object of the specification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ObjectKind { $($kind),+ }

        /// The keys of a kind of object.
        pub fn keys(kind: ObjectKind) -> &'static [(&'static str, Expected)] {
            #[allow(clippy::enum_glob_use)]
            use ObjectKind::*;

            match kind { $($kind => &[$(($key, Expected::$expected $(($of))?)),*]),+ }
        }
    };
}

grammar! {
    Document {
        "info" One(Info), "servers" Many(Server), "paths" OpenMap(PathItem), "components" One(Components),
        "security" Many(Requirement), "tags" Many(Tag)
    }
    Info { "title" Text, "description" Text, "version" Anything }
    Server { "url" Text, "variables" Map(ServerVariable) }
    ServerVariable { "enum" Texts, "default" Text }
    PathItem {
        "servers" Many(Server), "parameters" Many(Parameter), "get" One(Operation), "put" One(Operation),
        "post" One(Operation), "delete" One(Operation), "options" One(Operation), "head" One(Operation),
        "patch" One(Operation), "trace" One(Operation)
    }
    Operation {
        "tags" Texts, "operationId" Text, "parameters" Many(Parameter), "requestBody" One(RequestBody),
        "responses" OpenMap(Response), "callbacks" Map(Callback), "deprecated" Flag, "security" Many(Requirement),
        "servers" Many(Server)
    }
    Parameter {
        "name" Text, "in" OneOf(&["path", "query", "header", "cookie"]), "required" Flag, "deprecated" Flag,
        "allowEmptyValue" Flag, "style" OneOf(STYLES), "explode" Flag, "allowReserved" Flag, "schema" One(Schema),
        "content" Map(MediaType)
    }
    Header {
        "required" Flag, "deprecated" Flag, "style" OneOf(STYLES), "explode" Flag, "schema" One(Schema),
        "content" Map(MediaType)
    }
    RequestBody { "required" Flag, "content" Map(MediaType) }
    MediaType { "schema" One(Schema), "encoding" Map(Encoding) }
    Encoding { "contentType" Text, "headers" Map(Header) }
    Response { "headers" Map(Header), "content" Map(MediaType), "links" Map(Link) }
    Link { "operationId" Text, "server" One(Server) }
    // Its members are path items by expression; `check` visits them.
    Callback {}
    Schema {
        "type" OneOf(&["string", "number", "integer", "boolean", "array", "object"]), "format" Text, "enum" List,
        "nullable" Flag, "readOnly" Flag, "writeOnly" Flag, "deprecated" Flag, "pattern" Text, "multipleOf" Number,
        "minimum" Number, "maximum" Number, "exclusiveMinimum" Flag, "exclusiveMaximum" Flag, "minLength" Count,
        "maxLength" Count, "minItems" Count, "maxItems" Count, "minProperties" Count, "maxProperties" Count,
        "uniqueItems" Flag, "required" Texts, "properties" Map(Schema), "additionalProperties" FlagOr(Schema),
        "items" One(Schema), "allOf" Many(Schema), "oneOf" Many(Schema), "anyOf" Many(Schema), "not" One(Schema),
        "discriminator" One(Discriminator), "default" Anything, "xml" Anything
    }
    Discriminator { "propertyName" Text, "mapping" TextMap }
    Components {
        "schemas" Map(Schema), "responses" Map(Response), "parameters" Map(Parameter), "requestBodies" Map(RequestBody),
        "headers" Map(Header), "securitySchemes" Map(SecurityScheme), "links" Map(Link), "callbacks" Map(Callback),
        "examples" Anything
    }
    SecurityScheme {
        "type" OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]), "name" Text,
        "in" OneOf(&["query", "header", "cookie"]), "scheme" Text, "flows" One(Flows), "openIdConnectUrl" Text
    }
    Flows { "implicit" One(Flow), "password" One(Flow), "clientCredentials" One(Flow), "authorizationCode" One(Flow) }
    Flow { "authorizationUrl" Text, "tokenUrl" Text, "refreshUrl" Text, "scopes" TextMap }
    // Its members are lists of scopes by the name of a scheme; `check` visits them.
    Requirement {}
    Tag { "name" Text }
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
