//! The one way a call is made: permit, attempt, judge, wait, again. It knows no vendor.

use std::time::Duration;

use bytes::Bytes;
use progenitor_client::Error as GeneratedError;
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::{
    runtime::Handle,
    time::{Instant, sleep},
};
use tower::retry::budget::{Budget, TpsBudget};
use tracing::{Instrument, Span, debug, debug_span, field, info};

use crate::{
    error::{Cause, Error, Resend, Unreadable},
    operation::{Idempotency, Operation},
    quota::{AcquireError, Permit, Position, RateLimiter},
    retry,
};

mod attempt;
mod options;

use attempt::Attempts;
pub(crate) use attempt::track;
pub use options::CallOptions;

/// A wait for the quota that an operator should see.
const LONG_WAIT: Duration = Duration::from_secs(1);

/// The state that all calls of a client and its clones share.
pub struct Core {
    pub(crate) host: String,
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) limiter: RateLimiter,
    pub(crate) budget: TpsBudget,
}

/// A call that is to be made.
pub(crate) struct Call<'a> {
    pub(crate) core: &'a Core,
    pub(crate) options: CallOptions,
    pub(crate) operation: &'static Operation,
    pub(crate) idempotency: Idempotency,
}

/// The result of an operation of a generated client. The body is still to be read.
pub(crate) type Sent = Result<Response, GeneratedError<()>>;

/// A success, with its body whole.
pub(crate) struct RawResponse {
    pub(crate) operation: &'static Operation,
    /// Its body is read.
    pub(crate) response: Response,
    pub(crate) body: Bytes,
    attempts: u32,
    /// An earlier attempt may have been carried out.
    ambiguous: bool,
}

impl<'a> Call<'a> {
    /// Makes the call; each time it is to be sent, `send` begins the operation of a generated client anew.
    pub(crate) async fn make<F: Future<Output = Sent>>(
        &self,
        send: impl Fn() -> F,
    ) -> Result<RawResponse, Error> {
        if Handle::try_current().is_err() {
            return Err(no_runtime(self.operation));
        }
        let Operation { vendor, name, .. } = self.operation;
        let span = shown(debug_span!("call", vendor, operation = name));
        let mut attempts = Attempts::new(self.operation);
        let outcome = self.until_done(&send, &mut attempts);
        let outcome = outcome.instrument(span).await;
        // Its outcome is known to the caller.
        attempts.ambiguous = false;
        outcome
    }

    async fn until_done<F: Future<Output = Sent>>(
        &self,
        send: &impl Fn() -> F,
        attempts: &mut Attempts<'a>,
    ) -> Result<RawResponse, Error> {
        let options = &self.options;
        let mut now = Instant::now();
        let mut end = if options.deadline_from_permit {
            after(now, Duration::MAX)
        } else {
            after(now, options.deadline)
        };
        let (mut position, mut last) = (None, None);
        loop {
            let permit = match self.permit(position, now, end).await {
                Ok(permit) => permit,
                // What came before says more than that there is no time to try again.
                Err(err) => return Err(last.unwrap_or(err)),
            };
            now = permit.acquired_at();
            position = Some(permit.position());
            if attempts.count == 0 && options.deadline_from_permit {
                end = after(now, options.deadline);
            }
            attempts.begin(permit);
            let until = end.min(after(now, options.attempt_timeout));
            let span = self.span(attempts.count);
            let outcome = self.attempt(attempts, until, send);
            let outcome = outcome.instrument(span.clone()).await;
            drop(attempts.permit.take());
            let (count, ambiguous) = (attempts.count, attempts.ambiguous);
            let cause = match outcome {
                Ok((response, body)) => {
                    span.record("http.response.status_code", response.status().as_u16());
                    self.core.budget.deposit();
                    return Ok(RawResponse {
                        operation: self.operation,
                        response,
                        body,
                        attempts: count,
                        ambiguous,
                    });
                }
                Err(cause) => cause,
            };
            let err = retry::error(self.operation, cause).after(count, ambiguous);
            span.record("http.response.status_code", err.status());
            span.record("error.type", field::display(err.label()));
            drop(span);
            debug!(attempt = count, "{err}");
            let Some(wait) = self.wait(&err, attempts, end) else {
                return Err(err);
            };
            if !wait.is_zero() {
                debug!(?wait, "trying again");
            }
            attempts.ambiguous |= err.may_be_done();
            last = Some(err);
            sleep(wait).await;
            now = Instant::now();
        }
    }

    /// Waits for a permit, from `now` on. It has to come when there is enough time left for an attempt.
    async fn permit(
        &self,
        position: Option<Position>,
        now: Instant,
        end: Instant,
    ) -> Result<Permit<'a>, Error> {
        let core = self.core;
        #[cfg(feature = "redis")]
        core.limiter.cover(self.options.attempt_timeout);
        let last = end.checked_sub(self.options.least_attempt());
        let outcome = match last {
            Some(last) if now <= last && now < end => {
                core.limiter.acquire(position, now, last).await
            }
            _ => Err(AcquireError::DeadlineExceeded),
        };
        let ended = outcome
            .as_ref()
            .map_or_else(|_| Instant::now(), Permit::acquired_at);
        let wait = ended - now;
        if wait >= LONG_WAIT {
            let Operation { vendor, name, .. } = self.operation;
            info!(vendor, operation = name, ?wait, "had to wait for the quota");
        } else if wait >= Duration::from_millis(1) {
            debug!(?wait, "had to wait for the quota");
        }
        outcome.map_err(|err| {
            let wait = core.limiter.snapshot().wait;
            let cause = match err {
                AcquireError::QueueFull => Cause::QueueFull(wait),
                AcquireError::DeadlineExceeded => Cause::NoPermit(wait),
            };
            retry::error(self.operation, cause)
        })
    }

    /// The wait before the next attempt; `None` if there is none.
    fn wait(&self, err: &Error, attempts: &mut Attempts<'_>, end: Instant) -> Option<Duration> {
        let resend = err.resend();
        let is_throttled = resend == Resend::WhenPermitted;
        attempts.throttled += u32::from(is_throttled);
        let wait = self.options.retries.wait(
            attempts.count - attempts.throttled,
            resend,
            self.idempotency,
            err.retry_after(),
            fastrand::f64(),
        )?;
        let least = wait.saturating_add(self.options.least_attempt());
        let fits = after(Instant::now(), least) < end;
        (is_throttled || (fits && self.core.budget.withdraw())).then_some(wait)
    }
}

impl RawResponse {
    /// The body as it is; `null` if there is none.
    // The documents say if there is an operation without an answer by hand.
    #[allow(dead_code)]
    pub(crate) fn value(&self) -> Result<Value, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        self.json()
    }

    /// Decodes the body, if there is one.
    #[allow(dead_code)]
    pub(crate) fn optional_json<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// Decodes the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        // serde's message repeats what it found, which is a shopper's.
        serde_json::from_slice(&self.body).map_err(|_| self.unreadable(Unreadable::NotAsDescribed))
    }

    /// The error of a success that is of no use.
    pub(crate) fn unreadable(&self, why: Unreadable) -> Error {
        let (status, body) = (self.response.status(), self.body.clone());
        let err = retry::error(self.operation, Cause::Unreadable { status, why, body });
        err.after(self.attempts, self.ambiguous)
    }
}

/// Makes a span that is seen nowhere none at all: of any other `tracing` asks with each poll if it is to be logged.
fn shown(span: Span) -> Span {
    if span.is_disabled() {
        Span::none()
    } else {
        span
    }
}

/// The error of a success whose body is not as described.
pub(crate) fn unreadable(operation: &'static Operation, status: StatusCode, body: Bytes) -> Error {
    let why = Unreadable::NotAsDescribed;
    retry::error(operation, Cause::Unreadable { status, why, body })
}

/// The error of a call that cannot be begun.
pub(crate) fn no_runtime(operation: &'static Operation) -> Error {
    let message = "called outside of a tokio runtime, which drives its timers and connections";
    Error::refused(operation, message)
}

/// A moment as far from `now` as was asked for; one that is too far is never.
pub(crate) fn after(now: Instant, wait: Duration) -> Instant {
    const NEVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    now + wait.min(NEVER)
}
