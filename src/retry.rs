//! The decision to send a call again, and the wait before it.
//!
//! Nothing here sleeps, sends, or asks for the time.

use std::time::Duration;

use tower::retry::budget::TpsBudget;

pub(crate) use self::retry_after::retry_after;

use crate::{
    error::{self, Cause, Classification, Error, ErrorKind, Outcome, Resend},
    operation::{Idempotency, Operation},
};

mod retry_after;

/// A vendor's wish is followed up to here.
const LONGEST_ASKED: Duration = Duration::from_secs(120);

/// The number of attempts, and the waits in between.
///
/// A call that was not sent is tried again, whatever it is. One that may have happened (no answer, half an answer, 500,
/// 502, 503, 504) is tried again only where doing it twice is harmless. A 429 was not carried out, so it waits for its turn
/// and is sent again until the deadline; that uses up none of the attempts. Everything else is returned at once.
///
/// Waits grow twofold and are drawn at random between nothing and their full length, so that callers who failed together
/// do not come back together. Clones of a client share a budget of one retry for every five calls that succeed, and at least ten
/// per second, so that a vendor that is down is not trampled on.
///
/// # Example: an import that rather waits than fails
///
/// ```
/// use std::time::Duration;
///
/// use shoppers::Retries;
///
/// let retries = Retries::new().attempts(6).first_wait(Duration::from_millis(200));
/// assert_ne!(retries, Retries::new());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    throttled: bool,
}

impl Retries {
    /// Three attempts, the first wait up to 50 ms, none longer than 8 s.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(50),
            longest_wait: Duration::from_secs(8),
            throttled: true,
        }
    }

    /// None: every failure is returned at once, a 429 too.
    pub const fn off() -> Self {
        Self {
            attempts: 1,
            throttled: false,
            ..Self::new()
        }
    }

    /// Sets the number of attempts, not counting those that were answered 429. Default: 3.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest first wait. Default: 50 ms.
    pub const fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Sets the longest wait, unless the vendor asks for more. Default: 8 s.
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// The wait before the next attempt, after `attempts` have been made; `None` if there is none.
    ///
    /// `asked` is the vendor's wish and `random` is from 0 to 1.
    pub(crate) fn wait(
        &self,
        attempts: u32,
        resend: Resend,
        idempotency: Idempotency,
        asked: Option<Duration>,
        random: f64,
    ) -> Option<Duration> {
        let again = match resend {
            // The rate limiter does the waiting, until the deadline.
            Resend::WhenPermitted => return self.throttled.then_some(Duration::ZERO),
            Resend::Always => true,
            Resend::IfIdempotent => idempotency == Idempotency::Always,
            Resend::Never => false,
        };
        // The number of attempts comes before what the vendor asks for.
        (again && attempts < self.attempts).then(|| self.backoff(attempts, asked, random))
    }

    /// The wait after so many attempts, without a look at how many there may be.
    pub(crate) fn backoff(&self, attempts: u32, asked: Option<Duration>, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let full = self
            .first_wait
            .saturating_mul(doubled)
            .min(self.longest_wait);
        let wait = Duration::try_from_secs_f64(full.as_secs_f64() * random.clamp(0.0, 1.0));
        let wait = wait.unwrap_or(full).min(full);
        wait.max(asked.unwrap_or_default().min(LONGEST_ASKED))
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

/// The error of an attempt, or of a call that made none.
pub(crate) fn error(operation: &'static Operation, cause: Cause) -> Error {
    let class = classify(&cause);
    Error::new(Some(operation), cause, class)
}

/// The one table of what a failure means: its kind, the vendor's part in it, and on which condition the call is sent again.
///
/// [`Error::is_ambiguous`] and [`Retries::wait`] add whether the operation writes, and whether it is idempotent.
fn classify(cause: &Cause) -> Classification {
    use ErrorKind::*;
    use Outcome::{Done, NotSent, Refused, Unknown};
    use Resend::{Always, IfIdempotent, Never, WhenPermitted};

    let (kind, outcome, resend) = match cause {
        Cause::Invalid(..) => return Classification::INVALID,
        Cause::QueueFull(_) | Cause::NoPermit(_) => (Throttled, NotSent, Never),
        Cause::NotSent(_) => (Unavailable, NotSent, Always),
        Cause::Unanswered(_) => (Unavailable, Unknown, IfIdempotent),
        Cause::Unreadable { why, .. } => match why {
            error::Unreadable::Interrupted(_) => (Unreadable, Done, IfIdempotent),
            _ => (Unreadable, Done, Never),
        },
        Cause::SecretLost(_) => (Unavailable, Unknown, Never),
        Cause::Redirected => (Unexpected, Unknown, Never),
        Cause::Duplicates(_) => (Duplicate, Refused, Never),
        Cause::Answered { status, .. } => match status.as_u16() {
            400 | 413 | 422 => (Rejected, Refused, Never),
            401 | 403 => (Unauthorized, Refused, Never),
            404 => (NotFound, Refused, Never),
            409 => (Conflict, Refused, Never),
            429 => (Throttled, Refused, WhenPermitted),
            500 | 502 | 503 | 504 => (Unavailable, Unknown, IfIdempotent),
            501 | 505..=599 => (Unavailable, Unknown, Never),
            200..=499 => (Unexpected, Refused, Never),
            // Only a refusal says that nothing was carried out: neither 101 nor 600 does.
            _ => (Unexpected, Unknown, Never),
        },
    };
    Classification {
        kind,
        outcome,
        resend,
    }
}

/// Keeps retries from becoming a storm: one for every five calls that succeed, and at least ten per second.
pub(crate) fn budget() -> TpsBudget {
    TpsBudget::new(Duration::from_secs(10), 10, 0.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;
    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn a_call_is_tried_again_by_what_happened_and_what_it_would_do() {
        use Idempotency::{Always, Never};
        use Resend::{Always as AtOnce, IfIdempotent, Never as NotAgain, WhenPermitted};
        let cases = [
            (AtOnce, Always, true),
            (AtOnce, Never, true),
            (IfIdempotent, Always, true),
            (IfIdempotent, Never, false),
            (WhenPermitted, Always, true),
            (WhenPermitted, Never, true),
            (NotAgain, Always, false),
            (NotAgain, Never, false),
        ];

        for (resend, idempotency, expected) in cases {
            let wait = Retries::new().wait(1, resend, idempotency, None, 0.5);

            assert_eq!(wait.is_some(), expected, "{resend:?} {idempotency:?}");
            assert_eq!(Retries::off().wait(1, resend, idempotency, None, 0.5), None);
        }
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let cases = [
            (1, MS(50)),
            (2, MS(100)),
            (3, MS(200)),
            (8, MS(6400)),
            (9, S(8)),
            (40, S(8)),
            (u32::MAX - 1, S(8)),
        ];
        let retries = Retries::new().attempts(u32::MAX);

        for (attempts, full) in cases {
            for random in [0.0, 0.25, 1.0] {
                let wait = retries.wait(attempts, Resend::Always, Idempotency::Never, None, random);

                assert_eq!(wait, Some(full.mul_f64(random)), "after {attempts}");
            }
        }
    }

    #[test]
    fn retry_after_does_not_add_attempts() {
        let wait = |attempts, asked| {
            Retries::new().wait(
                attempts,
                Resend::IfIdempotent,
                Idempotency::Always,
                asked,
                1.0,
            )
        };

        assert_eq!(wait(1, Some(S(30))), Some(S(30)));
        assert_eq!(wait(1, Some(S(500))), Some(S(120)));
        assert_eq!(wait(1, Some(MS(1))), Some(MS(50)));
        assert_eq!(wait(2, Some(S(0))), Some(MS(100)));
        assert_eq!(wait(3, Some(S(30))), None);
        assert_eq!(wait(3, None), None);
    }

    #[test]
    fn a_429_uses_up_no_attempt() {
        for attempts in [0, 1, 3, 1000] {
            let wait = Retries::new().wait(
                attempts,
                Resend::WhenPermitted,
                Idempotency::Never,
                None,
                1.0,
            );

            assert_eq!(wait, Some(Duration::ZERO));
        }
    }

    #[test]
    fn odd_settings_do_no_harm() {
        let odd = Retries::new()
            .attempts(0)
            .first_wait(Duration::MAX)
            .longest_wait(Duration::MAX);

        assert_eq!(
            odd.wait(1, Resend::Always, Idempotency::Always, None, 1.0),
            None
        );
        let odd = odd.attempts(9);
        for random in [f64::NAN, f64::INFINITY, -1.0, 0.999] {
            let odd = odd.longest_wait(S(1));

            let wait = odd.wait(5, Resend::Always, Idempotency::Always, None, random);

            assert!(wait.is_some_and(|wait| wait <= S(1)), "{random}: {wait:?}");
        }
    }
}
