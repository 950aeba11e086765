//! The effect of a fault on a call.

use std::{convert::Infallible, io, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, LINK, LOCATION, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Map, Value, json};
use tokio::{task::yield_now, time::sleep};

use super::Fault;
use crate::response::{ConnectionClosed, ErrorResponse, LIMIT, REMAINING, TOTAL, html_page};

/// The content of an endless body, in chunks of this size.
static FILLER: [u8; 16 * 1024] = [b' '; 16 * 1024];

impl Fault {
    /// Returns the response that is sent in the vendor's place, if the call is not carried out.
    pub(crate) fn replacement(&self) -> Option<Result<Response, ConnectionClosed>> {
        Some(Ok(match self {
            Self::InternalServerError => {
                let (status, title) = (StatusCode::INTERNAL_SERVER_ERROR, "Internal server error");
                ErrorResponse::new(status, self.name(), title).into_response()
            }
            Self::BadGateway => html_page(StatusCode::BAD_GATEWAY),
            Self::ServiceUnavailable { retry_after } => {
                let page = html_page(StatusCode::SERVICE_UNAVAILABLE);
                with_header(page, RETRY_AFTER, retry_after.as_deref())
            }
            Self::Html { status } => html_page(checked(*status)),
            Self::Throttled { retry_after } => {
                let response = ErrorResponse::throttled().into_response();
                with_header(response, RETRY_AFTER, retry_after.as_deref())
            }
            Self::ClosedBefore => return Some(Err(ConnectionClosed)),
            Self::Redirect { status, location } => {
                with_header(checked(*status).into_response(), LOCATION, Some(location))
            }
            _ => return None,
        }))
    }

    /// Returns the delay before the call is carried out.
    pub(crate) fn delay(&self) -> Duration {
        if let Self::LateWork { delay } = self {
            *delay
        } else {
            Duration::ZERO
        }
    }

    /// Changes the vendor's response, if the call is carried out.
    pub(crate) async fn change(&self, response: Response) -> Result<Response, ConnectionClosed> {
        Ok(match self {
            Self::ClosedAfter => return Err(ConnectionClosed),
            Self::GatewayTimeout => html_page(StatusCode::GATEWAY_TIMEOUT),
            Self::SlowAnswer { delay } => {
                sleep(*delay).await;
                response
            }
            Self::LateWork { .. } | Self::ShiftedPage { .. } => response,
            Self::WrongTotal { total } => with_header(response, TOTAL, Some(total)),
            Self::ForeignLinks { origin } => {
                let links = response.headers().get(LINK);
                let links = links.and_then(|it| at_origin(it.to_str().ok()?, origin));
                with_header(response, LINK, links.as_deref())
            }
            Self::QuotaHeaders { limit, remaining } => {
                let response = with_header(response, LIMIT, Some(limit));
                with_header(response, REMAINING, Some(remaining))
            }
            _ => {
                let (mut head, body) = response.into_parts();
                let mut body = to_bytes(body, usize::MAX)
                    .await
                    .map_err(|_| ConnectionClosed)?;
                head.headers.remove(CONTENT_LENGTH);
                // HTTP allows a 204 no body, so one that gets a body is sent as a 200.
                if body.is_empty() && *self != Self::EmptyBody {
                    head.status = StatusCode::OK;
                    let json = HeaderValue::from_static("application/json");
                    head.headers.insert(CONTENT_TYPE, json);
                    body = Bytes::from_static(b"{}");
                }
                let body = self.change_body(&mut head.headers, body);
                Response::from_parts(head, body)
            }
        })
    }

    fn change_body(&self, headers: &mut HeaderMap, body: Bytes) -> Body {
        let length = HeaderValue::from(body.len());
        match self {
            Self::HalfBody => {
                headers.insert(CONTENT_LENGTH, length);
                let half = stream::iter([Ok(body.slice(..body.len() / 2))]);
                Body::from_stream(half.chain(abort()))
            }
            Self::EndlessBody { bytes } => {
                let start = stream::iter([Ok(body)]);
                Body::from_stream(start.chain(filler(*bytes)).chain(abort()))
            }
            Self::TricklingBody { every } => {
                headers.insert(CONTENT_LENGTH, length);
                let every = *every;
                Body::from_stream(stream::iter(body).then(move |byte| async move {
                    sleep(every).await;
                    Ok::<_, Infallible>(Bytes::copy_from_slice(&[byte]))
                }))
            }
            Self::InvalidJson => Body::from("{\"id\": 1, \"warnings\": [}"),
            Self::NullFields => Body::from(edited(&body, null_fields)),
            Self::UnknownFields => Body::from(edited(&body, add_fields)),
            Self::DoubledRecords => Body::from(doubled(&body)),
            Self::EmptyBody => {
                headers.remove(CONTENT_TYPE);
                Body::empty()
            }
            _ => Body::from(body),
        }
    }
}

fn filler(bytes: u64) -> impl Stream<Item = io::Result<Bytes>> {
    let chunks = (0..bytes).step_by(FILLER.len()).map(move |sent| {
        let left = usize::try_from(bytes - sent).unwrap_or(usize::MAX);
        Ok(Bytes::from_static(&FILLER[..left.min(FILLER.len())]))
    });
    stream::iter(chunks)
}

/// Breaks off a body. The connection runs once before that, to send what it has: hyper discards it when a body fails.
fn abort() -> impl Stream<Item = io::Result<Bytes>> {
    stream::once(async {
        yield_now().await;
        Err(io::ErrorKind::ConnectionAborted.into())
    })
}

/// [`Fault::check`] has refused statuses that do not exist.
fn checked(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// [`Fault::check`] has refused values that do not fit into a header.
fn with_header(mut response: Response, name: HeaderName, value: Option<&str>) -> Response {
    if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn edited(body: &Bytes, edit: fn(&mut Map<String, Value>)) -> String {
    let mut value = serde_json::from_slice(body).unwrap_or_default();
    edit_objects(&mut value, edit);
    value.to_string()
}

fn doubled(body: &Bytes) -> String {
    let mut value: Value = serde_json::from_slice(body).unwrap_or_default();
    if let Value::Array(items) = &mut value {
        let records = items.drain(..).flat_map(|it| [it.clone(), it]);
        *items = records.collect::<Vec<_>>();
    }
    value.to_string()
}

/// Puts the path and query of each address in a `Link` header behind another beginning.
fn at_origin(links: &str, origin: &str) -> Option<String> {
    let (first, rest) = links.split_once("://")?;
    let (scheme_at, _) = first.rsplit_once('<')?;
    let (_, path) = rest.split_once('/')?;
    let rest = match path.split_once('>') {
        Some((path, others)) => {
            let others = at_origin(others, origin).unwrap_or_else(|| others.to_owned());
            format!("{path}>{others}")
        }
        None => path.to_owned(),
    };
    Some(format!("{scheme_at}<{origin}/{rest}"))
}

/// Edits an object or the items of a list, the inner ones first.
fn edit_objects(value: &mut Value, edit: fn(&mut Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(|it| edit_objects(it, edit));
            edit(fields);
        }
        Value::Array(items) => items.iter_mut().for_each(|it| edit_objects(it, edit)),
        _ => {}
    }
}

fn null_fields(fields: &mut Map<String, Value>) {
    fields.values_mut().for_each(|value| *value = Value::Null);
}

fn add_fields(fields: &mut Map<String, Value>) {
    let added = json!({"by": "the vendor", "since": [2026, null]});
    fields.insert("added_later".into(), added);
    fields.insert("added_as_null".into(), Value::Null);
}
