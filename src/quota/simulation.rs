//! Users against vendors of every kind, in made-up time and with the same outcome each time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::{Allowance, RateLimitHeaders, Settings};

const MILLI: u64 = 1_000;
const SECOND: u64 = 1_000 * MILLI;
const SEEDS: u64 = 20;

/// The vendor's way of counting.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// In windows that begin by its clock.
    Fixed,
    /// In windows that begin with a call.
    FromFirst,
    /// All calls of the last window.
    Sliding,
    /// All calls of the last ten tenths of a window.
    Tenths,
    /// A bucket of tokens that fills at an even pace.
    Bucket,
    /// Calls of this window, and those of the one before in proportion, as if they had been spread evenly. It refuses
    /// calls that an exact count would accept.
    Weighted,
}

const EXACT: [Kind; 5] = [
    Kind::Fixed,
    Kind::FromFirst,
    Kind::Sliding,
    Kind::Tenths,
    Kind::Bucket,
];

struct Vendor {
    kind: Kind,
    limit: u64,
    window: u64,
    offset: u64,
    announces: bool,
    log: VecDeque<u64>,
    start: Option<u64>,
    count: u64,
    before: u64,
    filled: f64,
    refused: u64,
}

impl Vendor {
    fn new(kind: Kind, limit: u64, window: u64, offset: u64) -> Self {
        Self {
            kind,
            limit,
            window,
            offset,
            announces: true,
            log: VecDeque::new(),
            start: None,
            count: 0,
            before: 0,
            filled: 0.0,
            refused: 0,
        }
    }

    fn call(&mut self, at: u64) -> RateLimitHeaders {
        let left = self.count(at);
        self.refused += u64::from(left.is_none());
        RateLimitHeaders {
            status: if left.is_some() { 200 } else { 429 },
            limit: self.announces.then_some(self.limit),
            remaining: self.announces.then_some(left.unwrap_or(0)),
            retry_after: None,
        }
    }

    fn count(&mut self, at: u64) -> Option<u64> {
        match self.kind {
            Kind::Fixed | Kind::FromFirst | Kind::Weighted => {
                let start = match (self.kind, self.start) {
                    (Kind::FromFirst, Some(start)) if at < start + self.window => start,
                    (Kind::FromFirst, _) => at,
                    _ => (at + self.offset) / self.window * self.window,
                };
                if self.start != Some(start) {
                    let follows = self.start.is_some_and(|last| last + self.window == start);
                    self.before = if follows { self.count } else { 0 };
                    (self.start, self.count) = (Some(start), 0);
                }
                let mut counted = self.count;
                if self.kind == Kind::Weighted {
                    let into = (at + self.offset - start) as f64 / self.window as f64;
                    counted += (self.before as f64 * (1.0 - into)) as u64;
                }
                let left = self.limit.checked_sub(counted + 1)?;
                self.count += 1;
                Some(left)
            }
            Kind::Sliding | Kind::Tenths => {
                let tenth = self.window / 10;
                let at = if self.kind == Kind::Tenths {
                    (at + self.offset) / tenth * tenth
                } else {
                    at
                };
                while self
                    .log
                    .front()
                    .is_some_and(|call| call + self.window <= at)
                {
                    self.log.pop_front();
                }
                let left = self.limit.checked_sub(self.log.len() as u64 + 1)?;
                self.log.push_back(at);
                Some(left)
            }
            Kind::Bucket => {
                let token = self.window as f64 / self.limit as f64;
                let filled = self.filled.max(at as f64) + token;
                let room = self.window as f64 - (filled - at as f64);
                if room < -1e-3 {
                    return None;
                }
                self.filled = filled;
                Some(((room + 1e-3) / token) as u64)
            }
        }
    }
}

struct User {
    state: Allowance,
    rows: usize,
    waiting: usize,
    flying: usize,
    most: usize,
    stored: usize,
    from: u64,
    until: u64,
}

impl User {
    fn new(share: f64, rows: usize, window: u64) -> Self {
        let settings = Settings {
            announces_limit: true,
            window: Duration::from_micros(window),
            fraction: share,
            max_waiters: 1_000,
        };
        Self {
            state: Allowance::new(settings),
            rows,
            waiting: 0,
            flying: 0,
            most: 0,
            stored: 0,
            from: 0,
            until: 0,
        }
    }
}

enum Event {
    Look(usize),
    Count(usize, u64),
    Answer(usize, u64, RateLimitHeaders),
}

/// Splitmix, so that it does not depend on anybody's version of `rand`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// Half of a latency of 20 ms, give or take 10.
    fn leg(&mut self) -> u64 {
        5 * MILLI + self.below(10 * MILLI + 1)
    }
}

#[derive(Default)]
struct Agenda {
    times: BinaryHeap<Reverse<(u64, usize)>>,
    events: Vec<Option<Event>>,
}

impl Agenda {
    fn add(&mut self, at: u64, event: Event) {
        self.times.push(Reverse((at, self.events.len())));
        self.events.push(Some(event));
    }

    fn next(&mut self) -> Option<(u64, Event)> {
        let Reverse((at, index)) = self.times.pop()?;
        Some((at, self.events[index].take()?))
    }
}

/// Each user has 64 callers who store rows, one call at a time, and call again when refused.
fn simulate(vendor: &mut Vendor, users: &mut [User], dice: &mut Dice) {
    let origin = Instant::now();
    let instant = |at: u64| origin + Duration::from_micros(at);
    let mut agenda = Agenda::default();
    for (index, user) in users.iter_mut().enumerate() {
        user.waiting = user.rows.min(64);
        user.rows -= user.waiting;
        agenda.add(user.from, Event::Look(index));
    }

    while let Some((at, event)) = agenda.next() {
        assert!(at < 3_600 * SECOND, "stuck");
        let index = match event {
            Event::Look(index) => index,
            Event::Count(index, ticket) => {
                let answer = vendor.call(at);
                agenda.add(at + dice.leg(), Event::Answer(index, ticket, answer));
                continue;
            }
            Event::Answer(index, ticket, answer) => {
                let user = &mut users[index];
                user.state.complete(ticket, instant(at), &answer);
                user.flying -= 1;
                if answer.status == 429 {
                    user.waiting += 1;
                } else {
                    (user.stored, user.until) = (user.stored + 1, at);
                    let more = user.rows.min(1);
                    (user.rows, user.waiting) = (user.rows - more, user.waiting + more);
                }
                index
            }
        };
        let user = &mut users[index];
        while user.waiting > 0 {
            match user.state.try_acquire(instant(at)) {
                Ok(ticket) => {
                    (user.waiting, user.flying) = (user.waiting - 1, user.flying + 1);
                    user.most = user.most.max(user.flying);
                    agenda.add(at + dice.leg(), Event::Count(index, ticket));
                }
                Err(Some(again)) => {
                    let again = again.duration_since(origin).as_micros() as u64;
                    assert!(at < again, "a wait must end later than it begins");
                    // A timer that counts whole milliseconds, and a little for the task to be run.
                    agenda.add(again.div_ceil(MILLI) * MILLI + MILLI, Event::Look(index));
                    break;
                }
                Err(None) => {
                    assert!(
                        user.flying > 0,
                        "nothing is under way, so nothing would wake the next"
                    );
                    break;
                }
            }
        }
    }
    assert!(users.iter().all(|user| user.rows == 0 && user.waiting == 0));
}

struct Outcome {
    refused: f64,
    most_refused: u64,
    ratio: f64,
    highest_ratio: f64,
}

/// Runs users against vendors, and compares the time taken to that of someone who knows the vendor's windows.
fn measure(
    kind: Kind,
    limit: u64,
    window: u64,
    rows: usize,
    shares: &[f64],
    apart: u64,
) -> Outcome {
    let mut outcome = Outcome {
        refused: 0.0,
        most_refused: 0,
        ratio: 0.0,
        highest_ratio: 0.0,
    };
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        let mut vendor = Vendor::new(kind, limit, window, dice.below(window));
        let mut users: Vec<_> = shares
            .iter()
            .map(|share| User::new(*share, rows, window))
            .collect();
        for (index, user) in users.iter_mut().enumerate() {
            user.from = apart * index as u64;
        }

        simulate(&mut vendor, &mut users, &mut dice);

        assert!(users.iter().all(|user| user.stored == rows));
        let best = (rows * shares.len()) as f64 / limit as f64 - 1.0;
        let until = users
            .iter()
            .map(|user| user.until)
            .max()
            .unwrap_or_default();
        let ratio = until as f64 / (best * window as f64);
        outcome.refused += vendor.refused as f64 / SEEDS as f64;
        outcome.most_refused = outcome.most_refused.max(vendor.refused);
        outcome.ratio += ratio / SEEDS as f64;
        outcome.highest_ratio = outcome.highest_ratio.max(ratio);
    }
    let Outcome {
        refused,
        most_refused,
        ratio,
        highest_ratio,
    } = outcome;
    println!(
        "{kind:?} {limit} per {} s, {rows} rows, shares {shares:?}, {} ms apart: \
         429 {refused:.1} (at most {most_refused}), ratio {ratio:.4} (at most {highest_ratio:.4})",
        window / SECOND,
        apart / MILLI,
    );
    outcome
}

#[test]
fn alone_nothing_is_refused_and_nothing_is_wasted() {
    for kind in EXACT {
        let short = measure(kind, 60, 2 * SECOND, 600, &[1.0], 0);
        let long = measure(kind, 30, 10 * SECOND, 300, &[1.0], 0);

        assert_eq!((short.most_refused, long.most_refused), (0, 0), "{kind:?}");
        assert!(short.highest_ratio < 1.02, "{kind:?}");
        assert!(long.highest_ratio < 1.01, "{kind:?}");
    }
}

#[test]
fn halves_of_a_key_refuse_nothing_and_waste_nothing() {
    for kind in EXACT {
        let outcome = measure(kind, 60, 2 * SECOND, 600, &[0.5, 0.5], 0);

        assert_eq!(outcome.most_refused, 0, "{kind:?}");
        assert!(outcome.highest_ratio < 1.02, "{kind:?}");
    }
}

#[test]
fn two_strangers_with_one_key_are_refused_little() {
    for kind in EXACT {
        for apart in [0, 700 * MILLI, 5 * SECOND] {
            let outcome = measure(kind, 60, 2 * SECOND, 600, &[1.0, 1.0], apart);

            assert!(
                outcome.refused <= 60.0,
                "{kind:?}: more than 50 in 1,000 of 1,200"
            );
        }
    }
}

#[test]
fn four_strangers_with_one_key_all_get_done() {
    for kind in EXACT {
        let outcome = measure(kind, 60, 2 * SECOND, 300, &[1.0; 4], 0);

        assert!(
            outcome.refused <= 240.0,
            "{kind:?}: more than one call in five"
        );
    }
}

#[test]
fn a_vendor_that_estimates_its_count_refuses_little_and_gets_all_rows() {
    let short = measure(Kind::Weighted, 60, 2 * SECOND, 600, &[1.0], 0);
    let long = measure(Kind::Weighted, 30, 10 * SECOND, 300, &[1.0], 0);

    assert!(short.refused <= 40.0);
    assert!(long.refused <= 25.0);
}

#[test]
fn a_vendor_that_announces_nothing_is_not_held_back_until_it_refuses() {
    for announces_limit in [true, false] {
        let mut vendor = Vendor::new(Kind::Sliding, 100_000, SECOND, 0);
        vendor.announces = false;
        let mut user = User::new(1.0, 10_000, SECOND);
        user.state = Allowance::new(Settings {
            announces_limit,
            ..user.state.settings
        });
        let mut users = [user];

        simulate(&mut vendor, &mut users, &mut Dice(1));

        assert_eq!(
            users[0].most, 64,
            "{announces_limit:?}: all callers at once"
        );
        assert!(
            users[0].until < 4 * SECOND,
            "{announces_limit:?}: 10,000 calls of 20 ms by 64 callers"
        );
    }
}

#[test]
fn a_vendor_that_announces_nothing_is_learnt_from_its_refusals() {
    for kind in EXACT {
        let mut vendor = Vendor::new(kind, 60, 2 * SECOND, 0);
        vendor.announces = false;
        let mut user = User::new(1.0, 1_200, 2 * SECOND);
        user.state = Allowance::new(Settings {
            announces_limit: false,
            ..user.state.settings
        });
        let mut users = [user];

        simulate(&mut vendor, &mut users, &mut Dice(1));

        println!(
            "{kind:?} unannounced: 429 {}, ratio {:.3}",
            vendor.refused,
            users[0].until as f64 / (38.0 * SECOND as f64)
        );
        assert!(
            vendor.refused <= 120,
            "{kind:?}: {} refused",
            vendor.refused
        );
        assert!(
            users[0].until < 57 * SECOND,
            "{kind:?}: half as long again as needed"
        );
    }
}

#[test]
fn a_process_that_starts_anew_is_soon_at_full_speed() {
    for kind in EXACT {
        // The process before it has left so many calls of the window.
        for left in [0, 1, 5, 30] {
            let mut vendor = Vendor::new(kind, 60, 2 * SECOND, 0);
            let mut users = [
                User::new(1.0, 60 - left, 2 * SECOND),
                User::new(1.0, 600, 2 * SECOND),
            ];
            users[1].from = 300 * MILLI;

            simulate(&mut vendor, &mut users, &mut Dice(1));

            let ratio = users[1].until as f64 / (20 * SECOND) as f64;
            println!(
                "{kind:?}, {left} left: 429 {}, ratio {ratio:.3}",
                vendor.refused
            );
            assert!(
                vendor.refused <= 4,
                "{kind:?} {left}: {} refused",
                vendor.refused
            );
            assert!(ratio < 1.6, "{kind:?} {left}: {ratio}");
        }
    }
}
