//! Callbacks: what the vendor sends to us. Sides are swapped, and whatever changes is for a person to look at.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    change::Place,
    compare::{Comparison, is_words},
    document::{Document, at, is_extension, members, members_of},
    operation::{METHODS, Operation, of_path},
    rule::{Id, Side},
    schema::what,
    words,
};

impl<'a> Comparison<'a> {
    /// Compares the callbacks of two operations.
    pub fn callbacks(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        let expressions = |document: &'a Document, operation: &Operation<'a>| {
            let callbacks = members_of(operation.value, "callbacks");
            let paths = callbacks.flat_map(|(name, callback)| {
                let paths = members(document.resolve(callback));
                paths.map(move |(path, item)| ((name, path), item))
            });
            paths.collect::<BTreeMap<_, _>>()
        };
        let (was, is) = (expressions(self.old, old), expressions(self.new, new));
        let keys: BTreeSet<_> = was.keys().chain(is.keys()).copied().collect();
        for (name, path) in keys {
            let place = Place::new(Side::Around, "callback").named(name).named(path);
            match (was.get(&(name, path)), is.get(&(name, path))) {
                (Some(_), None) => self.note(Id::CallbackChanged, &place, "is gone"),
                (None, Some(_)) => self.note(Id::CallbackChanged, &place, "is new"),
                (Some(old), Some(new)) if is_extension(path) => {
                    self.extension(path, Some(old), Some(new));
                }
                (Some(old), Some(new)) => self.callback((path, old), (path, new), &place),
                (None, None) => {}
            }
        }
    }

    fn callback(
        &mut self,
        (was, old): (&'a str, &'a Value),
        (is, new): (&'a str, &'a Value),
        place: &Place,
    ) {
        // A callback of a callback is noticed as a change of it, and not gone through.
        if self.is_callback {
            if old != new {
                self.note(Id::CallbackChanged, place, "is another one");
            }
            return;
        }
        let old = of_path(self.old, was, old);
        let new = of_path(self.new, is, new);
        let find = |all: &[Operation<'a>], method: &str| {
            all.iter().find(|it| it.method == method).cloned()
        };
        for method in METHODS.map(str::to_uppercase) {
            let place = place.then(&method);
            match (find(&old, &method), find(&new, &method)) {
                (None, None) => {}
                (Some(_), None) => self.note(Id::CallbackChanged, &place, "is gone"),
                (None, Some(_)) => self.note(Id::CallbackChanged, &place, "is new"),
                (Some(old), Some(new)) => {
                    self.is_callback = true;
                    let changes = self.trial(|it| it.operation(&old, &new));
                    self.is_callback = false;
                    for key in ["security", "servers"] {
                        let (was, is) = (at(old.value, key), at(new.value, key));
                        if was != is {
                            let what = words::change(key, was, is);
                            self.note(Id::CallbackChanged, &place, what);
                        }
                    }
                    for change in changes {
                        let id = match is_words(std::slice::from_ref(&change)) {
                            true => Id::Words,
                            false => Id::CallbackChanged,
                        };
                        self.note(id, &place.then(&change.place), what(&change.text));
                    }
                }
            }
        }
    }
}
