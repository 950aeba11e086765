//! Limits of length, size, count and step.

use std::{cmp::Ordering, collections::BTreeMap};

use serde_json::{Number, Value};

use super::{
    change::Location,
    delta::{Delta, by_key},
    diff::Diff,
    json::{at, is_set},
    rule::Rule,
};

/// The keywords of lower and upper limits, each with the keyword that makes it exclusive.
const BOUNDS: [(&str, Option<&str>, Bound); 8] = [
    ("minLength", None, Bound::Lower),
    ("maxLength", None, Bound::Upper),
    ("minItems", None, Bound::Lower),
    ("maxItems", None, Bound::Upper),
    ("minProperties", None, Bound::Lower),
    ("maxProperties", None, Bound::Upper),
    ("minimum", Some("exclusiveMinimum"), Bound::Lower),
    ("maximum", Some("exclusiveMaximum"), Bound::Upper),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    Lower,
    Upper,
}

#[derive(Clone, Copy, Debug)]
struct Limit<'a> {
    number: &'a Number,
    bound: Bound,
    is_exclusive: bool,
}

/// The tightest limits of the parts of a schema.
#[derive(Debug, Default)]
pub struct Limits<'a> {
    bounds: BTreeMap<&'static str, Limit<'a>>,
    steps: Vec<&'a Number>,
    is_unique: bool,
}

impl<'a> Limits<'a> {
    /// Adds the limits of a part.
    pub fn add(&mut self, schema: &'a Value) {
        for (key, exclusive, bound) in BOUNDS {
            let Some(Value::Number(number)) = at(schema, key) else {
                continue;
            };
            // A length or count of at least 0 is no limit.
            if exclusive.is_none() && bound == Bound::Lower && number.as_f64() == Some(0.0) {
                continue;
            }
            let limit = Limit {
                number,
                bound,
                is_exclusive: exclusive.is_some_and(|key| is_set(schema, key)),
            };
            let tightest = self.bounds.entry(key).or_insert(limit);
            if limit.tightness(tightest) == Ordering::Greater {
                *tightest = limit;
            }
        }
        if let Some(Value::Number(step)) = at(schema, "multipleOf") {
            self.steps.push(step);
        }
        self.is_unique |= is_set(schema, "uniqueItems");
    }

    pub fn is_empty(&self) -> bool {
        self.bounds.is_empty() && self.steps.is_empty() && !self.is_unique
    }
}

impl Limit<'_> {
    /// Compares the tightness of two limits of the same keyword.
    fn tightness(&self, other: &Self) -> Ordering {
        let numbers = compare_numbers(self.number, other.number);
        let numbers = match self.bound {
            Bound::Lower => numbers,
            Bound::Upper => numbers.reverse(),
        };
        numbers.then(self.is_exclusive.cmp(&other.is_exclusive))
    }

    fn shown(&self) -> String {
        let exclusive = if self.is_exclusive {
            " (exclusive)"
        } else {
            ""
        };
        format!("{}{exclusive}", self.number)
    }
}

pub fn compare(diff: &mut Diff<'_>, old: &Limits<'_>, new: &Limits<'_>, location: &Location) {
    for (key, delta) in by_key(&old.bounds, &new.bounds) {
        let (rule, what) = match delta {
            Delta::Added(new) => (
                Rule::LimitTightened,
                format!("{key} {} was added", new.shown()),
            ),
            Delta::Removed(old) => (
                Rule::LimitLoosened,
                format!("{key} {} was removed", old.shown()),
            ),
            Delta::Kept(old, new) => {
                let rule = match new.tightness(old) {
                    Ordering::Greater => Rule::LimitTightened,
                    Ordering::Less => Rule::LimitLoosened,
                    Ordering::Equal => continue,
                };
                (
                    rule,
                    format!("{key} was {}, is {}", old.shown(), new.shown()),
                )
            }
        };
        diff.note(rule, &location.then(key), what);
    }
    let includes = |steps: &[&Number], step: &Number| steps.iter().any(|it| divides(it, step));
    let multiples = location.then("multipleOf");
    for step in new.steps.iter().filter(|step| !includes(&old.steps, step)) {
        let what = format!("has to be a multiple of {step}");
        diff.note(Rule::LimitTightened, &multiples, what);
    }
    for step in old.steps.iter().filter(|step| !includes(&new.steps, step)) {
        let what = format!("need not be a multiple of {step}");
        diff.note(Rule::LimitLoosened, &multiples, what);
    }
    diff.toggle(
        (old.is_unique, new.is_unique),
        (Rule::LimitTightened, "items have to be unique"),
        (Rule::LimitLoosened, "items need not be unique"),
        &location.then("uniqueItems"),
    );
}

/// Compares integers exactly: a float cannot tell the largest ones of 64 bits apart.
fn compare_numbers(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            let (one, other) = (one.as_f64(), other.as_f64());
            one.partial_cmp(&other).unwrap_or(Ordering::Equal)
        }
    }
}

/// Returns `true` if every multiple of `step` is a multiple of `divisor`.
fn divides(step: &Number, divisor: &Number) -> bool {
    if step == divisor {
        return true;
    }
    match (step.as_i128(), divisor.as_i128()) {
        (Some(0), _) | (_, Some(0)) => false,
        (Some(step), Some(divisor)) => step % divisor == 0,
        _ => match (step.as_f64(), divisor.as_f64()) {
            (Some(step), Some(divisor)) => {
                let times = step / divisor;
                (times - times.round()).abs() < 1e-9
            }
            _ => false,
        },
    }
}
