//! Ctrl-C, and the signals with which a system ends a process.

use std::process;

use tokio::sync::watch;

use crate::exit::Failure;

/// The exit code of an interrupted process, by the convention of shells.
const INTERRUPTED: i32 = 130;

/// Reports the first interruption; the second ends the process at once, which journals and states allow for.
pub fn watch() -> Result<watch::Receiver<bool>, Failure> {
    let mut signals = Signals::new()
        .map_err(|err| Failure::stopped(format!("signals cannot be received: {err}")))?;
    // One value and one receiver: a `CancellationToken` would be a crate for this alone.
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        signals.first().await;
        sender.send_replace(true);
        signals.second().await;
        process::exit(INTERRUPTED);
    });
    Ok(receiver)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// `None` if it is ignored, as under `nohup`.
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let hangup = (!is_hangup_ignored()).then(|| signal(SignalKind::hangup()));
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: hangup.transpose()?,
        })
    }

    async fn first(&mut self) {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hangup => {}
        }
    }

    /// Without a hangup: a terminal that is closed may send two, from its shell and from the system.
    async fn second(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Returns `true` if SIGHUP was ignored when the program started, which listening to it would undo. Only Linux shows it.
#[cfg(unix)]
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // SIGHUP is 1, and the lowest bit of the last digit (proc_pid_status(5)).
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn first(&mut self) {
        // Without a console there is no Ctrl-C.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    async fn second(&mut self) {
        self.first().await;
    }
}
