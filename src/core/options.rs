//! Time limits and retries of a call.

use std::time::Duration;

use crate::Retries;

/// Time limits and retries, of a client or of one call.
///
/// # Example: a page that cannot wait, with the client of an import that can
///
/// ```
/// use std::time::Duration;
///
/// use shoppers::{ApiKey, Retries, gatsby};
///
/// let patient = gatsby::Client::builder(ApiKey::new("pk_4711")?)
///     .deadline(Duration::from_secs(600))
///     .build()?;
/// let hasty = patient.with(|call| call.deadline(Duration::from_secs(2)).retries(Retries::off()));
/// # drop(hasty);
/// # Ok::<(), shoppers::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallOptions {
    pub(crate) deadline: Duration,
    pub(crate) attempt_timeout: Duration,
    /// `None`: the default.
    min_attempt_time: Option<Duration>,
    pub(crate) retries: Retries,
    pub(crate) settling_time: Duration,
    /// The deadline begins to run with the first permit: one of many calls that follow the quota waits for as long as that
    /// takes.
    pub(crate) deadline_from_permit: bool,
}

impl CallOptions {
    /// Sets the time for the whole call, with all its waits. Default: 60 s.
    ///
    /// A wait that cannot fit into what is left of it is not begun: the call fails at once.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the time for one attempt, from sending to the end of the answer. Default: 15 s.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// The time that has to be left of the deadline for a call to be sent, so that its answer can still come. Default: 1 s,
    /// or a quarter of the deadline if that is less.
    ///
    /// With less than that left a call is not sent, nor sent again: its permit came too late, and a write that is cut off
    /// while it is under way would be ambiguous. Set it to what an answer usually takes. More than the attempt timeout or
    /// the whole deadline counts as that.
    pub const fn min_attempt_time(mut self, time: Duration) -> Self {
        self.min_attempt_time = Some(time);
        self
    }

    /// Sets the attempts, and the waits in between. Default: [`Retries::new`].
    pub const fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Sets how long [`ensure_shopper`](crate::gatsby::Client::ensure_shopper) looks for a shopper after a create whose outcome
    /// is unknown. Default: 45 s.
    ///
    /// Gatsby may carry out a create after the client has stopped waiting for it, and a search may lag behind, so make it
    /// well longer than the [`attempt_timeout`](Self::attempt_timeout). The [`deadline`](Self::deadline) ends it, too.
    pub const fn settling_time(mut self, time: Duration) -> Self {
        self.settling_time = time;
        self
    }

    /// The least time that an attempt has to have.
    pub(crate) fn least_attempt(&self) -> Duration {
        const DEFAULT: Duration = Duration::from_secs(1);
        self.min_attempt_time
            .unwrap_or(DEFAULT.min(self.deadline / 4))
            .min(self.attempt_timeout)
            .min(self.deadline)
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(15),
            min_attempt_time: None,
            retries: Retries::new(),
            settling_time: Duration::from_secs(45),
            deadline_from_permit: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn an_attempt_has_a_second_or_a_quarter_of_a_short_deadline() {
        // The deadline, the attempt timeout, what is set, and the least time of an attempt.
        let cases = [
            (60_000, 15_000, None, 1_000),
            (2_000, 15_000, None, 500),
            (100, 15_000, None, 25),
            (60_000, 300, None, 300),
            (0, 15_000, None, 0),
            (60_000, 15_000, Some(5_000), 5_000),
            (60_000, 15_000, Some(0), 0),
            (60_000, 15_000, Some(20_000), 15_000),
            (3_000, 15_000, Some(5_000), 3_000),
        ];

        for (deadline, timeout, set, expected) in cases {
            let mut options = CallOptions::default()
                .deadline(MS(deadline))
                .attempt_timeout(MS(timeout));
            if let Some(time) = set {
                options = options.min_attempt_time(MS(time));
            }

            assert_eq!(options.least_attempt(), MS(expected), "{options:?}");
        }
    }
}
