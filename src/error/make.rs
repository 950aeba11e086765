//! The constructors of errors.

use std::{borrow::Cow, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;

use super::{Error, Inner, Kind, Lost, Unreadable, problem::problems};
use crate::{Operation, quota::AcquireError};

impl Error {
    pub(super) fn new(operation: Option<&'static Operation>, kind: Kind) -> Self {
        Self(Box::new(Inner {
            operation,
            kind,
            attempts: 0,
            ambiguous: false,
        }))
    }

    /// Something that cannot be used, outside of any call. The message holds nothing of a person.
    pub(crate) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(None, Kind::Invalid(message.into()))
    }

    /// Something that cannot be sent. The message holds nothing of a person.
    pub(crate) fn refused(
        operation: &'static Operation,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(Some(operation), Kind::Invalid(message.into()))
    }

    /// No answer. Without a connection nothing was sent, and neither was it if the HTTP client says so by `unsent`.
    pub(crate) fn no_answer(
        operation: &'static Operation,
        err: reqwest::Error,
        unsent: bool,
    ) -> Self {
        let err = err.without_url();
        let kind = if err.is_builder() {
            Kind::Invalid("the request could not be made".into())
        } else if unsent || err.is_connect() {
            Kind::NotSent(Lost::Broken(err))
        } else {
            Kind::Unanswered(Lost::Broken(err))
        };
        Self::new(Some(operation), kind)
    }

    /// A call outside of a runtime.
    pub(crate) fn no_runtime(operation: &'static Operation) -> Self {
        let message = "called outside of a tokio runtime, which drives its timers and connections";
        Self::refused(operation, message)
    }

    /// No connection in time, so nothing was sent.
    pub(crate) fn unsent(operation: &'static Operation, lost: Lost) -> Self {
        Self::new(Some(operation), Kind::NotSent(lost))
    }

    /// No turn, so nothing was sent. A caller who came now would wait at least `wait`.
    pub(crate) fn no_turn(
        operation: &'static Operation,
        why: AcquireError,
        wait: Duration,
    ) -> Self {
        Self::new(Some(operation), Kind::NoTurn { why, wait })
    }

    /// More than one shopper.
    pub(crate) fn duplicated(operation: &'static Operation, ids: Vec<String>) -> Self {
        Self::new(Some(operation), Kind::Duplicated(ids))
    }

    /// No answer to something that was sent.
    pub(crate) fn unanswered(operation: &'static Operation, lost: Lost) -> Self {
        Self::new(Some(operation), Kind::Unanswered(lost))
    }

    /// An answer that is not a success.
    pub(crate) fn failed(
        operation: &'static Operation,
        status: StatusCode,
        retry_after: Option<Duration>,
        body: Bytes,
    ) -> Self {
        let kind = Kind::Answered {
            status,
            problems: problems(&body),
            retry_after,
            body,
        };
        Self::new(Some(operation), kind)
    }

    /// A success that cannot be read.
    pub(crate) fn unreadable(
        operation: &'static Operation,
        status: StatusCode,
        why: Unreadable,
        body: Bytes,
    ) -> Self {
        Self::new(Some(operation), Kind::Unreadable { status, why, body })
    }

    /// An answer from another place than was asked.
    pub(crate) fn elsewhere(operation: &'static Operation) -> Self {
        Self::new(Some(operation), Kind::Elsewhere)
    }
}
