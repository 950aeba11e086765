//! Lays an Overlay 1.1 document over a vendor's document.
//!
//! An action of an overlay whose target matches nothing succeeds without a word, and a plain merge invents what it
//! does not find. Both would hide that a vendor renamed something, so this is the part of the standard that can be
//! held to account: one action, at `$`, that may describe what the vendor has and add nothing that is sent.

use serde_json::{Map, Value};

use super::{
    Source,
    document::Place,
    refusal::{Refusal, Refusals},
    yaml,
};

/// What an overlay may add where the vendor has nothing: words about a thing, never a thing.
const ADDABLE: [&str; 5] = ["title", "description", "operationId", "format", "summary"];

/// Lays an overlay over `document`, as far as it fits. A format that it gives has to be one of `formats`: one that is
/// misspelt would leave the field a plain string.
pub fn lay(
    document: &mut Value,
    overlay: &Source,
    formats: &[(&str, &str)],
) -> Result<(), Refusals> {
    let read = yaml::read(&overlay.text).map_err(|err| Refusal::new(err.to_string()));
    let read = read
        .map_err(|it| it.in_line(&overlay.file, None))?
        .into_value();
    let version = read["overlay"].as_str().unwrap_or_default();
    if !version.starts_with("1.") {
        let what = format!("`overlay` is {version:?}; write `overlay: 1.1.0`");
        return Err(Refusal::new(what).in_overlay(overlay).into());
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
            .in_overlay(overlay)
            .into());
        }
    };
    let mut laying = Laying {
        formats,
        refusals: Refusals::default(),
    };
    laying.merge(document, update, &Place::top());
    let refusals = laying.refusals.map(|it| it.in_overlay(overlay));
    refusals.or(())
}

struct Laying<'a> {
    formats: &'a [(&'a str, &'a str)],
    refusals: Refusals,
}

impl Laying<'_> {
    fn merge(&mut self, under: &mut Value, over: &Value, place: &Place) {
        match (under, over) {
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
            None if ADDABLE.contains(&key) && over.is_string() => {
                under.insert(key.to_owned(), over.clone());
            }
            None => self.refusals.push(Refusal::at(
                place,
                "the overlay describes it, but the vendor does not have it (any more); \
                 see what became of it, then correct the overlay",
            )),
        }
    }
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
