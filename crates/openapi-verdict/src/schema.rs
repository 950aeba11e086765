//! Compares schemas.

use std::{collections::BTreeSet, mem, ptr};

use serde_json::Value;

use super::{
    alternative::{
        Alternative, Named, alternatives, contains, derived, has_no_choice, only_choice, told_apart,
    },
    change::{Location, quoted},
    delta::{Delta, by_key, pair_off},
    diff::{Diff, Finding, SchemaPair},
    facet::{self, ListRules, field_added, field_removed, not_sent},
    json::{reference, resolve},
    limit,
    rule::{Direction, Rule},
    shape::{OtherFields, Shape},
};

/// The depth to which schemas are compared; the stack has room for it.
const MAX_DEPTH: usize = 100;

/// The size up to which two choices are matched by content, and not by name and order alone.
const MAX_MATCHED: usize = 40;

const ENUM: ListRules = ListRules {
    list_added: Rule::EnumAdded,
    list_removed: Rule::EnumRemoved,
    value_added: Rule::EnumValueAdded,
    value_removed: Rule::EnumValueRemoved,
};

/// Schemas that a value has to match all together.
type Parts<'a> = Vec<&'a Value>;

/// Compares two schemas; without one, there are no constraints.
pub fn compare<'a>(
    diff: &mut Diff<'a>,
    old: Option<&'a Value>,
    new: Option<&'a Value>,
    location: &Location,
) {
    let (old, new) = (old.into_iter().collect(), new.into_iter().collect());
    compare_parts(diff, old, new, location);
}

fn compare_parts<'a>(diff: &mut Diff<'a>, old: Parts<'a>, new: Parts<'a>, location: &Location) {
    let pair = pair(diff, &old, &new, location.direction);
    if let Some(at) = diff.schemas.open.iter().position(|known| *known == pair) {
        diff.schemas.met = diff.schemas.met.min(at);
        return;
    }
    if diff.schemas.equal.contains(&pair) {
        return;
    }
    let depth = diff.schemas.open.len();
    if depth >= MAX_DEPTH || diff.schemas.steps_left == 0 {
        diff.schemas.met = 0;
        // Equal documents have no differences, however deep they are.
        if diff.old != diff.new {
            diff.note(
                Rule::NotCompared,
                location,
                "could not be compared completely",
            );
        }
        return;
    }
    diff.schemas.steps_left -= 1;
    let count = diff.count();
    let outer = mem::replace(&mut diff.schemas.met, usize::MAX);
    diff.schemas.open.push(pair.clone());
    let (old, new) = (Shape::new(diff.old, &old), Shape::new(diff.new, &new));
    compare_shapes(diff, &old, &new, location);
    diff.schemas.open.pop();
    // Equal, and not only under the assumption that an outer pair is equal.
    if diff.count() == count && diff.schemas.met >= depth {
        diff.schemas.equal.insert(pair);
    }
    let beyond = Some(diff.schemas.met).filter(|met| *met < depth);
    diff.schemas.met = outer.min(beyond.unwrap_or(usize::MAX));
}

/// The identity of two schemas, independent of references. Words beside a reference make a schema another one.
fn pair(diff: &Diff<'_>, old: &[&Value], new: &[&Value], direction: Direction) -> SchemaPair {
    let identities = |root: &Value, parts: &[&Value]| {
        let identity = |part: &&Value| {
            let is_plain = part.as_object().is_some_and(|keys| keys.len() == 1);
            if is_plain && reference(part).is_some() {
                ptr::from_ref(resolve(root, part))
            } else {
                ptr::from_ref(*part)
            }
        };
        parts.iter().map(identity).collect()
    };
    (
        identities(diff.old, old),
        identities(diff.new, new),
        direction,
    )
}

fn compare_shapes<'a>(diff: &mut Diff<'a>, old: &Shape<'a>, new: &Shape<'a>, location: &Location) {
    facet::annotations(diff, old, new, location);
    diff.toggle(
        (old.is_nullable, new.is_nullable),
        (Rule::NullAllowed, "may be null"),
        (Rule::NullRefused, "may no longer be null"),
        location,
    );
    if one_became_several(diff, old, new, location) || !facet::types(diff, old, new, location) {
        return;
    }
    facet::formats(diff, old.format, new.format, location);
    let (was, is) = (old.values.as_deref(), new.values.as_deref());
    facet::possible_values(diff, was, is, &ENUM, location);
    limit::compare(diff, &old.limits, &new.limits, location);
    facet::patterns(diff, old, new, location);
    compare_fields(diff, old, new, location);
    if !(old.items.is_empty() && new.items.is_empty()) {
        let location = location.then("each item");
        compare_parts(diff, old.items.clone(), new.items.clone(), &location);
    }
    compare_choices(diff, old, new, location);
    compare_exclusions(diff, old, new, location);
}

fn compare_exclusions<'a>(
    diff: &mut Diff<'a>,
    old: &Shape<'a>,
    new: &Shape<'a>,
    location: &Location,
) {
    let location = location.then("not");
    let (old, new) = (old.not.clone(), new.not.clone());
    if old.is_empty() || new.is_empty() {
        return diff.toggle(
            (!old.is_empty(), !new.is_empty()),
            (Rule::ExclusionAdded, "some values are excluded"),
            (Rule::ExclusionRemoved, "some values are no longer excluded"),
            &location,
        );
    }
    let compare = |diff: &mut Diff<'a>| compare_parts(diff, old, new, &location);
    diff.restated(compare, |finding| {
        let rule = if finding.is_wording() {
            Rule::WordingChanged
        } else {
            Rule::ExclusionChanged
        };
        let what = format!("the excluded values changed: {}", finding.what);
        (rule, finding.location, what)
    });
}

/// Compares the fields that two objects name, then the others.
fn compare_fields<'a>(diff: &mut Diff<'a>, old: &Shape<'a>, new: &Shape<'a>, location: &Location) {
    let names: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|shape| shape.fields.keys().chain(&shape.required))
        .copied()
        .collect();
    for name in names {
        let required = (old.required.contains(name), new.required.contains(name));
        let location = location.named(name);
        match (old.field(name), new.field(name)) {
            (Some(was), Some(is)) => compare_field(diff, was, is, required, &location),
            (None, Some(is)) => {
                let field = Shape::new(diff.new, &is);
                field_added(diff, &field, required.1, "was added", &location);
            }
            (Some(was), None) => {
                let field = Shape::new(diff.old, &was);
                field_removed(diff, &field, new, &location);
            }
            (None, None) if required.0 != required.1 => {
                let what = "`required` changed, but the value has no fields";
                diff.note(Rule::WordingChanged, &location, what);
            }
            (None, None) => {}
        }
    }
    compare_other_fields(diff, old, new, &location.then("any other field"));
}

fn compare_field<'a>(
    diff: &mut Diff<'a>,
    old: Parts<'a>,
    new: Parts<'a>,
    required: (bool, bool),
    location: &Location,
) {
    let direction = location.direction;
    let new_shape = Shape::new(diff.new, &new);
    let did_travel = Shape::new(diff.old, &old).travels(direction);
    match (did_travel, new_shape.travels(direction)) {
        (true, true) => {
            let rules = (Rule::FieldNowRequired, Rule::FieldNowOptional);
            diff.requirement(required, rules, location);
            compare_parts(diff, old, new, location);
        }
        (true, false) if direction == Direction::Received => {
            diff.note(Rule::FieldNowWriteOnly, location, "is write-only now");
        }
        (true, false) => diff.note(Rule::FieldNowReadOnly, location, "is read-only now"),
        (false, true) => {
            let what = match direction {
                Direction::Received => "is no longer write-only",
                _ => "is no longer read-only",
            };
            field_added(diff, &new_shape, required.1, what, location);
        }
        (false, false) => diff.without_effect(not_sent(direction), |diff| {
            let rules = (Rule::WordingChanged, Rule::WordingChanged);
            diff.requirement(required, rules, location);
            compare_parts(diff, old, new, location);
        }),
    }
}

fn compare_other_fields<'a>(
    diff: &mut Diff<'a>,
    old: &Shape<'a>,
    new: &Shape<'a>,
    location: &Location,
) {
    let (rule, what) = match (&old.others, &new.others) {
        (OtherFields::Any, OtherFields::Any) | (OtherFields::None, OtherFields::None) => return,
        (OtherFields::None, _) => (Rule::OtherFieldsAllowed, "are allowed"),
        // Fields that were described are lost; any others were never promised.
        (OtherFields::Matching(_), OtherFields::None)
            if location.direction == Direction::Received =>
        {
            (Rule::FieldRemoved, "were removed")
        }
        (_, OtherFields::None) => (Rule::OtherFieldsRefused, "are no longer allowed"),
        (old, new) => {
            let schemas = |fields: &OtherFields<'a>| match fields {
                OtherFields::Matching(schemas) => schemas.clone(),
                _ => Vec::new(),
            };
            return compare_parts(diff, schemas(old), schemas(new), location);
        }
    };
    diff.note(rule, location, what);
}

/// Compares a single schema with a choice, of which it may be an alternative. Returns `true` if that is the case at hand.
fn one_became_several<'a>(
    diff: &mut Diff<'a>,
    old: &Shape<'a>,
    new: &Shape<'a>,
    location: &Location,
) -> bool {
    let is_single = |shape: &Shape<'_>| has_no_choice(shape) && !shape.is_bare();
    let (was, is) = match (only_choice(old), only_choice(new)) {
        (None, Some(choice)) if is_single(old) && new.is_bare() => {
            let several = alternatives(diff.new, choice);
            (vec![Alternative::single(old)], several)
        }
        (Some(choice), None) if is_single(new) && old.is_bare() => {
            let several = alternatives(diff.old, choice);
            (several, vec![Alternative::single(new)])
        }
        _ => return false,
    };
    compare_alternatives(diff, was, is, location);
    facet::discriminators(diff, old.discriminator, new.discriminator, location);
    true
}

fn compare_choices<'a>(diff: &mut Diff<'a>, old: &Shape<'a>, new: &Shape<'a>, location: &Location) {
    let has_same_property =
        facet::discriminators(diff, old.discriminator, new.discriminator, location);
    let discriminators = old.discriminator.zip(new.discriminator);
    let discriminators = discriminators.filter(|_| has_same_property);
    match (only_choice(old), only_choice(new)) {
        (Some(was), Some(is)) => {
            diff.toggle(
                (old.one_of.is_empty(), new.one_of.is_empty()),
                (Rule::ChoiceChanged, "was oneOf, is anyOf"),
                (Rule::ChoiceChanged, "was anyOf, is oneOf"),
                location,
            );
            if let Some((old, new)) = discriminators {
                let (was, old_rest) = told_apart(diff.old, old, was);
                let (is, new_rest) = told_apart(diff.new, new, is);
                compare_named(diff, was, is, location);
                compare_alternatives(diff, old_rest, new_rest, location);
            } else {
                let (was, is) = (alternatives(diff.old, was), alternatives(diff.new, is));
                compare_alternatives(diff, was, is, location);
            }
        }
        (None, Some(_)) if has_no_choice(old) => {
            diff.note(
                Rule::ChoiceAdded,
                location,
                "has to match one of several alternatives",
            );
        }
        (Some(_), None) if has_no_choice(new) => {
            diff.note(
                Rule::ChoiceRemoved,
                location,
                "need not match one of several alternatives",
            );
        }
        (None, None) if has_no_choice(old) && has_no_choice(new) => {
            if let Some(discriminators) = discriminators {
                compare_derived(diff, old, new, discriminators, location);
            }
        }
        // Several choices at once, from `allOf` or from `oneOf` beside `anyOf`.
        _ => {
            for (was, is) in [(&old.one_of, &new.one_of), (&old.any_of, &new.any_of)] {
                if was.len() != is.len() {
                    let what = format!(
                        "number of choices to match was {}, is {}",
                        was.len(),
                        is.len()
                    );
                    diff.note(Rule::ChoiceChanged, location, what);
                }
                for (was, is) in was.iter().zip(is) {
                    let (was, is) = (alternatives(diff.old, was), alternatives(diff.new, is));
                    compare_alternatives(diff, was, is, location);
                }
            }
        }
    }
}

/// Compares the schemas that stand for a base schema without a choice.
fn compare_derived<'a>(
    diff: &mut Diff<'a>,
    old: &Shape<'a>,
    new: &Shape<'a>,
    (old_discriminator, new_discriminator): (&'a Value, &'a Value),
    location: &Location,
) {
    let identity = ptr::from_ref(old_discriminator);
    if diff.schemas.discriminators.contains(&identity) {
        // The comparison is in progress further out, so the result of this one is incomplete.
        diff.schemas.met = 0;
        return;
    }
    let was = derived(diff.old, old_discriminator);
    let is = derived(diff.new, new_discriminator);
    if contains(diff.old, &was, &old.parts) || contains(diff.new, &is, &new.parts) {
        return;
    }
    diff.schemas.discriminators.push(identity);
    compare_named(diff, was, is, location);
    diff.schemas.discriminators.pop();
}

/// Compares alternatives that a discriminator tells apart.
fn compare_named<'a>(diff: &mut Diff<'a>, old: Named<'a>, new: Named<'a>, location: &Location) {
    for (name, delta) in by_key(old, new) {
        let location = location.then(format_args!("as {}", quoted(&name)));
        match delta {
            Delta::Kept(old, new) => compare_parts(diff, old, new, &location),
            Delta::Removed(_) => {
                let what = format!("the discriminator may no longer be {name:?}");
                diff.note(Rule::AlternativeRemoved, &location, what);
            }
            Delta::Added(_) => {
                let what = format!("the discriminator may be {name:?}");
                diff.note(Rule::AlternativeAdded, &location, what);
            }
        }
    }
}

/// Compares alternatives without a discriminator: matched by content, then by name, then by type in their order.
fn compare_alternatives<'a>(
    diff: &mut Diff<'a>,
    mut old: Vec<Alternative<'a>>,
    mut new: Vec<Alternative<'a>>,
    location: &Location,
) {
    let mut pairs = Vec::new();
    if old.len().max(new.len()) <= MAX_MATCHED {
        let mut findings = |was: &Alternative<'a>, is: &Alternative<'a>| {
            let (was, is) = (was.parts.clone(), is.parts.clone());
            diff.trial(|diff| compare_parts(diff, was, is, location))
        };
        pair_off(&mut old, &mut new, &mut pairs, |was, is| {
            findings(was, is).is_empty()
        });
        pair_off(&mut old, &mut new, &mut pairs, |was, is| {
            findings(was, is).iter().all(Finding::is_wording)
        });
    }
    pair_off(&mut old, &mut new, &mut pairs, |was, is| {
        was.name.is_some() && was.name == is.name
    });
    pair_off(&mut old, &mut new, &mut pairs, |was, is| {
        was.schema_type == is.schema_type && (was.name.is_none() || is.name.is_none())
    });
    pair_off(&mut old, &mut new, &mut pairs, |was, is| {
        let (was, is) = (was.schema_type, is.schema_type);
        was.includes(is) || is.includes(was)
    });
    let at =
        |alternative: &Alternative<'_>| location.then(format_args!("as {}", alternative.label()));
    for (was, is) in pairs {
        let location = at(&was);
        compare_parts(diff, was.parts, is.parts, &location);
    }
    for was in old {
        diff.note(
            Rule::AlternativeRemoved,
            &at(&was),
            "is no longer one of the alternatives",
        );
    }
    for is in new {
        diff.note(
            Rule::AlternativeAdded,
            &at(&is),
            "is one of the alternatives",
        );
    }
}
