//! The one way a call is made: permit, attempt, judge, wait, again. It knows no vendor.

use std::{
    mem,
    pin::pin,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures_util::future::{Either, select};
use progenitor_client::Error as GeneratedError;
use reqwest::{
    Response, StatusCode, Url,
    header::{HeaderMap, HeaderName, RETRY_AFTER},
};
use tokio::{
    runtime::Handle,
    time::{Instant, sleep, sleep_until},
};
use tower::retry::budget::{Budget, TpsBudget};
use tracing::{Instrument, Span, debug, field, info, warn};

use crate::{
    CallOptions, Effect, Error, Idempotency, Operation,
    call_options::Clock,
    error::{Lost, Unreadable},
    quota::{AcquireError, Permit, Position, RateLimitHeaders, RateLimiter},
    retry::{self, Failure},
};

mod answer;
pub(crate) mod sending;

pub(crate) use answer::Answer;
use answer::read;
use sending::Sending;

/// A wait for the quota that an operator should see.
const LONG_WAIT: Duration = Duration::from_secs(1);

/// The state that all calls of a client and its clones share.
pub struct Line {
    pub(crate) host: String,
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) limiter: RateLimiter,
    pub(crate) budget: TpsBudget,
}

/// A call that is to be made.
pub(crate) struct Call<'a> {
    pub(crate) line: &'a Line,
    pub(crate) options: CallOptions,
    pub(crate) operation: &'static Operation,
    pub(crate) idempotency: Idempotency,
}

/// The result of an operation of a generated client. The answer is still to be read.
pub(crate) type Sent = Result<Response, GeneratedError<()>>;

/// The attempts of a call so far.
#[derive(Clone, Copy, Default)]
pub(crate) struct History {
    /// Attempts, sent or tried.
    pub(crate) sent: u32,
    /// Attempts that were answered 429.
    throttled: u32,
    /// The vendor may have carried it out.
    pub(crate) ambiguous: bool,
}

/// A call that is being made. Dropped before its end it says so, if it may have been carried out.
struct Running<'a> {
    operation: &'static Operation,
    /// While an attempt is made.
    permit: Option<Permit<'a>>,
    sending: Sending,
    /// An earlier attempt may have been carried out.
    ambiguous: bool,
}

impl<'a> Running<'a> {
    /// Begins an attempt.
    fn begin(&mut self, mut permit: Permit<'a>) {
        self.sending = Sending::default();
        permit.mark_sent();
        self.permit = Some(permit);
    }

    /// Gives an attempt up that was not answered, and returns `true` if nothing of it was sent.
    fn give_up(&mut self) -> bool {
        let unsent = self.sending.revoke();
        if unsent {
            self.not_sent();
        }
        unsent
    }

    /// Notes that nothing was sent after all.
    fn not_sent(&mut self) {
        if let Some(permit) = &mut self.permit {
            permit.mark_unsent();
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let sent = self.permit.is_some() && !self.give_up();
        if self.operation.effect == Effect::Write && (sent || self.ambiguous) {
            warn!(
                vendor = self.operation.vendor,
                operation = self.operation.name,
                "dropped before its outcome was known; it may have been carried out"
            );
        }
    }
}

impl Call<'_> {
    /// Makes the call; each time it is to be sent, `send` begins the operation of a generated client anew.
    pub(crate) async fn make<F: Future<Output = Sent>>(
        &self,
        send: impl Fn() -> F,
    ) -> Result<Answer, Error> {
        if Handle::try_current().is_err() {
            return Err(Error::no_runtime(self.operation));
        }
        let span = tracing::debug_span!(
            "call",
            vendor = self.operation.vendor,
            operation = self.operation.name,
        );
        self.until_done(&send).instrument(span).await
    }

    async fn until_done<F: Future<Output = Sent>>(
        &self,
        send: &impl Fn() -> F,
    ) -> Result<Answer, Error> {
        let mut now = Instant::now();
        let mut end = match self.options.clock {
            Clock::FromCall => after(now, self.options.deadline),
            Clock::FromTurn => after(now, Duration::MAX),
        };
        let least = self.options.least_attempt();
        let mut history = History::default();
        let mut position = None;
        let mut last = None;
        let mut running = Running {
            operation: self.operation,
            permit: None,
            sending: Sending::default(),
            ambiguous: false,
        };
        loop {
            let permit = match self.acquire(position, now, end, least).await {
                Ok(permit) => permit,
                // What came before says more than that there is no time to try again.
                Err(err) => {
                    running.ambiguous = false;
                    return Err(last.unwrap_or(err));
                }
            };
            now = permit.acquired_at();
            position = Some(permit.position());
            if history.sent == 0 && self.options.clock == Clock::FromTurn {
                end = after(now, self.options.deadline);
            }
            history.sent += 1;
            let until = end.min(after(now, self.options.attempt_timeout));
            let span = self.span(history);
            running.begin(permit);
            let outcome = self
                .attempt(&mut running, until, send)
                .instrument(span.clone())
                .await;
            drop(running.permit.take());
            record(span, &outcome);
            let err = match outcome {
                Ok((status, headers, body)) => {
                    self.line.budget.deposit();
                    running.ambiguous = false;
                    return Ok(Answer {
                        operation: self.operation,
                        status,
                        headers,
                        body,
                        history,
                    });
                }
                Err(err) => err.after(&mut history),
            };
            debug!(attempt = history.sent, "{err}");
            let Some(wait) = self.wait(&err, &mut history, end, least) else {
                running.ambiguous = false;
                return Err(err);
            };
            running.ambiguous = history.ambiguous;
            if !wait.is_zero() {
                debug!(?wait, "trying again");
            }
            last = Some(err);
            sleep(wait).await;
            now = Instant::now();
        }
    }

    /// Waits for a permit, from `now` on. It has to come when at least `least` of the time is left.
    async fn acquire(
        &self,
        position: Option<Position>,
        now: Instant,
        end: Instant,
        least: Duration,
    ) -> Result<Permit<'_>, Error> {
        let last = end.checked_sub(least).unwrap_or(now);
        if end <= now || last < now {
            return Err(self.no_turn(AcquireError::DeadlineExceeded));
        }
        #[cfg(feature = "redis")]
        self.line.limiter.cover(self.options.attempt_timeout);
        let outcome = self
            .line
            .limiter
            .acquire(position, now, last)
            .await
            .map_err(|err| self.no_turn(err));
        let ended = outcome
            .as_ref()
            .map_or_else(|_| Instant::now(), Permit::acquired_at);
        let waited = ended - now;
        if waited >= LONG_WAIT {
            info!(
                vendor = self.operation.vendor,
                operation = self.operation.name,
                wait = ?waited,
                "had to wait for the quota"
            );
        } else if waited >= Duration::from_millis(1) {
            debug!(wait = ?waited, "had to wait for the quota");
        }
        outcome
    }

    fn no_turn(&self, why: AcquireError) -> Error {
        Error::no_turn(self.operation, why, self.line.limiter.snapshot().wait)
    }

    /// The wait before the next attempt; `None` if there is none.
    fn wait(
        &self,
        err: &Error,
        history: &mut History,
        end: Instant,
        least: Duration,
    ) -> Option<Duration> {
        let failure = err.failure();
        if failure == Failure::Throttled {
            history.throttled += 1;
        }
        let wait = self.options.retries.wait(
            history.sent - history.throttled,
            failure,
            self.idempotency,
            err.retry_after(),
            fastrand::f64(),
        )?;
        let fits = after(Instant::now(), wait.saturating_add(least)) < end;
        let granted = failure == Failure::Throttled || (fits && self.line.budget.withdraw());
        granted.then_some(wait)
    }

    /// The span of an attempt, by OpenTelemetry's names.
    fn span(&self, history: History) -> Span {
        let span = tracing::debug_span!(
            "attempt",
            server.address = self.line.host,
            http.request.method = field::Empty,
            http.request.resend_count = field::Empty,
            http.response.status_code = field::Empty,
            error.type = field::Empty,
        );
        if history.sent > 1 {
            span.record("http.request.resend_count", history.sent - 1);
        }
        span
    }

    /// Sends once, and reads the answer.
    ///
    /// What lives across its two waits is kept by every call that waits, and all else is behind a function.
    async fn attempt<F: Future<Output = Sent>>(
        &self,
        running: &mut Running<'_>,
        until: Instant,
        send: &impl Fn() -> F,
    ) -> Result<(StatusCode, HeaderMap, Bytes), Error> {
        // One timer for all of it: to set one up takes longer than to read an answer that is there.
        let mut end = pin!(sleep_until(until));
        let sent = match select(pin!(running.sending.watch(send())), end.as_mut()).await {
            Either::Left((sent, _)) => Some(sent),
            Either::Right(_) => None,
        };
        let mut response = match sent {
            Some(sent) => self.received(sent, running)?,
            None if running.give_up() => return Err(Error::unsent(self.operation, Lost::TooLate)),
            // The permit is abandoned, as the vendor may have counted the call.
            None => return Err(Error::unanswered(self.operation, Lost::TooLate)),
        };
        let status = response.status();
        let headers = rate_limit_headers(status, response.headers());
        if let Some(permit) = &mut running.permit {
            permit.complete(&headers);
        }
        let retry_after = headers.retry_after.or_else(|| self.least_wait(status));
        let (body, fault) = read(&mut response, end).await;
        let (status, body) = self.judged(status, retry_after, body, fault)?;
        Ok((status, mem::take(response.headers_mut()), body))
    }

    /// The wait after a 429 that does not name one, as the quota has it.
    fn least_wait(&self, status: StatusCode) -> Option<Duration> {
        let throttled = status == StatusCode::TOO_MANY_REQUESTS;
        let wait = throttled.then(|| self.line.limiter.snapshot().wait)?;
        (!wait.is_zero()).then_some(wait)
    }

    /// The answer that an operation has come to.
    fn received(&self, sent: Sent, running: &mut Running<'_>) -> Result<Response, Error> {
        let operation = self.operation;
        match sent {
            Ok(response) | Err(GeneratedError::UnexpectedResponse(response)) => {
                if is_below(response.url(), &self.line.base_url) {
                    Ok(response)
                } else {
                    Err(Error::elsewhere(operation))
                }
            }
            Err(
                GeneratedError::CommunicationError(err)
                | GeneratedError::ResponseBodyError(err)
                | GeneratedError::InvalidUpgrade(err),
            ) => {
                let unsent = running.give_up();
                if err.is_connect() || err.is_builder() {
                    running.not_sent();
                }
                Err(Error::no_answer(operation, err, unsent))
            }
            // No hook fails (src/signature.rs), no failure is described (build/answers.rs), and no success is decoded over
            // there.
            Err(
                GeneratedError::Custom(_)
                | GeneratedError::InvalidRequest(_)
                | GeneratedError::ErrorResponse(_)
                | GeneratedError::InvalidResponsePayload(..),
            ) => {
                running.not_sent();
                Err(Error::refused(operation, "the request could not be made"))
            }
        }
    }

    /// Turns an answer into a result.
    fn judged(
        &self,
        status: StatusCode,
        retry_after: Option<Duration>,
        body: Bytes,
        fault: Option<Unreadable>,
    ) -> Result<(StatusCode, Bytes), Error> {
        match fault {
            // A failure is a failure, however much of its body there is.
            _ if !status.is_success() => {
                Err(Error::failed(self.operation, status, retry_after, body))
            }
            None => Ok((status, body)),
            Some(why) => Err(Error::unreadable(self.operation, status, why, body)),
        }
    }
}

/// Notes how an attempt went, and ends its span: what comes next is no part of it.
fn record(span: Span, outcome: &Result<(StatusCode, HeaderMap, Bytes), Error>) {
    match outcome {
        Ok((status, ..)) => {
            span.record("http.response.status_code", status.as_u16());
        }
        Err(err) => {
            if let Some(status) = err.status() {
                span.record("http.response.status_code", status);
            }
            span.record("error.type", field::display(err.label()));
        }
    }
}

/// Returns `true` if `url` is one of those that start with `base`, which ends without a slash.
fn is_below(url: &Url, base: &str) -> bool {
    let rest = url.as_str().strip_prefix(base);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// A moment as far from `now` as was asked for; one that is too far is as good as never.
pub(crate) fn after(now: Instant, wait: Duration) -> Instant {
    const NEVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    now + wait.min(NEVER)
}

/// The parts of an answer that decide when to call again.
fn rate_limit_headers(status: StatusCode, headers: &HeaderMap) -> RateLimitHeaders {
    const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
    const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

    let text = |name: &HeaderName| headers.get(name)?.to_str().ok();
    let number = |name| text(name)?.trim().parse().ok();
    RateLimitHeaders {
        status: status.as_u16(),
        limit: number(&LIMIT),
        remaining: number(&REMAINING),
        retry_after: text(&RETRY_AFTER)
            .and_then(|value| retry::retry_after(value, SystemTime::now())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_from_where_it_was_asked_for_only_below_the_base_url() {
        let cases = [
            ("https://api.bspk.com", "https://api.bspk.com/api/x", true),
            ("https://proxy.test/bspk", "https://proxy.test/bspk/x", true),
            (
                "https://proxy.test/bspk",
                "https://proxy.test/bspk2/x",
                false,
            ),
            (
                "https://api.bspk.com",
                "https://api.bspk.com.evil.test/x",
                false,
            ),
            ("https://api.bspk.com", "https://api.bspk.com:8443/x", false),
            ("https://api.bspk.com", "http://api.bspk.com/x", false),
            ("https://api.bspk.com", "https://login.test/", false),
        ];

        for (base, url, expected) in cases {
            let url = Url::parse(url).unwrap();
            assert_eq!(is_below(&url, base), expected, "{url} below {base}");
        }
    }
}
