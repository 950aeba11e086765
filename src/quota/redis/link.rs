//! The connections to a server and to other nodes of its cluster.
//!
//! A connection is made by a task of its own, so that it comes about even if it takes longer than a round trip may. It is
//! replaced when it breaks, when the server says that it is read-only, which it is after a failover, and after timeouts in a
//! row, as a connection of which the other end is gone says nothing.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use redis::{
    Client, ConnectionInfo, ErrorKind, RedisError, ScriptInvocation, ServerErrorKind, Value,
    aio::MultiplexedConnection,
};
use tokio::{sync::watch, time::Instant};

use super::{
    super::store::StoreError,
    address::{Address, CONNECT_TIMEOUT, config},
};

/// Between two attempts to connect, however many keys ask.
const RETRY: Duration = Duration::from_millis(200);

/// Timeouts in a row after which a connection is replaced.
const TIMEOUTS: u32 = 3;

/// The connections of one store.
pub(super) struct Links {
    address: Arc<Address>,
    first: Arc<Link>,
    /// Connections to other nodes of a cluster.
    nodes: Mutex<HashMap<String, Arc<Link>>>,
    /// The nodes of keys that are not at the first.
    moved: Mutex<HashMap<String, String>>,
    timeouts: AtomicU32,
}

/// One connection, and the next one if it breaks.
struct Link {
    state: watch::Sender<State>,
    generations: AtomicU64,
}

#[derive(Clone)]
enum State {
    Idle,
    Connecting,
    Ready(u64, MultiplexedConnection),
    Failed(Instant, StoreError),
}

impl Links {
    pub(super) fn new(address: Address) -> Self {
        Self {
            address: Arc::new(address),
            first: Arc::new(Link::new()),
            nodes: Mutex::default(),
            moved: Mutex::default(),
            timeouts: AtomicU32::new(0),
        }
    }

    /// Invokes the script where the key is.
    pub(super) async fn invoke(
        &self,
        key: &str,
        call: &ScriptInvocation<'_>,
    ) -> Result<Vec<Value>, StoreError> {
        let node = lock(&self.moved).get(key).cloned();
        let first = self.invoke_at(node.as_deref(), call).await;
        let moved = match &first {
            Err(Failed::Moved(node)) => node.clone(),
            _ => return first.map_err(Failed::error),
        };
        lock(&self.moved).insert(key.to_owned(), moved.clone());
        self.invoke_at(Some(&moved), call)
            .await
            .map_err(Failed::error)
    }

    async fn invoke_at(
        &self,
        node: Option<&str>,
        call: &ScriptInvocation<'_>,
    ) -> Result<Vec<Value>, Failed> {
        let link = match node {
            Some(node) => lock(&self.nodes)
                .entry(node.to_owned())
                .or_insert_with(|| Arc::new(Link::new()))
                .clone(),
            None => self.first.clone(),
        };
        let (generation, mut connection) = link
            .connection(&self.address, node)
            .await
            .map_err(Failed::Store)?;
        let answer: Result<Vec<Value>, RedisError> = call.invoke_async(&mut connection).await;
        match answer {
            Ok(values) => {
                self.timeouts.store(0, Ordering::Relaxed);
                Ok(values)
            }
            Err(err) => {
                if let Some((node, _)) = err.redirect_node() {
                    return Err(Failed::Moved(node.to_owned()));
                }
                if is_broken(&err) {
                    link.replace(generation);
                    if node.is_some() {
                        // The first node knows where the key is now.
                        lock(&self.moved).clear();
                    }
                }
                Err(Failed::Store(describe(&err)))
            }
        }
    }

    /// Counts a round trip that took too long, and replaces the connections after some in a row.
    pub(super) fn note_timeout(&self) {
        if self.timeouts.fetch_add(1, Ordering::Relaxed) + 1 < TIMEOUTS {
            return;
        }
        self.timeouts.store(0, Ordering::Relaxed);
        self.first.replace_any();
        lock(&self.nodes).clear();
        lock(&self.moved).clear();
    }
}

/// The reason why a node did not carry out the script.
enum Failed {
    Moved(String),
    Store(StoreError),
}

impl Failed {
    fn error(self) -> StoreError {
        match self {
            Self::Store(err) => err,
            Self::Moved(_) => StoreError::new("unavailable", "the quota store is moving its keys"),
        }
    }
}

impl Link {
    fn new() -> Self {
        Self {
            state: watch::Sender::new(State::Idle),
            generations: AtomicU64::new(0),
        }
    }

    /// Returns the connection, once there is one.
    async fn connection(
        self: &Arc<Self>,
        address: &Arc<Address>,
        node: Option<&str>,
    ) -> Result<(u64, MultiplexedConnection), StoreError> {
        let mut states = self.state.subscribe();
        let begins = self.state.send_if_modified(|state| match state {
            State::Failed(at, _) if at.elapsed() < RETRY => false,
            State::Idle | State::Failed(..) => {
                *state = State::Connecting;
                true
            }
            State::Connecting | State::Ready(..) => false,
        });
        if begins {
            let (address, node) = (address.clone(), node.map(str::to_owned));
            tokio::spawn(Connecting { link: self.clone() }.connect(address, node));
        }
        let state = states
            .wait_for(|state| !matches!(state, State::Connecting))
            .await
            .map(|state| state.clone());
        match state {
            Ok(State::Ready(generation, connection)) => Ok((generation, connection)),
            Ok(State::Failed(_, err)) => Err(err),
            Ok(State::Idle | State::Connecting) | Err(_) => Err(StoreError::new(
                "unavailable",
                "the connection to the quota store was given up",
            )),
        }
    }

    /// Gives a connection up that is broken, unless it is another one by now.
    fn replace(&self, broken: u64) {
        self.state.send_if_modified(|state| {
            let is_it = matches!(state, State::Ready(generation, _) if *generation == broken);
            if is_it {
                *state = State::Idle;
            }
            is_it
        });
    }

    fn replace_any(&self) {
        self.state.send_if_modified(|state| {
            let is_ready = matches!(state, State::Ready(..));
            if is_ready {
                *state = State::Idle;
            }
            is_ready
        });
    }
}

/// A connection that is being made. Dropped before, as when its runtime ends, it lets the next caller begin anew.
struct Connecting {
    link: Arc<Link>,
}

impl Connecting {
    async fn connect(self, address: Arc<Address>, node: Option<String>) {
        let state = match open(&address, node.as_deref()).await {
            Ok(connection) => {
                let generation = self.link.generations.fetch_add(1, Ordering::Relaxed);
                State::Ready(generation, connection)
            }
            Err(err) => State::Failed(Instant::now(), describe(&err)),
        };
        self.link.state.send_replace(state);
    }
}

impl Drop for Connecting {
    fn drop(&mut self) {
        self.link.state.send_if_modified(|state| {
            let is_left = matches!(state, State::Connecting);
            if is_left {
                *state = State::Idle;
            }
            is_left
        });
    }
}

async fn open(address: &Address, node: Option<&str>) -> Result<MultiplexedConnection, RedisError> {
    let info = match node {
        Some(node) => address
            .node(node)
            .ok_or((ErrorKind::Client, "a node without a port"))?,
        None => address.find().await?,
    };
    Client::open(with_tcp_settings(info))?
        .get_multiplexed_async_connection_with_config(&config())
        .await
}

/// Lets the system find out that the other end is gone.
fn with_tcp_settings(info: ConnectionInfo) -> ConnectionInfo {
    let settings = info.tcp_settings().clone().set_nodelay(true);
    #[cfg(target_os = "linux")]
    let settings = settings.set_user_timeout(CONNECT_TIMEOUT);
    info.set_tcp_settings(settings)
}

/// Returns `true` if another connection may do better.
fn is_broken(err: &RedisError) -> bool {
    err.is_io_error()
        || err.is_connection_dropped()
        || err.is_unrecoverable_error()
        || matches!(
            err.kind(),
            ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown)
        )
}

/// Describes a failure, without what the server was sent.
fn describe(err: &RedisError) -> StoreError {
    if err.is_timeout() {
        return super::too_late();
    }
    if err.is_io_error() || err.is_connection_dropped() {
        return StoreError::new("unavailable", "the quota store cannot be reached");
    }
    match err.code() {
        Some(code @ ("NOPERM" | "NOAUTH" | "WRONGPASS")) => StoreError::new(
            "refused",
            format!("the quota store refused with {code}; check user, password and its ACL"),
        ),
        Some(code) => StoreError::new("refused", format!("the quota store answered {code}")),
        None => StoreError::new(
            "unavailable",
            format!("the quota store failed: {}", err.category()),
        ),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
