use std::{
    fs,
    io::{self, Write},
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use redis::{FromRedisValue, RedisResult};
use tempfile::TempDir;

use super::*;
use crate::quota::fleet::{Fleet, traces};

/// A server of its own for a test, on a free port and without a file.
pub(crate) struct Server {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Server {
    pub(crate) fn start() -> Option<Self> {
        Self::start_with("")
    }

    /// Starts one with these settings. Without the program, the test is skipped, and says so where no harness hides it, so that
    /// CI can count it.
    fn start_with(settings: &str) -> Option<Self> {
        Self::run(settings, &["--save", "", "--appendonly", "no"])
    }

    /// Starts a Sentinel that looks after a server.
    fn start_sentinel(primary: &Self) -> Option<Self> {
        let settings = format!("sentinel monitor main 127.0.0.1 {} 1", primary.port);
        Self::run(&settings, &["--sentinel"])
    }

    fn run(settings: &str, arguments: &[&str]) -> Option<Self> {
        let port = free_port();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.conf");
        fs::write(&file, format!("bind 127.0.0.1\nport {port}\n{settings}\n")).unwrap();
        let process = ["redis-server", "valkey-server"]
            .iter()
            .find_map(|program| {
                Command::new(program)
                    .arg(&file)
                    .args(arguments)
                    .current_dir(folder.path())
                    .stdout(Stdio::null())
                    .spawn()
                    .ok()
            });
        let Some(process) = process else {
            let _ = writeln!(
                io::stderr(),
                "skipped: 1 test needs redis-server, which is not installed"
            );
            return None;
        };
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            thread::sleep(Duration::from_millis(2));
        }
        Some(Self {
            process,
            port,
            _folder: folder,
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Sends a command, whose answer it returns.
    fn command<T: FromRedisValue>(&self, words: &str) -> T {
        self.try_command(words).unwrap()
    }

    fn try_command<T: FromRedisValue>(&self, words: &str) -> RedisResult<T> {
        runtime().block_on(async {
            let client = redis::Client::open(self.url()).unwrap();
            let mut connection = client.get_multiplexed_async_connection().await?;
            let mut words = words.split(' ');
            let mut command = redis::cmd(words.next().unwrap());
            command.arg(words.collect::<Vec<_>>());
            command.query_async(&mut connection).await
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Waits for what servers do among themselves.
fn wait_until(mut condition: impl FnMut() -> bool) {
    for _ in 0..3000 {
        if condition() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("it never came");
}

fn request() -> SyncRequest {
    SyncRequest {
        replica: 1,
        nonce: 1,
        window: 1_000,
        ..SyncRequest::default()
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn the_script_answers_as_the_model_does() {
    let Some(server) = Server::start() else {
        return;
    };
    let runtime = runtime();
    let store = RedisQuota::lazy(server.url()).unwrap();
    let mut steps = 0;

    for seed in 0..60 {
        let key = StoreKey::new("test", "host", &seed.to_string());
        let mut model = Fleet::default();
        traces::random(seed, |request, clock| {
            let before = format!("{model:?}");
            let expected = model.apply(request, clock);
            let call = store.invoke(&key, request, TTL, Some(clock));
            let reply = runtime.block_on(call).unwrap();

            assert_eq!(
                reply, expected,
                "seed {seed}, step {steps}: {request:#?}\nat {clock}, {before}"
            );
            steps += 1;
            reply
        });
    }
    println!("{steps} steps");
}

#[test]
fn the_script_answers_as_the_model_does_in_a_simulation() {
    let Some(server) = Server::start() else {
        return;
    };
    let runtime = runtime();
    let store = RedisQuota::lazy(server.url()).unwrap();

    for seed in 0..4 {
        let key = StoreKey::new("test", "host", &seed.to_string());
        let calls = traces::simulated(seed, |model: &mut Fleet, request: &SyncRequest, clock| {
            let expected = model.apply(request, clock);
            let reply = runtime
                .block_on(store.invoke(&key, request, TTL, Some(clock)))
                .unwrap();
            assert_eq!(reply, expected, "{request:?}");
            reply
        });
        assert!(calls > 50);
    }
}

#[test]
fn a_script_that_the_server_has_forgotten_is_sent_again() {
    let Some(server) = Server::start() else {
        return;
    };
    let runtime = runtime();
    let store = RedisQuota::lazy(server.url()).unwrap();
    runtime.block_on(store.check()).unwrap();

    server.command::<()>("SCRIPT FLUSH");

    runtime.block_on(store.check()).unwrap();
}

#[test]
fn neither_the_api_key_nor_the_password_is_seen() {
    let Some(server) = Server::start() else {
        return;
    };
    let runtime = runtime();
    server.command::<()>("CONFIG SET requirepass hunter2");
    let key = StoreKey::new("bspk", "api.bspk.com", "key_4711");
    let url = format!("redis://:hunter2@127.0.0.1:{}", server.port);
    let store = RedisQuota::lazy(&url).unwrap();

    runtime.block_on(store.sync(&key, &request())).unwrap();
    let wrong = RedisQuota::lazy(url.replace("hunter2", "wrong_password")).unwrap();
    let err = runtime.block_on(wrong.check()).unwrap_err();

    let keys: Vec<String> = runtime.block_on(async {
        let client = redis::Client::open(url.as_str()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        redis::cmd("KEYS")
            .arg("*")
            .query_async(&mut connection)
            .await
            .unwrap()
    });
    let seen = format!(
        "{keys:?} {store:?} {key:?} {err:?} {err} {:?}",
        RedisQuota::builder(url)
    );
    assert!(keys.len() >= 2 && err.kind() != "invalid");
    for secret in ["hunter2", "key_4711", "wrong_password"] {
        assert!(!seen.contains(secret), "{seen}");
    }
}

#[test]
fn a_url_that_is_not_one_is_refused_without_being_repeated() {
    for url in [
        "",
        "hunter2",
        "https://:hunter2@host",
        "redis+sentinel://:hunter2@host:1",
        "redis://:hunter2@host:port",
    ] {
        let err = RedisQuota::lazy(url).unwrap_err();

        assert!(err.is_invalid());
        assert!(!format!("{err} {err:?}").contains("hunter2"));
    }
    for url in [
        "redis://host",
        "valkey://host:1",
        "redis+sentinel://:hunter2@one,two:1/main",
    ] {
        assert!(RedisQuota::lazy(url).is_ok(), "{url}");
    }
}

#[test]
fn a_server_that_is_not_there_is_a_store_that_is_unavailable() {
    let port = free_port();

    let err = runtime()
        .block_on(RedisQuota::connect(format!("redis://127.0.0.1:{port}")))
        .unwrap_err();

    assert!(err.kind() != "invalid", "{err}");
}

#[test]
fn the_sentinels_know_the_server_also_after_a_failover() {
    let Some(primary) = Server::start() else {
        return;
    };
    let settings = format!("replicaof 127.0.0.1 {}", primary.port);
    let replica = Server::start_with(&settings).unwrap();
    // A server whose role changes closes its connections.
    let has = |server: &Server, section: &str, words: &str| {
        let text = server.try_command::<String>(&format!("INFO {section}"));
        text.is_ok_and(|it| it.contains(words))
    };
    wait_until(|| has(&replica, "replication", "master_link_status:up"));
    let sentinel = Server::start_sentinel(&primary).unwrap();
    wait_until(|| has(&sentinel, "sentinel", "slaves=1"));
    let runtime = runtime();
    let sentinels = format!(
        "redis+sentinel://127.0.0.1:{},127.0.0.1:{}/main",
        free_port(),
        sentinel.port
    );
    let store = RedisQuota::lazy(sentinels).unwrap();
    let key = StoreKey::new("test", "host", "key");
    runtime.block_on(store.sync(&key, &request())).unwrap();
    assert!(has(&primary, "keyspace", "keys="));

    // It knows a replica before it knows that it may be promoted.
    wait_until(|| sentinel.try_command::<()>("SENTINEL FAILOVER main").is_ok());
    wait_until(|| has(&replica, "replication", "role:master"));
    wait_until(|| replica.try_command::<()>("FLUSHALL").is_ok());
    drop(primary);

    wait_until(|| {
        let synced = runtime.block_on(store.sync(&key, &request()));
        synced.is_ok() && has(&replica, "keyspace", "keys=")
    });
}

#[test]
fn a_cluster_has_each_key_at_one_of_its_nodes() {
    let start = || {
        let bus = free_port();
        let server = Server::start_with(&format!("cluster-enabled yes\ncluster-port {bus}"))?;
        Some((server, bus))
    };
    let (Some((one, _)), Some((other, bus))) = (start(), start()) else {
        return;
    };
    one.command::<()>("CLUSTER ADDSLOTSRANGE 0 8191");
    other.command::<()>("CLUSTER ADDSLOTSRANGE 8192 16383");
    one.command::<()>(&format!("CLUSTER MEET 127.0.0.1 {} {bus}", other.port));
    for node in [&one, &other] {
        wait_until(|| {
            let info: String = node.command("CLUSTER INFO");
            info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:2")
        });
    }
    let runtime = runtime();
    let store = RedisQuota::lazy(one.url()).unwrap();

    for number in 0..20 {
        let key = StoreKey::new("test", "host", &number.to_string());
        for _ in 0..2 {
            runtime.block_on(store.sync(&key, &request())).unwrap();
        }
    }

    let keys = [one, other].map(|it| it.command::<usize>("DBSIZE"));
    assert!(!keys.contains(&0), "{keys:?}");
    assert_eq!(keys.iter().sum::<usize>() % 20, 0);
}
