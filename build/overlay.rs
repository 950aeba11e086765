//! Lays an Overlay 1.1 document over a vendor's document.
//!
//! An action of an overlay whose target matches nothing succeeds without a word, and a plain merge invents what it
//! does not find. Both would hide that a vendor renamed something, so this is the part of the standard that can be
//! held to account: one action, at `$`, that may describe what the vendor has and add nothing that is sent.

use serde_json::{Map, Value, json};

use super::{
    Source,
    content::content_without_formats,
    document::{component, schemas},
    place::Place,
    refusal::{Refusal, Refusals},
    yaml,
};

/// The keys that an overlay may add where the vendor has nothing: words about a thing, never a thing.
const ADDABLE: [&str; 5] = ["title", "description", "operationId", "format", "summary"];

/// Lays an overlay over `document`, as far as it fits, and returns what does not. A format that it gives has to be one of
/// `formats`: one that is misspelt would leave the field a plain string.
pub fn lay(
    document: &mut Value,
    overlay: &Source,
    formats: &[(&str, &str)],
) -> Result<Refusals, Refusal> {
    let read = yaml::read(&overlay.text).map_err(|err| Refusal::new(err.to_string()));
    let read = read
        .map_err(|it| it.in_line(&overlay.file, None))?
        .into_value();
    let version = read["overlay"].as_str().unwrap_or_default();
    if !version.starts_with("1.") {
        let what = format!("`overlay` is {version:?}; write `overlay: 1.1.0`");
        return Err(Refusal::new(what).in_overlay(overlay));
    }
    let update = match read["actions"].as_array().map(Vec::as_slice) {
        Some([action]) if action["target"] == "$" && action["remove"].is_null() => {
            &action["update"]
        }
        _ => {
            return Err(Refusal::new(
                "expected one action, with the target `$` and an `update`; \
                 a target that matches nothing would go unnoticed",
            )
            .in_overlay(overlay));
        }
    };
    let mut laying = Laying {
        formats,
        refusals: Refusals::default(),
        references: Vec::new(),
    };
    laying.merge(document, update, &Place::top());
    laying.refer(document);
    Ok(laying.refusals.map(|it| it.in_overlay(overlay)))
}

struct Laying<'a> {
    formats: &'a [(&'a str, &'a str)],
    refusals: Refusals,
    /// The schemas for which the overlay has a `$ref`, and what that says.
    references: Vec<(Place, Value)>,
}

impl Laying<'_> {
    fn merge(&mut self, under: &mut Value, over: &Value, place: &Place) {
        match (under, over) {
            (under, over) if over["$ref"].is_string() && under["$ref"].is_null() => {
                self.references.push((place.clone(), over["$ref"].clone()));
            }
            (Value::Object(under), Value::Object(over)) => {
                for (key, value) in over {
                    self.member(under, key, value, &place.key(key));
                }
            }
            // Overlay 1.1, "Action Object": lists are concatenated.
            (Value::Array(under), Value::Array(over)) => under.extend(over.iter().cloned()),
            (under, over) if kind(under) == kind(over) => *under = over.clone(),
            (under, over) => self.refusals.push(Refusal::at(
                place,
                format_args!(
                    "the vendor has {} here and the overlay {}; write the same kind, or leave it out",
                    kind(under),
                    kind(over)
                ),
            )),
        }
    }

    /// Puts a reference where the vendor repeats a schema that has a name: a component, or one with that `title`.
    fn refer(&mut self, document: &mut Value) {
        for (place, reference) in std::mem::take(&mut self.references) {
            let over = json!({ "$ref": reference });
            let name = component(&over).map(str::to_owned);
            let target = name.as_ref().and_then(|name| named(document, name));
            let (Some(name), Some(target)) = (name, target) else {
                self.refusals.push(Refusal::at(
                    &place.key("$ref"),
                    format_args!(
                        "{reference} leads nowhere; write `#/components/schemas/NAME` with a component or a `title`"
                    ),
                ));
                continue;
            };
            let at = |document: &mut Value, place: &Place, new: Value| {
                let found = document.pointer_mut(place.pointer());
                found.map(|it| std::mem::replace(it, new))
            };
            let (here, there) = (
                document.pointer(place.pointer()),
                document.pointer(target.pointer()),
            );
            if here.map(content_without_formats) != there.map(content_without_formats) {
                self.refusals.push(Refusal::at(
                    &place,
                    format_args!(
                        "the vendor has another schema here than {name} at {target}; describe this one by itself"
                    ),
                ));
                continue;
            }
            at(document, &place, over.clone());
            if target.keys().first().is_some_and(|it| it == "paths")
                && let Some(schema) = at(document, &target, over)
            {
                document["components"]["schemas"][name.as_str()] = schema;
            }
        }
    }

    fn member(&mut self, under: &mut Map<String, Value>, key: &str, over: &Value, place: &Place) {
        if key == "format"
            && let Some(format) = over.as_str()
            && !self.formats.iter().any(|(known, _)| *known == format)
        {
            let known: Vec<_> = self.formats.iter().map(|(known, _)| *known).collect();
            return self.refusals.push(Refusal::at(
                place,
                format_args!(
                    "no value type stands for {format:?}; write one of {} (build/formats.rs)",
                    known.join(", ")
                ),
            ));
        }
        match under.get_mut(key) {
            Some(under) => self.merge(under, over, place),
            None if (ADDABLE.contains(&key) && over.is_string())
                || (key == "x-shoppers" && over.is_object()) =>
            {
                under.insert(key.to_owned(), over.clone());
            }
            None => self.refusals.push(Refusal::at(
                place,
                "the overlay describes it, but the vendor does not have it; \
                 see what became of it, then correct the overlay",
            )),
        }
    }
}

/// The component of a name, or the schema with that title.
fn named(document: &Value, name: &str) -> Option<Place> {
    let component = Place::top().key("components").key("schemas").key(name);
    if document.pointer(component.pointer()).is_some() {
        return Some(component);
    }
    let mut schemas = schemas(document).into_iter();
    schemas.find(|it| it.name == Some(name)).map(|it| it.place)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
