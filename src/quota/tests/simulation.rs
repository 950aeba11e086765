//! Clients against vendors of every kind, in simulated time and with the same outcome each time.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::*;

const MILLI: u64 = 1_000;
const SECOND: u64 = 1_000 * MILLI;
const SEEDS: u64 = 8;

/// The vendor's way of counting.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Counting {
    /// In windows that begin by its clock.
    Fixed,
    /// In windows that begin with a call.
    FromFirst,
    /// All calls of the last window.
    Sliding,
    /// A bucket of tokens that fills at an even pace.
    Bucket,
    /// Calls of this window, and those of the one before in proportion, as if they had been spread evenly. It refuses
    /// calls that an exact count would accept.
    Weighted,
}

use Counting::*;

const EXACT: [Counting; 4] = [Fixed, FromFirst, Sliding, Bucket];

struct Vendor {
    counting: Counting,
    limit: usize,
    window: u64,
    offset: u64,
    accepted: Vec<u64>,
    /// The start of the window, or the time at which the bucket is full.
    mark: u64,
}

impl Vendor {
    /// Counts a call, and returns how many are left, or `None` if it is refused.
    fn call(&mut self, at: u64) -> Option<usize> {
        let Self { limit, window, .. } = *self;
        let since =
            |from: u64| self.accepted.len() - self.accepted.partition_point(|it| *it < from);
        let into = (at + self.offset) % window;
        let start = at.saturating_sub(into);
        let counted = match self.counting {
            Fixed => since(start),
            FromFirst if self.accepted.is_empty() || self.mark + window <= at => {
                self.mark = at;
                0
            }
            FromFirst => since(self.mark),
            Sliding => since((at + 1).saturating_sub(window)),
            Bucket => {
                let token = window / limit as u64;
                let full = self.mark.max(at) + token;
                // Calls that would fill it beyond its rim are refused.
                let counted = (full - at).div_ceil(token) as usize - 1;
                if counted < limit {
                    self.mark = full;
                }
                counted
            }
            Weighted => {
                let before = since(start.saturating_sub(window)) - since(start);
                since(start) + (before as f64 * (1.0 - into as f64 / window as f64)) as usize
            }
        };
        let left = limit.checked_sub(counted + 1)?;
        self.accepted.push(at);
        Some(left)
    }
}

/// A process with 64 tasks, each of which sends one row at a time, and again if it is throttled.
struct Client {
    allowance: Allowance,
    /// Rows that no task has yet.
    rows: usize,
    waiting: usize,
    /// The time of its next look for a permit.
    asks: u64,
}

enum Event {
    Ask(usize),
    Count(usize, u64),
    Answer(usize, u64, RateLimitHeaders),
}

/// 429s and the time taken as a multiple of the least: in the mean, and at most.
#[derive(Debug, Default)]
struct Outcome {
    throttled: f64,
    most_throttled: u64,
    ratio: f64,
}

struct Scenario {
    limit: usize,
    window: u64,
    announces: bool,
}

const SHORT: Scenario = Scenario {
    limit: 60,
    window: 2 * SECOND,
    announces: true,
};
const LONG: Scenario = Scenario {
    limit: 30,
    window: 10 * SECOND,
    announces: true,
};

impl Scenario {
    /// Runs clients, made of their fraction, their rows and their start, until all rows are stored.
    fn run(&self, counting: Counting, clients: &[(f64, usize, u64)]) -> Outcome {
        let mut outcome = Outcome::default();
        for seed in 0..SEEDS {
            let (throttled, ratio) = self.simulate(counting, clients, seed);
            outcome.throttled += throttled as f64 / SEEDS as f64;
            outcome.most_throttled = outcome.most_throttled.max(throttled);
            outcome.ratio = outcome.ratio.max(ratio);
        }
        println!(
            "{counting:?} {} per {} s, {clients:?}: {outcome:.3?}",
            self.limit,
            self.window / SECOND
        );
        outcome
    }

    fn simulate(&self, counting: Counting, clients: &[(f64, usize, u64)], seed: u64) -> (u64, f64) {
        let mut rng = Rng::with_seed(seed);
        let mut vendor = Vendor {
            counting,
            limit: self.limit,
            window: self.window,
            offset: rng.u64(..self.window),
            accepted: Vec::new(),
            mark: 0,
        };
        // Half of a latency of 10 to 30 ms.
        let mut leg = move || rng.u64(5 * MILLI..=15 * MILLI);
        let instant = |now: u64| at(0) + Duration::from_micros(now);
        let (mut throttled, mut last, mut count) = (0, 0, 0);
        let mut agenda = BTreeMap::new();
        let mut add = |agenda: &mut BTreeMap<_, _>, now: u64, event| {
            count += 1;
            agenda.insert((now, count), event);
        };
        let rows: usize = clients.iter().map(|(_, rows, _)| rows).sum();
        let clients = clients.iter().enumerate().map(|(index, client)| {
            let (fraction, rows, from) = *client;
            add(&mut agenda, from, Event::Ask(index));
            let waiting = rows.min(64);
            Client {
                allowance: Allowance::new(Settings {
                    announces_limit: self.announces,
                    window: Duration::from_micros(self.window),
                    fraction,
                    ..SETTINGS
                }),
                rows: rows - waiting,
                waiting,
                asks: from,
            }
        });
        let mut clients: Vec<_> = clients.collect();

        while let Some(((now, _), event)) = agenda.pop_first() {
            assert!(now < 3_600 * SECOND, "stuck");
            let index = match event {
                Event::Ask(index) => index,
                Event::Count(index, permit) => {
                    let left = vendor.call(now);
                    let headers = RateLimitHeaders {
                        status: if left.is_some() { 200 } else { 429 },
                        limit: self.announces.then_some(self.limit as u64),
                        remaining: self.announces.then_some(left.unwrap_or(0) as u64),
                        retry_after: None,
                    };
                    add(
                        &mut agenda,
                        now + leg(),
                        Event::Answer(index, permit, headers),
                    );
                    continue;
                }
                Event::Answer(index, permit, headers) => {
                    let client = &mut clients[index];
                    client.allowance.complete(permit, instant(now), &headers);
                    if headers.status == 429 {
                        throttled += 1;
                        client.waiting += 1;
                    } else {
                        last = now;
                        let next = client.rows.min(1);
                        client.rows -= next;
                        client.waiting += next;
                    }
                    index
                }
            };
            let Client {
                allowance,
                waiting,
                asks,
                ..
            } = &mut clients[index];
            while *waiting > 0 {
                match allowance.try_acquire(instant(now)) {
                    Ok(permit) => {
                        *waiting -= 1;
                        add(&mut agenda, now + leg(), Event::Count(index, permit));
                    }
                    Err(Some(again)) => {
                        let again = (again - at(0)).as_micros() as u64;
                        assert!(now < again, "a wait must end later than it begins");
                        // A timer that counts whole milliseconds, and a little for the task to be run.
                        let again = again.div_ceil(MILLI) * MILLI + MILLI;
                        if *asks != again {
                            *asks = again;
                            add(&mut agenda, again, Event::Ask(index));
                        }
                        break;
                    }
                    Err(None) => {
                        assert!(allowance.in_flight > 0, "nothing would wake the next");
                        break;
                    }
                }
            }
        }
        assert_eq!(vendor.accepted.len(), rows);
        let least = (rows as f64 / self.limit as f64 - 1.0) * self.window as f64;
        (throttled, last as f64 / least)
    }
}

#[test]
fn one_client_is_never_throttled_and_wastes_nothing() {
    for counting in EXACT {
        let short = SHORT.run(counting, &[(1.0, 600, 0)]);
        let long = LONG.run(counting, &[(1.0, 300, 0)]);
        let halves = SHORT.run(counting, &[(0.5, 600, 0), (0.5, 600, 0)]);

        for (outcome, ratio) in [(short, 1.02), (long, 1.01), (halves, 1.02)] {
            assert_eq!(outcome.most_throttled, 0, "{counting:?}");
            assert!(outcome.ratio < ratio, "{counting:?}: {outcome:?}");
        }
    }
}

#[test]
fn clients_that_share_a_key_unknowingly_are_throttled_rarely() {
    for counting in EXACT {
        for apart in [0, 700 * MILLI, 5 * SECOND] {
            let two = SHORT.run(counting, &[(1.0, 600, 0), (1.0, 600, apart)]);
            assert!(
                two.throttled <= 60.0,
                "{counting:?}: more than 50 in 1,000 of 1,200"
            );
        }
        let four = SHORT.run(counting, &[(1.0, 300, 0); 4]);
        assert!(
            four.throttled <= 240.0,
            "{counting:?}: more than one call in five"
        );
    }
}

#[test]
fn a_vendor_that_estimates_its_count_refuses_few_calls() {
    let short = SHORT.run(Weighted, &[(1.0, 600, 0)]);
    let long = LONG.run(Weighted, &[(1.0, 300, 0)]);

    assert!(short.throttled <= 40.0, "{short:?}");
    assert!(long.throttled <= 25.0, "{long:?}");
}

#[test]
fn a_vendor_that_announces_no_limit_is_learnt_from_its_429s() {
    for counting in EXACT {
        let scenario = Scenario {
            announces: false,
            ..SHORT
        };
        let outcome = scenario.run(counting, &[(1.0, 1_200, 0)]);

        assert!(outcome.most_throttled <= 120, "{counting:?}: {outcome:?}");
        assert!(outcome.ratio < 1.5, "{counting:?}: {outcome:?}");
    }
}

#[test]
fn a_process_that_starts_anew_is_soon_at_full_speed() {
    for counting in EXACT {
        for left in [0, 1, 5, 30] {
            // The process before it has left so many calls of the window.
            let outcome = SHORT.run(counting, &[(1.0, 60 - left, 0), (1.0, 600, 300 * MILLI)]);

            assert!(
                outcome.most_throttled <= 4,
                "{counting:?}, {left} left: {outcome:?}"
            );
            assert!(
                outcome.ratio < 1.6,
                "{counting:?}, {left} left: {outcome:?}"
            );
        }
    }
}
