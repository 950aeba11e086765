//! An OpenAPI document as a JSON value: read, checked, and asked for what a reference stands for.

use std::{borrow::Cow, fmt, fs, path::Path};

use serde_json::Value;

use crate::{generation::yaml, source::address::shown};

use super::check;

/// How many references may follow upon each other. A chain without an end is refused when a document is read.
const LONGEST_CHAIN: usize = 64;

/// Why a document cannot be compared: a sentence that names the file, the place and the remedy.
#[derive(Debug, PartialEq)]
pub struct Refusal(String);

impl Refusal {
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// A document of which every part has the kind that OpenAPI 3.0 gives it, and every reference leads somewhere.
#[derive(Debug)]
pub struct Document {
    value: Value,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it is not there, and as [`Document::parse`].
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        let name = shown(&path.to_string_lossy());
        let bytes = fs::read(path).map_err(|err| {
            Refusal::new(format!(
                "{name}: {err}; give the path of an OpenAPI 3.0 document"
            ))
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Refusal::new(format!("{name}: is not text; save it as UTF-8")))?;
        Self::parse(&name, &text)
    }

    /// Reads YAML or JSON. `name` stands in front of what is refused.
    ///
    /// # Errors
    ///
    /// When it is neither, not OpenAPI 3.0.x, or when a part of it is not what OpenAPI says or a reference leads nowhere.
    pub fn parse(name: &str, text: &str) -> Result<Self, Refusal> {
        value(text)
            .and_then(Self::checked)
            .map_err(|what| Refusal::new(format!("{name}: {what}")))
    }

    /// A value that was read.
    ///
    /// # Errors
    ///
    /// As [`Document::parse`], but for what is not YAML or JSON.
    pub fn checked(value: Value) -> Result<Self, String> {
        let document = Self { value };
        version(&document.value)?;
        check::check(&document)?;
        Ok(document)
    }

    /// The whole of it.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// What stands at the end of a chain of references; the value itself, if it is none.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..LONGEST_CHAIN {
            match reference(value).and_then(|to| self.find(to)) {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }

    /// What a reference as `#/components/schemas/Shopper` leads to.
    pub fn find(&self, to: &str) -> Option<&Value> {
        let pointer = unescaped(to.strip_prefix('#')?);
        self.value.pointer(&pointer)
    }

    /// A part of `components`; empty, if there is none.
    pub fn components(&self, kind: &str) -> impl Iterator<Item = (&str, &Value)> {
        at(&self.value, "components")
            .and_then(|components| at(components, kind))
            .into_iter()
            .flat_map(members)
    }
}

/// Where a reference leads, if the value is one.
pub fn reference(value: &Value) -> Option<&str> {
    text(value, "$ref")
}

/// The name behind the last `/` of a reference.
pub fn component(value: &Value) -> Option<&str> {
    reference(value).and_then(|to| to.rsplit('/').next())
}

/// A member of an object. `null` is how YAML writes an empty line, and counts as absent.
pub fn at<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|value| !value.is_null())
}

/// A member that is a string.
pub fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// A member that is `true`.
pub fn is_set(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// The members of an object but those that are `null`; none, if it is not one.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| (key.as_str(), value))
}

/// The members of the object behind a key.
pub fn members_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    at(value, key).into_iter().flat_map(members)
}

/// The items of the list behind a key.
pub fn items_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    at(value, key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Whether a key is an extension (OpenAPI 3.0.3, "Specification Extensions").
pub fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// Reads YAML or JSON, and says what else it may be.
fn value(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.is_empty() {
        return Err("is empty; expected an OpenAPI 3.0 document in YAML or JSON".to_owned());
    }
    if start.starts_with('<') {
        return Err(
            "is a page of HTML or XML; save the vendor's OpenAPI document itself (often at \
             /openapi.yaml or /openapi.json), not the page that shows it"
                .to_owned(),
        );
    }
    let node = yaml::read(text).map_err(|err| format!("{err}; mend that line"))?;
    Ok(node.into_value())
}

/// Only 3.0 is compared: in 2.0 and 3.1 the same words mean other things.
fn version(value: &Value) -> Result<(), String> {
    let version = match at(value, "openapi").or_else(|| at(value, "swagger")) {
        Some(Value::String(version)) => version.clone(),
        Some(other) => other.to_string(),
        None => {
            return Err(
                "is not an OpenAPI document: it has no `openapi: 3.0.x` at its top".to_owned(),
            );
        }
    };
    if version == "3.0" || version.starts_with("3.0.") {
        return Ok(());
    }
    let remedy = if version.starts_with('2') {
        "convert it first, for example with `npx swagger2openapi`"
    } else {
        "ask the vendor for 3.0, or convert it first"
    };
    Err(format!(
        "is OpenAPI {version:?}, and 3.0.x is compared; {remedy}"
    ))
}

/// Undoes the percent-encoding of a URI fragment.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let byte = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
