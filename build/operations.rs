//! The operations of a document: what a call of each needs to be told, and what the layer knows of it by `x-shoppers`.

use serde_json::{Value, json};

use super::{
    Refusal,
    check::parameters,
    document::{METHODS, Place, component, members, operations as in_document},
    names::{field_name, type_name},
};

/// The facts about an operation that OpenAPI cannot say.
const EXTENSION: &str = "x-shoppers";

/// The format of a text that is a list with commas.
pub const COMMA_LIST: &str = "comma-list";

/// Headers that a client sets itself, or that would decide who is asked.
const OWN_HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
];

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
pub struct Parameter {
    /// On the wire.
    pub name: String,
    /// The argument in Rust.
    pub ident: String,
    pub location: Location,
    pub is_required: bool,
    pub kind: Kind,
    /// The only values that it may have, if it has no others.
    pub values: Vec<String>,
    /// The value of a header that is the same for all calls.
    pub constant: Option<String>,
    pub description: String,
}

/// The kind of a parameter's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Location {
    Path,
    Query,
    Header,
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

/// Reads every operation of a document.
pub fn read(document: &Value) -> Result<Vec<Operation>, Refusal> {
    let operations = in_document(document).into_iter();
    operations
        .map(|(place, operation)| read_one(document, place, operation))
        .collect()
}

/// The key of a header that has one value for all calls, and so needs no type.
const CONSTANT: &str = "x-constant";

/// Lets a required header that may have one value alone be a text, whose value is remembered.
pub fn fix_headers(document: &mut Value) {
    visit_parameters(document, &mut |parameter| {
        let is_header = parameter["in"] == "header" && parameter["required"] == true;
        let values = parameter["schema"]["enum"].as_array().map(Vec::as_slice);
        if let (true, Some([value @ Value::String(_)])) = (is_header, values) {
            parameter["schema"] = json!({"type": "string", CONSTANT: value});
        }
    });
}

/// Turns each list of a query that is not exploded into a text with commas, as progenitor would send each item by itself.
pub fn join_lists(document: &mut Value) {
    let components = document["components"].clone();
    let is_joined = |parameter: &Value| {
        let named = component(&parameter["schema"]).map(|it| &components["schemas"][it]);
        parameter["in"] == "query"
            && parameter["explode"] == false
            && named.unwrap_or(&parameter["schema"])["type"] == "array"
    };
    visit_parameters(document, &mut |parameter| {
        if is_joined(parameter) {
            parameter["schema"] = json!({"type": "string", "format": COMMA_LIST});
        }
    });
}

fn visit_parameters(value: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    for (key, member) in value.as_object_mut().into_iter().flatten() {
        match (key.as_str(), &mut *member) {
            ("parameters", Value::Array(parameters)) => parameters.iter_mut().for_each(&mut *visit),
            (key, _) if key == "paths" || key.starts_with('/') || METHODS.contains(&key) => {
                visit_parameters(member, visit);
            }
            _ => {}
        }
    }
}

fn read_one(document: &Value, place: Place, operation: &Value) -> Result<Operation, Refusal> {
    let keys = place.keys();
    let (Some(path), Some(method)) = (keys.get(1), keys.get(2)) else {
        return Err(Refusal::at(&place, "expected a method below a path"));
    };
    let text = |key| operation[key].as_str().unwrap_or_default().to_owned();
    let body = body(document, &place, operation)?;
    let facts = Facts::read(operation, &place.key(EXTENSION))?;
    let effect = facts.effect.unwrap_or(match method.as_str() {
        "get" | "head" => Effect::Read,
        _ => Effect::Write,
    });
    let idempotency = facts.idempotency.unwrap_or(match effect {
        Effect::Read => Idempotency::Always,
        Effect::Write => Idempotency::Never,
    });
    if let Idempotency::With(field) = &idempotency {
        is_optional(document, &place, operation, field)?;
    }
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
        parameters: parameters(document, &place, operation)
            .into_iter()
            .map(|(place, parameter)| read_parameter(document, &place, parameter))
            .collect::<Result<_, _>>()?,
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

/// The content of `x-shoppers`.
struct Facts {
    effect: Option<Effect>,
    idempotency: Option<Idempotency>,
    pages: Option<Pages>,
    public: bool,
    answer: Option<String>,
}

impl Facts {
    fn read(operation: &Value, place: &Place) -> Result<Self, Refusal> {
        let mut facts = Self {
            effect: None,
            idempotency: None,
            pages: None,
            public: true,
            answer: None,
        };
        let said = &operation[EXTENSION];
        if !said.is_null() && !said.is_object() {
            return Err(Refusal::at(
                place,
                "expected an object; write `effect`, `idempotent`, `pages`, `public` or `answer` below it",
            ));
        }
        for (key, value) in members(said) {
            let text = value.as_str();
            match (key.as_str(), text, value) {
                ("effect", Some("read"), _) => facts.effect = Some(Effect::Read),
                ("effect", Some("write"), _) => facts.effect = Some(Effect::Write),
                ("idempotent", Some("always"), _) => facts.idempotency = Some(Idempotency::Always),
                ("idempotent", Some("never"), _) => facts.idempotency = Some(Idempotency::Never),
                ("idempotent", Some(text), _) if text.starts_with("with ") => {
                    let field = text.trim_start_matches("with ").to_owned();
                    facts.idempotency = Some(Idempotency::With(field));
                }
                ("pages", Some("link"), _) => facts.pages = Some(Pages::Link),
                ("public", _, Value::Bool(public)) => facts.public = *public,
                ("answer", Some(answer), _) if is_type(answer) => {
                    facts.answer = Some(answer.to_owned());
                }
                _ => return Err(unknown(&place.key(key), key, value)),
            }
        }
        Ok(facts)
    }
}

fn is_type(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase()) && type_name(name) == name
}

fn unknown(place: &Place, key: &str, value: &Value) -> Refusal {
    let known = match key {
        "effect" => "`read` or `write`",
        "idempotent" => "`always`, `never` or `with FIELD`",
        "pages" => "`link`",
        "public" => "`true` or `false`",
        "answer" => "the name of a type by hand in the vendor's module, such as `Written`",
        _ => {
            return Refusal::at(
                place,
                format_args!(
                    "{key:?} is not known; write `effect`, `idempotent`, `pages`, `public` or `answer`"
                ),
            );
        }
    };
    Refusal::at(place, format_args!("is {value}; write {known}"))
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

fn read_parameter(
    document: &Value,
    place: &Place,
    parameter: &Value,
) -> Result<Parameter, Refusal> {
    let name = parameter["name"].as_str().unwrap_or_default();
    let refused = |key: &str, why: &str| {
        Err(Refusal::at(
            &place.key(key),
            format_args!(
                "{name:?} {why}; leave the operation out, or describe the parameter otherwise"
            ),
        ))
    };
    let location = match parameter["in"].as_str() {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") if OWN_HEADERS.contains(&name.to_lowercase().as_str()) => {
            return refused("name", "is a header that the client sets itself");
        }
        Some("header") => Location::Header,
        _ => return refused("in", "is neither in the path, the query nor a header"),
    };
    if !parameter["schema"].is_object() {
        return refused(
            "content",
            "is described by a media type and not by a schema",
        );
    }
    let schema = resolved(document, &parameter["schema"]);
    let usual = match location {
        Location::Query => "form",
        Location::Path | Location::Header => "simple",
    };
    if parameter["style"].as_str().is_some_and(|it| it != usual) {
        return refused("style", "is written in a style that is not sent");
    }
    let is_list = schema["type"] == "array";
    if schema["type"] == "object" || schema["properties"].is_object() {
        return refused("schema", "is an object, which is not sent in an address");
    }
    if is_list && location != Location::Query {
        return refused("schema", "is a list, which is sent in a query alone");
    }
    let words = schema["enum"].as_array().into_iter().flatten();
    Ok(Parameter {
        name: name.to_owned(),
        ident: field_name(name),
        location,
        is_required: parameter["required"] == true,
        kind: match schema["type"].as_str() {
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("array") => Kind::List,
            _ => Kind::Text,
        },
        values: words.filter_map(Value::as_str).map(str::to_owned).collect(),
        constant: schema[CONSTANT].as_str().map(str::to_owned),
        description: parameter["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    })
}
