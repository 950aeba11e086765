//! Ctrl-C, and what a system says to a process that is to end.

use std::process;

use tokio::sync::watch;

use crate::exit::Failure;

/// What a process ends with that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// Tells of the first interruption; the second ends the process at once. The journal is made for that.
pub fn watch() -> Result<watch::Receiver<bool>, Failure> {
    let mut signals = Signals::new()
        .map_err(|err| Failure::stopped(format!("signals cannot be listened to: {err}")))?;
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
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: match is_hangup_ignored() {
                true => None,
                false => Some(signal(SignalKind::hangup())?),
            },
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

    /// A terminal that is closed may hang up twice, by its shell and by the system, and means it once.
    async fn second(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Whether SIGHUP was ignored when the program began. To listen to it would undo that. Only Linux tells.
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
        // Without a console there is nobody to interrupt.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    async fn second(&mut self) {
        self.first().await;
    }
}
