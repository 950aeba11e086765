//! One call, and what to do next if it fails.

use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};
use shoppers::{Buildable, Builder, Error, ErrorKind, Problem};

use crate::{
    exit::{Exit, Failure},
    output::{self, Format},
    time,
};

/// How long a call may take.
#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Connection")]
pub struct Patience {
    /// How long to go on, with all waits and attempts. The vendor's quota may need some of it.
    #[arg(long, value_parser = time::some, default_value = "60s", value_name = "TIME")]
    deadline: Duration,
}

impl Patience {
    /// The same builder with this deadline.
    pub fn of<C: Buildable>(&self, builder: Builder<C>) -> Builder<C> {
        builder.deadline(self.deadline)
    }
}

/// What is to be known of a call to tell its failure.
pub struct Call {
    /// What to do when it may have been carried out. For a call that only reads, nothing can have been.
    pub in_doubt: &'static str,
    /// Where the key comes from.
    pub key: &'static str,
}

impl Call {
    /// Makes it. If it is interrupted, that is told as what it is: in doubt.
    pub async fn make<T>(
        &self,
        output: Format,
        sent: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Failure> {
        let outcome = tokio::select! {
            outcome = sent => outcome,
            Ok(()) = tokio::signal::ctrl_c() => return Err(self.interrupted()),
        };
        match outcome {
            Ok(answer) => Ok(answer),
            Err(err) => {
                // Before the error, as it says that it is there.
                if let Some(said) = said(&err) {
                    output::print(&match output {
                        Format::Json => said.to_string(),
                        Format::Text => words(&err),
                    })?;
                }
                Err(self.failure(&err))
            }
        }
    }

    /// Prints its answer.
    pub fn tell(&self, answer: &str) -> Result<Exit, Failure> {
        match output::print(answer) {
            Ok(()) => Ok(Exit::Done),
            Err(failure) if self.in_doubt.is_empty() => Err(failure),
            Err(failure) => Err(failure.next("the call was carried out all the same")),
        }
    }

    fn interrupted(&self) -> Failure {
        match self.in_doubt {
            "" => Failure::stopped("interrupted"),
            next => Failure::new(
                Exit::Incomplete,
                "ambiguous",
                "interrupted; the call may have been carried out",
            )
            .next(next),
        }
    }

    /// How the program ends with an error, and what to do next.
    fn judge(&self, err: &Error) -> (Exit, String) {
        use Exit::{Incomplete, Stopped, Usage};

        match err.kind() {
            ErrorKind::Ambiguous => (Incomplete, self.in_doubt.into()),
            ErrorKind::Invalid => (Usage, String::new()),
            ErrorKind::Unauthorized => {
                let next = format!(
                    "check the key ({} or --key-file), or ask `shoppers doctor`",
                    self.key
                );
                (Stopped, next)
            }
            ErrorKind::Throttled => {
                let next = "it was not carried out; try again later, or with a longer --deadline";
                (Stopped, next.into())
            }
            ErrorKind::Unavailable if err.is_not_sent() => {
                (Stopped, "try again later, or ask `shoppers doctor`".into())
            }
            ErrorKind::Unavailable => (Stopped, "the vendor is down; try again later".into()),
            ErrorKind::Duplicate => {
                let ids = err.duplicates().join(", ");
                (Incomplete, format!("nothing was written; they are {ids}"))
            }
            ErrorKind::Unreadable => {
                let next = match err.writes() {
                    true => "it was carried out; do not send it again",
                    // In the middle of an ensure, too.
                    false => "nothing was written; ask again, or look at the vendor",
                };
                (Incomplete, next.into())
            }
            ErrorKind::Rejected => {
                let next = match err.problems() {
                    [] => "it was not carried out; correct it, and send it again",
                    _ => "it was not carried out; the vendor's words are on stdout",
                };
                (Incomplete, next.into())
            }
            ErrorKind::NotFound => (
                Incomplete,
                "check what was asked for, and the base URL".into(),
            ),
            // A redirect, which nothing can come of.
            _ if err.status().is_none_or(|status| status < 400) => {
                (Stopped, "check the base URL".into())
            }
            _ => (Incomplete, "ask `shoppers doctor`".into()),
        }
    }

    fn failure(&self, err: &Error) -> Failure {
        let (exit, next) = self.judge(err);
        let failure = Failure::new(exit, err.kind().as_str(), err.to_string())
            .fact("status", err.status())
            .fact("attempts", err.attempts());
        let failure = match err.duplicates() {
            [] => failure,
            ids => failure.fact("duplicates", ids),
        };
        match next.is_empty() {
            true => failure,
            false => failure.next(next),
        }
    }
}

/// What the vendor said to a refusal, as JSON.
fn said(err: &Error) -> Option<Value> {
    if err.problems().is_empty() {
        return None;
    }
    let body = err
        .body()
        .and_then(|body| serde_json::from_slice(body).ok());
    // The vendor's own example is not JSON.
    Some(body.unwrap_or_else(|| {
        let problem = |it: &Problem| json!({"code": it.code(), "title": it.title()});
        json!({"errors": err.problems().iter().map(problem).collect::<Vec<_>>()})
    }))
}

/// What the vendor said to a refusal, for people.
fn words(err: &Error) -> String {
    let line = |problem: &Problem| {
        let parts: Vec<String> = [problem.code(), problem.title()]
            .into_iter()
            .flatten()
            .map(output::harmless)
            .collect();
        format!("refused: {}", parts.join(": "))
    };
    err.problems()
        .iter()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}
