//! Makes the answers of a document as forgiving as a client has to be.
//!
//! A write that was carried out must not be reported as failed because a date is missing from its answer. So, for
//! every operation and not by name:
//!
//! - failures go: one whose body is not as described would lose its status; all of them arrive whole instead;
//! - success is any 2xx, as vendors list 200 and answer 201 and 204 too;
//! - nothing but the id is required, everything may be null, and what is not described, or described otherwise, is kept
//!   (build/reading.rs);
//! - one of several objects is any JSON;
//! - the body arrives unread. The generated client would read it without a bound; the crate reads it with one, then
//!   decodes it by the type that is generated from here.
//!
//! Where one operation sends what another answers, be it by `$ref` or by equal content, there are two types: `Thing` is sent and
//! `ThingAnswer` is answered (build/naming.rs). One type for both would be safe for neither: a body that keeps what is not
//! described would send it back, and an answer that does not keep it would lose it; and a name would change its type on the day
//! on which the vendor requires a field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use syn::{ReturnType, Type};

use super::{
    client,
    document::{
        component, each_object, is_success, members, members_mut, operations, operations_mut,
    },
    generator,
    names::{field_name, type_name},
    place::Place,
    refusal::{Refusal, Refusals},
    syntax::inside,
};

/// The members that an answer must have.
const IDS: [&str; 2] = ["id", "_id"];

/// The names of the types of what is answered.
pub type Answered = BTreeSet<String>;

/// Loosens the answers of every operation, and the schemas behind them, each in its place. Says which types they become.
pub fn relax(document: &mut Value, refusals: &mut Refusals) -> Answered {
    answers(document, refusals);
    let answered = answered(document);
    let mut types = Answered::default();
    for name in &answered {
        if let Some(schema) = document["components"]["schemas"].get_mut(name) {
            types.insert(type_name(name));
            lenient(schema, &mut types);
        }
    }
    for operation in operations_mut(document) {
        for (_, answer) in members_mut(operation, "responses").filter(|(key, _)| is_success(key)) {
            for (_, content) in members_mut(answer, "content") {
                if let Some(schema) = content.get_mut("schema") {
                    lenient(schema, &mut types);
                }
            }
        }
    }
    types
}

/// Lets every success arrive unread, and every failure as what is not described.
pub fn leave_unread(document: &mut Value) {
    // Refused before, if at all.
    let answers = answers(document, &mut Refusals::default());
    for operation in operations_mut(document) {
        operation["responses"] = json!({
            "2XX": {
                "description": "Carried out.",
                "content": {
                    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
                },
            },
        });
    }
    for answer in answers {
        hoist(answer, document);
    }
}

/// The answer of each operation that was carried out.
fn answers(document: &Value, refusals: &mut Refusals) -> Vec<Value> {
    operations(document)
        .into_iter()
        .filter_map(|(place, operation)| refusals.take(answer(&place, operation)))
        .collect()
}

/// The one schema that an operation answers with when it was carried out.
fn answer(place: &Place, operation: &Value) -> Result<Value, Refusal> {
    let place = place.key("responses");
    let mut schemas = Vec::new();
    for (status, answer) in members(&operation["responses"]).filter(|(key, _)| is_success(key)) {
        for (media, content) in members(&answer["content"]) {
            if media != "application/json" {
                return Err(Refusal::at(
                    &place.key(status),
                    format_args!(
                        "answers {media}, but answers are read as JSON alone; leave the operation out"
                    ),
                ));
            }
            if !schemas.contains(&content["schema"]) {
                schemas.push(content["schema"].clone());
            }
        }
    }
    match schemas.as_slice() {
        [] => Ok(Value::Null),
        [schema] => Ok(schema.clone()),
        _ => Err(Refusal::at(
            &place,
            "two successes have different answers; leave one of them out, as an operation has one type to answer with",
        )),
    }
}

/// Lets what is answered as one of several objects be any JSON: to tell them apart takes rules that are too strict for an answer.
pub fn open_alternatives(document: &mut Value) {
    for name in answered(document) {
        if let Some(schema) = document["components"]["schemas"].get_mut(name) {
            each_object(schema, &mut open);
        }
    }
    for operation in operations_mut(document) {
        each_object(&mut operation["responses"], &mut open);
    }
}

fn open(schema: &mut Map<String, Value>) {
    let is_object = |part: &Value| {
        ["$ref", "properties", "allOf"]
            .iter()
            .any(|it| !part[it].is_null())
    };
    let has_objects = ["oneOf", "anyOf"].iter().any(|key| {
        let parts = schema.get(*key).and_then(Value::as_array);
        parts.into_iter().flatten().any(is_object)
    });
    if has_objects {
        schema.retain(|key, _| ["description", "nullable"].contains(&key.as_str()));
    }
}

/// The components that are answered, and those that a vendor sends by itself: `x-shoppers: {received: true}`.
pub fn answered(document: &Value) -> BTreeSet<String> {
    let mut answers = answers(document, &mut Refusals::default());
    let received = members(&document["components"]["schemas"])
        .filter(|(_, schema)| schema["x-shoppers"]["received"] == true);
    answers
        .extend(received.map(|(name, _)| json!({"$ref": format!("#/components/schemas/{name}")})));
    reachable(document, answers.iter())
}

/// The components that are sent.
pub fn sent(document: &Value) -> BTreeSet<String> {
    let shared = members(&document["paths"]).map(|(_, item)| item["parameters"].clone());
    let requests: Vec<_> = operations(document)
        .into_iter()
        .map(|(_, operation)| json!([operation["requestBody"], operation["parameters"]]))
        .chain(shared)
        .collect();
    reachable(document, requests.iter())
}

/// The components that `values` refer to, and those that these refer to.
fn reachable<'a>(document: &Value, values: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for value in values {
        follow(document, value, &mut found);
    }
    found
}

fn follow(document: &Value, value: &Value, found: &mut BTreeSet<String>) {
    if let Some(name) = component(value)
        && found.insert(name.to_owned())
    {
        follow(document, &document["components"]["schemas"][name], found);
    }
    for item in value.as_array().into_iter().flatten() {
        follow(document, item, found);
    }
    for (_, member) in members(value) {
        follow(document, member, found);
    }
}

/// Loosens a schema and all that it holds, and notes which types that becomes.
fn lenient(schema: &mut Value, types: &mut Answered) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    if let Some(title) = schema.get("title").and_then(Value::as_str) {
        types.insert(type_name(title));
    }
    // A value that is new to us must not make the answer unreadable, and none is made up.
    for limit in [
        "default",
        "enum",
        "pattern",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
    ] {
        schema.remove(limit);
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name.as_str().is_some_and(|name| IDS.contains(&name)));
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties {
            lenient(property, types);
            if !IDS.contains(&name.as_str()) && component(property).is_none() {
                property["nullable"] = Value::Bool(true);
            }
        }
        // BSPK "reserves the right to add more properties" (specs/bspk, "Additional Information").
        schema.insert("additionalProperties".to_owned(), json!({}));
    }
    for key in ["items", "additionalProperties"] {
        if let Some(schema) = schema.get_mut(key) {
            lenient(schema, types);
        }
    }
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        lenient(part, types);
    }
}

/// Gives a titled schema a place among the components, as no operation mentions it any more.
fn hoist(schema: Value, document: &mut Value) {
    if let Some(title) = schema["title"].as_str() {
        document["components"]["schemas"][title] = schema.clone();
    } else if schema["items"].is_object() {
        hoist(schema["items"].clone(), document);
    }
}

/// The types that operations answer with, by the names of their methods.
pub type Answers = BTreeMap<String, Answer>;

/// The answer of an operation.
pub struct Answer {
    /// `()` is none.
    pub typ: Type,
    /// Some success has it, and another is empty.
    pub is_optional: bool,
}

/// Asks progenitor which types a document's operations answer with, as its client is to leave them unread.
pub fn types(mut document: Value, formats: &[(&str, &str)]) -> Result<Answers, Refusal> {
    let mut optional = BTreeSet::new();
    for operation in operations_mut(&mut document) {
        let successes = members(&operation["responses"]).filter(|(status, _)| is_success(status));
        let contents =
            successes.map(|(_, it)| it["content"].as_object().filter(|it| !it.is_empty()));
        let contents: Vec<_> = contents.collect();
        if contents.contains(&None) {
            let name = operation["operationId"].as_str().unwrap_or_default();
            optional.insert(field_name(name));
        }
        operation["responses"] = match contents.into_iter().flatten().next() {
            Some(content) => json!({"200": {"description": "Carried out.", "content": content}}),
            None => json!({"204": {"description": "Carried out."}}),
        };
    }
    let mut file = generator::generate(document, formats, |generator, document| {
        generator.generate_tokens(document)
    })?;
    let methods = file.items.iter_mut().flat_map(client::methods);
    let answers = methods.filter_map(|method| {
        let ReturnType::Type(_, result) = &method.sig.output else {
            return None;
        };
        let name = method.sig.ident.to_string();
        let answer = Answer {
            typ: inside(inside(result, "Result")?, "ResponseValue")?.clone(),
            is_optional: optional.contains(&name),
        };
        Some((name, answer))
    });
    Ok(answers.collect())
}
