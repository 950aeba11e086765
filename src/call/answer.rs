//! An answer, read to its end or to where it breaks.

use std::pin::{Pin, pin};

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use reqwest::{Response, StatusCode, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::Sleep;

use super::History;
use crate::{
    Error, Operation,
    error::{Lost, Unreadable},
};

/// Longer answers are not read. A shopper is some kilobytes.
const LONGEST_BODY: usize = 8 << 20;

/// Of a failure no more is read. Its problems are a few lines, and what is longer is no answer of a vendor.
const LONGEST_FAILURE: usize = 64 << 10;

/// A success: its status, and its body, whole.
pub(crate) struct Answer {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) history: History,
}

impl Answer {
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as it is; `null` if there is none.
    // Which documents have an operation without an answer by hand is not known here.
    #[allow(dead_code)]
    pub(crate) fn value(&self) -> Result<Value, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        self.json()
    }

    /// Decodes the body, if there is one.
    #[allow(dead_code)]
    pub(crate) fn optional_json<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// Decodes the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        // serde's message repeats what it found, which is a shopper's.
        serde_json::from_slice(&self.body).map_err(|_| self.unreadable(Unreadable::NotAsDescribed))
    }

    /// The error of a success that is of no use.
    pub(crate) fn unreadable(&self, why: Unreadable) -> Error {
        let err = Error::unreadable(self.operation, self.status, why, self.body.clone());
        err.after(&mut self.history.clone())
    }
}

/// Reads a body to its end, or to where it breaks, takes too long or is too long.
pub(super) async fn read(
    response: &mut Response,
    mut end: Pin<&mut Sleep>,
) -> (Bytes, Option<Unreadable>) {
    let longest = if response.status().is_success() {
        LONGEST_BODY
    } else {
        LONGEST_FAILURE
    };
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut fault = None;
    while fault.is_none() {
        let chunk = match select(pin!(response.chunk()), end.as_mut()).await {
            Either::Left((chunk, _)) => chunk,
            Either::Right(_) => {
                fault = Some(Unreadable::Broken(Lost::TooLate));
                break;
            }
        };
        match chunk {
            Ok(Some(chunk)) if first.len() + rest.len() + chunk.len() > longest => {
                rest.extend_from_slice(&chunk[..longest - first.len() - rest.len()]);
                fault = Some(Unreadable::TooLong);
            }
            Ok(Some(chunk)) if first.is_empty() => first = chunk,
            Ok(Some(chunk)) => rest.extend_from_slice(&chunk),
            Err(err) => fault = Some(Unreadable::Broken(Lost::Broken(err.without_url()))),
            Ok(None) => break,
        }
    }
    if rest.is_empty() {
        // A short answer comes as one chunk, and need not be copied.
        return (first, fault);
    }
    let whole = [first, rest.freeze()].concat();
    (whole.into(), fault)
}
