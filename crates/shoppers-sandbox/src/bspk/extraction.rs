//! The lists of the Extraction API: filters, pages, and the headers that name the next page and the total.

use axum::{
    body::Bytes,
    http::{
        HeaderValue, StatusCode,
        header::{HOST, LINK},
        request::Parts,
    },
    response::Response,
};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Bspk, records::Record};
use crate::{
    response::{ErrorResponse, TOTAL, json_text},
    vendor::Shift,
};

/// The records on a page, if a call does not say (specs/bspk, `per_page`).
const PER_PAGE: u64 = 30;

/// All that is escaped in an address. BSPK's example repeats a filter, whose commas stay: a header must not be split at them.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b',')
    .remove(b':');

/// The records that a call asks for.
pub(super) struct Filter {
    clients: Option<Vec<String>>,
    associates: Option<Vec<String>>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Filter {
    fn read(query: &Value) -> Result<Self, ErrorResponse> {
        let ids = |name: &str| -> Option<Vec<String>> {
            let ids = query[name].as_array()?.iter();
            Some(ids.filter_map(|it| Some(it.as_str()?.into())).collect())
        };
        let time = |name: &str| match query[name].as_str() {
            Some(text) => match text.parse() {
                Ok(time) => Ok(Some(time)),
                Err(_) => Err(unprocessable(format!("{name} is no time"))),
            },
            None => Ok(None),
        };
        let filter = Self {
            clients: ids("client_ids"),
            associates: ids("sales_associate_ids"),
            from: time("from")?,
            to: time("to")?,
        };
        if filter.clients.is_some() && filter.associates.is_some() {
            let title = "Give client_ids or sales_associate_ids, not both";
            return Err(unprocessable(title.to_owned()));
        }
        Ok(filter)
    }

    /// Returns `true` for a record in the range of time, its ends included, and of one of the clients or associates.
    pub(super) fn matches(&self, record: &Record) -> bool {
        let is_one = |asked: &Option<Vec<String>>, id: &Option<Box<str>>| match asked {
            Some(asked) => id
                .as_ref()
                .is_some_and(|id| asked.iter().any(|it| **it == **id)),
            None => true,
        };
        // A record without a time is in no range.
        let time = record.changed_at();
        self.from
            .is_none_or(|from| time.is_some_and(|it| it >= from))
            && self.to.is_none_or(|to| time.is_some_and(|it| it <= to))
            && is_one(&self.clients, &record.client)
            && is_one(&self.associates, &record.associate)
    }
}

/// Answers a call for a page of a list.
pub(super) fn answer(bspk: &Bspk, head: &Parts) -> Result<Response, ErrorResponse> {
    let request = bspk.document.check(head, &Bytes::new())?;
    let query = &request["query"];
    let filter = Filter::read(query)?;
    let (page, size) = (
        number(query, "page", 1)?,
        number(query, "per_page", PER_PAGE)?,
    );
    // The examples have the path with and without it.
    let path = head.uri.path().trim_end_matches(".json");
    let Shift(shift) = head.extensions.get().copied().unwrap_or_default();

    let first = (page - 1)
        .saturating_mul(size)
        .saturating_add_signed(-shift);
    let (records, total) = bspk.page(group(path), &filter, first, size);
    let total = total.saturating_add_signed(shift);
    let last = total.div_ceil(size).max(1);

    let host = head.headers.get(HOST).and_then(|it| it.to_str().ok());
    let address = |page: u64, rel: &str| {
        let host = host.unwrap_or("127.0.0.1");
        let query = query_of(query);
        // Quoted singly, as in the examples and unlike in RFC 8288.
        format!("<http://{host}{path}.json?{query}page={page}>; rel='{rel}'")
    };
    let mut links = vec![address(last, "last")];
    if page < last {
        links.insert(0, address(page + 1, "next"));
    }
    let mut response = json_text(format!("[{}]", records.join(",")));
    let headers = response.headers_mut();
    headers.insert(TOTAL, HeaderValue::from(total));
    if let Ok(links) = HeaderValue::try_from(links.join(", ")) {
        headers.insert(LINK, links);
    }
    Ok(response)
}

/// The name of a list: the last part of its path.
pub(super) fn group(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A number from 1 on.
fn number(query: &Value, name: &str, default: u64) -> Result<u64, ErrorResponse> {
    match &query[name] {
        Value::Null => Ok(default),
        value => value
            .as_u64()
            .filter(|it| *it > 0)
            .ok_or_else(|| unprocessable(format!("{name} is less than 1"))),
    }
}

/// The query of another page, up to its number: all that was asked, of repeated parameters the last.
fn query_of(query: &Value) -> String {
    let members = query.as_object().into_iter().flatten();
    let others = members.filter(|(name, _)| *name != "page");
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items = items.iter().filter_map(Value::as_str);
            items.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    let written = others.map(|(name, value)| {
        let value = text(value);
        format!("{name}={}&", utf8_percent_encode(&value, ESCAPED))
    });
    written.collect()
}

fn unprocessable(title: String) -> ErrorResponse {
    ErrorResponse::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_value", title)
}
