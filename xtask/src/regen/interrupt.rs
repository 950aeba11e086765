//! Ends what a run has started when the run is interrupted.
//!
//! A signal ends this process alone. cargo and the compilers below it would run on, and the copy that they build would stay.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The things to clean up.
#[derive(Debug, Default)]
struct Started {
    child: Option<u32>,
    scratch: Option<PathBuf>,
}

static STARTED: Mutex<Started> = Mutex::new(Started {
    child: None,
    scratch: None,
});

fn started() -> MutexGuard<'static, Started> {
    STARTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Cleans up and exits with 128 and the signal's number on SIGTERM, SIGINT and SIGHUP from now on.
pub fn listen() -> io::Result<()> {
    #[cfg(unix)]
    {
        use signal_hook::{
            consts::{SIGHUP, SIGINT, SIGTERM},
            iterator::Signals,
        };
        let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                // The lock is kept, so that nothing else is started.
                let started = started();
                if let Some(child) = started.child {
                    end_group(child);
                }
                if let Some(scratch) = &started.scratch {
                    remove(scratch);
                }
                eprintln!("error: ended by signal {signal}");
                std::process::exit(128 + signal);
            }
        });
    }
    Ok(())
}

/// Runs a command whose processes end with this one, and returns what it printed.
pub fn output(command: &mut Command) -> io::Result<Output> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let child = {
        let mut started = started();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        started.child = Some(child.id());
        child
    };
    let output = child.wait_with_output();
    started().child = None;
    output
}

/// Makes a folder that goes when this process is interrupted.
pub fn create(scratch: &Path) -> io::Result<()> {
    let mut started = started();
    started.scratch = Some(scratch.to_owned());
    fs::create_dir_all(scratch)
}

/// Removes a folder into which another thread may still copy.
fn remove(folder: &Path) {
    for _ in 0..1000 {
        match fs::remove_dir_all(folder) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            _ => return,
        }
    }
}

#[cfg(unix)]
fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let leader = i32::try_from(leader).ok().and_then(Pid::from_raw);
    if let Some(leader) = leader {
        // One that has ended already is what was wanted.
        let _ = kill_process_group(leader, Signal::KILL);
    }
}
