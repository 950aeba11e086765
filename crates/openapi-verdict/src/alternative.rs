//! The alternatives of a `oneOf` or `anyOf`, and those that a discriminator tells apart.

use std::{
    collections::{BTreeMap, HashSet},
    ptr,
};

use serde_json::Value;

use super::{
    change::quoted,
    json::{component, find, items_of, mapping_target, members_of, resolve, text},
    shape::{SchemaType, Shape},
};

/// An alternative without a discriminator.
#[derive(Clone, Debug)]
pub struct Alternative<'a> {
    /// The name of its component, or its title.
    pub name: Option<String>,
    pub schema_type: SchemaType,
    pub parts: Vec<&'a Value>,
}

/// Alternatives by the value of the discriminator.
pub type Named<'a> = BTreeMap<String, Vec<&'a Value>>;

impl<'a> Alternative<'a> {
    /// A schema without a choice, as the single alternative.
    pub fn single(shape: &Shape<'a>) -> Self {
        let name = shape.parts.first().and_then(|part| component(part));
        Self {
            name: name.map(str::to_owned),
            schema_type: shape.schema_type,
            parts: shape.parts.clone(),
        }
    }

    fn new(root: &'a Value, schema: &'a Value) -> Self {
        let shape = Shape::new(root, &[schema]);
        let mut alternative = Self::single(&shape);
        if alternative.name.is_none() {
            alternative.name = text(schema, "title").map(str::to_owned);
        }
        alternative
    }

    pub fn label(&self) -> String {
        let name = self.name.as_deref();
        name.map_or_else(|| self.schema_type.name().to_owned(), quoted)
    }
}

/// The alternatives of a choice.
pub fn alternatives<'a>(root: &'a Value, choice: &'a [Value]) -> Vec<Alternative<'a>> {
    let schemas = choice.iter();
    schemas.map(|it| Alternative::new(root, it)).collect()
}

/// The choice of a schema that has exactly one.
pub fn only_choice<'a>(shape: &Shape<'a>) -> Option<&'a [Value]> {
    match (shape.one_of.as_slice(), shape.any_of.as_slice()) {
        ([choice], []) | ([], [choice]) => Some(choice),
        _ => None,
    }
}

pub fn has_no_choice(shape: &Shape<'_>) -> bool {
    shape.one_of.is_empty() && shape.any_of.is_empty()
}

/// The alternatives of a choice that a discriminator tells apart, and those that it cannot.
pub fn told_apart<'a>(
    root: &'a Value,
    discriminator: &'a Value,
    choice: &'a [Value],
) -> (Named<'a>, Vec<Alternative<'a>>) {
    let (mut named, mapped) = mapping(root, discriminator);
    let mut rest = Vec::new();
    for schema in choice {
        match component(schema) {
            Some(_) if mapped.contains(&identity(root, schema)) => {}
            Some(name) => {
                named.insert(name.to_owned(), vec![schema]);
            }
            None => rest.push(Alternative::new(root, schema)),
        }
    }
    (named, rest)
}

/// The schemas that stand for a base schema with a discriminator: those in its mapping, and those that have it in `allOf`.
pub fn derived<'a>(root: &'a Value, discriminator: &'a Value) -> Named<'a> {
    let (mut named, mapped) = mapping(root, discriminator);
    let schemas = root.get("components").into_iter();
    for (name, schema) in schemas.flat_map(|it| members_of(it, "schemas")) {
        let mut bases = items_of(schema, "allOf").map(|base| resolve(root, base));
        let is_derived = bases.any(|base| {
            let own = base.get("discriminator");
            own.is_some_and(|own| ptr::eq(own, discriminator))
        });
        if is_derived && !mapped.contains(&identity(root, schema)) {
            named.insert(name.to_owned(), vec![schema]);
        }
    }
    named
}

/// Returns `true` if one of the schemas is an alternative itself.
pub fn contains(root: &Value, named: &Named<'_>, schemas: &[&Value]) -> bool {
    let schemas: HashSet<_> = schemas.iter().map(|it| identity(root, it)).collect();
    let mut alternatives = named.values().flatten();
    alternatives.any(|it| schemas.contains(&identity(root, it)))
}

/// The entries of a discriminator's mapping, and the identities of their schemas.
fn mapping<'a>(root: &'a Value, discriminator: &'a Value) -> (Named<'a>, HashSet<*const Value>) {
    let entries = members_of(discriminator, "mapping").filter_map(|(name, entry)| {
        let schema = find(root, &mapping_target(entry.as_str()?))?;
        Some((name.to_owned(), vec![schema]))
    });
    let named: Named<'a> = entries.collect();
    let schemas = named.values().flatten();
    let mapped = schemas.map(|it| identity(root, it)).collect();
    (named, mapped)
}

fn identity(root: &Value, schema: &Value) -> *const Value {
    ptr::from_ref(resolve(root, schema))
}
