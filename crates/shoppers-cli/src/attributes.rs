//! The attributes of a body: their names, and errors in the attributes that were given.
//!
//! An attribute is named by its path, `email` or `channel.instagram.email`. The paths come from a JSON Schema, that of the
//! vendor's document or of one of the library's types, so a new attribute is known here at once. No message repeats a value.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::json::Unique;

mod similarity;

/// The object around a shopper in BSPK's examples, which the library adds.
const ENVELOPE: &str = "shopper";

/// The length of a line of help, as without a terminal.
const LINE: usize = 95;

/// The attributes of a body, or of the items of one that is a list.
pub struct Attributes {
    schema: Value,
    names: Vec<String>,
    /// The object around the body, which the library adds.
    envelope: Option<&'static str>,
    /// The command that lists the names.
    list: &'static str,
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
        Self {
            list: "`shoppers schema`",
            ..Self::new(schema.to_value(), Some(ENVELOPE))
        }
    }

    /// Returns the attributes of a schema without references.
    pub fn new(schema: Value, envelope: Option<&'static str>) -> Self {
        let mut names = Vec::new();
        // Without properties there are no names, whatever may be sent.
        if properties(one(&schema)).is_some() {
            collect_names(one(&schema), "", &mut names);
        }
        Self {
            schema,
            names,
            envelope,
            list: "--help",
        }
    }

    /// Returns `true` if the body is a list.
    pub fn is_list(&self) -> bool {
        is_list(&self.schema)
    }

    /// Returns a line per attribute: its name, and the beginning of its description.
    pub fn described(&self) -> String {
        let width = self.names.iter().map(String::len).max().unwrap_or_default();
        let lines = self.names.iter().map(|name| {
            let description = self.at(name).and_then(|it| it["description"].as_str());
            let mut line = format!("  {name:width$} ");
            for word in description.unwrap_or_default().split_whitespace() {
                if line.len() + word.len() > LINE {
                    return line + " ..";
                }
                line = format!("{line} {word}");
            }
            line.trim_end_matches([' ', '.', ',']).to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Returns the schema of the attribute with this path.
    fn at(&self, name: &str) -> Option<&Value> {
        let mut parts = name.split('.');
        parts.try_fold(one(&self.schema), |schema, name| {
            properties(schema)?.get(name)
        })
    }

    /// Converts a text to what the attribute with this path accepts; one that does not fit stays a text. A text for a list
    /// is one item of it.
    pub fn typed(&self, name: &str, text: &str) -> Value {
        let schema = self.at(name).unwrap_or(&Value::Null);
        match typed(schema, text) {
            value if is_list(schema) && !value.is_array() => json!([typed(&schema["items"], text)]),
            value => value,
        }
    }

    pub fn contains(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Returns `true` if the attribute with this path accepts `true` and `false` alone.
    pub fn is_flag(&self, name: &str) -> bool {
        self.at(name).is_some_and(is_flag)
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
            None => InputError::new(format!(
                "a name that resembles no attribute; see {}",
                self.list
            )),
        }
    }

    /// Returns `true` for a path into an object that has attributes.
    fn is_in_object(&self, name: &str) -> bool {
        name.rsplit_once('.').is_some_and(|(object, _)| {
            let object = format!("{object}.");
            self.names.iter().any(|known| known.starts_with(&object))
        })
    }

    /// Converts JSON to a shopper, or returns every error in it, at least one.
    pub fn decode<T: DeserializeOwned>(&self, value: &Value) -> Result<T, Vec<InputError>> {
        let mut errors = self.check(value);
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

    /// Checks that every name is known, that none is missing, and that every value is of a type that the schema has.
    pub fn check(&self, value: &Value) -> Vec<InputError> {
        let mut errors = Vec::new();
        self.check_shape(&self.schema, value, &mut Vec::new(), &mut errors);
        errors
    }

    fn check_shape<'a>(
        &self,
        schema: &Value,
        value: &'a Value,
        path: &mut Vec<Cow<'a, str>>,
        errors: &mut Vec<InputError>,
    ) {
        if let (true, Value::Array(items)) = (is_list(schema), value) {
            for (number, item) in (1..).zip(items) {
                path.push(format!("item {number}").into());
                self.check_shape(&schema["items"], item, path, errors);
                path.pop();
            }
            return;
        }
        let Some(properties) = properties(schema) else {
            let reason = expected(schema).filter(|_| !fits(schema, value));
            errors.extend(reason.map(|reason| InputError::at(path, reason)));
            return;
        };
        match value {
            Value::Null if !path.is_empty() => {}
            Value::Object(fields) => {
                for (name, value) in fields {
                    path.push(name.into());
                    match properties.get(name) {
                        Some(schema) => self.check_shape(schema, value, path, errors),
                        None if path.len() == 1 && self.envelope == Some(name) => {
                            errors.push(InputError::of(
                                name,
                                "leave this object out and give its content; it is added when the body is sent",
                            ));
                        }
                        None => errors.push(self.unknown(&path.join("."))),
                    }
                    path.pop();
                }
                let required = schema["required"].as_array().into_iter().flatten();
                for name in required.filter_map(Value::as_str) {
                    if fields.get(name).is_none_or(Value::is_null) {
                        path.push(name.to_owned().into());
                        errors.push(InputError::at(path, "missing; it is required"));
                        path.pop();
                    }
                }
            }
            _ if path.is_empty() => {
                errors.push(InputError::at(path, "expected one object in braces"))
            }
            _ => errors.push(InputError::at(path, "expected an object in braces")),
        }
    }
}

/// Reads JSON. A duplicate name in an object is an error.
pub fn parse(text: &str) -> Result<Value, InputError> {
    let parsed = serde_json::from_str(text);
    parsed.map(|Unique(value)| value).map_err(|err| {
        if err.is_data() {
            InputError {
                position: Some((err.line(), err.column())),
                ..InputError::new("a duplicate attribute")
            }
        } else {
            InputError::syntax(&err)
        }
    })
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
    has_type(schema, "string") || variants(schema).any(is_text)
}

/// Returns `true` for the schema of a string that is `true` or `false`, which may also allow null.
fn is_flag(schema: &Value) -> bool {
    let own = schema["enum"].as_array().is_some_and(|values| {
        let mut texts = values.iter().filter_map(Value::as_str);
        values.len() >= 2 && texts.all(|it| matches!(it, "true" | "false"))
    });
    own || variants(schema).any(is_flag)
}

fn is_list(schema: &Value) -> bool {
    has_type(schema, "array")
}

fn has_type(schema: &Value, name: &str) -> bool {
    match &schema["type"] {
        Value::Array(types) => types.iter().any(|it| it == name),
        one => one == name,
    }
}

/// The schema of an item of a list, or of anything else the schema itself.
fn one(schema: &Value) -> &Value {
    if is_list(schema) {
        &schema["items"]
    } else {
        schema
    }
}

/// A text as the schema has it; as it is where it does not fit.
fn typed(schema: &Value, text: &str) -> Value {
    let parsed = parse(text).ok().filter(|_| !is_text(schema));
    parsed.unwrap_or_else(|| text.into())
}

/// Says what a schema of something other than an object expects; `None` if that is anything.
fn expected(schema: &Value) -> Option<&'static str> {
    let types = [
        ("array", "expected a list in brackets"),
        ("object", "expected an object in braces"),
        ("integer", "expected an integer"),
        ("number", "expected a number"),
        ("boolean", "expected `true` or `false`"),
    ];
    if is_text(schema) {
        return Some("expected a string in quotes");
    }
    let known = types.into_iter().find(|(name, _)| has_type(schema, name));
    known.map(|(_, expected)| expected)
}

/// Returns `true` if a value may be of a schema's type.
fn fits(schema: &Value, value: &Value) -> bool {
    match value {
        Value::Null => true,
        // A boolean may stand for a string: the library decides.
        Value::Bool(_) => is_text(schema) || has_type(schema, "boolean"),
        Value::String(_) => is_text(schema),
        Value::Number(number) => {
            has_type(schema, "number") || has_type(schema, "integer") && !number.is_f64()
        }
        Value::Array(_) => is_list(schema),
        Value::Object(_) => has_type(schema, "object"),
    }
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
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            attribute: None,
            position: None,
            reason: reason.into(),
        }
    }

    pub fn of(attribute: impl Into<String>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            attribute: Some(attribute.into()),
            ..Self::new(reason)
        }
    }

    fn at(path: &[Cow<'_, str>], reason: &'static str) -> Self {
        let attribute = (!path.is_empty()).then(|| path.join("."));
        Self {
            attribute,
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
