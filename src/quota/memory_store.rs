//! A quota store in memory.

use std::{
    collections::HashMap,
    fmt,
    future::{Future, ready},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::time::Instant;

use super::{
    fleet::Fleet,
    store::{QuotaStore, StoreError, StoreKey, SyncReply, SyncRequest},
};

/// A store in memory, for tests, and for clients of one process that are made independently.
///
/// Clones share what it keeps.
#[derive(Clone)]
pub struct MemoryStore {
    fleets: Arc<Mutex<HashMap<StoreKey, Fleet>>>,
    began: Instant,
}

impl MemoryStore {
    /// Makes an empty store.
    pub fn new() -> Self {
        Self {
            fleets: Arc::default(),
            began: Instant::now(),
        }
    }

    pub(super) fn apply(&self, key: &StoreKey, request: &SyncRequest) -> SyncReply {
        let clock = i64::try_from(self.began.elapsed().as_micros()).unwrap_or(i64::MAX);
        let mut fleets = self.fleets.lock().unwrap_or_else(PoisonError::into_inner);
        fleets.entry(key.clone()).or_default().apply(request, clock)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl QuotaStore for MemoryStore {
    fn sync<'a>(
        &'a self,
        key: &'a StoreKey,
        request: &'a SyncRequest,
    ) -> Pin<Box<dyn Future<Output = Result<SyncReply, StoreError>> + Send + 'a>> {
        Box::pin(ready(Ok(self.apply(key, request))))
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}
