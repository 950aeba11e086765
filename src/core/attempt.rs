//! One attempt of a call: sent once, and its answer read to the end or to where it breaks.
//!
//! An HTTP client takes the body of a request when it has a connection and begins to write, and not before. So a body that
//! was not asked for says that nothing was sent, whatever HTTP client it is. It can also be revoked: from then on nothing of
//! it will be sent.

use std::{
    cell::Cell,
    error, io, mem,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
    time::SystemTime,
};

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use http_body::{Body, Frame, SizeHint};
use progenitor_client::Error as GeneratedError;
use reqwest::{Response, StatusCode, Url, header::HeaderMap};
use tokio::time::{Instant, Sleep, sleep_until};
use tracing::{Span, debug_span, field, warn};

use super::{Call, Sent, shown};
use crate::{
    error::{Cause, Interruption, Unreadable},
    operation::{Effect, Operation},
    quota::{Permit, RateLimitHeaders},
    retry,
};

/// Longer answers are not read. A shopper is some kilobytes.
const LONGEST_BODY: usize = 8 << 20;

/// Of a failure no more is read. Its problems are a few lines, and what is longer is no answer of a vendor.
const LONGEST_FAILURE: usize = 64 << 10;

const WAITING: u8 = 0;
const STARTED: u8 = 1;
const REVOKED: u8 = 2;

thread_local! {
    /// That of the call which is being polled, until its request is made.
    static CURRENT: Cell<Option<SendState>> = const { Cell::new(None) };
}

/// The attempts of a call. Dropped before its end it says so, if the call may have been carried out.
pub(super) struct Attempts<'a> {
    operation: &'static Operation,
    /// Attempts, sent or tried.
    pub(super) count: u32,
    /// Attempts that were answered 429.
    pub(super) throttled: u32,
    /// One before the last may have been carried out.
    pub(super) ambiguous: bool,
    /// While an attempt is made.
    pub(super) permit: Option<Permit<'a>>,
    state: SendState,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            count: 0,
            throttled: 0,
            ambiguous: false,
            permit: None,
            state: SendState::default(),
        }
    }

    pub(super) fn begin(&mut self, mut permit: Permit<'a>) {
        if self.count > 0 {
            self.state = SendState::default();
        }
        self.count += 1;
        permit.mark_sent();
        self.permit = Some(permit);
    }

    /// Gives up the attempt, and returns `true` if nothing of it was sent, or will be.
    fn give_up(&mut self) -> bool {
        let is_unsent = self.state.revoke();
        if is_unsent {
            self.mark_unsent();
        }
        is_unsent
    }

    fn mark_unsent(&mut self) {
        if let Some(permit) = &mut self.permit {
            permit.mark_unsent();
        }
    }
}

impl Drop for Attempts<'_> {
    fn drop(&mut self) {
        let is_sent = self.permit.is_some() && !self.give_up();
        if self.operation.effect == Effect::Write && (is_sent || self.ambiguous) {
            warn!(
                vendor = self.operation.vendor,
                operation = self.operation.name,
                "dropped before its outcome was known; it may have been carried out"
            );
        }
    }
}

impl<'a> Call<'a> {
    /// Sends once, and reads the answer.
    ///
    /// What lives across its two waits is kept by every call that waits, and all else is behind a function.
    pub(super) async fn attempt<F: Future<Output = Sent>>(
        &self,
        attempts: &mut Attempts<'a>,
        until: Instant,
        send: &impl Fn() -> F,
    ) -> Result<(Response, Bytes), Cause> {
        // One timer for all of it: to set one up takes longer than to read an answer that is there.
        let mut end = pin!(sleep_until(until));
        CURRENT.set(Some(attempts.state.clone()));
        // The request is made when it is polled for the first time, which is at once.
        let mut response = match select(pin!(send()), end.as_mut()).await {
            Either::Left((sent, _)) => self.received(sent, attempts)?,
            Either::Right(_) if attempts.give_up() => {
                return Err(Cause::NotSent(Interruption::TooLate));
            }
            // The permit is abandoned, as the vendor may have counted the call.
            Either::Right(_) => return Err(Cause::Unanswered(Interruption::TooLate)),
        };
        let status = response.status();
        let retry_after = {
            let headers = rate_limit_headers(status, response.headers());
            if let Some(permit) = &mut attempts.permit {
                permit.complete(&headers);
            }
            headers.retry_after
        };
        let (body, fault) = read(&mut response, end).await;
        match fault {
            // A failure is a failure, however much of its body there is.
            _ if !status.is_success() => {
                // The wait after a 429 that does not name one, as the quota has it.
                let throttled = status == StatusCode::TOO_MANY_REQUESTS;
                let wait = || throttled.then(|| self.core.limiter.snapshot().wait);
                let retry_after = retry_after.or_else(|| wait().filter(|it| !it.is_zero()));
                Err(Cause::answered(status, retry_after, body))
            }
            None => Ok((response, body)),
            Some(why) => Err(Cause::Unreadable { status, why, body }),
        }
    }

    /// The answer that an operation has come to.
    fn received(&self, sent: Sent, attempts: &mut Attempts<'_>) -> Result<Response, Cause> {
        let err = match sent {
            Ok(response) | Err(GeneratedError::UnexpectedResponse(response)) => {
                return if is_below(response.url(), &self.core.base_url) {
                    Ok(response)
                } else {
                    Err(Cause::Redirected)
                };
            }
            Err(
                GeneratedError::CommunicationError(err)
                | GeneratedError::ResponseBodyError(err)
                | GeneratedError::InvalidUpgrade(err),
            ) => Some(err.without_url()).filter(|err| !err.is_builder()),
            // No hook fails (src/auth.rs), no failure is described (build/answers.rs), and no success is decoded over there.
            Err(
                GeneratedError::Custom(_)
                | GeneratedError::InvalidRequest(_)
                | GeneratedError::ErrorResponse(_)
                | GeneratedError::InvalidResponsePayload(..),
            ) => None,
        };
        let is_unsent = attempts.give_up();
        match err {
            Some(err) if !is_unsent && !err.is_connect() => {
                return Err(Cause::Unanswered(Interruption::Broken(err)));
            }
            _ => attempts.mark_unsent(),
        }
        Err(match err {
            Some(err) => Cause::NotSent(Interruption::Broken(err)),
            None => Cause::Invalid("the request could not be made".into(), Vec::new()),
        })
    }

    /// The span of an attempt, by OpenTelemetry's names.
    pub(super) fn span(&self, count: u32) -> Span {
        shown(debug_span!(
            "attempt",
            server.address = self.core.host,
            http.request.method = field::Empty,
            http.request.resend_count = (count > 1).then(|| count - 1),
            http.response.status_code = field::Empty,
            error.type = field::Empty,
        ))
    }
}

/// Returns `true` if `url` is one of those that start with `base`, which ends without a slash.
fn is_below(url: &Url, base: &str) -> bool {
    let rest = url.as_str().strip_prefix(base);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// The parts of an answer that decide when to call again.
fn rate_limit_headers(status: StatusCode, headers: &HeaderMap) -> RateLimitHeaders {
    let (mut limit, mut remaining, mut retry_after) = (None, None, None);
    // There are few, and to look for three names by their hashes takes longer than to pass them all.
    for (name, value) in headers {
        let kept = match name.as_str() {
            "x-ratelimit-limit" => &mut limit,
            "x-ratelimit-remaining" => &mut remaining,
            "retry-after" => &mut retry_after,
            _ => continue,
        };
        *kept = kept.or_else(|| value.to_str().ok());
    }
    let number = |text: &str| text.trim().parse().ok();
    RateLimitHeaders {
        status: status.as_u16(),
        limit: limit.and_then(number),
        remaining: remaining.and_then(number),
        retry_after: retry_after.and_then(|it| retry::retry_after(it, SystemTime::now())),
    }
}

/// Reads a body to its end, or to where it breaks, takes too long or is too long.
async fn read(response: &mut Response, mut end: Pin<&mut Sleep>) -> (Bytes, Option<Unreadable>) {
    let longest = if response.status().is_success() {
        LONGEST_BODY
    } else {
        LONGEST_FAILURE
    };
    let mut body = Bytes::new();
    let fault = loop {
        let mut chunk = match select(pin!(response.chunk()), end.as_mut()).await {
            Either::Left((Ok(Some(chunk)), _)) => chunk,
            Either::Left((Ok(None), _)) => break None,
            Either::Left((Err(err), _)) => {
                let broken = Interruption::Broken(err.without_url());
                break Some(Unreadable::Interrupted(broken));
            }
            Either::Right(_) => break Some(Unreadable::Interrupted(Interruption::TooLate)),
        };
        let room = longest - body.len();
        let is_too_long = chunk.len() > room;
        chunk.truncate(room);
        // A short answer comes as one chunk, and need not be copied.
        if body.is_empty() {
            body = chunk;
        } else {
            let mut whole = BytesMut::from(mem::take(&mut body));
            whole.extend_from_slice(&chunk);
            body = whole.freeze();
        }
        if is_too_long {
            break Some(Unreadable::TooLong);
        }
    };
    (body, fault)
}

/// Tracks a request of the call which is being polled: its body says if it was sent.
pub(crate) fn track(request: &mut reqwest::Request) {
    if let Some(state) = CURRENT.take() {
        let body = request.body_mut();
        let inner = body.take().unwrap_or_default();
        *body = Some(reqwest::Body::wrap(TrackedBody { inner, state }));
    }
}

/// The state of one request, shared by the attempt and the body.
#[derive(Clone, Debug, Default)]
struct SendState(Arc<AtomicU8>);

impl SendState {
    /// Lets nothing more be sent. Returns `true` if nothing was.
    fn revoke(&self) -> bool {
        self.leave_waiting(REVOKED) != STARTED
    }

    /// Returns `true` if it may be sent.
    fn start(&self) -> bool {
        self.leave_waiting(STARTED) != REVOKED
    }

    /// Returns the state that it is in afterwards.
    fn leave_waiting(&self, next: u8) -> u8 {
        let swapped = self
            .0
            .compare_exchange(WAITING, next, Ordering::AcqRel, Ordering::Acquire);
        swapped.map_or_else(|other| other, |_| next)
    }
}

struct TrackedBody {
    inner: reqwest::Body,
    state: SendState,
}

impl Body for TrackedBody {
    type Data = Bytes;
    type Error = Box<dyn error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if !self.state.start() {
            let err = io::Error::other("the call was given up before it was sent");
            return Poll::Ready(Some(Err(err.into())));
        }
        Pin::new(&mut self.inner)
            .poll_frame(context)
            .map_err(Into::into)
    }

    /// Of an empty body nothing else is asked for. If it was revoked, it says that there is more, which then is an error.
    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream() && self.state.start()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_from_where_it_was_asked_for_only_below_the_base_url() {
        let (host, proxy) = ("https://api.bspk.com", "https://proxy.test/bspk");
        let cases = [
            (host, "https://api.bspk.com/api/x", true),
            (proxy, "https://proxy.test/bspk/x", true),
            (proxy, "https://proxy.test/bspk2/x", false),
            (host, "https://api.bspk.com.evil.test/x", false),
            (host, "https://api.bspk.com:8443/x", false),
            (host, "http://api.bspk.com/x", false),
            (host, "https://login.test/", false),
        ];

        for (base, url, expected) in cases {
            let url = Url::parse(url).unwrap();
            assert_eq!(is_below(&url, base), expected, "{url} below {base}");
        }
    }

    #[test]
    fn a_request_is_either_sent_or_revoked() {
        let (sent, revoked) = (SendState::default(), SendState::default());

        assert!(sent.start() && sent.start());
        assert!(!sent.revoke());
        assert!(revoked.revoke() && revoked.revoke());
        assert!(!revoked.start());
    }
}
