//! The headers of every request of a generated client.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use reqwest::{
    Method, Request, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderValue, USER_AGENT},
};
use serde::Serialize;
use tracing::Span;

use crate::core::track;

/// Room for a body; a longer one takes more. A shopper with a dozen attributes is 300 bytes of JSON.
const ROOM: usize = 1024;

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The headers that a generated client sends with every request, and the address that it sends to.
#[derive(Clone)]
pub(crate) struct Authorizer {
    authorization: HeaderValue,
    /// The key as it is.
    key: HeaderValue,
    user_agent: HeaderValue,
    base: Url,
    /// Asks for the headers of an answer alone.
    is_head: bool,
    /// The paths that are always the same.
    paths: &'static [&'static str],
    /// The address of each, once it is needed: to parse one takes as long as to write a shopper.
    known: Arc<[OnceLock<Box<Url>>]>,
}

impl Authorizer {
    /// `paths` are those that are always the same.
    pub(crate) fn new(
        authorization: HeaderValue,
        key: HeaderValue,
        user_agent: HeaderValue,
        base: Url,
        paths: &'static [&'static str],
    ) -> Self {
        Self {
            paths,
            known: paths.iter().map(|_| OnceLock::new()).collect(),
            authorization,
            key,
            user_agent,
            base,
            is_head: false,
        }
    }

    /// The same, which turns each request into a `HEAD`.
    pub(crate) fn heads(&self) -> Self {
        Self {
            is_head: true,
            ..self.clone()
        }
    }

    /// The address that all others are below.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> Url {
        let mut known = self.paths.iter().zip(&*self.known);
        match known.find(|(known, _)| **known == path) {
            Some((_, url)) => (**url.get_or_init(|| Box::new(below(&self.base, path)))).clone(),
            None => below(&self.base, path),
        }
    }

    /// Makes a generated request one of ours. The key is in `Authorization`, or in another header where the operation has one.
    pub(crate) fn authorize(&self, request: &mut Request, key_header: Option<&'static str>) {
        if self.is_head {
            *request.method_mut() = Method::HEAD;
        }
        Span::current().record("http.request.method", request.method().as_str());
        let headers = request.headers_mut();
        headers.insert(ACCEPT, JSON);
        match key_header {
            None => headers.insert(AUTHORIZATION, self.authorization.clone()),
            Some(name) => headers.insert(name, self.key.clone()),
        };
        headers.insert(USER_AGENT, self.user_agent.clone());
        track(request);
    }
}

impl fmt::Debug for Authorizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorizer(..)")
    }
}

/// Writes the body of a request.
///
/// # Errors
///
/// If a value cannot be written. What serde says of it is left out, as it may repeat the value.
pub(crate) fn json(body: &impl Serialize) -> Result<Vec<u8>, String> {
    let mut written = Vec::with_capacity(ROOM);
    match serde_json::to_writer(&mut written, body) {
        Ok(()) => Ok(written),
        Err(_) => Err("the body cannot be written".to_owned()),
    }
}

/// The address of a path below a base, which may have a path of its own.
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}

/// Implements the hooks of a generated client: `exec` authorizes what goes out, and there is no other (build/operations.rs).
macro_rules! hooks {
    ($client:ty, $key_headers:expr) => {
        impl progenitor_client::ClientHooks<crate::auth::Authorizer> for $client {
            // Not `async`, so that the request is not kept while the call waits.
            fn exec(
                &self,
                mut request: reqwest::Request,
                info: &progenitor_client::OperationInfo,
            ) -> impl Future<Output = reqwest::Result<reqwest::Response>> {
                let headers: &[(&str, &'static str)] = $key_headers;
                let header = headers.iter().find(|(name, _)| *name == info.operation_id);
                self.inner
                    .authorize(&mut request, header.map(|(_, header)| *header));
                self.client.execute(request)
            }
        }
    };
}

pub(crate) use hooks;
