//! Holds a document against the specification, so that everything that compares may rely on it.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    document::{Document, is_extension, members, members_of, reference},
    grammar::{
        Is::{
            self, Anything, Count, Flag, FlagOr, List, Many, Map, Number, One, OneOf, OpenMap,
            Text, TextMap, Texts,
        },
        Kind, keys, may_be_reference,
    },
};

/// Refuses what is not as the specification says, with the place and the remedy.
pub fn check(document: &Document) -> Result<(), String> {
    let mut check = Check {
        document,
        known: HashSet::new(),
        ahead: Vec::new(),
    };
    check.object(document.value(), Kind::Document, "#")?;
    while let Some((value, kind, place)) = check.ahead.pop() {
        check.object(value, kind, &place)?;
    }
    Ok(())
}

struct Check<'a> {
    document: &'a Document,
    /// What references lead to, so that a circle ends.
    known: HashSet<(*const Value, Kind)>,
    ahead: Vec<(&'a Value, Kind, String)>,
}

impl<'a> Check<'a> {
    fn object(&mut self, value: &'a Value, kind: Kind, place: &str) -> Result<(), String> {
        if !value.is_object() {
            return Err(expected(place, "an object", value));
        }
        if may_be_reference(kind) && self.reference(value, kind, place)? {
            return Ok(());
        }
        for (key, is) in keys(kind) {
            if let Some(value) = value.get(*key).filter(|value| !value.is_null()) {
                self.is(value, *is, &below(place, key))?;
            }
        }
        match kind {
            Kind::Parameter => named(value, place),
            Kind::Callback => self.map(value, Kind::PathItem, Extensions::Beside, place),
            Kind::Requirement => members(value)
                .try_for_each(|(name, scopes)| self.is(scopes, Texts, &below(place, name))),
            Kind::Discriminator => self.mapping(value, place),
            _ => Ok(()),
        }
    }

    /// Follows a reference; says whether it was one.
    fn reference(&mut self, value: &'a Value, kind: Kind, place: &str) -> Result<bool, String> {
        let Some(to) = reference(value) else {
            return Ok(false);
        };
        if !to.starts_with('#') {
            return Err(format!(
                "{place}: the reference {to:?} leads out of the document; bundle it into one \
                 document first, for example with `npx @redocly/cli bundle`"
            ));
        }
        let Some(target) = self.document.find(to) else {
            return Err(format!(
                "{place}: the reference {to:?} leads nowhere; add what it means, or mend its name"
            ));
        };
        if reference(self.document.resolve(value)).is_some() {
            return Err(format!(
                "{place}: the reference {to:?} leads to references alone; give one of them a meaning"
            ));
        }
        if self.known.insert((std::ptr::from_ref(target), kind)) {
            self.ahead.push((target, kind, to.to_owned()));
        }
        Ok(true)
    }

    fn is(&mut self, value: &'a Value, is: Is, place: &str) -> Result<(), String> {
        match is {
            Anything => Ok(()),
            Text => held(value.is_string(), place, "a string", value),
            Flag => held(value.is_boolean(), place, "true or false", value),
            Number => held(value.is_number(), place, "a number", value),
            Count => {
                let counts = value
                    .as_f64()
                    .is_some_and(|it| it >= 0.0 && it.fract() == 0.0);
                held(counts, place, "a whole number from 0", value)
            }
            List => held(value.is_array(), place, "a list", value),
            Texts => {
                let texts = value
                    .as_array()
                    .is_some_and(|list| list.iter().all(Value::is_string));
                held(texts, place, "a list of strings", value)
            }
            TextMap => {
                let texts = value.is_object() && members(value).all(|(_, text)| text.is_string());
                held(texts, place, "an object of strings", value)
            }
            OneOf(words) => {
                let known = value.as_str().is_some_and(|word| words.contains(&word));
                held(known, place, &format!("one of {}", words.join(", ")), value)
            }
            One(kind) => self.object(value, kind, place),
            FlagOr(_) if value.is_boolean() => Ok(()),
            FlagOr(kind) => self.object(value, kind, place),
            Many(kind) => {
                let Some(list) = value.as_array() else {
                    return Err(expected(place, "a list", value));
                };
                let mut items = list.iter().enumerate();
                items.try_for_each(|(index, item)| {
                    self.object(item, kind, &below(place, &index.to_string()))
                })
            }
            Map(kind) => self.map(value, kind, Extensions::No, place),
            OpenMap(kind) => self.map(value, kind, Extensions::Beside, place),
        }
    }

    fn map(
        &mut self,
        value: &'a Value,
        kind: Kind,
        extensions: Extensions,
        place: &str,
    ) -> Result<(), String> {
        if !value.is_object() {
            return Err(expected(place, "an object", value));
        }
        members(value)
            .filter(|(key, _)| extensions == Extensions::No || !is_extension(key))
            .try_for_each(|(key, value)| self.object(value, kind, &below(place, key)))
    }

    /// A value of a mapping is a reference, or the name of a schema.
    fn mapping(&mut self, value: &'a Value, place: &str) -> Result<(), String> {
        for (key, to) in members_of(value, "mapping") {
            let to = to.as_str().unwrap_or_default();
            let target = mapped(to);
            match self.document.find(&target) {
                Some(schema) => {
                    if self
                        .known
                        .insert((std::ptr::from_ref(schema), Kind::Schema))
                    {
                        self.ahead.push((schema, Kind::Schema, target));
                    }
                }
                None => {
                    return Err(format!(
                        "{}: {to:?} is no schema of this document; mend its name",
                        below(&below(place, "mapping"), key)
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Where a value of a discriminator's mapping leads (OpenAPI 3.0.3, "Discriminator Object").
pub fn mapped(to: &str) -> String {
    match to.starts_with('#') {
        true => to.to_owned(),
        false => format!("#/components/schemas/{to}"),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Extensions {
    Beside,
    No,
}

fn held(holds: bool, place: &str, what: &str, value: &Value) -> Result<(), String> {
    match holds {
        true => Ok(()),
        false => Err(expected(place, what, value)),
    }
}

fn expected(place: &str, what: &str, value: &Value) -> String {
    let found: String = value.to_string().chars().take(40).collect();
    format!("{place}: OpenAPI 3.0 has {what} here, and this is {found}; mend the document")
}

/// A parameter is known by its name and where it is sent.
fn named(parameter: &Value, place: &str) -> Result<(), String> {
    match ["name", "in"]
        .iter()
        .find(|key| parameter.get(*key).is_none_or(Value::is_null))
    {
        Some(key) => Err(format!(
            "{place}: a parameter has a {key:?} in OpenAPI 3.0; mend the document"
        )),
        None => Ok(()),
    }
}

/// One step on in a JSON pointer (RFC 6901).
fn below(place: &str, key: &str) -> String {
    format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"))
}
