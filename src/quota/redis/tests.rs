use std::{
    io::{self, Write},
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

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
    /// Starts one. Without the program, the test is skipped, and says so where no harness hides it, so that CI can count it.
    pub(crate) fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0")
            .ok()?
            .local_addr()
            .ok()?
            .port();
        let folder = tempfile::tempdir().unwrap();
        let process = ["redis-server", "valkey-server"]
            .iter()
            .find_map(|program| {
                Command::new(program)
                    .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
                    .args(["--save", "", "--appendonly", "no"])
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
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
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

    command(&runtime, &server, &["SCRIPT", "FLUSH"]);

    runtime.block_on(store.check()).unwrap();
}

#[test]
fn neither_the_api_key_nor_the_password_is_seen() {
    let Some(server) = Server::start() else {
        return;
    };
    let runtime = runtime();
    command(
        &runtime,
        &server,
        &["CONFIG", "SET", "requirepass", "hunter2"],
    );
    let key = StoreKey::new("bspk", "api.bspk.com", "key_4711");
    let url = format!("redis://:hunter2@127.0.0.1:{}", server.port);
    let store = RedisQuota::lazy(&url).unwrap();
    let request = SyncRequest {
        replica: 1,
        nonce: 1,
        window: 1_000,
        ..SyncRequest::default()
    };

    runtime.block_on(store.sync(&key, &request)).unwrap();
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
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();

    let err = runtime()
        .block_on(RedisQuota::connect(format!("redis://127.0.0.1:{port}")))
        .unwrap_err();

    assert!(err.kind() != "invalid", "{err}");
}

fn command(runtime: &tokio::runtime::Runtime, server: &Server, words: &[&str]) {
    runtime.block_on(async {
        let client = redis::Client::open(server.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query_async::<()>(&mut connection).await.unwrap();
    });
}
