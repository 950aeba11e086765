//! One error for both vendors: what went wrong, and what the caller can do about it.

use std::{borrow::Cow, error, fmt, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;

use crate::operation::{Effect, Operation};

mod kind;
mod problem;

pub use kind::ErrorKind;
pub(crate) use kind::{Classification, Interruption, Outcome, Resend, Unreadable};
pub use problem::Problem;

/// The error of a call that failed, or of a client that could not be made.
///
/// [`kind`](Self::kind) is for code that matches: each error has exactly one [`ErrorKind`], and its page has a table of what
/// a service may answer to each. For a single question there is a predicate, and some cut across the kinds:
/// [`is_not_sent`](Self::is_not_sent), [`is_timeout`](Self::is_timeout) and, after several attempts,
/// [`is_ambiguous`](Self::is_ambiguous).
///
/// If you ask several questions, ask [`is_ambiguous`](Self::is_ambiguous) first, as the last attempt may have been answered
/// with a 404 after an earlier one was carried out. Then ask [`is_invalid`](Self::is_invalid), for what you send, before
/// [`is_not_sent`](Self::is_not_sent), which is also true of an error that no later attempt can cure.
///
/// `Display` names the vendor, the operation, and what happened, such as
/// `bspk upsert_shopper: 422 Unprocessable Entity: not_found`. Neither it nor `Debug` nor a source shows a body, a header, a URL, a
/// key or a vendor's words, so an error may go to a log as it is. What the vendor said is behind
/// [`problems`](Self::problems) and [`body`](Self::body), for those who ask.
///
/// # Example: a shopper that the vendor refuses
///
/// ```no_run
/// # async fn example(bspk: shoppers::bspk::Client, shopper: shoppers::bspk::Shopper) -> Result<(), shoppers::Error> {
/// match bspk.upsert_shopper(&shopper).await {
///     Ok(stored) => println!("stored as {}", stored.id),
///     Err(err) if err.is_rejected() => {
///         for problem in err.problems() {
///             println!("refused: {}", problem.known_code().unwrap_or("see the problems"));
///         }
///     }
///     Err(err) => return Err(err),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static Operation>,
    cause: Cause,
    class: Classification,
    attempts: u32,
    /// `true` if an earlier attempt may have been carried out.
    ambiguous: bool,
}

/// The reason for which a call failed.
pub(crate) enum Cause {
    /// Refused here.
    Invalid(Cow<'static, str>, Vec<Problem>),
    /// As many callers wait for the quota as may; the least wait of one who came now.
    QueueFull(Duration),
    /// The permit came too late, or would have; the least wait of a caller who came now.
    NoPermit(Duration),
    /// Nothing was sent, as there was no connection.
    NotSent(Interruption),
    /// Sent, at least in part, and not answered.
    Unanswered(Interruption),
    /// Answered with something other than a success.
    Answered {
        status: StatusCode,
        retry_after: Option<Duration>,
        problems: Vec<Problem>,
        body: Bytes,
    },
    /// Answered with a success of no use.
    Unreadable {
        status: StatusCode,
        why: Unreadable,
        body: Bytes,
    },
    /// Answered from another address, as the HTTP client followed a redirect.
    Redirected,
    /// More than one shopper where there should be one; their ids.
    Duplicates(Vec<String>),
    /// A webhook endpoint was created, or may have been, and the answer with its secret is lost; the ids of those that are new.
    SecretLost(Vec<i64>),
}

impl Error {
    /// Returns what kind of error it is.
    ///
    /// [`ErrorKind::Ambiguous`] if [`is_ambiguous`](Self::is_ambiguous), whatever the last attempt came to.
    pub fn kind(&self) -> ErrorKind {
        if self.is_ambiguous() {
            ErrorKind::Ambiguous
        } else {
            self.0.class.kind
        }
    }

    /// Returns `true` if a write may have been carried out although it failed.
    ///
    /// An attempt was not answered, or with a status that does not tell (the 500s, the 100s, 600 and more). Look before you
    /// try again, unless doing it twice is harmless. A read is never ambiguous, and neither is a write whose answer says
    /// that it was done. See [the table](crate#what-is-sent-again-and-what-never-is).
    pub fn is_ambiguous(&self) -> bool {
        self.writes() && !self.is_unreadable() && (self.0.ambiguous || self.may_be_done())
    }

    /// Returns `true` if it was refused by this crate, before anything was sent. The message says what to correct; sent
    /// again, it is refused again.
    pub fn is_invalid(&self) -> bool {
        self.0.class.kind == ErrorKind::Invalid
    }

    /// Returns `true` if the vendor does not accept what was sent (400, 413, 422); see [`problems`](Self::problems).
    pub fn is_rejected(&self) -> bool {
        self.0.class.kind == ErrorKind::Rejected
    }

    /// Returns `true` if the vendor has no such shopper (404).
    pub fn is_not_found(&self) -> bool {
        self.0.class.kind == ErrorKind::NotFound
    }

    /// Returns `true` if it contradicts what the vendor has (409).
    pub fn is_conflict(&self) -> bool {
        self.0.class.kind == ErrorKind::Conflict
    }

    /// Returns `true` if there is more than one shopper where there should be one at most; see
    /// [`duplicates`](Self::duplicates).
    pub fn is_duplicate(&self) -> bool {
        self.0.class.kind == ErrorKind::Duplicate
    }

    /// Returns `true` if the key is not accepted, or not from this address (401, 403).
    pub fn is_unauthorized(&self) -> bool {
        self.0.class.kind == ErrorKind::Unauthorized
    }

    /// Returns `true` if there were too many calls: the vendor answered 429, the quota has no room before the deadline, or
    /// too many callers wait for it already.
    ///
    /// This call was not carried out; [`retry_after`](Self::retry_after) has the wait.
    pub fn is_throttled(&self) -> bool {
        self.0.class.kind == ErrorKind::Throttled
    }

    /// Returns `true` if the vendor is down or cannot be reached: no connection, no answer, or one in the 500s.
    pub fn is_unavailable(&self) -> bool {
        self.0.class.kind == ErrorKind::Unavailable
    }

    /// Returns `true` if the vendor answered with a success that cannot be read. If the operation [writes](Self::writes),
    /// it was carried out.
    pub fn is_unreadable(&self) -> bool {
        self.0.class.kind == ErrorKind::Unreadable
    }

    /// Returns `true` if the vendor, or something in between, answered with a redirect or with a status that no other
    /// question is about.
    pub fn is_unexpected(&self) -> bool {
        self.0.class.kind == ErrorKind::Unexpected
    }

    /// Returns `true` if nothing has left this machine: it was refused here, there was no connection, or the quota has no
    /// room before the deadline.
    ///
    /// Sending it again does no harm. It only helps if the error is not [`is_invalid`](Self::is_invalid), too.
    pub fn is_not_sent(&self) -> bool {
        !self.0.ambiguous && self.0.class.outcome == Outcome::NotSent
    }

    /// Returns `true` if it took too long, or would have: an attempt, or the wait for the quota.
    pub fn is_timeout(&self) -> bool {
        match (&self.0.cause, self.interruption()) {
            (Cause::NoPermit(_), _) | (_, Some(Interruption::TooLate)) => true,
            (_, Some(Interruption::Broken(err))) => err.is_timeout(),
            _ => false,
        }
    }

    /// The status of the vendor's answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.response().map(|(status, _)| status.as_u16())
    }

    /// Lists what the vendor found wrong, as far as it said so in a form that can be read; or, of an error that
    /// [`is_invalid`](Self::is_invalid), the argument of a call by name that was refused here.
    ///
    /// A vendor's words may hold a shopper's data.
    pub fn problems(&self) -> &[Problem] {
        match &self.0.cause {
            Cause::Answered { problems, .. } | Cause::Invalid(_, problems) => problems,
            _ => &[],
        }
    }

    /// The ids of the shoppers of which [`ensure_shopper`](crate::gatsby::Client::ensure_shopper) expected one at most, if
    /// the error [`is_duplicate`](Self::is_duplicate).
    pub fn duplicates(&self) -> &[String] {
        match &self.0.cause {
            Cause::Duplicates(ids) => ids,
            _ => &[],
        }
    }

    /// The ids of the webhook endpoints that a failed [`ensure_webhook_endpoint`](crate::bspk::Client::ensure_webhook_endpoint)
    /// has left, as far as BSPK's list shows them. Their secrets are lost, so disable them.
    pub fn lost_endpoints(&self) -> &[i64] {
        match &self.0.cause {
            Cause::SecretLost(ids) => ids,
            _ => &[],
        }
    }

    /// The body of the vendor's answer, if there was one, as far as it was read. It may hold a shopper's data.
    pub fn body(&self) -> Option<&[u8]> {
        self.response().map(|(_, body)| &**body)
    }

    /// The operation that has failed, by its name in the vendor's document, such as `upsert_shopper`; a label for a metric.
    ///
    /// None, if a client could not be made. Of [`ensure_shopper`](crate::gatsby::Client::ensure_shopper), which is several,
    /// it is the one that failed, or `ensure_shopper` itself where all of it counts.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(|it| it.name)
    }

    /// Returns `true` if the operation that has failed changes something at the vendor, as all do but `get_shopper` and
    /// `search_shoppers`.
    pub fn writes(&self) -> bool {
        let operation = self.0.operation;
        operation.is_some_and(|it| it.effect == Effect::Write)
    }

    /// Counts how often it was sent, or tried to be; 0 if it was refused here or had no permit.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The wait before the next call, if it is known: the vendor's `Retry-After`, or else, of an error that
    /// [`is_throttled`](Self::is_throttled), the least time until the quota has room.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.0.cause {
            Cause::Answered { retry_after, .. } => retry_after,
            Cause::QueueFull(wait) | Cause::NoPermit(wait) => Some(wait).filter(|it| !it.is_zero()),
            _ => None,
        }
    }
}

impl Error {
    /// An error of which `retry` has said the meaning.
    pub(crate) fn new(
        operation: Option<&'static Operation>,
        cause: Cause,
        class: Classification,
    ) -> Self {
        Self(Box::new(Inner {
            operation,
            cause,
            class,
            attempts: 0,
            ambiguous: false,
        }))
    }

    /// Something that cannot be used, outside of any call. The message holds nothing of a person.
    pub(crate) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            None,
            Cause::Invalid(message.into(), Vec::new()),
            Classification::INVALID,
        )
    }

    /// Something that cannot be sent. The message holds nothing of a person.
    pub(crate) fn refused(
        operation: &'static Operation,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let cause = Cause::Invalid(message.into(), Vec::new());
        Self::new(Some(operation), cause, Classification::INVALID)
    }

    /// An argument that cannot be sent. Neither the message nor the problem holds anything of a person.
    pub(crate) fn refused_field(
        operation: &'static Operation,
        message: String,
        problem: Problem,
    ) -> Self {
        let cause = Cause::Invalid(message.into(), vec![problem]);
        Self::new(Some(operation), cause, Classification::INVALID)
    }

    /// The same error after so many attempts, of which one before the last may have been carried out.
    pub(crate) fn after(mut self, attempts: u32, ambiguous: bool) -> Self {
        self.0.attempts = attempts;
        self.0.ambiguous = ambiguous;
        self
    }

    /// The same error with an ambiguous one that came before it.
    pub(crate) fn following(self, ambiguous: &Self) -> Self {
        let attempts = self.0.attempts + ambiguous.0.attempts;
        self.after(attempts, true)
    }

    /// Returns `true` if the last attempt was carried out, or may have been.
    pub(crate) fn may_be_done(&self) -> bool {
        matches!(self.0.class.outcome, Outcome::Unknown | Outcome::Done)
    }

    pub(crate) fn resend(&self) -> Resend {
        self.0.class.resend
    }

    /// The error in a word, as OpenTelemetry wants it for `error.type`: a status, or the kind.
    pub(crate) fn label(&self) -> Cow<'static, str> {
        match &self.0.cause {
            Cause::Answered { status, .. } => status.as_u16().to_string().into(),
            _ => self.kind().as_str().into(),
        }
    }

    fn response(&self) -> Option<(StatusCode, &Bytes)> {
        match &self.0.cause {
            Cause::Answered { status, body, .. } | Cause::Unreadable { status, body, .. } => {
                Some((*status, body))
            }
            _ => None,
        }
    }

    fn interruption(&self) -> Option<&Interruption> {
        match &self.0.cause {
            Cause::NotSent(why)
            | Cause::Unanswered(why)
            | Cause::Unreadable {
                why: Unreadable::Interrupted(why),
                ..
            } => Some(why),
            _ => None,
        }
    }
}

impl Cause {
    /// An answer that is not a success.
    pub(crate) fn answered(status: StatusCode, retry_after: Option<Duration>, body: Bytes) -> Self {
        Self::Answered {
            status,
            retry_after,
            problems: problem::problems(&body),
            body,
        }
    }
}

/// Holds nothing of a person.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Operation { vendor, name, .. }) = self.0.operation {
            write!(f, "{vendor} {name}: ")?;
        }
        if let Some((status, _)) = self.response() {
            write!(f, "{}", status.as_u16())?;
            if let Some(reason) = status.canonical_reason() {
                write!(f, " {reason}")?;
            }
        }
        if let Cause::Duplicates(ids) = &self.0.cause {
            write!(f, "{}", ids.len())?;
        }
        if let Cause::SecretLost(ids) = &self.0.cause {
            f.write_str("the answer with the endpoint's secret is lost")?;
            ids.iter()
                .try_for_each(|id| write!(f, "; disable webhook endpoint {id}"))?;
        }
        let timeout = self.is_timeout();
        f.write_str(match &self.0.cause {
            Cause::Invalid(message, _) => message,
            Cause::QueueFull(_) => "not sent, too many callers wait for the quota",
            Cause::NoPermit(_) => "not sent, the quota has no room before the deadline",
            Cause::NotSent(_) if timeout => "not sent, the connection took too long",
            Cause::NotSent(_) => "not sent, no connection",
            Cause::Unanswered(Interruption::RuntimeGone) => {
                "the tokio runtime was shut down before an answer"
            }
            Cause::Unanswered(_) if timeout => "sent, no answer in time",
            Cause::Unanswered(_) => "sent, the connection broke before an answer",
            Cause::Answered { status, .. } if status.is_redirection() => {
                ": a redirect, which is not followed; is the base URL right?"
            }
            Cause::Answered { .. } => "",
            Cause::Unreadable { why, .. } => why.message(),
            Cause::Redirected => {
                "answered by another address; the HTTP client followed a redirect, make it with `http_client`"
            }
            Cause::Duplicates(_) => " shoppers match; merge them first",
            Cause::SecretLost(ids) if ids.is_empty() => {
                "; list the webhook endpoints, disable a new one for this address, then call again"
            }
            Cause::SecretLost(_) => ", then call again",
        })?;
        let codes = self.problems().iter().filter_map(Problem::known_code);
        for (index, code) in codes.take(3).enumerate() {
            write!(f, "{}{code}", if index == 0 { ": " } else { ", " })?;
        }
        if self.0.attempts > 1 {
            write!(f, " (attempt {})", self.0.attempts)?;
        }
        if self.0.ambiguous && !self.may_be_done() {
            f.write_str("; an earlier attempt may have been carried out")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self}")?;
        let mut source = error::Error::source(self);
        while let Some(err) = source {
            write!(f, ": {err}")?;
            source = err.source();
        }
        f.write_str(")")
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self.interruption() {
            Some(Interruption::Broken(err)) => Some(err),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
