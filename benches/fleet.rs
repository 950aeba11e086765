//! Processes that share a key and keep its quota together through a Redis server, against the sandbox, whose count is the judge.
//!
//! `cargo bench --bench fleet --features redis` takes about fifteen minutes and needs `redis-server`; `-- --quick` takes two, and
//! `-- accidents` and `-- even` run a part. The processes are real, and reach the server through a proxy that adds a
//! millisecond in each direction. Prints tables, and fails if something is answered 429 that must not be, or takes too long.

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
use worker::{Load, Task, Worker};

#[path = "fleet/accident.rs"]
mod accident;
#[path = "fleet/proxy.rs"]
mod proxy;
#[path = "fleet/server.rs"]
mod server;
mod support;
#[path = "fleet/worker.rs"]
mod worker;

/// What the proxy adds in each direction.
const DELAY: Duration = Duration::from_millis(1);

/// How processes divide a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Through the store.
    Store,
    /// By fixed fractions.
    Fractions,
    /// Not at all.
    Uncoordinated,
}

/// A vendor's quota, and the processes that meet it.
#[derive(Clone)]
struct Scene {
    quota: Quota,
    loads: Vec<Load>,
    /// How long they work.
    time: Duration,
    way: Way,
}

/// What a run came to, by the vendor's count.
struct Outcome {
    calls: usize,
    throttled: u64,
    /// The most calls in a window, wherever it is placed.
    peak: u64,
    /// The time that it took, as a multiple of the least.
    ratio: f64,
    /// The part of the quota that was used.
    used: f64,
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
    let wants = |word: &str| arguments.iter().any(|argument| argument == word);
    let (is_quick, all) = (wants("--quick"), !wants("even") && !wants("accidents"));

    let mut missed = Missed::default();
    if all || wants("even") {
        even(&server, is_quick, &mut missed);
        uneven(&server, &mut missed);
    }
    if !is_quick && (all || wants("accidents")) {
        accident::all(&mut missed);
    }
    missed.tell()
}

/// All processes are busy.
fn even(server: &Server, is_quick: bool, missed: &mut Missed) {
    let proxy = Proxy::start(server.port(), DELAY);
    let seconds = Duration::from_secs;
    for (limit, window, time, most) in [(60, 2, 20, 1.02), (30, 10, 72, 1.02)] {
        if is_quick && window == 10 {
            continue;
        }
        for kind in ["fixed", "sliding"] {
            let quota = match kind {
                "fixed" => Quota::fixed(limit, seconds(window)),
                _ => Quota::sliding(limit, seconds(window)),
            };
            let scene = |processes: usize, way| Scene {
                quota,
                loads: vec![Load::Busy; processes],
                time: seconds(time),
                way,
            };
            let numbers: &[usize] = if is_quick {
                &[1, 4, 40]
            } else {
                &[1, 2, 4, 10, 40]
            };
            let mut scenes: Vec<Scene> = numbers.iter().map(|it| scene(*it, Way::Store)).collect();
            if window == 2 {
                scenes.extend([scene(4, Way::Fractions), scene(4, Way::Uncoordinated)]);
            }
            let title =
                format!("{kind}, {limit} calls per {window} s, all processes busy for {time} s");
            let mut table = table(title);
            // The slow windows leave the machine idle, so they run at once.
            let outcomes: Vec<Outcome> = if window == 2 {
                scenes.iter().map(|scene| scene.run(&proxy)).collect()
            } else {
                thread::scope(|scope| {
                    let running: Vec<_> = scenes
                        .iter()
                        .map(|scene| scope.spawn(|| scene.run(&proxy)))
                        .collect();
                    let ended = running.into_iter().map(|it| it.join().expect("a run ends"));
                    ended.collect()
                })
            };
            for (scene, outcome) in scenes.iter().zip(&outcomes) {
                table.row(outcome.cells(&scene.name()));
                if scene.way == Way::Store {
                    let many = scene.loads.len() > limit as usize;
                    let (most, least) = if many { (1.03, 0.95) } else { (most, 0.98) };
                    let place = format!("{kind}, {limit}, {}", scene.name());
                    outcome.judge(&place, most, least, missed);
                }
            }
            print!("{table}");
        }
    }
}

/// One process is busy, and the others are not.
fn uneven(server: &Server, missed: &mut Missed) {
    let proxy = Proxy::start(server.port(), DELAY);
    let seconds = Duration::from_secs;
    let quota = Quota::sliding(60, seconds(2));
    let mut busy = vec![Load::Busy];
    busy.extend([Load::Idle; 9]);
    let mut table = table("sliding, 60 calls per 2 s, uneven loads".to_owned());
    let scene = |loads: Vec<Load>, way| Scene {
        quota,
        loads,
        time: seconds(20),
        way,
    };
    for way in [Way::Store, Way::Fractions] {
        let outcome = scene(busy.clone(), way).run(&proxy);
        table.row(outcome.cells(&format!("1 busy, 9 idle, {}", way.name())));
        if way == Way::Store {
            outcome.judge("1 busy", 1.02, 0.98, missed);
        }
    }
    let outcome = scene(vec![Load::Busy, Load::Once(seconds(11))], Way::Store).run(&proxy);
    table.row(outcome.cells("1 busy, a newcomer"));
    let waited = outcome.done[1].waited;
    print!("{table}");
    println!("\nthe newcomer had its answer after {waited:?}");
    if waited > seconds(2) + Duration::from_millis(200) {
        missed.add(format!("a newcomer waited for {waited:?}"));
    }

    let sparse = scene(vec![Load::Rate(4.0); 4], Way::Store).run(&proxy);
    let alone = scene(vec![Load::Rate(4.0); 4], Way::Uncoordinated).run(&proxy);
    let median = |outcome: &Outcome| {
        let waits = outcome.done.iter().map(|it| it.waited);
        let mut waits: Vec<Duration> = waits.collect();
        waits.sort();
        waits[waits.len() / 2]
    };
    println!(
        "\n4 processes with 4 calls per second each: {:?} per call in the median, {:?} without the store",
        median(&sparse),
        median(&alone)
    );
}

fn table(title: String) -> Table {
    Table::new(
        title,
        [
            "",
            "calls",
            "ratio",
            "of the quota",
            "429",
            "largest window",
            "Jain",
            "round trips per call",
        ],
    )
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Store => "the store",
            Self::Fractions => "fixed fractions",
            Self::Uncoordinated => "no coordination",
        }
    }
}

impl Scene {
    fn name(&self) -> String {
        format!("{} processes, {}", self.loads.len(), self.way.name())
    }

    fn vendors(&self) -> Vendors {
        let milliseconds = Duration::from_millis;
        let behaviour = Behaviour::new()
            .quota(self.quota)
            .latency(milliseconds(20), milliseconds(10));
        Vendors::start(Sandbox::builder().bspk(behaviour))
    }

    fn run(&self, proxy: &Proxy) -> Outcome {
        self.run_with(&|_| proxy.url(), |_, _| ())
    }

    /// Has all processes work, with accidents meanwhile.
    fn run_with(
        &self,
        store: &dyn Fn(usize) -> String,
        accidents: impl FnOnce(&mut Vec<Worker>, &dyn Fn() -> Worker),
    ) -> Outcome {
        let vendors = self.vendors();
        let number = self.loads.len();
        let start = Duration::from_millis(300 + 40 * number as u64);
        let task = |index: usize, load: Load, start: Duration| Task {
            url: vendors.bspk_url().to_owned(),
            key: vendors.bspk_key().to_owned(),
            store: match self.way {
                Way::Store => store(index),
                _ => String::new(),
            },
            fraction: match self.way {
                Way::Fractions => 1.0 / number as f64,
                _ => 1.0,
            },
            window: self.quota.window(),
            start: worker::now() + start,
            time: self.time,
            load,
        };
        let began = Instant::now();
        let mut workers: Vec<Worker> = self
            .loads
            .iter()
            .enumerate()
            .map(|(index, load)| task(index, *load, start).delegate())
            .collect();
        sleep(start.saturating_sub(began.elapsed()));
        accidents(&mut workers, &|| {
            let left = (start + self.time).saturating_sub(began.elapsed());
            Task {
                time: left,
                ..task(0, Load::Busy, Duration::from_millis(50))
            }
            .delegate()
        });
        let done: Vec<_> = workers.into_iter().map(Worker::end).collect();
        self.outcome(&vendors, done)
    }

    fn outcome(&self, vendors: &Vendors, done: Vec<worker::Report>) -> Outcome {
        let tally = vendors.bspk_tally();
        let at = &tally.accepted_at;
        let limit = self.quota.limit() as usize;
        let windows = (at.len() / limit).max(2);
        let least = (windows - 1) as f64 * self.quota.window().as_secs_f64();
        let first = at.first().copied().unwrap_or_default();
        let last = at.get(windows * limit - 1).or(at.last()).copied();
        let took = last.unwrap_or_default().saturating_sub(first);
        let quota = limit as f64 * self.time.as_secs_f64() / self.quota.window().as_secs_f64();
        let busy = done.iter().filter(|it| it.is_busy);
        let busy: Vec<f64> = busy.map(|it| it.calls as f64).collect();
        let sum: f64 = busy.iter().sum();
        let squares: f64 = busy.iter().map(|it| it * it).sum();
        Outcome {
            calls: at.len(),
            throttled: tally.throttled,
            peak: tally.peak,
            ratio: took.as_secs_f64() / least,
            used: at.len() as f64 / quota,
            fairness: sum * sum / (squares * busy.len() as f64),
            round_trips: done.iter().map(|it| it.round_trips).sum(),
            done,
        }
    }
}

impl Outcome {
    fn cells(&self, name: &str) -> Vec<String> {
        vec![
            name.to_owned(),
            self.calls.to_string(),
            format!("{:.3}", self.ratio),
            format!("{:.3}", self.used),
            self.throttled.to_string(),
            self.peak.to_string(),
            format!("{:.3}", self.fairness),
            format!("{:.2}", self.round_trips as f64 / self.calls as f64),
        ]
    }

    fn judge(&self, place: &str, most: f64, least: f64, missed: &mut Missed) {
        if self.throttled > 0 {
            missed.add(format!(
                "{place}: {} calls were answered 429",
                self.throttled
            ));
        }
        if self.ratio > most {
            missed.add(format!(
                "{place}: took {:.4} of the least time, {most} is allowed",
                self.ratio
            ));
        }
        if self.fairness < least {
            missed.add(format!(
                "{place}: Jain's index is {:.3}, at least {least} is demanded",
                self.fairness
            ));
        }
    }
}
