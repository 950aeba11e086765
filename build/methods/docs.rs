//! The documentation of a public method: the document's words, the errors that it can come to, and cancellation.

use super::{Effect, Idempotency, Location, Method, Order, Pages, lines};

impl Method<'_> {
    /// Writes the lines of the doc comment.
    pub(super) fn document(&self) -> Vec<String> {
        let operation = self.operation;
        let mut docs = lines(&operation.summary);
        if let Some(last) = docs.last_mut()
            && !last.ends_with('.')
        {
            last.push('.');
        }
        let description = lines(&operation.description);
        let said = |it: &[String]| it.join(" ").trim_end_matches('.').to_owned();
        if docs.is_empty() {
            docs = description;
        } else if !description.is_empty() && said(&description) != said(&docs) {
            docs.push(String::new());
            docs.extend(description);
        }
        if docs.is_empty() {
            docs.push(format!(
                " Calls `{}`, of which the document says nothing.",
                operation.name
            ));
        }
        let mut add = |paragraph: String| docs.extend([String::new(), paragraph]);
        if !self.docs.is_empty() {
            add(self.docs.join("\n"));
        }
        if operation.pages == Some(Pages::Link) {
            add(" Nothing is sent until a record or a page is asked for.".to_owned());
        }
        add(format!(
            " Sends `{} {}`, as {} describes it.",
            operation.method, operation.path, operation.document
        ));
        add(" # Errors".to_owned());
        add(self
            .errors()
            .iter()
            .map(|it| format!(" - {it}"))
            .collect::<Vec<_>>()
            .join("\n"));
        add(" # Cancellation".to_owned());
        add(match (operation.effect, &operation.idempotency) {
            (Effect::Read, _) => " Dropping the future does no harm.".to_owned(),
            (_, Idempotency::Always) => {
                " Dropping the future does not undo what was sent. Calling again is harmless.".to_owned()
            }
            (_, Idempotency::Never) => {
                " Dropping the future does not undo what was sent, and calling again may do it twice. Run the call in \
                 [a task of its own](crate::deploying#calls-that-are-dropped)."
                    .to_owned()
            }
            (_, Idempotency::With(field)) => format!(
                " Dropping the future does not undo what was sent. With a `{field}`, calling again is harmless; without \
                 one it may do it twice, so run the call in [a task of its own](crate::deploying#calls-that-are-dropped)."
            ),
        });
        docs.iter()
            .flat_map(|it| it.split('\n'))
            .map(str::to_owned)
            .collect()
    }

    /// The errors that this operation can come to.
    fn errors(&self) -> Vec<String> {
        let operation = self.operation;
        let is = |predicate: &str| format!("[`{predicate}`](crate::Error::{predicate})");
        let writes = operation.effect == Effect::Write;
        let has_path = operation.with(Location::Path).next().is_some();
        let is_validated = operation.body.as_ref().is_some_and(|it| it.is_validated);
        let mut errors = Vec::new();
        if self.is_guarded || is_validated {
            let what = match (self.is_guarded, is_validated) {
                (true, false) => "A value that cannot stand in a path",
                (false, _) => "A body that breaks a rule which is checked here",
                (true, true) => {
                    "A value that cannot stand in a path, or a body that breaks a rule which is checked here"
                }
            };
            errors.push(format!("{what}: {}, nothing was sent.", is("is_invalid")));
        }
        errors.push(format!(
            "A key that is not accepted: {}.",
            is("is_unauthorized")
        ));
        if has_path {
            errors.push(format!("No such record: {}.", is("is_not_found")));
        }
        let is_checked = self.given.iter().any(|it| it.order != Order::Path);
        if is_checked || !self.optional.is_empty() {
            errors.push(format!(
                "A value that the vendor does not accept: {}, with [`problems`](crate::Error::problems).",
                is("is_rejected")
            ));
        }
        errors.push(format!(
            "No permit before the deadline, or a 429 until then: {}, with the wait in [`retry_after`](crate::Error::retry_after).",
            is("is_throttled")
        ));
        errors.push(if writes {
            let again = match &operation.idempotency {
                Idempotency::Always => {
                    "It was tried again, and calling once more is harmless.".to_owned()
                }
                Idempotency::Never => "It is never sent again.".to_owned(),
                Idempotency::With(field) => {
                    format!(
                        "With a `{field}` it was tried again, and calling once more is harmless."
                    )
                }
            };
            format!(
                "No answer, or one in the 500s: {}. {again}",
                is("is_ambiguous")
            )
        } else {
            format!(
                "No answer, or one in the 500s, each time: {}.",
                is("is_unavailable")
            )
        });
        errors.push(format!(
            "An answer that is not as described: {}{}.",
            is("is_unreadable"),
            if writes { "; it was carried out" } else { "" }
        ));
        errors
    }
}
