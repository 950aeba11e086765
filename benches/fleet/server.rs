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

    /// Kills it, and starts another one in its place that knows nothing.
    pub fn restart(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.process = run(self.port).expect("it was installed before");
    }

    pub fn signal(&self, signal: &str) {
        super::worker::send_signal(self.process.id(), signal);
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
        .stdout(Stdio::null())
        .spawn()
        .ok()?;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        sleep(Duration::from_millis(5));
    }
    Some(process)
}
