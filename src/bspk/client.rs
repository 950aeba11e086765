//! The client, and its operations.

use std::{fmt, sync::Arc};

use futures_util::Stream;

use super::{
    Shopper, Upserts,
    generated::{Client as Generated, KEY_HEADERS, PATHS, UPSERT_SHOPPER},
};
use crate::{
    ApiKey, Builder, CallOptions, Error, Idempotency, Operation,
    blank::is_blank,
    builder::{Wire, sealed::Sealed},
    call::{Answer, Call, Line, Sent},
    call_options::Clock,
    error::Lost,
    operation::Validate,
    pages::{self, Cursor, Lists},
    quota::Snapshot,
    signature::hooks,
};

/// A client of the BSPK Platform API for one key. It is cheap to clone; clones share their connections, their quota and
/// their budget of retries.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    options: CallOptions,
    is_head: bool,
}

struct Inner {
    generated: Generated,
    /// The same, which sends `HEAD` for each operation.
    heads: Generated,
    line: Line,
}

hooks!(Generated, KEY_HEADERS);

impl Client {
    /// Makes a client from the environment: `BSPK_API_KEY`, and if they are set `BSPK_QUOTA_FRACTION`, `BSPK_DEADLINE` and
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
            is_head: self.is_head,
        }
    }

    /// The client's knowledge of the quota at this moment.
    pub fn quota(&self) -> Snapshot {
        self.inner.line.limiter.snapshot()
    }

    /// Upserts many shoppers at once, as fast as the quota allows, and gives the outcome of each with its position in the
    /// input, in the order in which they end.
    ///
    /// The input is read no further than calls can be made, so memory does not grow with it. Calls go on while no
    /// outcome is asked for; finished ones are kept until then.
    ///
    /// A call's deadline begins to run when it has its permit, however long that takes. It has to be polled within a tokio
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
        Upserts::new(self.with(|call| call.clock(Clock::FromTurn)), shoppers)
    }

    /// Makes a call of progenitor's client.
    pub(super) async fn call<'a, F: Future<Output = Sent>>(
        &'a self,
        operation: &'static Operation,
        idempotency: Idempotency,
        send: impl Fn(&'a Generated) -> F,
    ) -> Result<Answer, Error> {
        let Inner {
            generated,
            heads,
            line,
        } = &*self.inner;
        let generated = if self.is_head { heads } else { generated };
        let call = Call {
            line,
            options: self.options,
            operation,
            idempotency,
        };
        call.make(|| send(generated)).await
    }
}

impl Lists for Client {
    async fn follow(
        &self,
        operation: &'static Operation,
        cursor: &Cursor,
    ) -> Result<Answer, Error> {
        self.call(operation, operation.idempotency, |generated| {
            pages::get(generated, operation, cursor.below(generated.inner.base()))
        })
        .await
    }

    fn heads(&self) -> Self {
        Self {
            is_head: true,
            ..self.clone()
        }
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
        self.validate(&UPSERT_SHOPPER).map_err(Error::invalid)
    }
}

impl Validate for Shopper {
    fn validate(&self, _: &Operation) -> Result<(), &'static str> {
        if self.shopper_ref.as_deref().is_some_and(is_blank) {
            return Err("`shopper_ref` is blank; leave it out if the shopper has none");
        }
        Ok(())
    }
}

impl Sealed for Client {
    const HOST: &'static str = "https://api.bspk.com";
    const SCHEME: &'static str = "Bearer ";
    const KEY: &'static str = "BSPK_API_KEY";
    const BASE_URL: &'static str = "BSPK_BASE_URL";
    const QUOTA_FRACTION: &'static str = "BSPK_QUOTA_FRACTION";
    const QUOTA_STORE: &'static str = "BSPK_QUOTA_STORE";
    const DEADLINE: &'static str = "BSPK_DEADLINE";
    const PATHS: &'static [&'static str] = PATHS;
    const ANNOUNCES_LIMIT: bool = true;

    fn from_wire(wire: Wire) -> Self {
        let signatures = [wire.signature.heads(), wire.signature];
        let [heads, generated] = signatures.map(|signature| {
            Generated::new_with_client(&wire.line.base_url, wire.http.clone(), signature)
        });
        Self {
            inner: Arc::new(Inner {
                generated,
                heads,
                line: wire.line,
            }),
            options: wire.options,
            is_head: false,
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
