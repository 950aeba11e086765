//! The parameters of operations.

use serde_json::{Value, json};

use super::resolved;
use crate::generation::{
    Refusal,
    document::{METHODS, component},
    names::field_name,
    place::Place,
};

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
    /// The enum of which it is one, if it excludes other parameters.
    pub alternative: Option<String>,
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

/// The format of a text that is a list with commas.
pub const COMMA_LIST: &str = "comma-list";

/// Headers that a client sets itself, or that would decide who is asked.
pub const OWN_HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
];

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

pub fn read_parameter(
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
        alternative: None,
        description: parameter["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    })
}
