//! How many instructions a call takes, by valgrind's callgrind: this program, started under it.

use std::{
    env,
    process::{Command, ExitCode, Stdio},
};

use tokio::runtime;

use super::{server::Server, way::Way};
use crate::support::{Missed, Table};

const CALLS: &str = "--calls";

/// Calls in the shorter of two runs. The longer has as many more, and the difference is free of what happens once.
const FEW: u32 = 1_000;

/// Of bare reqwest's instructions, what is allowed.
const MOST: f64 = 0.98;

/// What one process is to do, one call after another.
pub struct Task {
    way: Way,
    calls: u32,
    url: String,
}

impl Task {
    /// Reads a task from a process's arguments, if there is one.
    pub fn read(arguments: &[String]) -> Option<Self> {
        let [first, way, calls, url] = arguments else {
            return None;
        };
        (first == CALLS).then(|| Self {
            way: Way::ALL[way.parse::<usize>().expect("a way")],
            calls: calls.parse().expect("a number of calls"),
            url: url.clone(),
        })
    }

    pub fn carry_out(&self) -> ExitCode {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let client = self.way.client(&self.url);
            for _ in 0..self.calls {
                client
                    .upsert()
                    .await
                    .expect("the server answers every call");
            }
        });
        ExitCode::SUCCESS
    }

    /// The instructions of it all, if valgrind is there to count them.
    fn count(&self) -> Result<u64, String> {
        let program = env::current_exe().expect("this program's own path");
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args([CALLS, &(self.way as usize).to_string()])
            .args([&self.calls.to_string(), &self.url])
            .stdin(Stdio::null())
            .output()
            .map_err(|err| format!("valgrind does not start, and is needed here: {err}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        said.lines()
            .find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
            .filter(|_| output.status.success())
            .ok_or_else(|| format!("valgrind: {said}"))
    }
}

/// Counts for every way, and prints a table.
pub fn count(server: &Server, missed: &mut Missed) {
    let counted: Result<Vec<u64>, String> = Way::ALL
        .into_iter()
        .map(|way| per_call(way, server.url()))
        .collect();
    let counted = match counted {
        Ok(counted) => counted,
        Err(why) => return missed.add(why),
    };
    let bare = counted[Way::Bare as usize] as f64;
    let mut table = Table::new(
        "Instructions of one upsert, one at a time",
        ["", "of reqwest's", "instructions"],
    );
    for (way, &instructions) in Way::ALL.into_iter().zip(&counted) {
        let ratio = instructions as f64 / bare;
        table.row([
            way.to_string(),
            format!("{ratio:.3}"),
            instructions.to_string(),
        ]);
        if way == Way::Ours && ratio > MOST {
            missed.add(format!(
                "{ratio:.3} of bare reqwest's instructions, {MOST} are allowed"
            ));
        }
    }
    print!("{table}");
}

fn per_call(way: Way, url: &str) -> Result<u64, String> {
    let of = |calls| {
        let url = url.to_owned();
        Task { way, calls, url }.count()
    };
    Ok(of(2 * FEW)?.saturating_sub(of(FEW)?) / u64::from(FEW))
}
