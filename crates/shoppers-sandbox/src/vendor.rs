//! The part of a call that is the same for both vendors: key, quota, faults and latency.

#[cfg(feature = "ui")]
use std::io;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::DefaultBodyLimit,
    http::{HeaderValue, Method, Request, StatusCode, header::AUTHORIZATION, request::Parts},
    response::{IntoResponse, Response},
};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
#[cfg(feature = "ui")]
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    behaviour::Behaviour,
    document::Document,
    fault::Fault,
    injector::{FaultInjector, Misbehaviour},
    quota::Window,
    response::{ConnectionClosed, ErrorResponse, LIMIT, REMAINING, not_served},
    tally::{Counter, Tally},
};

/// A vendor, except for its shoppers.
#[derive(Debug)]
pub(crate) struct Vendor {
    /// The only accepted value of `Authorization`; what follows its scheme is the key.
    authorization: String,
    announces_quota: bool,
    pub(crate) document: Arc<Document>,
    router: TowerToHyperService<Router>,
    start: Instant,
    traffic: Mutex<Traffic>,
}

/// The state that a call changes before it is carried out.
#[derive(Debug)]
struct Traffic {
    injector: FaultInjector,
    window: Option<Window>,
    counter: Counter,
}

/// The age that a write needs before a search shows it, as an extension of the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SearchLag(pub(crate) Duration);

/// The records by which a page of a list begins too early, as an extension of the request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shift(pub(crate) i64);

impl Vendor {
    /// A vendor whose operations are answered by `handlers`, and the others from its document.
    pub(crate) fn new(
        authorization: String,
        handlers: Router,
        document: Arc<Document>,
        behaviour: Behaviour,
    ) -> Self {
        let start = Instant::now();
        let fallback = {
            let document = Arc::clone(&document);
            move |head: Parts, body: Bytes| async move { document.answer(&head, &body) }
        };
        let router = handlers
            .fallback(fallback.clone())
            .method_not_allowed_fallback(fallback)
            .layer(DefaultBodyLimit::disable());
        Self {
            authorization,
            announces_quota: false,
            document,
            router: TowerToHyperService::new(router),
            start,
            traffic: Mutex::new(Traffic {
                window: behaviour.quota.map(|quota| Window::new(quota, start)),
                injector: FaultInjector::new(behaviour),
                counter: Counter::new(start),
            }),
        }
    }

    /// The same vendor, which announces its quota in headers.
    pub(crate) fn announcing_quota(self) -> Self {
        Self {
            announces_quota: true,
            ..self
        }
    }

    /// Changes the behaviour from the next call on. The counter keeps its counts.
    pub(crate) fn behave(&self, behaviour: Behaviour) {
        let mut traffic = self.traffic();
        traffic.window = behaviour.quota.map(|quota| Window::new(quota, self.start));
        traffic.injector = FaultInjector::new(behaviour);
    }

    pub(crate) fn tally(&self, made: u64, shoppers: u64) -> Tally {
        self.traffic().counter.tally(made, shoppers)
    }

    /// Counts a call on its arrival, and decides the misbehaviour that it meets.
    pub(crate) fn receive(&self) -> Misbehaviour {
        let mut traffic = self.traffic();
        let call = traffic.injector.next_call();
        traffic.counter.called(Instant::now(), call.fault.as_ref());
        call
    }

    pub(crate) fn key(&self) -> &str {
        self.authorization.trim_start_matches("Bearer ")
    }

    /// Handles a call from its arrival to its response.
    pub(crate) async fn call(
        &self,
        call: Misbehaviour,
        mut head: Parts,
        body: Bytes,
    ) -> Result<Response, ConnectionClosed> {
        head.extensions.insert(SearchLag(call.search_lag));
        if let Some(Fault::ShiftedPage { records }) = call.fault {
            head.extensions.insert(Shift(records));
        }
        pause(call.latency / 2).await;
        let response = match call.fault {
            None => Ok(self.carry_out(head, body).await),
            Some(fault) => match fault.replacement() {
                Some(replacement) => replacement,
                None => {
                    pause(fault.delay()).await;
                    fault.change(self.carry_out(head, body).await).await
                }
            },
        };
        pause(call.latency / 2).await;
        response
    }

    async fn carry_out(&self, head: Parts, body: Bytes) -> Response {
        let header = self.document.key_header(&head.method, head.uri.path());
        let expected = match header {
            AUTHORIZATION => &*self.authorization,
            // A header of the vendor's own holds the key alone.
            _ => self.key(),
        };
        let is_authorized = head.headers.get(header).is_some_and(|it| it == expected);
        let (is_accepted, quota) = {
            let mut traffic = self.traffic();
            // Read under the lock, so that time goes one way only.
            let now = Instant::now();
            let is_accepted = is_authorized && traffic.admit(now);
            (is_accepted, traffic.quota(now))
        };
        let mut response = if !is_authorized {
            let status = StatusCode::UNAUTHORIZED;
            ErrorResponse::new(status, "unauthorized", "Invalid API key").into_response()
        } else if !is_accepted {
            ErrorResponse::throttled().into_response()
        } else if head.method == Method::HEAD && !self.document.has(&head.method, head.uri.path()) {
            // The router would answer it as a GET; BSPK documents it for lists alone.
            not_served().into_response()
        } else {
            let request = Request::from_parts(head, Body::from(body));
            match self.router.call(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        };
        if let Some((limit, remaining)) = quota.filter(|_| self.announces_quota) {
            let headers = response.headers_mut();
            headers.insert(LIMIT, HeaderValue::from(limit));
            headers.insert(REMAINING, HeaderValue::from(remaining));
        }
        response
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Traffic {
    /// Counts a call with the right key, and returns `true` if it is within the quota.
    fn admit(&mut self, now: Instant) -> bool {
        let is_accepted = self.window.as_mut().is_none_or(|window| window.admit(now));
        if is_accepted {
            let length = self.window.as_ref().map(|window| window.quota().window());
            self.counter.accepted(now, length);
        } else {
            self.counter.throttled(now);
        }
        if let Some((limit, remaining)) = self.quota(now) {
            self.counter
                .used(now, limit.saturating_sub(remaining), limit);
        }
        is_accepted
    }

    /// Returns the limit and the remaining calls.
    fn quota(&mut self, now: Instant) -> Option<(u32, u32)> {
        let window = self.window.as_mut()?;
        Some((window.quota().limit(), window.remaining(now)))
    }
}

#[cfg(feature = "ui")]
impl Vendor {
    /// Injects a fault into the next call that has none yet.
    pub(crate) fn inject(&self, fault: Fault) {
        self.traffic().injector.next_faults().push_back(fault);
    }

    /// Changes a part of the behaviour. Script and random faults go on as before; another quota starts again.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Behaviour)) -> io::Result<()> {
        let mut traffic = self.traffic();
        let old = traffic.injector.behaviour();
        let mut behaviour = old.clone();
        change(&mut behaviour);
        behaviour.check()?;
        if behaviour.quota != old.quota {
            traffic.window = behaviour.quota.map(|quota| Window::new(quota, self.start));
        }
        traffic.injector.change(behaviour);
        Ok(())
    }

    /// Sets all counts to 0, starts the quota again, and drops the faults that no call has met.
    pub(crate) fn reset(&self) {
        let mut traffic = self.traffic();
        let quota = traffic.injector.behaviour().quota;
        traffic.window = quota.map(|quota| Window::new(quota, self.start));
        traffic.injector.next_faults().clear();
        traffic.counter = Counter::new(self.start);
    }

    /// Returns counts, quota and behaviour for the page, and the counts of each second from `from` on.
    pub(crate) fn state(&self, from: u64) -> Value {
        let mut traffic = self.traffic();
        let now = Instant::now();
        let quota = traffic.quota(now);
        let next: Vec<&str> = traffic
            .injector
            .next_faults()
            .iter()
            .map(Fault::name)
            .collect();
        let Traffic {
            injector, counter, ..
        } = &*traffic;
        let (behaviour, counts) = (injector.behaviour(), counter.counts());
        let seconds = counter.seconds(from);
        let seconds =
            seconds.map(|it| json!([it.at, it.accepted, it.throttled, it.used, it.limit]));
        json!({
            "calls": counts.calls,
            "accepted": counts.accepted,
            "throttled": counts.throttled,
            "peak": counts.peak,
            "faults": counts.faults.values().sum::<u64>(),
            "quota": behaviour.quota.map(|it| json!({
                "limit": it.limit(),
                "window_ms": it.window().as_millis() as u64,
                "kind": it.kind(),
                "remaining": quota.map(|(_, remaining)| remaining),
            })),
            "latency_ms": behaviour.latency.as_secs_f64() * 1e3,
            "jitter_ms": behaviour.jitter.as_secs_f64() * 1e3,
            "next_faults": next,
            "second": now.duration_since(self.start).as_secs(),
            "seconds": seconds.collect::<Vec<_>>(),
        })
    }
}

async fn pause(duration: Duration) {
    if !duration.is_zero() {
        sleep(duration).await;
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use serde_json::{Value, json};

    use super::*;
    use crate::{Fault, Quota};

    /// Calls a vendor that has no handlers, and returns the status, the calls left and the body.
    async fn call(vendor: &Vendor, key: &str) -> (u16, Option<String>, Value) {
        call_at(vendor, "/api/notes", "authorization", key).await
    }

    async fn call_at(
        vendor: &Vendor,
        path: &str,
        header: &str,
        key: &str,
    ) -> (u16, Option<String>, Value) {
        let request = Request::get(path).header(header, key);
        let (head, ()) = request.body(()).unwrap().into_parts();
        let response = vendor
            .call(vendor.receive(), head, Bytes::new())
            .await
            .unwrap();
        let left = response.headers().get(REMAINING);
        let left = left.map(|it| it.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, left, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn an_answer_from_the_document_needs_the_key_counts_and_meets_faults() {
        let document = json!({"paths": {"/api/notes": {"get": {"responses": {"200": {"content": {
            "application/json": {"example": ["a note"]},
        }}}}}}});
        let behaviour = Behaviour::new()
            .quota(Quota::fixed(2, Duration::from_secs(3600)))
            .script([(3, Fault::InternalServerError)]);
        let document = Arc::new(Document::new(document).unwrap());
        let vendor = Vendor::new("Bearer key".into(), Router::new(), document, behaviour);
        let vendor = vendor.announcing_quota();

        let stranger = call(&vendor, "Bearer other").await;
        let first = call(&vendor, "Bearer key").await;
        let faulty = call(&vendor, "Bearer key").await;
        let second = call(&vendor, "Bearer key").await;
        let third = call(&vendor, "Bearer key").await;

        let answer = |left: &str| (200, Some(left.to_owned()), json!(["a note"]));
        assert_eq!((stranger.0, faulty.0, third.0), (401, 500, 429));
        assert_eq!((first, second), (answer("1"), answer("0")));
        let tally = vendor.tally(0, 0);
        assert_eq!((tally.calls, tally.accepted, tally.throttled), (5, 2, 1));
    }

    #[tokio::test]
    async fn the_key_is_in_the_header_that_the_document_names() {
        let document = json!({
            "paths": {"/api/media": {"get": {
                "security": [{"Export": []}],
                "responses": {"200": {"content": {"application/json": {"example": 1}}}},
            }}},
            "components": {"securitySchemes": {
                "Export": {"type": "apiKey", "in": "header", "name": "ApiKey"},
            }},
        });
        let document = Arc::new(Document::new(document).unwrap());
        let behaviour = Behaviour::new();
        let vendor = Vendor::new("Bearer key".into(), Router::new(), document, behaviour);

        for (header, key, status) in [
            ("apikey", "key", 200),
            ("apikey", "Bearer key", 401),
            ("authorization", "Bearer key", 401),
        ] {
            let found = call_at(&vendor, "/api/media", header, key).await;

            assert_eq!(found.0, status, "{header}: {key}");
        }
    }
}
