//! How calls come: one at a time, or many at once.

use std::{
    fmt, fs,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    runtime::{self, Runtime},
    task::JoinSet,
};

use super::way::Client;

/// How calls come.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Calls under way.
    pub at_once: u32,
    /// Calls in a round.
    pub calls: u32,
}

/// What calls took.
#[derive(Clone, Copy, Default)]
pub struct Taken {
    pub time: Duration,
    /// Of this process, on all cores; nothing where the system does not tell.
    pub cpu: Duration,
}

impl Load {
    pub const ALL: [Self; 2] = [
        Self {
            at_once: 1,
            calls: 1_000,
        },
        Self {
            at_once: 64,
            calls: 2_000,
        },
    ];

    /// One thread for one call at a time, which would only be handed from one to the other.
    pub fn runtime(self) -> Runtime {
        match self.at_once {
            1 => runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            _ => crate::support::runtime(),
        }
    }

    /// Makes all calls, and says what that took.
    pub fn run(self, runtime: &Runtime, client: &Client) -> Taken {
        let (began, used) = (Instant::now(), cpu());
        runtime.block_on(async {
            let made = Arc::new(AtomicU32::new(0));
            let mut tasks = JoinSet::new();
            for _ in 0..self.at_once {
                let (client, made) = (client.clone(), made.clone());
                tasks.spawn(async move {
                    while made.fetch_add(1, Ordering::Relaxed) < self.calls {
                        client
                            .upsert()
                            .await
                            .expect("the server answers every call");
                    }
                });
            }
            tasks.join_all().await;
        });
        Taken {
            time: began.elapsed(),
            cpu: cpu().saturating_sub(used),
        }
    }
}

/// The time that the threads of this process have been on a core, as Linux tells it.
fn cpu() -> Duration {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten();
    let told = threads.filter_map(|thread| {
        let told = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(told.sum())
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at_once {
            1 => f.write_str("One upsert at a time"),
            many => write!(f, "{many} upserts at once"),
        }
    }
}
