//! Answers, before a fault gets at them.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
};
use serde_json::{Value, json};

pub(crate) type Answer = Response<Body>;

/// A status with an errors list as BSPK shows one, in JSON that is JSON (specs/bspk.yaml,
/// "Validation").
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    problems: Vec<Problem>,
}

/// One entry of an errors list. Of the codes only `not_found` is BSPK's.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) title: String,
}

impl Refusal {
    pub(crate) fn bad_request(title: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, "bad_request", title)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::of(StatusCode::UNAUTHORIZED, "unauthorized", "Invalid API key")
    }

    pub(crate) fn not_found(title: impl Into<String>) -> Self {
        Self::of(StatusCode::NOT_FOUND, "not_found", title)
    }

    pub(crate) fn unprocessable(problems: Vec<Problem>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            problems,
        }
    }

    pub(crate) fn throttled() -> Self {
        Self::of(
            StatusCode::TOO_MANY_REQUESTS,
            "throttled",
            "Throttle limit reached",
        )
    }

    pub(crate) fn internal_server_error() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::of(status, "internal_server_error", "Internal server error")
    }

    fn of(status: StatusCode, code: &'static str, title: impl Into<String>) -> Self {
        Self {
            status,
            problems: vec![Problem::new(code, title)],
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Answer {
        let errors: Vec<_> = self
            .problems
            .iter()
            .map(|it| json!({"title": it.title, "code": it.code}))
            .collect();
        json_as(self.status, &json!({ "errors": errors }))
    }
}

impl Problem {
    pub(crate) fn new(code: &'static str, title: impl Into<String>) -> Self {
        Self {
            code,
            title: title.into(),
        }
    }
}

pub(crate) fn json(value: &Value) -> Answer {
    json_as(StatusCode::OK, value)
}

pub(crate) fn html(status: StatusCode) -> Answer {
    let body = format!(
        "<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n"
    );
    with_body(status, "text/html", body)
}

pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = Answer::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// Answers a method and path that the sandbox lacks, which the vendor may have: with the status of a mock server that has
/// no mock for a call, and not as if a shopper were not there.
pub(crate) async fn not_served() -> Refusal {
    Refusal::of(
        StatusCode::MISDIRECTED_REQUEST,
        "not_served",
        "The sandbox does not serve this method and path",
    )
}

fn json_as(status: StatusCode, value: &Value) -> Answer {
    with_body(status, "application/json; charset=utf-8", value.to_string())
}

fn with_body(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    let mut answer = Answer::new(Body::from(body));
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}
