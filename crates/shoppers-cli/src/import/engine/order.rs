//! Rows about one shopper are sent one after the other, all others side by side.

use std::collections::{HashMap, HashSet, VecDeque};

use super::super::destination::Key;

/// Keeps the order of rows that have a key in common.
pub struct Order<T> {
    /// The keys of the rows under way.
    taken: HashSet<Key>,
    waiting: VecDeque<(Vec<Key>, T)>,
    /// The number of waiting rows that have a key.
    wanted: HashMap<Key, usize>,
}

impl<T> Order<T> {
    pub fn new() -> Self {
        Self {
            taken: HashSet::new(),
            waiting: VecDeque::new(),
            wanted: HashMap::new(),
        }
    }

    /// Returns the row if it may be sent now; otherwise it waits.
    pub fn offer(&mut self, keys: Vec<Key>, row: T) -> Option<T> {
        let has_to_wait = |key: &Key| self.taken.contains(key) || self.wanted.contains_key(key);
        if keys.iter().any(has_to_wait) {
            for key in &keys {
                *self.wanted.entry(*key).or_default() += 1;
            }
            self.waiting.push_back((keys, row));
            return None;
        }
        self.taken.extend(keys);
        Some(row)
    }

    /// Takes note that a row is done, and returns the rows that waited for it alone.
    pub fn done(&mut self, keys: &[Key]) -> Vec<T> {
        for key in keys {
            self.taken.remove(key);
        }
        if !keys.iter().any(|key| self.wanted.contains_key(key)) {
            return Vec::new();
        }
        let mut free = Vec::new();
        self.wanted.clear();
        for (keys, row) in std::mem::take(&mut self.waiting) {
            // In order, so that a row waits for those before it.
            free.extend(self.offer(keys, row));
        }
        free
    }

    /// The number of waiting rows.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_waits_for_each_row_before_it_that_shares_a_key() {
        let mut order = Order::new();

        assert_eq!(order.offer(vec![1], 'a'), Some('a'));
        assert_eq!(order.offer(vec![1, 2], 'b'), None);
        assert_eq!(order.offer(vec![2], 'c'), None);
        assert_eq!(order.offer(vec![3], 'd'), Some('d'));
        assert_eq!(order.offer(vec![], 'e'), Some('e'));
        assert!(order.done(&[3]).is_empty());
        assert_eq!(order.done(&[1]), ['b']);
        assert_eq!(order.done(&[1, 2]), ['c']);
        assert_eq!(order.len(), 0);
    }

    proptest! {
        #[test]
        fn rows_that_share_a_key_are_sent_one_by_one_in_order(
            rows in proptest::collection::vec(proptest::collection::btree_set(0_u64..4, 0..3), 0..30),
            picks in proptest::collection::vec(any::<prop::sample::Index>(), 30)
        ) {
            let keys: Vec<Vec<Key>> = rows.iter().map(|it| it.iter().copied().collect()).collect();
            let mut order = Order::new();
            let mut running: Vec<usize> = Vec::new();
            let mut done: Vec<usize> = Vec::new();

            for row in 0..keys.len() {
                running.extend(order.offer(keys[row].clone(), row));
                for other in &running {
                    let shares = running.iter().filter(|it| it != &other && keys[**it].iter().any(|key| keys[*other].contains(key)));
                    prop_assert_eq!(shares.count(), 0);
                }
                if let (Some(pick), false) = (picks.get(row), running.is_empty()) {
                    let row = running.swap_remove(pick.index(running.len()));
                    done.push(row);
                    running.extend(order.done(&keys[row]));
                }
            }
            while let Some(row) = running.pop() {
                done.push(row);
                running.extend(order.done(&keys[row]));
            }

            prop_assert_eq!(done.len(), keys.len());
            for (at, row) in done.iter().enumerate() {
                let late = done[at..].iter().filter(|it| *it < row && keys[**it].iter().any(|key| keys[*row].contains(key)));
                prop_assert_eq!(late.count(), 0, "{:?} {:?}", done, keys);
            }
        }
    }
}
