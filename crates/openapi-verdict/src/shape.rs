//! The constraints of a schema, with references and `allOf` resolved.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::{
    grammar::{ObjectKind, is_compared},
    json::{at, is_extension, is_set, items_of, members, members_of, resolve, text},
    limit::Limits,
    rule::Direction,
};

/// The type of a value in OpenAPI 3.0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemaType {
    /// Not constrained.
    #[default]
    Anything,
    Text,
    Number,
    Integer,
    Boolean,
    List,
    Object,
    /// Constrained by parts of an `allOf` that contradict each other.
    Nothing,
}

impl SchemaType {
    fn new(word: &str) -> Self {
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

    /// The name in OpenAPI.
    pub fn name(self) -> &'static str {
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

    /// Returns `true` if every value of the other type has this type as well.
    pub fn includes(self, other: Self) -> bool {
        self == other
            || self == Self::Anything
            || other == Self::Nothing
            || (self == Self::Number && other == Self::Integer)
    }

    /// Returns `true` if a parameter of this type is written in the same way with and without `explode`.
    pub fn is_scalar(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Number | Self::Integer | Self::Boolean
        )
    }

    fn both(self, other: Self) -> Self {
        if self.includes(other) {
            other
        } else if other.includes(self) {
            self
        } else {
            Self::Nothing
        }
    }
}

/// The meaning of `additionalProperties`.
#[derive(Debug, Default)]
pub enum OtherFields<'a> {
    /// Not set, `true`, or an empty schema.
    #[default]
    Any,
    /// `false`.
    None,
    /// The schemas that any other field has to match.
    Matching(Vec<&'a Value>),
}

/// The constraints of a schema, or of several schemas that all have to match.
#[derive(Debug, Default)]
pub struct Shape<'a> {
    /// The schemas of which this is the shape.
    pub parts: Vec<&'a Value>,
    pub schema_type: SchemaType,
    /// Set if the document states the type; otherwise it is inferred from other keywords.
    pub has_type: bool,
    pub is_nullable: bool,
    pub format: Option<&'a str>,
    pub values: Option<Vec<&'a Value>>,
    pub limits: Limits<'a>,
    pub patterns: BTreeSet<&'a str>,
    pub fields: BTreeMap<&'a str, Vec<&'a Value>>,
    pub required: BTreeSet<&'a str>,
    pub others: OtherFields<'a>,
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
    /// Keywords that do not constrain the value.
    pub annotations: BTreeMap<String, Vec<&'a Value>>,
}

impl<'a> Shape<'a> {
    /// The constraints of all `parts` together; without parts there are none.
    pub fn new(root: &'a Value, parts: &[&'a Value]) -> Self {
        let mut shape = Self {
            parts: parts.to_vec(),
            ..Self::default()
        };
        let mut seen = HashSet::new();
        for part in parts {
            shape.add(root, part, &mut seen);
        }
        let mut nulls = parts
            .iter()
            .filter_map(|part| allows_null(root, part, &mut HashSet::new()));
        let first = nulls.next();
        shape.is_nullable = first == Some(true) && nulls.all(|it| it);
        shape.infer();
        shape
    }

    /// Returns `true` if there are no constraints except `oneOf`, `anyOf` and `not`.
    pub fn is_bare(&self) -> bool {
        self.schema_type == SchemaType::Anything
            && self.values.is_none()
            && self.limits.is_empty()
            && self.patterns.is_empty()
            && self.format.is_none()
    }

    /// The constraints of a field; `None` if the field is neither described nor required.
    pub fn field(&self, name: &str) -> Option<Vec<&'a Value>> {
        let is_object = matches!(self.schema_type, SchemaType::Object | SchemaType::Anything);
        let undescribed = is_object && self.required.contains(name);
        let described = self.fields.get(name).cloned();
        described.or_else(|| undescribed.then(Vec::new))
    }

    /// Returns `true` if a field of this shape is sent in a direction.
    pub fn travels(&self, direction: Direction) -> bool {
        match direction {
            Direction::Sent => !self.is_read_only,
            Direction::Received => !self.is_write_only,
            Direction::Neither => true,
        }
    }

    fn add(&mut self, root: &'a Value, part: &'a Value, seen: &mut HashSet<*const Value>) {
        let target = resolve(root, part);
        if !std::ptr::eq(part, target) {
            // OpenAPI 3.0.3, "Reference Object": what stands beside a reference is ignored.
            for (key, value) in members(part).filter(|(key, _)| *key != "$ref") {
                let key = format!("{key} beside a $ref");
                self.annotations.entry(key).or_default().push(value);
            }
        }
        if !seen.insert(std::ptr::from_ref(target)) {
            return;
        }
        self.constrain(target);
        self.annotate(target);
        for member in items_of(target, "allOf") {
            self.add(root, member, seen);
        }
    }

    fn constrain(&mut self, schema: &'a Value) {
        if let Some(word) = text(schema, "type") {
            self.has_type = true;
            self.schema_type = self.schema_type.both(SchemaType::new(word));
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
        match (at(schema, "additionalProperties"), &mut self.others) {
            (Some(Value::Bool(false)), others) => *others = OtherFields::None,
            (Some(schema @ Value::Object(keys)), others) if !keys.is_empty() => match others {
                OtherFields::None => {}
                OtherFields::Matching(schemas) => schemas.push(schema),
                OtherFields::Any => *others = OtherFields::Matching(vec![schema]),
            },
            _ => {}
        }
    }

    fn annotate(&mut self, schema: &'a Value) {
        // `at` would ignore `default: null`.
        self.default = self.default.or(schema.get("default"));
        self.xml = self.xml.or(at(schema, "xml"));
        self.is_read_only |= is_set(schema, "readOnly");
        self.is_write_only |= is_set(schema, "writeOnly");
        self.is_deprecated |= is_set(schema, "deprecated");
        for (key, value) in members(schema) {
            let is_constraint = key == "$ref" || is_compared(ObjectKind::Schema, key);
            if !is_constraint || is_extension(key) {
                let values = self.annotations.entry(key.to_owned());
                values.or_default().push(value);
            }
        }
    }

    /// Infers the type from other keywords, as many documents leave it out.
    fn infer(&mut self) {
        if self.schema_type != SchemaType::Anything {
            return;
        }
        if !self.fields.is_empty() || !matches!(self.others, OtherFields::Any) {
            self.schema_type = SchemaType::Object;
        } else if !self.items.is_empty() {
            self.schema_type = SchemaType::List;
        } else if let Some(values) = &self.values
            && !values.is_empty()
            && values.iter().all(|value| value.is_string())
        {
            self.schema_type = SchemaType::Text;
        }
    }
}

/// Returns `true` if a schema allows null; `None` if it does not say.
///
/// By the letter of OpenAPI 3.0.3 `nullable` counts beside `type` alone. Authors expect it to count beside `allOf` as well,
/// so it does.
fn allows_null(root: &Value, schema: &Value, seen: &mut HashSet<*const Value>) -> Option<bool> {
    let schema = resolve(root, schema);
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
        .filter_map(|member| allows_null(root, member, seen))
        .reduce(|one, other| one && other)
}
