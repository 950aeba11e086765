//! How long a call may take, and how hard it tries.

use std::time::Duration;

use crate::Retries;

/// How long a call may take, and how hard it tries: of a client, or of one call of it.
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
    pub(crate) retries: Retries,
    pub(crate) settling_time: Duration,
}

impl CallOptions {
    /// How long the whole call may take, with all its waits. Default: 60 s.
    ///
    /// A wait that cannot fit into what is left of it is not begun: the call fails at once.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long one attempt may take, from sending to the end of the answer. Default: 15 s.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How often a call is tried, and how long to wait in between. Default: [`Retries::new`].
    pub const fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// How long [`ensure_shopper`](crate::gatsby::Client::ensure_shopper) looks for a shopper after a create whose outcome
    /// is unknown. Default: 45 s.
    ///
    /// Gatsby may carry out a create after the client has stopped waiting for it, and a search may lag behind, so make it
    /// well longer than the [`attempt_timeout`](Self::attempt_timeout). The [`deadline`](Self::deadline) ends it, too.
    pub const fn settling_time(mut self, time: Duration) -> Self {
        self.settling_time = time;
        self
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(15),
            retries: Retries::new(),
            settling_time: Duration::from_secs(45),
        }
    }
}
