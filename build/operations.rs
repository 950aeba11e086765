//! The operations of a document: what a call of each needs, and what the layer knows of it by `x-shoppers`.

use serde_json::Value;

use super::{
    Refusal, Refusals,
    check::parameters,
    document::{component, members, operations as in_document},
    names::{field_name, type_name},
    place::Place,
};

mod facts;
mod parameters;

use facts::Facts;
pub use parameters::{COMMA_LIST, Location, Parameter, fix_headers, join_lists};
use parameters::{OWN_HEADERS, read_parameter};

/// The facts about an operation that OpenAPI cannot say.
const EXTENSION: &str = "x-shoppers";

/// An operation of a document.
#[derive(Clone, Debug)]
pub struct Operation {
    pub place: Place,
    /// The method in Rust, and the name in errors and logs.
    pub name: String,
    /// In capitals.
    pub method: String,
    pub path: String,
    /// The file that describes it, once that is known.
    pub document: String,
    pub summary: String,
    pub description: String,
    pub effect: Effect,
    pub idempotency: Idempotency,
    /// The answer comes in pages.
    pub pages: Option<Pages>,
    /// Without one by hand the method is public.
    pub public: bool,
    /// The type by hand that reads the answer.
    pub answer: Option<String>,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    /// The header that holds the key, if it is not `Authorization`.
    pub key_header: Option<String>,
}

/// The effect of an operation at the vendor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    Read,
    Write,
}

/// Says if an operation may be sent twice.
#[derive(Clone, Debug, PartialEq)]
pub enum Idempotency {
    Always,
    Never,
    /// If this field of the body is set.
    With(String),
}

/// The way in which the next page is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pages {
    /// By the header `Link`.
    Link,
}

#[derive(Clone, Debug)]
pub struct Body {
    /// The one member of an envelope.
    pub envelope: Option<String>,
    /// The body, or what is in the envelope, has rules of ours.
    pub is_validated: bool,
}

impl Operation {
    pub fn with(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        let has = move |it: &&Parameter| it.location == location;
        self.parameters.iter().filter(has)
    }

    /// The constant in Rust.
    pub fn constant(&self) -> String {
        self.name.to_uppercase()
    }

    /// The one member of the body's envelope.
    pub fn envelope(&self) -> Option<&str> {
        self.body.as_ref()?.envelope.as_deref()
    }

    /// A name that no parameter has.
    pub fn free(&self, name: &str) -> String {
        if self.parameters.iter().any(|it| it.ident == name) {
            return format!("{name}_");
        }
        name.to_owned()
    }

    /// The type that the generated names of this operation begin with.
    pub fn type_name(&self) -> String {
        type_name(&self.name)
    }
}

/// Reads every operation of a document, or says what is wrong with each.
pub fn read(document: &Value) -> Result<Vec<Operation>, Refusals> {
    let mut refusals = Refusals::default();
    let operations = in_document(document)
        .into_iter()
        .filter_map(|(place, operation)| refusals.take(read_one(document, place, operation)))
        .collect();
    refusals.or(operations)
}

fn read_one(document: &Value, place: Place, operation: &Value) -> Result<Operation, Refusal> {
    let keys = place.keys();
    let (Some(path), Some(method)) = (keys.get(1), keys.get(2)) else {
        return Err(Refusal::at(&place, "expected a method below a path"));
    };
    if ["options", "trace"].contains(&method.as_str()) {
        return Err(Refusal::at(
            &place,
            "is no method that a client sends; leave the operation out",
        ));
    }
    let text = |key| operation[key].as_str().unwrap_or_default().to_owned();
    let body = body(document, &place, operation)?;
    let facts = Facts::read(operation, &place.key(EXTENSION))?;
    let effect = facts.effect.unwrap_or(match method.as_str() {
        "get" | "head" => Effect::Read,
        _ => Effect::Write,
    });
    let idempotency = facts.idempotency.clone().unwrap_or(match effect {
        Effect::Read => Idempotency::Always,
        Effect::Write => Idempotency::Never,
    });
    if let Idempotency::With(field) = &idempotency {
        is_optional(document, &place, operation, field)?;
    }
    let mut parameters = parameters(document, &place, operation)
        .into_iter()
        .map(|(place, parameter)| read_parameter(document, &place, parameter))
        .collect::<Result<Vec<_>, _>>()?;
    facts.mark(&mut parameters, &place.key(EXTENSION))?;
    Ok(Operation {
        name: field_name(operation["operationId"].as_str().unwrap_or_default()),
        method: method.to_uppercase(),
        path: path.clone(),
        document: String::new(),
        summary: text("summary"),
        description: text("description"),
        effect,
        idempotency,
        pages: facts.pages,
        public: facts.public,
        answer: facts.answer,
        parameters,
        body,
        key_header: key_header(document, &place, operation)?,
        place,
    })
}

/// The header that an operation wants the key in, if it is not `Authorization`.
fn key_header(
    document: &Value,
    place: &Place,
    operation: &Value,
) -> Result<Option<String>, Refusal> {
    let own = &operation["security"];
    let security = if own.is_null() {
        &document["security"]
    } else {
        own
    };
    let schemes = security.as_array().into_iter().flatten().flat_map(members);
    let Some((name, _)) = schemes.into_iter().next() else {
        return Ok(None);
    };
    let scheme = &document["components"]["securitySchemes"][name.as_str()];
    let text = |key| scheme[key].as_str().unwrap_or_default().to_lowercase();
    let header = text("name");
    match (
        text("type").as_str(),
        text("scheme").as_str(),
        text("in").as_str(),
    ) {
        ("http", "bearer", _) | ("", "", "") => Ok(None),
        ("apikey", _, "header") if header == "authorization" => Ok(None),
        ("apikey", _, "header") if is_header(&header) => Ok(Some(header)),
        _ => Err(Refusal::at(
            &place.key("security"),
            format_args!(
                "{name:?} wants the key in a way that is not sent; describe a bearer token or a header, or leave the operation out"
            ),
        )),
    }
}

fn is_header(name: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    !name.is_empty() && name.bytes().all(is_letter) && !OWN_HEADERS.contains(&name)
}

/// The schema of what an operation is sent, and where it stands.
fn sent<'a>(place: &Place, operation: &'a Value) -> Result<Option<(Place, &'a Value)>, Refusal> {
    let place = place.key("requestBody");
    let body = &operation["requestBody"];
    if body.is_null() {
        return Ok(None);
    }
    let content = place.key("content");
    let medias: Vec<&String> = members(&body["content"]).map(|(media, _)| media).collect();
    match medias[..] {
        [media] if media == "application/json" => {
            let place = content.key(media).key("schema");
            Ok(Some((place, &body["content"][media]["schema"])))
        }
        _ => Err(Refusal::at(
            &content,
            "a body is sent as application/json alone; describe that one, or leave the operation out",
        )),
    }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    component(schema).map_or(schema, |name| &document["components"]["schemas"][name])
}

fn body(document: &Value, place: &Place, operation: &Value) -> Result<Option<Body>, Refusal> {
    let Some((place, schema)) = sent(place, operation)? else {
        return Ok(None);
    };
    let schema = resolved(document, schema);
    let content = enveloped(document, schema);
    let validated = content.map_or(schema, |(_, content)| content);
    Ok(Some(Body {
        envelope: content.map(|(name, _)| name.clone()),
        is_validated: is_validated(validated, &place)?,
    }))
}

/// The one member of a body that has no other, if it is an object or a list.
fn enveloped<'a>(document: &'a Value, schema: &'a Value) -> Option<(&'a String, &'a Value)> {
    let mut properties = members(&schema["properties"]);
    let (Some((name, property)), None) = (properties.next(), properties.next()) else {
        return None;
    };
    let content = resolved(document, property);
    let is_structured = content["properties"].is_object() || content["type"] == "array";
    is_structured.then_some((name, content))
}

/// `x-shoppers: {validate: true}` at the schema of a body.
fn is_validated(schema: &Value, place: &Place) -> Result<bool, Refusal> {
    let mut is_validated = false;
    for (key, value) in members(&schema[EXTENSION]) {
        match (key.as_str(), value) {
            ("validate", Value::Bool(validate)) => is_validated = *validate,
            _ => {
                return Err(Refusal::at(
                    &place.key(EXTENSION).key(key),
                    format_args!("{key}: {value} is not known; write `validate: true` at a schema"),
                ));
            }
        }
    }
    Ok(is_validated)
}

/// `idempotent: with FIELD` needs a field that can be left out, and a body to have it.
fn is_optional(
    document: &Value,
    place: &Place,
    operation: &Value,
    field: &str,
) -> Result<(), Refusal> {
    let refused = |why: &str| {
        Err(Refusal::at(
            &place.key(EXTENSION).key("idempotent"),
            format_args!(
                "the body {why} `{field}`; name an optional field of it, or write `always` or `never`"
            ),
        ))
    };
    let Some((_, schema)) = sent(place, operation)? else {
        return refused("is missing, and so is");
    };
    let schema = resolved(document, schema);
    let schema = enveloped(document, schema).map_or(schema, |(_, content)| content);
    let required = schema["required"].as_array().into_iter().flatten();
    let property = resolved(document, &schema["properties"][field]);
    if property.is_null() {
        return refused("has no");
    }
    // Without them it is empty, or has its default, but it is there.
    let is_open = property["type"] == "object" && !property["properties"].is_object();
    if property["type"] == "array" || is_open || !property["default"].is_null() {
        return refused("has, if only as an empty one or by default,");
    }
    if required.into_iter().any(|it| it == field) {
        return refused("always has");
    }
    Ok(())
}
