//! A rate limiter whose permits come from a store, for all processes that share the key.
//!
//! A task makes the round trips, one at a time, while there is something to say or to ask, and ends when there is not.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    runtime::Handle,
    sync::Notify,
    time::{Instant, timeout},
};
use tracing::{debug, info, warn};

use super::{
    RateLimitHeaders, RateLimiter, Settings, Snapshot, State,
    replica::{Change, Replica},
    store::{Outcome, QuotaStore, StoreError, StoreKey},
    wake_first,
};

#[cfg(test)]
mod tests;

/// The most that a round trip may take, for a store without a timeout of its own.
const LONGEST_ROUND_TRIP: Duration = Duration::from_secs(2);

/// The view of the quota store at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreStatus {
    /// Processes that shared the quota in the last minute, this one among them; 0 until the store has answered.
    pub replicas: u64,
    /// The time since which the store is away. `None`: it is there, or was not asked yet.
    pub away_for: Option<Duration>,
    /// Round trips since the client was made.
    pub round_trips: u64,
    /// Those of them that failed.
    pub failures: u64,
    /// The time that a round trip takes at present.
    pub round_trip: Duration,
}

/// A process's part in a shared quota.
pub(super) struct Sharing {
    store: Arc<dyn QuotaStore>,
    key: StoreKey,
    pub(super) replica: Replica,
    announces_limit: bool,
    remaining: Option<u64>,
    throttled: u64,
    /// Wakes the task that makes the round trips; `None` while there is none.
    task: Option<Arc<Notify>>,
}

impl Sharing {
    pub(super) fn new(store: Arc<dyn QuotaStore>, key: StoreKey, settings: &Settings) -> Self {
        let replica = Replica::new(
            fastrand::u64(1..),
            settings.window,
            settings.announces_limit,
            settings.fraction,
        );
        Self {
            store,
            key,
            replica,
            announces_limit: settings.announces_limit,
            remaining: None,
            throttled: 0,
            task: None,
        }
    }

    /// Ends a call that was answered.
    pub(super) fn complete(&mut self, permit: u64, now: Instant, headers: &RateLimitHeaders) {
        let is_refused = headers.status == 429;
        let announced = headers.limit.filter(|_| self.announces_limit);
        let remaining = headers.remaining.filter(|_| self.announces_limit);
        self.remaining = remaining.or(self.remaining);
        self.throttled += u64::from(is_refused);
        let retry_after = headers.retry_after.filter(|_| is_refused);
        self.replica.observe(now, announced, remaining, retry_after);
        let outcome = match headers.status {
            429 => Outcome::Refused,
            // It may be a proxy's, and does not show that the vendor accepts calls.
            500.. => Outcome::Unknown,
            _ => Outcome::Accepted,
        };
        self.replica.give_back(permit, now, outcome);
    }

    /// Completes a snapshot.
    pub(super) fn show(&mut self, snapshot: &mut Snapshot, ahead: usize, now: Instant) {
        let replica = &self.replica;
        let reply = replica.reply();
        let number = |number: i64| u64::try_from(number).unwrap_or(0);
        let duration = |number: i64| Duration::from_micros(number.try_into().unwrap_or(0));
        snapshot.limit = reply.limit.map(number);
        snapshot.remaining = self.remaining;
        snapshot.permits = reply.permits.and_then(|it| usize::try_from(it).ok());
        snapshot.in_flight = replica.in_flight();
        snapshot.available = Some(replica.held());
        snapshot.open_for = reply.closed_for.map(duration);
        snapshot.wait = replica.earliest(ahead, now).saturating_duration_since(now);
        snapshot.throttled = self.throttled;
        snapshot.store = Some(StoreStatus {
            replicas: number(reply.replicas),
            away_for: replica
                .away_since()
                .map(|since| now.saturating_duration_since(since)),
            round_trips: replica.round_trips,
            failures: replica.failures,
            round_trip: replica.round_trip(),
        });
    }
}

impl RateLimiter {
    /// Makes a limiter that keeps the quota of `key` together with others, through a store.
    pub(crate) fn shared(settings: Settings, store: Arc<dyn QuotaStore>, key: StoreKey) -> Self {
        let limiter = Self::new(settings);
        limiter.lock().sharing = Some(Box::new(Sharing::new(store, key, &settings)));
        Self {
            is_shared: true,
            ..limiter
        }
    }

    /// Lets the permits of processes that die cover attempts of that length.
    pub(crate) fn cover(&self, attempt_timeout: Duration) {
        if self.is_shared
            && let Some(sharing) = &mut self.lock().sharing
        {
            sharing.replica.cover(attempt_timeout);
        }
    }

    /// Sees to it that a round trip is made when one is due.
    pub(super) fn sync(&self) {
        if !self.is_shared {
            return;
        }
        let mut state = self.lock();
        let waiting = state.waiters.len();
        let Some(sharing) = &mut state.sharing else {
            return;
        };
        if let Some(task) = &sharing.task {
            task.notify_one();
            return;
        }
        let is_due = sharing.replica.due(Instant::now(), waiting).is_some();
        // Without a runtime, which is about to end or is a test's, the leases end by themselves.
        if is_due && let Ok(runtime) = Handle::try_current() {
            let woken = Arc::new(Notify::new());
            sharing.task = Some(woken.clone());
            drop(state);
            let state = self.state.clone();
            runtime.spawn(Task { state, woken }.run());
        }
    }
}

/// The task that makes the round trips. Dropped with its runtime, it lets the next one begin.
struct Task {
    state: Arc<Mutex<State>>,
    woken: Arc<Notify>,
}

impl Task {
    async fn run(self) {
        loop {
            let now = Instant::now();
            let trip = {
                let mut state = self.lock();
                let waiting = state.waiters.len();
                let Some(sharing) = &mut state.sharing else {
                    return;
                };
                match sharing.replica.due(now, waiting) {
                    Some(at) if now < at => Err(at),
                    Some(_) => Ok((
                        sharing.store.clone(),
                        sharing.key.clone(),
                        sharing.replica.begin(now, waiting),
                    )),
                    None => {
                        sharing.task = None;
                        return;
                    }
                }
            };
            match trip {
                Ok((store, key, request)) => {
                    let reply = timeout(LONGEST_ROUND_TRIP, store.sync(&key, &request)).await;
                    let reply = reply.unwrap_or_else(|_| {
                        Err(StoreError::new(
                            "timeout",
                            "the quota store did not answer in time",
                        ))
                    });
                    self.finish(reply);
                }
                Err(at) => {
                    let _ = timeout(at.saturating_duration_since(now), self.woken.notified()).await;
                }
            }
        }
    }

    fn finish(&self, reply: Result<super::store::SyncReply, StoreError>) {
        let now = Instant::now();
        let (reply, err) = match reply {
            Ok(reply) => (Some(reply), None),
            Err(err) => (None, Some(err)),
        };
        let mut state = self.lock();
        let Some(sharing) = &mut state.sharing else {
            return;
        };
        let change = sharing.replica.finish(now, reply);
        let replicas = sharing.replica.reply().replicas;
        wake_first(state, now);
        match (change, err) {
            (Some(Change::Away), Some(err)) => warn!(
                error.type = err.kind(),
                replicas,
                "{err}; calls go on with what is held, then with a share of the limit"
            ),
            (Some(Change::Back(away)), _) => info!(?away, replicas, "the quota store is back"),
            (Some(Change::Lost), _) => warn!(
                "the quota store has lost its state; all processes report theirs, and calls wait for some seconds"
            ),
            (_, Some(err)) => debug!(error.type = err.kind(), "{err}"),
            _ => {}
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let mut state = self.lock();
        if let Some(sharing) = &mut state.sharing
            && sharing
                .task
                .as_ref()
                .is_some_and(|it| Arc::ptr_eq(it, &self.woken))
        {
            sharing.task = None;
            sharing.replica.give_up_round_trip();
        }
    }
}

impl fmt::Debug for Sharing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sharing").finish_non_exhaustive()
    }
}
