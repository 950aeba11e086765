//! One error for both vendors: what went wrong, and what the caller can do about it.

use std::{borrow::Cow, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;

use crate::{
    call::{History, Operation},
    quota::TurnError,
    retry::Failure,
};

mod display;
mod make;
mod problem;

pub use problem::Problem;

/// Why a call has failed, or a client could not be made.
///
/// Ask it in this order: may the vendor have done it all the same ([`is_ambiguous`](Self::is_ambiguous))? Is it one of the
/// answers that I expect ([`is_not_found`](Self::is_not_found), [`is_rejected`](Self::is_rejected))? Is it mine to mend
/// ([`is_invalid`](Self::is_invalid), [`is_unauthorized`](Self::is_unauthorized))?
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
///             println!("refused: {}", problem.code().unwrap_or("no code"));
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
    /// Whether an earlier attempt may have happened.
    doubt: bool,
}

enum Kind {
    /// Refused here.
    Invalid(Cow<'static, str>),
    /// The quota had no turn for it.
    NoTurn(TurnError),
    /// No connection was made.
    NotSent(reqwest::Error),
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

/// How an answer was lost.
pub(crate) enum Lost {
    /// The connection broke.
    Broken(reqwest::Error),
    /// It did not come in time.
    TooLate,
}

/// Why the body of a success is of no use.
pub(crate) enum Unreadable {
    /// It ended early, or not in time.
    Broken(Lost),
    /// It is longer than is read.
    TooLong,
    /// It is not what the document describes.
    NotAsDescribed,
}

impl Error {
    /// Whether the vendor may have done it all the same.
    ///
    /// The call writes, and an attempt was not answered, or with a status in the 500s. Look before you try again, unless
    /// doing it twice is harmless. A read is never ambiguous, and neither is a write whose answer says that it was done.
    /// See [the table](crate#what-is-sent-again-and-what-never-is).
    pub fn is_ambiguous(&self) -> bool {
        self.writes() && !self.is_unreadable() && (self.0.doubt || self.in_doubt())
    }

    /// Whether nothing has left this machine: it was refused here, there was no connection, or no turn before the
    /// deadline.
    pub fn is_not_sent(&self) -> bool {
        let kind = &self.0.kind;
        !self.0.doubt && matches!(kind, Kind::Invalid(_) | Kind::NoTurn(_) | Kind::NotSent(_))
    }

    /// Whether the vendor knows no such shopper (404).
    pub fn is_not_found(&self) -> bool {
        self.answered(|status| status == StatusCode::NOT_FOUND)
    }

    /// Whether the key is not accepted, or not from this address (401, 403).
    pub fn is_unauthorized(&self) -> bool {
        self.answered(|status| matches!(status.as_u16(), 401 | 403))
    }

    /// Whether there were too many calls (429). This one was not carried out.
    pub fn is_throttled(&self) -> bool {
        self.answered(|status| status == StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the vendor does not accept what was sent (400, 422); see [`problems`](Self::problems).
    pub fn is_rejected(&self) -> bool {
        self.answered(|status| matches!(status.as_u16(), 400 | 422))
    }

    /// Whether it took too long, or would have: an attempt, or the wait for the quota.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::NotSent(err) => err.is_timeout(),
            Kind::NoTurn(TurnError::Late)
            | Kind::Unanswered(Lost::TooLate)
            | Kind::Unreadable {
                why: Unreadable::Broken(Lost::TooLate),
                ..
            } => true,
            Kind::Unanswered(Lost::Broken(err))
            | Kind::Unreadable {
                why: Unreadable::Broken(Lost::Broken(err)),
                ..
            } => err.is_timeout(),
            _ => false,
        }
    }

    /// Whether the vendor is down, or cannot be reached: no connection, no answer, or one in the 500s.
    pub fn is_unavailable(&self) -> bool {
        matches!(self.0.kind, Kind::NotSent(_) | Kind::Unanswered(_))
            || self.answered(|status| status.is_server_error())
    }

    /// Whether it was refused here, before anything was sent. The message says what to mend.
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.kind, Kind::Invalid(_))
    }

    /// Whether the vendor answered with a success that cannot be read. If the operation [writes](Self::writes), that has
    /// happened.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.kind, Kind::Unreadable { .. })
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

    /// What the vendor found wrong, as far as it said so in a form that can be read.
    ///
    /// Its words may hold a shopper's data.
    pub fn problems(&self) -> &[Problem] {
        match &self.0.kind {
            Kind::Answered { problems, .. } => problems,
            _ => &[],
        }
    }

    /// The ids of the shoppers of which [`ensure_shopper`](crate::gatsby::Client::ensure_shopper) expected one at most.
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

    /// Whether the operation that has failed changes something at the vendor, as all do but `get_shopper` and
    /// `search_shoppers`.
    pub fn writes(&self) -> bool {
        self.0.operation.is_some_and(|it| it.writes)
    }

    /// How often it was sent, or tried to be; 0 if it was refused here or had no turn.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the vendor asks to wait before the next call, if it does.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Answered { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    fn answered(&self, predicate: impl Fn(StatusCode) -> bool) -> bool {
        matches!(&self.0.kind, Kind::Answered { status, .. } if predicate(*status))
    }
}

impl Error {
    /// The same error with what came before it, which it is added to.
    pub(crate) fn after(mut self, history: &mut History) -> Self {
        self.0.attempts = history.sent;
        self.0.doubt = history.doubt;
        history.doubt |= self.in_doubt();
        self
    }

    /// The same error with one in doubt that came before it.
    pub(crate) fn following(mut self, doubt: Option<Self>) -> Self {
        if let Some(doubt) = doubt {
            self.0.doubt = true;
            self.0.attempts += doubt.0.attempts;
        }
        self
    }

    /// Whether it may have happened, going by this attempt alone.
    fn in_doubt(&self) -> bool {
        match &self.0.kind {
            Kind::Unanswered(_) | Kind::Unreadable { .. } | Kind::Elsewhere => true,
            Kind::Answered { status, .. } => status.is_server_error(),
            Kind::Invalid(_) | Kind::NoTurn(_) | Kind::NotSent(_) | Kind::Duplicated(_) => false,
        }
    }

    /// What it means for trying again.
    pub(crate) fn failure(&self) -> Failure {
        match &self.0.kind {
            Kind::NotSent(_) => Failure::NotSent,
            Kind::Unanswered(_)
            | Kind::Unreadable {
                why: Unreadable::Broken(_),
                ..
            } => Failure::InDoubt,
            Kind::Answered { status, .. } => match status.as_u16() {
                429 => Failure::Throttled,
                500 | 502 | 503 | 504 => Failure::InDoubt,
                _ => Failure::Final,
            },
            Kind::Invalid(_)
            | Kind::NoTurn(_)
            | Kind::Unreadable { .. }
            | Kind::Elsewhere
            | Kind::Duplicated(_) => Failure::Final,
        }
    }
}

#[cfg(test)]
mod tests;
