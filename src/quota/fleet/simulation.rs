//! Many processes, a vendor and accidents, in made-up time and with the same outcome each time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::{Fleet, schedule::Schedule};
use crate::quota::replica::Replica;
use crate::quota::store::{Outcome, SyncReply, SyncRequest};

mod scenes;
mod vendor;

use vendor::Vendor;
pub(crate) use vendor::Windows;

const MILLI: u64 = 1_000;
pub(crate) const SECOND: u64 = 1_000 * MILLI;

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
    /// The round trip that is under way, and the time that it may take.
    trip: u64,
    patience: u64,
}

enum Event {
    Look(usize),
    Arrive(usize),
    Execute(usize, u64, Box<SyncRequest>, u64),
    Reply(usize, u64, Option<Box<SyncReply>>),
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
    /// The store does nothing for so long, and then all at once.
    Freeze(u64),
    /// A round trip takes so long.
    Slow(u64),
    CutOff(usize, bool),
    Stop(usize, u64),
    /// By so many milliseconds.
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
    /// Callers of a busy process.
    pub(crate) callers: usize,
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
            callers: 64,
            accidents: Vec::new(),
        }
    }
}

/// Answers a process for the store: the fleet, what is asked, and the store's time in microseconds.
type Store<'a> = Box<dyn FnMut(&mut Fleet, &SyncRequest, i64) -> SyncReply + 'a>;

/// A simulation: its clock counts microseconds.
pub(crate) struct Simulation<'a> {
    scene: Scene,
    origin: Instant,
    now: u64,
    store: Store<'a>,
    fleet: Fleet,
    snapshot: Fleet,
    down: bool,
    frozen_until: u64,
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
    /// The time of all full windows, as a multiple of the least.
    pub(crate) ratio: f64,
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
            frozen_until: 0,
            jump: 0,
            vendor: Vendor::new(&scene),
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
            trip: 0,
            patience: 250 * MILLI,
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
            | Event::Reply(index, ..)
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
            Event::Execute(..) if now < self.frozen_until => self.at(self.frozen_until, event),
            Event::Execute(index, trip, request, way) => {
                if !self.down && !self.processes[index].cut_off {
                    self.syncs += 1;
                    let clock = 1_700_000_000_000_000 + now as i64 + self.jump;
                    let reply = (self.store)(&mut self.fleet, &request, clock);
                    self.at(now + way, Event::Reply(index, trip, Some(Box::new(reply))));
                }
            }
            Event::Reply(index, trip, reply) => {
                let instant = self.instant(now);
                let process = &mut self.processes[index];
                // The reply, or the end of the time for it, whichever comes first.
                if trip == process.trip {
                    process.trip += 1;
                    process.patience = match &reply {
                        Some(_) => (4 * self.scene.round_trip.1).clamp(250 * MILLI, SECOND),
                        None => SECOND,
                    };
                    process.replica.finish(instant, reply.map(|reply| *reply));
                    self.look(index);
                }
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
            Accident::Freeze(time) => self.frozen_until = self.now + time,
            Accident::Slow(time) => self.scene.round_trip = (time, time),
            Accident::CutOff(index, cut_off) => self.processes[index % all].cut_off = cut_off,
            Accident::Stop(index, time) => self.processes[index % all].stopped = self.now + time,
            Accident::Jump(jump) => self.jump += jump * MILLI as i64,
        }
    }

    fn arrive(&mut self, index: usize) {
        let now = self.now;
        let process = &mut self.processes[index];
        match process.load {
            Load::Busy => {
                let idle = self.scene.callers - process.replica.in_flight();
                process.waiting.resize(idle, now);
            }
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
                let (trip, patience) = (process.trip, process.patience);
                let way = between(self.scene.round_trip) / 2;
                self.at(now + way, Event::Execute(index, trip, request, way));
                self.at(now + patience, Event::Reply(index, trip, None));
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
        let accepted = &self.vendor.accepted;
        let calls = accepted.len();
        let windows = (calls / self.scene.limit).max(2);
        let full = accepted.get(windows * self.scene.limit - 1);
        let took = full.map_or(f64::NAN, |last| (last - accepted[0]) as f64);
        let quota_per_second = self.scene.limit as f64 / (self.scene.window as f64 / SECOND as f64);
        Figures {
            used: calls as f64 / (quota_per_second * (self.scene.until / SECOND) as f64),
            ratio: took / ((windows - 1) as u64 * self.scene.window) as f64,
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
