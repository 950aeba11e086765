//! The program as a process, and the servers that it calls. It asserts nothing.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    process::{Command, Output, Stdio},
};

use httpmock::MockServer;
use serde_json::Value;
use shoppers_sandbox::{Behaviour, Sandbox};
use tempfile::TempDir;

/// The output and the exit code of a run.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The answer on stdout.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_default()
    }

    /// The content of the error on stderr.
    pub fn error(&self) -> Value {
        let mut error: Value = serde_json::from_str(&self.stderr).unwrap_or_default();
        error["error"].take()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Returns the program with an empty environment and an empty stdin.
pub fn shoppers() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shoppers"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// Returns the program with this URL for both vendors.
pub fn shoppers_at(url: &str) -> Command {
    let mut command = shoppers();
    command
        .envs(["BSPK_BASE_URL", "GATSBY_BASE_URL"].map(|name| (name, url)))
        .envs(["BSPK_API_KEY", "GATSBY_API_KEY"].map(|name| (name, "key_1")));
    command
}

/// Returns the program with a sandbox for both vendors.
pub fn shoppers_in(sandbox: &Sandbox) -> Command {
    let mut command = shoppers_at(sandbox.bspk_url());
    command
        .env("BSPK_API_KEY", sandbox.bspk_key())
        .env("GATSBY_API_KEY", sandbox.gatsby_key());
    command
}

/// Runs a command with more arguments, separated by spaces.
pub fn run(command: &mut Command, arguments: &str) -> Run {
    let command = command.args(arguments.split_whitespace());
    command.output().unwrap().into()
}

/// Runs a command with more arguments and with this stdin.
pub fn run_with_stdin(command: &mut Command, arguments: &str, stdin: &[u8]) -> Run {
    let mut child = command
        .args(arguments.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It fails if the program closes its stdin unread.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap().into()
}

/// Starts a sandbox in which both vendors have this behaviour.
pub async fn sandbox(behaviour: Behaviour) -> Sandbox {
    Sandbox::builder()
        .bspk(behaviour.clone())
        .gatsby(behaviour)
        .start()
        .await
        .unwrap()
}

/// Starts a server with one response to everything.
pub async fn server(status: u16, body: &str) -> MockServer {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(status).body(body);
        })
        .await;
    server
}

/// Writes a file, and returns its path.
pub fn file(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Returns the URL of a port at which nothing listens.
pub fn unreachable() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
