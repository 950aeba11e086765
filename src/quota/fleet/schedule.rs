use std::collections::{BTreeMap, BTreeSet};

/// Names with a time each, in the order of time and then of name, as in a sorted set of Redis.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Schedule {
    times: BTreeMap<String, i64>,
    order: BTreeSet<(i64, String)>,
}

impl Schedule {
    pub(super) fn len(&self) -> usize {
        self.times.len()
    }

    pub(super) fn insert(&mut self, name: String, time: i64) {
        self.remove(&name);
        self.times.insert(name.clone(), time);
        self.order.insert((time, name));
    }

    /// Removes a name, and returns its time if it was there.
    pub(super) fn remove(&mut self, name: &str) -> Option<i64> {
        let time = self.times.remove(name)?;
        self.order.remove(&(time, name.to_owned()));
        Some(time)
    }

    /// Removes and returns the names whose time has come.
    pub(super) fn end(&mut self, now: i64) -> Vec<String> {
        let mut ended = Vec::new();
        while self.order.first().is_some_and(|(time, _)| *time <= now) {
            let Some((_, name)) = self.order.pop_first() else {
                break;
            };
            self.times.remove(&name);
            ended.push(name);
        }
        ended
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(i64, String)> {
        self.order.iter()
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.times.contains_key(name)
    }
}
