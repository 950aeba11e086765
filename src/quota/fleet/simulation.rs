//! Many processes, a vendor and accidents, in made-up time and with the same outcome each time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::{Fleet, schedule::Schedule};
use crate::quota::replica::Replica;
use crate::quota::store::{Outcome, SyncReply, SyncRequest};

const MILLI: u64 = 1_000;
pub(crate) const SECOND: u64 = 1_000 * MILLI;

/// The vendor's way of counting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Windows {
    Fixed,
    Sliding,
}

/// The vendor, whose count is the judge.
struct Vendor {
    windows: Windows,
    limit: usize,
    window: u64,
    offset: u64,
    log: VecDeque<u64>,
    accepted: Vec<u64>,
}

impl Vendor {
    /// Counts a call, and returns the calls that are left if it is accepted.
    fn call(&mut self, at: u64) -> Option<u64> {
        let begins = match self.windows {
            Windows::Fixed => {
                ((at + self.offset) / self.window * self.window).saturating_sub(self.offset)
            }
            Windows::Sliding => (at + 1).saturating_sub(self.window),
        };
        while self.log.front().is_some_and(|call| *call < begins) {
            self.log.pop_front();
        }
        if self.log.len() >= self.limit {
            return None;
        }
        self.log.push_back(at);
        self.accepted.push(at);
        Some((self.limit - self.log.len()) as u64)
    }

    /// The most calls of any window, wherever it begins.
    fn largest_window(&self) -> usize {
        let mut first = 0;
        let mut most = 0;
        for (index, at) in self.accepted.iter().enumerate() {
            while self.accepted[first] + self.window <= *at {
                first += 1;
            }
            most = most.max(index + 1 - first);
        }
        most
    }
}

/// What a process has to do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Load {
    /// As many calls as it can.
    Busy,
    /// Calls at random, so many per second.
    Rate(f64),
    /// So many calls at that time.
    Once(u64, usize),
    /// Calls that do not use this crate, so many per second.
    Foreign(f64),
}

struct Process {
    replica: Replica,
    load: Load,
    alive: bool,
    /// It is stopped until then.
    stopped: u64,
    /// It cannot reach the store.
    cut_off: bool,
    waiting: VecDeque<u64>,
    done: usize,
    waits: Vec<u64>,
    look: u64,
}

enum Event {
    Look(usize),
    Arrive(usize),
    Execute(usize, Box<SyncRequest>, u64),
    Reply(usize, Option<Box<SyncReply>>),
    Count(usize, Option<u64>, u64),
    Answer(usize, u64, Option<u64>),
    Accident(Accident),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Accident {
    Kill(usize),
    Join(Load),
    Flush,
    LoseOne,
    Snapshot,
    Rewind,
    Down(bool),
    CutOff(usize, bool),
    Stop(usize, u64),
    Jump(i64),
}

/// The set-up of a simulation.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) seed: u64,
    pub(crate) windows: Windows,
    pub(crate) limit: usize,
    pub(crate) window: u64,
    pub(crate) latency: (u64, u64),
    pub(crate) round_trip: (u64, u64),
    pub(crate) until: u64,
    pub(crate) loads: Vec<Load>,
    pub(crate) accidents: Vec<(u64, Accident)>,
}

impl Scene {
    pub(crate) fn busy(processes: usize) -> Self {
        Self {
            seed: 1,
            windows: Windows::Sliding,
            limit: 30,
            window: 10 * SECOND,
            latency: (80 * MILLI, 200 * MILLI),
            round_trip: (500, 3 * MILLI),
            until: 120 * SECOND,
            loads: vec![Load::Busy; processes],
            accidents: Vec::new(),
        }
    }
}

/// A simulation: its clock counts microseconds.
pub(crate) struct Simulation<'a> {
    scene: Scene,
    origin: Instant,
    now: u64,
    store: Box<dyn FnMut(&mut Fleet, &SyncRequest, i64) -> SyncReply + 'a>,
    fleet: Fleet,
    snapshot: Fleet,
    down: bool,
    jump: i64,
    vendor: Vendor,
    processes: Vec<Process>,
    times: BinaryHeap<Reverse<(u64, usize)>>,
    events: Vec<Option<Event>>,
    syncs: usize,
    refused: usize,
}

pub(crate) struct Figures {
    /// Accepted calls as a part of the quota.
    pub(crate) used: f64,
    pub(crate) refused: usize,
    pub(crate) largest_window: usize,
    /// Jain's index of fairness among the busy processes that lived to the end.
    pub(crate) fairness: f64,
    pub(crate) calls: usize,
    pub(crate) syncs_per_call: f64,
    /// The waits of callers of processes that are not busy, in milliseconds.
    pub(crate) waits: Vec<u64>,
    accepted: Vec<u64>,
    quota_per_second: f64,
}

impl Figures {
    /// The part of the quota that was used between two moments, in seconds.
    fn used_between(&self, from: u64, until: u64) -> f64 {
        let within = |at: &&u64| (from * SECOND..until * SECOND).contains(*at);
        let calls = self.accepted.iter().filter(within).count();
        calls as f64 / (self.quota_per_second * (until - from) as f64)
    }
}

fn between((from, until): (u64, u64)) -> u64 {
    fastrand::u64(from..=until)
}

impl<'a> Simulation<'a> {
    pub(crate) fn new(
        scene: Scene,
        store: impl FnMut(&mut Fleet, &SyncRequest, i64) -> SyncReply + 'a,
    ) -> Self {
        fastrand::seed(scene.seed);
        let mut simulation = Self {
            origin: Instant::now(),
            now: 0,
            store: Box::new(store),
            fleet: Fleet::default(),
            snapshot: Fleet::default(),
            down: false,
            jump: 0,
            vendor: Vendor {
                windows: scene.windows,
                limit: scene.limit,
                window: scene.window,
                offset: fastrand::u64(0..scene.window),
                log: VecDeque::new(),
                accepted: Vec::new(),
            },
            processes: Vec::new(),
            times: BinaryHeap::new(),
            events: Vec::new(),
            syncs: 0,
            refused: 0,
            scene,
        };
        for load in simulation.scene.loads.clone() {
            simulation.join(load);
        }
        for (at, accident) in simulation.scene.accidents.clone() {
            simulation.at(at, Event::Accident(accident));
        }
        simulation
    }

    fn join(&mut self, load: Load) {
        let window = Duration::from_micros(self.scene.window);
        let index = self.processes.len();
        self.processes.push(Process {
            replica: Replica::new(fastrand::u64(1..), window, true, 1.0),
            load,
            alive: true,
            stopped: 0,
            cut_off: false,
            waiting: VecDeque::new(),
            done: 0,
            waits: Vec::new(),
            look: u64::MAX,
        });
        let first = match load {
            Load::Once(at, _) => at,
            Load::Rate(rate) | Load::Foreign(rate) => self.now + pause(rate),
            Load::Busy => self.now,
        };
        self.at(first, Event::Arrive(index));
    }

    fn at(&mut self, at: u64, event: Event) {
        self.times.push(Reverse((at, self.events.len())));
        self.events.push(Some(event));
    }

    fn instant(&self, at: u64) -> Instant {
        self.origin + Duration::from_micros(at)
    }

    pub(crate) fn run(mut self) -> Figures {
        while let Some(Reverse((at, index))) = self.times.pop() {
            if at > self.scene.until {
                break;
            }
            let Some(event) = self.events[index].take() else {
                continue;
            };
            self.now = self.now.max(at);
            self.happen(event);
        }
        self.figures()
    }

    fn happen(&mut self, event: Event) {
        let now = self.now;
        match event {
            // A process that is stopped sees everything afterwards.
            Event::Look(index)
            | Event::Arrive(index)
            | Event::Reply(index, _)
            | Event::Answer(index, ..)
                if now < self.processes[index].stopped =>
            {
                let stopped = self.processes[index].stopped;
                self.at(stopped, event);
            }
            Event::Look(index) => {
                self.processes[index].look = u64::MAX;
                self.look(index);
            }
            Event::Arrive(index) => self.arrive(index),
            Event::Execute(index, request, back) => {
                let unreachable = self.down || self.processes[index].cut_off;
                let reply = (!unreachable).then(|| {
                    self.syncs += 1;
                    let clock = 1_700_000_000_000 + (now / MILLI) as i64 + self.jump;
                    Box::new((self.store)(&mut self.fleet, &request, clock))
                });
                let back = if reply.is_some() {
                    back
                } else {
                    now + 250 * MILLI
                };
                self.at(back, Event::Reply(index, reply));
            }
            Event::Reply(index, reply) => {
                let instant = self.instant(now);
                self.processes[index]
                    .replica
                    .finish(instant, reply.map(|reply| *reply));
                self.look(index);
            }
            Event::Count(index, grant, back) => {
                let left = self.vendor.call(now);
                if let Some(grant) = grant {
                    self.refused += usize::from(left.is_none());
                    self.at(back, Event::Answer(index, grant, left));
                }
            }
            Event::Answer(index, grant, left) => {
                let instant = self.instant(now);
                let limit = self.scene.limit as u64;
                let process = &mut self.processes[index];
                process
                    .replica
                    .observe(instant, Some(limit), Some(left.unwrap_or(0)), None);
                let outcome = left.map_or(Outcome::Refused, |_| Outcome::Accepted);
                process.replica.give_back(grant, instant, outcome);
                if left.is_some() {
                    process.done += 1;
                } else {
                    process.waiting.push_front(now);
                }
                if matches!(process.load, Load::Busy) {
                    self.arrive(index);
                } else {
                    self.look(index);
                }
            }
            Event::Accident(accident) => self.suffer(accident),
        }
    }

    fn suffer(&mut self, accident: Accident) {
        let all = self.processes.len();
        match accident {
            Accident::Kill(index) => self.processes[index % all].alive = false,
            Accident::Join(load) => self.join(load),
            Accident::Flush => self.fleet = Fleet::default(),
            Accident::LoseOne => self.fleet.recent = Schedule::default(),
            Accident::Snapshot => self.snapshot = self.fleet.clone(),
            Accident::Rewind => self.fleet = self.snapshot.clone(),
            Accident::Down(down) => self.down = down,
            Accident::CutOff(index, cut_off) => self.processes[index % all].cut_off = cut_off,
            Accident::Stop(index, time) => self.processes[index % all].stopped = self.now + time,
            Accident::Jump(jump) => self.jump += jump,
        }
    }

    fn arrive(&mut self, index: usize) {
        let now = self.now;
        let process = &mut self.processes[index];
        match process.load {
            Load::Busy => process.waiting.resize(64, now),
            Load::Once(_, calls) => process.waiting.extend(vec![now; calls]),
            Load::Rate(rate) => {
                process.waiting.push_back(now);
                self.at(now + pause(rate), Event::Arrive(index));
            }
            Load::Foreign(rate) => {
                self.at(now + 50 * MILLI, Event::Count(index, None, 0));
                self.at(now + pause(rate), Event::Arrive(index));
                return;
            }
        }
        self.look(index);
    }

    /// Lets a process do what it can do now, and look again when it can do more.
    fn look(&mut self, index: usize) {
        let now = self.now;
        let instant = self.instant(now);
        if !self.processes[index].alive {
            return;
        }
        let mut next = None;
        while !self.processes[index].waiting.is_empty() {
            match self.processes[index].replica.take(instant) {
                Ok(grant) => {
                    let since = self.processes[index].waiting.pop_front().unwrap_or(now);
                    self.processes[index].waits.push((now - since) / MILLI);
                    let latency = between(self.scene.latency);
                    let counted = now + latency * fastrand::u64(20..=80) / 100;
                    self.at(counted, Event::Count(index, Some(grant), now + latency));
                }
                Err(at) => {
                    next = at;
                    break;
                }
            }
        }
        let process = &mut self.processes[index];
        let waiting = process.waiting.len();
        match process.replica.due(instant, waiting) {
            Some(due) if due <= instant => {
                let request = Box::new(process.replica.begin(instant, waiting));
                let took = between(self.scene.round_trip);
                self.at(now + took / 2, Event::Execute(index, request, now + took));
            }
            due => next = next.into_iter().chain(due).min(),
        }
        if let Some(next) = next {
            assert!(instant < next, "a wait ends later than it begins");
            // Timers are late by up to a millisecond.
            let at = (next.duration_since(self.origin).as_nanos() as u64).div_ceil(1_000);
            let at = at + fastrand::u64(0..MILLI);
            let process = &mut self.processes[index];
            if at < process.look {
                process.look = at;
                self.at(at, Event::Look(index));
            }
        }
    }

    fn figures(self) -> Figures {
        let lived = |process: &&Process| process.alive && matches!(process.load, Load::Busy);
        let done: Vec<f64> = self
            .processes
            .iter()
            .filter(lived)
            .map(|process| process.done as f64)
            .collect();
        let sum: f64 = done.iter().sum();
        let squares: f64 = done.iter().map(|it| it * it).sum();
        let rare = self
            .processes
            .iter()
            .filter(|process| !matches!(process.load, Load::Busy));
        let mut waits: Vec<u64> = rare.flat_map(|process| process.waits.clone()).collect();
        waits.sort_unstable();
        let calls = self.vendor.accepted.len();
        let quota_per_second = self.scene.limit as f64 / (self.scene.window as f64 / SECOND as f64);
        Figures {
            used: calls as f64 / (quota_per_second * (self.scene.until / SECOND) as f64),
            refused: self.refused,
            largest_window: self.vendor.largest_window(),
            fairness: sum * sum / (done.len() as f64 * squares),
            calls,
            syncs_per_call: self.syncs as f64 / calls as f64,
            waits,
            accepted: self.vendor.accepted,
            quota_per_second,
        }
    }
}

/// A pause between calls that come at random.
fn pause(rate: f64) -> u64 {
    (-(1.0 - fastrand::f64()).ln() / rate * SECOND as f64) as u64 + 1
}

fn simulate(name: &str, scene: Scene) -> Figures {
    let figures = Simulation::new(scene, Fleet::apply).run();
    println!(
        "{name}: {} calls, {:.3} of the quota, 429 {}, largest window {}, fairness {:.3}, {:.2} round trips per call, waits {:?}",
        figures.calls,
        figures.used,
        figures.refused,
        figures.largest_window,
        figures.fairness,
        figures.syncs_per_call,
        figures.waits.get(figures.waits.len() / 2),
    );
    figures
}

#[test]
fn busy_processes_use_all_of_the_quota_evenly_and_are_never_refused() {
    for windows in [Windows::Fixed, Windows::Sliding] {
        for (limit, window) in [(30, 10), (60, 2)] {
            for processes in [1, 2, 10, 40] {
                let scene = Scene {
                    windows,
                    limit,
                    window: window * SECOND,
                    latency: (20 * MILLI, 30 * MILLI),
                    until: 8 * window * SECOND,
                    ..Scene::busy(processes)
                };
                let figures = simulate(
                    &format!("{windows:?} {limit}/{window}, {processes} busy"),
                    scene,
                );

                assert_eq!(figures.refused, 0);
                assert!(figures.largest_window <= limit);
                assert!(figures.used > 0.97, "{}", figures.used);
                let even = if processes > limit { 0.95 } else { 0.98 };
                assert!(figures.fairness > even, "{}", figures.fairness);
            }
        }
    }
}

#[test]
fn a_busy_process_has_what_idle_ones_leave_and_a_new_one_waits_no_longer_than_a_window() {
    let mut loads = vec![Load::Busy];
    loads.extend([Load::Rate(0.02); 9]);
    let uneven = simulate(
        "1 busy, 9 rare",
        Scene {
            loads,
            ..Scene::busy(1)
        },
    );
    let loads = vec![Load::Busy, Load::Once(60 * SECOND, 1)];
    let newcomer = simulate(
        "1 busy, a newcomer",
        Scene {
            loads,
            ..Scene::busy(1)
        },
    );

    assert!(uneven.used > 0.99 && newcomer.used > 0.99);
    assert_eq!((uneven.refused, newcomer.refused), (0, 0));
    assert!(
        uneven
            .waits
            .iter()
            .chain(&newcomer.waits)
            .all(|wait| *wait <= 11_000)
    );
}

#[test]
fn processes_that_do_not_need_all_of_the_quota_wait_for_one_round_trip() {
    let loads = vec![Load::Rate(0.02); 100];
    let figures = simulate(
        "100 rare",
        Scene {
            loads,
            ..Scene::busy(1)
        },
    );

    assert_eq!(figures.refused, 0);
    assert!(figures.waits[figures.waits.len() / 2] <= 4);
}

#[test]
fn accidents_cause_no_refusal() {
    let cases: Vec<(&str, Vec<(u64, Accident)>, f64)> = vec![
        ("killed at 40.0 s", vec![(40_000, Accident::Kill(0))], 0.95),
        ("killed at 50.9 s", vec![(50_900, Accident::Kill(0))], 0.93),
        ("flushed", vec![(43_210, Accident::Flush)], 0.98),
        ("flushed at 50 s", vec![(50_100, Accident::Flush)], 0.96),
        ("one key lost", vec![(45_000, Accident::LoseOne)], 0.96),
        (
            "the last second lost",
            vec![(49_000, Accident::Snapshot), (50_000, Accident::Rewind)],
            0.96,
        ),
        (
            "the last second lost, later",
            vec![(52_400, Accident::Snapshot), (53_400, Accident::Rewind)],
            0.96,
        ),
        (
            "back by an hour",
            vec![(47_000, Accident::Jump(-3_600_000))],
            0.96,
        ),
        (
            "back by half a second",
            vec![(47_000, Accident::Jump(-500))],
            0.96,
        ),
        ("forward by 50 ms", vec![(47_000, Accident::Jump(50))], 0.98),
        (
            "stopped for 5 s",
            vec![(44_000, Accident::Stop(1, 5 * SECOND))],
            0.96,
        ),
        ("joined", vec![(44_000, Accident::Join(Load::Busy))], 0.98),
    ];
    for (name, accidents, least) in cases {
        for windows in [Windows::Fixed, Windows::Sliding] {
            for seed in 0..2 {
                let accidents = accidents.iter().map(|(at, it)| (at * MILLI, *it)).collect();
                let scene = Scene {
                    seed,
                    windows,
                    accidents,
                    ..Scene::busy(4)
                };
                let figures = simulate(name, scene);

                assert_eq!(figures.refused, 0, "{name}, {windows:?}, {seed}");
                assert!(figures.used > least, "{name}, {windows:?}, {seed}");
            }
        }
    }
}

#[test]
fn a_process_that_is_cut_off_takes_no_more_than_its_share() {
    for seed in 0..4 {
        let scene = Scene {
            seed,
            accidents: vec![
                (45 * SECOND, Accident::CutOff(0, true)),
                (95 * SECOND, Accident::CutOff(0, false)),
            ],
            ..Scene::busy(4)
        };
        let figures = simulate("one cut off", scene);

        assert!(figures.largest_window <= 30 + 30 / 4);
        assert!(figures.refused <= 40 && figures.used > 0.8);
    }
}

#[test]
fn without_the_store_a_safe_share_is_used_and_with_it_all_again() {
    for (processes, largest) in [(1, 30), (4, 30), (10, 30), (100, 36)] {
        let scene = Scene {
            until: 240 * SECOND,
            accidents: vec![
                (60 * SECOND, Accident::Down(true)),
                (150 * SECOND, Accident::Down(false)),
            ],
            ..Scene::busy(processes)
        };
        let figures = simulate(&format!("{processes} busy, away for 90 s"), scene);

        let [before, rest, share, after] = [(0, 60), (60, 85), (85, 150), (160, 240)]
            .map(|(from, until)| figures.used_between(from, until));
        println!("   {before:.3} before, {rest:.3} then, {share:.3} by shares, {after:.3} after");
        assert!(figures.largest_window <= largest);
        assert!(before > 0.98 && after > 0.96 && share > 0.7);
        assert!(processes == 100 || figures.refused == 0);
    }
}

#[test]
fn a_store_that_was_never_there_lets_one_call_go_at_a_time() {
    let scene = Scene {
        accidents: vec![
            (0, Accident::Down(true)),
            (60 * SECOND, Accident::Down(false)),
        ],
        ..Scene::busy(2)
    };
    let figures = simulate("away from the start", scene);

    assert!(figures.used_between(0, 60) > 0.5);
    assert!(figures.used_between(70, 120) > 0.97);
}

#[test]
fn foreign_users_of_the_key_are_left_their_part() {
    for rate in [0.5, 1.5, 3.0] {
        let mut loads = vec![Load::Busy; 4];
        loads.push(Load::Foreign(rate));
        let figures = simulate(
            &format!("4 busy, {rate} foreign calls per second"),
            Scene {
                loads,
                ..Scene::busy(4)
            },
        );

        assert!(figures.used > 0.6);
        assert!((figures.refused as f64) < 0.1 * figures.calls as f64);
    }
}

#[test]
fn no_set_up_holds_more_than_the_limit_in_a_window() {
    let (mut calls, mut refused) = (0, 0);
    for seed in 1_000..1_060 {
        fastrand::seed(seed);
        let pick = |from: &[usize]| from[fastrand::usize(..from.len())];
        let until = 40 * SECOND;
        let processes = pick(&[1, 2, 3, 5, 8, 13]);
        let loads = (0..processes).map(|_| match fastrand::u8(..3) {
            0 => Load::Rate([0.05, 0.5, 3.0][fastrand::usize(..3)]),
            _ => Load::Busy,
        });
        let limit = pick(&[2, 3, 7, 30, 60]);
        let mut accidents = Vec::new();
        for _ in 0..pick(&[0, 0, 1, 2]) {
            accidents.push((
                fastrand::u64(..until),
                Accident::Kill(fastrand::usize(..13)),
            ));
            accidents.push((fastrand::u64(..until), Accident::Join(Load::Busy)));
        }
        let scene = Scene {
            seed,
            windows: [Windows::Fixed, Windows::Sliding][pick(&[0, 1])],
            limit,
            window: [2 * SECOND, 10 * SECOND][pick(&[0, 1])],
            latency: [(5, 20), (80, 200), (50, 3_000)].map(|(from, to)| (from * MILLI, to * MILLI))
                [pick(&[0, 1, 2])],
            round_trip: [(300, 1_000), (1_000, 40_000)][pick(&[0, 1])],
            until,
            loads: loads.collect(),
            accidents,
        };
        let described = format!("{scene:?}");
        let figures = Simulation::new(scene, Fleet::apply).run();

        calls += figures.calls;
        refused += figures.refused;
        assert!(
            figures.largest_window <= limit,
            "{} in {described}",
            figures.largest_window
        );
        assert_eq!(figures.refused, 0, "{described}");
    }
    println!("60 set-ups, {calls} calls, {refused} refused");
}
