//! What each call meets on its way: its number, its luck, the quota, and the count of it all.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use fastrand::Rng;
use tokio::time::Instant;

use crate::{
    behaviour::Behaviour,
    fault::Fault,
    quota::Window,
    tally::{Counter, Tally},
};

/// The seed of the latencies; faults have one of their own, so that neither moves the other.
const LATENCY_SEED: u64 = 0;

/// Everything of a vendor that a call changes, but for the shoppers.
#[derive(Debug)]
pub(crate) struct Gate {
    start: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    behaviour: Behaviour,
    calls: u64,
    fault_rng: Rng,
    latency_rng: Rng,
    window: Option<Window>,
    counter: Counter,
}

/// What is in store for a call.
#[derive(Debug, PartialEq)]
pub(crate) struct Luck {
    pub(crate) latency: Duration,
    pub(crate) fault: Option<Fault>,
    pub(crate) search_lag: Duration,
}

/// What the quota says of a call, and what it announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Admission {
    pub(crate) is_accepted: bool,
    pub(crate) announced: Option<Announced>,
}

/// The values of `X-RateLimit-Limit` and `X-RateLimit-Remaining`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
}

impl Gate {
    pub(crate) fn new(behaviour: Behaviour, start: Instant) -> Self {
        let counter = Counter::new(start);
        Self {
            start,
            state: Mutex::new(State::new(behaviour, start, counter)),
        }
    }

    /// Behaves otherwise from the next call on; what was counted stays.
    pub(crate) fn behave(&self, behaviour: Behaviour) {
        let mut state = self.state();
        let counter = std::mem::replace(&mut state.counter, Counter::new(self.start));
        *state = State::new(behaviour, self.start, counter);
    }

    /// Counts a call that arrived, and draws its luck.
    pub(crate) fn arrive(&self) -> Luck {
        let mut state = self.state();
        let luck = state.draw();
        state.counter.called();
        if let Some(fault) = &luck.fault {
            state.counter.played(fault.name());
            if let Fault::Throttled { .. } = fault {
                state.counter.throttled();
            }
        }
        luck
    }

    /// Counts a call with the right key, in or beyond the quota.
    pub(crate) fn admit(&self) -> Admission {
        let mut state = self.state();
        // Read under the lock, so that the counts see time go one way only.
        let now = Instant::now();
        let is_accepted = state.window.as_mut().is_none_or(|window| window.take(now));
        if is_accepted {
            let window = state.window.as_ref().map(|window| window.quota().window());
            state.counter.accepted(now, window);
        } else {
            state.counter.throttled();
        }
        Admission {
            is_accepted,
            announced: state.announced(now),
        }
    }

    /// What is announced to a call that does not count.
    pub(crate) fn announced(&self) -> Option<Announced> {
        let mut state = self.state();
        state.announced(Instant::now())
    }

    pub(crate) fn tally(&self, made: u64, shoppers: u64) -> Tally {
        self.state().counter.tally(made, shoppers)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new(behaviour: Behaviour, start: Instant, counter: Counter) -> Self {
        Self {
            calls: 0,
            fault_rng: Rng::with_seed(behaviour.seed),
            latency_rng: Rng::with_seed(LATENCY_SEED),
            window: behaviour.quota.map(|quota| Window::new(quota, start)),
            counter,
            behaviour,
        }
    }

    /// The draws are made for each call, also where a script knows better, so that a script moves
    /// nothing.
    fn draw(&mut self) -> Luck {
        self.calls += 1;
        let Behaviour {
            latency, jitter, ..
        } = self.behaviour;
        let latency =
            (latency + jitter.mul_f64(2.0 * self.latency_rng.f64())).saturating_sub(jitter);
        let mut chance = self.fault_rng.f64();
        let random = self.behaviour.faults.iter().find(|(_, probability)| {
            chance -= probability;
            chance < 0.0
        });
        let scripted = self.behaviour.script.get(&self.calls);
        let fault = scripted.or(random.map(|(fault, _)| fault)).cloned();
        Luck {
            latency,
            fault,
            search_lag: self.behaviour.search_lag,
        }
    }

    fn announced(&mut self, now: Instant) -> Option<Announced> {
        let window = self.window.as_mut()?;
        Some(Announced {
            limit: window.quota().limit(),
            remaining: window.remaining(now),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Quota;

    fn drawn(behaviour: Behaviour, calls: usize) -> Vec<Luck> {
        let gate = Gate::new(behaviour, Instant::now());
        (0..calls).map(|_| gate.arrive()).collect()
    }

    #[test]
    fn the_same_seed_brings_the_same_luck() {
        let behaviour = |seed| {
            Behaviour::new()
                .latency(Duration::from_millis(20), Duration::from_millis(10))
                .faults(seed, [(Fault::HalfBody, 0.2), (Fault::ClosedAfter, 0.3)])
        };

        assert_eq!(drawn(behaviour(1), 100), drawn(behaviour(1), 100));
        assert_ne!(drawn(behaviour(1), 100), drawn(behaviour(2), 100));
    }

    #[test]
    fn probabilities_come_out() {
        let faults = [(Fault::HalfBody, 0.2), (Fault::ClosedAfter, 0.3)];

        let drawn = drawn(Behaviour::new().faults(1, faults), 10_000);

        let count = |fault| drawn.iter().filter(|luck| luck.fault == fault).count();
        assert!((1_900..2_100).contains(&count(Some(Fault::HalfBody))));
        assert!((2_850..3_150).contains(&count(Some(Fault::ClosedAfter))));
        assert!((4_850..5_150).contains(&count(None)));
    }

    #[test]
    fn a_script_goes_before_chance_and_moves_nothing_else() {
        let chance = Behaviour::new().faults(3, [(Fault::HalfBody, 0.5)]);
        let scripted = chance.clone().script([(2, Fault::BadGateway)]);

        let (chance, scripted) = (drawn(chance, 50), drawn(scripted, 50));

        assert_eq!(scripted[1].fault, Some(Fault::BadGateway));
        assert_eq!(scripted[0], chance[0]);
        assert_eq!(scripted[2..], chance[2..]);
    }

    #[test]
    fn jitter_goes_both_ways_and_never_below_nothing() {
        let milliseconds = Duration::from_millis;
        for (latency, jitter, least, most) in [(20, 10, 10, 30), (5, 10, 0, 15), (0, 0, 0, 0)] {
            let behaviour = Behaviour::new().latency(milliseconds(latency), milliseconds(jitter));

            let drawn = drawn(behaviour, 1000);

            let range = milliseconds(least)..=milliseconds(most);
            assert!(drawn.iter().all(|luck| range.contains(&luck.latency)));
        }
    }

    #[test]
    fn what_was_counted_outlives_a_change_of_behaviour() {
        let gate = Gate::new(
            Behaviour::new().script([(2, Fault::HalfBody)]),
            Instant::now(),
        );

        gate.arrive();
        gate.behave(
            Behaviour::new()
                .quota(Quota::bspk())
                .script([(1, Fault::HalfBody)]),
        );
        gate.arrive();
        let admission = gate.admit();

        let tally = gate.tally(0, 0);
        assert_eq!((tally.calls, tally.faults["half_body"]), (2, 1));
        assert_eq!(
            admission.announced,
            Some(Announced {
                limit: 30,
                remaining: 29
            })
        );
    }
}
