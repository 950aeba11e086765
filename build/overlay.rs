//! Lays an Overlay 1.1 document over a vendor's document.
//!
//! An action of an overlay whose target matches nothing succeeds without a word, and a plain merge invents what it
//! does not find. Both would hide that a vendor renamed something, so this is the part of the standard that can be
//! held to account: one action, at `$`, that may describe what the vendor has and add nothing that is sent.

use serde_json::{Map, Value};

use super::{
    document::{Place, Refusal},
    yaml,
};

/// What an overlay may add where the vendor has nothing: words about a thing, never a thing.
const ADDABLE: [&str; 5] = ["title", "description", "operationId", "format", "summary"];

/// Lays the overlay that `text` holds over `vendors`. A format that it gives has to be one of `formats`: one that is
/// misspelt would leave the field a plain string.
pub fn lay(mut vendors: Value, text: &str, formats: &[(&str, &str)]) -> Result<Value, Refusal> {
    let overlay = yaml::read(text)
        .map_err(|err| Refusal::new(format!("the overlay: {err}")))?
        .into_value();
    let version = overlay["overlay"].as_str().unwrap_or_default();
    if !version.starts_with("1.") {
        return Err(Refusal::new(format!(
            "the overlay: `overlay` is {version:?}, expected 1.1.0"
        )));
    }
    let update = match overlay["actions"].as_array().map(Vec::as_slice) {
        Some([action]) if action["target"] == "$" && action["remove"].is_null() => {
            &action["update"]
        }
        _ => {
            return Err(Refusal::new(
                "the overlay: expected one action, with the target `$` and an `update`; \
                 a target that matches nothing would go unnoticed",
            ));
        }
    };
    Laying { formats }
        .merge(&mut vendors, update, &Place::top())
        .map_err(|refusal| refusal.in_overlay(text))?;
    Ok(vendors)
}

struct Laying<'a> {
    formats: &'a [(&'a str, &'a str)],
}

impl Laying<'_> {
    fn merge(&self, under: &mut Value, over: &Value, place: &Place) -> Result<(), Refusal> {
        match (under, over) {
            (Value::Object(under), Value::Object(over)) => over
                .iter()
                .try_for_each(|(key, value)| self.member(under, key, value, &place.key(key))),
            // Overlay 1.1, "Action Object": lists are concatenated.
            (Value::Array(under), Value::Array(over)) => {
                under.extend(over.iter().cloned());
                Ok(())
            }
            (under, over) if kind(under) == kind(over) => {
                *under = over.clone();
                Ok(())
            }
            (under, over) => Err(Refusal::at(
                place,
                format_args!(
                    "the vendor has {} here and the overlay {}",
                    kind(under),
                    kind(over)
                ),
            )),
        }
    }

    fn member(
        &self,
        under: &mut Map<String, Value>,
        key: &str,
        over: &Value,
        place: &Place,
    ) -> Result<(), Refusal> {
        if key == "format"
            && let Some(format) = over.as_str()
            && !self.formats.iter().any(|(known, _)| *known == format)
        {
            return Err(Refusal::at(
                place,
                format_args!("no type of ours stands for {format:?}; build.rs lists those that do"),
            ));
        }
        match under.get_mut(key) {
            Some(under) => self.merge(under, over, place),
            None if ADDABLE.contains(&key) && over.is_string() => {
                under.insert(key.to_owned(), over.clone());
                Ok(())
            }
            None => Err(Refusal::at(
                place,
                "the overlay speaks of it, but the vendor does not have it (any more); \
                 look what became of it, then mend the overlay",
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
