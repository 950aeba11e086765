//! The one way a call is made: signed, sent, and judged by what came back.

use std::{fmt, pin::pin};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use progenitor_client::{ByteStream, Error as GeneratedError, ResponseValue};
use reqwest::{
    Request, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderValue, USER_AGENT},
};
use serde::de::DeserializeOwned;
use tracing::{Instrument, Span, field};

use crate::{Error, error::Unreadable};

/// Longer answers are not read. A shopper is some kilobytes.
const LONGEST_BODY: usize = 8 << 20;

/// What is known of an operation before it is called.
pub(crate) struct Operation {
    pub(crate) vendor: &'static str,
    /// The `operationId` in the vendor's document.
    pub(crate) name: &'static str,
    /// Whether the vendor changes something.
    pub(crate) writes: bool,
}

/// A success: its status, and its body, whole.
pub(crate) struct Answer {
    operation: &'static Operation,
    status: StatusCode,
    body: Bytes,
}

/// What a generated client puts on every request.
#[derive(Clone)]
pub(crate) struct Signature {
    pub(crate) authorization: HeaderValue,
    pub(crate) user_agent: HeaderValue,
}

/// What an operation of a generated client comes to. The answer is still to be read.
pub(crate) type Sent = Result<ResponseValue<ByteStream>, GeneratedError<()>>;

/// Makes a call; `send` is an operation of a generated client.
pub(crate) async fn call(
    operation: &'static Operation,
    host: &str,
    send: impl Future<Output = Sent>,
) -> Result<Answer, Error> {
    let span = tracing::debug_span!(
        "call",
        vendor = operation.vendor,
        operation = operation.name,
        server.address = host,
        http.request.method = field::Empty,
        http.response.status_code = field::Empty,
        error.type = field::Empty,
    );
    async {
        let outcome = attempt(operation, send).await;
        record(&outcome);
        outcome
    }
    .instrument(span)
    .await
}

/// Sends once, and reads the answer.
async fn attempt(
    operation: &'static Operation,
    send: impl Future<Output = Sent>,
) -> Result<Answer, Error> {
    match send.await {
        Ok(response) => {
            let status = response.status();
            match read(response.into_inner_stream()).await {
                (body, None) => Ok(Answer {
                    operation,
                    status,
                    body,
                }),
                (body, Some(why)) => Err(Error::unreadable(operation, status, why, body)),
            }
        }
        Err(GeneratedError::UnexpectedResponse(response)) => {
            let status = response.status();
            // A failure is a failure, however much of its body there is.
            let (body, _) = read(response.bytes_stream()).await;
            Err(Error::failed(operation, status, body))
        }
        Err(
            GeneratedError::CommunicationError(err)
            | GeneratedError::ResponseBodyError(err)
            | GeneratedError::InvalidUpgrade(err),
        ) => Err(Error::no_answer(operation, err)),
        Err(GeneratedError::Custom(_)) => Err(Error::elsewhere(operation)),
        // No failure is described (build/answers.rs), and no success is decoded over there.
        Err(
            GeneratedError::InvalidRequest(_)
            | GeneratedError::ErrorResponse(_)
            | GeneratedError::InvalidResponsePayload(..),
        ) => Err(Error::refused(operation, "the request could not be made")),
    }
}

/// Reads a body to its end or to where it breaks.
async fn read(stream: impl Stream<Item = reqwest::Result<Bytes>>) -> (Bytes, Option<Unreadable>) {
    let mut stream = pin!(stream);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut fault = None;
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) if first.is_empty() => first = chunk,
            Ok(chunk) if first.len() + rest.len() + chunk.len() > LONGEST_BODY => {
                fault = Some(Unreadable::TooLong);
                break;
            }
            Ok(chunk) => rest.extend_from_slice(&chunk),
            Err(err) => {
                fault = Some(Unreadable::Broken(err.without_url()));
                break;
            }
        }
    }
    if rest.is_empty() {
        // A short answer comes as one chunk, and need not be copied.
        return (first, fault);
    }
    let whole = [first, rest.freeze()].concat();
    (whole.into(), fault)
}

fn record(outcome: &Result<Answer, Error>) {
    let span = Span::current();
    let status = match outcome {
        Ok(answer) => Some(answer.status.as_u16()),
        Err(err) => err.status(),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    match outcome {
        Ok(_) => tracing::debug!("answered"),
        Err(err) => {
            span.record("error.type", field::display(err.label()));
            tracing::debug!("{err}");
        }
    }
}

impl Answer {
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        // serde's message repeats what it found, which is a shopper's.
        serde_json::from_slice(&self.body).map_err(|_| self.not_as_described())
    }

    pub(crate) fn not_as_described(&self) -> Error {
        Error::unreadable(
            self.operation,
            self.status,
            Unreadable::NotAsDescribed,
            self.body.clone(),
        )
    }
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
        impl progenitor_client::ClientHooks<crate::call::Signature> for $client {
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
                    Ok(response) if !crate::call::is_below(response.url(), &self.baseurl) => {
                        Err(progenitor_client::Error::Custom(String::new()))
                    }
                    _ => Ok(()),
                }
            }
        }
    };
}

pub(crate) use hooks;
