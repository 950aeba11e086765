//! Gatsby's answer to a write.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::Shopper;
use crate::{
    Error, Operation,
    core::{self, RawResponse},
};

/// Gatsby's answer to a create, an update or a delete that it carried out.
///
/// It does not document what that is, so this is what came: a shopper, something else, or nothing.
#[derive(Clone, PartialEq)]
pub struct WriteResponse {
    status: u16,
    body: Bytes,
    shopper: Option<Shopper>,
}

impl WriteResponse {
    /// The shopper, if the answer is one.
    pub fn shopper(&self) -> Option<&Shopper> {
        self.shopper.as_ref()
    }

    /// The shopper, if the answer is one.
    pub fn into_shopper(self) -> Option<Shopper> {
        self.shopper
    }

    /// The shopper's id, if the answer is a shopper.
    pub fn id(&self) -> Option<&str> {
        self.shopper().map(|shopper| shopper.id.as_str())
    }

    /// The status: one of the 200s, or 404 if a delete was sent twice because the first answer was lost.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body, as it came. It may be empty.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is that.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl WriteResponse {
    /// The body as JSON: a text if it is none, and `null` if it is empty.
    pub(super) fn into_value(self) -> Value {
        if self.body.trim_ascii().is_empty() {
            return Value::Null;
        }
        self.json()
            .unwrap_or_else(|| String::from_utf8_lossy(&self.body).into())
    }

    /// Takes a success for what it is, unless its body is markup, as of a proxy's login page, or says that it is an error.
    pub(super) fn read(answer: RawResponse) -> Result<Self, Error> {
        let written = Self {
            status: answer.response.status().as_u16(),
            shopper: answer.json().ok(),
            body: answer.body.clone(),
        };
        let is_markup = written.body.trim_ascii_start().starts_with(b"<");
        let is_error = written.shopper.is_none()
            && written.json().is_some_and(|answer| {
                ["error", "errors"].iter().any(|name| {
                    answer
                        .get(name)
                        .is_some_and(|value| *value != Value::Null && *value != json!([]))
                })
            });
        if is_markup || is_error {
            return Err(written.unreadable(answer.operation));
        }
        Ok(written)
    }

    /// A delete that found nothing left to delete.
    pub(super) fn gone(err: &Error) -> Self {
        Self {
            status: err.status().unwrap_or_default(),
            body: Bytes::copy_from_slice(err.body().unwrap_or_default()),
            shopper: None,
        }
    }

    /// A success that does not show a shopper, as an error.
    pub(super) fn unreadable(self, operation: &'static Operation) -> Error {
        let status = StatusCode::from_u16(self.status).unwrap_or_default();
        core::unreadable(operation, status, self.body)
    }
}

impl fmt::Debug for WriteResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteResponse")
            .field("status", &self.status)
            .field("shopper", &self.shopper)
            .finish_non_exhaustive()
    }
}
