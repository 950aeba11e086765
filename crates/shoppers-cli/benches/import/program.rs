//! The program, a folder for it, and the resources that it used.

use std::{
    fs,
    io::{BufWriter, Write},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::Vendors;

/// The time between two looks at a running program.
const LOOK: Duration = Duration::from_millis(10);

/// A folder with a file to import.
pub struct Folder(TempDir);

/// The result of a run.
pub struct Run {
    pub status: ExitStatus,
    pub summary: Value,
    pub took: Duration,
    /// The peak of its resident memory.
    pub resident_mib: f64,
}

impl Folder {
    /// With a file of these lines.
    pub fn new(lines: impl Iterator<Item = String>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = fs::File::create(folder.path().join("s.csv")).expect("a file");
        let mut file = BufWriter::new(file);
        for line in lines {
            writeln!(file, "{line}").expect("room on the disk");
        }
        file.flush().expect("room on the disk");
        Self(folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The content of a file; empty if there is none.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Starts the program.
    pub fn start(&self, vendors: &Vendors, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_shoppers"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("BSPK_API_KEY", vendors.bspk_key())
            .env("BSPK_BASE_URL", vendors.bspk_url())
            .env("GATSBY_API_KEY", vendors.gatsby_key())
            .env("GATSBY_BASE_URL", vendors.gatsby_url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }

    /// Starts an import of the file.
    pub fn start_import(&self, vendors: &Vendors, vendor: &str, more: &[&str]) -> Child {
        self.start(vendors, &import(vendor, more))
    }

    /// Runs an import of the file to its end.
    pub fn import(&self, vendors: &Vendors, vendor: &str, more: &[&str]) -> Run {
        self.run(vendors, &import(vendor, more))
    }

    /// Runs the program to its end.
    pub fn run(&self, vendors: &Vendors, arguments: &[&str]) -> Run {
        let began = Instant::now();
        let mut child = self.start(vendors, arguments);
        let mut resident_mib = 0.0;
        while child.try_wait().expect("it is ours").is_none() {
            resident_mib = f64::max(resident_mib, resident(child.id()));
            thread::sleep(LOOK);
        }
        let took = began.elapsed();
        let output = child.wait_with_output().expect("it is ours");
        Run {
            status: output.status,
            summary: serde_json::from_slice(&output.stdout).unwrap_or_default(),
            took,
            resident_mib,
        }
    }
}

impl Run {
    pub fn count(&self, name: &str) -> u64 {
        self.summary[name].as_u64().unwrap_or_default()
    }
}

fn import<'a>(vendor: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[vendor, "import", "s.csv", "--output", "json"], more].concat()
}

/// The peak of a process's resident memory on Linux; 0 elsewhere.
fn resident(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|it| it.trim().strip_suffix(" kB")?.parse().ok());
    kib.unwrap_or(0.0) / 1024.0
}
