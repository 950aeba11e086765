//! Runs the program. It asserts nothing.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use httpmock::MockServer;
use serde_json::Value;
use shoppers_sandbox::{Behaviour, Sandbox};

/// What the program has told, and how it ended.
#[derive(Debug)]
pub struct Told {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_default()
    }

    /// What a program is told of an error.
    pub fn error(&self) -> Value {
        let mut error: Value = serde_json::from_str(&self.err).unwrap_or_default();
        error["error"].take()
    }
}

/// The program with nothing in its environment.
pub fn shoppers() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shoppers"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// The program with a sandbox for its vendors.
pub fn shoppers_in(sandbox: &Sandbox) -> Command {
    let mut command = shoppers();
    command
        .env("BSPK_BASE_URL", sandbox.bspk_url())
        .env("BSPK_API_KEY", sandbox.bspk_key())
        .env("GATSBY_BASE_URL", sandbox.gatsby_url())
        .env("GATSBY_API_KEY", sandbox.gatsby_key());
    command
}

/// Runs it with these arguments, which are split at spaces.
pub fn run(command: &mut Command, arguments: &str) -> Told {
    told(command.args(arguments.split_whitespace()))
}

/// Runs it with this text on stdin.
pub fn run_with(command: &mut Command, arguments: &str, input: &[u8]) -> Told {
    let mut child = command
        .args(arguments.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not want it closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input);
    read(child.wait_with_output().unwrap())
}

pub fn told(command: &mut Command) -> Told {
    read(command.output().unwrap())
}

fn read(output: std::process::Output) -> Told {
    Told {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A sandbox whose vendors both behave so.
pub async fn behaving(behaviour: Behaviour) -> Sandbox {
    Sandbox::builder()
        .bspk(behaviour.clone())
        .gatsby(behaviour)
        .start()
        .await
        .unwrap()
}

/// A server that answers everything with one answer.
pub async fn answering(status: u16, body: &str) -> MockServer {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(status).body(body);
        })
        .await;
    server
}

/// A folder of its own for a test, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file in it.
pub fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// An address at which nobody listens.
pub fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
