//! The client, and its operations.

use std::{fmt, sync::Arc};

use futures_util::Stream;

use super::{
    Shopper, Upserted, Upserts,
    generated::{Client as Generated, PATHS, types::UpsertBody},
};
use crate::{
    ApiKey, Builder, CallOptions, Error,
    blank::is_blank,
    builder::{Wire, sealed::Sealed},
    call::{Call, Clock, Line, Operation},
    error::Lost,
    quota::{Announced, Snapshot},
    retry::Replay,
    signature::hooks,
};

const UPSERT_SHOPPER: Operation = Operation {
    vendor: "bspk",
    name: "upsert_shopper",
    writes: true,
};

/// A client of the BSPK Platform API for one key. It is cheap to clone; clones share their connections, their quota and
/// their budget of retries.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    options: CallOptions,
}

struct Inner {
    generated: Generated,
    line: Line,
}

hooks!(Generated);

impl Client {
    /// Makes a client from the environment: `BSPK_API_KEY`, and if they are set `BSPK_QUOTA_SHARE`, `BSPK_DEADLINE` and
    /// `BSPK_BASE_URL`; see [`Builder::from_env`].
    ///
    /// # Errors
    ///
    /// If `BSPK_API_KEY` is not set, or a variable holds what cannot be used ([`is_invalid`](Error::is_invalid)); the
    /// message names the variable and what it should hold.
    pub fn from_env() -> Result<Self, Error> {
        Builder::from_env()?.build()
    }

    /// Sets up a client for a key.
    pub fn builder(key: ApiKey) -> Builder<Self> {
        Builder::new(key)
    }

    /// The same client with other options, for one call or for many.
    pub fn with(&self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        Self {
            inner: self.inner.clone(),
            options: change(self.options),
        }
    }

    /// What is known about the quota at this moment.
    pub fn quota(&self) -> Snapshot {
        self.inner.line.quota.snapshot()
    }

    /// Creates a shopper, or updates the one with the same `shopper_ref`.
    ///
    /// Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper although it has doubts; those are in
    /// [`warnings`](Upserted::warnings).
    ///
    /// # Errors
    ///
    /// - A `shopper_ref` that is blank: [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - A value that BSPK does not accept: [`is_rejected`](Error::is_rejected), with [`problems`](Error::problems).
    /// - A key that is not accepted: [`is_unauthorized`](Error::is_unauthorized).
    /// - No room in the quota before the deadline, or a 429 until then: [`is_throttled`](Error::is_throttled), with the
    ///   wait in [`retry_after`](Error::retry_after).
    /// - No answer, or one in the 500s: [`is_ambiguous`](Error::is_ambiguous). With a `shopper_ref` it was tried again,
    ///   and calling once more is harmless.
    /// - An answer that cannot be read: [`is_unreadable`](Error::is_unreadable). The shopper is stored.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent: the shopper may be stored. With a `shopper_ref`, calling again is
    /// harmless; without one it may make a second shopper, so run the call in
    /// [a task of its own](crate::deploying#calls-that-are-dropped).
    ///
    /// # Example: a shopper of your own system
    ///
    /// ```no_run
    /// use shoppers::bspk;
    ///
    /// # async fn example(bspk: bspk::Client) -> Result<(), shoppers::Error> {
    /// let shopper = bspk::Shopper {
    ///     shopper_ref: Some("CLI-789".into()),
    ///     email: Some("john@example.com".into()),
    ///     ..Default::default()
    /// };
    /// let stored = bspk.upsert_shopper(&shopper).await?;
    /// println!("stored as {}", stored.id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn upsert_shopper(&self, shopper: &Shopper) -> Result<Upserted, Error> {
        self.upsert(shopper, Clock::FromCall).await
    }

    /// Upserts many shoppers at once, as fast as the quota allows, and gives the outcome of each with its position in the
    /// input, in the order in which they end.
    ///
    /// The input is read no further than calls can be made, so memory does not grow with it. Calls go on while nobody
    /// asks for an outcome; finished ones are kept until somebody does.
    ///
    /// A call's deadline begins to run when it has its turn, however long that takes. It has to be polled within a tokio
    /// runtime. If that is shut down while calls are under way, the outcomes of those are errors that are
    /// [ambiguous](Error::is_ambiguous), and the stream goes on in the runtime that it is polled in next.
    ///
    /// # Cancellation
    ///
    /// Dropping the stream drops the calls that are under way, and their shoppers may be stored. To stop early, call
    /// [`Upserts::stop`] and take the outcomes that are left.
    ///
    /// # Example: an import
    ///
    /// ```no_run
    /// use futures_util::{StreamExt, stream};
    /// use shoppers::bspk;
    ///
    /// # async fn example(bspk: bspk::Client, shoppers: Vec<bspk::Shopper>) {
    /// let mut outcomes = bspk.upsert_shoppers(stream::iter(shoppers));
    /// while let Some((position, outcome)) = outcomes.next().await {
    ///     match outcome {
    ///         Ok(stored) => println!("row {position} is {}", stored.id),
    ///         Err(err) if err.is_ambiguous() => println!("row {position} may be stored: {err}"),
    ///         Err(err) => println!("row {position} is not stored: {err}"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn upsert_shoppers<S>(&self, shoppers: S) -> Upserts<S>
    where
        S: Stream<Item = Shopper>,
    {
        Upserts::new(self.clone(), shoppers)
    }

    pub(super) async fn upsert(&self, shopper: &Shopper, clock: Clock) -> Result<Upserted, Error> {
        shopper
            .fault()
            .map_or(Ok(()), |fault| Err(Error::refused(&UPSERT_SHOPPER, fault)))?;
        let body = UpsertBody {
            shopper: Some(shopper),
        };
        let Inner { generated, line } = &*self.inner;
        let call = Call {
            line,
            options: self.options,
            operation: &UPSERT_SHOPPER,
            // BSPK finds its record by the `shopper_ref`; without one it makes another.
            replay: match shopper.shopper_ref {
                Some(_) => Replay::Harmless,
                None => Replay::Harmful,
            },
            clock,
        };
        call.make(|| generated.upsert_shopper(&body)).await?.json()
    }
}

/// The error of an upsert that was under way when its runtime was shut down.
pub(super) fn runtime_gone() -> Error {
    Error::unanswered(&UPSERT_SHOPPER, Lost::RuntimeGone)
}

/// The error of an upsert that cannot be begun.
pub(super) fn no_runtime() -> Error {
    Error::no_runtime(&UPSERT_SHOPPER)
}

impl Shopper {
    /// Checks it as [`upsert_shopper`](Client::upsert_shopper) does before it sends anything, so that a file can be looked through without
    /// a key.
    ///
    /// # Errors
    ///
    /// A `shopper_ref` that is blank: [`is_invalid`](Error::is_invalid).
    pub fn check(&self) -> Result<(), Error> {
        self.fault()
            .map_or(Ok(()), |fault| Err(Error::invalid(fault)))
    }

    fn fault(&self) -> Option<&'static str> {
        let blank = is_blank(self.shopper_ref.as_ref()?);
        blank.then_some("`shopper_ref` is blank; leave it out if the shopper has none")
    }
}

impl Sealed for Client {
    const HOST: &'static str = "https://api.bspk.com";
    const SCHEME: &'static str = "Bearer ";
    const KEY: &'static str = "BSPK_API_KEY";
    const BASE_URL: &'static str = "BSPK_BASE_URL";
    const QUOTA_SHARE: &'static str = "BSPK_QUOTA_SHARE";
    const DEADLINE: &'static str = "BSPK_DEADLINE";
    const PATHS: &'static [&'static str] = PATHS;
    const ANNOUNCED: Announced = Announced::Expected;

    fn from_wire(wire: Wire) -> Self {
        Self {
            inner: Arc::new(Inner {
                generated: Generated::new_with_client(
                    &wire.line.base_url,
                    wire.http,
                    wire.signature,
                ),
                line: wire.line,
            }),
            options: wire.options,
        }
    }

    fn line(&self) -> &Line {
        &self.inner.line
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("bspk::Client")
            .field("host", &self.inner.line.host)
            .finish_non_exhaustive()
    }
}
