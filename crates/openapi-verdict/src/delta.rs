//! Matches what two documents have under the same key.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::members;

/// A thing of the old set, of the new set, or of both.
#[derive(Clone, Copy, Debug)]
pub enum Delta<T> {
    Removed(T),
    Added(T),
    Kept(T, T),
}

impl<T> Delta<T> {
    /// The old and the new thing.
    pub fn sides(self) -> (Option<T>, Option<T>) {
        match self {
            Self::Removed(old) => (Some(old), None),
            Self::Added(new) => (None, Some(new)),
            Self::Kept(old, new) => (Some(old), Some(new)),
        }
    }
}

/// Matches two sets by key, in the order of keys.
pub fn by_key<K: Ord, T>(
    old: impl IntoIterator<Item = (K, T)>,
    new: impl IntoIterator<Item = (K, T)>,
) -> impl Iterator<Item = (K, Delta<T>)> {
    let mut deltas: BTreeMap<K, Delta<T>> = BTreeMap::new();
    deltas.extend(old.into_iter().map(|(key, old)| (key, Delta::Removed(old))));
    for (key, new) in new {
        let delta = match deltas.remove(&key) {
            Some(Delta::Removed(old) | Delta::Kept(old, _)) => Delta::Kept(old, new),
            _ => Delta::Added(new),
        };
        deltas.insert(key, delta);
    }
    deltas.into_iter()
}

/// The members of two objects that differ, by key.
pub fn differing<'a>(
    old: &'a Value,
    new: &'a Value,
) -> impl Iterator<Item = (&'a str, Option<&'a Value>, Option<&'a Value>)> {
    by_key(members(old), members(new))
        .map(|(key, delta)| (key, delta.sides()))
        .filter(|(_, (old, new))| old != new)
        .map(|(key, (old, new))| (key, old, new))
}

/// Moves each item of `old`, together with the first item of `new` that matches it, to `pairs`.
pub fn pair_off<T>(
    old: &mut Vec<T>,
    new: &mut Vec<T>,
    pairs: &mut Vec<(T, T)>,
    mut is_match: impl FnMut(&T, &T) -> bool,
) {
    let mut left = Vec::new();
    for was in old.drain(..) {
        match new.iter().position(|is| is_match(&was, is)) {
            Some(index) => pairs.push((was, new.remove(index))),
            None => left.push(was),
        }
    }
    *old = left;
}
