//! A process that makes calls: this program, started once more.

use std::{
    cell::{Cell, RefCell},
    env,
    io::Read,
    process::{Child, Command, ExitCode, Stdio},
    rc::Rc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use shoppers::{bspk, quota::RedisQuota};
use tokio::{
    signal::unix::{SignalKind, signal},
    task::LocalSet,
    time::{Instant, sleep, timeout},
};

use crate::support::bspk_at;

/// What stands before a task among a process's arguments.
const WORK: &str = "--work";

/// Calls at once of a busy process.
const AT_ONCE: usize = 16;

/// What a process has to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Load {
    /// As many calls as it can.
    Busy,
    /// Nothing, but that it is there: one call at the start.
    Idle,
    /// One call then.
    Once(Duration),
    /// So many calls per second.
    Rate(f64),
}

/// What one process is to do.
pub struct Task {
    pub url: String,
    pub key: String,
    /// The URL of the store; empty for none.
    pub store: String,
    pub fraction: f64,
    pub window: Duration,
    /// Since the epoch.
    pub start: Duration,
    pub time: Duration,
    pub load: Load,
}

/// What a process has done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    pub is_busy: bool,
    pub calls: u64,
    pub failed: u64,
    pub round_trips: u64,
    /// Of a call, in the median.
    pub waited: Duration,
}

/// A process that is at work.
pub struct Worker {
    process: Child,
    is_busy: bool,
}

/// The time since the epoch.
pub fn now() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// Sends a signal to a process.
pub fn send_signal(process: u32, signal: &str) {
    let _ = Command::new("kill")
        .args([signal, &process.to_string()])
        .status();
}

impl Task {
    /// Reads a task from a process's arguments, if there is one.
    pub fn read(arguments: &[String]) -> Option<Self> {
        let [first, url, key, store, fraction, window, start, time, load] = arguments else {
            return None;
        };
        let milliseconds = |text: &str| Duration::from_millis(text.parse().expect("milliseconds"));
        (first == WORK).then(|| Self {
            url: url.clone(),
            key: key.clone(),
            store: store.clone(),
            fraction: fraction.parse().expect("a fraction"),
            window: milliseconds(window),
            start: milliseconds(start),
            time: milliseconds(time),
            load: match load.split_once('=').unwrap_or((load, "")) {
                ("busy", _) => Load::Busy,
                ("idle", _) => Load::Idle,
                ("once", at) => Load::Once(milliseconds(at)),
                (_, rate) => Load::Rate(rate.parse().expect("a rate")),
            },
        })
    }

    /// Has another process do it, with the words in front of its command.
    pub fn delegate_by(&self, words: &[&str]) -> Worker {
        let program = env::current_exe().expect("this program's own path");
        let mut command = match words {
            [] => Command::new(&program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(&program);
                command
            }
        };
        let milliseconds = |time: Duration| time.as_millis().to_string();
        let process = command
            .args([WORK, &self.url, &self.key, &self.store])
            .args([self.fraction.to_string(), milliseconds(self.window)])
            .args([milliseconds(self.start), milliseconds(self.time)])
            .arg(match self.load {
                Load::Busy => "busy".to_owned(),
                Load::Idle => "idle".to_owned(),
                Load::Once(at) => format!("once={}", at.as_millis()),
                Load::Rate(rate) => format!("rate={rate}"),
            })
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        Worker {
            process,
            is_busy: self.load == Load::Busy,
        }
    }

    pub fn delegate(&self) -> Worker {
        self.delegate_by(&[])
    }

    /// Does it, and prints the report.
    pub fn carry_out(&self) -> ExitCode {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let report = LocalSet::new().block_on(&runtime, self.work());
        println!(
            "{} {} {} {}",
            report.calls,
            report.failed,
            report.round_trips,
            report.waited.as_micros()
        );
        ExitCode::SUCCESS
    }

    async fn work(&self) -> Report {
        let mut builder = bspk_at(&self.url, &self.key)
            .quota_window(self.window)
            .quota_fraction(self.fraction)
            .deadline(Duration::from_secs(600));
        if !self.store.is_empty() {
            let store = RedisQuota::lazy(&self.store).expect("the URL of a server");
            builder = builder.quota_store(store);
        }
        let client: bspk::Client = builder.build().expect("a client");
        sleep(self.start.saturating_sub(now())).await;

        let end = Instant::now() + self.time;
        let report = Rc::new(Cell::new(Report::default()));
        let waits = Rc::new(RefCell::new(Vec::new()));
        let call = |row: u64| {
            let (client, report, waits) = (client.clone(), report.clone(), waits.clone());
            async move {
                let shopper = bspk::Shopper {
                    shopper_ref: Some(format!("{}_{row}", std::process::id())),
                    ..Default::default()
                };
                let began = Instant::now();
                let outcome = client.upsert_shopper(&shopper).await;
                let mut now = report.get();
                now.calls += u64::from(outcome.is_ok());
                now.failed += u64::from(outcome.is_err());
                report.set(now);
                waits.borrow_mut().push(began.elapsed());
            }
        };
        match self.load {
            Load::Busy => {
                let tasks = (0..AT_ONCE as u64).map(|first| {
                    let call = &call;
                    async move {
                        for round in 0.. {
                            call(first + round * AT_ONCE as u64).await;
                        }
                    }
                });
                let mut terminated = signal(SignalKind::terminate()).expect("a signal");
                tokio::select! {
                    _ = timeout(self.time, futures_util::future::join_all(tasks)) => {}
                    _ = terminated.recv() => {
                        sleep(Duration::from_millis(100)).await;
                        std::process::exit(0);
                    }
                }
            }
            Load::Idle => call(0).await,
            Load::Once(at) => {
                sleep(at).await;
                call(0).await;
            }
            Load::Rate(rate) => {
                let mut row = 0;
                while Instant::now() < end {
                    sleep(Duration::from_secs_f64(1.0 / rate)).await;
                    tokio::task::spawn_local(call(row));
                    row += 1;
                }
            }
        }
        sleep(end.saturating_duration_since(Instant::now())).await;
        let mut waits = waits.take();
        waits.sort();
        Report {
            waited: waits.get(waits.len() / 2).copied().unwrap_or_default(),
            round_trips: client.quota().store.map_or(0, |store| store.round_trips),
            ..report.get()
        }
    }
}

impl Worker {
    pub fn signal(&self, name: &str) {
        send_signal(self.process.id(), name);
    }

    /// Waits for the end, and reads the report. One that was killed has none.
    pub fn end(mut self) -> Report {
        let mut text = String::new();
        if let Some(mut output) = self.process.stdout.take() {
            let _ = output.read_to_string(&mut text);
        }
        let _ = self.process.wait();
        let numbers: Vec<u64> = text.split_whitespace().flat_map(str::parse).collect();
        let [calls, failed, round_trips, waited] = numbers[..] else {
            return Report::default();
        };
        Report {
            is_busy: self.is_busy,
            calls,
            failed,
            round_trips,
            waited: Duration::from_micros(waited),
        }
    }
}
