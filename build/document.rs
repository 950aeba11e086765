//! A document as a JSON value.

use openapiv3::{OpenAPI, PathItem};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use super::{
    place::Place,
    refusal::{Refusal, Refusals},
    yaml,
};

/// The methods that a path may have (OpenAPI 3.0.3, "Path Item Object").
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Reads YAML (of which JSON is a part) and refuses what the generator does not know.
pub fn read(text: &str) -> Result<Value, Refusals> {
    let mut document = yaml::read(text)
        .map_err(|err| Refusal::new(err.to_string()))?
        .into_value();
    let version = document["openapi"].as_str().unwrap_or_default();
    if !version.starts_with("3.0.") {
        let remedy = match version {
            "" if document["swagger"].is_string() => {
                "convert it (`npx swagger2openapi FILE --outfile bspk.yaml`)"
            }
            "" => "is it the right file?",
            _ => "convert it (`npx @apiture/openapi-down-convert --input FILE --output bspk.yaml`)",
        };
        return Err(Refusal::at(
            &Place::top().key("openapi"),
            format_args!("is {version:?}, but the generator reads OpenAPI 3.0.x alone; {remedy}"),
        )
        .into());
    }
    let mut refusals = Refusals::default();
    if let Some(items) = document["paths"].as_object_mut() {
        items.retain(|path, _| !path.starts_with("x-"));
    }
    for (path, item) in members(&document["paths"]) {
        refusals.take(path_item(path, item));
    }
    refusals.or(())?;
    // From here on every part has the kind that it should have.
    typed(&document)?;
    Ok(document)
}

fn path_item(path: &str, item: &Value) -> Result<(), Refusal> {
    let place = Place::top().key("paths").key(path);
    if !path.starts_with('/') {
        return Err(Refusal::at(&place, "a path begins with `/`"));
    }
    if !item["$ref"].is_null() {
        return Err(Refusal::at(
            &place.key("$ref"),
            "a path in another place is not read; describe it here",
        ));
    }
    as_openapi::<PathItem>(item, &place).map(drop)
}

/// The document as the generator takes it.
pub fn typed(document: &Value) -> Result<OpenAPI, Refusal> {
    as_openapi(document, &Place::top())
}

fn as_openapi<T: DeserializeOwned>(value: &Value, place: &Place) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|err| {
        let segments = err.path().iter();
        let place = segments.fold(place.clone(), |place, segment| match segment {
            Segment::Map { key } => place.key(key),
            Segment::Seq { index } => place.key(index),
            Segment::Enum { .. } | Segment::Unknown => place,
        });
        Refusal::at(
            &place,
            format_args!("not an OpenAPI 3.0 document: {}", err.into_inner()),
        )
    })
}

/// Puts the parameters, bodies and answers that a document shares where it refers to them.
pub fn inline(document: &mut Value) -> Result<(), Refusals> {
    let mut inlining = Inlining {
        shared: document["components"].clone(),
        refusals: Refusals::default(),
    };
    let paths = Place::top().key("paths");
    for (path, item) in members_mut(document, "paths") {
        let place = paths.key(path);
        inlining.parameters(item, &place);
        let operations = item.as_object_mut().into_iter().flatten();
        for (method, operation) in operations.filter(|(it, _)| METHODS.contains(&it.as_str())) {
            let place = place.key(method);
            inlining.parameters(operation, &place);
            if let Some(body) = operation.get_mut("requestBody") {
                inlining.inline(body, "requestBodies", &place.key("requestBody"));
            }
            for (status, answer) in members_mut(operation, "responses") {
                inlining.inline(answer, "responses", &place.key("responses").key(status));
            }
        }
    }
    if let Some(components) = document["components"].as_object_mut() {
        for section in ["parameters", "requestBodies", "responses"] {
            components.remove(section);
        }
    }
    inlining.refusals.or(())
}

struct Inlining {
    shared: Value,
    refusals: Refusals,
}

impl Inlining {
    fn parameters(&mut self, above: &mut Value, place: &Place) {
        let parameters = above.get_mut("parameters").and_then(Value::as_array_mut);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            self.inline(parameter, "parameters", &place.key("parameters").key(index));
        }
    }

    fn inline(&mut self, value: &mut Value, section: &str, place: &Place) {
        let Some(reference) = value["$ref"].as_str() else {
            return;
        };
        let name = reference.strip_prefix(&format!("#/components/{section}/"));
        let target = name.and_then(|name| self.shared[section].get(name));
        match (name, target) {
            (Some(name), Some(target)) if target["$ref"].is_null() => {
                let name = name.to_owned();
                *value = target.clone();
                entitle(value, &name);
                for (_, content) in members_mut(value, "content") {
                    entitle(content, &name);
                }
            }
            _ => self.refusals.push(Refusal::at(
                &place.key("$ref"),
                format_args!(
                    "{reference:?} leads nowhere; describe it in `components/{section}` of the same document, or in place"
                ),
            )),
        }
    }
}

/// Names a schema that becomes a type after what it was a part of.
fn entitle(above: &mut Value, name: &str) {
    let schema = &mut above["schema"];
    let is_named = schema["title"].is_string();
    if !is_named && (schema["properties"].is_object() || schema["enum"].is_array()) {
        schema["title"] = Value::from(name);
    }
}

/// Every operation of a document with its place.
pub fn operations(document: &Value) -> Vec<(Place, &Value)> {
    let paths = Place::top().key("paths");
    members(&document["paths"])
        .flat_map(|(path, item)| {
            let place = paths.key(path);
            members(item)
                .filter(|(method, _)| METHODS.contains(&method.as_str()))
                .map(move |(method, operation)| (place.key(method), operation))
        })
        .collect()
}

/// As [`operations`], to be changed. Operations are visited in the same order.
pub fn operations_mut(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    members_mut(document, "paths")
        .filter_map(|(_, item)| item.as_object_mut())
        .flatten()
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
        .map(|(_, operation)| operation)
}

/// The members of an object; none, if it is not one.
pub fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The members of what an object has under `key`; none, if there is no such thing, and none is made.
pub fn members_mut<'a>(
    value: &'a mut Value,
    key: &str,
) -> impl Iterator<Item = (&'a String, &'a mut Value)> {
    let member = value.get_mut(key).and_then(Value::as_object_mut);
    member.into_iter().flatten()
}

/// The place of schemas that have a name, as references have it.
pub const COMPONENTS: &str = "#/components/schemas/";

/// The name of the component, if the schema is a reference to one.
pub fn component(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(COMPONENTS)
}

/// Shows every object in a value, those within before those that hold them.
pub fn each_object(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| each_object(it, visit)),
        Value::Object(members) => {
            members.values_mut().for_each(|it| each_object(it, visit));
            visit(members);
        }
        _ => {}
    }
}

/// Formats of texts for which the generator reaches for a crate that we do not have.
const NEED_A_CRATE: [&str; 6] = ["date", "date-time", "uuid", "ip", "ipv4", "ipv6"];

/// Lets a text be one whose format has no type of ours.
pub fn leave_texts(value: &mut Value, formats: &[(&str, &str)]) {
    each_object(value, &mut |members| {
        let format = members.get("format").and_then(Value::as_str);
        let is_left = format.is_some_and(|it| {
            NEED_A_CRATE.contains(&it) && !formats.iter().any(|(known, _)| *known == it)
        });
        if is_left && members.get("type").is_some_and(|it| it == "string") {
            members.remove("format");
        }
    });
}

/// A schema, and where it stands.
pub struct Schema<'a> {
    pub place: Place,
    pub value: &'a Value,
    /// The name of its type: that of a component, or a title.
    pub name: Option<&'a str>,
}

/// Every schema of a document, but for those of failures, which are not generated.
pub fn schemas(document: &Value) -> Vec<Schema<'_>> {
    let mut found = Vec::new();
    search(document, &Place::top(), &mut found);
    let components = Place::top().key("components").key("schemas");
    for (name, schema) in members(&document["components"]["schemas"]) {
        descend(schema, &components.key(name), Some(name), &mut found);
    }
    found
}

/// Returns `true` if a key of `responses` says that the call was carried out.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// Looks for schemas where OpenAPI has them: behind a key `schema`.
fn search<'a>(value: &'a Value, place: &Place, found: &mut Vec<Schema<'a>>) {
    if let Value::Array(items) = value {
        for (index, item) in items.iter().enumerate() {
            search(item, &place.key(index), found);
        }
    }
    for (key, value) in members(value) {
        let place = place.key(key);
        match key.as_str() {
            "example" | "examples" | "schemas" => {}
            "schema" => descend(value, &place, None, found),
            "responses" => {
                for (status, answer) in members(value).filter(|(status, _)| is_success(status)) {
                    search(answer, &place.key(status), found);
                }
            }
            _ => search(value, &place, found),
        }
    }
}

fn descend<'a>(
    value: &'a Value,
    place: &Place,
    component: Option<&'a str>,
    found: &mut Vec<Schema<'a>>,
) {
    found.push(Schema {
        place: place.clone(),
        value,
        name: component.or_else(|| value["title"].as_str()),
    });
    for (name, property) in members(&value["properties"]) {
        descend(property, &place.key("properties").key(name), None, found);
    }
    for key in ["items", "additionalProperties", "not"] {
        if value[key].is_object() {
            descend(&value[key], &place.key(key), None, found);
        }
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for (index, part) in value[key].as_array().into_iter().flatten().enumerate() {
            descend(part, &place.key(key).key(index), None, found);
        }
    }
}
