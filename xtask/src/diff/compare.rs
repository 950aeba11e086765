//! The state of a comparison: where it is, what it found, and how far it may go.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    change::{Change, EVERYWHERE, Place},
    document::{Document, reference},
    operation, rule,
    rule::{Id, Side},
    words,
};

/// How many pairs of schemas are compared before the comparison gives up. Our two vendors need some hundred.
const MOST_STEPS: usize = 400_000;

/// How many changes are listed before the comparison gives up.
const MOST_CHANGES: usize = 50_000;

/// Two schemas, each as the parts that a value has to fit, on one side.
pub type Pair = (Vec<*const Value>, Vec<*const Value>, Side);

/// Finds every change from one document to another, in the order of reports.
pub fn changes(old: &Document, new: &Document) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new);
    operation::compare(&mut comparison);
    let mut changes = comparison.changes;
    changes.sort_by(|one, other| one.rank().cmp(&other.rank()));
    changes.dedup();
    changes
}

/// A comparison under way.
pub struct Comparison<'a> {
    pub old: &'a Document,
    pub new: &'a Document,
    /// The operation that is being compared.
    pub method: String,
    pub path: String,
    /// What is sent in a callback is received by us, and the other way round.
    pub is_callback: bool,
    /// Pairs of schemas that are being compared, so that what holds itself ends.
    pub way: Vec<Pair>,
    /// The outermost pair of the way that was met again.
    pub met: usize,
    /// Pairs without a change, wherever they stand.
    pub clean: HashSet<Pair>,
    /// Discriminators whose forms are being compared.
    pub forms: Vec<*const Value>,
    pub steps: usize,
    changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Document, new: &'a Document) -> Self {
        Self {
            old,
            new,
            method: EVERYWHERE.to_owned(),
            path: EVERYWHERE.to_owned(),
            is_callback: false,
            way: Vec::new(),
            met: usize::MAX,
            clean: HashSet::new(),
            forms: Vec::new(),
            steps: MOST_STEPS,
            changes: Vec::new(),
        }
    }

    /// From here on the changes belong to an operation.
    pub fn enter(&mut self, method: &str, path: &str) {
        method.clone_into(&mut self.method);
        path.clone_into(&mut self.path);
    }

    /// From here on the changes belong to the whole document.
    pub fn leave(&mut self) {
        self.enter(EVERYWHERE, EVERYWHERE);
    }

    /// Lists a change: `what` happened, to which the table adds how bad it is and why.
    pub fn note(&mut self, id: Id, place: &Place, what: impl AsRef<str>) {
        if self.changes.len() == MOST_CHANGES {
            return;
        }
        let (id, what) = match self.changes.len() + 1 == MOST_CHANGES {
            true => (Id::NotCompared, "there are more changes than can be listed"),
            false => (id, what.as_ref()),
        };
        let (level, why) = id.verdict(place.side);
        self.changes.push(Change {
            level,
            id: id.rule().word,
            method: self.method.clone(),
            path: self.path.clone(),
            place: place.to_string(),
            text: format!("{what}; {why}"),
            accepted: None,
        });
    }

    /// How many changes there are so far.
    pub fn count(&self) -> usize {
        self.changes.len()
    }

    /// What a comparison would list, without listing it.
    pub fn trial(&mut self, compare: impl FnOnce(&mut Self)) -> Vec<Change> {
        let kept = std::mem::take(&mut self.changes);
        compare(self);
        std::mem::replace(&mut self.changes, kept)
    }

    /// Where what the caller writes stands.
    pub fn sent(&self, words: impl Into<String>) -> Place {
        let side = match self.is_callback {
            true => Side::Received,
            false => Side::Sent,
        };
        Place::new(side, words)
    }

    /// Where what the caller reads stands.
    pub fn received(&self, words: impl Into<String>) -> Place {
        let side = match self.is_callback {
            true => Side::Sent,
            false => Side::Received,
        };
        Place::new(side, words)
    }

    /// Notices whether advice against something was given or taken back.
    pub fn deprecation(&mut self, was: bool, is: bool, place: &Place) {
        match (was, is) {
            (false, true) => self.note(Id::Deprecated, place, "is deprecated"),
            (true, false) => self.note(Id::NotDeprecated, place, "is no longer deprecated"),
            _ => {}
        }
    }

    /// What two objects mean, which may be references. Notices what stands beside those.
    pub fn resolved(
        &mut self,
        old: &'a Value,
        new: &'a Value,
        place: &Place,
    ) -> (&'a Value, &'a Value) {
        let (was, is) = (self.old.resolve(old), self.new.resolve(new));
        if !std::ptr::eq(old, was) || !std::ptr::eq(new, is) {
            // OpenAPI 3.0.3, "Reference Object": what stands beside a reference is ignored.
            for (key, was, is) in words::differing(&beside(old), &beside(new)) {
                let what = words::change(&format!("{key} beside a $ref"), was, is);
                self.note(Id::Words, place, what);
            }
        }
        (was, is)
    }

    /// Notices every key of two objects that no comparison of its own is made of.
    pub fn rest(&mut self, old: &Value, new: &Value, known: &[&str], place: &Place) {
        for (key, was, is) in words::differing(old, new) {
            if !known.contains(&key) {
                let id = words::id(key);
                self.note(id, place, words::change(key, was, is));
            }
        }
    }
}

/// Whether changes are of words alone.
pub fn is_words(changes: &[Change]) -> bool {
    let words = rule::Id::Words.rule().word;
    changes.iter().all(|change| change.id == words)
}

/// What stands beside a reference; nothing, if it is none.
fn beside(value: &Value) -> Value {
    let mut value = match reference(value) {
        Some(_) => value.clone(),
        None => return Value::Null,
    };
    value.as_object_mut().map(|keys| keys.remove("$ref"));
    value
}
