//! What goes wrong while processes are busy.

use std::{thread::sleep, time::Duration};

use super::{
    DELAY, Missed, Outcome, Scene, Table, Way, at_once, proxy::Proxy, quota, server::Server,
    worker::Worker,
};

const PROCESSES: usize = 4;

/// How long they work, and when the accident is.
const TIME: u64 = 24;
const MOMENT: Duration = Duration::from_secs(8);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Accident {
    Stopped,
    StorePaused,
    StoreStopped,
    StoreRestarted,
    Flushed,
    KeyDeleted,
    FailedOver,
    Slow(u64),
    OneCutOff,
    ClocksOff,
    RollingRestart,
}

use Accident::*;

/// An accident, its name, the part of the quota that has to be used in all and by the last two windows, and the calls that may be
/// above the limit.
const ALL: [(Accident, &str, f64, f64, u64); 13] = [
    (Stopped, "SIGSTOP of one for 5 s", 0.93, 0.95, 0),
    (StorePaused, "`CLIENT PAUSE 8000 ALL`", 0.80, 0.95, 0),
    (StoreStopped, "SIGSTOP of the server for 8 s", 0.80, 0.95, 0),
    (
        StoreRestarted,
        "the server killed, another one started empty",
        0.95,
        0.95,
        0,
    ),
    (Flushed, "`FLUSHALL`", 0.95, 0.95, 0),
    (KeyDeleted, "one key deleted", 0.95, 0.95, 0),
    (
        FailedOver,
        "failed over, the last second lost, read-only for a second",
        0.88,
        0.95,
        0,
    ),
    (Slow(50), "slow by 50 ms", 0.95, 0.95, 0),
    (Slow(200), "slow by 200 ms", 0.90, 0.88, 0),
    (Slow(500), "slow by 500 ms", 0.88, 0.77, 0),
    (
        OneCutOff,
        "one process cut off for 8 s",
        0.93,
        0.95,
        60 / PROCESSES as u64,
    ),
    (
        ClocksOff,
        "clocks off by 37 s, an hour, and an hour back",
        0.97,
        0.95,
        0,
    ),
    (RollingRestart, "rolling restart of all", 0.95, 0.95, 0),
];

/// Lets each of them happen in both kinds of windows.
pub fn all(missed: &mut Missed) {
    let title = format!(
        "60 calls per 2 s, {PROCESSES} busy processes for {TIME} s, an accident after {MOMENT:?}"
    );
    let mut table = Table::new(
        title,
        [
            "",
            "fixed: of the quota",
            "at the end",
            "429",
            "largest window",
            "sliding: of the quota",
            "at the end",
            "429",
            "largest window",
        ],
    );
    for (accident, name, least, at_end, above) in ALL {
        let kinds = ["fixed", "sliding"];
        let outcomes = at_once(kinds.to_vec(), |kind| {
            accident.happen(Scene::busy(PROCESSES, kind, TIME))
        });
        let mut cells = vec![name.to_owned()];
        for (kind, outcome) in kinds.iter().zip(&outcomes) {
            cells.extend(outcome.numbers());
            outcome.check(&format!("{kind}, {name}"), (least, at_end, above), missed);
        }
        table.row(cells);
    }
    let counted = at_once(vec!["fixed", "sliding"], |kind| {
        ClocksOff.happen(Scene {
            way: Way::Counter,
            ..Scene::busy(PROCESSES, kind, TIME)
        })
    });
    let mut cells = vec!["clocks off, a counter per window".to_owned()];
    cells.extend(counted.iter().flat_map(Outcome::numbers));
    table.row(cells);
    print!("{table}");
}

/// Slows the store where a window is long beside its answer, as the vendors' are.
pub fn slow(missed: &mut Missed) {
    const TIME: u64 = 68;
    let mut table = Table::new(
        format!(
            "30 calls per 10 s, {PROCESSES} busy processes for {TIME} s, a store that is slow after {MOMENT:?}"
        ),
        [
            "slow by",
            "fixed: at the end",
            "429",
            "largest window",
            "sliding: at the end",
            "429",
            "largest window",
        ],
    );
    let aims = [(50, 0.98), (200, 0.95), (500, 0.90)];
    let scenes = aims.iter().flat_map(|(milliseconds, _)| {
        ["fixed", "sliding"].map(|kind| {
            let quota = quota(kind, 30, Duration::from_secs(10));
            let scene = Scene::busy(PROCESSES, kind, TIME);
            (*milliseconds, Scene { quota, ..scene })
        })
    });
    // They leave the machine idle, so they run at once.
    let outcomes = at_once(scenes.collect(), |(milliseconds, scene): (u64, Scene)| {
        Slow(milliseconds).happen(scene)
    });
    for ((milliseconds, at_end), outcomes) in aims.iter().zip(outcomes.chunks(2)) {
        let name = format!("{milliseconds} ms");
        let mut cells = vec![name.clone()];
        for outcome in outcomes {
            cells.extend(outcome.numbers().into_iter().skip(1));
            outcome.check(&format!("slow by {name}"), (0.9, *at_end, 0), missed);
        }
        table.row(cells);
    }
    print!("{table}");
}

/// Kills a process at 20 moments. What it held is free after its longest call, a second, and a window.
pub fn kills(missed: &mut Missed) {
    const TIME: u64 = 34;
    let mut table = Table::new(
        format!("60 calls per 2 s, {PROCESSES} busy processes for {TIME} s, one killed"),
        [
            "after",
            "of the quota",
            "at the end",
            "429",
            "largest window",
        ],
    );
    let moments: Vec<u64> = (0..20).map(|number| 5_000 + number * 247).collect();
    for some in moments.chunks(5) {
        let outcomes = at_once(some.to_vec(), |moment| {
            let kind = ["fixed", "sliding"][moment as usize % 2];
            let server = Server::start().expect("it was installed before");
            let proxy = Proxy::start(server.port(), DELAY);
            let scene = Scene::busy(PROCESSES, kind, TIME);
            scene.run_with(&|_| proxy.url(), |workers, _, _| {
                sleep(Duration::from_millis(moment));
                workers[0].signal("-KILL");
            })
        });
        for (moment, outcome) in some.iter().zip(&outcomes) {
            let place = format!("{:.3} s", *moment as f64 / 1_000.0);
            let mut cells = vec![place.clone()];
            cells.extend(outcome.numbers());
            table.row(cells);
            // Until then a quarter is gone.
            let least = 0.97 - 18.0 / TIME as f64 / PROCESSES as f64;
            outcome.check(&format!("killed after {place}"), (least, 0.95, 0), missed);
        }
    }
    print!("{table}");
}

impl Accident {
    fn happen(self, scene: Scene) -> Outcome {
        let mut server = Server::start().expect("it was installed before");
        let replica = (self == FailedOver).then(|| server.replica());
        let clocks: &[&str] = if self == ClocksOff {
            &["+37s", "+3600s", "-3600s"]
        } else {
            &[]
        };
        let scene = Scene { clocks, ..scene };
        let first = Proxy::start(server.port(), DELAY);
        let others = Proxy::start(server.port(), DELAY);
        let store = |index: usize| match index {
            0 => first.url(),
            _ => others.url(),
        };
        scene.run_with(&store, |workers, _, join| {
            sleep(MOMENT);
            match self {
                Stopped => stop(&workers[0], 5),
                StorePaused => drop(server.command(&["CLIENT", "PAUSE", "8000", "ALL"])),
                StoreStopped => {
                    server.signal("-STOP");
                    seconds(8);
                    server.signal("-CONT");
                }
                StoreRestarted => server.restart(),
                Flushed => drop(server.command(&["FLUSHALL"])),
                KeyDeleted => server.delete("recent"),
                FailedOver => {
                    let Some(replica) = &replica else { return };
                    replica.command(&["REPLICAOF", "127.0.0.1", "1"]);
                    seconds(1);
                    first.redirect(replica.port());
                    others.redirect(replica.port());
                    seconds(1);
                    replica.command(&["REPLICAOF", "NO", "ONE"]);
                }
                Slow(milliseconds) => {
                    let delay = Duration::from_millis(milliseconds / 2);
                    first.set_delay(delay);
                    others.set_delay(delay);
                }
                OneCutOff => {
                    first.silence();
                    seconds(8);
                    first.set_delay(DELAY);
                }
                ClocksOff => {}
                RollingRestart => {
                    for index in 0..PROCESSES {
                        workers[index].signal("-TERM");
                        workers.push(join(index));
                        seconds(2);
                    }
                }
            }
        })
    }
}

/// Stops a process for so many seconds.
pub fn stop(worker: &Worker, time: u64) {
    worker.signal("-STOP");
    seconds(time);
    worker.signal("-CONT");
}

fn seconds(number: u64) {
    sleep(Duration::from_secs(number));
}

impl Outcome {
    fn numbers(&self) -> [String; 4] {
        [
            format!("{:.3}", self.used),
            format!("{:.3}", self.used_at_end),
            self.throttled.to_string(),
            self.peak.to_string(),
        ]
    }

    fn check(&self, place: &str, (least, at_end, above): (f64, f64, u64), missed: &mut Missed) {
        if self.throttled > above || self.peak > self.limit + above {
            missed.add(format!(
                "{place}: {} calls were answered 429, and {} are the largest window",
                self.throttled, self.peak
            ));
        }
        if self.used < least || self.used_at_end < at_end {
            missed.add(format!(
                "{place}: {:.3} of the quota were used, {:.3} at the end; at least {least:.3} and {at_end} are demanded",
                self.used, self.used_at_end
            ));
        }
    }
}
