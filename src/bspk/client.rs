//! The client, and its operations.

use std::{fmt, sync::Arc};

use super::{
    Shopper, Upserted,
    generated::{Client as Generated, types::UpsertBody},
};
use crate::{
    ApiKey, Builder, Error,
    builder::{Wire, sealed::Sealed},
    call::{Operation, call, hooks},
};

const UPSERT_SHOPPER: Operation = Operation {
    vendor: "bspk",
    name: "upsert_shopper",
    writes: true,
};

/// A client of the BSPK Platform API for one key. It is cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    generated: Generated,
    host: String,
}

hooks!(Generated);

impl Client {
    /// Makes a client from the environment: `BSPK_API_KEY`, and for tests and proxies `BSPK_BASE_URL`.
    ///
    /// # Errors
    ///
    /// If `BSPK_API_KEY` is not set, or a variable holds what it may not ([`is_invalid`](Error::is_invalid)); the message
    /// names the variable.
    pub fn from_env() -> Result<Self, Error> {
        Builder::from_env()?.build()
    }

    /// Sets up a client for a key.
    pub fn builder(key: ApiKey) -> Builder<Self> {
        Builder::new(key)
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
    /// - More calls than BSPK allows: [`is_throttled`](Error::is_throttled).
    /// - No answer, or one in the 500s: [`is_ambiguous`](Error::is_ambiguous). With a `shopper_ref`, calling again is
    ///   harmless.
    /// - An answer that cannot be read: [`is_unreadable`](Error::is_unreadable). The shopper is stored.
    pub async fn upsert_shopper(&self, shopper: &Shopper) -> Result<Upserted, Error> {
        if let Some(shopper_ref) = &shopper.shopper_ref
            && shopper_ref.trim().is_empty()
        {
            return Err(Error::refused(
                &UPSERT_SHOPPER,
                "`shopper_ref` is blank; leave it out if the shopper has none",
            ));
        }
        let body = UpsertBody {
            shopper: Some(shopper.clone()),
        };
        let Inner { generated, host } = &*self.0;
        call(&UPSERT_SHOPPER, host, generated.upsert_shopper(&body))
            .await?
            .json()
    }
}

impl Sealed for Client {
    const HOST: &'static str = "https://api.bspk.com";
    const SCHEME: &'static str = "Bearer ";
    const KEY: &'static str = "BSPK_API_KEY";
    const BASE_URL: &'static str = "BSPK_BASE_URL";

    fn from_wire(wire: Wire) -> Self {
        Self(Arc::new(Inner {
            generated: Generated::new_with_client(&wire.base_url, wire.http, wire.signature),
            host: wire.host,
        }))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("bspk::Client")
            .field("host", &self.0.host)
            .finish_non_exhaustive()
    }
}
