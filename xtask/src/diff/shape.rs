//! What a schema asks of a value, with references and `allOf` resolved.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::{
    document::{Document, at, is_extension, is_set, items_of, members, members_of, text},
    limit::Limits,
};

/// A type of OpenAPI 3.0; or none, or one that nothing has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Anything,
    Text,
    Number,
    Integer,
    Boolean,
    List,
    Object,
    /// Parts of an `allOf` that contradict each other.
    Nothing,
}

impl Kind {
    fn of(word: &str) -> Self {
        match word {
            "string" => Self::Text,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            "array" => Self::List,
            "object" => Self::Object,
            _ => Self::Nothing,
        }
    }

    /// As OpenAPI writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anything => "anything",
            Self::Text => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::List => "array",
            Self::Object => "object",
            Self::Nothing => "nothing",
        }
    }

    /// Whether every value of the other type is one of this type.
    pub fn holds(self, other: Self) -> bool {
        self == other
            || self == Self::Anything
            || other == Self::Nothing
            || (self == Self::Number && other == Self::Integer)
    }

    /// Whether a value is written in one piece, whatever the style of a parameter.
    pub fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Number | Self::Integer | Self::Boolean
        )
    }

    fn both(self, other: Self) -> Self {
        if self.holds(other) {
            other
        } else if other.holds(self) {
            self
        } else {
            Self::Nothing
        }
    }
}

/// What `additionalProperties` say.
#[derive(Debug, Default)]
pub enum Others<'a> {
    /// Nothing, or `true`.
    #[default]
    Any,
    /// `false`.
    None,
    /// What any other field has to fit.
    Like(Vec<&'a Value>),
}

/// What a schema asks of a value. A list of schemas stands for all of them at once.
#[derive(Debug, Default)]
pub struct Shape<'a> {
    pub kind: Kind,
    /// Whether the type is written down, and not just to be seen from the other keywords.
    pub is_said: bool,
    pub is_nullable: bool,
    pub format: Option<&'a str>,
    pub values: Option<Vec<&'a Value>>,
    pub limits: Limits<'a>,
    pub patterns: BTreeSet<&'a str>,
    pub fields: BTreeMap<&'a str, Vec<&'a Value>>,
    pub required: BTreeSet<&'a str>,
    pub others: Others<'a>,
    pub items: Vec<&'a Value>,
    pub one_of: Vec<&'a [Value]>,
    pub any_of: Vec<&'a [Value]>,
    pub not: Vec<&'a Value>,
    pub discriminator: Option<&'a Value>,
    pub default: Option<&'a Value>,
    pub xml: Option<&'a Value>,
    pub is_read_only: bool,
    pub is_write_only: bool,
    pub is_deprecated: bool,
    /// What is said beside what is asked, by keyword.
    pub words: BTreeMap<String, Vec<&'a Value>>,
}

/// The keywords that a shape has a place for.
const KNOWN: [&str; 32] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

impl<'a> Shape<'a> {
    /// What all of `parts` ask. No part asks nothing.
    pub fn of(document: &'a Document, parts: &[&'a Value]) -> Self {
        let mut shape = Self::default();
        let mut seen = HashSet::new();
        for part in parts {
            shape.add(document, part, &mut seen);
        }
        let mut nulls = parts
            .iter()
            .filter_map(|part| takes_null(document, part, &mut HashSet::new()));
        let first = nulls.next();
        shape.is_nullable = first == Some(true) && nulls.all(|it| it);
        shape.infer();
        shape
    }

    /// Whether nothing is asked but by `oneOf`, `anyOf`, `not`.
    pub fn is_bare(&self) -> bool {
        self.kind == Kind::Anything
            && self.values.is_none()
            && self.limits.is_empty()
            && self.patterns.is_empty()
            && self.format.is_none()
    }

    fn add(&mut self, document: &'a Document, part: &'a Value, seen: &mut HashSet<*const Value>) {
        let target = document.resolve(part);
        if !std::ptr::eq(part, target) {
            // OpenAPI 3.0.3, "Reference Object": what stands beside a reference is ignored.
            for (key, value) in members(part).filter(|(key, _)| *key != "$ref") {
                let words = self.words.entry(format!("{key} beside a $ref"));
                words.or_default().push(value);
            }
        }
        if !seen.insert(std::ptr::from_ref(target)) {
            return;
        }
        self.asks(target);
        self.says(target);
        for member in items_of(target, "allOf") {
            self.add(document, member, seen);
        }
    }

    fn asks(&mut self, schema: &'a Value) {
        if let Some(word) = text(schema, "type") {
            self.is_said = true;
            self.kind = self.kind.both(Kind::of(word));
        }
        if self.format.is_none() {
            self.format = text(schema, "format");
        }
        if let Some(Value::Array(values)) = at(schema, "enum") {
            match &mut self.values {
                Some(kept) => kept.retain(|value| values.contains(value)),
                None => self.values = Some(values.iter().collect()),
            }
        }
        self.limits.add(schema);
        self.patterns.extend(text(schema, "pattern"));
        for (name, field) in members_of(schema, "properties") {
            self.fields.entry(name).or_default().push(field);
        }
        self.required
            .extend(items_of(schema, "required").filter_map(Value::as_str));
        self.add_others(schema);
        self.items.extend(at(schema, "items"));
        for (key, choices) in [("oneOf", &mut self.one_of), ("anyOf", &mut self.any_of)] {
            if let Some(Value::Array(choice)) = at(schema, key)
                && !choice.is_empty()
            {
                choices.push(choice);
            }
        }
        self.not.extend(at(schema, "not"));
        self.discriminator = self.discriminator.or(at(schema, "discriminator"));
    }

    fn add_others(&mut self, schema: &'a Value) {
        let like = match at(schema, "additionalProperties") {
            Some(Value::Bool(false)) => return self.others = Others::None,
            Some(like @ Value::Object(keys)) if !keys.is_empty() => like,
            _ => return,
        };
        match &mut self.others {
            Others::None => {}
            Others::Like(all) => all.push(like),
            Others::Any => self.others = Others::Like(vec![like]),
        }
    }

    fn says(&mut self, schema: &'a Value) {
        // `default: null` says something, so `at` would not do.
        self.default = self.default.or(schema.get("default"));
        self.xml = self.xml.or(at(schema, "xml"));
        self.is_read_only |= is_set(schema, "readOnly");
        self.is_write_only |= is_set(schema, "writeOnly");
        self.is_deprecated |= is_set(schema, "deprecated");
        for (key, value) in members(schema) {
            if !KNOWN.contains(&key) || is_extension(key) {
                self.words.entry(key.to_owned()).or_default().push(value);
            }
        }
    }

    /// Many documents leave out the type where the other keywords show it.
    fn infer(&mut self) {
        if self.kind != Kind::Anything {
            return;
        }
        if !self.fields.is_empty() || !matches!(self.others, Others::Any) {
            self.kind = Kind::Object;
        } else if !self.items.is_empty() {
            self.kind = Kind::List;
        } else if let Some(values) = &self.values
            && !values.is_empty()
            && values.iter().all(|value| value.is_string())
        {
            self.kind = Kind::Text;
        }
    }
}

/// Whether a schema takes null, if it says anything about it.
///
/// By the letter `nullable` counts beside `type` alone. Beside `allOf` everyone means it, so it counts there too.
fn takes_null(
    document: &Document,
    schema: &Value,
    seen: &mut HashSet<*const Value>,
) -> Option<bool> {
    let schema = document.resolve(schema);
    if is_set(schema, "nullable") {
        return Some(true);
    }
    if text(schema, "type").is_some() {
        return Some(false);
    }
    if !seen.insert(std::ptr::from_ref(schema)) {
        return None;
    }
    items_of(schema, "allOf")
        .filter_map(|member| takes_null(document, member, seen))
        .reduce(|one, other| one && other)
}
