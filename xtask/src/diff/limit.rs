//! Limits of length, size, count and step.

use std::{cmp::Ordering, collections::BTreeMap};

use serde_json::{Number, Value};

use super::{
    change::Place,
    compare::Comparison,
    document::{at, is_set},
    rule::Id,
};

/// Which way a limit gets tighter.
#[derive(Clone, Copy, PartialEq)]
enum Tighter {
    Up,
    Down,
}

/// The limits that are one number.
const PLAIN: [(&str, Tighter); 6] = [
    ("minLength", Tighter::Up),
    ("maxLength", Tighter::Down),
    ("minItems", Tighter::Up),
    ("maxItems", Tighter::Down),
    ("minProperties", Tighter::Up),
    ("maxProperties", Tighter::Down),
];

/// The limits that may leave out the number itself.
const OPEN: [(&str, &str, Tighter); 2] = [
    ("minimum", "exclusiveMinimum", Tighter::Up),
    ("maximum", "exclusiveMaximum", Tighter::Down),
];

/// A limit, and whether it is itself beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Limit<'a> {
    number: &'a Number,
    is_open: bool,
}

/// The tightest of all limits that the parts of a schema set.
#[derive(Debug, Default)]
pub struct Limits<'a> {
    bounds: BTreeMap<&'static str, Limit<'a>>,
    steps: Vec<&'a Number>,
    is_unique: bool,
}

impl<'a> Limits<'a> {
    /// Adds those of a schema.
    pub fn add(&mut self, schema: &'a Value) {
        for (key, tighter) in PLAIN {
            // At least none is no limit.
            if let Some(Value::Number(number)) = at(schema, key)
                && !(tighter == Tighter::Up && number.as_f64() == Some(0.0))
            {
                self.bound(key, tighter, number, false);
            }
        }
        for (key, open, tighter) in OPEN {
            if let Some(Value::Number(number)) = at(schema, key) {
                self.bound(key, tighter, number, is_set(schema, open));
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

    fn bound(&mut self, key: &'static str, tighter: Tighter, number: &'a Number, is_open: bool) {
        let limit = Limit { number, is_open };
        let kept = self.bounds.entry(key).or_insert(limit);
        if tightness(tighter, *kept, limit) == Ordering::Less {
            *kept = limit;
        }
    }
}

impl Comparison<'_> {
    pub fn limits(&mut self, old: &Limits<'_>, new: &Limits<'_>, place: &Place) {
        let plain = PLAIN.map(|(key, tighter)| (key, tighter));
        let open = OPEN.map(|(key, _, tighter)| (key, tighter));
        for (key, tighter) in plain.into_iter().chain(open) {
            let (was, is) = (old.bounds.get(key), new.bounds.get(key));
            let (id, what) = match (was, is) {
                (None, Some(is)) => (Id::LimitTightened, format!("{key} {} is new", told(is))),
                (Some(was), None) => (Id::LimitLoosened, format!("{key} {} is gone", told(was))),
                (Some(was), Some(is)) => {
                    let id = match tightness(tighter, *was, *is) {
                        Ordering::Less => Id::LimitTightened,
                        Ordering::Greater => Id::LimitLoosened,
                        Ordering::Equal => continue,
                    };
                    (id, format!("{key} was {}, is {}", told(was), told(is)))
                }
                (None, None) => continue,
            };
            self.note(id, &place.then(key), what);
        }
        self.steps(&old.steps, &new.steps, place);
        match (old.is_unique, new.is_unique) {
            (false, true) => {
                self.note(
                    Id::LimitTightened,
                    &place.then("uniqueItems"),
                    "is true: no item may come twice",
                );
            }
            (true, false) => {
                self.note(
                    Id::LimitLoosened,
                    &place.then("uniqueItems"),
                    "is false: an item may come twice",
                );
            }
            _ => {}
        }
    }

    fn steps(&mut self, old: &[&Number], new: &[&Number], place: &Place) {
        let place = place.then("multipleOf");
        let covers = |steps: &[&Number], step: &Number| steps.iter().any(|it| divides(step, it));
        for step in new.iter().filter(|step| !covers(old, step)) {
            self.note(
                Id::LimitTightened,
                &place,
                format!("only multiples of {step} are possible"),
            );
        }
        for step in old.iter().filter(|step| !covers(new, step)) {
            self.note(
                Id::LimitLoosened,
                &place,
                format!("others than multiples of {step} are possible"),
            );
        }
    }
}

/// `Less` where the second limit is tighter than the first.
fn tightness(tighter: Tighter, one: Limit<'_>, other: Limit<'_>) -> Ordering {
    let numbers = compare(one.number, other.number);
    let numbers = match tighter {
        Tighter::Up => numbers,
        Tighter::Down => numbers.reverse(),
    };
    numbers.then(one.is_open.cmp(&other.is_open))
}

/// Whole numbers are compared as such: a float does not tell the largest of 64 bits from its neighbours.
fn compare(one: &Number, other: &Number) -> Ordering {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            let (one, other) = (one.as_f64(), other.as_f64());
            one.partial_cmp(&other).unwrap_or(Ordering::Equal)
        }
    }
}

fn whole(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

/// Whether every multiple of `step` is one of `other`.
fn divides(other: &Number, step: &Number) -> bool {
    if other == step {
        return true;
    }
    let (step, other) = match (whole(step), whole(other)) {
        (Some(0), _) | (_, Some(0)) => return false,
        (Some(step), Some(other)) => return step % other == 0,
        _ => (step.as_f64(), other.as_f64()),
    };
    match (step, other) {
        (Some(step), Some(other)) => {
            let times = step / other;
            (times - times.round()).abs() < 1e-9
        }
        _ => false,
    }
}

fn told(limit: &Limit<'_>) -> String {
    match limit.is_open {
        true => format!("{} (exclusive)", limit.number),
        false => limit.number.to_string(),
    }
}
