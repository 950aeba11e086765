//! Security: which key a call needs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    change::{Place, quoted},
    compare::Comparison,
    document::{Document, at, items_of, members, members_of, text},
    operation::operations,
    rule::{Id, Side},
    schema::what,
    words,
};

/// Keys that are needed together, each by what it is on the wire, with its scopes.
///
/// What a scheme is called does not travel, so a renamed one is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Keys(BTreeMap<String, BTreeSet<String>>);

/// The keys of a scheme that say what it is on the wire, and are compared as requirements or as flows.
const KNOWN: [&str; 6] = ["type", "in", "name", "scheme", "flows", "openIdConnectUrl"];

impl<'a> Comparison<'a> {
    /// Compares two lists of requirements, of which one has to be met.
    pub fn security(&mut self, old: Option<&Value>, new: Option<&Value>, place: &Place) {
        let (was, is) = (alternatives(self.old, old), alternatives(self.new, new));
        let (kept, lost): (Vec<_>, Vec<_>) = was
            .iter()
            .partition(|keys| is.iter().any(|other| other.is_met_by(keys)));
        let mut fresh: Vec<_> = is.iter().filter(|keys| !was.contains(keys)).collect();
        let mut strange = Vec::new();
        for keys in lost {
            match fresh.iter().position(|other| other.is_like(keys)) {
                Some(index) => {
                    self.scopes(keys, fresh[index], place);
                    fresh.remove(index);
                }
                None => strange.push(keys),
            }
        }
        for keys in kept {
            if let Some(index) = fresh.iter().position(|other| other.is_like(keys)) {
                self.scopes(keys, fresh[index], place);
                fresh.remove(index);
            }
        }
        let still_good = was.len() > strange.len();
        match strange.as_slice() {
            [] => {}
            [open] if open.is_open() => {
                let what = format!("needs {} now", list(&is));
                return self.note(Id::AuthAdded, place, what);
            }
            _ if !still_good && !fresh.is_empty() => {
                let what = format!("needed {}, needs {}", list(&was), list(&is));
                return self.note(Id::AuthChanged, place, what);
            }
            _ => {
                for keys in strange {
                    let id = match keys.is_open() {
                        true => Id::AuthAdded,
                        false => Id::AuthAlternativeRemoved,
                    };
                    let what = format!("{} is no longer enough", keys.told());
                    self.note(id, &place.then(keys.told()), what);
                }
            }
        }
        for keys in fresh {
            let (id, what) = match keys.is_open() {
                true => (Id::AuthRemoved, "needs no key any more".to_owned()),
                false => (
                    Id::AuthAlternativeAdded,
                    format!("{} is enough", keys.told()),
                ),
            };
            self.note(id, &place.then(keys.told()), what);
        }
    }

    fn scopes(&mut self, old: &Keys, new: &Keys, place: &Place) {
        for (scheme, is) in &new.0 {
            let none = BTreeSet::new();
            let was = old.0.get(scheme).unwrap_or(&none);
            let place = place.then(scheme);
            for scope in is.difference(was) {
                let what = format!("needs the scope {scope:?}");
                self.note(Id::ScopeAdded, &place.named(scope), what);
            }
            for scope in was.difference(is) {
                let what = format!("no longer needs the scope {scope:?}");
                self.note(Id::ScopeRemoved, &place.named(scope), what);
            }
        }
    }

    /// Compares what schemes say beside what they are: descriptions, and where tokens are got.
    pub fn schemes(&mut self) {
        let schemes = |document: &'a Document| -> BTreeMap<&'a str, &'a Value> {
            document.components("securitySchemes").collect()
        };
        let (was, is) = (schemes(self.old), schemes(self.new));
        let needed = needed(self.old);
        for (name, old) in &was {
            let like = || {
                is.iter().find(|(name, new)| {
                    !was.contains_key(*name)
                        && kind(self.old.resolve(old)) == kind(self.new.resolve(new))
                })
            };
            let Some(new) = is.get(name).or(like().map(|(_, new)| new)) else {
                continue;
            };
            let place = Place::new(Side::Sent, format!("security scheme {}", quoted(name)));
            if needed.contains(name) {
                self.scheme(old, new, &place);
                continue;
            }
            for change in self.trial(|it| it.scheme(old, new, &place)) {
                let what = format!("{}, but nothing needs it", what(&change.text));
                self.note(Id::Words, &Place::new(Side::Sent, change.place), what);
            }
        }
    }

    fn scheme(&mut self, old: &'a Value, new: &'a Value, place: &Place) {
        let (old, new) = self.resolved(old, new, place);
        self.rest(old, new, &KNOWN, place);
        if kind(old) != kind(new) {
            // Where it is needed it is a change of its own.
            let what = format!("was {}, is {}", kind(old), kind(new));
            return self.note(Id::Words, place, what);
        }
        self.flows(old, new, place);
        let (was, is) = (old.get("openIdConnectUrl"), new.get("openIdConnectUrl"));
        if was != is {
            self.note(
                Id::FlowChanged,
                place,
                words::change("openIdConnectUrl", was, is),
            );
        }
    }

    fn flows(&mut self, old: &Value, new: &Value, place: &Place) {
        let flows = |scheme: &'_ Value| -> BTreeMap<String, Value> {
            let all = members_of(scheme, "flows");
            all.map(|(name, flow)| (name.to_owned(), flow.clone()))
                .collect()
        };
        let (was, is) = (flows(old), flows(new));
        for (name, old) in &was {
            let place = place.then(format_args!("flow {}", quoted(name)));
            let Some(new) = is.get(name) else {
                self.note(Id::FlowRemoved, &place, "is gone");
                continue;
            };
            for (key, was, is) in words::differing(old, new) {
                let id = match key {
                    "scopes" => continue,
                    "authorizationUrl" | "tokenUrl" | "refreshUrl" => Id::FlowChanged,
                    key => words::id(key),
                };
                self.note(id, &place, words::change(key, was, is));
            }
            let scopes = |flow| at(flow, "scopes").cloned().unwrap_or_default();
            for (scope, was, is) in words::differing(&scopes(old), &scopes(new)) {
                let place = place.then(format_args!("scope {}", quoted(scope)));
                match (was, is) {
                    (None, _) => self.note(Id::ScopeOffered, &place, "is new"),
                    (_, None) => self.note(Id::ScopeWithdrawn, &place, "is gone"),
                    _ => self.note(Id::Words, &place, words::change("description", was, is)),
                }
            }
        }
        for name in is.keys().filter(|name| !was.contains_key(*name)) {
            let place = place.then(format_args!("flow {}", quoted(name)));
            self.note(Id::FlowAdded, &place, "is new");
        }
    }
}

impl Keys {
    fn is_open(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether someone who has `keys` has enough.
    fn is_met_by(&self, keys: &Self) -> bool {
        self.0.iter().all(|(scheme, scopes)| {
            let had = keys.0.get(scheme);
            had.is_some_and(|had| scopes.is_subset(had))
        })
    }

    /// Whether they are of the same schemes, whatever their scopes.
    fn is_like(&self, other: &Self) -> bool {
        self.0.keys().eq(other.0.keys())
    }

    fn told(&self) -> String {
        if self.is_open() {
            return "no key".to_owned();
        }
        let keys: Vec<_> = self.0.keys().map(String::as_str).collect();
        keys.join(" and ")
    }
}

/// The names of the schemes that a document, or an operation of it, asks for.
fn needed(document: &Document) -> BTreeSet<&str> {
    let operations = operations(document);
    let owners = operations.iter().map(|operation| operation.value);
    owners
        .chain([document.value()])
        .flat_map(|owner| items_of(owner, "security"))
        .flat_map(members)
        .map(|(name, _)| name)
        .collect()
}

/// The requirements of which one has to be met. Without any, everyone is let in.
fn alternatives(document: &Document, list: Option<&Value>) -> Vec<Keys> {
    let list = list
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let mut all: Vec<_> = list
        .iter()
        .map(|keys| requirement(document, keys))
        .collect();
    if all.is_empty() {
        all.push(Keys(BTreeMap::new()));
    }
    all
}

fn requirement(document: &Document, requirement: &Value) -> Keys {
    let keys = members(requirement).map(|(name, scopes)| {
        let mut schemes = document.components("securitySchemes");
        let scheme = schemes.find(|(known, _)| *known == name);
        let scheme = match scheme {
            Some((_, scheme)) => kind(document.resolve(scheme)),
            None => format!("the undescribed {}", quoted(name)),
        };
        let scopes = scopes.as_array().into_iter().flatten();
        let scopes = scopes.filter_map(Value::as_str).map(str::to_owned);
        (scheme, scopes.collect())
    });
    Keys(keys.collect())
}

/// What a scheme is on the wire, in words.
fn kind(scheme: &Value) -> String {
    let word = |key| text(scheme, key).unwrap_or_default();
    match word("type") {
        "http" => format!("http {}", quoted(&word("scheme").to_lowercase())),
        "apiKey" if word("in") == "header" => {
            format!("key in header {}", quoted(&word("name").to_lowercase()))
        }
        "apiKey" => format!("key in {} {}", word("in"), quoted(word("name"))),
        "" => "a scheme without a type".to_owned(),
        other => other.to_owned(),
    }
}

fn list(alternatives: &[Keys]) -> String {
    let told: Vec<_> = alternatives.iter().map(Keys::told).collect();
    told.join(" or ")
}
