//! The attributes of a vendor's shopper: their names, and what is wrong with one that was given.
//!
//! An attribute is named by its path, `email` or `channel.instagram.email`. The paths come from the JSON Schema of the
//! type, so a name that a vendor adds is known here as soon as the type has it. No message repeats a value.

use std::borrow::Cow;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use fault::Fault;
use schema::{is_flag, is_text, name_leaves, properties};

mod alike;
mod fault;
mod schema;

/// What BSPK's examples have around a shopper, and the library adds.
const ENVELOPE: &str = "shopper";

/// What a vendor's shopper may hold.
pub struct Attributes {
    schema: Value,
    names: Vec<String>,
}

impl Attributes {
    /// Those of the type `T`, all of whose attributes may be missing.
    pub fn of<T: JsonSchema>() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true);
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let schema = schema.to_value();
        let mut names = Vec::new();
        name_leaves(&schema, "", &mut names);
        Self { schema, names }
    }

    /// Their paths.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is one with this path.
    pub fn contains(&self, name: &str) -> bool {
        self.names().iter().any(|known| known == name)
    }

    /// Returns `true` if the attribute with this path takes `true` and `false` alone.
    pub fn is_flag(&self, name: &str) -> bool {
        let mut parts = name.split('.');
        let schema = parts.try_fold(&self.schema, |schema, name| properties(schema)?.get(name));
        schema.is_some_and(is_flag)
    }

    /// The path that was probably meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        alike::nearest(name, &self.names)
    }

    /// Whether this is a known name, or the last part of one, written otherwise: `First Name`. To be like one is not
    /// enough, as a person may be called so.
    pub fn is_rewritten(&self, name: &str) -> bool {
        alike::is_one_of(name, &self.names)
    }

    /// What to say of a name that is not there. A name that is nothing like ours is not repeated: where a header is
    /// missing it is a shopper's data.
    pub fn unknown(&self, name: &str) -> Fault {
        match self.nearest(name) {
            Some(nearest) if nearest == name => {
                Fault::of(name, "in JSON, an object for each part instead of dots")
            }
            Some(nearest) => Fault::of(name, format!("no such attribute; is it `{nearest}`?")),
            None => {
                Fault::new("a name that is nothing like any attribute's; see `shoppers schema`")
            }
        }
    }

    /// Reads a shopper from JSON.
    ///
    /// A `null` counts as left out. A name that is not known is a fault, and so is one that is there twice.
    pub fn read<T: DeserializeOwned>(&self, text: &str) -> Result<T, Vec<Fault>> {
        let value: Value = serde_json::from_str(text).map_err(|err| vec![Fault::syntax(&err)])?;
        self.decode::<T>(&value)?;
        // What can be read from the value, of which the last of two names is left, fails here for nothing else.
        serde_json::from_str(text).map_err(|err| {
            vec![Fault {
                position: Some((err.line(), err.column())),
                ..Fault::new("an attribute that is there twice")
            }]
        })
    }

    /// Turns JSON into a shopper, or tells everything that is wrong with it; never nothing.
    pub fn decode<T: DeserializeOwned>(&self, value: &Value) -> Result<T, Vec<Fault>> {
        let mut faults = Vec::new();
        self.check_shape(&self.schema, value, &mut Vec::new(), &mut faults);
        match T::deserialize(value) {
            Ok(shopper) if faults.is_empty() => return Ok(shopper),
            Ok(_) => return Err(faults),
            // Its message may quote a value.
            Err(_) => {}
        }
        check_values::<T>(&self.schema, value, &mut Vec::new(), &mut faults);
        if faults.is_empty() {
            faults.push(Fault::new("not a shopper as the vendor has it"));
        }
        Err(faults)
    }

    /// Whether every name is known, and an object, a text or what else the schema has stands where it should.
    fn check_shape<'a>(
        &self,
        schema: &Value,
        value: &'a Value,
        path: &mut Vec<&'a str>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(properties) = properties(schema) else {
            let reason = match (is_text(schema), value) {
                // A boolean may stand for a text that is one: the type decides.
                (true, Value::String(_)) | (_, Value::Bool(_) | Value::Null) => None,
                (true, _) => Some("expected a text, in quotes"),
                (false, Value::String(_)) => Some("expected no text"),
                (false, _) => None,
            };
            faults.extend(reason.map(|reason| Fault::of(path.join("."), reason)));
            return;
        };
        match value {
            Value::Null if !path.is_empty() => {}
            Value::Object(fields) => {
                for (name, value) in fields {
                    path.push(name);
                    match properties.get(name) {
                        Some(schema) => self.check_shape(schema, value, path, faults),
                        None if path[..] == [ENVELOPE] => faults.push(Fault::of(
                            ENVELOPE,
                            "give what is inside of it; it is put around the shopper when that is sent",
                        )),
                        None => faults.push(self.unknown(&path.join("."))),
                    }
                    path.pop();
                }
            }
            _ if path.is_empty() => faults.push(Fault::new("expected one object, in braces")),
            _ => faults.push(Fault::of(path.join("."), "expected an object, in braces")),
        }
    }
}

/// Makes the JSON of attributes by their paths, each of which [`Attributes`] has.
pub fn assemble<'a, V: Into<Value>>(pairs: impl IntoIterator<Item = (&'a str, V)>) -> Value {
    let mut assembled = Value::Object(Map::new());
    for (path, value) in pairs {
        let mut place = &mut assembled;
        for name in path.split('.') {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            place = &mut place[name];
        }
        *place = value.into();
    }
    assembled
}

/// Finds the attributes which are not what the type `T` takes, by giving it each alone.
fn check_values<'a, T: DeserializeOwned>(
    schema: &Value,
    value: &'a Value,
    path: &mut Vec<&'a str>,
    faults: &mut Vec<Fault>,
) {
    match (properties(schema), value) {
        (Some(properties), Value::Object(fields)) => {
            for (name, value) in fields {
                if let Some(schema) = properties.get(name) {
                    path.push(name);
                    check_values::<T>(schema, value, path, faults);
                    path.pop();
                }
            }
        }
        (None, Value::String(_) | Value::Bool(_)) if is_text(schema) => {
            let name = path.join(".");
            let alone = assemble([(name.as_str(), value.clone())]);
            if let Err(err) = T::deserialize(&alone) {
                let reason = reason(&name, value, &err);
                faults.push(Fault::of(name, reason));
            }
        }
        _ => {}
    }
}

/// What a type of ours says of a text that it does not take, without the path to it.
fn reason(name: &str, value: &Value, err: &serde_json::Error) -> Cow<'static, str> {
    let message = err.to_string();
    let path = format!("{}: ", name.replace('.', ": "));
    match value {
        Value::String(_) => message
            .strip_prefix(&path)
            .unwrap_or(&message)
            .to_owned()
            .into(),
        _ => "expected a text, in quotes".into(),
    }
}

#[cfg(test)]
mod tests;
