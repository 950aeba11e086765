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
        signals.next().await;
        sender.send_replace(true);
        signals.next().await;
        process::exit(INTERRUPTED);
    });
    Ok(receiver)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // Without a console there is nobody to interrupt.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
