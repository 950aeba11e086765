//! The client, and its operations.

use std::{fmt, sync::Arc};

use super::{
    By, Environment, Shopper, WriteResponse,
    creates::Creates,
    generated::{Client as Generated, KEY_HEADERS, PATHS, SEARCH_SHOPPERS, SearchShoppers, send},
};
use crate::{
    ApiKey, Builder, CallOptions, Error, Idempotency, Operation,
    auth::hooks,
    builder::{self, ClientParts, sealed::Sealed},
    core::{Call, Core, RawResponse, Sent},
    quota::Snapshot,
};

const ENVIRONMENT: &str = "GATSBY_ENVIRONMENT";

/// A client of the Gatsby Shopper API for one key. It is cheap to clone; clones share their connections, their quota and
/// their budget of retries.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    pub(super) options: CallOptions,
}

struct Inner {
    generated: Generated,
    core: Core,
    creates: Creates,
}

hooks!(Generated, KEY_HEADERS);

impl Client {
    /// Makes a client from the environment: `GATSBY_API_KEY`, and if they are set `GATSBY_ENVIRONMENT` (`production`, which is
    /// the default, or `development`), `GATSBY_QUOTA_FRACTION`, `GATSBY_DEADLINE` and `GATSBY_BASE_URL`; see
    /// [`Builder::from_env`].
    ///
    /// # Errors
    ///
    /// If `GATSBY_API_KEY` is not set, or a variable holds what cannot be used ([`is_invalid`](Error::is_invalid)); the
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

    /// The client's knowledge of the quota at this moment. Gatsby announces none, so there is nothing until it answers 429.
    pub fn quota(&self) -> Snapshot {
        self.inner.core.limiter.snapshot()
    }

    /// Searches for every shopper with an e-mail address, a phone number or a user name. None is an empty list.
    ///
    /// # Errors
    ///
    /// - Nothing to search by, or a phone that is not E.164: [`is_invalid`](Error::is_invalid),
    ///   nothing was sent.
    /// - An answer that is neither a shopper nor a list of them: [`is_unreadable`](Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    pub async fn search_shoppers(&self, by: By<'_>) -> Result<Vec<Shopper>, Error> {
        by.check()
            .map_err(|fault| Error::refused(&SEARCH_SHOPPERS, fault))?;
        let (email, phone, username) = by.parameters();
        let query = SearchShoppers {
            email: email.map(str::to_owned),
            phone: phone.map(str::to_owned),
            username: username.map(str::to_owned),
        };
        match send::search_shoppers(self, &query).await {
            Ok(answer) => matches(&answer),
            Err(err) if err.is_not_found() => Ok(Vec::new()),
            Err(err) => Err(err),
        }
    }

    /// Deletes a shopper by its id.
    ///
    /// # Errors
    ///
    /// - An id that cannot be one: [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - No such shopper: [`is_not_found`](Error::is_not_found).
    /// - No answer, or one in the 500s: [`is_ambiguous`](Error::is_ambiguous). Calling again is harmless.
    /// - A success whose body is HTML or an error object, as of a proxy: [`is_unreadable`](Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent: the shopper may be deleted. Calling again is harmless.
    pub async fn delete_shopper(&self, id: &str) -> Result<WriteResponse, Error> {
        let outcome = send::delete_shopper(self, id).await;
        let is_gone = match &outcome {
            Ok(_) => true,
            Err(err) => err.is_not_found(),
        };
        if is_gone {
            self.creates().forget(id);
        }
        match outcome {
            Ok(answer) => WriteResponse::read(answer),
            // An earlier attempt may have deleted it, and it is gone now, which is what was asked for.
            Err(err) if err.is_not_found() && err.is_ambiguous() => Ok(WriteResponse::gone(&err)),
            Err(err) => Err(err),
        }
    }

    /// The creates of [`ensure_shopper`](Self::ensure_shopper) by this client and its clones.
    pub(super) fn creates(&self) -> &Creates {
        &self.inner.creates
    }

    /// Makes a call of progenitor's client.
    pub(super) async fn call<'a, F: Future<Output = Sent>>(
        &'a self,
        operation: &'static Operation,
        idempotency: Idempotency,
        send: impl Fn(&'a Generated) -> F,
    ) -> Result<RawResponse, Error> {
        let Inner {
            generated, core, ..
        } = &*self.inner;
        let call = Call {
            core,
            options: self.options,
            operation,
            idempotency,
        };
        call.make(|| send(generated)).await
    }
}

impl Builder<Client> {
    /// Which of Gatsby's hosts to call. Default: [`Environment::Production`].
    ///
    /// It is a short form of [`base_url`](Self::base_url); the one that is called last counts.
    pub fn environment(self, environment: Environment) -> Self {
        self.base_url(environment.host())
    }
}

impl Sealed for Client {
    const HOST: &'static str = Environment::Production.host();
    const SCHEME: &'static str = "";
    const KEY: &'static str = "GATSBY_API_KEY";
    const BASE_URL: &'static str = "GATSBY_BASE_URL";
    const QUOTA_FRACTION: &'static str = "GATSBY_QUOTA_FRACTION";
    const QUOTA_STORE: &'static str = "GATSBY_QUOTA_STORE";
    const DEADLINE: &'static str = "GATSBY_DEADLINE";
    const PATHS: &'static [&'static str] = PATHS;
    const ANNOUNCES_LIMIT: bool = false;

    fn host_from_env() -> Result<&'static str, Error> {
        let Some(name) = builder::variable(ENVIRONMENT)? else {
            return Ok(Self::HOST);
        };
        let environment: Environment = name
            .parse()
            .map_err(|err| builder::in_variable(ENVIRONMENT, &err))?;
        Ok(environment.host())
    }

    fn from_parts(parts: ClientParts) -> Self {
        Self {
            inner: Arc::new(Inner {
                generated: Generated::new_with_client(
                    &parts.core.base_url,
                    parts.http,
                    parts.authorizer,
                ),
                core: parts.core,
                creates: Creates::default(),
            }),
            options: parts.options,
        }
    }

    fn core(&self) -> &Core {
        &self.inner.core
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("gatsby::Client")
            .field("host", &self.inner.core.host)
            .finish_non_exhaustive()
    }
}

/// The shoppers in the answer to a search.
fn matches(answer: &RawResponse) -> Result<Vec<Shopper>, Error> {
    match answer.body.trim_ascii() {
        b"" | b"null" | b"{}" => Ok(Vec::new()),
        [b'[', ..] => {
            let shoppers: Vec<Option<Shopper>> = answer.json()?;
            Ok(shoppers.into_iter().flatten().collect())
        }
        _ => Ok(vec![answer.json()?]),
    }
}
