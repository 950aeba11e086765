//! The kinds of errors, for code that matches, and what else a failed attempt means.

use std::fmt;

/// The kind of an [`Error`](crate::Error), as [`Error::kind`](crate::Error::kind) returns it: exactly one for each error.
///
/// A service that calls a vendor on behalf of its own caller can answer by it:
///
/// | kind | what happened | answer | the caller's next step |
/// | --- | --- | --- | --- |
/// | [`Invalid`](Self::Invalid), [`Rejected`](Self::Rejected) | the shopper is refused, by this crate or by the vendor | 422 | correct the shopper |
/// | [`NotFound`](Self::NotFound) | the vendor has no such shopper | 404 | |
/// | [`Conflict`](Self::Conflict), [`Duplicate`](Self::Duplicate) | the vendor has something else there, or more than one shopper | 409 | resolve it at the vendor |
/// | [`Throttled`](Self::Throttled), [`Unavailable`](Self::Unavailable) | nothing was carried out, and trying again later may work | 503 with `Retry-After` | send it again |
/// | [`Ambiguous`](Self::Ambiguous) | a write may have been carried out | 202 | wait; the service checks with the vendor |
/// | [`Unreadable`](Self::Unreadable), of a write | answered with a success whose content cannot be read | 202 | wait; the service checks with the vendor |
/// | [`Unreadable`](Self::Unreadable), of a read | the same | 502 | |
/// | [`Unauthorized`](Self::Unauthorized), [`Unexpected`](Self::Unexpected) | the service's own key, base URL or proxy is wrong | 502, and an alert | |
///
/// # Example: the answer of a service
///
/// ```
/// use std::time::Duration;
///
/// use shoppers::{Error, ErrorKind};
///
/// /// The status of the service's own answer, and its `Retry-After` in seconds.
/// fn answer(err: &Error) -> (u16, Option<u64>) {
///     match err.kind() {
///         ErrorKind::Invalid | ErrorKind::Rejected => (422, None),
///         ErrorKind::NotFound => (404, None),
///         ErrorKind::Conflict | ErrorKind::Duplicate => (409, None),
///         ErrorKind::Throttled | ErrorKind::Unavailable => {
///             let wait = err.retry_after().unwrap_or(Duration::from_secs(5));
///             (503, Some(wait.as_secs() + 1))
///         }
///         // Accepted: hand it to a job that looks it up at the vendor before it writes again.
///         ErrorKind::Ambiguous => (202, None),
///         ErrorKind::Unreadable if err.writes() => (202, None),
///         // `Unauthorized`, `Unexpected`, a read that is `Unreadable`, and kinds that are added later.
///         _ => (502, None),
///     }
/// }
///
/// let err = shoppers::ApiKey::new("Bearer pk_4711").unwrap_err();
/// assert_eq!(answer(&err), (422, None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A write may have been carried out: an attempt was not answered, or with a status that leaves it open. Look it up
    /// before you send it again, unless doing it twice is harmless.
    Ambiguous,
    /// Refused by this crate before anything was sent. The message says what to correct.
    Invalid,
    /// The vendor does not accept what was sent (400, 413, 422). [`problems`](crate::Error::problems) says what is wrong.
    Rejected,
    /// The vendor has no such shopper (404).
    NotFound,
    /// It contradicts what the vendor has (409).
    Conflict,
    /// More than one shopper where there should be one at most; [`duplicates`](crate::Error::duplicates) has their ids.
    Duplicate,
    /// The vendor does not accept the key, or not from this address (401, 403).
    Unauthorized,
    /// Too many calls: the vendor answered 429, the quota has no room before the deadline, or too many callers wait for it
    /// already. Nothing was carried out. [`retry_after`](crate::Error::retry_after) has the wait.
    Throttled,
    /// The vendor is down or cannot be reached, and nothing was carried out: no connection, or a read without an answer or
    /// with one in the 500s.
    Unavailable,
    /// A success whose content cannot be read. If the operation [writes](crate::Error::writes), it was carried out.
    Unreadable,
    /// An answer that no operation has: a redirect, or a status that is in no other kind. Check the base URL and whatever
    /// stands between this machine and the vendor.
    Unexpected,
}

impl ErrorKind {
    /// Returns the kind as a word in snake_case, such as `not_found`: a label for metrics. Words stay as they are from one
    /// version to the next; new kinds add new ones.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Invalid => "invalid",
            Self::Rejected => "rejected",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Duplicate => "duplicate",
            Self::Unauthorized => "unauthorized",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Unreadable => "unreadable",
            Self::Unexpected => "unexpected",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The meaning of a failed attempt; the table is in `retry`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classification {
    pub(crate) kind: ErrorKind,
    pub(crate) outcome: Outcome,
    pub(crate) resend: Resend,
}

/// The vendor's part in a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing has left this machine.
    NotSent,
    /// The vendor has not carried it out.
    Refused,
    /// The vendor may have carried it out.
    Unknown,
    /// The vendor has carried it out.
    Done,
}

/// The condition on which a call is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resend {
    Never,
    Always,
    IfIdempotent,
    /// When the rate limiter permits it.
    WhenPermitted,
}

impl Classification {
    /// Refused here, and it would be again.
    pub(crate) const INVALID: Self = Self {
        kind: ErrorKind::Invalid,
        outcome: Outcome::NotSent,
        resend: Resend::Never,
    };
}

/// The way in which an attempt was cut short.
pub(crate) enum Interruption {
    /// The connection broke.
    Broken(reqwest::Error),
    /// There was no time left.
    TooLate,
    /// The runtime that drove the call was shut down.
    RuntimeGone,
}

/// The reason for which the body of a success is of no use.
pub(crate) enum Unreadable {
    Interrupted(Interruption),
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

impl Unreadable {
    /// Goes on after the status.
    pub(super) fn message(&self) -> &'static str {
        match self {
            Unreadable::Interrupted(Interruption::Broken(_)) => ": the body broke off",
            Unreadable::Interrupted(Interruption::TooLate) => ": the body did not end in time",
            Unreadable::Interrupted(Interruption::RuntimeGone) => {
                ": the tokio runtime was shut down before the body ended"
            }
            Unreadable::TooLong => ": the body is longer than is read",
            Unreadable::NotAsDescribed => ": the body does not match the API description",
            Unreadable::KeyNotShown => {
                ": the shopper does not show the key that was searched by; look it up by hand"
            }
            Unreadable::NextElsewhere => {
                ": its Link header names a next page at another host or path, which is not asked for"
            }
            Unreadable::NextAgain => {
                ": its Link header names a next page that was there before; report it to the vendor"
            }
            Unreadable::NoTotal => ": the number of records is missing (X-Total-Count)",
        }
    }
}
