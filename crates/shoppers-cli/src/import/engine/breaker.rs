//! Whether rows may go, while a vendor is down: pure, with the time as an argument.

use std::time::Duration;

use tokio::time::Instant;

/// So many rows in a row that do not get through are more than bad luck.
const BAD_LUCK: u32 = 3;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A circuit breaker: it lets all rows go, or none for a growing pause, and then one to find out.
#[derive(Debug)]
pub struct Breaker {
    give_up_after: Duration,
    /// Since when no row has got through.
    failing: Option<Instant>,
    failures: u32,
    /// Open until then, and how long the pause is.
    open: Option<(Instant, Duration)>,
}

/// What rows may do.
#[derive(Debug, PartialEq, Eq)]
pub enum Passage {
    /// All may go.
    All,
    /// One may go, if none is under way.
    One,
    /// None may go before that.
    Not(Instant),
}

impl Breaker {
    pub fn new(give_up_after: Duration) -> Self {
        Self {
            give_up_after,
            failing: None,
            failures: 0,
            open: None,
        }
    }

    /// A row has got through: the vendor has it, or has refused it.
    pub fn got_through(&mut self) {
        self.failing = None;
        self.failures = 0;
        self.open = None;
    }

    /// A row has not got through.
    pub fn failed(&mut self, now: Instant) {
        self.failing.get_or_insert(now);
        self.failures += 1;
        let pause = match self.open {
            // Those that were under way when it opened say nothing new.
            Some((until, _)) if now < until => return,
            Some((_, pause)) => pause.saturating_mul(2).min(LONGEST_PAUSE),
            None if self.failures < BAD_LUCK => return,
            None => FIRST_PAUSE,
        };
        self.open = Some((now + pause, pause));
    }

    /// A row was put off, by a vendor that is there. Rows may go, but not without an end.
    pub fn held_up(&mut self, now: Instant) {
        self.failing.get_or_insert(now);
    }

    pub fn passage(&self, now: Instant) -> Passage {
        match self.open {
            None => Passage::All,
            Some((until, _)) if now < until => Passage::Not(until),
            Some(_) => Passage::One,
        }
    }

    /// When there will be no use in trying any more, if no row gets through.
    pub fn gives_up(&self) -> Option<Instant> {
        self.failing
            .and_then(|since| since.checked_add(self.give_up_after))
    }

    /// Whether no row has got through for so long that there is no use in trying.
    pub fn has_given_up(&self, now: Instant) -> bool {
        self.gives_up().is_some_and(|until| now >= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn breaker() -> (Breaker, Instant) {
        (Breaker::new(MS(10_000)), Instant::now())
    }

    #[test]
    fn bad_luck_holds_nobody_up() {
        let (mut breaker, start) = breaker();

        for _ in 0..10 {
            breaker.failed(start);
            breaker.failed(start);
            assert_eq!(breaker.passage(start), Passage::All);
            breaker.got_through();
        }
    }

    #[test]
    fn pauses_grow_and_one_row_finds_out() {
        let (mut breaker, start) = breaker();
        // The last three were under way together.
        (0..6).for_each(|_| breaker.failed(start));

        let mut now = start;
        for pause in [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000] {
            assert_eq!(breaker.passage(now), Passage::Not(now + MS(pause)));
            now += MS(pause);
            assert_eq!(breaker.passage(now), Passage::One);
            breaker.failed(now);
        }
        breaker.got_through();
        assert_eq!(breaker.passage(now), Passage::All);
    }

    #[test]
    fn it_gives_up_when_nothing_has_got_through_for_so_long() {
        let (mut breaker, start) = breaker();

        assert!(!breaker.has_given_up(start + MS(20_000)));
        breaker.held_up(start);
        assert_eq!(breaker.passage(start), Passage::All);
        assert!(!breaker.has_given_up(start + MS(9_999)));
        assert!(breaker.has_given_up(start + MS(10_000)));
        breaker.got_through();
        assert!(!breaker.has_given_up(start + MS(10_000)));
    }
}
