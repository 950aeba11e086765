//! The responses of a vendor, before a fault changes them.

use std::{error::Error, fmt};

use axum::{
    http::{HeaderName, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// The quota's headers, which BSPK sends and Gatsby does not (specs/bspk, "Throttling").
pub(crate) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

/// The number of records on all pages (specs/bspk).
pub(crate) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// A status with an errors list as in BSPK's example, but in valid JSON (specs/bspk, "Validation").
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    status: StatusCode,
    problems: Vec<Problem>,
}

/// One entry of an errors list. Of the codes only `not_found` is BSPK's.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) title: String,
}

impl ErrorResponse {
    pub(crate) fn new(status: StatusCode, code: &'static str, title: impl Into<String>) -> Self {
        Self {
            status,
            problems: vec![Problem {
                code,
                title: title.into(),
            }],
        }
    }

    pub(crate) fn unprocessable(problems: Vec<Problem>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            problems,
        }
    }

    pub(crate) fn throttled() -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::new(status, "throttled", "Throttle limit reached")
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let errors = self.problems.iter();
        let errors: Vec<_> = errors
            .map(|problem| json!({"title": problem.title, "code": problem.code}))
            .collect();
        (self.status, json_body(&json!({ "errors": errors }))).into_response()
    }
}

/// There is no response: the connection is closed.
#[derive(Debug)]
pub(crate) struct ConnectionClosed;

impl fmt::Display for ConnectionClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connection closed by the sandbox")
    }
}

impl Error for ConnectionClosed {}

pub(crate) fn json_body(value: &Value) -> Response {
    json_text(value.to_string())
}

pub(crate) fn json_text(json: String) -> Response {
    let content_type = [(CONTENT_TYPE, "application/json; charset=utf-8")];
    (content_type, json).into_response()
}

pub(crate) fn html_page(status: StatusCode) -> Response {
    let page = format!(
        "<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n"
    );
    (status, [(CONTENT_TYPE, "text/html")], page).into_response()
}

/// Refuses an operation that is in no document: with a status of its own, so that it is not mistaken for a missing shopper.
pub(crate) fn not_served() -> ErrorResponse {
    let title = "The vendor's documents do not have this method and path";
    ErrorResponse::new(StatusCode::MISDIRECTED_REQUEST, "not_served", title)
}
