//! One error for both vendors: what went wrong, and what the caller can do about it.

use std::{borrow::Cow, error, fmt, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;
use serde_json::Value;

use crate::{
    call::{History, Operation},
    quota::TurnError,
    retry::Failure,
};

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

/// One of the things that a vendor found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    code: Option<String>,
    title: Option<String>,
}

impl Error {
    /// Whether the vendor may have done it all the same.
    ///
    /// The call writes, and an attempt was not answered, or with a status in the 500s. Look before you try again, unless
    /// doing it twice is harmless. A read is never ambiguous, and neither is a write whose answer says that it was done.
    /// See [the table](crate#what-is-sent-again-and-what-never-is).
    pub fn is_ambiguous(&self) -> bool {
        let writes = self.0.operation.is_some_and(|it| it.writes);
        writes && !self.is_unreadable() && (self.0.doubt || self.in_doubt())
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

    /// Whether it was refused here, before anything was sent. The message says what to mend.
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.kind, Kind::Invalid(_))
    }

    /// Whether the vendor answered with a success that cannot be read. A write has happened.
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

    /// How often it was sent, or tried to be. None, if it was refused here or had no turn.
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
    fn new(operation: Option<&'static Operation>, kind: Kind) -> Self {
        Self(Box::new(Inner {
            operation,
            kind,
            attempts: 0,
            doubt: false,
        }))
    }

    /// The same error with what came before it, which it is added to.
    pub(crate) fn after(mut self, history: &mut History) -> Self {
        self.0.attempts = history.sent;
        self.0.doubt = history.doubt;
        history.doubt |= self.in_doubt();
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

    /// Something that cannot be used, outside of any call. The message holds nothing of a person.
    pub(crate) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(None, Kind::Invalid(message.into()))
    }

    /// Something that cannot be sent.
    pub(crate) fn refused(operation: &'static Operation, message: &'static str) -> Self {
        Self::new(Some(operation), Kind::Invalid(message.into()))
    }

    /// No answer. A connection that was not made has carried nothing.
    pub(crate) fn no_answer(operation: &'static Operation, err: reqwest::Error) -> Self {
        let err = err.without_url();
        let kind = if err.is_builder() {
            Kind::Invalid("the request could not be made".into())
        } else if err.is_connect() {
            Kind::NotSent(err)
        } else {
            Kind::Unanswered(Lost::Broken(err))
        };
        Self::new(Some(operation), kind)
    }

    /// No turn, so nothing was sent.
    pub(crate) fn no_turn(operation: &'static Operation, err: TurnError) -> Self {
        Self::new(Some(operation), Kind::NoTurn(err))
    }

    /// More than one shopper.
    pub(crate) fn duplicated(operation: &'static Operation, ids: Vec<String>) -> Self {
        Self::new(Some(operation), Kind::Duplicated(ids))
    }

    /// The same error, of something that had begun and that an earlier step may have carried out.
    pub(crate) fn in_doubt_of(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self.0.doubt = true;
        self
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

    /// The error in a word, as OpenTelemetry wants it for `error.type`: a status, or what happened.
    pub(crate) fn label(&self) -> Cow<'static, str> {
        match &self.0.kind {
            Kind::Answered { status, .. } => status.as_u16().to_string().into(),
            Kind::NotSent(_) | Kind::Unanswered(_) | Kind::NoTurn(_) if self.is_timeout() => {
                "timeout".into()
            }
            Kind::NotSent(_) => "not_sent".into(),
            Kind::NoTurn(_) => "queue_full".into(),
            Kind::Unanswered(_) => "unanswered".into(),
            Kind::Unreadable { .. } => "unreadable".into(),
            Kind::Invalid(_) => "invalid".into(),
            Kind::Elsewhere => "elsewhere".into(),
            Kind::Duplicated(_) => "duplicated".into(),
        }
    }

    /// An answer from another place than was asked.
    pub(crate) fn elsewhere(operation: &'static Operation) -> Self {
        Self::new(Some(operation), Kind::Elsewhere)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Operation { vendor, name, .. }) = self.0.operation {
            write!(f, "{vendor} {name}: ")?;
        }
        match &self.0.kind {
            Kind::Invalid(message) => f.write_str(message),
            Kind::NotSent(err) if err.is_timeout() => {
                f.write_str("not sent, the connection took too long")
            }
            Kind::NotSent(_) => f.write_str("not sent, no connection"),
            Kind::NoTurn(TurnError::Full) => {
                f.write_str("not sent, too many callers wait for the quota")
            }
            Kind::NoTurn(TurnError::Late) => {
                f.write_str("not sent, the quota has no room before the deadline")
            }
            Kind::Unanswered(_) if self.is_timeout() => f.write_str("sent, no answer in time"),
            Kind::Unanswered(_) => f.write_str("sent, the connection broke before an answer"),
            Kind::Answered {
                status, problems, ..
            } => {
                write!(f, "answered {}", status.as_u16())?;
                if status.is_redirection() {
                    f.write_str(", a redirect, which is not followed; is the base URL right?")?;
                }
                let codes = problems.iter().filter_map(Problem::safe_code);
                codes.take(3).try_for_each(|code| write!(f, ", {code}"))
            }
            Kind::Unreadable { status, why, .. } => {
                write!(f, "answered {}, ", status.as_u16())?;
                f.write_str(match why {
                    Unreadable::Broken(Lost::Broken(_)) => "but the answer broke off",
                    Unreadable::Broken(Lost::TooLate) => "but the answer did not end in time",
                    Unreadable::TooLong => "but the answer is longer than is read",
                    Unreadable::NotAsDescribed => "but not with what it should hold",
                })
            }
            Kind::Elsewhere => f.write_str(
                "answered from another place; the HTTP client followed a redirect, make it with `http_client`",
            ),
            Kind::Duplicated(ids) => write!(f, "{} shoppers match; merge them first", ids.len()),
        }?;
        if self.0.attempts > 1 {
            write!(f, " (attempt {})", self.0.attempts)?;
        }
        if self.0.doubt && !self.in_doubt() {
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
        match &self.0.kind {
            Kind::NotSent(err)
            | Kind::Unanswered(Lost::Broken(err))
            | Kind::Unreadable {
                why: Unreadable::Broken(Lost::Broken(err)),
                ..
            } => Some(err),
            _ => None,
        }
    }
}

impl Problem {
    /// What kind of problem it is, such as `not_found`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The vendor's own words. They may hold a shopper's data.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The code, if it is a word and cannot be somebody's name, number or address.
    fn safe_code(&self) -> Option<&str> {
        self.code().filter(|code| {
            code.len() <= 40
                && code.starts_with(|first: char| first.is_ascii_lowercase())
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Problem");
        if let Some(code) = self.safe_code() {
            shown.field("code", &code);
        }
        shown.finish_non_exhaustive()
    }
}

/// Reads `{"errors": [{"title": .., "code": ..}]}`, of which anything may be missing.
fn problems(body: &[u8]) -> Vec<Problem> {
    let Some(answer) = json(body) else {
        return Vec::new();
    };
    let errors = answer["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| Problem {
            code: error["code"].as_str().map(str::to_owned),
            title: error["title"]
                .as_str()
                .or(error.as_str())
                .map(str::to_owned),
        })
        .filter(|problem| problem.code.is_some() || problem.title.is_some())
        .collect()
}

fn json(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body).ok().or_else(|| {
        // BSPK's own example of an error has single quotes (specs/bspk.yaml, "Validation").
        let text = str::from_utf8(body).ok()?;
        let single_quoted = text.trim_start().starts_with("{'");
        single_quoted.then(|| serde_json::from_str(&text.replace('\'', "\"")).ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITE: Operation = Operation {
        vendor: "bspk",
        name: "upsert_shopper",
        writes: true,
    };
    const READ: Operation = Operation {
        vendor: "gatsby",
        name: "get_shopper",
        writes: false,
    };

    fn failed(status: u16, body: &'static str) -> Error {
        Error::failed(
            &WRITE,
            StatusCode::from_u16(status).unwrap(),
            None,
            Bytes::from_static(body.as_bytes()),
        )
    }

    #[test]
    fn every_status_answers_one_question() {
        let questions = [
            Error::is_not_found,
            Error::is_unauthorized,
            Error::is_throttled,
            Error::is_rejected,
            Error::is_ambiguous,
        ];
        let cases = [
            (302, [false, false, false, false, false]),
            (400, [false, false, false, true, false]),
            (401, [false, true, false, false, false]),
            (403, [false, true, false, false, false]),
            (404, [true, false, false, false, false]),
            (409, [false, false, false, false, false]),
            (422, [false, false, false, true, false]),
            (429, [false, false, true, false, false]),
            (500, [false, false, false, false, true]),
            (503, [false, false, false, false, true]),
        ];

        for (status, expected) in cases {
            let err = failed(status, "");

            assert_eq!(
                questions.map(|question| question(&err)),
                expected,
                "{status}"
            );
            assert_eq!(err.status(), Some(status));
            assert!(!err.is_invalid());
            assert!(!err.is_timeout());
            assert!(!err.is_unreadable());
        }
    }

    #[test]
    fn a_read_is_never_ambiguous() {
        let err = Error::failed(&READ, StatusCode::BAD_GATEWAY, None, Bytes::new());

        assert!(!err.is_ambiguous());
    }

    #[test]
    fn a_write_that_was_answered_with_a_success_has_happened() {
        let err = Error::unreadable(
            &WRITE,
            StatusCode::CREATED,
            Unreadable::NotAsDescribed,
            Bytes::from_static(b"<html>"),
        );

        assert!(err.is_unreadable());
        assert!(!err.is_ambiguous());
        assert_eq!(err.status(), Some(201));
        assert_eq!(err.body(), Some(b"<html>".as_slice()));
    }

    #[test]
    fn problems_are_read_as_far_as_they_can_be() {
        type Read<'a> = (Option<&'a str>, Option<&'a str>);
        let cases: [(&str, &[Read<'_>]); 11] = [
            (
                r#"{"errors":[{"title":"No","code":"not_found"}]}"#,
                &[(Some("not_found"), Some("No"))],
            ),
            // As it stands in the vendor's document.
            (
                "{'errors':[{'title': 'No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]','code':'not_found'}]}",
                &[(
                    Some("not_found"),
                    Some("No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]"),
                )],
            ),
            (
                r#"{"errors":[{"code":"a"},{"title":"b"}]}"#,
                &[(Some("a"), None), (None, Some("b"))],
            ),
            (r#"{"errors":["gone"]}"#, &[(None, Some("gone"))]),
            (r#"{"errors":[{}, null, 7]}"#, &[]),
            (r#"{"errors":{"code":"a"}}"#, &[]),
            (r#"["errors"]"#, &[]),
            ("<html>502</html>", &[]),
            ("{'errors':[", &[]),
            ("", &[]),
            ("\u{feff}", &[]),
        ];

        for (body, expected) in cases {
            let problems = problems(body.as_bytes());

            let seen: Vec<_> = problems.iter().map(|it| (it.code(), it.title())).collect();
            assert_eq!(seen, expected, "{body}");
        }
        assert!(problems(b"\xff\xfe").is_empty());
    }

    #[test]
    fn a_message_names_the_operation_and_keeps_the_person_out() {
        let cases = [
            (
                r#"{"errors":[{"code":"not_found"}]}"#,
                "bspk upsert_shopper: answered 422, not_found",
            ),
            (
                r#"{"errors":[{"code":"a"},{"code":"b"},{"code":"c"},{"code":"d"}]}"#,
                "bspk upsert_shopper: answered 422, a, b, c",
            ),
            (
                r#"{"errors":[{"code":"john@example.com","title":"John"}]}"#,
                "bspk upsert_shopper: answered 422",
            ),
            (
                r#"{"errors":[{"code":"5511987669944"}]}"#,
                "bspk upsert_shopper: answered 422",
            ),
            ("John Meyer", "bspk upsert_shopper: answered 422"),
        ];

        for (body, expected) in cases {
            let err = failed(422, body);

            assert_eq!(err.to_string(), expected);
            assert_eq!(format!("{err:?}"), format!("Error({expected})"));
        }
    }

    #[test]
    fn an_error_is_one_word_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
