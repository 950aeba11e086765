//! Objects that are described in parts (`allOf`), as one: the generator would name them in its own way, and an answer has to be
//! forgiving in all its parts.

use std::{collections::BTreeMap, mem};

use serde_json::{Map, Value, json};

use super::{
    content::content,
    document::{component, is_success, members, members_mut},
    place::Place,
    refusal::{Refusal, Refusals},
};

/// The members that an object may have beside `properties` to be put together with others.
const PLAIN: [&str; 9] = [
    "additionalProperties",
    "deprecated",
    "description",
    "example",
    "nullable",
    "required",
    "title",
    "type",
    "x-shoppers",
];

/// Values in an object that is put together. Each level of copies may double it.
const LARGEST: usize = 100_000;

/// Puts the parts of every object together.
pub fn merge(document: &mut Value) -> Result<(), Refusals> {
    let mut merging = Merging {
        components: document["components"]["schemas"].clone(),
        ..Merging::default()
    };
    merging.walk(document, &Place::top());
    let names: Vec<String> = members(&merging.components)
        .map(|(name, _)| name.clone())
        .collect();
    for name in names {
        if let Some(schema) = merging.component(&name) {
            document["components"]["schemas"][name] = schema;
        }
    }
    merging.refusals.or(())
}

#[derive(Default)]
struct Merging {
    /// As the document has them.
    components: Value,
    merged: BTreeMap<String, Value>,
    /// The components that are being merged, the outermost first.
    active: Vec<String>,
    refusals: Refusals,
}

impl Merging {
    /// Looks for schemas where OpenAPI has them: behind a key `schema`.
    fn walk(&mut self, value: &mut Value, place: &Place) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.walk(item, &place.key(index));
                }
            }
            Value::Object(members) => {
                for (key, value) in members {
                    let place = place.key(key);
                    match key.as_str() {
                        "example" | "examples" | "schemas" => {}
                        "schema" => self.schema(value, &place),
                        "responses" => {
                            if let Some(answers) = value.as_object_mut() {
                                for (status, answer) in
                                    answers.iter_mut().filter(|(it, _)| is_success(it))
                                {
                                    self.walk(answer, &place.key(status));
                                }
                            }
                        }
                        _ => self.walk(value, &place),
                    }
                }
            }
            _ => {}
        }
    }

    /// A component whose parts are together; `None` if there is none, or it is a part of itself.
    fn component(&mut self, name: &str) -> Option<Value> {
        if !self.merged.contains_key(name) {
            let mut schema = self.components.get(name)?.clone();
            let place = Place::top().key("components").key("schemas").key(name);
            self.active.push(name.to_owned());
            self.schema(&mut schema, &place);
            self.active.pop();
            self.merged.insert(name.to_owned(), schema);
        }
        self.merged.get(name).cloned()
    }

    fn schema(&mut self, schema: &mut Value, place: &Place) {
        for (name, property) in members_mut(schema, "properties") {
            self.schema(property, &place.key("properties").key(name));
        }
        for key in ["items", "additionalProperties", "not"] {
            if let Some(below) = schema.get_mut(key) {
                self.schema(below, &place.key(key));
            }
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = schema.get_mut(key).and_then(Value::as_array_mut);
            for (index, part) in parts.into_iter().flatten().enumerate() {
                self.schema(part, &place.key(key).key(index));
            }
        }
        if let Err(refusal) = self.put_together(schema, place) {
            self.refusals.push(refusal);
        }
    }

    fn put_together(&mut self, schema: &mut Value, place: &Place) -> Result<(), Refusal> {
        let Some(parts) = schema["allOf"].as_array() else {
            return Ok(());
        };
        if adds_nothing(schema, parts) {
            return Ok(());
        }
        let mut whole = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let place = place.key("allOf").key(index);
            let Some(name) = component(part) else {
                whole.push((place, part.clone()));
                continue;
            };
            if self.active.iter().any(|it| it == name) {
                return Err(Refusal::at(
                    &place,
                    format_args!(
                        "`allOf` puts {name:?} into itself; refer to it by `$ref` with nothing beside it"
                    ),
                ));
            }
            match self.component(name) {
                Some(part) => whole.push((place, part)),
                // Refused for its reference (build/check.rs).
                None => return Ok(()),
            }
        }
        let mut own = schema.clone();
        if let Some(own) = own.as_object_mut() {
            own.remove("allOf");
        }
        whole.push((place.clone(), own));
        if !whole.iter().all(|(_, part)| is_plain(part)) {
            return Ok(());
        }
        let made = together(whole)?;
        if size(&made) > LARGEST {
            return Err(Refusal::at(
                place,
                "`allOf` copies too much into it; refer to the parts by `$ref` with nothing beside it",
            ));
        }
        *schema = made;
        Ok(())
    }
}

fn size(value: &Value) -> usize {
    let within: usize = match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    };
    within + 1
}

/// Returns `true` for a schema that refers to another, with words beside it at most.
fn adds_nothing(schema: &Value, parts: &[Value]) -> bool {
    const WORDS: [&str; 4] = ["allOf", "description", "nullable", "title"];
    let [part] = parts else {
        return false;
    };
    let mut members = members(schema);
    component(part).is_some() && members.all(|(key, _)| WORDS.contains(&key.as_str()))
}

/// Returns `true` for an object of which nothing but its members is described.
fn is_plain(part: &Value) -> bool {
    let is_object = part["type"].is_null() || part["type"] == "object";
    let mut members = members(part);
    is_object && members.all(|(key, _)| key == "properties" || PLAIN.contains(&key.as_str()))
}

/// One object of several, the last of which has the last word.
fn together(parts: Vec<(Place, Value)>) -> Result<Value, Refusal> {
    let mut made = Map::new();
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (place, mut part) in parts {
        for (name, property) in members_mut(&mut part, "properties") {
            let property = mem::take(property);
            match properties.get(name) {
                Some(known) if content(known) != content(&property) => {
                    return Err(Refusal::at(
                        &place.key("properties").key(name),
                        format_args!(
                            "`allOf` describes {name:?} in two ways; describe it once in the overlay"
                        ),
                    ));
                }
                _ => properties.insert(name.clone(), property),
            };
        }
        let Value::Object(mut part) = part else {
            continue;
        };
        part.remove("properties");
        if let Some(Value::Array(names)) = part.remove("required") {
            required.extend(names);
        }
        // Those are of the whole alone.
        for key in ["title", "nullable", "x-shoppers"] {
            made.remove(key);
        }
        made.extend(part);
    }
    made.insert("type".to_owned(), json!("object"));
    if !properties.is_empty() {
        made.insert("properties".to_owned(), Value::Object(properties));
    }
    if !required.is_empty() {
        made.insert("required".to_owned(), Value::Array(required));
    }
    Ok(Value::Object(made))
}
