//! The harness: the program as a process, a folder to run it in, and the servers that it calls.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use httpmock::MockServer;
use serde_json::Value;
use shoppers_sandbox::{Behaviour, Sandbox};
use tempfile::TempDir;
use tokio::process::Child;

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

    /// The numbers of stored, rejected, ambiguous and skipped rows of an import.
    pub fn counts(&self) -> [u64; 4] {
        let summary = self.json();
        ["stored", "rejected", "ambiguous", "skipped"]
            .map(|name| summary[name].as_u64().unwrap_or(u64::MAX))
    }

    /// Asserts the exit code of an import, and the numbers of its rows.
    #[track_caller]
    pub fn ended(&self, code: i32, counts: [u64; 4]) {
        let ended = (self.code, self.counts());
        assert_eq!(ended, (Some(code), counts), "{}", self.stderr);
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
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

/// A folder to import from, and both vendors.
pub struct Harness {
    pub sandbox: Sandbox,
    folder: TempDir,
}

impl Harness {
    pub async fn new() -> Self {
        Self::with(Behaviour::new()).await
    }

    /// With one behaviour for both vendors.
    pub async fn with(behaviour: Behaviour) -> Self {
        Self::of(sandbox(behaviour).await)
    }

    /// With these vendors.
    pub fn of(sandbox: Sandbox) -> Self {
        Self {
            sandbox,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(name)).unwrap()).into_owned()
    }

    /// The content of a file; empty if there is none.
    pub fn read_or_empty(&self, name: &str) -> String {
        let bytes = fs::read(self.path(name)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// The names of the files, in order.
    pub fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// The program with these arguments, in the folder.
    pub fn command(&self, words: &str) -> tokio::process::Command {
        self.program(env!("CARGO_BIN_EXE_shoppers"), words.split_whitespace())
    }

    /// The program with these arguments, and with SIGHUP as by default: the process that runs the tests may ignore it, and
    /// children inherit that.
    pub fn command_that_hangs_up(&self, words: &str) -> tokio::process::Command {
        let signal = cfg!(target_os = "linux").then_some("--default-signal=HUP");
        let program = [env!("CARGO_BIN_EXE_shoppers")];
        let words = signal
            .into_iter()
            .chain(program)
            .chain(words.split_whitespace());
        self.program("env", words)
    }

    /// A shell with the program as `$SHOPPERS`, in the folder.
    pub fn shell(&self, script: &str) -> tokio::process::Command {
        let mut command = self.program("sh", ["-c", script]);
        command.env("SHOPPERS", env!("CARGO_BIN_EXE_shoppers"));
        command
    }

    pub fn start(&self, words: &str) -> Child {
        self.command(words).spawn().unwrap()
    }

    pub async fn run(&self, words: &str) -> Run {
        end(self.start(words)).await
    }

    /// Runs the program with another server for both vendors.
    pub async fn run_at(&self, url: String, words: &str) -> Run {
        let mut command = self.command(words);
        command
            .env("BSPK_BASE_URL", &url)
            .env("GATSBY_BASE_URL", &url);
        end(command.spawn().unwrap()).await
    }

    fn program<'a>(
        &self,
        program: &str,
        words: impl IntoIterator<Item = &'a str>,
    ) -> tokio::process::Command {
        let mut command = tokio::process::Command::new(program);
        command
            .args(words)
            .current_dir(self.folder.path())
            .env("BSPK_API_KEY", self.sandbox.bspk_key())
            .env("BSPK_BASE_URL", self.sandbox.bspk_url())
            .env("GATSBY_API_KEY", self.sandbox.gatsby_key())
            .env("GATSBY_BASE_URL", self.sandbox.gatsby_url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

pub async fn end(child: Child) -> Run {
    child.wait_with_output().await.unwrap().into()
}

/// Rows with a reference each.
pub fn rows(count: usize) -> String {
    let rows = (1..=count).map(|row| format!("CLI-{row},s{row}@example.com\n"));
    format!("shopper_ref,email\n{}", rows.collect::<String>())
}

/// Rows that Gatsby identifies by their e-mail.
pub fn gatsby_rows(count: usize) -> String {
    let rows = (1..=count).map(|row| format!("s{row}@example.com,Name {row}\n"));
    format!(
        "channel.instagram.email,channel.instagram.fullName\n{}",
        rows.collect::<String>()
    )
}
