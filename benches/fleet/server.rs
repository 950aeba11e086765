//! A Redis server of its own.

use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts one on a free port, if the program is installed.
    pub fn start() -> Option<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let process = run(port)?;
        Some(Self { process, port })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts another one that repeats what happens to this one.
    pub fn replica(&self) -> Self {
        let replica = Self::start().expect("it was installed before");
        replica.command(&["REPLICAOF", "127.0.0.1", &self.port.to_string()]);
        while !replica
            .info("replication")
            .contains("master_link_status:up")
        {
            sleep(Duration::from_millis(20));
        }
        replica
    }

    /// Kills it, and starts another one in its place that knows nothing.
    pub fn restart(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.process = run(self.port).expect("it was installed before");
    }

    pub fn signal(&self, signal: &str) {
        super::worker::send_signal(self.process.id(), signal);
    }

    pub fn info(&self, section: &str) -> String {
        self.command(&["INFO", section])
    }

    /// The number after a name in what `INFO` says.
    pub fn figure(&self, section: &str, name: &str) -> f64 {
        let info = self.info(section);
        let line = info.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.trim_start_matches(':').trim().parse().ok());
        number.unwrap_or(f64::NAN)
    }

    /// The time that it has used, in seconds.
    pub fn cpu(&self) -> f64 {
        self.figure("cpu", "used_cpu_user") + self.figure("cpu", "used_cpu_sys")
    }

    /// The bytes of all its keys, and the number of keys.
    pub fn memory(&self) -> (u64, usize) {
        let keys = self.command(&["--scan"]);
        let bytes = keys.lines().map(|key| {
            let bytes = self.command(&["MEMORY", "USAGE", key]);
            bytes.trim().parse::<u64>().unwrap_or(0)
        });
        (bytes.sum(), keys.lines().count())
    }

    /// Deletes the keys with such an end.
    pub fn delete(&self, end: &str) {
        let keys = self.command(&["--scan", "--pattern", &format!("*:{end}")]);
        self.command(&["DEL", keys.trim()]);
    }

    /// Has `redis-cli` carry out a command, and returns what it prints.
    pub fn command(&self, words: &[&str]) -> String {
        let output = Command::new("redis-cli")
            .args(["-p", &self.port.to_string()])
            .args(words)
            .output()
            .expect("redis-cli is installed with redis-server");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn run(port: u16) -> Option<Child> {
    let process = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no"])
        .args(["--repl-diskless-sync-delay", "0"])
        // A replica leaves no file where the benchmark runs.
        .args(["--repl-diskless-load", "on-empty-db"])
        .stdout(Stdio::null())
        .spawn()
        .ok()?;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        sleep(Duration::from_millis(5));
    }
    Some(process)
}
