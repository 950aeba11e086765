//! An OpenAPI document that is ready to be compared.

use std::{error, fmt};

use serde_json::Value;

use super::{check::check, json::at};

/// An OpenAPI 3.0 document with correct types, in which every reference has a target.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
}

/// The reason for which a document cannot be compared, with its place and a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError(String);

impl Document {
    /// Checks a document that was parsed from JSON or YAML.
    ///
    /// References may point to any place within the document. Bundle documents that consist of several files first.
    ///
    /// # Errors
    ///
    /// If the document is not OpenAPI 3.0, a value has another type than OpenAPI requires, or a reference has no target. The
    /// message begins with the place as a JSON pointer, except for the version.
    pub fn new(root: Value) -> Result<Self, DocumentError> {
        check_version(&root)
            .and_then(|()| check(&root))
            .map_err(DocumentError)?;
        Ok(Self { root })
    }

    pub(crate) fn root(&self) -> &Value {
        &self.root
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for DocumentError {}

/// OpenAPI 2.0 and 3.1 give other meanings to the same keywords.
fn check_version(root: &Value) -> Result<(), String> {
    let version = match at(root, "openapi").or_else(|| at(root, "swagger")) {
        Some(Value::String(version)) => version.clone(),
        Some(other) => other.to_string(),
        None => {
            return Err("no OpenAPI document: `openapi: 3.0.x` is missing at the top".to_owned());
        }
    };
    if version == "3.0" || version.starts_with("3.0.") {
        return Ok(());
    }
    let remedy = if version.starts_with('2') {
        "convert it first, for example with `npx swagger2openapi`"
    } else {
        "convert it to 3.0 first, or ask the publisher for 3.0"
    };
    Err(format!(
        "OpenAPI {version:?} is not supported, only 3.0.x is; {remedy}"
    ))
}
