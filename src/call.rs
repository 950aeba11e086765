//! The one way a call is made: turn, attempt, judge, wait, again. It knows no vendor.

use std::{
    pin::pin,
    time::{Duration, SystemTime},
};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use progenitor_client::{ByteStream, Error as GeneratedError, ResponseValue};
use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep, timeout_at};
use tower::retry::budget::{Budget, TpsBudget};
use tracing::{Instrument, Span, debug, field};

use crate::{
    CallOptions, Error,
    error::{Lost, Unreadable},
    quota::{self, Quota},
    retry::{self, Failure, Replay},
    turn::{Slot, turn},
};

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

/// What all calls of a client and its clones go through.
pub struct Line {
    pub(crate) host: String,
    pub(crate) quota: Quota,
    pub(crate) budget: TpsBudget,
}

/// A call that is to be made.
pub(crate) struct Call<'a> {
    pub(crate) line: &'a Line,
    pub(crate) options: CallOptions,
    pub(crate) operation: &'static Operation,
    pub(crate) replay: Replay,
    pub(crate) clock: Clock,
}

/// When the deadline begins to run.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Clock {
    /// With the call.
    FromCall,
    /// With its turn: one of many that follow the quota waits for as long as that takes.
    FromTurn,
}

/// A success: its status, and its body, whole.
pub(crate) struct Answer {
    operation: &'static Operation,
    status: StatusCode,
    body: Bytes,
}

/// What an operation of a generated client comes to. The answer is still to be read.
pub(crate) type Sent = Result<ResponseValue<ByteStream>, GeneratedError<()>>;

/// What has happened so far.
#[derive(Clone, Copy, Default)]
pub(crate) struct History {
    /// How often it was sent, or tried to be.
    pub(crate) sent: u32,
    /// How often the answer was 429.
    throttled: u32,
    /// Whether the vendor may have done it.
    pub(crate) doubt: bool,
}

impl Call<'_> {
    /// Makes the call; each time it is to be sent, `send` begins the operation of a generated client anew.
    pub(crate) async fn make<F: Future<Output = Sent>>(
        self,
        send: impl Fn() -> F,
    ) -> Result<Answer, Error> {
        let span = tracing::debug_span!(
            "call",
            vendor = self.operation.vendor,
            operation = self.operation.name,
            server.address = self.line.host,
            http.request.method = field::Empty,
            http.request.resend_count = field::Empty,
            http.response.status_code = field::Empty,
            error.type = field::Empty,
        );
        self.until_done(send).instrument(span).await
    }

    async fn until_done<F: Future<Output = Sent>>(
        self,
        send: impl Fn() -> F,
    ) -> Result<Answer, Error> {
        let mut end = match self.clock {
            Clock::FromCall => after(Instant::now(), self.options.deadline),
            Clock::FromTurn => after(Instant::now(), Duration::MAX),
        };
        let mut history = History::default();
        let mut last = None;
        loop {
            let slot = match self.turn(end).await {
                Ok(slot) => slot,
                // What came before says more than that there is no time to try again.
                Err(err) => return Err(last.unwrap_or(err)),
            };
            if history.sent == 0 && self.clock == Clock::FromTurn {
                end = after(Instant::now(), self.options.deadline);
            }
            history.sent += 1;
            let until = end.min(after(Instant::now(), self.options.attempt_timeout));
            let err = match self.attempt(slot, until, send()).await {
                Ok(answer) => {
                    self.record(history, Some(answer.status.as_u16()), None);
                    self.line.budget.deposit();
                    return Ok(answer);
                }
                Err(err) => err.after(&mut history),
            };
            self.record(history, err.status(), Some(&err));
            let Some(wait) = self.wait(&err, &mut history, end) else {
                return Err(err);
            };
            debug!(attempt = history.sent, wait = ?wait, "trying again: {err}");
            last = Some(err);
            sleep(wait).await;
        }
    }

    /// Waits for a turn.
    async fn turn(&self, end: Instant) -> Result<Slot, Error> {
        let began = Instant::now();
        let turn = turn(&self.line.quota, end)
            .await
            .map_err(|err| Error::no_turn(self.operation, err));
        let waited = began.elapsed();
        if waited >= Duration::from_millis(1) {
            debug!(wait = ?waited, "waited for the quota");
        }
        turn
    }

    /// How long to wait before trying again; `None` is not at all.
    fn wait(&self, err: &Error, history: &mut History, end: Instant) -> Option<Duration> {
        let failure = err.failure();
        if failure == Failure::Throttled {
            history.throttled += 1;
        }
        let wait = self.options.retries.wait(
            history.sent - history.throttled,
            failure,
            self.replay,
            err.retry_after(),
            fastrand::f64(),
        )?;
        let fits = after(Instant::now(), wait) < end;
        let granted = failure == Failure::Throttled || (fits && self.line.budget.withdraw());
        granted.then_some(wait)
    }

    /// Sends once, and reads the answer.
    async fn attempt(
        &self,
        mut slot: Slot,
        until: Instant,
        send: impl Future<Output = Sent>,
    ) -> Result<Answer, Error> {
        let operation = self.operation;
        slot.sent();
        let sent = match timeout_at(until, send).await {
            Ok(sent) => sent,
            // The slot stays busy, as the vendor may have counted the call.
            Err(_) => return Err(Error::unanswered(operation, Lost::TooLate)),
        };
        match sent {
            Ok(response) => {
                let status = response.status();
                slot.answered(&heard(status, response.headers()));
                match read(response.into_inner_stream(), until).await {
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
                let heard = heard(status, response.headers());
                slot.answered(&heard);
                // A failure is a failure, however much of its body there is.
                let (body, _) = read(response.bytes_stream(), until).await;
                Err(Error::failed(operation, status, heard.retry_after, body))
            }
            Err(
                GeneratedError::CommunicationError(err)
                | GeneratedError::ResponseBodyError(err)
                | GeneratedError::InvalidUpgrade(err),
            ) => {
                if err.is_connect() || err.is_builder() {
                    slot.unsent();
                }
                Err(Error::no_answer(operation, err))
            }
            Err(GeneratedError::Custom(_)) => Err(Error::elsewhere(operation)),
            // No failure is described (build/answers.rs), and no success is decoded over there.
            Err(
                GeneratedError::InvalidRequest(_)
                | GeneratedError::ErrorResponse(_)
                | GeneratedError::InvalidResponsePayload(..),
            ) => {
                slot.unsent();
                Err(Error::refused(operation, "the request could not be made"))
            }
        }
    }

    fn record(&self, history: History, status: Option<u16>, err: Option<&Error>) {
        let span = Span::current();
        if span.is_disabled() {
            return;
        }
        if history.sent > 1 {
            span.record("http.request.resend_count", history.sent - 1);
        }
        if let Some(status) = status {
            span.record("http.response.status_code", status);
        }
        match err {
            Some(err) => {
                span.record("error.type", field::display(err.label()));
                debug!(attempt = history.sent, "{err}");
            }
            None => debug!(attempt = history.sent, "answered"),
        }
    }
}

/// A moment as far from `now` as was asked for; one that is too far is as good as never.
fn after(now: Instant, wait: Duration) -> Instant {
    const NEVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    now + wait.min(NEVER)
}

/// What an answer says that bears on when to call again.
fn heard(status: StatusCode, headers: &HeaderMap) -> quota::Answer {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let number = |name| text(name)?.trim().parse().ok();
    quota::Answer {
        status: status.as_u16(),
        limit: number("x-ratelimit-limit"),
        remaining: number("x-ratelimit-remaining"),
        retry_after: text(RETRY_AFTER.as_str())
            .and_then(|value| retry::retry_after(value, SystemTime::now())),
    }
}

/// Reads a body to its end, or to where it breaks or takes too long.
async fn read(
    stream: impl Stream<Item = reqwest::Result<Bytes>>,
    until: Instant,
) -> (Bytes, Option<Unreadable>) {
    let mut stream = pin!(stream);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut fault = None;
    while fault.is_none() {
        match timeout_at(until, stream.next()).await {
            Ok(Some(Ok(chunk))) if first.is_empty() => first = chunk,
            Ok(Some(Ok(chunk))) if first.len() + rest.len() + chunk.len() > LONGEST_BODY => {
                fault = Some(Unreadable::TooLong);
            }
            Ok(Some(Ok(chunk))) => rest.extend_from_slice(&chunk),
            Ok(Some(Err(err))) => fault = Some(Unreadable::Broken(Lost::Broken(err.without_url()))),
            Ok(None) => break,
            Err(_) => fault = Some(Unreadable::Broken(Lost::TooLate)),
        }
    }
    if rest.is_empty() {
        // A short answer comes as one chunk, and need not be copied.
        return (first, fault);
    }
    let whole = [first, rest.freeze()].concat();
    (whole.into(), fault)
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
        serde_json::from_slice(&self.body).map_err(|_| {
            let body = self.body.clone();
            Error::unreadable(
                self.operation,
                self.status,
                Unreadable::NotAsDescribed,
                body,
            )
        })
    }
}
