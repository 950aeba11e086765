//! What the sandbox was sent.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, PoisonError},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, request::Parts},
};
use hyper::{Method, Uri};
use serde_json::Value;

/// A request as it arrived, also one that was refused or that a fault swallowed.
///
/// Its `Debug` shows the name of the operation and the size of the body. Path, query, headers and body can hold a
/// person's data or a key.
#[derive(Clone)]
pub struct Request {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Request {
    /// `POST`, `GET`, `PATCH`, `DELETE`.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The path as it was sent, percent-encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The operation that serves such a method and path.
    fn operation(&self) -> Option<&'static str> {
        if self.path() == "/api/platform/v1/shoppers" {
            return (self.method == Method::POST).then_some("upsert_shopper");
        }
        let rest = self.path().strip_prefix("/public/shopper")?;
        let id = rest.strip_prefix('/').filter(|it| !it.contains('/'));
        match (self.method(), id) {
            ("POST", None) if rest.is_empty() => Some("create_shopper"),
            ("GET", None) if rest.is_empty() => Some("search_shoppers"),
            ("GET", Some(_)) => Some("get_shopper"),
            ("PATCH", Some(_)) => Some("update_shopper"),
            ("DELETE", Some(_)) => Some("delete_shopper"),
            _ => None,
        }
    }

    /// What follows the `?`, as it was sent.
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The first header of this name, in any case. A value that is not visible ASCII counts as
    /// absent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Names, in lower case, and values of all headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// The body as it was sent, empty if there was none.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The latest requests.
#[derive(Debug)]
pub(crate) struct Recorder {
    kept: usize,
    requests: Mutex<VecDeque<Request>>,
}

impl Recorder {
    pub(crate) fn new(kept: usize) -> Self {
        Self {
            kept,
            requests: Mutex::default(),
        }
    }

    pub(crate) fn record(&self, head: &Parts, body: &Bytes) {
        if self.kept == 0 {
            return;
        }
        let request = Request {
            method: head.method.clone(),
            uri: head.uri.clone(),
            headers: head.headers.clone(),
            body: body.clone(),
        };
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == self.kept {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().cloned().collect()
    }
}
