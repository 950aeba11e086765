//! Operations: which one became which, and everything that one has.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::{EVERYWHERE, Place},
    compare::Comparison,
    document::{Document, at, is_extension, is_set, members_of, text},
    pairing,
    rule::{Id, Side},
    schema::what,
    words,
};

/// The methods that a path may have (OpenAPI 3.0.3, "Path Item Object").
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What may be referred to. It counts where it is used, and not by itself.
const COMPONENTS: [&str; 9] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
];

/// An operation, and the path that it belongs to.
#[derive(Clone, Debug)]
pub struct Operation<'a> {
    /// In capitals.
    pub method: String,
    pub path: &'a str,
    pub item: &'a Value,
    pub value: &'a Value,
}

impl<'a> Operation<'a> {
    /// What it has, or else its path; nothing, if the document decides.
    fn own(&self, key: &str) -> Option<&'a Value> {
        at(self.value, key).or_else(|| at(self.item, key))
    }

    pub fn id(&self) -> Option<&'a str> {
        text(self.value, "operationId")
    }
}

/// Every operation of a document, in the order of its paths.
pub fn operations(document: &Document) -> Vec<Operation<'_>> {
    members_of(document.value(), "paths")
        .filter(|(path, _)| !is_extension(path))
        .flat_map(|(path, item)| of_path(document, path, item))
        .collect()
}

/// The operations of a path.
pub fn of_path<'a>(document: &'a Document, path: &'a str, item: &'a Value) -> Vec<Operation<'a>> {
    let item = document.resolve(item);
    METHODS
        .iter()
        .filter_map(|method| {
            Some(Operation {
                method: method.to_uppercase(),
                path,
                item,
                value: at(item, method)?,
            })
        })
        .collect()
}

/// Compares two documents: all operations, then what is said of them all.
pub fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (operations(comparison.old), operations(comparison.new));
    let pairs = pairing::pair((comparison.old, old), (comparison.new, new));
    for gone in &pairs.gone {
        comparison.enter(&gone.method, gone.path);
        let what = match is_set(gone.value, "deprecated") {
            true => "is gone, as was announced by its deprecation",
            false => "is gone",
        };
        comparison.note(Id::OperationRemoved, &call(Side::Sent), what);
    }
    for fresh in &pairs.fresh {
        comparison.enter(&fresh.method, fresh.path);
        comparison.note(Id::OperationAdded, &call(Side::Sent), "is new");
    }
    for (old, new) in &pairs.kept {
        comparison.enter(&old.method, old.path);
        comparison.operation(old, new);
        for (key, place) in [("security", "security"), ("servers", "servers")] {
            let (was, is) = (own(old, key), own(new, key));
            if was.is_some() || is.is_some() {
                let was = was.or_else(|| at(comparison.old.value(), key));
                let is = is.or_else(|| at(comparison.new.value(), key));
                comparison.circumstances(key, was, is, &Place::new(Side::Sent, place));
            }
        }
    }
    comparison.leave();
    comparison.document(&pairs.kept);
}

/// What an operation says itself of its security or servers.
fn own<'a>(operation: &Operation<'a>, key: &str) -> Option<&'a Value> {
    match key {
        "security" => at(operation.value, key),
        _ => operation.own(key),
    }
}

/// The place of an operation as a whole.
fn call(side: Side) -> Place {
    Place::new(side, "operation")
}

impl<'a> Comparison<'a> {
    /// Compares what two operations have of their own.
    pub fn operation(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        let is_moved = old.method != new.method || shape(old.path) != shape(new.path);
        if is_moved {
            let what = format!("is {} {} now", new.method, new.path);
            self.note(Id::OperationRenamed, &call(Side::Sent), what);
        }
        if old.id() != new.id() {
            let (was, is) = (at(old.value, "operationId"), at(new.value, "operationId"));
            let place = Place::new(Side::Around, "operationId");
            self.note(
                Id::OperationRenamed,
                &place,
                words::change("operationId", was, is),
            );
        }
        let around = call(Side::Around);
        let (was, is) = (
            is_set(old.value, "deprecated"),
            is_set(new.value, "deprecated"),
        );
        self.deprecation(was, is, &around);
        let known = [
            "operationId",
            "deprecated",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "security",
            "servers",
        ];
        self.rest(old.value, new.value, &known, &around);
        self.parameters(old, new);
        self.body(old, new);
        self.answers(old, new);
        self.callbacks(old, new);
    }

    /// Compares lists of keys or of servers.
    fn circumstances(
        &mut self,
        key: &str,
        old: Option<&Value>,
        new: Option<&Value>,
        place: &Place,
    ) {
        match key {
            "security" => self.security(old, new, place),
            _ => self.servers(old, new, place),
        }
    }

    /// Compares what holds for the whole document.
    fn document(&mut self, kept: &[(Operation<'a>, Operation<'a>)]) {
        let (old, new) = (self.old.value(), self.new.value());
        for key in ["security", "servers"] {
            let (was, is) = (at(old, key), at(new, key));
            let place = Place::new(Side::Sent, key);
            let inherits = |operation: &Operation<'_>| own(operation, key).is_none();
            let is_needed = kept.iter().any(|(old, new)| inherits(old) && inherits(new));
            if is_needed || kept.is_empty() {
                self.circumstances(key, was, is, &place);
            } else {
                let changes = self.trial(|it| it.circumstances(key, was, is, &place));
                for change in changes {
                    let what = format!("{}, but every operation has its own", what(&change.text));
                    self.note(Id::Words, &Place::new(Side::Sent, change.place), what);
                }
            }
        }
        self.schemes();
        let none = Value::Null;
        let (was, is) = (at(old, "info"), at(new, "info"));
        let (was, is) = (was.unwrap_or(&none), is.unwrap_or(&none));
        let place = Place::new(Side::Around, "info");
        self.rest(was, is, &["version"], &place);
        if was.get("version") != is.get("version") {
            let what = words::change("version", was.get("version"), is.get("version"));
            self.note(Id::VersionChanged, &place, what);
        }
        let known = ["info", "security", "servers", "paths", "components"];
        self.rest(old, new, &known, &Place::new(Side::Around, "document"));
        let (was, is) = (at(old, "components"), at(new, "components"));
        let place = Place::new(Side::Around, "components");
        self.rest(
            was.unwrap_or(&none),
            is.unwrap_or(&none),
            &COMPONENTS,
            &place,
        );
        self.items();
    }

    /// What paths say beside their operations.
    fn items(&mut self) {
        let items = |document: &'a Document| -> BTreeMap<String, (&'a str, &'a Value)> {
            let all = members_of(document.value(), "paths");
            all.map(|(path, item)| (shape(path), (path, item)))
                .collect()
        };
        let (was, is) = (items(self.old), items(self.new));
        for (key, (path, old)) in &was {
            self.enter(EVERYWHERE, path);
            match is.get(key) {
                Some((_, new)) if is_extension(path) => self.extension(path, Some(old), Some(new)),
                Some((_, new)) => self.item(old, new),
                None => self.empty_item(self.old, path, old, "is gone"),
            }
        }
        for (path, new) in is
            .iter()
            .filter(|(key, _)| !was.contains_key(*key))
            .map(|(_, it)| it)
        {
            self.enter(EVERYWHERE, path);
            self.empty_item(self.new, path, new, "is new");
        }
        self.leave();
    }

    fn item(&mut self, old: &'a Value, new: &'a Value) {
        let place = Place::new(Side::Around, "path");
        let (old, new) = self.resolved(old, new, &place);
        let mut known = METHODS.to_vec();
        known.extend(["parameters", "servers"]);
        self.rest(old, new, &known, &place);
    }

    /// A path that came or went without an operation, or an extension.
    fn empty_item(&mut self, document: &'a Document, path: &'a str, item: &'a Value, what: &str) {
        if is_extension(path) || of_path(document, path, item).is_empty() {
            let what = format!("{path} {what}, without an operation");
            self.note(Id::Words, &Place::new(Side::Around, "path"), what);
        }
    }

    /// Notices a change of an extension.
    pub fn extension(&mut self, key: &str, old: Option<&Value>, new: Option<&Value>) {
        if old != new {
            let place = Place::new(Side::Around, "path");
            self.note(Id::Words, &place, words::change(key, old, new));
        }
    }
}

/// A path with the names in its braces left out: what is the same on the wire.
pub fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push('{');
        rest = after.split_once('}').map_or("", |(_, after)| after);
        shape.push('}');
    }
    shape.push_str(rest);
    shape
}
