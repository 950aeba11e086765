//! The requests that the sandbox received.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, request::Parts},
};
use hyper::{Method, Uri};
use serde_json::Value;

/// A request as it arrived, even if it was refused or not carried out.
///
/// Its `Debug` shows the document's method and path and the size of the body alone, as the rest can hold personal data or a key.
#[derive(Clone)]
pub struct Request {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    /// The method and path as the document has them.
    operation: Option<Arc<str>>,
}

impl Request {
    /// The method, such as `POST`.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The path as it was sent, percent-encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query without its `?`, as it was sent.
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The first header of this name, in any case. A value that is not visible ASCII counts as absent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The names, in lower case, and the values of all headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// The body as it was sent; empty if there was none.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Keeps the latest requests.
#[derive(Debug)]
pub(crate) struct Recorder {
    kept: usize,
    latest: Mutex<VecDeque<Request>>,
}

impl Recorder {
    pub(crate) fn new(kept: usize) -> Self {
        Self {
            kept,
            latest: Mutex::default(),
        }
    }

    pub(crate) fn record(&self, head: &Parts, body: &Bytes, operation: Option<Arc<str>>) {
        if self.kept == 0 {
            return;
        }
        let mut latest = self.latest();
        if latest.len() == self.kept {
            latest.pop_front();
        }
        latest.push_back(Request {
            method: head.method.clone(),
            uri: head.uri.clone(),
            headers: head.headers.clone(),
            body: body.clone(),
            operation,
        });
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.latest().iter().cloned().collect()
    }

    fn latest(&self) -> MutexGuard<'_, VecDeque<Request>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
