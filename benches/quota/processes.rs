//! Two processes with one key: this program, started twice more.

use std::{
    env,
    process::{ExitCode, Stdio},
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use super::{LONGEST, Scene, import};
use crate::support::{Vendors, bspk_at, runtime};

/// The argument in front of a task's.
const IMPORT: &str = "--import";

/// The part of the import that one of the processes sends.
pub struct Task {
    url: String,
    key: String,
    fraction: f64,
    window: Duration,
    rows: u64,
    prefix: String,
}

/// Has two processes send half of the rows each, and returns how many were given up.
pub async fn import(vendors: &Vendors, scene: &Scene, fraction: f64) -> u64 {
    let [one, other] = ["one_", "other_"].map(|prefix| Task {
        url: vendors.bspk_url().to_owned(),
        key: vendors.bspk_key().to_owned(),
        fraction,
        window: scene.quota.window(),
        rows: scene.rows / 2,
        prefix: prefix.to_owned(),
    });
    let (one, other) = tokio::join!(one.delegate(), other.delegate());
    one + other
}

impl Task {
    /// Reads a task from a process's arguments, if there is one.
    pub fn read(arguments: &[String]) -> Option<Self> {
        let [first, url, key, fraction, window, rows, prefix] = arguments else {
            return None;
        };
        (first == IMPORT).then(|| Self {
            url: url.clone(),
            key: key.clone(),
            fraction: fraction.parse().expect("a fraction"),
            window: Duration::from_millis(window.parse().expect("milliseconds")),
            rows: rows.parse().expect("a number of rows"),
            prefix: prefix.clone(),
        })
    }

    /// Sends the rows, and prints how many were given up.
    pub fn carry_out(&self) -> ExitCode {
        let client = bspk_at(&self.url, &self.key)
            .quota_window(self.window)
            .quota_fraction(self.fraction)
            .build()
            .expect("a client");
        let failed = runtime().block_on(import::by_stream(&client, &self.prefix, self.rows));
        println!("{failed}");
        ExitCode::SUCCESS
    }

    /// Starts another process for it. One that prints nothing has given up every row.
    async fn delegate(&self) -> u64 {
        let program = env::current_exe().expect("this program's own path");
        let output = Command::new(program)
            .args([IMPORT, &self.url, &self.key])
            .args([
                self.fraction.to_string(),
                self.window.as_millis().to_string(),
            ])
            .args([self.rows.to_string(), self.prefix.clone()])
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .output();
        match timeout(LONGEST * 2, output).await {
            Ok(Ok(output)) => {
                let said = String::from_utf8_lossy(&output.stdout);
                said.trim().parse().unwrap_or(self.rows)
            }
            _ => self.rows,
        }
    }
}
