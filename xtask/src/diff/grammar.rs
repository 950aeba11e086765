//! What OpenAPI 3.0.3 has where: which keys an object may have, and of which kind each is.
//!
//! Everything that compares may rely on it. A key that OpenAPI does not know is let through; a change of it is reported.

use std::collections::HashSet;

use serde_json::Value;

use super::document::{Document, is_extension, members, reference};

/// An object of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
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
enum Is {
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
fn keys(kind: Kind) -> &'static [(&'static str, Is)] {
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
fn may_be_reference(kind: Kind) -> bool {
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

/// Holds a document against the specification, and says where it differs and what to do.
pub fn check(document: &Document) -> Result<(), String> {
    let mut check = Check {
        document,
        known: HashSet::new(),
        ahead: Vec::new(),
    };
    check.object(document.value(), Kind::Document, "#")?;
    while let Some((value, kind, place)) = check.ahead.pop() {
        check.object(value, kind, &place)?;
    }
    Ok(())
}

struct Check<'a> {
    document: &'a Document,
    /// What references lead to, so that a circle ends.
    known: HashSet<(*const Value, Kind)>,
    ahead: Vec<(&'a Value, Kind, String)>,
}

impl<'a> Check<'a> {
    fn object(&mut self, value: &'a Value, kind: Kind, place: &str) -> Result<(), String> {
        if !value.is_object() {
            return Err(expected(place, "an object", value));
        }
        if may_be_reference(kind) && self.reference(value, kind, place)? {
            return Ok(());
        }
        for (key, is) in keys(kind) {
            if let Some(value) = value.get(*key).filter(|value| !value.is_null()) {
                self.is(value, *is, &below(place, key))?;
            }
        }
        match kind {
            Kind::Callback => self.map(value, Kind::PathItem, Extensions::Beside, place),
            Kind::Requirement => members(value)
                .try_for_each(|(name, scopes)| self.is(scopes, Texts, &below(place, name))),
            Kind::Discriminator => self.mapping(value, place),
            _ => Ok(()),
        }
    }

    /// Follows a reference; says whether it was one.
    fn reference(&mut self, value: &'a Value, kind: Kind, place: &str) -> Result<bool, String> {
        let Some(to) = reference(value) else {
            return Ok(false);
        };
        if !to.starts_with('#') {
            return Err(format!(
                "{place}: the reference {to:?} leads out of the document; bundle it into one \
                 document first, for example with `npx @redocly/cli bundle`"
            ));
        }
        let Some(target) = self.document.find(to) else {
            return Err(format!(
                "{place}: the reference {to:?} leads nowhere; add what it means, or mend its name"
            ));
        };
        if reference(self.document.resolve(value)).is_some() {
            return Err(format!(
                "{place}: the reference {to:?} leads to references alone; give one of them a meaning"
            ));
        }
        if self.known.insert((std::ptr::from_ref(target), kind)) {
            self.ahead.push((target, kind, to.to_owned()));
        }
        Ok(true)
    }

    fn is(&mut self, value: &'a Value, is: Is, place: &str) -> Result<(), String> {
        match is {
            Anything => Ok(()),
            Text => held(value.is_string(), place, "a string", value),
            Flag => held(value.is_boolean(), place, "true or false", value),
            Number => held(value.is_number(), place, "a number", value),
            Count => {
                let counts = value
                    .as_f64()
                    .is_some_and(|it| it >= 0.0 && it.fract() == 0.0);
                held(counts, place, "a whole number from 0", value)
            }
            List => held(value.is_array(), place, "a list", value),
            Texts => {
                let texts = value
                    .as_array()
                    .is_some_and(|list| list.iter().all(Value::is_string));
                held(texts, place, "a list of strings", value)
            }
            TextMap => {
                let texts = value.is_object() && members(value).all(|(_, text)| text.is_string());
                held(texts, place, "an object of strings", value)
            }
            OneOf(words) => {
                let known = value.as_str().is_some_and(|word| words.contains(&word));
                held(known, place, &format!("one of {}", words.join(", ")), value)
            }
            One(kind) => self.object(value, kind, place),
            FlagOr(_) if value.is_boolean() => Ok(()),
            FlagOr(kind) => self.object(value, kind, place),
            Many(kind) => {
                let Some(list) = value.as_array() else {
                    return Err(expected(place, "a list", value));
                };
                let mut items = list.iter().enumerate();
                items.try_for_each(|(index, item)| {
                    self.object(item, kind, &below(place, &index.to_string()))
                })
            }
            Map(kind) => self.map(value, kind, Extensions::No, place),
            OpenMap(kind) => self.map(value, kind, Extensions::Beside, place),
        }
    }

    fn map(
        &mut self,
        value: &'a Value,
        kind: Kind,
        extensions: Extensions,
        place: &str,
    ) -> Result<(), String> {
        if !value.is_object() {
            return Err(expected(place, "an object", value));
        }
        members(value)
            .filter(|(key, _)| extensions == Extensions::No || !is_extension(key))
            .try_for_each(|(key, value)| self.object(value, kind, &below(place, key)))
    }

    /// A value of a mapping is a reference, or the name of a schema.
    fn mapping(&mut self, value: &'a Value, place: &str) -> Result<(), String> {
        for (key, to) in super::document::members_of(value, "mapping") {
            let to = to.as_str().unwrap_or_default();
            let target = mapped(to);
            match self.document.find(&target) {
                Some(schema) => {
                    if self
                        .known
                        .insert((std::ptr::from_ref(schema), Kind::Schema))
                    {
                        self.ahead.push((schema, Kind::Schema, target));
                    }
                }
                None => {
                    return Err(format!(
                        "{}: {to:?} is no schema of this document; mend its name",
                        below(&below(place, "mapping"), key)
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Where a value of a discriminator's mapping leads (OpenAPI 3.0.3, "Discriminator Object").
pub fn mapped(to: &str) -> String {
    match to.starts_with('#') {
        true => to.to_owned(),
        false => format!("#/components/schemas/{to}"),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Extensions {
    Beside,
    No,
}

fn held(holds: bool, place: &str, what: &str, value: &Value) -> Result<(), String> {
    match holds {
        true => Ok(()),
        false => Err(expected(place, what, value)),
    }
}

fn expected(place: &str, what: &str, value: &Value) -> String {
    let found: String = value.to_string().chars().take(40).collect();
    format!("{place}: OpenAPI 3.0 has {what} here, and this is {found}; mend the document")
}

/// One step on in a JSON pointer (RFC 6901).
fn below(place: &str, key: &str) -> String {
    format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"))
}
