//! The page for the browser: calls as they arrive, stored shoppers, quotas, and buttons that change the behaviour.
//!
//! All but the two files without data needs the token that is in the page's URL.

use std::{io, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use shoppers::{bspk, gatsby};
use strum::IntoEnumIterator;

pub(crate) use self::call_log::CallLog;
use crate::{
    bspk::Bspk, fault::Fault, gatsby::Gatsby, quota::Quota, response::json_body, vendor::Vendor,
};

mod call_log;
mod collection;
mod events;

/// Nothing is loaded from elsewhere, and no text of a call can become markup or a script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// The page. It has no `Debug`, as it holds the token and all that was sent.
pub(crate) struct Ui {
    token: String,
    sandbox_url: String,
    pub(crate) calls: Arc<CallLog>,
    bspk_calls: Arc<Vendor>,
    gatsby_calls: Arc<Vendor>,
    bspk: Arc<Bspk>,
    gatsby: Arc<Gatsby>,
}

impl Ui {
    pub(crate) fn new(
        sandbox_url: String,
        [bspk_calls, gatsby_calls]: [Arc<Vendor>; 2],
        bspk: Arc<Bspk>,
        gatsby: Arc<Gatsby>,
    ) -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        Ok(Self {
            token: format!("{:032x}", u128::from_ne_bytes(random)),
            sandbox_url,
            calls: Arc::default(),
            bspk_calls,
            gatsby_calls,
            bspk,
            gatsby,
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("{}/?token={}", self.sandbox_url, self.token)
    }

    /// Returns `true` for a request that is the page's, not a vendor's.
    pub(crate) fn serves(head: &Parts) -> bool {
        let path = head.uri.path();
        path == "/" || path.starts_with("/ui/")
    }

    pub(crate) fn respond(self: &Arc<Self>, head: &Parts, body: &Bytes) -> Response {
        let path = head.uri.path();
        let response = match (&head.method, path) {
            (&Method::GET, "/ui/page.css") => file("text/css", include_str!("ui/page.css")),
            (&Method::GET, "/ui/page.js") => file("text/javascript", include_str!("ui/page.js")),
            _ if head.uri.query().and_then(|it| it.strip_prefix("token=")) != Some(&self.token) => {
                let message = "This page needs the token of its sandbox. Open the URL that was printed at the start.\n";
                (StatusCode::FORBIDDEN, message).into_response()
            }
            (&Method::GET, "/") => file("text/html", include_str!("ui/page.html")),
            (&Method::GET, "/ui/about") => json_body(&self.about()),
            (&Method::GET, "/ui/events") => events::response(Arc::clone(self)),
            (&Method::GET, _) => match path
                .strip_prefix("/ui/calls/")
                .and_then(|id| self.calls.get(id.parse().ok()?))
            {
                Some(call) => json_body(&call),
                None => StatusCode::NOT_FOUND.into_response(),
            },
            (&Method::POST, _) => self
                .act(path, body)
                .unwrap_or_else(|refusal| refusal.into_response()),
            _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        };
        private(response)
    }

    /// The facts that do not change while the sandbox runs.
    fn about(&self) -> Value {
        let faults = Fault::iter().map(|fault| {
            let (label, value) = value_of(&fault).unzip();
            json!({
                "name": fault.name(),
                "label": label,
                "value": value,
                "carried_out": fault.replacement().is_none(),
            })
        });
        let operations = bspk::OPERATIONS.iter().chain(gatsby::OPERATIONS);
        let names = operations.map(|it| (format!("{} {}", it.method, it.path), json!(it.name)));
        json!({
            "url": self.sandbox_url,
            "bspk_key": self.bspk_calls.key(),
            "gatsby_key": self.gatsby_calls.key(),
            "operations": names.collect::<Map<_, _>>(),
            "calls_kept": call_log::CALLS_KEPT,
            "faults": faults.collect::<Vec<_>>(),
        })
    }

    fn act(&self, path: &str, body: &[u8]) -> Result<Response, Refusal> {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        match path {
            "/ui/search" => {
                let found = self
                    .search(&body)
                    .ok_or(Refusal::unprocessable("no such collection"))?;
                return Ok(json_body(&found));
            }
            "/ui/fault" => {
                let fault = body["fault"].as_str().unwrap_or_default().parse()?;
                self.vendor(&body)?.inject(fault);
            }
            "/ui/behaviour" => change_behaviour(self.vendor(&body)?, &body)?,
            "/ui/deliver_again" => {
                let delivery = body["id"].as_u64().unwrap_or_default();
                self.bspk
                    .deliver_again(delivery)
                    .ok_or(Refusal::unprocessable("no such delivery"))?;
            }
            "/ui/reset" => {
                self.bspk.reset();
                self.gatsby.reset();
                self.bspk_calls.reset();
                self.gatsby_calls.reset();
                self.calls.clear();
            }
            _ => return Err(Refusal(StatusCode::NOT_FOUND, "no such action".into())),
        }
        Ok(StatusCode::NO_CONTENT.into_response())
    }

    fn vendor(&self, body: &Value) -> Result<&Vendor, Refusal> {
        match body["vendor"].as_str() {
            Some("bspk") => Ok(&self.bspk_calls),
            Some("gatsby") => Ok(&self.gatsby_calls),
            _ => Err(Refusal::unprocessable("no such vendor")),
        }
    }
}

/// A request of the page that has no effect, and the reason.
struct Refusal(StatusCode, String);

impl Refusal {
    fn unprocessable(message: impl Into<String>) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, message.into())
    }
}

impl From<io::Error> for Refusal {
    fn from(err: io::Error) -> Self {
        Self::unprocessable(err.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

/// Changes quota and latency. Without a `limit` there is no quota.
fn change_behaviour(vendor: &Vendor, body: &Value) -> Result<(), Refusal> {
    let milliseconds = |name: &str| {
        let value = body[name].as_f64().unwrap_or_default();
        Duration::try_from_secs_f64(value / 1e3).map_err(|_| {
            Refusal::unprocessable(format!("{name}: use a number of milliseconds from 0 on"))
        })
    };
    let limit = match &body["limit"] {
        Value::Null => None,
        limit => Some(
            limit
                .as_u64()
                .and_then(|limit| u32::try_from(limit).ok())
                .ok_or(Refusal::unprocessable(
                    "limit: use a whole number from 0 on",
                ))?,
        ),
    };
    let (window, latency, jitter) = (
        milliseconds("window_ms")?,
        milliseconds("latency_ms")?,
        milliseconds("jitter_ms")?,
    );
    let quota = match body["kind"].as_str() {
        Some("sliding") => Quota::sliding,
        _ => Quota::fixed,
    };
    Ok(vendor.change(|behaviour| {
        behaviour.quota = limit.map(|limit| quota(limit, window));
        behaviour.latency = latency;
        behaviour.jitter = jitter;
    })?)
}

/// Returns the label of the value that a fault's name is followed by, and an example of it.
fn value_of(fault: &Fault) -> Option<(&'static str, &'static str)> {
    Some(match fault {
        Fault::ServiceUnavailable { .. } | Fault::Throttled { .. } => {
            ("Retry-After, or nothing", "")
        }
        Fault::Html { .. } => ("Status", "422"),
        Fault::EndlessBody { .. } => ("Bytes", "1000000"),
        Fault::TricklingBody { .. } => ("Delay of a byte", "5ms"),
        Fault::SlowAnswer { .. } | Fault::LateWork { .. } => ("Delay", "2s"),
        Fault::QuotaHeaders { .. } => ("Limit/remaining", "30/29"),
        Fault::WrongTotal { .. } => ("Total", "5"),
        Fault::ShiftedPage { .. } => ("Records", "1"),
        Fault::ForeignLinks { .. } => ("Beginning of the addresses", "https://example.com"),
        Fault::Redirect { .. } => ("Status/location", "302/https://example.com/"),
        _ => return None,
    })
}

fn file(content_type: &'static str, content: &'static str) -> Response {
    let content_type = format!("{content_type}; charset=utf-8");
    ([(header::CONTENT_TYPE, content_type)], Body::from(content)).into_response()
}

/// Keeps a response out of caches, other pages and `Referer` headers.
fn private(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, &str); 6] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_can_be_injected_with_its_example() {
        for fault in Fault::iter() {
            let text = match value_of(&fault) {
                Some((_, value)) if !value.is_empty() => format!("{}:{value}", fault.name()),
                _ => fault.name().to_owned(),
            };

            assert!(text.parse::<Fault>().is_ok(), "{text}");
        }
    }
}
