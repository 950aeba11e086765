//! A circuit breaker for rows. Time is an argument.

use std::time::Duration;

use tokio::time::Instant;

/// The number of failures in a row that open the circuit.
const FAILURES: u32 = 3;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A circuit breaker: open for a growing pause, then half open for one row.
#[derive(Debug)]
pub struct CircuitBreaker {
    give_up_after: Duration,
    /// The time of the first failure since the last success.
    failing_since: Option<Instant>,
    failures: u32,
    /// The end of the pause, and its length.
    open: Option<(Instant, Duration)>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum State {
    /// All rows may be sent.
    Closed,
    /// One row may be sent, if none is under way.
    HalfOpen,
    /// No row may be sent before this time.
    Open(Instant),
}

impl CircuitBreaker {
    pub fn new(give_up_after: Duration) -> Self {
        Self {
            give_up_after,
            failing_since: None,
            failures: 0,
            open: None,
        }
    }

    /// Reports that a row was stored or refused.
    pub fn on_success(&mut self) {
        *self = Self::new(self.give_up_after);
    }

    /// Reports that a row failed.
    pub fn on_failure(&mut self, now: Instant) {
        self.failing_since.get_or_insert(now);
        self.failures += 1;
        let pause = match self.open {
            // A row that was under way when the circuit opened.
            Some((until, _)) if now < until => return,
            Some((_, pause)) => pause.saturating_mul(2).min(LONGEST_PAUSE),
            None if self.failures < FAILURES => return,
            None => FIRST_PAUSE,
        };
        self.open = Some((now + pause, pause));
    }

    /// Reports that a row was throttled. Others may be sent, but not forever.
    pub fn on_throttled(&mut self, now: Instant) {
        self.failing_since.get_or_insert(now);
    }

    pub fn state(&self, now: Instant) -> State {
        match self.open {
            None => State::Closed,
            Some((until, _)) if now < until => State::Open(until),
            Some(_) => State::HalfOpen,
        }
    }

    /// The time at which to give up, if no row succeeds before.
    pub fn gives_up_at(&self) -> Option<Instant> {
        self.failing_since?.checked_add(self.give_up_after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn breaker() -> (CircuitBreaker, Instant) {
        (CircuitBreaker::new(MS(10_000)), Instant::now())
    }

    #[test]
    fn two_failures_in_a_row_do_not_open_the_circuit() {
        let (mut breaker, start) = breaker();

        for _ in 0..10 {
            breaker.on_failure(start);
            breaker.on_failure(start);
            assert_eq!(breaker.state(start), State::Closed);
            breaker.on_success();
        }
    }

    #[test]
    fn pauses_grow_and_one_row_is_sent_after_each() {
        let (mut breaker, start) = breaker();
        // The last three were under way together.
        (0..6).for_each(|_| breaker.on_failure(start));

        let mut now = start;
        for pause in [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000] {
            assert_eq!(breaker.state(now), State::Open(now + MS(pause)));
            now += MS(pause);
            assert_eq!(breaker.state(now), State::HalfOpen);
            breaker.on_failure(now);
        }
        breaker.on_success();
        assert_eq!(breaker.state(now), State::Closed);
    }

    #[test]
    fn it_gives_up_when_no_row_succeeds_in_time() {
        let (mut breaker, start) = breaker();

        assert!(breaker.gives_up_at().is_none());
        breaker.on_throttled(start);
        assert_eq!(breaker.state(start), State::Closed);
        assert_eq!(breaker.gives_up_at(), Some(start + MS(10_000)));
        breaker.on_success();
        assert_eq!(breaker.gives_up_at(), None);
    }
}
