//! Processes that share a key and keep its quota together through a Redis server, against the sandbox, whose count is the judge.
//!
//! `cargo bench --bench fleet --features redis -- PART` needs `redis-server`, and takes for `even` ten minutes (`--quick` two), for
//! `uneven` two, `accidents` seven, `kills` three, `cost` one, `plot` two, and for `soak` ten (`soak SEED` repeats one). Without
//! a part all of them are run. The processes are real, and reach the server through a proxy that adds half a millisecond in each
//! direction. Prints tables, and fails if something is answered 429 that must not be, takes too long, or is shared unevenly.

use std::{
    env,
    process::ExitCode,
    thread::{self, sleep},
    time::{Duration, Instant},
};

use proxy::Proxy;
use server::Server;
use shoppers_sandbox::{Behaviour, Quota, Sandbox};
use support::{Missed, Table, Vendors};
use worker::{COUNTER, Load, Task, Worker};

#[path = "fleet/accident.rs"]
mod accident;
#[path = "fleet/cost.rs"]
mod cost;
#[path = "fleet/counter.rs"]
mod counter;
#[path = "fleet/even.rs"]
mod even;
#[path = "fleet/plot.rs"]
mod plot;
#[path = "fleet/proxy.rs"]
mod proxy;
#[path = "fleet/server.rs"]
mod server;
#[path = "fleet/soak.rs"]
mod soak;
mod support;
#[path = "fleet/worker.rs"]
mod worker;

/// What the proxy adds in each direction.
const DELAY: Duration = Duration::from_micros(500);

const SHORT: Duration = Duration::from_secs(2);

/// How processes divide a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Through the store.
    Store,
    /// By fixed fractions.
    Fractions,
    /// Not at all.
    Uncoordinated,
    /// By a counter in Redis for each window, which is not this crate's.
    Counter,
}

/// A vendor's quota, and the processes that meet it.
#[derive(Clone)]
struct Scene {
    quota: Quota,
    loads: Vec<Load>,
    /// How long they work.
    time: Duration,
    way: Way,
    /// By what the clocks of the first processes are wrong.
    clocks: &'static [&'static str],
}

/// What a run came to, by the vendor's count.
struct Outcome {
    calls: usize,
    throttled: u64,
    /// The most calls in a window, wherever it is placed.
    peak: u64,
    /// The calls that the vendor allows in a window.
    limit: u64,
    /// The time that it took, as a multiple of the least.
    ratio: f64,
    /// The part of the quota that was used.
    used: f64,
    /// The same of the last two windows' worth of calls.
    used_at_end: f64,
    /// Jain's index among the processes that are busy.
    fairness: f64,
    done: Vec<worker::Report>,
    round_trips: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(task) = Task::read(&arguments) {
        return task.carry_out();
    }
    if !support::is_wanted() {
        return ExitCode::SUCCESS;
    }
    let Some(server) = Server::start() else {
        println!("skipped: redis-server is not installed");
        return ExitCode::SUCCESS;
    };
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    let parts = arguments.iter().filter(|it| !it.starts_with("--"));
    let parts: Vec<&str> = parts.map(String::as_str).collect();
    let wants = |part: &str| parts.is_empty() || parts.contains(&part);

    let mut missed = Missed::default();
    if wants("even") {
        even::even(&server, is_quick, &mut missed);
    }
    if wants("uneven") {
        even::uneven(&server, &mut missed);
    }
    if wants("accidents") {
        accident::all(&mut missed);
        accident::slow(&mut missed);
    }
    if wants("kills") {
        accident::kills(&mut missed);
    }
    if wants("cost") {
        cost::show();
    }
    if wants("plot") {
        plot::draw(&server, &mut missed);
    }
    if wants("soak") {
        let seed = parts.iter().find_map(|part| part.parse().ok());
        soak::run(seed, &mut missed);
    }
    missed.tell()
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Store => "the store",
            Self::Fractions => "fixed fractions",
            Self::Uncoordinated => "no coordination",
            Self::Counter => "a counter per window",
        }
    }
}

/// Runs of which each leaves the machine idle, so that they can be made at once.
fn at_once<T: Send, I: Send>(of: Vec<I>, run: impl Fn(I) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let run = &run;
        let running: Vec<_> = of
            .into_iter()
            .map(|it| scope.spawn(move || run(it)))
            .collect();
        let ended = running.into_iter().map(|it| it.join().expect("a run ends"));
        ended.collect()
    })
}

impl Scene {
    /// Busy processes that share 60 calls per 2 seconds.
    fn busy(processes: usize, kind: &str, seconds: u64) -> Self {
        Self {
            quota: quota(kind, 60, SHORT),
            loads: vec![Load::Busy; processes],
            time: Duration::from_secs(seconds),
            way: Way::Store,
            clocks: &[],
        }
    }

    fn name(&self) -> String {
        let ending = if self.loads.len() == 1 { "" } else { "es" };
        format!("{} process{ending}, {}", self.loads.len(), self.way.name())
    }

    fn vendors(&self) -> Vendors {
        let milliseconds = Duration::from_millis;
        let behaviour = Behaviour::new()
            .quota(self.quota)
            .latency(milliseconds(20), milliseconds(10));
        Vendors::start(Sandbox::builder().bspk(behaviour))
    }

    fn run(&self, proxy: &Proxy) -> Outcome {
        self.run_with(&|_| proxy.url(), |_, _, _| ())
    }

    /// Has all processes work, with accidents meanwhile, for which there are the processes, the vendors, and a way to start
    /// one more process.
    fn run_with(
        &self,
        store: &dyn Fn(usize) -> String,
        accidents: impl FnOnce(&mut Vec<Worker>, &Vendors, &dyn Fn(usize) -> Worker),
    ) -> Outcome {
        let vendors = self.vendors();
        let number = self.loads.len();
        let task = |index: usize, load: Load, time: Duration| Task {
            url: vendors.bspk_url().to_owned(),
            key: vendors.bspk_key().to_owned(),
            store: match self.way {
                Way::Store => store(index),
                Way::Counter => format!("{COUNTER}{}", store(index)),
                Way::Fractions | Way::Uncoordinated => String::new(),
            },
            fraction: match self.way {
                Way::Fractions => 1.0 / number as f64,
                _ => 1.0,
            },
            limit: self.quota.limit(),
            window: self.quota.window(),
            time,
            load,
            clock: self.clocks.get(index).copied().unwrap_or(""),
        };
        let loads = self.loads.iter().enumerate();
        let mut workers: Vec<Worker> = loads
            .map(|(index, load)| task(index, *load, self.time).delegate())
            .collect();
        sleep(Duration::from_millis(300 + 40 * number as u64));
        let began = Instant::now();
        workers.iter_mut().for_each(Worker::go);
        accidents(&mut workers, &vendors, &|index| {
            let left = self.time.saturating_sub(began.elapsed());
            let mut worker = task(index, Load::Busy, left).delegate();
            worker.go();
            worker
        });
        let done: Vec<_> = workers.into_iter().map(Worker::end).collect();
        self.outcome(&vendors, done)
    }

    fn outcome(&self, vendors: &Vendors, done: Vec<worker::Report>) -> Outcome {
        let tally = vendors.bspk_tally();
        let at: Vec<f64> = tally
            .accepted_at
            .iter()
            .map(Duration::as_secs_f64)
            .collect();
        let limit = self.quota.limit() as usize;
        let window = self.quota.window().as_secs_f64();
        let windows = (at.len() / limit).max(2);
        let least = (windows - 1) as f64 * window;
        let first = at.first().copied().unwrap_or(0.0);
        let last = at.last().copied().unwrap_or(0.0);
        let full = at.get(windows * limit - 1).copied().unwrap_or(last);
        let two = at.len().saturating_sub(2 * limit + 1);
        let busy = done.iter().filter(|it| it.is_busy);
        let busy: Vec<f64> = busy.map(|it| it.accepted.len() as f64).collect();
        let sum: f64 = busy.iter().sum();
        let squares: f64 = busy.iter().map(|it| it * it).sum();
        Outcome {
            calls: at.len(),
            throttled: tally.throttled,
            peak: tally.peak,
            limit: self.quota.limit().into(),
            ratio: (full - first) / least,
            used: at.len() as f64 / (limit as f64 * self.time.as_secs_f64() / window),
            used_at_end: 2.0 * window / (last - at.get(two).copied().unwrap_or(0.0)),
            fairness: sum * sum / (squares * busy.len() as f64),
            round_trips: done.iter().map(|it| it.round_trips).sum(),
            done,
        }
    }
}

fn quota(kind: &str, limit: u32, window: Duration) -> Quota {
    match kind {
        "fixed" => Quota::fixed(limit, window),
        _ => Quota::sliding(limit, window),
    }
}
