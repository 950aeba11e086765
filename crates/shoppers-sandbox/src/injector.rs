//! The faults and delays of each call, by script or at random.

use std::{collections::VecDeque, time::Duration};

use fastrand::Rng;

use crate::{behaviour::Behaviour, fault::Fault};

/// The seed of the latencies; faults have their own, so that neither changes the other.
const LATENCY_SEED: u64 = 0;

/// Numbers the calls, and decides the fault and the latency of each.
#[derive(Debug)]
pub(crate) struct FaultInjector {
    behaviour: Behaviour,
    /// Faults of the next calls, ahead of script and chance.
    next_faults: VecDeque<Fault>,
    calls: u64,
    fault_rng: Rng,
    latency_rng: Rng,
}

/// The misbehaviour that one call meets.
#[derive(Debug, PartialEq)]
pub(crate) struct Misbehaviour {
    pub(crate) latency: Duration,
    pub(crate) fault: Option<Fault>,
    pub(crate) search_lag: Duration,
}

impl FaultInjector {
    pub(crate) fn new(behaviour: Behaviour) -> Self {
        Self {
            next_faults: VecDeque::new(),
            calls: 0,
            fault_rng: Rng::with_seed(behaviour.seed),
            latency_rng: Rng::with_seed(LATENCY_SEED),
            behaviour,
        }
    }

    /// Decides for the next call. Random numbers are drawn for scripted calls too, so that a script does not change the
    /// other calls.
    pub(crate) fn next_call(&mut self) -> Misbehaviour {
        self.calls += 1;
        let Behaviour {
            latency, jitter, ..
        } = self.behaviour;
        let longest = latency + jitter.mul_f64(2.0 * self.latency_rng.f64());
        let mut chance = self.fault_rng.f64();
        let random = self.behaviour.faults.iter().find(|(_, probability)| {
            chance -= probability;
            chance < 0.0
        });
        let scripted = self.behaviour.script.get(&self.calls);
        let decided = scripted.or(random.map(|(fault, _)| fault)).cloned();
        Misbehaviour {
            latency: longest.saturating_sub(jitter),
            fault: self.next_faults.pop_front().or(decided),
            search_lag: self.behaviour.search_lag,
        }
    }
}

#[cfg(feature = "ui")]
impl FaultInjector {
    pub(crate) fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    /// Changes the behaviour, and neither the number of calls nor the random numbers.
    pub(crate) fn change(&mut self, behaviour: Behaviour) {
        self.behaviour = behaviour;
    }

    /// The faults that [`inject`](Self::inject) has added and no call has met.
    pub(crate) fn next_faults(&mut self) -> &mut VecDeque<Fault> {
        &mut self.next_faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(behaviour: Behaviour, calls: usize) -> Vec<Misbehaviour> {
        let mut injector = FaultInjector::new(behaviour);
        (0..calls).map(|_| injector.next_call()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_faults_and_latencies() {
        let behaviour = |seed| {
            Behaviour::new()
                .latency(Duration::from_millis(20), Duration::from_millis(10))
                .faults(seed, [(Fault::HalfBody, 0.2), (Fault::ClosedAfter, 0.3)])
        };

        assert_eq!(drawn(behaviour(1), 100), drawn(behaviour(1), 100));
        assert_ne!(drawn(behaviour(1), 100), drawn(behaviour(2), 100));
    }

    #[test]
    fn faults_are_as_frequent_as_their_probabilities() {
        let faults = [(Fault::HalfBody, 0.2), (Fault::ClosedAfter, 0.3)];

        let drawn = drawn(Behaviour::new().faults(1, faults), 10_000);

        let count = |fault| drawn.iter().filter(|call| call.fault == fault).count();
        assert!((1_900..2_100).contains(&count(Some(Fault::HalfBody))));
        assert!((2_850..3_150).contains(&count(Some(Fault::ClosedAfter))));
        assert!((4_850..5_150).contains(&count(None)));
    }

    #[test]
    fn a_script_overrides_chance_and_changes_no_other_call() {
        let chance = Behaviour::new().faults(3, [(Fault::HalfBody, 0.5)]);
        let scripted = chance.clone().script([(2, Fault::BadGateway)]);

        let (chance, scripted) = (drawn(chance, 50), drawn(scripted, 50));

        assert_eq!(scripted[1].fault, Some(Fault::BadGateway));
        assert_eq!(scripted[0], chance[0]);
        assert_eq!(scripted[2..], chance[2..]);
    }

    #[test]
    fn jitter_shortens_and_lengthens_but_never_below_zero() {
        let milliseconds = Duration::from_millis;
        for (latency, jitter, least, most) in [(20, 10, 10, 30), (5, 10, 0, 15), (0, 0, 0, 0)] {
            let behaviour = Behaviour::new().latency(milliseconds(latency), milliseconds(jitter));

            let drawn = drawn(behaviour, 1000);

            let range = milliseconds(least)..=milliseconds(most);
            assert!(drawn.iter().all(|call| range.contains(&call.latency)));
        }
    }
}
