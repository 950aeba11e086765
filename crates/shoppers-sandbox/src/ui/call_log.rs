//! The latest calls with request and response, in bounded memory. Nothing here has a `Debug`, as it holds all that was sent.

mod recording;

use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, Method, StatusCode, request::Parts};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::fault::Fault;

pub(crate) use self::recording::Recording;

pub(crate) const CALLS_KEPT: usize = 1000;

/// The bytes that are kept of a body, and of a request's address or of all headers.
const BODY_KEPT: usize = 16 * 1024;
const HEAD_KEPT: usize = 4 * 1024;

/// The latest calls.
#[derive(Default)]
pub(crate) struct CallLog {
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// In order of arrival; their ids have no gaps.
    calls: VecDeque<Call>,
    next_id: u64,
    /// Grows by one with each change of a call, and with each [`clear`](CallLog::clear).
    revision: u64,
    /// The revision of the latest clear.
    cleared: u64,
    /// The latest attempt of each write that has not succeeded, by its [`write_key`].
    attempts: HashMap<u64, Attempt>,
}

#[derive(Clone, Copy)]
struct Attempt {
    call: u64,
    number: u32,
}

/// One call.
struct Call {
    id: u64,
    revision: u64,
    arrived: Timestamp,
    /// `None` for an address of neither vendor.
    vendor: Option<&'static str>,
    operation: Option<Arc<str>>,
    fault: Option<&'static str>,
    method: Method,
    /// Path and query.
    target: Box<str>,
    /// `None` for a read.
    write: Option<(u64, u32)>,
    request: Message,
    outcome: Option<Outcome>,
}

/// Headers, a line each, and a body, each with as much as is kept.
#[derive(Default)]
struct Message {
    headers: Box<str>,
    body: Vec<u8>,
    body_size: u64,
}

/// The end of a call.
struct Outcome {
    milliseconds: f64,
    /// `None` if the connection was closed without a response.
    response: Option<(StatusCode, Message)>,
    /// The connection was closed before the end of the response's body.
    is_cut_off: bool,
}

impl CallLog {
    /// Adds a call on its arrival.
    pub(crate) fn record(
        self: &Arc<Self>,
        vendor: Option<&'static str>,
        operation: Option<Arc<str>>,
        head: &Parts,
        body: &[u8],
        fault: Option<&Fault>,
    ) -> Recording {
        let target = head.uri.path_and_query().map_or("/", |it| it.as_str());
        let is_read = matches!(head.method, Method::GET | Method::HEAD);
        let key = (!is_read).then(|| write_key(&head.method, target, body));
        let mut call = Call {
            id: 0,
            revision: 0,
            arrived: Timestamp::now(),
            vendor,
            operation,
            fault: fault.map(Fault::name),
            method: head.method.clone(),
            target: bounded(target, HEAD_KEPT).into(),
            write: None,
            request: Message {
                headers: header_lines(&head.headers),
                body: body[..body.len().min(BODY_KEPT)].to_vec(),
                body_size: body.len() as u64,
            },
            outcome: None,
        };
        let mut log = self.log();
        call.id = log.next_id;
        log.next_id += 1;
        call.revision = log.revise();
        if let Some(key) = key {
            let number = log.attempts.get(&key).map_or(0, |earlier| earlier.number) + 1;
            log.attempts.insert(
                key,
                Attempt {
                    call: call.id,
                    number,
                },
            );
            call.write = Some((key, number));
        }
        if log.calls.len() == CALLS_KEPT
            && let Some(oldest) = log.calls.pop_front()
        {
            log.forget_attempt(&oldest);
        }
        let recording = Recording::new(self, call.id, head.method == Method::HEAD);
        log.calls.push_back(call);
        recording
    }

    /// Removes every call. Ids go on, so that a late response finds no other call.
    pub(crate) fn clear(&self) {
        let mut log = self.log();
        log.calls.clear();
        log.attempts.clear();
        log.cleared = log.revise();
    }

    /// Returns the current revision, and for the list the calls that have changed since another.
    pub(super) fn since(&self, revision: u64) -> (u64, Value) {
        let log = self.log();
        let changed = log.calls.iter().filter(|call| call.revision > revision);
        let calls = json!({
            "cleared": log.cleared,
            "oldest": log.next_id - log.calls.len() as u64,
            "changed": changed.map(Call::summary).collect::<Vec<_>>(),
        });
        (log.revision, calls)
    }

    /// Returns a call with request and response, if it is still kept.
    pub(super) fn get(&self, id: u64) -> Option<Value> {
        let mut log = self.log();
        let call = log.call(id)?;
        let mut shown = call.summary();
        shown["target"] = json!(call.target);
        shown["request"] = call.request.shown();
        let response = call.outcome.as_ref().and_then(|it| it.response.as_ref());
        shown["response"] = response.map(|(_, message)| message.shown()).into();
        Some(shown)
    }

    fn complete(&self, id: u64, outcome: Outcome) {
        let mut log = self.log();
        let revision = log.revise();
        let Some(call) = log.call(id) else { return };
        call.revision = revision;
        let status = outcome.response.as_ref().map(|(status, _)| status);
        let has_succeeded = status.is_some_and(|status| status.as_u16() < 400)
            && !outcome.is_cut_off
            && call.fault.is_none();
        call.outcome = Some(outcome);
        if let (true, Some((key, _))) = (has_succeeded, call.write)
            && log
                .attempts
                .get(&key)
                .is_some_and(|latest| latest.call == id)
        {
            log.attempts.remove(&key);
        }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn revise(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    fn call(&mut self, id: u64) -> Option<&mut Call> {
        let oldest = self.calls.front()?.id;
        self.calls
            .get_mut(usize::try_from(id.checked_sub(oldest)?).ok()?)
    }

    fn forget_attempt(&mut self, call: &Call) {
        if let Some((key, _)) = call.write
            && self
                .attempts
                .get(&key)
                .is_some_and(|latest| latest.call == call.id)
        {
            self.attempts.remove(&key);
        }
    }
}

impl Call {
    fn summary(&self) -> Value {
        let outcome = self.outcome.as_ref();
        let response = outcome.and_then(|it| it.response.as_ref());
        json!({
            "id": self.id,
            "at": self.arrived.as_millisecond(),
            "vendor": self.vendor,
            "operation": self.operation.as_deref(),
            "method": self.method.as_str(),
            "path": self.operation.is_none().then_some(&*self.target),
            "status": response.map(|(status, _)| status.as_u16()),
            "milliseconds": outcome.map(|it| it.milliseconds),
            "cut_off": outcome.is_some_and(|it| it.is_cut_off),
            "fault": self.fault,
            "attempt": self.write.map(|(_, attempt)| attempt),
        })
    }
}

impl Message {
    fn shown(&self) -> Value {
        json!({
            "headers": self.headers,
            "body": String::from_utf8_lossy(&self.body),
            "body_size": self.body_size,
            "body_kept": self.body.len(),
        })
    }
}

/// Two writes with one key are attempts of the same write.
fn write_key(method: &Method, target: &str, body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (method, target, body).hash(&mut hasher);
    hasher.finish()
}

fn header_lines(headers: &HeaderMap) -> Box<str> {
    let mut lines = String::new();
    for (name, value) in headers {
        lines.push_str(name.as_str());
        lines.push_str(": ");
        lines.push_str(&String::from_utf8_lossy(value.as_bytes()));
        lines.push('\n');
        if lines.len() > HEAD_KEPT {
            lines.truncate(bounded(&lines, HEAD_KEPT).len());
            break;
        }
    }
    lines.into()
}

/// Returns the start of a text, of at most this many bytes.
fn bounded(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use std::{
        pin::Pin,
        task::{Context, Poll},
    };

    use axum::{
        body::{Body, HttpBody},
        http::Request,
        response::Response,
    };

    use super::*;

    fn record(log: &Arc<CallLog>, body: &[u8], fault: Option<&Fault>) -> Recording {
        let head = Request::post("/api/platform/v1/shoppers")
            .body(())
            .unwrap()
            .into_parts()
            .0;
        log.record(Some("bspk"), None, &head, body, fault)
    }

    fn respond(recording: Recording, status: u16) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        drop(recording.response(response));
    }

    fn attempts(log: &CallLog) -> Vec<Value> {
        let mut calls = log.since(0).1;
        let calls = calls["changed"].as_array_mut().unwrap();
        calls
            .iter_mut()
            .map(|call| call["attempt"].take())
            .collect()
    }

    #[test]
    fn a_write_that_has_not_succeeded_has_attempts() {
        let log = Arc::new(CallLog::default());

        let pending = record(&log, b"A", None);
        respond(record(&log, b"A", None), 503);
        respond(record(&log, b"B", None), 200);
        drop(record(&log, b"A", None));
        respond(record(&log, b"A", Some(&Fault::InvalidJson)), 200);
        respond(record(&log, b"A", None), 200);
        respond(record(&log, b"A", None), 200);
        respond(pending, 200);

        assert_eq!(attempts(&log), [1, 2, 1, 3, 4, 5, 1]);
        assert!(log.log().attempts.is_empty());
    }

    #[test]
    fn a_read_has_no_attempts() {
        let log = Arc::new(CallLog::default());
        let head = Request::get("/public/shopper/1")
            .body(())
            .unwrap()
            .into_parts()
            .0;

        for _ in 0..2 {
            respond(log.record(Some("gatsby"), None, &head, b"", None), 503);
        }

        assert_eq!(attempts(&log), [Value::Null, Value::Null]);
    }

    #[test]
    fn memory_is_bounded_in_calls_bodies_and_headers() {
        let log = Arc::new(CallLog::default());
        let large = vec![b'x'; 10 * BODY_KEPT];
        let (mut head, ()) = Request::post(format!("/{}", "a".repeat(60_000)))
            .body(())
            .unwrap()
            .into_parts();
        for number in 0..100 {
            let name: axum::http::HeaderName = format!("x-{number}").parse().unwrap();
            head.headers.insert(name, "é".repeat(500).parse().unwrap());
        }

        for number in 0..3000_u32 {
            let body = [&number.to_ne_bytes()[..], &large].concat();
            let response = Response::new(Body::from(body.clone()));
            let mut body = log
                .record(None, None, &head, &body, None)
                .response(response)
                .into_body();
            let mut context = Context::from_waker(std::task::Waker::noop());
            while let Poll::Ready(Some(_)) = Pin::new(&mut body).poll_frame(&mut context) {}
        }

        let log = log.log();
        assert_eq!((log.calls.len(), log.next_id), (CALLS_KEPT, 3000));
        assert!(log.attempts.len() <= CALLS_KEPT);
        for call in &log.calls {
            let (_, response) = call.outcome.as_ref().unwrap().response.as_ref().unwrap();
            assert!(call.target.len() <= HEAD_KEPT && call.request.headers.len() <= HEAD_KEPT);
            for message in [&call.request, response] {
                assert_eq!(
                    (message.body.len(), message.body.capacity() <= 2 * BODY_KEPT),
                    (BODY_KEPT, true)
                );
                assert_eq!(message.body_size, large.len() as u64 + 4);
            }
        }
    }

    #[test]
    fn a_response_after_a_clear_changes_no_other_call() {
        let log = Arc::new(CallLog::default());
        let late = record(&log, b"A", None);

        log.clear();
        let (revision, _) = log.since(0);
        respond(late, 200);
        record(&log, b"B", None);

        let (_, calls) = log.since(revision);
        assert_eq!(calls["oldest"], 1);
        assert_eq!(calls["changed"][0]["id"], 1);
        assert!(log.get(0).is_none() && log.get(1).is_some());
    }
}
