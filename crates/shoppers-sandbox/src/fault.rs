//! What can go wrong on demand.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER},
    },
    response::IntoResponse,
};
use serde_json::{Value, json};

use crate::{
    answer::{self, Answer, Refusal},
    body::{Endless, Half, Trickle},
    server::Closed,
    vendor::{LIMIT, REMAINING},
};

mod parse;

/// Something that goes wrong with a call, scripted or by chance (see
/// [`Behaviour`](crate::Behaviour)).
///
/// Each says whether **the work is done**: whether the vendor has carried the call out. With a
/// fault that leaves the work undone the call never reaches the vendor: the key is not looked at,
/// and the quota does not count it. With one that has it done, the vendor judges the call as ever,
/// and what it answers, a refusal too, is what is then spoilt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// 500 with an errors list. The work is not done.
    InternalServerError,
    /// 502 with an HTML page. The work is not done.
    BadGateway,
    /// 503 with an HTML page. The work is not done.
    ServiceUnavailable {
        /// What `Retry-After` says, word for word: seconds, an HTTP date, or nonsense. `None`
        /// leaves it out.
        retry_after: Option<String>,
    },
    /// 504 with an HTML page: whoever stands before the vendor lost patience. The work is done.
    GatewayTimeout,
    /// An HTML page with this status, 400 to 599, where an errors list is expected. The work is not
    /// done.
    Html {
        /// For example 422.
        status: u16,
    },
    /// 429 with an errors list and without quota headers. The work is not done.
    Throttled {
        /// What `Retry-After` says, word for word: seconds, an HTTP date, or nonsense. `None`
        /// leaves it out.
        retry_after: Option<String>,
    },
    /// The connection is closed without an answer. The work is not done.
    ClosedBefore,
    /// The connection is closed without an answer. The work is done.
    ClosedAfter,
    /// The answer announces its length, and the connection is closed after half of it. The work is
    /// done.
    HalfBody,
    /// The answer starts as ever and goes on in white space, without a length. The work is done.
    EndlessBody {
        /// After so many bytes the connection is closed without an end. They are made as they are
        /// read, and cost no memory.
        bytes: u64,
    },
    /// The answer comes byte by byte, and comes to its end. The work is done.
    TricklingBody {
        /// The wait before each byte.
        every: Duration,
    },
    /// The answer has its status, but its body is no JSON. The work is done.
    InvalidJson,
    /// `null` for each field of the answer, the id too; for a list, for each field of its items.
    /// The work is done.
    NullFields,
    /// Each object in the answer has fields more than are documented. The work is done.
    UnknownFields,
    /// The answer has its status and no body. The work is done.
    EmptyBody,
    /// The answer comes late. The work is done, at once.
    SlowAnswer {
        /// How late.
        delay: Duration,
    },
    /// The work is done late, whether the caller still waits for it or not, and then answered.
    LateWork {
        /// How late.
        delay: Duration,
    },
    /// The quota's headers say this instead; they appear where there is no quota, too. The work is
    /// done.
    QuotaHeaders {
        /// What `X-RateLimit-Limit` says, word for word.
        limit: String,
        /// What `X-RateLimit-Remaining` says, word for word.
        remaining: String,
    },
    /// A redirect. The work is not done.
    Redirect {
        /// 300 to 399, for example 302 or 307.
        status: u16,
        /// What `Location` says, for example another host.
        location: String,
    },
}

impl Fault {
    /// The fault's name in [`Tally::faults`](crate::Tally::faults): that of the variant, as
    /// `closed_before`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::InternalServerError => "internal_server_error",
            Self::BadGateway => "bad_gateway",
            Self::ServiceUnavailable { .. } => "service_unavailable",
            Self::GatewayTimeout => "gateway_timeout",
            Self::Html { .. } => "html",
            Self::Throttled { .. } => "throttled",
            Self::ClosedBefore => "closed_before",
            Self::ClosedAfter => "closed_after",
            Self::HalfBody => "half_body",
            Self::EndlessBody { .. } => "endless_body",
            Self::TricklingBody { .. } => "trickling_body",
            Self::InvalidJson => "invalid_json",
            Self::NullFields => "null_fields",
            Self::UnknownFields => "unknown_fields",
            Self::EmptyBody => "empty_body",
            Self::SlowAnswer { .. } => "slow_answer",
            Self::LateWork { .. } => "late_work",
            Self::QuotaHeaders { .. } => "quota_headers",
            Self::Redirect { .. } => "redirect",
        }
    }

    /// Refuses what cannot be put into an answer.
    pub(crate) fn check(&self) -> io::Result<()> {
        let name = self.name();
        let has_its_status = match self {
            Self::Html { status } => (400..=599).contains(status),
            Self::Redirect { status, .. } => (300..=399).contains(status),
            _ => true,
        };
        if !has_its_status {
            return Err(invalid(format!("fault {name}: not a status for it")));
        }
        match self
            .words()
            .into_iter()
            .find(|word| HeaderValue::from_str(word).is_err())
        {
            Some(word) => Err(invalid(format!("fault {name}: no header can say {word:?}"))),
            None => Ok(()),
        }
    }

    /// What is answered in the vendor's place, if the work is not done.
    pub(crate) fn instead(&self) -> Option<Result<Answer, Closed>> {
        Some(Ok(match self {
            Self::InternalServerError => Refusal::internal_server_error().into_response(),
            Self::BadGateway => answer::html(StatusCode::BAD_GATEWAY),
            Self::ServiceUnavailable { retry_after } => {
                let answer = answer::html(StatusCode::SERVICE_UNAVAILABLE);
                said(answer, RETRY_AFTER, retry_after.as_deref())
            }
            Self::Html { status } => answer::html(known(*status)),
            Self::Throttled { retry_after } => said(
                Refusal::throttled().into_response(),
                RETRY_AFTER,
                retry_after.as_deref(),
            ),
            Self::ClosedBefore => return Some(Err(Closed)),
            Self::Redirect { status, location } => {
                said(answer::empty(known(*status)), LOCATION, Some(location))
            }
            _ => return None,
        }))
    }

    /// How long the vendor takes before it begins.
    pub(crate) fn delay(&self) -> Duration {
        match self {
            Self::LateWork { delay } => *delay,
            _ => Duration::ZERO,
        }
    }

    /// What becomes of the vendor's answer, if the work is done.
    pub(crate) async fn spoil(&self, answer: Answer) -> Result<Answer, Closed> {
        match self {
            Self::ClosedAfter => Err(Closed),
            Self::GatewayTimeout => Ok(answer::html(StatusCode::GATEWAY_TIMEOUT)),
            Self::SlowAnswer { delay } => {
                tokio::time::sleep(*delay).await;
                Ok(answer)
            }
            Self::QuotaHeaders { limit, remaining } => {
                let answer = said(answer, LIMIT, Some(limit));
                Ok(said(answer, REMAINING, Some(remaining)))
            }
            _ => self.spoil_body(answer).await,
        }
    }

    async fn spoil_body(&self, answer: Answer) -> Result<Answer, Closed> {
        let (mut head, body) = answer.into_parts();
        let mut whole = to_bytes(body, usize::MAX).await.map_err(|_| Closed)?;
        head.headers.remove(CONTENT_LENGTH);
        // A 204 has no body to spoil, and HTTP does not let it have one.
        if whole.is_empty() && !matches!(self, Self::EmptyBody) {
            head.status = StatusCode::OK;
            head.headers
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            whole = Bytes::from_static(b"{}");
        }
        let body = match self {
            Self::HalfBody => Body::new(Half::of(&whole)),
            Self::EndlessBody { bytes } => Body::new(Endless::from(whole, *bytes)),
            Self::TricklingBody { every } => Body::new(Trickle::of(whole, *every)),
            Self::InvalidJson => Body::from("{\"id\": 1, \"warnings\": [}"),
            Self::NullFields => Body::from(edited(&whole, nulled)),
            Self::UnknownFields => Body::from(edited(&whole, widened)),
            Self::EmptyBody => {
                head.headers.remove(CONTENT_TYPE);
                Body::empty()
            }
            _ => Body::from(whole),
        };
        Ok(Answer::from_parts(head, body))
    }

    /// The words of this fault that become headers.
    fn words(&self) -> Vec<&str> {
        match self {
            Self::ServiceUnavailable { retry_after } | Self::Throttled { retry_after } => {
                retry_after.iter().map(String::as_str).collect()
            }
            Self::QuotaHeaders { limit, remaining } => vec![limit, remaining],
            Self::Redirect { location, .. } => vec![location],
            _ => Vec::new(),
        }
    }
}

pub(crate) fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

/// `check` let only statuses through that exist.
fn known(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// `check` let only words through that fit into a header.
fn said(mut answer: Answer, name: HeaderName, word: Option<&str>) -> Answer {
    if let Some(Ok(value)) = word.map(HeaderValue::from_str) {
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn edited(body: &Bytes, edit: fn(Value) -> Value) -> String {
    let value = serde_json::from_slice(body).unwrap_or_default();
    edit(value).to_string()
}

fn nulled(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, _)| (name, Value::Null))
            .collect(),
        Value::Array(items) => items.into_iter().map(nulled).collect(),
        other => other,
    }
}

fn widened(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: serde_json::Map<_, _> = fields
                .into_iter()
                .map(|(name, value)| (name, widened(value)))
                .collect();
            fields.insert(
                "added_later".into(),
                json!({"by": "the vendor", "since": [2026, null]}),
            );
            fields.insert("added_as_null".into(), Value::Null);
            Value::Object(fields)
        }
        Value::Array(items) => items.into_iter().map(widened).collect(),
        other => other,
    }
}
