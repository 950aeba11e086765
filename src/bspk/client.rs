//! The client, and its operations.

use std::{fmt, sync::Arc};

use super::{
    Shopper,
    generated::{Client as Generated, KEY_HEADERS, PATHS, UPSERT_SHOPPER},
};
use crate::{
    ApiKey, Builder, CallOptions, Error, Idempotency, Operation,
    auth::hooks,
    builder::{ClientParts, sealed::Sealed},
    core::{Call, Core, RawResponse, Sent},
    pages::{self, Cursor, Lists},
    quota::Snapshot,
    validation::{Validate, ValidationError, is_blank},
};

/// A client of the BSPK Platform API for one key. It is cheap to clone; clones share their connections, their quota and
/// their budget of retries.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    pub(super) options: CallOptions,
    is_head: bool,
}

struct Inner {
    generated: Generated,
    /// The same, which sends `HEAD` for each operation.
    heads: Generated,
    core: Core,
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
        self.inner.core.limiter.snapshot()
    }

    /// Makes a call of progenitor's client.
    pub(super) async fn call<'a, F: Future<Output = Sent>>(
        &'a self,
        operation: &'static Operation,
        idempotency: Idempotency,
        send: impl Fn(&'a Generated) -> F,
    ) -> Result<RawResponse, Error> {
        let Inner {
            generated,
            heads,
            core,
        } = &*self.inner;
        let generated = if self.is_head { heads } else { generated };
        let call = Call {
            core,
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
    ) -> Result<RawResponse, Error> {
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
    fn validate(&self, _: &Operation) -> Result<(), ValidationError> {
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

    fn from_parts(parts: ClientParts) -> Self {
        let authorizers = [parts.authorizer.heads(), parts.authorizer];
        let [heads, generated] = authorizers.map(|authorizer| {
            Generated::new_with_client(&parts.core.base_url, parts.http.clone(), authorizer)
        });
        Self {
            inner: Arc::new(Inner {
                generated,
                heads,
                core: parts.core,
            }),
            options: parts.options,
            is_head: false,
        }
    }

    fn core(&self) -> &Core {
        &self.inner.core
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("bspk::Client")
            .field("host", &self.inner.core.host)
            .finish_non_exhaustive()
    }
}
