//! The requests that the sandbox received.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, request::Parts},
};
use hyper::{Method, Uri};
use serde_json::Value;

/// A request as it arrived, even if it was refused or not carried out.
///
/// Its `Debug` shows the name of the operation and the size of the body alone, as the rest can hold personal data or a key.
#[derive(Clone)]
pub struct Request {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
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

    /// The operation with this method and path.
    fn operation(&self) -> Option<&'static str> {
        let path: Vec<&str> = self.path().split('/').skip(1).collect();
        Some(match (self.method(), &path[..]) {
            ("POST", ["api", "platform", "v1", "shoppers"]) => "upsert_shopper",
            ("POST", ["public", "shopper"]) => "create_shopper",
            ("GET", ["public", "shopper"]) => "search_shoppers",
            ("GET", ["public", "shopper", _]) => "get_shopper",
            ("PATCH", ["public", "shopper", _]) => "update_shopper",
            ("DELETE", ["public", "shopper", _]) => "delete_shopper",
            _ => return None,
        })
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
            .field("operation", &self.operation())
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

    pub(crate) fn record(&self, head: &Parts, body: &Bytes) {
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
        });
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.latest().iter().cloned().collect()
    }

    fn latest(&self) -> MutexGuard<'_, VecDeque<Request>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
