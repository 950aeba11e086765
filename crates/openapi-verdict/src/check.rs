//! Validates a document, so that the comparison can rely on its types and references.

use std::{collections::HashSet, ptr};

use serde_json::Value;

use super::{
    grammar::{
        Expected::{
            self, Anything, Count, Flag, FlagOr, List, Many, Map, Number, One, OneOf, OpenMap,
            Text, TextMap, Texts,
        },
        ObjectKind, keys, may_be_reference,
    },
    json::{find, is_extension, mapping_target, members, members_of, reference, resolve},
};

/// Checks that every object has the types that OpenAPI 3.0 gives it, and that every reference has a target.
///
/// # Errors
///
/// The first violation: its place as a JSON pointer, the problem, and the remedy.
pub fn check(root: &Value) -> Result<(), String> {
    let mut check = Check {
        root,
        visited: HashSet::new(),
        ahead: vec![(root, ObjectKind::Document, "#".to_owned())],
    };
    while let Some((value, kind, pointer)) = check.ahead.pop() {
        check.object(value, kind, &pointer)?;
    }
    Ok(())
}

struct Check<'a> {
    root: &'a Value,
    /// The targets of references, so that a cycle ends.
    visited: HashSet<(*const Value, ObjectKind)>,
    ahead: Vec<(&'a Value, ObjectKind, String)>,
}

impl<'a> Check<'a> {
    fn object(&mut self, value: &'a Value, kind: ObjectKind, pointer: &str) -> Result<(), String> {
        require(value.is_object(), pointer, "an object", value)?;
        if may_be_reference(kind)
            && let Some(target) = reference(value)
        {
            return self.reference(value, target, kind, pointer);
        }
        for (key, expected) in keys(kind) {
            if let Some(value) = value.get(*key).filter(|value| !value.is_null()) {
                self.value(value, *expected, &below(pointer, key))?;
            }
        }
        match kind {
            ObjectKind::Parameter => has_name(value, pointer),
            ObjectKind::Callback => self.value(value, OpenMap(ObjectKind::PathItem), pointer),
            ObjectKind::Requirement => members(value)
                .try_for_each(|(name, scopes)| self.value(scopes, Texts, &below(pointer, name))),
            ObjectKind::Discriminator => self.mapping(value, pointer),
            _ => Ok(()),
        }
    }

    fn reference(
        &mut self,
        value: &'a Value,
        target: &str,
        kind: ObjectKind,
        pointer: &str,
    ) -> Result<(), String> {
        if !target.starts_with('#') {
            return Err(format!(
                "{pointer}: the reference {target:?} points outside the document; bundle it into one document first, \
                 for example with `npx @redocly/cli bundle`"
            ));
        }
        let Some(object) = find(self.root, target) else {
            return Err(format!(
                "{pointer}: the reference {target:?} has no target; add the target or correct the reference"
            ));
        };
        if reference(resolve(self.root, value)).is_some() {
            return Err(format!(
                "{pointer}: the reference {target:?} ends in a cycle of references; replace one of them by an object"
            ));
        }
        self.visit(object, kind, target.to_owned());
        Ok(())
    }

    fn visit(&mut self, object: &'a Value, kind: ObjectKind, target: String) {
        if self.visited.insert((ptr::from_ref(object), kind)) {
            self.ahead.push((object, kind, target));
        }
    }

    fn value(&mut self, value: &'a Value, expected: Expected, pointer: &str) -> Result<(), String> {
        let is_text_list = |list: &Vec<Value>| list.iter().all(Value::is_string);
        let is_count = |number: f64| number >= 0.0 && number.fract() == 0.0;
        let (holds, what) = match expected {
            Anything => return Ok(()),
            One(kind) => return self.object(value, kind, pointer),
            FlagOr(kind) if !value.is_boolean() => return self.object(value, kind, pointer),
            FlagOr(_) | Flag => (value.is_boolean(), "true or false"),
            Text => (value.is_string(), "a string"),
            Number => (value.is_number(), "a number"),
            Count => (
                value.as_f64().is_some_and(is_count),
                "a non-negative integer",
            ),
            List | Many(_) => (value.is_array(), "an array"),
            Map(_) | OpenMap(_) => (value.is_object(), "an object"),
            Texts => (
                value.as_array().is_some_and(is_text_list),
                "an array of strings",
            ),
            TextMap => (
                value.is_object() && members(value).all(|(_, text)| text.is_string()),
                "an object of strings",
            ),
            OneOf(words) => {
                let is_known = value.as_str().is_some_and(|word| words.contains(&word));
                let what = format!("one of {}", words.join(", "));
                return require(is_known, pointer, &what, value);
            }
        };
        require(holds, pointer, what, value)?;
        match expected {
            Many(kind) => {
                let mut items = value.as_array().into_iter().flatten().enumerate();
                items.try_for_each(|(index, item)| {
                    self.object(item, kind, &below(pointer, &index.to_string()))
                })
            }
            Map(kind) | OpenMap(kind) => members(value)
                .filter(|(key, _)| matches!(expected, Map(_)) || !is_extension(key))
                .try_for_each(|(key, value)| self.object(value, kind, &below(pointer, key))),
            _ => Ok(()),
        }
    }

    /// An entry of a mapping is a reference, or the name of a schema.
    fn mapping(&mut self, value: &'a Value, pointer: &str) -> Result<(), String> {
        for (key, entry) in members_of(value, "mapping") {
            let entry = entry.as_str().unwrap_or_default();
            let target = mapping_target(entry);
            let Some(schema) = find(self.root, &target) else {
                let pointer = below(&below(pointer, "mapping"), key);
                return Err(format!(
                    "{pointer}: {entry:?} is no schema of this document; add the schema or correct the name"
                ));
            };
            self.visit(schema, ObjectKind::Schema, target);
        }
        Ok(())
    }
}

fn require(holds: bool, pointer: &str, what: &str, value: &Value) -> Result<(), String> {
    if holds {
        return Ok(());
    }
    let found: String = value.to_string().chars().take(40).collect();
    Err(format!(
        "{pointer}: OpenAPI 3.0 requires {what} here, found {found}; correct the document"
    ))
}

/// Parameters are matched by `name` and `in`, so they need both.
fn has_name(parameter: &Value, pointer: &str) -> Result<(), String> {
    let mut keys = ["name", "in"].into_iter();
    let missing = keys.find(|key| parameter.get(*key).is_none_or(Value::is_null));
    missing.map_or(Ok(()), |key| {
        Err(format!(
            "{pointer}: a parameter requires {key:?} in OpenAPI 3.0; add it to the document"
        ))
    })
}

/// A step further in a JSON pointer (RFC 6901).
fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
