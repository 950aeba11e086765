//! Compares the constraints of schemas that hold no further schemas.

use serde_json::Value;

use super::{
    change::Location,
    delta::by_key,
    diff::Diff,
    grammar::ObjectKind,
    json::text,
    rule::{Direction, Rule},
    shape::{OtherFields, SchemaType, Shape},
    wording,
};

/// The formats that include one another, the narrower one first.
const INCLUDED_FORMATS: [(&str, &str); 2] = [("int32", "int64"), ("float", "double")];

/// Compares keywords that do not constrain the value.
pub fn annotations<'a>(diff: &mut Diff<'a>, old: &Shape<'a>, new: &Shape<'a>, location: &Location) {
    let combined = |values: &Vec<&Value>| match values.as_slice() {
        [value] => (*value).clone(),
        many => many.iter().copied().cloned().collect(),
    };
    for (key, delta) in by_key(&old.annotations, &new.annotations) {
        let rule = if key.ends_with("beside a $ref") {
            Rule::WordingChanged
        } else {
            wording::rule(key)
        };
        let (old, new) = delta.sides();
        let (old, new) = (old.map(combined), new.map(combined));
        diff.member(rule, key, (old.as_ref(), new.as_ref()), location);
    }
    diff.deprecation((old.is_deprecated, new.is_deprecated), location);
    let defaults = (old.default, new.default);
    diff.member(Rule::DefaultChanged, "default", defaults, location);
    diff.member(Rule::XmlChanged, "xml", (old.xml, new.xml), location);
    for (key, old, new) in [
        ("readOnly", old.is_read_only, new.is_read_only),
        ("writeOnly", old.is_write_only, new.is_write_only),
    ] {
        if old != new {
            let what = format!("{key} was {old}, is {new}, which has no effect here");
            diff.note(Rule::WordingChanged, location, what);
        }
    }
}

/// Compares types; returns `true` if they are similar enough for the rest to be compared.
pub fn types(diff: &mut Diff<'_>, old: &Shape<'_>, new: &Shape<'_>, location: &Location) -> bool {
    let (was, is) = (old.schema_type, new.schema_type);
    if was == is {
        let stated = format!("type {} is stated, no longer inferred", is.name());
        let inferred = format!("type {} is inferred, no longer stated", is.name());
        diff.toggle(
            (old.has_type, new.has_type),
            (Rule::WordingChanged, &stated),
            (Rule::WordingChanged, &inferred),
            location,
        );
        return true;
    }
    let rule = if is.includes(was) {
        Rule::TypeWidened
    } else if was.includes(is) {
        Rule::TypeNarrowed
    } else {
        Rule::TypeChanged
    };
    let what = format!("was {}, is {}", was.name(), is.name());
    diff.note(rule, location, what);
    let is_numeric = |it| matches!(it, SchemaType::Number | SchemaType::Integer);
    is_numeric(was) && is_numeric(is)
}

pub fn formats(diff: &mut Diff<'_>, old: Option<&str>, new: Option<&str>, location: &Location) {
    if old == new {
        return;
    }
    // OpenAPI 3.0.3, "Data Types": `password` is a hint for user interfaces.
    let is_hint = |format: Option<&str>| format.is_none_or(|it| it == "password");
    let rule = match (old, new) {
        _ if is_hint(old) && is_hint(new) => Rule::WordingChanged,
        (None, _) => Rule::FormatNarrowed,
        (_, None) => Rule::FormatWidened,
        (Some(old), Some(new)) if INCLUDED_FORMATS.contains(&(old, new)) => Rule::FormatWidened,
        (Some(old), Some(new)) if INCLUDED_FORMATS.contains(&(new, old)) => Rule::FormatNarrowed,
        _ => Rule::FormatChanged,
    };
    let shown = |format: Option<&str>| format.map_or("none".to_owned(), |it| format!("{it:?}"));
    let what = format!("format was {}, is {}", shown(old), shown(new));
    diff.note(rule, location, what);
}

/// The rules for a list of possible values.
pub struct ListRules {
    pub list_added: Rule,
    pub list_removed: Rule,
    pub value_added: Rule,
    pub value_removed: Rule,
}

/// Compares two lists of possible values; without a list, any value is possible.
pub fn possible_values(
    diff: &mut Diff<'_>,
    old: Option<&[&Value]>,
    new: Option<&[&Value]>,
    rules: &ListRules,
    location: &Location,
) {
    let list = |values: &[&Value]| {
        let shown: Vec<_> = values.iter().map(|value| wording::shown(value)).collect();
        shown.join(", ")
    };
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            let what = format!("has to be one of {}", list(new));
            diff.note(rules.list_added, location, what);
        }
        (Some(old), None) => {
            let what = format!("need not be one of {}", list(old));
            diff.note(rules.list_removed, location, what);
        }
        (Some(old), Some(new)) => {
            for value in new.iter().filter(|value| !old.contains(value)) {
                let what = format!("may be {}", wording::shown(value));
                let location = location.named(&wording::plain(value));
                diff.note(rules.value_added, &location, what);
            }
            for value in old.iter().filter(|value| !new.contains(value)) {
                let what = format!("may no longer be {}", wording::shown(value));
                let location = location.named(&wording::plain(value));
                diff.note(rules.value_removed, &location, what);
            }
        }
    }
}

pub fn patterns(diff: &mut Diff<'_>, old: &Shape<'_>, new: &Shape<'_>, location: &Location) {
    let joined = |shape: &Shape<'_>| {
        let patterns: Vec<_> = shape.patterns.iter().copied().collect();
        patterns.join(" and ")
    };
    if old.patterns == new.patterns {
        return;
    }
    let (was, is) = (joined(old), joined(new));
    let location = location.then("pattern");
    if old.patterns.is_subset(&new.patterns) {
        let what = format!("has to match {is:?}");
        diff.note(Rule::LimitTightened, &location, what);
    } else if new.patterns.is_subset(&old.patterns) {
        let what = format!("need not match {was:?}");
        diff.note(Rule::LimitLoosened, &location, what);
    } else {
        diff.note(
            Rule::PatternChanged,
            &location,
            wording::difference(&was, &is),
        );
    }
}

/// Compares discriminators; returns `true` if both use the same property.
pub fn discriminators(
    diff: &mut Diff<'_>,
    old: Option<&Value>,
    new: Option<&Value>,
    location: &Location,
) -> bool {
    let location = location.then("discriminator");
    let (Some(old), Some(new)) = (old, new) else {
        diff.toggle(
            (old.is_some(), new.is_some()),
            (Rule::DiscriminatorAdded, "was added"),
            (Rule::DiscriminatorRemoved, "was removed"),
            &location,
        );
        return false;
    };
    diff.rest(ObjectKind::Discriminator, old, new, &location);
    let property = |discriminator| text(discriminator, "propertyName").unwrap_or_default();
    let (old, new) = (property(old), property(new));
    if old != new {
        let what = wording::difference(old, new);
        diff.note(Rule::DiscriminatorChanged, &location, what);
    }
    old == new
}

/// Adds the finding for a field that is sent in a direction in which it was not sent before.
pub fn field_added(
    diff: &mut Diff<'_>,
    field: &Shape<'_>,
    is_required: bool,
    what: &str,
    location: &Location,
) {
    if !field.travels(location.direction) {
        let what = format!("{what}, but {}", not_sent(location.direction));
        diff.note(Rule::WordingChanged, location, what);
    } else if is_required && location.direction == Direction::Sent {
        let what = format!("{what} and is required");
        diff.note(Rule::RequiredFieldAdded, location, what);
    } else {
        diff.note(Rule::FieldAdded, location, what);
    }
}

/// Adds the finding for a field that is no longer there.
pub fn field_removed(diff: &mut Diff<'_>, field: &Shape<'_>, new: &Shape<'_>, location: &Location) {
    if !field.travels(location.direction) {
        let what = format!("was removed, but {}", not_sent(location.direction));
        return diff.note(Rule::WordingChanged, location, what);
    }
    let rule = match (location.direction, &new.others) {
        (Direction::Sent, OtherFields::None) => Rule::FieldRefused,
        _ => Rule::FieldRemoved,
    };
    diff.note(rule, location, removed(field.is_deprecated));
}

/// The words for the removal of something that may have been deprecated.
pub fn removed(was_deprecated: bool) -> &'static str {
    if was_deprecated {
        "was removed after its deprecation"
    } else {
        "was removed"
    }
}

/// The reason for which a change of a field has no effect in a direction.
pub fn not_sent(direction: Direction) -> &'static str {
    match direction {
        Direction::Received => "it is write-only and not received",
        _ => "it is read-only and not sent",
    }
}
