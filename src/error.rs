//! One error for both vendors: what went wrong, and what the caller can do about it.

use std::{borrow::Cow, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;

use crate::{Effect, Operation, call::History, quota::AcquireError, retry::Failure};

mod display;
mod kind;
mod make;
mod problem;

pub use kind::ErrorKind;
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
/// `bspk upsert_shopper: answered 422, not_found`. Neither it nor `Debug` nor a source shows a body, a header, a URL, a
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
    kind: Kind,
    attempts: u32,
    /// `true` if an earlier attempt may have been carried out.
    ambiguous: bool,
}

enum Kind {
    /// Refused here.
    Invalid(Cow<'static, str>),
    /// The quota had no turn for it.
    NoTurn {
        why: AcquireError,
        /// The least time that a caller who came now would wait.
        wait: Duration,
    },
    /// Nothing was sent, as there was no connection.
    NotSent(Lost),
    /// Sent, at least in part, and not answered.
    Unanswered(Lost),
    /// Answered with something other than a success.
    Answered {
        status: StatusCode,
        problems: Vec<Problem>,
        retry_after: Option<Duration>,
        body: Bytes,
    },
    /// Answered with a success that says something else than it should.
    Unreadable {
        status: StatusCode,
        why: Unreadable,
        body: Bytes,
    },
    /// Something followed a redirect.
    Elsewhere,
    /// More than one shopper where there should be one; their ids.
    Duplicated(Vec<String>),
}

/// The way in which an answer was lost.
pub(crate) enum Lost {
    /// The connection broke.
    Broken(reqwest::Error),
    /// It did not come in time.
    TooLate,
    /// The runtime that drove the call was shut down.
    RuntimeGone,
}

/// The reason for which the body of a success is of no use.
pub(crate) enum Unreadable {
    /// It ended early, or not in time.
    Broken(Lost),
    /// It is longer than is read.
    TooLong,
    /// It is not what the document describes.
    NotAsDescribed,
    /// It is a shopper, and does not show the key that was searched by.
    KeyNotShown,
    /// Its next page is at another host or path.
    NextElsewhere,
    /// Its next page is one that was there before.
    NextAgain,
    /// It does not say how many records there are.
    NoTotal,
}

impl Error {
    /// Returns what kind of error it is.
    ///
    /// [`ErrorKind::Ambiguous`] if [`is_ambiguous`](Self::is_ambiguous), whatever the last attempt came to.
    pub fn kind(&self) -> ErrorKind {
        if self.is_ambiguous() {
            ErrorKind::Ambiguous
        } else {
            self.last_kind()
        }
    }

    /// Returns `true` if a write may have been carried out although it failed.
    ///
    /// An attempt was not answered, or with a status that does not tell (the 500s, the 100s, 600 and more). Look before you
    /// try again, unless doing it twice is harmless. A read is never ambiguous, and neither is a write whose answer says
    /// that it was done. See [the table](crate#what-is-sent-again-and-what-never-is).
    pub fn is_ambiguous(&self) -> bool {
        self.writes() && !self.is_unreadable() && (self.0.ambiguous || self.is_attempt_ambiguous())
    }

    /// Returns `true` if it was refused by this crate, before anything was sent. The message says what to correct; sent
    /// again, it is refused again.
    pub fn is_invalid(&self) -> bool {
        self.last_kind() == ErrorKind::Invalid
    }

    /// Returns `true` if the vendor does not accept what was sent (400, 413, 422); see [`problems`](Self::problems).
    pub fn is_rejected(&self) -> bool {
        self.last_kind() == ErrorKind::Rejected
    }

    /// Returns `true` if the vendor has no such shopper (404).
    pub fn is_not_found(&self) -> bool {
        self.last_kind() == ErrorKind::NotFound
    }

    /// Returns `true` if it contradicts what the vendor has (409).
    pub fn is_conflict(&self) -> bool {
        self.last_kind() == ErrorKind::Conflict
    }

    /// Returns `true` if there is more than one shopper where there should be one at most; see
    /// [`duplicates`](Self::duplicates).
    pub fn is_duplicate(&self) -> bool {
        self.last_kind() == ErrorKind::Duplicate
    }

    /// Returns `true` if the key is not accepted, or not from this address (401, 403).
    pub fn is_unauthorized(&self) -> bool {
        self.last_kind() == ErrorKind::Unauthorized
    }

    /// Returns `true` if there were too many calls: the vendor answered 429, the quota has no room before the deadline, or
    /// too many callers wait for it already.
    ///
    /// This call was not carried out; [`retry_after`](Self::retry_after) has the wait.
    pub fn is_throttled(&self) -> bool {
        self.last_kind() == ErrorKind::Throttled
    }

    /// Returns `true` if the vendor is down or cannot be reached: no connection, no answer, or one in the 500s.
    pub fn is_unavailable(&self) -> bool {
        self.last_kind() == ErrorKind::Unavailable
    }

    /// Returns `true` if the vendor answered with a success that cannot be read. If the operation [writes](Self::writes),
    /// it was carried out.
    pub fn is_unreadable(&self) -> bool {
        self.last_kind() == ErrorKind::Unreadable
    }

    /// Returns `true` if the vendor, or something in between, answered with a redirect or with a status that no other
    /// question is about.
    pub fn is_unexpected(&self) -> bool {
        self.last_kind() == ErrorKind::Unexpected
    }

    /// Returns `true` if nothing has left this machine: it was refused here, there was no connection, or the quota has no
    /// room before the deadline.
    ///
    /// Sending it again does no harm. It only helps if the error is not [`is_invalid`](Self::is_invalid), too.
    pub fn is_not_sent(&self) -> bool {
        let kind = &self.0.kind;
        !self.0.ambiguous
            && matches!(
                kind,
                Kind::Invalid(_) | Kind::NoTurn { .. } | Kind::NotSent(_)
            )
    }

    /// Returns `true` if it took too long, or would have: an attempt, or the wait for the quota.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::NoTurn {
                why: AcquireError::DeadlineExceeded,
                ..
            }
            | Kind::Unanswered(Lost::TooLate)
            | Kind::NotSent(Lost::TooLate)
            | Kind::Unreadable {
                why: Unreadable::Broken(Lost::TooLate),
                ..
            } => true,
            Kind::Unanswered(Lost::Broken(err))
            | Kind::NotSent(Lost::Broken(err))
            | Kind::Unreadable {
                why: Unreadable::Broken(Lost::Broken(err)),
                ..
            } => err.is_timeout(),
            _ => false,
        }
    }

    /// The status of the vendor's answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            Kind::Answered { status, .. } | Kind::Unreadable { status, .. } => {
                Some(status.as_u16())
            }
            _ => None,
        }
    }

    /// Lists what the vendor found wrong, as far as it said so in a form that can be read.
    ///
    /// Its words may hold a shopper's data.
    pub fn problems(&self) -> &[Problem] {
        match &self.0.kind {
            Kind::Answered { problems, .. } => problems,
            _ => &[],
        }
    }

    /// The ids of the shoppers of which [`ensure_shopper`](crate::gatsby::Client::ensure_shopper) expected one at most, if
    /// the error [`is_duplicate`](Self::is_duplicate).
    pub fn duplicates(&self) -> &[String] {
        match &self.0.kind {
            Kind::Duplicated(ids) => ids,
            _ => &[],
        }
    }

    /// The body of the vendor's answer, if there was one, as far as it was read. It may hold a shopper's data.
    pub fn body(&self) -> Option<&[u8]> {
        match &self.0.kind {
            Kind::Answered { body, .. } | Kind::Unreadable { body, .. } => Some(body),
            _ => None,
        }
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
        self.0
            .operation
            .is_some_and(|it| it.effect == Effect::Write)
    }

    /// Counts how often it was sent, or tried to be; 0 if it was refused here or had no turn.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The wait before the next call, if it is known: the vendor's `Retry-After`, or else, of an error that
    /// [`is_throttled`](Self::is_throttled), the least time until the quota has room.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Answered { retry_after, .. } => *retry_after,
            Kind::NoTurn { wait, .. } => Some(*wait).filter(|wait| !wait.is_zero()),
            _ => None,
        }
    }

    /// The kind by the last attempt alone, without what came before it.
    fn last_kind(&self) -> ErrorKind {
        match &self.0.kind {
            Kind::Invalid(_) => ErrorKind::Invalid,
            Kind::NoTurn { .. } => ErrorKind::Throttled,
            Kind::NotSent(_) | Kind::Unanswered(_) => ErrorKind::Unavailable,
            Kind::Answered { status, .. } => ErrorKind::of_status(status.as_u16()),
            Kind::Unreadable { .. } => ErrorKind::Unreadable,
            Kind::Elsewhere => ErrorKind::Unexpected,
            Kind::Duplicated(_) => ErrorKind::Duplicate,
        }
    }
}

impl Error {
    /// The same error with what came before it, which it is added to.
    pub(crate) fn after(mut self, history: &mut History) -> Self {
        self.0.attempts = history.sent;
        self.0.ambiguous = history.ambiguous;
        history.ambiguous |= self.is_attempt_ambiguous();
        self
    }

    /// The same error with an ambiguous one that came before it.
    pub(crate) fn following(mut self, ambiguous: Option<Self>) -> Self {
        if let Some(ambiguous) = ambiguous {
            self.0.ambiguous = true;
            self.0.attempts += ambiguous.0.attempts;
        }
        self
    }

    /// Returns `true` if it may have been carried out, going by this attempt alone.
    fn is_attempt_ambiguous(&self) -> bool {
        match &self.0.kind {
            Kind::Unanswered(_) | Kind::Unreadable { .. } | Kind::Elsewhere => true,
            // Only a refusal says that nothing was carried out: neither 101 nor 600 does.
            Kind::Answered { status, .. } => !(200..500).contains(&status.as_u16()),
            Kind::Invalid(_) | Kind::NoTurn { .. } | Kind::NotSent(_) | Kind::Duplicated(_) => {
                false
            }
        }
    }

    /// The failure as the retry policy sees it.
    pub(crate) fn failure(&self) -> Failure {
        match &self.0.kind {
            Kind::NotSent(_) => Failure::NotSent,
            Kind::Unanswered(_)
            | Kind::Unreadable {
                why: Unreadable::Broken(_),
                ..
            } => Failure::Ambiguous,
            Kind::Answered { status, .. } => match status.as_u16() {
                429 => Failure::Throttled,
                500 | 502 | 503 | 504 => Failure::Ambiguous,
                _ => Failure::Final,
            },
            Kind::Invalid(_)
            | Kind::NoTurn { .. }
            | Kind::Unreadable { .. }
            | Kind::Elsewhere
            | Kind::Duplicated(_) => Failure::Final,
        }
    }
}

#[cfg(test)]
mod tests;
