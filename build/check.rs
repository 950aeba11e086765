//! Refuses what the generator would take without a word and turn into something else.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    content::content,
    document::{Schema, component, members, operations, schemas},
    names::{field_name, methods_by_hand, type_name, types_by_hand},
    place::Place,
    refusal::{Refusal, Refusals},
};

/// Refuses a document of which the client would not be what the document says, with all that is wrong.
pub fn check(document: &Value, vendor: &str) -> Result<(), Refusals> {
    let mut refusals = Refusals::default();
    let mut names = BTreeMap::new();
    for schema in schemas(document) {
        refusals.take(alone(&schema, &mut names));
        refusals.take(unshadowed(&schema, vendor));
        refusals.take(refers(&schema, document));
        refusals.take(readable(&schema));
        apart(&schema, &mut refusals);
    }
    called(document, vendor, &mut refusals);
    refusals.or(())
}

/// Of two schemas with one title the generator keeps one, so they have to be the same.
fn alone(
    schema: &Schema<'_>,
    names: &mut BTreeMap<String, (Place, String)>,
) -> Result<(), Refusal> {
    let Some(name) = schema.name else {
        return Ok(());
    };
    let content = content(schema.value);
    match names.get(&type_name(name)) {
        Some((other, known)) if *known != content => Err(Refusal::at(
            &schema.place,
            format_args!(
                "two schemas have the name {name:?} and differ, the other at {other}; give one another `title` in the overlay"
            ),
        )),
        Some(_) => Ok(()),
        None => {
            names.insert(type_name(name), (schema.place.clone(), content));
            Ok(())
        }
    }
}

/// A type by hand would stand in for the schema's.
fn unshadowed(schema: &Schema<'_>, vendor: &str) -> Result<(), Refusal> {
    match schema.name {
        Some(name) if types_by_hand(vendor).contains(&type_name(name).as_str()) => {
            Err(Refusal::at(
                &schema.place,
                format_args!(
                    "becomes the type `{}`, which is another by hand; give it another `title` in the overlay",
                    type_name(name)
                ),
            ))
        }
        _ => Ok(()),
    }
}

/// A reference leads to a schema of the same document.
fn refers(schema: &Schema<'_>, document: &Value) -> Result<(), Refusal> {
    let Some(reference) = schema.value["$ref"].as_str() else {
        return Ok(());
    };
    if component(schema.value)
        .is_some_and(|name| document["components"]["schemas"].get(name).is_some())
    {
        return Ok(());
    }
    Err(Refusal::at(
        &schema.place.key("$ref"),
        format_args!(
            "{reference:?} leads nowhere; describe the schema in `components/schemas` of the same document, or in place"
        ),
    ))
}

/// A pattern is a regular expression of ECMA-262, as JSON Schema has it.
fn readable(schema: &Schema<'_>) -> Result<(), Refusal> {
    match schema.value["pattern"].as_str().map(regress::Regex::new) {
        Some(Err(err)) => Err(Refusal::at(
            &schema.place.key("pattern"),
            format_args!("not a regular expression of ECMA-262 ({err}); correct it in the overlay"),
        )),
        _ => Ok(()),
    }
}

/// Two names of a schema must not become one in Rust.
fn apart(schema: &Schema<'_>, refusals: &mut Refusals) {
    let mut fields = BTreeMap::new();
    if !matches!(
        schema.value["additionalProperties"],
        Value::Null | Value::Bool(false)
    ) {
        fields.insert("extra".to_owned(), "what is not described".to_owned());
    }
    let properties = schema.place.key("properties");
    for (name, _) in members(&schema.value["properties"]) {
        let place = properties.key(name);
        refusals.take(distinct(
            &mut fields,
            &place,
            "field",
            field_name(name),
            name,
        ));
    }
    let mut variants = BTreeMap::new();
    let words = schema.value["enum"].as_array().into_iter().flatten();
    for (index, word) in words.enumerate() {
        if let Some(word) = word.as_str() {
            let place = schema.place.key("enum").key(index);
            refusals.take(distinct(
                &mut variants,
                &place,
                "variant",
                type_name(word),
                word,
            ));
        }
    }
}

/// Every operation has a name of its own, and so has each of its parameters.
fn called(document: &Value, vendor: &str, refusals: &mut Refusals) {
    let ours = ["new", "new_with_client", "exec"].into_iter();
    let mut methods: BTreeMap<String, String> = ours
        .chain(methods_by_hand(vendor))
        .map(|it| (it.to_owned(), "a method by hand".to_owned()))
        .collect();
    for (place, operation) in operations(document) {
        let name = operation["operationId"].as_str().unwrap_or_default();
        let id = place.key("operationId");
        if let Some(other) = methods.insert(field_name(name), format!("{name:?} at {place}")) {
            refusals.push(Refusal::at(
                &id,
                format_args!(
                    "{name:?} becomes the method `{}`, as does {other}; give it another in the overlay",
                    field_name(name)
                ),
            ));
        }
        let mut arguments = BTreeMap::new();
        if operation["requestBody"].is_object() {
            arguments.insert("body".to_owned(), "the body".to_owned());
        }
        for (place, parameter) in parameters(document, &place, operation) {
            if let Some(name) = parameter["name"].as_str() {
                refusals.take(distinct(
                    &mut arguments,
                    &place,
                    "argument",
                    field_name(name),
                    name,
                ));
            }
        }
    }
}

/// The parameters of an operation, and those of its path that it does not describe anew.
pub fn parameters<'a>(
    document: &'a Value,
    place: &Place,
    operation: &'a Value,
) -> Vec<(Place, &'a Value)> {
    let listed = |list: &'a Value, place: Place| {
        let list = list.as_array().into_iter().flatten().enumerate();
        list.map(move |(index, it)| (place.key("parameters").key(index), it))
    };
    let mut found: Vec<_> = listed(&operation["parameters"], place.clone()).collect();
    let keys = place.keys();
    if let Some(path) = keys.get(1) {
        let item = Place::top().key("paths").key(path);
        for (place, parameter) in listed(&document["paths"][path]["parameters"], item) {
            let is_anew = found
                .iter()
                .any(|(_, it)| it["name"] == parameter["name"] && it["in"] == parameter["in"]);
            if !is_anew {
                found.push((place, parameter));
            }
        }
    }
    found
}

fn distinct(
    names: &mut BTreeMap<String, String>,
    place: &Place,
    kind: &str,
    as_rust: String,
    name: &str,
) -> Result<(), Refusal> {
    match names.insert(as_rust.clone(), format!("{name:?}")) {
        None => Ok(()),
        Some(other) => Err(Refusal::at(
            place,
            format_args!(
                "{name:?} becomes the {kind} `{as_rust}`, as does {other}; leave one of them out of the document"
            ),
        )),
    }
}
