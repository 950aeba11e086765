//! A call: makes it, prints its answer, and advises on its failure.

use serde_json::{Value, json};
use shoppers::{Error, ErrorKind, Problem};

use crate::{
    exit::{Exit, Failure},
    output::{self, Format},
};

/// A call, as far as its failure depends on it.
pub struct Call {
    /// The advice if its outcome is unknown; `None` for a call that only reads.
    pub if_ambiguous: Option<String>,
    /// The variable that contains the key.
    pub key_variable: &'static str,
}

impl Call {
    /// Makes the call. If it is interrupted and may write, its outcome is unknown.
    pub async fn make<T>(
        &self,
        output: Format,
        sent: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Failure> {
        let outcome = tokio::select! {
            outcome = sent => outcome,
            Ok(()) = tokio::signal::ctrl_c() => return Err(self.interrupted()),
        };
        if let Err(err) = &outcome
            && !err.is_invalid()
            && !err.problems().is_empty()
        {
            output::print(&match output {
                Format::Json => problems_json(err).to_string(),
                Format::Text => problems_text(err),
            })?;
        }
        outcome.map_err(|err| self.failure(&err))
    }

    /// Prints the answer.
    pub fn print(&self, answer: &str) -> Result<Exit, Failure> {
        output::print(answer).map_err(|failure| match self.if_ambiguous {
            None => failure,
            Some(_) => failure.next("the call was carried out anyway"),
        })?;
        Ok(Exit::Done)
    }

    fn interrupted(&self) -> Failure {
        let Some(advice) = &self.if_ambiguous else {
            return Failure::stopped("interrupted");
        };
        let message = "interrupted; the call may have been carried out";
        Failure::new(Exit::Incomplete, "ambiguous", message).next(advice.as_str())
    }

    fn failure(&self, err: &Error) -> Failure {
        let (exit, advice) = self.judge(err);
        let mut failure = Failure::new(exit, err.kind().as_str(), err.to_string())
            .fact("status", err.status())
            .fact("attempts", err.attempts());
        if !err.duplicates().is_empty() {
            failure = failure.fact("duplicates", err.duplicates());
        }
        match advice {
            Some(advice) => failure.next(advice),
            None => failure,
        }
    }

    /// Returns the exit code and the advice for an error.
    fn judge(&self, err: &Error) -> (Exit, Option<String>) {
        use Exit::{Incomplete, Stopped, Usage};

        let (exit, advice) = match err.kind() {
            ErrorKind::Ambiguous => return (Incomplete, self.if_ambiguous.clone()),
            ErrorKind::Invalid => return (Usage, None),
            ErrorKind::Unauthorized => {
                let key = self.key_variable;
                let advice =
                    format!("check the key ({key} or --key-file), or run `shoppers doctor`");
                return (Stopped, Some(advice));
            }
            ErrorKind::Duplicate => {
                let ids = err.duplicates().join(", ");
                let advice = format!("nothing was written; the shoppers that match are {ids}");
                return (Incomplete, Some(advice));
            }
            ErrorKind::Throttled => (
                Stopped,
                "it was not carried out; try again later, or with a longer --deadline",
            ),
            ErrorKind::Unavailable if err.is_not_sent() => {
                (Stopped, "try again later, or run `shoppers doctor`")
            }
            ErrorKind::Unavailable => (Stopped, "the vendor is down; try again later"),
            ErrorKind::Unreadable if err.writes() => {
                (Incomplete, "it was carried out; do not send it again")
            }
            // Also in the middle of an ensure.
            ErrorKind::Unreadable => (
                Incomplete,
                "nothing was written; try again, or look at the vendor",
            ),
            ErrorKind::Rejected if err.problems().is_empty() => (
                Incomplete,
                "it was not carried out; correct it, and send it again",
            ),
            ErrorKind::Rejected => (
                Incomplete,
                "it was not carried out; the vendor's reasons are on stdout",
            ),
            ErrorKind::NotFound => (Incomplete, "check the id or the search, and the base URL"),
            // A redirect, which no vendor documents.
            _ if err.status().is_none_or(|status| status < 400) => (Stopped, "check the base URL"),
            _ => (Incomplete, "run `shoppers doctor`"),
        };
        (exit, Some(advice.to_owned()))
    }
}

/// Returns the vendor's reasons for a refusal as JSON, also if they are not quite JSON, as in BSPK's own example.
fn problems_json(err: &Error) -> Value {
    let body = err.body().map(serde_json::from_slice);
    let problem = |it: &Problem| json!({"code": it.code(), "title": it.title()});
    body.and_then(Result::ok).unwrap_or_else(
        || json!({"errors": err.problems().iter().map(problem).collect::<Vec<_>>()}),
    )
}

/// Returns the vendor's reasons for a refusal, one per line.
fn problems_text(err: &Error) -> String {
    let line = |problem: &Problem| {
        let parts = [problem.code(), problem.title()].into_iter().flatten();
        let parts: Vec<String> = parts.map(output::harmless).collect();
        format!("refused: {}", parts.join(": "))
    };
    let lines: Vec<String> = err.problems().iter().map(line).collect();
    lines.join("\n")
}
