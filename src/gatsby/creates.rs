//! The creates of a client that a search may not show yet, and the keys that wait for each other.
//!
//! Of two callers who ensure a shopper with one key at the same moment, the second waits for the first. When its turn
//! comes, a search may still lag behind what the first has created, so the create is remembered for the settling time.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    sync::{Mutex as KeyMutex, OwnedMutexGuard},
    time::Instant,
};

use super::by::Key;

/// A table is not swept for keys that are no longer needed before it has so many.
const SMALLEST_SWEEP: usize = 64;

/// The keys of shoppers that are being ensured, or were created less than a settling time ago.
#[derive(Default)]
pub(super) struct Creates {
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    keys: HashMap<Key, Arc<KeyMutex<Option<Create>>>>,
    /// The number of keys at which the table is swept next.
    sweep_at: usize,
}

/// A create that was sent, or is about to be. Its id is a shopper's, so it has no `Debug`.
#[derive(Clone)]
struct Create {
    /// The shopper's id; `None` if it is unknown whether there is one.
    id: Option<String>,
    /// From here on a search without a match counts again.
    settled: Instant,
}

/// The keys of one shopper, which no other caller has as long as this lives.
pub(super) struct Held<'a> {
    creates: &'a Creates,
    keys: Vec<(Key, Option<OwnedMutexGuard<Option<Create>>>)>,
}

impl Creates {
    /// Waits until no other caller holds any of the keys. May be dropped at any time.
    pub(super) async fn hold(&self, keys: BTreeSet<Key>) -> Held<'_> {
        let mut held = Held {
            creates: self,
            keys: Vec::with_capacity(keys.len()),
        };
        // In one order for all callers, so that no two wait for each other.
        for key in keys {
            let slot = self.slot(&key);
            held.keys.push((key, None));
            let guard = slot.lock_owned().await;
            if let Some((_, last)) = held.keys.last_mut() {
                *last = Some(guard);
            }
        }
        held
    }

    /// Forgets a shopper that was deleted, unless it is being ensured.
    pub(super) fn forget(&self, id: &str) {
        self.table().keys.retain(|_, slot| {
            create_of(slot).is_none_or(|create| {
                create
                    .as_ref()
                    .is_some_and(|it| it.id.as_deref() != Some(id))
            })
        });
    }

    fn slot(&self, key: &Key) -> Arc<KeyMutex<Option<Create>>> {
        let mut table = self.table();
        if table.keys.len() >= table.sweep_at {
            let now = Instant::now();
            table.keys.retain(|_, slot| is_needed(slot, now));
            table.sweep_at = (2 * table.keys.len()).max(SMALLEST_SWEEP);
        }
        table.keys.entry(key.clone()).or_default().clone()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held<'_> {
    /// The ids of shoppers that were created with any of the keys less than a settling time ago.
    pub(super) fn ids(&self) -> BTreeSet<String> {
        self.recent()
            .filter_map(|create| create.id.clone())
            .collect()
    }

    /// The time at which a create with any of the keys is settled, if it is unknown whether one was carried out.
    pub(super) fn settles(&self) -> Option<Instant> {
        let unknown = self.recent().filter(|create| create.id.is_none());
        unknown.map(|create| create.settled).max()
    }

    /// Remembers a create that is about to be sent, or was; `id` if it is known to have been carried out.
    pub(super) fn remember(&mut self, id: Option<&str>, settled: Instant) {
        let id = id.map(str::to_owned);
        self.set(Some(Create { id, settled }));
    }

    /// Forgets a create that was not carried out.
    pub(super) fn forget(&mut self) {
        self.set(None);
    }

    fn set(&mut self, create: Option<Create>) {
        for slot in self.keys.iter_mut().filter_map(|(_, slot)| slot.as_mut()) {
            slot.clone_from(&create);
        }
    }

    fn recent(&self) -> impl Iterator<Item = &Create> {
        let now = Instant::now();
        let creates = self.keys.iter().filter_map(|(_, slot)| slot.as_deref());
        creates.flatten().filter(move |it| now < it.settled)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let now = Instant::now();
        for (key, guard) in self.keys.drain(..) {
            drop(guard);
            let mut table = self.creates.table();
            if let Some(slot) = table.keys.get_mut(&key)
                && !is_needed(slot, now)
            {
                table.keys.remove(&key);
            }
        }
    }
}

/// Returns `true` if a caller holds the key or waits for it, or if a search may not show its shopper yet.
fn is_needed(slot: &mut Arc<KeyMutex<Option<Create>>>, now: Instant) -> bool {
    create_of(slot).is_none_or(|create| create.as_ref().is_some_and(|it| now < it.settled))
}

/// The create of a key that no caller holds or waits for.
fn create_of(slot: &mut Arc<KeyMutex<Option<Create>>>) -> Option<&Option<Create>> {
    Arc::get_mut(slot).map(|slot| &*slot.get_mut())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt;

    use super::*;

    fn keys(names: &[&str]) -> BTreeSet<Key> {
        let names = names.iter().map(|name| (*name).to_owned());
        names.map(Key::Username).collect()
    }

    fn len(creates: &Creates) -> usize {
        creates.table().keys.len()
    }

    #[tokio::test]
    async fn callers_with_a_key_in_common_wait_in_order_and_others_do_not() {
        let creates = Creates::default();
        let first = creates.hold(keys(&["b", "c"])).await;
        let mut second = Box::pin(creates.hold(keys(&["a", "b"])));
        let mut third = Box::pin(creates.hold(keys(&["b"])));

        assert!(second.as_mut().now_or_never().is_none());
        assert!(third.as_mut().now_or_never().is_none());
        assert!(creates.hold(keys(&["d"])).now_or_never().is_some());
        drop(first);
        assert!(third.as_mut().now_or_never().is_none());
        let second = second.now_or_never();
        assert!(second.is_some());
        drop(second);
        assert!(third.now_or_never().is_some());
        assert_eq!(len(&creates), 0);
    }

    #[tokio::test]
    async fn a_caller_that_gives_up_leaves_nothing_behind() {
        let creates = Creates::default();
        let first = creates.hold(keys(&["b"])).await;
        let mut second = Box::pin(creates.hold(keys(&["a", "b", "c"])));

        assert!(second.as_mut().now_or_never().is_none());
        drop(second);

        assert!(creates.hold(keys(&["a"])).now_or_never().is_some());
        drop(first);
        assert_eq!(len(&creates), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_create_is_remembered_until_it_is_settled() {
        let creates = Creates::default();
        let settled = Instant::now() + Duration::from_secs(45);

        creates
            .hold(keys(&["a", "b"]))
            .await
            .remember(None, settled);
        assert_eq!(creates.hold(keys(&["a"])).await.settles(), Some(settled));
        creates
            .hold(keys(&["b"]))
            .await
            .remember(Some("1"), settled);
        assert_eq!(creates.hold(keys(&["b"])).await.settles(), None);
        assert!(creates.hold(keys(&["b"])).await.ids().contains("1"));
        creates.hold(keys(&["a"])).await.forget();
        creates.forget("1");
        assert_eq!(len(&creates), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn the_table_is_as_long_as_the_creates_that_are_not_settled() {
        let creates = Creates::default();

        for number in 0..10_000 {
            let settled = Instant::now() + Duration::from_secs(45);
            let mut held = creates.hold(keys(&[&number.to_string()])).await;
            held.remember(None, settled);
            drop(held);
            tokio::time::advance(Duration::from_secs(1)).await;
        }

        assert!(len(&creates) <= 2 * SMALLEST_SWEEP, "{}", len(&creates));
    }
}
