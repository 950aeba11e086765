//! The attributes of a vendor's shopper: their names, and errors in the attributes that were given.
//!
//! An attribute is named by its path, `email` or `channel.instagram.email`. The paths come from the JSON Schema of the
//! type, so a new attribute of the type is known here at once. No message repeats a value.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::json::Unique;

mod similarity;

/// The object around a shopper in BSPK's examples, which the library adds.
const ENVELOPE: &str = "shopper";

/// The attributes of a vendor's shopper.
pub struct Attributes {
    schema: Value,
    names: Vec<String>,
}

/// An error in the attributes that were given, without any value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// The invalid attribute, if it is a single one.
    pub attribute: Option<String>,
    /// Line and column, both from 1, in a text that is not JSON.
    pub position: Option<(usize, usize)>,
    pub reason: Cow<'static, str>,
}

impl Attributes {
    /// Returns the attributes of the type `T`, all of which may be absent.
    pub fn of<T: JsonSchema>() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true);
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let schema = schema.to_value();
        let mut names = Vec::new();
        collect_names(&schema, "", &mut names);
        Self { schema, names }
    }

    pub fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Returns `true` if the attribute with this path accepts `true` and `false` alone.
    pub fn is_flag(&self, name: &str) -> bool {
        let mut parts = name.split('.');
        let schema = parts.try_fold(&self.schema, |schema, name| properties(schema)?.get(name));
        schema.is_some_and(is_flag)
    }

    /// Returns the path that was probably meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        similarity::nearest(name, &self.names)
    }

    /// Returns `true` for a known name, or the last part of one, in another spelling: `First Name`. Similarity is not
    /// enough, as the name may be a person's.
    pub fn is_rewritten(&self, name: &str) -> bool {
        similarity::is_one_of(name, &self.names)
    }

    /// Returns the error for an unknown name. It is repeated if it is another spelling of an attribute's, or in one of the
    /// vendor's objects; elsewhere a similar name may be a value in the wrong place.
    pub fn unknown(&self, name: &str) -> InputError {
        match self.nearest(name) {
            Some(nearest) if nearest == name => {
                InputError::of(name, "in JSON, write nested objects instead of dots")
            }
            Some(nearest) => {
                let reason = format!("no such attribute; did you mean `{nearest}`?");
                if self.is_rewritten(name) || self.is_in_object(name) {
                    InputError::of(name, reason)
                } else {
                    InputError::new(reason)
                }
            }
            None => InputError::new("a name that resembles no attribute; see `shoppers schema`"),
        }
    }

    /// Returns `true` for a path into an object that has attributes.
    fn is_in_object(&self, name: &str) -> bool {
        name.rsplit_once('.').is_some_and(|(object, _)| {
            let object = format!("{object}.");
            self.names.iter().any(|known| known.starts_with(&object))
        })
    }

    /// Reads a shopper from JSON.
    ///
    /// A `null` counts as absent. Unknown and duplicate names are errors.
    pub fn read<T: DeserializeOwned>(&self, text: &str) -> Result<T, Vec<InputError>> {
        let Unique(value) = serde_json::from_str(text).map_err(|err| {
            let reason = if err.is_data() {
                InputError {
                    position: Some((err.line(), err.column())),
                    ..InputError::new("a duplicate attribute")
                }
            } else {
                InputError::syntax(&err)
            };
            vec![reason]
        })?;
        self.decode(&value)
    }

    /// Converts JSON to a shopper, or returns every error in it, at least one.
    pub fn decode<T: DeserializeOwned>(&self, value: &Value) -> Result<T, Vec<InputError>> {
        let mut errors = Vec::new();
        self.check_shape(&self.schema, value, &mut Vec::new(), &mut errors);
        match T::deserialize(value) {
            Ok(shopper) if errors.is_empty() => return Ok(shopper),
            Ok(_) => return Err(errors),
            // Its message may quote a value.
            Err(_) => check_values::<T>(&self.schema, value, &mut Vec::new(), &mut errors),
        }
        if errors.is_empty() {
            errors.push(InputError::new("not a shopper of this vendor"));
        }
        Err(errors)
    }

    /// Checks that every name is known, and that every value is an object, a string or of another type, as the schema says.
    fn check_shape<'a>(
        &self,
        schema: &Value,
        value: &'a Value,
        path: &mut Vec<&'a str>,
        errors: &mut Vec<InputError>,
    ) {
        let Some(properties) = properties(schema) else {
            let reason = match (is_text(schema), value) {
                // A boolean may stand for a string: the type decides.
                (true, Value::String(_)) | (_, Value::Bool(_) | Value::Null) => None,
                (true, _) => Some("expected a string in quotes"),
                (false, Value::String(_)) => Some("expected no string"),
                (false, _) => None,
            };
            errors.extend(reason.map(|reason| InputError::of(path.join("."), reason)));
            return;
        };
        match value {
            Value::Null if !path.is_empty() => {}
            Value::Object(fields) => {
                for (name, value) in fields {
                    path.push(name);
                    match properties.get(name) {
                        Some(schema) => self.check_shape(schema, value, path, errors),
                        None if path[..] == [ENVELOPE] => errors.push(InputError::of(
                            ENVELOPE,
                            "leave this object out and give its content; it is added when the shopper is sent",
                        )),
                        None => errors.push(self.unknown(&path.join("."))),
                    }
                    path.pop();
                }
            }
            _ if path.is_empty() => errors.push(InputError::new("expected one object in braces")),
            _ => errors.push(InputError::of(
                path.join("."),
                "expected an object in braces",
            )),
        }
    }
}

/// Makes the JSON of attributes from their paths, which [`Attributes`] contains.
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

/// Finds the attributes that the type `T` does not accept, by giving it each one alone.
fn check_values<'a, T: DeserializeOwned>(
    schema: &Value,
    value: &'a Value,
    path: &mut Vec<&'a str>,
    errors: &mut Vec<InputError>,
) {
    match (properties(schema), value) {
        (Some(properties), Value::Object(fields)) => {
            for (name, value) in fields {
                if let Some(schema) = properties.get(name) {
                    path.push(name);
                    check_values::<T>(schema, value, path, errors);
                    path.pop();
                }
            }
        }
        (None, Value::String(_) | Value::Bool(_)) if is_text(schema) => {
            let name = path.join(".");
            let alone = assemble([(name.as_str(), value.clone())]);
            if let Err(err) = T::deserialize(&alone) {
                let reason = reason(&name, value, &err);
                errors.push(InputError::of(name, reason));
            }
        }
        _ => {}
    }
}

/// Returns the reason for which one of the library's types refuses a string, without the path to it.
fn reason(name: &str, value: &Value, err: &serde_json::Error) -> Cow<'static, str> {
    if !value.is_string() {
        return "expected a string in quotes".into();
    }
    let message = err.to_string();
    let path = format!("{}: ", name.replace('.', ": "));
    message
        .strip_prefix(&path)
        .unwrap_or(&message)
        .to_owned()
        .into()
}

/// Returns the properties in the schema of an object, which may also allow null.
fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    let own = schema["properties"].as_object();
    own.or_else(|| variants(schema).find_map(properties))
}

/// Returns `true` for the schema of a string, which may also allow null.
fn is_text(schema: &Value) -> bool {
    let own = match &schema["type"] {
        Value::Array(types) => types.iter().any(|it| it == "string"),
        one => one == "string",
    };
    own || variants(schema).any(is_text)
}

/// Returns `true` for the schema of a string that is `true` or `false`, which may also allow null.
fn is_flag(schema: &Value) -> bool {
    let own = schema["enum"].as_array().is_some_and(|values| {
        let mut texts = values.iter().filter_map(Value::as_str);
        values.len() >= 2 && texts.all(|it| matches!(it, "true" | "false"))
    });
    own || variants(schema).any(is_flag)
}

fn variants(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["anyOf", "oneOf"].map(|name| schema[name].as_array());
    lists.into_iter().flatten().flatten()
}

/// Collects the paths of everything that is not an object.
fn collect_names(schema: &Value, path: &str, names: &mut Vec<String>) {
    let Some(properties) = properties(schema) else {
        names.push(path.to_owned());
        return;
    };
    let dot = if path.is_empty() { "" } else { "." };
    for (name, schema) in properties {
        collect_names(schema, &format!("{path}{dot}{name}"), names);
    }
}

impl InputError {
    fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            attribute: None,
            position: None,
            reason: reason.into(),
        }
    }

    fn of(attribute: impl Into<String>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            attribute: Some(attribute.into()),
            ..Self::new(reason)
        }
    }

    /// The parser's message, which quotes nothing.
    fn syntax(err: &serde_json::Error) -> Self {
        let message = err.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        Self {
            position: Some((err.line(), err.column())),
            ..Self::new(format!("not JSON: {reason}"))
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.position {
            write!(f, "line {line}, column {column}: ")?;
        }
        if let Some(attribute) = &self.attribute {
            write!(f, "{attribute}: ")?;
        }
        f.write_str(&self.reason)
    }
}

#[cfg(test)]
mod tests;
