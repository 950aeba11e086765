//! The place where processes that share a key keep its quota together.

use std::{fmt, future::Future, pin::Pin};

use sha2::{Digest, Sha256};

/// A place where processes that share an API key keep its quota together.
///
/// `RedisQuota` (feature `redis`) is one. A store of one's own carries out the rule of [`Fleet`](super::Fleet) as one atomic
/// step, by a clock of its own. The trait and its types may change within 0.x.
pub trait QuotaStore: fmt::Debug + Send + Sync + 'static {
    /// Carries out `request` on the state of `key`.
    ///
    /// The caller limits the time, and may drop the future. A request that was carried out without its reply being read does no
    /// harm.
    fn sync<'a>(
        &'a self,
        key: &'a StoreKey,
        request: &'a SyncRequest,
    ) -> Pin<Box<dyn Future<Output = Result<SyncReply, StoreError>> + Send + 'a>>;
}

/// The identity of a quota: a vendor, its host and an API key, of which a hash alone is kept.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StoreKey {
    vendor: &'static str,
    host: String,
    digest: String,
}

impl StoreKey {
    pub(crate) fn new(vendor: &'static str, host: &str, secret: &str) -> Self {
        Self {
            vendor,
            host: host.to_owned(),
            digest: digest(["key", vendor, host, secret]),
        }
    }

    /// The name in a store: 32 hexadecimal digits, of the API key, or of `name` in its place.
    pub fn digest(&self, name: Option<&str>) -> String {
        match name {
            Some(name) => digest(["name", self.vendor, &self.host, name]),
            None => self.digest.clone(),
        }
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digest)
    }
}

fn digest(parts: [&str; 4]) -> String {
    let hash = Sha256::digest(format!("shoppers quota\0{}", parts.join("\0")));
    hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The reason why a store did not answer. It contains neither its URL nor anything that it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    kind: &'static str,
    message: String,
}

impl StoreError {
    /// Makes an error of a kind, one word such as `timeout`, and a message for an operator.
    pub fn new(kind: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind, message }
    }

    /// The kind, for a metric: `timeout`, `unavailable`, `refused`, `unreadable`, or `invalid` of a URL that is not one.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Returns `true` if the store could not be set up, as its URL is not one.
    pub fn is_invalid(&self) -> bool {
        self.kind == "invalid"
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StoreError {}

/// What a process says and asks in one round trip. Times are microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncRequest {
    /// The process, drawn at random.
    pub replica: u64,
    /// Permits that it wants.
    pub want: i64,
    /// The number of the first of them.
    pub first: i64,
    /// Permits that it has and has not used.
    pub held: i64,
    /// The vendor's window.
    pub window: i64,
    /// The time after which a permit is free if nothing is heard of it.
    pub lease: i64,
    /// Permits that come free within this time are wanted, too.
    pub horizon: i64,
    /// The epoch of the last reply; 0: there was none.
    pub epoch: u64,
    /// The version of the last reply.
    pub version: i64,
    /// The epoch to begin, if one has to begin.
    pub nonce: u64,
    /// The process went on without the store since its last reply.
    pub returning: bool,
    /// The vendor announces its limit, so no more than two calls go out before it has.
    pub announced: bool,
    /// The limit as far as the process knows, for a store that knows none.
    pub limit: Option<i64>,
    /// The vendor's latest answer.
    pub observation: Option<Observation>,
    /// The pause that the vendor asked for with a 429.
    pub retry_after: Option<i64>,
    /// What became of permits.
    pub reports: Vec<Report>,
}

/// The quota as the vendor's latest answer has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// Calls per window.
    pub limit: Option<i64>,
    /// Calls that are left.
    pub remaining: Option<i64>,
    /// The time since the answer.
    pub age: i64,
}

/// What became of one permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The number of the permit.
    pub number: i64,
    /// The time since then; less than 0 if it is still to come.
    pub age: i64,
    /// The event of the reply that granted it.
    pub event: i64,
    /// The outcome.
    pub outcome: Outcome,
}

/// The outcome of a permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The vendor accepted the call.
    Accepted,
    /// The vendor answered 429.
    Refused,
    /// The vendor may have counted the call.
    Unknown,
    /// No call was sent.
    Unused,
    /// The call is in flight, or still to be sent.
    InFlight,
}

impl Outcome {
    /// The letter that stands for it in a store.
    pub fn letter(self) -> char {
        match self {
            Self::Accepted => 'a',
            Self::Refused => 'r',
            Self::Unknown => 'x',
            Self::Unused => 'u',
            Self::InFlight => 'f',
        }
    }
}

/// The answer of a store. Times are microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncReply {
    /// The epoch.
    pub epoch: u64,
    /// The number of requests that were carried out.
    pub version: i64,
    /// The process has to say again what it holds.
    pub resync: bool,
    /// The vendor's limit.
    pub limit: Option<i64>,
    /// Permits per window: the limit, less after a 429. `None`: as many as come.
    pub permits: Option<i64>,
    /// Permits that are granted or whose calls are in flight, of all processes.
    pub in_flight: i64,
    /// Permits of calls that have ended, of all processes.
    pub recent: i64,
    /// Processes that were seen in the last minute.
    pub replicas: i64,
    /// Other processes that wait.
    pub waiting: i64,
    /// The time for which the circuit breaker holds all calls back; zero while one call finds out if it is over.
    pub closed_for: Option<i64>,
    /// The number of times that the breaker has opened.
    pub event: i64,
    /// When to ask again. `None`: the process has what it wanted.
    pub again: Option<i64>,
    /// The permits, each by the time from which it counts.
    pub granted: Vec<i64>,
}
