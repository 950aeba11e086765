//! What is put on every request of a generated client.

use std::fmt;

use reqwest::{
    Request, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderValue, USER_AGENT},
};
use tracing::Span;

/// What a generated client puts on every request, and where it sends it.
#[derive(Clone)]
pub(crate) struct Signature {
    authorization: HeaderValue,
    user_agent: HeaderValue,
    base: Url,
    /// The addresses of the operations whose path is always the same: to parse one takes as long as to write a shopper.
    known: Vec<(&'static str, Url)>,
}

impl Signature {
    /// `paths` are those that are always the same.
    pub(crate) fn new(
        authorization: HeaderValue,
        user_agent: HeaderValue,
        base: Url,
        paths: &[&'static str],
    ) -> Self {
        let known = paths.iter().map(|path| (*path, below(&base, path)));
        Self {
            known: known.collect(),
            authorization,
            user_agent,
            base,
        }
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> Url {
        match self.known.iter().find(|(known, _)| *known == path) {
            Some((_, url)) => url.clone(),
            None => below(&self.base, path),
        }
    }

    /// Makes a generated request one of ours.
    pub(crate) fn sign(&self, request: &mut Request) {
        Span::current().record("http.request.method", request.method().as_str());
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(AUTHORIZATION, self.authorization.clone());
        headers.insert(USER_AGENT, self.user_agent.clone());
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(..)")
    }
}

/// The address of a path below a base, which may have a path of its own.
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}

/// Whether `url` is one of those that start with `base`, which ends without a slash.
pub(crate) fn is_below(url: &Url, base: &str) -> bool {
    let rest = url.as_str().strip_prefix(base);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Implements the hooks of a generated client: sign what goes out, and see that the answer is from where it went.
macro_rules! hooks {
    ($client:ty) => {
        impl progenitor_client::ClientHooks<crate::signature::Signature> for $client {
            async fn pre<E>(
                &self,
                request: &mut reqwest::Request,
                _: &progenitor_client::OperationInfo,
            ) -> Result<(), progenitor_client::Error<E>> {
                self.inner.sign(request);
                Ok(())
            }

            async fn post<E>(
                &self,
                result: &reqwest::Result<reqwest::Response>,
                _: &progenitor_client::OperationInfo,
            ) -> Result<(), progenitor_client::Error<E>> {
                match result {
                    Ok(response) if !crate::signature::is_below(response.url(), &self.baseurl) => {
                        Err(progenitor_client::Error::Custom(String::new()))
                    }
                    _ => Ok(()),
                }
            }
        }
    };
}

pub(crate) use hooks;
