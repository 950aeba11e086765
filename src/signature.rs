//! What is put on every request of a generated client.

use std::fmt;

use reqwest::{
    Request, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderValue, USER_AGENT},
};
use tracing::Span;

/// What a generated client puts on every request.
#[derive(Clone)]
pub(crate) struct Signature {
    pub(crate) authorization: HeaderValue,
    pub(crate) user_agent: HeaderValue,
}

impl Signature {
    /// Makes a generated request one of ours.
    pub(crate) fn sign(&self, request: &mut Request) {
        Span::current().record("http.request.method", request.method().as_str());
        let headers = request.headers_mut();
        // The generator adds the version of the document, of which no vendor has heard.
        headers.remove("api-version");
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
