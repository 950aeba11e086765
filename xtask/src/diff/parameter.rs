//! Parameters of requests, and how their values are written.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::{Place, quoted},
    compare::Comparison,
    document::{Document, at, is_set, items_of, text},
    operation::Operation,
    rule::Id,
    shape::Shape,
};

/// Headers that OpenAPI describes elsewhere (OpenAPI 3.0.3, "Parameter Object").
const ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// The keys of a parameter, or of a header, that are compared here.
const KNOWN: [&str; 10] = [
    "name",
    "in",
    "required",
    "deprecated",
    "allowEmptyValue",
    "style",
    "explode",
    "allowReserved",
    "schema",
    "content",
];

/// Where a parameter is sent, and what tells it from others there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    place: &'a str,
    name: String,
}

type Parameters<'a> = BTreeMap<Key<'a>, &'a Value>;

/// One of a path that the document does not describe.
static UNDESCRIBED: Value = Value::Null;

impl<'a> Comparison<'a> {
    /// Compares all parameters of an operation, those of its path included.
    pub fn parameters(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        self.path_names(old, new);
        let mut was = parameters(self.old, old);
        let mut is = parameters(self.new, new);
        let both: Vec<_> = was
            .keys()
            .filter(|key| is.contains_key(key))
            .cloned()
            .collect();
        for key in both {
            if let (Some(was), Some(is)) = (was.remove(&key), is.remove(&key)) {
                let place = self.place(&key, self.old.resolve(was));
                let (was, is) = self.resolved(was, is, &place);
                self.parameter(&key, was, is, &place);
            }
        }
        self.moved(&mut was, &mut is);
        for (key, was) in was {
            let place = self.place(&key, self.old.resolve(was));
            match has_effect(&key) {
                true => self.note(Id::ParameterRemoved, &place, "is gone"),
                false => self.elsewhere(&place),
            }
        }
        for (key, is) in is {
            let is = self.new.resolve(is);
            let place = self.place(&key, is);
            match (has_effect(&key), is_set(is, "required")) {
                (false, _) => self.elsewhere(&place),
                (true, true) => {
                    self.note(Id::RequiredParameterAdded, &place, "is new and required");
                }
                (true, false) => self.note(Id::ParameterAdded, &place, "is new"),
            }
        }
    }

    /// The names in a path's braces do not travel.
    fn path_names(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        for (was, is) in names(old.path).into_iter().zip(names(new.path)) {
            if was != is {
                let place = self.sent(format!("path parameter {}", quoted(was)));
                let what = format!("is called {is:?} now");
                self.note(Id::PathParameterRenamed, &place, what);
            }
        }
    }

    /// A name that is gone in one place and new in another.
    fn moved(&mut self, old: &mut Parameters<'a>, new: &mut Parameters<'a>) {
        let keys: Vec<_> = old.keys().cloned().collect();
        for from in keys {
            let name = |document: &Document, value: &Value| {
                text(document.resolve(value), "name").map(str::to_lowercase)
            };
            let was = old.get(&from).and_then(|value| name(self.old, value));
            let to = new
                .iter()
                .find(|(_, value)| was.is_some() && name(self.new, value) == was)
                .map(|(to, _)| to.clone());
            if let Some(to) = to
                && let Some(was) = old.remove(&from)
            {
                new.remove(&to);
                let place = self.place(&from, self.old.resolve(was));
                let what = format!("is sent as {} parameter now", to.place);
                self.note(Id::ParameterMoved, &place, what);
            }
        }
    }

    fn parameter(&mut self, key: &Key<'a>, old: &'a Value, new: &'a Value, place: &Place) {
        if !has_effect(key) {
            if old != new {
                self.elsewhere(place);
            }
            return;
        }
        if key.place != "path" {
            match (is_set(old, "required"), is_set(new, "required")) {
                (false, true) => self.note(Id::ParameterNowRequired, place, "is required now"),
                (true, false) => self.note(Id::ParameterNowOptional, place, "is optional now"),
                _ => {}
            }
        } else if old.get("required") != new.get("required") {
            let what = "another word on whether it is required, as every path parameter is";
            self.note(Id::Words, place, what);
        }
        match (
            is_set(old, "allowEmptyValue"),
            is_set(new, "allowEmptyValue"),
        ) {
            (false, true) => self.note(Id::EmptyAllowed, place, "may be empty"),
            (true, false) => self.note(Id::EmptyRefused, place, "may no longer be empty"),
            _ => {}
        }
        let (was, is) = (is_set(old, "allowReserved"), is_set(new, "allowReserved"));
        if was != is {
            let what = format!("allowReserved was {was}, is {is}");
            self.note(Id::ReservedChanged, place, what);
        }
        self.written(key.place, old, new, place);
    }

    /// What parameters have in common with the headers of answers: how the value is written, and what it may be.
    pub fn written(&mut self, sent_in: &str, old: &'a Value, new: &'a Value, place: &Place) {
        self.deprecation(is_set(old, "deprecated"), is_set(new, "deprecated"), place);
        self.rest(old, new, &KNOWN, place);
        let (was, is) = (style(sent_in, old), style(sent_in, new));
        let (old_content, new_content) = (at(old, "content"), at(new, "content"));
        if old_content.is_some() != new_content.is_some() {
            let what = match new_content.is_some() {
                true => "is written as a media type now, no longer by style",
                false => "is written by style now, no longer as a media type",
            };
            return self.note(Id::SerializationChanged, place, what);
        }
        self.content(old_content, new_content, place);
        let (old_schema, new_schema) = (at(old, "schema"), at(new, "schema"));
        if was != is {
            let what = format!("style was {}, is {}", told(was), told(is));
            let is_plain = |document: &'a Document, schema: Option<&'a Value>| {
                let parts: Vec<_> = schema.into_iter().collect();
                Shape::of(document, &parts).kind.is_plain()
            };
            // A single value is written alike with and without `explode`.
            let is_harmless =
                was.0 == is.0 && is_plain(self.old, old_schema) && is_plain(self.new, new_schema);
            match is_harmless {
                true => self.note(Id::Words, place, what),
                false => self.note(Id::SerializationChanged, place, what),
            }
        }
        self.schema(old_schema, new_schema, place);
    }

    fn elsewhere(&mut self, place: &Place) {
        let what = "changed here, where OpenAPI ignores it";
        self.note(Id::Words, place, what);
    }

    fn place(&self, key: &Key<'_>, parameter: &Value) -> Place {
        let name = text(parameter, "name").unwrap_or(&key.name);
        self.sent(format!("{} parameter {}", key.place, quoted(name)))
    }
}

/// The parameters of an operation; one of its own takes the place of one of its path.
fn parameters<'a>(document: &'a Document, operation: &Operation<'a>) -> Parameters<'a> {
    let names = names(operation.path);
    let mut parameters = Parameters::new();
    for (index, _) in names.iter().enumerate() {
        parameters.insert(in_path(index), &UNDESCRIBED);
    }
    let listed =
        items_of(operation.item, "parameters").chain(items_of(operation.value, "parameters"));
    for parameter in listed {
        let meant = document.resolve(parameter);
        let name = text(meant, "name").unwrap_or_default();
        let key = match text(meant, "in") {
            Some("path") => match names.iter().position(|known| *known == name) {
                Some(index) => in_path(index),
                None => Key {
                    place: "path",
                    name: name.to_owned(),
                },
            },
            Some("header") => Key {
                place: "header",
                name: name.to_lowercase(),
            },
            place => Key {
                place: place.unwrap_or("query"),
                name: name.to_owned(),
            },
        };
        parameters.insert(key, parameter);
    }
    parameters
}

fn in_path(index: usize) -> Key<'static> {
    Key {
        place: "path",
        name: format!("number {}", index + 1),
    }
}

/// The names in the braces of a path, in their order.
pub fn names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn has_effect(key: &Key<'_>) -> bool {
    key.place != "header" || !ELSEWHERE.contains(&key.name.as_str())
}

/// How a value is written (OpenAPI 3.0.3, "Parameter Object": the defaults of style and explode).
fn style<'a>(sent_in: &str, parameter: &'a Value) -> (&'a str, bool) {
    let default = match sent_in {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    let style = text(parameter, "style").unwrap_or(default);
    let explode = match at(parameter, "explode") {
        Some(explode) => explode == &Value::Bool(true),
        None => style == "form",
    };
    (style, explode)
}

fn told((style, explode): (&str, bool)) -> String {
    match explode {
        true => format!("{style} exploded"),
        false => style.to_owned(),
    }
}
