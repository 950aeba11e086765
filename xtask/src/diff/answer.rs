//! Answers: statuses, headers, bodies, links.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::{Place, quoted},
    compare::Comparison,
    document::{at, is_extension, is_set, members_of},
    operation::Operation,
    rule::Id,
    words,
};

type Answers<'a> = BTreeMap<String, &'a Value>;

impl<'a> Comparison<'a> {
    /// Compares the answers of two operations, status by status.
    pub fn answers(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        let (was, is) = (answers(old.value), answers(new.value));
        for (status, old) in &was {
            let place = self.received(format!("answer {status}"));
            match covering(&is, status) {
                Some((other, new)) => {
                    if other != status {
                        let what = format!("is covered by {other} now");
                        self.note(Id::Words, &place, what);
                    }
                    self.answer(old, new, &place);
                }
                None if is
                    .keys()
                    .any(|it| narrows(it, status) && !was.contains_key(it)) =>
                {
                    self.note(Id::Words, &place, "is said status by status now");
                }
                None if is_failure(status, &was) => {
                    self.note(Id::FailureRemoved, &place, "is gone");
                }
                None => self.note(Id::AnswerRemoved, &place, "is gone"),
            }
        }
        for (status, new) in is.iter().filter(|(status, _)| !was.contains_key(*status)) {
            let place = self.received(format!("answer {status}"));
            match covering(&was, status) {
                // A default stands for whatever is not said, so what is said now is news.
                Some((other, old)) if other != "default" => {
                    let what = format!("is said beside {other}, which covered it");
                    self.note(Id::Words, &place, what);
                    self.answer(old, new, &place);
                }
                _ if is_failure(status, &is) => self.note(Id::FailureAdded, &place, "is new"),
                _ => self.note(Id::AnswerAdded, &place, "is new"),
            }
        }
        let (was, is) = (at(old.value, "responses"), at(new.value, "responses"));
        for (key, was, is) in words::differing(was.unwrap_or(&NONE), is.unwrap_or(&NONE)) {
            if is_extension(key) {
                let place = self.received("answers");
                self.note(Id::Words, &place, words::change(key, was, is));
            }
        }
    }

    fn answer(&mut self, old: &'a Value, new: &'a Value, place: &Place) {
        let (old, new) = self.resolved(old, new, place);
        self.rest(old, new, &["headers", "content", "links"], place);
        self.content(at(old, "content"), at(new, "content"), place);
        self.headers(old, new, place);
        self.links(old, new, place);
    }

    fn headers(&mut self, old: &'a Value, new: &'a Value, place: &Place) {
        // OpenAPI 3.0.3, "Response Object": a header called Content-Type is ignored.
        let headers = |answer: &'a Value| -> BTreeMap<String, (&'a str, &'a Value)> {
            members_of(answer, "headers")
                .map(|(name, header)| (name.to_lowercase(), (name, header)))
                .collect()
        };
        let (was, is) = (headers(old), headers(new));
        for (key, (name, old)) in &was {
            let place = place.then(format_args!("header {}", quoted(name)));
            if key == "content-type" {
                if is.get(key).map(|(_, new)| new) != Some(old) {
                    self.note(Id::Words, &place, "changed here, where OpenAPI ignores it");
                }
                continue;
            }
            let Some((_, new)) = is.get(key) else {
                self.note(Id::HeaderRemoved, &place, "is gone");
                continue;
            };
            let (old, new) = self.resolved(old, new, &place);
            match (is_set(old, "required"), is_set(new, "required")) {
                (false, true) => self.note(Id::HeaderNowRequired, &place, "is always there now"),
                (true, false) => self.note(Id::HeaderNowOptional, &place, "may be absent now"),
                _ => {}
            }
            self.written("header", old, new, &place);
        }
        for (key, (name, _)) in is.iter().filter(|(key, _)| !was.contains_key(*key)) {
            let place = place.then(format_args!("header {}", quoted(name)));
            match key.as_str() {
                "content-type" => {
                    self.note(Id::Words, &place, "is new here, where OpenAPI ignores it")
                }
                _ => self.note(Id::HeaderAdded, &place, "is new"),
            }
        }
    }

    fn links(&mut self, old: &'a Value, new: &'a Value, place: &Place) {
        let was: BTreeMap<_, _> = members_of(old, "links").collect();
        let is: BTreeMap<_, _> = members_of(new, "links").collect();
        for (name, old) in &was {
            let place = place.then(format_args!("link {}", quoted(name)));
            let Some(new) = is.get(name) else {
                self.note(Id::LinkChanged, &place, "is gone");
                continue;
            };
            let (old, new) = self.resolved(old, new, &place);
            for (key, was, is) in words::differing(old, new) {
                let id = match words::id(key) {
                    Id::Words => Id::Words,
                    _ => Id::LinkChanged,
                };
                self.note(id, &place, words::change(key, was, is));
            }
        }
        for name in is.keys().filter(|name| !was.contains_key(*name)) {
            let place = place.then(format_args!("link {}", quoted(name)));
            self.note(Id::LinkChanged, &place, "is new");
        }
    }
}

static NONE: Value = Value::Null;

/// The answers of an operation by status, `2xx` as `2XX`.
fn answers(operation: &Value) -> Answers<'_> {
    members_of(operation, "responses")
        .filter(|(status, _)| !is_extension(status))
        .map(|(status, answer)| match status.to_uppercase() {
            upper if upper.ends_with("XX") => (upper, answer),
            _ => (status.to_owned(), answer),
        })
        .collect()
}

/// The answer that a status gets: its own, that of its range, the default.
fn covering<'a, 'b>(answers: &'b Answers<'a>, status: &str) -> Option<(&'b str, &'a Value)> {
    let range = status.get(..1).map(|first| format!("{first}XX"));
    let mut keys = vec![status.to_owned()];
    keys.extend(range.filter(|_| status != "default"));
    // What only a default covers of a success is no longer told to be one.
    if !is_success(status) {
        keys.push("default".to_owned());
    }
    keys.iter()
        .find_map(|key| answers.get_key_value(key))
        .map(|(key, answer)| (key.as_str(), *answer))
}

/// Whether a status is one of a range.
fn narrows(status: &str, range: &str) -> bool {
    let class = range.strip_suffix("XX");
    status != range && class.is_some_and(|class| status.starts_with(class))
}

fn is_success(status: &str) -> bool {
    matches!(status.as_bytes().first(), Some(b'1'..=b'3'))
}

/// Whether a status is one of failure. A default is, where another status is one of success.
fn is_failure(status: &str, answers: &Answers<'_>) -> bool {
    match status {
        "default" => answers.keys().any(|status| is_success(status)),
        _ => !is_success(status),
    }
}
