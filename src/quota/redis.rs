//! The quota store on a Redis or Valkey server.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use redis::{Script, Value};
use tokio::time::{Instant, timeout};

use super::store::{QuotaStore, StoreError, StoreKey, SyncReply, SyncRequest};
use address::Address;
use link::Links;

mod address;
mod link;
#[cfg(test)]
mod tests;

/// One step, as one atomic script.
static SYNC: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("redis/sync.lua")));

/// The keys of one quota, in the order in which the script takes them.
const KEYS: [&str; 6] = ["in_flight", "recent", "state", "replicas", "due", "served"];

/// The version of what the keys hold.
const LAYOUT: &str = "q1";

const PREFIX: &str = "shoppers";
const TIMEOUT: Duration = Duration::from_millis(250);

/// The timeout grows to so many times the one that was set, for a server that is slow.
const LONGEST_TIMEOUT: u32 = 4;

/// A key that is not used is gone after a day.
const TTL: Duration = Duration::from_secs(24 * 60 * 60);

/// Keeps the quota of an API key together, for all processes that share the key, on a Redis or Valkey server.
///
/// It is made once per process, and serves any number of clients and keys; clones share its connection. The
/// [page](crate::quota_store) has what the server must be, and what happens without it.
///
/// The API key itself is not sent to the server, and the URL, which may hold a password, is shown nowhere.
///
/// # Example: replicas that share a key
///
/// ```no_run
/// use shoppers::{ApiKey, bspk, quota::RedisQuota};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let store = RedisQuota::connect("rediss://quota.internal:6380").await?;
/// let bspk = bspk::Client::builder(ApiKey::new("key_4711")?).quota_store(store).build()?;
/// # drop(bspk);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisQuota {
    links: Arc<Links>,
    prefix: Arc<str>,
    name: Option<Arc<str>>,
    timeout: Duration,
    /// The timeout at present, in milliseconds.
    patience: Arc<AtomicU64>,
}

/// Sets up a [`RedisQuota`]; [`RedisQuota::builder`] makes one.
#[must_use = "a builder does nothing until `lazy` or `connect` is called"]
pub struct RedisQuotaBuilder {
    url: String,
    prefix: String,
    name: Option<String>,
    timeout: Duration,
}

impl RedisQuota {
    /// Connects to a server, and checks that it can keep a quota.
    ///
    /// `redis://` and `valkey://` are in clear, `rediss://` and `valkeys://` by TLS. `redis+sentinel://host:26379,host:26379/NAME`
    /// asks Sentinels for the primary of that name. A node of a cluster finds the others.
    ///
    /// # Errors
    ///
    /// If the URL is not one ([`is_invalid`](StoreError::is_invalid)); if the server does not answer or refuses the script
    /// ([`kind`](StoreError::kind)).
    pub async fn connect(url: impl Into<String>) -> Result<Self, StoreError> {
        Self::builder(url).connect().await
    }

    /// The same without connecting, for a process that has to start without the server. The first call connects.
    ///
    /// # Errors
    ///
    /// If the URL is not one ([`is_invalid`](StoreError::is_invalid)).
    pub fn lazy(url: impl Into<String>) -> Result<Self, StoreError> {
        Self::builder(url).lazy()
    }

    /// Sets up a store.
    pub fn builder(url: impl Into<String>) -> RedisQuotaBuilder {
        RedisQuotaBuilder {
            url: url.into(),
            prefix: PREFIX.to_owned(),
            name: None,
            timeout: TIMEOUT,
        }
    }

    /// Checks that the server answers, and may do all that is needed. Leaves a key that is gone after a second.
    ///
    /// # Errors
    ///
    /// If it does not ([`kind`](StoreError::kind)).
    pub async fn check(&self) -> Result<(), StoreError> {
        let key = StoreKey::new("check", "", "");
        let request = SyncRequest {
            window: 1,
            ..SyncRequest::default()
        };
        let patience = self.timeout.max(Duration::from_secs(5));
        match timeout(
            patience,
            self.invoke(&key, &request, Duration::from_secs(1), None),
        )
        .await
        {
            Ok(reply) => reply.map(drop),
            Err(_) => Err(too_late()),
        }
    }

    async fn invoke(
        &self,
        key: &StoreKey,
        request: &SyncRequest,
        ttl: Duration,
        clock: Option<i64>,
    ) -> Result<SyncReply, StoreError> {
        let digest = key.digest(self.name.as_deref());
        let mut call = SYNC.prepare_invoke();
        for part in KEYS {
            call.key(format!("{}:{LAYOUT}:{{{digest}}}:{part}", self.prefix));
        }
        for argument in arguments(request, ttl, clock) {
            call.arg(argument);
        }
        let values = self.links.invoke(&digest, &call).await?;
        read(&values).ok_or_else(|| {
            StoreError::new(
                "unreadable",
                "the quota store answered something else than the script does",
            )
        })
    }
}

impl RedisQuotaBuilder {
    /// The first part of the names of all keys. Default: `shoppers`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// A name for the quota in place of the API key, for several keys of one vendor that share a quota. Default: none.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The time that a round trip may take, a new connection included. With a server that is slow it grows to four times as
    /// much. Default: 250 ms.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.max(Duration::from_millis(1));
        self
    }

    /// Makes the store without connecting.
    ///
    /// # Errors
    ///
    /// As [`RedisQuota::lazy`].
    pub fn lazy(self) -> Result<RedisQuota, StoreError> {
        let address = Address::parse(&self.url)?;
        let millis = u64::try_from(self.timeout.as_millis()).unwrap_or(u64::MAX);
        Ok(RedisQuota {
            links: Arc::new(Links::new(address)),
            prefix: self.prefix.into(),
            name: self.name.map(Into::into),
            timeout: self.timeout,
            patience: Arc::new(millis.into()),
        })
    }

    /// Makes the store, connects and checks.
    ///
    /// # Errors
    ///
    /// As [`RedisQuota::connect`].
    pub async fn connect(self) -> Result<RedisQuota, StoreError> {
        let store = self.lazy()?;
        store.check().await?;
        Ok(store)
    }
}

impl QuotaStore for RedisQuota {
    fn sync<'a>(
        &'a self,
        key: &'a StoreKey,
        request: &'a SyncRequest,
    ) -> Pin<Box<dyn Future<Output = Result<SyncReply, StoreError>> + Send + 'a>> {
        Box::pin(async move {
            let began = Instant::now();
            let patience = self.patience.load(Ordering::Relaxed);
            let longest = self.timeout * LONGEST_TIMEOUT;
            let reply = timeout(
                Duration::from_millis(patience),
                self.invoke(key, request, TTL, None),
            )
            .await;
            let next = match &reply {
                Ok(_) => began.elapsed() * LONGEST_TIMEOUT,
                Err(_) => {
                    self.links.note_timeout();
                    longest
                }
            };
            let next = next.clamp(self.timeout, longest).as_millis();
            let next = u64::try_from(next).unwrap_or(u64::MAX);
            self.patience.store(next, Ordering::Relaxed);
            reply.unwrap_or_else(|_| Err(too_late()))
        })
    }
}

impl fmt::Debug for RedisQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisQuota").finish_non_exhaustive()
    }
}

impl fmt::Debug for RedisQuotaBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisQuotaBuilder").finish_non_exhaustive()
    }
}

fn too_late() -> StoreError {
    StoreError::new("timeout", "the quota store did not answer in time")
}

/// The arguments of the script.
fn arguments(request: &SyncRequest, ttl: Duration, clock: Option<i64>) -> Vec<String> {
    let optional = |value: Option<i64>| value.map_or(String::new(), |value| value.to_string());
    let epoch = |epoch: u64| match epoch {
        0 => String::new(),
        epoch => format!("{epoch:016x}"),
    };
    let flag = |flag: bool| u8::from(flag).to_string();
    let seen = request.observation;
    let mut arguments = vec![
        format!("{:016x}", request.replica),
        request.want.to_string(),
        request.first.to_string(),
        request.held.to_string(),
        request.window.to_string(),
        request.lease.to_string(),
        request.horizon.to_string(),
        epoch(request.epoch),
        request.version.to_string(),
        format!("{:016x}", request.nonce),
        flag(request.returning),
        flag(request.announced),
        optional(request.limit),
        optional(seen.and_then(|it| it.limit)),
        optional(seen.and_then(|it| it.remaining)),
        optional(seen.map(|it| it.age)),
        optional(request.retry_after),
        ttl.as_millis().to_string(),
        optional(clock),
    ];
    for report in &request.reports {
        arguments.extend([
            report.number.to_string(),
            report.age.to_string(),
            report.event.to_string(),
            report.outcome.letter().to_string(),
        ]);
    }
    arguments
}

/// Reads the script's answer.
fn read(values: &[Value]) -> Option<SyncReply> {
    let [epoch, numbers @ ..] = values else {
        return None;
    };
    let epoch = match epoch {
        Value::BulkString(text) => str::from_utf8(text).ok()?,
        Value::SimpleString(text) => text,
        _ => return None,
    };
    let numbers: Option<Vec<i64>> = numbers
        .iter()
        .map(|value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        })
        .collect();
    let numbers = numbers?;
    let [
        version,
        resync,
        limit,
        permits,
        in_flight,
        recent,
        replicas,
        waiting,
        closed_for,
        event,
        again,
        granted @ ..,
    ] = numbers.as_slice()
    else {
        return None;
    };
    let optional = |number: &i64| (*number >= 0).then_some(*number);
    Some(SyncReply {
        epoch: u64::from_str_radix(epoch, 16).ok()?,
        version: *version,
        resync: *resync == 1,
        limit: optional(limit),
        permits: optional(permits),
        in_flight: *in_flight,
        recent: *recent,
        replicas: *replicas,
        waiting: *waiting,
        closed_for: optional(closed_for),
        event: *event,
        again: optional(again),
        granted: granted.to_vec(),
    })
}
