//! The texts of errors. They hold nothing of a person.

use std::{borrow::Cow, error, fmt};

use super::{Error, Kind, Lost, Problem, Unreadable};
use crate::{Operation, quota::AcquireError};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Operation { vendor, name, .. }) = self.0.operation {
            write!(f, "{vendor} {name}: ")?;
        }
        match &self.0.kind {
            Kind::Invalid(message) => f.write_str(message),
            Kind::NotSent(_) if self.is_timeout() => {
                f.write_str("not sent, the connection took too long")
            }
            Kind::NotSent(_) => f.write_str("not sent, no connection"),
            Kind::NoTurn {
                why: AcquireError::QueueFull,
                ..
            } => {
                f.write_str("not sent, too many callers wait for the quota")
            }
            Kind::NoTurn {
                why: AcquireError::DeadlineExceeded,
                ..
            } => {
                f.write_str("not sent, its turn would come after the deadline")
            }
            Kind::Unanswered(Lost::RuntimeGone) => {
                f.write_str("the tokio runtime was shut down before an answer")
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
                let codes = problems.iter().filter_map(Problem::known_code);
                codes.take(3).try_for_each(|code| write!(f, ", {code}"))
            }
            Kind::Unreadable { status, why, .. } => {
                write!(f, "answered {}, ", status.as_u16())?;
                f.write_str(match why {
                    Unreadable::Broken(Lost::Broken(_)) => "but the answer broke off",
                    Unreadable::Broken(Lost::RuntimeGone) => "but the tokio runtime was shut down",
                    Unreadable::Broken(Lost::TooLate) => "but the answer did not end in time",
                    Unreadable::TooLong => "but the answer is longer than is read",
                    Unreadable::NotAsDescribed => "but not with what it should hold",
                    Unreadable::KeyNotShown => {
                        "but the shopper does not show the key that was searched by; look it up by hand"
                    }
                    Unreadable::NextElsewhere => {
                        "but its Link header names a next page at another host or path, which is not asked for"
                    }
                    Unreadable::NextAgain => {
                        "but its Link header names a next page that was there before; report it to the vendor"
                    }
                    Unreadable::NoTotal => "but without the number of records (X-Total-Count)",
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
        if self.0.ambiguous && !self.is_attempt_ambiguous() {
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
            Kind::NotSent(Lost::Broken(err))
            | Kind::Unanswered(Lost::Broken(err))
            | Kind::Unreadable {
                why: Unreadable::Broken(Lost::Broken(err)),
                ..
            } => Some(err),
            _ => None,
        }
    }
}

impl Error {
    /// The error in a word, as OpenTelemetry wants it for `error.type`: a status, or the kind.
    pub(crate) fn label(&self) -> Cow<'static, str> {
        match &self.0.kind {
            Kind::Answered { status, .. } => status.as_u16().to_string().into(),
            _ => self.kind().as_str().into(),
        }
    }
}
