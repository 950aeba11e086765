//! Deliveries to the service of examples/webhooks.rs: 10,000 of them, 64 at once.
//!
//! `cargo bench --features axum --bench webhooks` prints Markdown. First all are good, and timed; then one in four is bad, each is
//! answered as BSPK's retries want it, and nothing of a shopper is in any log at TRACE.

use std::{
    io,
    net::TcpListener,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use service::{Service, app};
use shoppers::bspk::webhooks::{HEADER, Receiver};
use support::{Missed, Table};
use tokio::{sync::mpsc, task::JoinSet};

#[path = "../examples/webhooks.rs"]
#[allow(dead_code, unused_imports)]
mod service;
mod support;

const DELIVERIES: usize = 10_000;
const AT_ONCE: usize = 64;

/// In every text that no log may have.
const PLANTED: &str = "zqplanted";

/// A kind of delivery, and the status that it has to be answered with.
struct Kind {
    name: &'static str,
    secret: Option<&'static str>,
    body: String,
    status: u16,
    /// Of a round, every how many.
    every: usize,
}

/// The log of all crates, which is searched and not kept.
#[derive(Clone, Default)]
struct Log {
    bytes: Arc<AtomicUsize>,
    shows_planted: Arc<AtomicBool>,
}

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.bytes.fetch_add(line.len(), Ordering::Relaxed);
        if String::from_utf8_lossy(line).contains(PLANTED) {
            self.shows_planted.store(true, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() -> ExitCode {
    if !support::is_wanted() {
        return ExitCode::SUCCESS;
    }
    let mut missed = Missed::default();
    let url = start();
    let good = Arc::new(vec![kinds().remove(0)]);
    let all = Arc::new(kinds());
    let runtime = support::runtime();

    runtime.block_on(deliver(&url, &good)); // warms up
    let began = Instant::now();
    let mut times: Vec<Duration> = runtime
        .block_on(deliver(&url, &good))
        .into_iter()
        .map(|it| it.2)
        .collect();
    let taken = began.elapsed();
    times.sort();
    let title = format!("{DELIVERIES} deliveries, {AT_ONCE} at once");
    let mut table = Table::new(title, ["", "deliveries/s", "median", "99 %", "longest"]);
    let at = |part: f64| format!("{:.1?}", times[(part * (times.len() - 1) as f64) as usize]);
    let rate = DELIVERIES as f64 / taken.as_secs_f64();
    table.row([
        "all good".to_owned(),
        format!("{rate:.0}"),
        at(0.5),
        at(0.99),
        at(1.0),
    ]);
    print!("{table}");

    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let outcomes = runtime.block_on(deliver(&url, &all));
    let mut table = Table::new(
        "All kinds, logged at TRACE",
        ["", "deliveries", "status", "wrong"],
    );
    for (number, kind) in all.iter().enumerate() {
        let of_kind = outcomes.iter().filter(|it| it.0 == number);
        let wrong = of_kind
            .clone()
            .filter(|it| it.1 != Some(kind.status))
            .count();
        let cells = [
            of_kind.count().to_string(),
            kind.status.to_string(),
            wrong.to_string(),
        ];
        table.row([kind.name.to_owned()].into_iter().chain(cells));
        if wrong > 0 {
            missed.add(format!(
                "{}: {wrong} were not answered {}",
                kind.name, kind.status
            ));
        }
    }
    print!("{table}");
    let bytes = log.bytes.load(Ordering::Relaxed);
    println!("\n{bytes} bytes were logged");
    if bytes == 0 || log.shows_planted.load(Ordering::Relaxed) {
        missed.add("nothing was logged, or a shopper or a secret was");
    }
    missed.tell()
}

/// Starts the service on threads of its own, and returns its address.
fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener
        .set_nonblocking(true)
        .expect("a listener for tokio");
    let url = format!("http://{}/bspk", listener.local_addr().expect("an address"));
    thread::spawn(|| {
        support::runtime().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            let receiver = Receiver::new(["zqplanted-new", "zqplanted-old"]).expect("secrets");
            let (queue, mut events) = mpsc::channel(DELIVERIES);
            tokio::spawn(async move { while events.recv().await.is_some() {} });
            axum::serve(listener, app(Service { receiver, queue })).await
        })
    });
    url
}

/// The first is the usual one, and all that the others leave.
fn kinds() -> Vec<Kind> {
    let object =
        json!({"id": 17, "ref": PLANTED, "email": "zqplanted@example.com", "first_name": PLANTED});
    let event = |name: &str| json!({"event_name": name, "object": object}).to_string();
    let kind = |name, secret, body, status, every| Kind {
        name,
        secret,
        body,
        status,
        every,
    };
    let (new, old) = (Some("zqplanted-new"), Some("zqplanted-old"));
    let updated = || event("shopper.updated");
    vec![
        kind("new secret", new, updated(), 200, 1),
        kind("old secret", old, updated(), 200, 4),
        kind("wrong secret", Some("zqplanted"), updated(), 401, 20),
        kind("no secret", None, updated(), 401, 20),
        kind("unknown event", new, event("store.closed"), 200, 20),
        kind("invalid JSON", new, PLANTED.to_owned(), 422, 20),
        kind("10 MB body", new, PLANTED.repeat(1_200_000), 422, 500),
    ]
}

/// Makes all deliveries, and returns for each the number of its kind, its status and its time.
async fn deliver(url: &str, kinds: &Arc<Vec<Kind>>) -> Vec<(usize, Option<u16>, Duration)> {
    let client = reqwest::Client::new();
    let made = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, made) = (client.clone(), made.clone());
        let (url, kinds) = (url.to_owned(), kinds.clone());
        tasks.spawn(async move {
            let mut outcomes = Vec::new();
            loop {
                let delivery = made.fetch_add(1, Ordering::Relaxed);
                if delivery >= DELIVERIES {
                    return outcomes;
                }
                // The number of a kind sets it apart from others that come as often.
                let is_due = |it: &usize| delivery % kinds[*it].every == *it % kinds[*it].every;
                let number = (0..kinds.len()).rev().find(is_due).unwrap_or(0);
                let kind = &kinds[number];
                let mut request = client.post(&url).body(kind.body.clone());
                if let Some(secret) = kind.secret {
                    request = request.header(HEADER, secret);
                }
                let began = Instant::now();
                let status = request.send().await.ok().map(|it| it.status().as_u16());
                outcomes.push((number, status, began.elapsed()));
            }
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}
