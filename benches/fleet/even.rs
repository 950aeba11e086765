//! Processes that are all busy, and such of which one is.

use std::{thread::sleep, time::Duration};

use super::{
    DELAY, Missed, Outcome, SHORT, Scene, Table, Way, at_once, proxy::Proxy, quota, server::Server,
    worker::Load,
};

/// The most of the least time, and Jain's index at least.
const AIMS: (f64, f64) = (1.02, 0.98);

/// The same where there are more processes than calls in a window.
const AIMS_OF_MANY: (f64, f64) = (1.03, 0.95);

/// All processes are busy.
pub fn even(server: &Server, is_quick: bool, missed: &mut Missed) {
    let proxy = Proxy::start(server.port(), DELAY);
    for (limit, window, time) in [(60, 2, 20), (30, 10, 72)] {
        if is_quick && window == 10 {
            continue;
        }
        let numbers: &[usize] = if is_quick {
            &[1, 4, 40]
        } else {
            &[1, 2, 4, 10, 40]
        };
        for kind in ["fixed", "sliding"] {
            let scene = |processes: usize, way| Scene {
                quota: quota(kind, limit, Duration::from_secs(window)),
                way,
                ..Scene::busy(processes, kind, time)
            };
            let mut scenes: Vec<Scene> = numbers.iter().map(|it| scene(*it, Way::Store)).collect();
            if window == 2 {
                let others = [Way::Fractions, Way::Counter, Way::Uncoordinated];
                scenes.extend(others.map(|way| scene(4, way)));
            }
            // The slow windows leave the machine idle, so they run at once.
            let outcomes = if window == 2 {
                scenes.iter().map(|scene| scene.run(&proxy)).collect()
            } else {
                at_once(scenes.iter().collect(), |scene: &Scene| scene.run(&proxy))
            };
            let title = format!("{kind}, {limit} calls per {window} s, all processes busy");
            let mut table = table(format!("{title} for {time} s"));
            for (scene, outcome) in scenes.iter().zip(&outcomes) {
                table.row(outcome.cells(&scene.name()));
                if scene.way == Way::Store {
                    let is_many = scene.loads.len() > limit as usize;
                    let aims = if is_many { AIMS_OF_MANY } else { AIMS };
                    outcome.judge(&format!("{kind}, {limit}, {}", scene.name()), aims, missed);
                }
            }
            print!("{table}");
        }
    }
}

/// One process is busy, and the others are not.
pub fn uneven(server: &Server, missed: &mut Missed) {
    let proxy = Proxy::start(server.port(), DELAY);
    let mut busy = vec![Load::Busy];
    busy.extend([Load::Idle; 9]);
    let mut table = table("sliding, 60 calls per 2 s, uneven loads".to_owned());
    let scene = |loads: Vec<Load>, way| Scene {
        loads,
        way,
        ..Scene::busy(0, "sliding", 20)
    };
    for way in [Way::Store, Way::Fractions] {
        let outcome = scene(busy.clone(), way).run(&proxy);
        table.row(outcome.cells(&format!("1 busy, 9 idle, {}", way.name())));
        if way == Way::Store {
            outcome.judge("1 busy", AIMS, missed);
        }
    }
    let outcome = scene(
        vec![Load::Busy, Load::Once(Duration::from_secs(11))],
        Way::Store,
    )
    .run(&proxy);
    table.row(outcome.cells("1 busy, a newcomer"));
    let waited = outcome.done[1].waited;
    print!("{table}");
    println!("\nthe newcomer had its answer after {waited:?}");
    if waited > SHORT + Duration::from_millis(200) {
        missed.add(format!("a newcomer waited for {waited:?}"));
    }

    let median = |way| {
        let outcome = scene(vec![Load::Rate(4.0); 4], way).run(&proxy);
        let mut waits: Vec<Duration> = outcome.done.iter().map(|it| it.waited).collect();
        waits.sort();
        waits[waits.len() / 2]
    };
    let (with, without) = (median(Way::Store), median(Way::Uncoordinated));
    sleep(DELAY);
    let trip = round_trip(&proxy);
    println!(
        "\n4 processes with 4 calls per second each: {with:?} per call in the median, {without:?} without the store; a round trip \
         to it takes {trip:?}"
    );
    let added = with.saturating_sub(without);
    if added > trip + Duration::from_millis(1) {
        missed.add(format!("the store adds {added:?} to a call"));
    }
}

/// The median time of a `PING` through a proxy.
fn round_trip(proxy: &Proxy) -> Duration {
    let client = redis::Client::open(proxy.url()).expect("a URL");
    let mut connection = client.get_connection().expect("a connection");
    let mut times: Vec<Duration> = (0..51)
        .map(|_| {
            let began = std::time::Instant::now();
            let _: String = redis::cmd("PING").query(&mut connection).expect("a pong");
            began.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
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

    fn judge(&self, place: &str, (most, least): (f64, f64), missed: &mut Missed) {
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
