//! Schemas: what a value may be.

use serde_json::Value;

use super::{
    change::Place,
    compare::{Comparison, Pair},
    document::reference,
    rule::{Id, Side},
    shape::{Kind, Shape},
    words,
};

/// How deep schemas are compared. Nobody nests them so deep; the stack has room for it.
const DEEPEST: usize = 100;

/// Formats of OpenAPI and JSON Schema that hold one another, the narrow one first.
const HELD: [(&str, &str); 2] = [("int32", "int64"), ("float", "double")];

impl<'a> Comparison<'a> {
    /// Compares two schemas, where there are any. None asks nothing.
    pub fn schema(&mut self, old: Option<&'a Value>, new: Option<&'a Value>, place: &Place) {
        self.parts(old.into_iter().collect(), new.into_iter().collect(), place);
    }

    /// Compares what all of `old` ask with what all of `new` ask.
    pub fn parts(&mut self, old: Vec<&'a Value>, new: Vec<&'a Value>, place: &Place) {
        let pair = self.pair(&old, &new, place.side);
        if let Some(at) = self.way.iter().position(|known| *known == pair) {
            self.met = self.met.min(at);
            return;
        }
        if self.clean.contains(&pair) {
            return;
        }
        let depth = self.way.len();
        if depth >= DEEPEST || self.steps == 0 {
            self.met = 0;
            // A document is never other than itself, however intricate.
            if self.old.value() != self.new.value() {
                self.note(Id::NotCompared, place, "is too intricate to be compared");
            }
            return;
        }
        self.steps -= 1;
        let count = self.count();
        let outer = std::mem::replace(&mut self.met, usize::MAX);
        self.way.push(pair.clone());
        let (old_shape, new_shape) = (Shape::of(self.old, &old), Shape::of(self.new, &new));
        self.shapes((old, old_shape), (new, new_shape), place);
        self.way.pop();
        // Without a change, and not by assuming that what holds it has none.
        if self.count() == count && self.met >= depth {
            self.clean.insert(pair);
        }
        let beyond = if self.met < depth {
            self.met
        } else {
            usize::MAX
        };
        self.met = outer.min(beyond);
    }

    /// What the way is made of: schemas, not references to them. Words beside a reference make it another one.
    fn pair(&self, old: &[&'a Value], new: &[&'a Value], side: Side) -> Pair {
        let plain = |part: &&'a Value| part.as_object().is_some_and(|keys| keys.len() == 1);
        let old = old
            .iter()
            .map(|part| match reference(part).is_some() && plain(part) {
                true => std::ptr::from_ref(self.old.resolve(part)),
                false => std::ptr::from_ref(*part),
            });
        let new = new
            .iter()
            .map(|part| match reference(part).is_some() && plain(part) {
                true => std::ptr::from_ref(self.new.resolve(part)),
                false => std::ptr::from_ref(*part),
            });
        (old.collect(), new.collect(), side)
    }

    fn shapes(
        &mut self,
        (old_parts, old): (Vec<&'a Value>, Shape<'a>),
        (new_parts, new): (Vec<&'a Value>, Shape<'a>),
        place: &Place,
    ) {
        self.said(&old, &new, place);
        self.null(&old, &new, place);
        if self.one_became_many((&old_parts, &old), (&new_parts, &new), place) {
            return;
        }
        if !self.kinds(&old, &new, place) {
            return;
        }
        self.format(old.format, new.format, place);
        self.values(old.values.as_deref(), new.values.as_deref(), place);
        self.limits(&old.limits, &new.limits, place);
        self.patterns(&old, &new, place);
        self.fields(&old, &new, place);
        if !(old.items.is_empty() && new.items.is_empty()) {
            let place = place.then("each item");
            self.parts(old.items.clone(), new.items.clone(), &place);
        }
        self.choices((&old_parts, &old), (&new_parts, &new), place);
        self.not(&old.not, &new.not, place);
    }

    /// What does not decide whether a value fits.
    fn said(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) {
        let keys: std::collections::BTreeSet<_> =
            old.words.keys().chain(new.words.keys()).collect();
        for key in keys {
            let (was, is) = (old.words.get(key), new.words.get(key));
            if was != is {
                let id = match key.ends_with("beside a $ref") {
                    true => Id::Words,
                    false => words::id(key),
                };
                self.note(
                    id,
                    place,
                    words::change(key, one(was).as_ref(), one(is).as_ref()),
                );
            }
        }
        self.deprecation(old.is_deprecated, new.is_deprecated, place);
        if old.default != new.default {
            let what = words::change("default", old.default, new.default);
            self.note(Id::DefaultChanged, place, what);
        }
        if old.xml != new.xml {
            self.note(
                Id::XmlChanged,
                place,
                words::change("xml", old.xml, new.xml),
            );
        }
        for (key, was, is) in [
            ("readOnly", old.is_read_only, new.is_read_only),
            ("writeOnly", old.is_write_only, new.is_write_only),
        ] {
            if was != is {
                let what = format!("{key} was {was}, is {is}, which makes no difference here");
                self.note(Id::Words, place, what);
            }
        }
    }

    fn null(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) {
        match (old.is_nullable, new.is_nullable) {
            (false, true) => self.note(Id::NullAllowed, place, "may be null"),
            (true, false) => self.note(Id::NullRefused, place, "may no longer be null"),
            _ => {}
        }
    }

    /// Whether the types are so much alike that the rest can be compared.
    fn kinds(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) -> bool {
        let (was, is) = (old.kind, new.kind);
        if was == is {
            if old.is_said != new.is_said {
                let what = match new.is_said {
                    true => format!("is said to be {}, as could be seen", is.word()),
                    false => format!("is no longer said to be {}, as can be seen", is.word()),
                };
                self.note(Id::Words, place, what);
            }
            return true;
        }
        let id = if is.holds(was) {
            Id::TypeWidened
        } else if was.holds(is) {
            Id::TypeNarrowed
        } else {
            Id::TypeChanged
        };
        self.note(id, place, format!("was {}, is {}", was.word(), is.word()));
        matches!(
            (was, is),
            (Kind::Number, Kind::Integer) | (Kind::Integer, Kind::Number)
        )
    }

    fn format(&mut self, old: Option<&str>, new: Option<&str>, place: &Place) {
        if old == new {
            return;
        }
        // A hint to hide what is typed (OpenAPI 3.0.3, "Data Types").
        let shown = |format: Option<&str>| format == Some("password") || format.is_none();
        let id = match (old, new) {
            _ if shown(old) && shown(new) => Id::Words,
            (None, _) => Id::FormatNarrowed,
            (_, None) => Id::FormatWidened,
            (Some(was), Some(is)) if HELD.contains(&(was, is)) => Id::FormatWidened,
            (Some(was), Some(is)) if HELD.contains(&(is, was)) => Id::FormatNarrowed,
            _ => Id::FormatChanged,
        };
        let told = |format: Option<&str>| format.map_or("none".to_owned(), |it| format!("{it:?}"));
        self.note(
            id,
            place,
            format!("format was {}, is {}", told(old), told(new)),
        );
    }

    fn values(&mut self, old: Option<&[&Value]>, new: Option<&[&Value]>, place: &Place) {
        let list = |values: &[&Value]| {
            let shown: Vec<_> = values.iter().map(|value| words::shown(value)).collect();
            shown.join(", ")
        };
        match (old, new) {
            (None, None) => {}
            (None, Some(is)) => {
                self.note(Id::EnumAdded, place, format!("is one of {} only", list(is)));
            }
            (Some(was), None) => {
                self.note(
                    Id::EnumRemoved,
                    place,
                    format!("is more than one of {}", list(was)),
                );
            }
            (Some(was), Some(is)) => {
                for value in is.iter().filter(|value| !was.contains(value)) {
                    let (place, shown) = (place.named(&bare(value)), words::shown(value));
                    self.note(Id::EnumValueAdded, &place, format!("may be {shown}"));
                }
                for value in was.iter().filter(|value| !is.contains(value)) {
                    let (place, shown) = (place.named(&bare(value)), words::shown(value));
                    self.note(
                        Id::EnumValueRemoved,
                        &place,
                        format!("may no longer be {shown}"),
                    );
                }
            }
        }
    }

    fn patterns(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) {
        let list = |shape: &Shape<'a>| {
            let patterns: Vec<_> = shape.patterns.iter().copied().collect();
            patterns.join(" and ")
        };
        let (was, is) = (list(old), list(new));
        let place = place.then("pattern");
        if old.patterns == new.patterns {
        } else if old.patterns.is_subset(&new.patterns) {
            self.note(Id::LimitTightened, &place, format!("has to match {is:?}"));
        } else if new.patterns.is_subset(&old.patterns) {
            self.note(Id::LimitLoosened, &place, format!("need not match {was:?}"));
        } else {
            self.note(Id::PatternChanged, &place, words::difference(&was, &is));
        }
    }

    fn not(&mut self, old: &[&'a Value], new: &[&'a Value], place: &Place) {
        let place = place.then("not");
        match (old, new) {
            ([], []) => {}
            ([], _) => self.note(Id::ExclusionAdded, &place, "something is excluded"),
            (_, []) => self.note(
                Id::ExclusionRemoved,
                &place,
                "something is no longer excluded",
            ),
            _ => {
                let changes = self.trial(|it| it.parts(old.to_vec(), new.to_vec(), &place));
                if changes.is_empty() {
                    return;
                }
                let id = match super::compare::is_words(&changes) {
                    true => Id::Words,
                    false => Id::ExclusionChanged,
                };
                for change in changes {
                    let what = format!("what is excluded changed: {}", what(&change.text));
                    self.note(id, &Place::new(place.side, change.place), what);
                }
            }
        }
    }
}

/// What a change says happened, without why that is good or bad on the side on which it was looked at.
pub fn what(text: &str) -> &str {
    text.rsplit_once("; ").map_or(text, |(what, _)| what)
}

/// A value as a step of a place.
fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One value, or the list of them.
fn one(values: Option<&Vec<&Value>>) -> Option<Value> {
    match values?.as_slice() {
        [value] => Some((*value).clone()),
        many => Some(many.iter().map(|value| (*value).clone()).collect()),
    }
}
