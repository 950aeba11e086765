//! What goes wrong while processes are busy.

use std::{thread::sleep, time::Duration};

use shoppers_sandbox::Quota;

use super::{
    DELAY, Scene, Way, proxy::Proxy, server::Server, support::Missed, table, worker::Load,
};

const PROCESSES: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Accident {
    Killed,
    Stopped,
    StorePaused,
    StoreStopped,
    StoreRestarted,
    Flushed,
    KeyDeleted,
    Slow(u64),
    OneCutOff,
    RollingRestart,
}

use Accident::*;

/// An accident, the part of the quota that has to be used, and what the largest window may hold above the limit.
const ALL: [(Accident, f64, u64); 12] = [
    (Killed, 0.70, 0),
    (Stopped, 0.90, 0),
    (StorePaused, 0.60, 0),
    (StoreStopped, 0.60, 0),
    (StoreRestarted, 0.75, 0),
    (Flushed, 0.80, 0),
    (KeyDeleted, 0.80, 0),
    (Slow(50), 0.90, 0),
    (Slow(200), 0.85, 0),
    (Slow(500), 0.60, 0),
    (OneCutOff, 0.70, 15),
    (RollingRestart, 0.60, 0),
];

/// Lets each of them happen in both kinds of windows.
pub fn all(missed: &mut Missed) {
    for kind in ["fixed", "sliding"] {
        let mut table = table(format!(
            "{kind}, 60 calls per 2 s, {PROCESSES} busy processes for 24 s, an accident after 8 s"
        ));
        for (accident, least, above) in ALL {
            let mut server = Server::start().expect("it was installed before");
            let window = Duration::from_secs(2);
            let quota = match kind {
                "fixed" => Quota::fixed(60, window),
                _ => Quota::sliding(60, window),
            };
            let scene = Scene {
                quota,
                loads: vec![Load::Busy; PROCESSES],
                time: Duration::from_secs(24),
                way: Way::Store,
            };
            let proxies = [
                Proxy::start(server.port(), DELAY),
                Proxy::start(server.port(), DELAY),
            ];
            let store = |index: usize| proxies[usize::from(index > 0)].url();
            let outcome = scene.run_with(&store, |workers, join| {
                let seconds = |number| sleep(Duration::from_secs(number));
                seconds(8);
                match accident {
                    Killed => workers[0].signal("-KILL"),
                    Stopped => {
                        workers[0].signal("-STOP");
                        seconds(5);
                        workers[0].signal("-CONT");
                    }
                    StorePaused => {
                        server.command(&["CLIENT", "PAUSE", "8000", "ALL"]);
                    }
                    StoreStopped => {
                        server.signal("-STOP");
                        seconds(8);
                        server.signal("-CONT");
                    }
                    StoreRestarted => server.restart(),
                    Flushed => {
                        server.command(&["FLUSHALL"]);
                    }
                    KeyDeleted => {
                        let keys = server.command(&["--scan", "--pattern", "*:recent"]);
                        server.command(&["DEL", keys.trim()]);
                    }
                    Slow(milliseconds) => {
                        let delay = Duration::from_millis(milliseconds / 2);
                        proxies.iter().for_each(|proxy| proxy.set_delay(delay));
                    }
                    OneCutOff => {
                        proxies[0].silence();
                        seconds(8);
                        proxies[0].set_delay(DELAY);
                    }
                    RollingRestart => {
                        for index in 0..PROCESSES {
                            workers[index].signal("-TERM");
                            workers.push(join());
                            seconds(2);
                        }
                    }
                }
            });
            table.row(outcome.cells(&format!("{accident:?}")));
            let place = format!("{kind}, {accident:?}");
            if outcome.throttled > above || outcome.peak > 60 + above {
                missed.add(format!(
                    "{place}: {} calls were answered 429, and {} are the largest window",
                    outcome.throttled, outcome.peak
                ));
            }
            if outcome.used < least {
                missed.add(format!(
                    "{place}: {:.3} of the quota were used",
                    outcome.used
                ));
            }
        }
        print!("{table}");
    }
}
