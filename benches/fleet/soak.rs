//! Ten minutes of accidents at random.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use super::{
    DELAY, Missed, SHORT, Scene, accident, proxy::Proxy, server::Server, support::Vendors,
    worker::Worker,
};

const PROCESSES: usize = 6;

/// Little enough for an end within ten minutes.
const TIME: Duration = Duration::from_secs(570);

/// Between two accidents, and as much again by chance.
const PAUSE: Duration = Duration::from_secs(6);

/// Processes that are cut off, or that a loss meets with calls of which nobody reports, may be refused for so long.
const EXCUSED: Duration = Duration::from_secs(20);

/// Memory that a process may need more at the end than after a minute, in KiB.
const MORE: u64 = 2 << 10;

/// Runs with a seed, or with one of its own, which it prints.
pub fn run(seed: Option<u64>, missed: &mut Missed) {
    let seed = seed.unwrap_or_else(|| fastrand::u64(..1_000_000));
    fastrand::seed(seed);
    println!(
        "\nseed {seed}: {PROCESSES} busy processes, 60 calls per 2 s, sliding, for {TIME:?}\n"
    );
    let mut server = Server::start().expect("it was installed before");
    let proxies: Vec<Proxy> = (0..PROCESSES)
        .map(|_| Proxy::start(server.port(), DELAY))
        .collect();
    let scene = Scene {
        time: TIME,
        ..Scene::busy(PROCESSES, "sliding", 0)
    };
    let mut refused = Vec::new();
    let mut resources = Vec::new();
    let outcome = scene.run_with(&|index| proxies[index].url(), |workers, vendors, join| {
        let began = Instant::now();
        let mut excused = Duration::ZERO;
        let mut watch = Watch {
            vendors,
            began,
            throttled: 0,
        };
        while began.elapsed() < TIME - 2 * PAUSE {
            watch.rest(PAUSE + PAUSE.mul_f64(fastrand::f64()));
            refused.extend(watch.refused(excused));
            // The last of them lives to the end.
            let index = fastrand::usize(..PROCESSES - 1);
            let name = happen(index, &mut server, &proxies, workers, join);
            if name.ends_with("cut off") {
                excused = began.elapsed() + EXCUSED;
            }
            let (files, memory) = workers[PROCESSES - 1].resources();
            let store = server.figure("memory", "used_memory");
            println!(
                "{:>5.1} s: {name}; {} accepted, {} answered 429; {files} files, {memory} KiB; the store {store} bytes",
                began.elapsed().as_secs_f64(),
                vendors.bspk_tally().accepted,
                watch.throttled,
            );
            resources.push((began.elapsed(), files, memory));
            refused.extend(watch.refused(excused));
        }
        watch.rest(EXCUSED.min(TIME.saturating_sub(began.elapsed())));
        refused.extend(watch.refused(excused));
    });
    println!(
        "\n{} calls, {:.3} of the quota, {} answered 429, {} the largest window",
        outcome.calls, outcome.used, outcome.throttled, outcome.peak
    );
    for (at, calls) in refused {
        missed.add(format!(
            "seed {seed}: {calls} calls were answered 429 after {at:?}"
        ));
    }
    let settled = resources
        .iter()
        .find(|(at, ..)| *at > Duration::from_secs(60));
    if let (Some(first), Some(last)) = (settled, resources.last())
        && (last.1 > first.1 + 8 || last.2 > first.2 + MORE)
    {
        missed.add(format!(
            "seed {seed}: {} files and {} KiB became {} and {}",
            first.1, first.2, last.1, last.2
        ));
    }
}

/// Counts the calls that are answered 429.
struct Watch<'a> {
    vendors: &'a Vendors,
    began: Instant,
    throttled: u64,
}

impl Watch<'_> {
    fn rest(&self, time: Duration) {
        sleep(time);
    }

    /// Those since it was asked last, unless there is an excuse.
    fn refused(&mut self, excused: Duration) -> Option<(Duration, u64)> {
        let throttled = self.vendors.bspk_tally().throttled;
        let more = throttled - self.throttled;
        self.throttled = throttled;
        let now = self.began.elapsed();
        (more > 0 && now > excused).then_some((now, more))
    }
}

fn happen(
    index: usize,
    server: &mut Server,
    proxies: &[Proxy],
    workers: &mut [Worker],
    join: &dyn Fn(usize) -> Worker,
) -> String {
    let all = |delay: Duration| proxies.iter().for_each(|proxy| proxy.set_delay(delay));
    let milliseconds = Duration::from_millis;
    match fastrand::u8(..10) {
        0 | 1 => {
            workers[index].signal("-KILL");
            workers[index] = join(index);
            format!("process {index} killed, a new one started")
        }
        2 => {
            workers[index].signal("-TERM");
            workers[index] = join(index);
            format!("process {index} restarted")
        }
        3 => {
            accident::stop(&workers[index], 5);
            format!("process {index} stopped for 5 s")
        }
        4 => {
            let pause = fastrand::u64(200..6_000);
            server.command(&["CLIENT", "PAUSE", &pause.to_string(), "ALL"]);
            sleep(milliseconds(pause));
            format!("store paused for {pause} ms")
        }
        5 => {
            server.restart();
            "store restarted empty".to_owned()
        }
        6 => {
            server.command(&["FLUSHALL"]);
            "store flushed".to_owned()
        }
        7 => {
            let keys = ["in_flight", "recent", "state", "replicas", "due", "served"];
            let key = keys[fastrand::usize(..keys.len())];
            server.delete(key);
            format!("key {key} deleted")
        }
        8 => {
            let slow = [50, 200, 500][fastrand::usize(..3)];
            all(milliseconds(slow / 2));
            sleep(2 * SHORT);
            all(DELAY);
            format!("store slow by {slow} ms for {:?}", 2 * SHORT)
        }
        _ => {
            proxies[index].silence();
            sleep(4 * SHORT);
            proxies[index].set_delay(DELAY);
            format!("process {index} cut off")
        }
    }
}
