//! A folder to import from, vendors to import into, and the program. It asserts nothing.

use std::{
    fs,
    path::PathBuf,
    process::{Output, Stdio},
};

use serde_json::Value;
use shoppers_sandbox::{Behaviour, Sandbox};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A folder, and both vendors.
pub struct Workshop {
    pub sandbox: Sandbox,
    folder: TempDir,
}

/// The result of a run.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Workshop {
    pub async fn new() -> Self {
        Self::with(Behaviour::new()).await
    }

    /// With one behaviour for both vendors.
    pub async fn with(behaviour: Behaviour) -> Self {
        let sandbox = Sandbox::builder()
            .bspk(behaviour.clone())
            .gatsby(behaviour)
            .start()
            .await
            .unwrap();
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
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shoppers"));
        command.args(words.split_whitespace());
        self.prepare(&mut command);
        command
    }

    /// The program with these arguments, and with SIGHUP as by default: the process that runs the tests may ignore it, and
    /// children inherit that.
    pub fn command_that_hangs_up(&self, words: &str) -> Command {
        let mut command = Command::new("env");
        if cfg!(target_os = "linux") {
            command.arg("--default-signal=HUP");
        }
        command.arg(env!("CARGO_BIN_EXE_shoppers"));
        command.args(words.split_whitespace());
        self.prepare(&mut command);
        command
    }

    /// A shell with the program as `$SHOPPERS`, in the folder.
    pub fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command.env("SHOPPERS", env!("CARGO_BIN_EXE_shoppers"));
        self.prepare(&mut command);
        command
    }

    pub fn start(&self, words: &str) -> Child {
        self.command(words).spawn().unwrap()
    }

    pub async fn run(&self, words: &str) -> Run {
        end(self.start(words)).await
    }

    fn prepare(&self, command: &mut Command) {
        command
            .current_dir(self.folder.path())
            .env("BSPK_API_KEY", self.sandbox.bspk_key())
            .env("BSPK_BASE_URL", self.sandbox.bspk_url())
            .env("GATSBY_API_KEY", self.sandbox.gatsby_key())
            .env("GATSBY_BASE_URL", self.sandbox.gatsby_url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
    }
}

impl Run {
    /// The JSON summary.
    pub fn summary(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_default()
    }

    /// The numbers of stored, rejected, ambiguous and skipped rows.
    pub fn counts(&self) -> [u64; 4] {
        let summary = self.summary();
        ["stored", "rejected", "ambiguous", "skipped"]
            .map(|name| summary[name].as_u64().unwrap_or(u64::MAX))
    }
}

pub async fn end(child: Child) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().await.unwrap();
    Run {
        code: status.code(),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
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
