//! A process that makes calls: this program, started once more.

use std::{
    cell::RefCell,
    env,
    io::{Read, Write, stdin},
    process::{Child, Command, ExitCode, Stdio},
    rc::Rc,
    thread::{self, JoinHandle},
    time::Duration,
};

use futures_util::future::join_all;
use shoppers::{bspk, quota::RedisQuota};
use tokio::{
    signal::unix::{SignalKind, signal},
    task::LocalSet,
    time::{Instant, sleep, timeout},
};

use crate::{counter::Counter, support::bspk_at};

/// What stands before a task among a process's arguments.
const WORK: &str = "--work";

/// Before the URL of a server at which calls are counted, and no quota is kept.
pub const COUNTER: &str = "counter+";

/// Calls at once of a busy process, which are more than a window holds.
const AT_ONCE: usize = 64;

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
#[derive(Clone)]
pub struct Task {
    pub url: String,
    pub key: String,
    /// The URL of the store; empty for none.
    pub store: String,
    pub fraction: f64,
    pub limit: u32,
    pub window: Duration,
    pub time: Duration,
    pub load: Load,
    /// By what its clock is wrong, for `faketime`; empty for nothing.
    pub clock: &'static str,
}

/// What a process has done.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub is_busy: bool,
    /// Since its start, the ends of calls that were accepted.
    pub accepted: Vec<Duration>,
    pub round_trips: u64,
    /// Of a call, in the median.
    pub waited: Duration,
}

/// A process that is at work.
pub struct Worker {
    process: Child,
    printed: JoinHandle<String>,
    is_busy: bool,
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
        let [first, url, key, store, fraction, limit, window, time, load] = arguments else {
            return None;
        };
        let milliseconds = |text: &str| Duration::from_millis(text.parse().expect("milliseconds"));
        (first == WORK).then(|| Self {
            url: url.clone(),
            key: key.clone(),
            store: store.clone(),
            fraction: fraction.parse().expect("a fraction"),
            limit: limit.parse().expect("a limit"),
            window: milliseconds(window),
            time: milliseconds(time),
            load: match load.split_once('=').unwrap_or((load, "")) {
                ("busy", _) => Load::Busy,
                ("idle", _) => Load::Idle,
                ("once", at) => Load::Once(milliseconds(at)),
                (_, rate) => Load::Rate(rate.parse().expect("a rate")),
            },
            clock: "",
        })
    }

    /// Has another process do it, once it is let go.
    pub fn delegate(&self) -> Worker {
        let program = env::current_exe().expect("this program's own path");
        let mut command = Command::new(if self.clock.is_empty() {
            program.as_os_str()
        } else {
            "faketime".as_ref()
        });
        if !self.clock.is_empty() {
            command.args(["-f", self.clock]).arg(&program);
            command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        let milliseconds = |time: Duration| time.as_millis().to_string();
        let mut process = command
            .args([WORK, &self.url, &self.key, &self.store])
            .args([self.fraction.to_string(), self.limit.to_string()])
            .args([milliseconds(self.window), milliseconds(self.time)])
            .arg(match self.load {
                Load::Busy => "busy".to_owned(),
                Load::Idle => "idle".to_owned(),
                Load::Once(at) => format!("once={}", at.as_millis()),
                Load::Rate(rate) => format!("rate={rate}"),
            })
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut output = process.stdout.take().expect("it is piped");
        let printed = thread::spawn(move || {
            let mut text = String::new();
            let _ = output.read_to_string(&mut text);
            text
        });
        Worker {
            process,
            printed,
            is_busy: self.load == Load::Busy,
        }
    }

    /// Does it, and prints each accepted call and the rest of the report.
    pub fn carry_out(&self) -> ExitCode {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        LocalSet::new().block_on(&runtime, self.work());
        ExitCode::SUCCESS
    }

    async fn work(&self) {
        let mut builder = bspk_at(&self.url, &self.key)
            .quota_window(self.window)
            .quota_fraction(self.fraction)
            .deadline(Duration::from_secs(900));
        let counter = self.store.strip_prefix(COUNTER);
        let counter = counter.map(|url| Rc::new(Counter::new(url, self)));
        if !self.store.is_empty() && counter.is_none() {
            let store = RedisQuota::lazy(&self.store).expect("the URL of a server");
            builder = builder.quota_store(store);
        }
        let client: bspk::Client = builder.build().expect("a client");
        let _ = stdin().read_line(&mut String::new());

        let began = Instant::now();
        let waits = Rc::new(RefCell::new(Vec::new()));
        let call = |row: u64| {
            let (client, counter, waits) = (client.clone(), counter.clone(), waits.clone());
            async move {
                let shopper = bspk::Shopper {
                    shopper_ref: Some(format!("{}_{row}", std::process::id())),
                    ..Default::default()
                };
                let called = Instant::now();
                let is_accepted = match counter {
                    Some(counter) => counter.upsert(&shopper).await,
                    None => client.upsert_shopper(&shopper).await.is_ok(),
                };
                if is_accepted {
                    println!("{}", began.elapsed().as_millis());
                }
                waits.borrow_mut().push(called.elapsed());
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
                    _ = timeout(self.time, join_all(tasks)) => {}
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
                while began.elapsed() < self.time {
                    sleep(Duration::from_secs_f64(1.0 / rate)).await;
                    tokio::task::spawn_local(call(row));
                    row += 1;
                }
            }
        }
        sleep(self.time.saturating_sub(began.elapsed())).await;
        let mut waits = waits.take();
        waits.sort();
        let waited = waits.get(waits.len() / 2).copied().unwrap_or_default();
        let round_trips = client.quota().store.map_or(0, |store| store.round_trips);
        println!("= {} {round_trips}", waited.as_micros());
    }
}

impl Worker {
    /// Lets it begin.
    pub fn go(&mut self) {
        if let Some(mut input) = self.process.stdin.take() {
            let _ = input.write_all(b"\n");
        }
    }

    pub fn signal(&self, name: &str) {
        send_signal(self.process.id(), name);
    }

    /// Its open files, and its memory in KiB.
    pub fn resources(&self) -> (usize, u64) {
        let folder = format!("/proc/{}", self.process.id());
        let files = std::fs::read_dir(format!("{folder}/fd")).map_or(0, Iterator::count);
        let status = std::fs::read_to_string(format!("{folder}/status")).unwrap_or_default();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.and_then(|it| it.trim().strip_suffix(" kB")?.trim().parse().ok());
        (files, memory.unwrap_or(0))
    }

    /// Waits for the end, and reads the report. Of one that was killed it has the calls.
    pub fn end(mut self) -> Report {
        let text = self.printed.join().unwrap_or_default();
        let _ = self.process.wait();
        let mut report = Report {
            is_busy: self.is_busy,
            ..Report::default()
        };
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("= ") {
                let numbers: Vec<u64> = rest.split(' ').flat_map(str::parse).collect();
                if let [waited, round_trips] = numbers[..] {
                    report.waited = Duration::from_micros(waited);
                    report.round_trips = round_trips;
                }
            } else if let Ok(at) = line.parse() {
                report.accepted.push(Duration::from_millis(at));
            }
        }
        report
    }
}
