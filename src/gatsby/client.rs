//! The client, and its operations.

use std::{fmt, sync::Arc};

use serde::Deserialize;

use super::{
    By, Environment, Shopper, ShopperInput, Written,
    creates::Creates,
    generated::{Client as Generated, PATHS},
};
use crate::{
    ApiKey, Builder, CallOptions, Error,
    builder::{self, Wire, sealed::Sealed},
    call::{Answer, Call, Clock, Line, Operation, Sent},
    quota::{Announced, Snapshot},
    retry::Replay,
    signature::hooks,
};

const ENVIRONMENT: &str = "GATSBY_ENVIRONMENT";

/// Version 1.1 answers with every match; without it Gatsby picks one.
const SEARCH_VERSION: &str = "1.1";

pub(super) const CREATE_SHOPPER: Operation = operation("create_shopper", true);
const GET_SHOPPER: Operation = operation("get_shopper", false);
pub(super) const SEARCH_SHOPPERS: Operation = operation("search_shoppers", false);
const UPDATE_SHOPPER: Operation = operation("update_shopper", true);
const DELETE_SHOPPER: Operation = operation("delete_shopper", true);

const fn operation(name: &'static str, writes: bool) -> Operation {
    Operation {
        vendor: "gatsby",
        name,
        writes,
    }
}

/// A client of the Gatsby Shopper API for one key. It is cheap to clone; clones share their connections, their quota and
/// their budget of retries.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    pub(super) options: CallOptions,
}

struct Inner {
    generated: Generated,
    line: Line,
    creates: Creates,
}

hooks!(Generated);

impl Client {
    /// Makes a client from the environment: `GATSBY_API_KEY`, and if they are set `GATSBY_ENVIRONMENT` (`production`, which is
    /// the default, or `development`), `GATSBY_QUOTA_SHARE`, `GATSBY_DEADLINE` and `GATSBY_BASE_URL`; see
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

    /// What is known about the quota at this moment. Gatsby announces none, so that is nothing until it answers 429.
    pub fn quota(&self) -> Snapshot {
        self.inner.line.quota.snapshot()
    }

    /// Creates a shopper.
    ///
    /// Sent twice, it makes two shoppers, so it is not tried again once it may have happened. After an error that
    /// [`is_ambiguous`](Error::is_ambiguous), search before you do, or leave that to
    /// [`ensure_shopper`](Self::ensure_shopper).
    ///
    /// # Errors
    ///
    /// - No email, phone or userName in any channel, or a phone that is not E.164:
    ///   [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - A key that is not accepted: [`is_unauthorized`](Error::is_unauthorized).
    /// - A value that Gatsby does not accept: [`is_rejected`](Error::is_rejected).
    /// - No answer, or one in the 500s: [`is_ambiguous`](Error::is_ambiguous).
    /// - A success whose body is HTML or an error object, as of a proxy: [`is_unreadable`](Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent: the shopper may be created, its id is lost, and calling again makes
    /// a second one. Run the call in [a task of its own](crate::deploying#calls-that-are-dropped).
    pub async fn create_shopper(&self, shopper: &ShopperInput) -> Result<Written, Error> {
        shopper
            .check_keys()
            .map_err(|lacking| Error::refused(&CREATE_SHOPPER, lacking.message()))?;
        let answer = self
            .call(&CREATE_SHOPPER, |generated| {
                generated.create_shopper(shopper)
            })
            .await?;
        Written::read(answer)
    }

    /// Gets a shopper by its id.
    ///
    /// # Errors
    ///
    /// - An id that cannot be one: [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - No such shopper: [`is_not_found`](Error::is_not_found).
    /// - An answer that is no shopper: [`is_unreadable`](Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    pub async fn get_shopper(&self, id: &str) -> Result<Shopper, Error> {
        check_id(&GET_SHOPPER, id)?;
        self.call(&GET_SHOPPER, |generated| generated.get_shopper(id))
            .await?
            .json()
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
            .map_err(|lacking| Error::refused(&SEARCH_SHOPPERS, lacking.message()))?;
        let (email, phone, username) = by.parameters();
        let outcome = self
            .call(&SEARCH_SHOPPERS, |generated| {
                generated.search_shoppers(email, phone, username, SEARCH_VERSION)
            })
            .await;
        match outcome {
            Ok(answer) => matches(&answer),
            Err(err) if err.is_not_found() => Ok(Vec::new()),
            Err(err) => Err(err),
        }
    }

    /// Updates a shopper by its id.
    ///
    /// # Errors
    ///
    /// - An id that cannot be one, or a phone that is not E.164:
    ///   [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - No such shopper: [`is_not_found`](Error::is_not_found).
    /// - A value that Gatsby does not accept: [`is_rejected`](Error::is_rejected).
    /// - No answer, or one in the 500s: [`is_ambiguous`](Error::is_ambiguous). Calling again is harmless.
    /// - A success whose body is HTML or an error object, as of a proxy: [`is_unreadable`](Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent: the shopper may be updated. Calling again is harmless.
    pub async fn update_shopper(&self, id: &str, shopper: &ShopperInput) -> Result<Written, Error> {
        check_id(&UPDATE_SHOPPER, id)?;
        shopper
            .check_phone()
            .map_err(|lacking| Error::refused(&UPDATE_SHOPPER, lacking.message()))?;
        let answer = self
            .call(&UPDATE_SHOPPER, |generated| {
                generated.update_shopper(id, shopper)
            })
            .await?;
        Written::read(answer)
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
    pub async fn delete_shopper(&self, id: &str) -> Result<Written, Error> {
        check_id(&DELETE_SHOPPER, id)?;
        let outcome = self
            .call(&DELETE_SHOPPER, |generated| generated.delete_shopper(id))
            .await;
        let is_gone = match &outcome {
            Ok(_) => true,
            Err(err) => err.is_not_found(),
        };
        if is_gone {
            self.creates().forget(id);
        }
        match outcome {
            Ok(answer) => Written::read(answer),
            // An earlier attempt may have deleted it, and it is gone now, which is what was asked for.
            Err(err) if err.is_not_found() && err.is_ambiguous() => Ok(Written::gone(&err)),
            Err(err) => Err(err),
        }
    }

    /// The creates of [`ensure_shopper`](Self::ensure_shopper) by this client and its clones.
    pub(super) fn creates(&self) -> &Creates {
        &self.inner.creates
    }

    async fn call<'a, F: Future<Output = Sent>>(
        &'a self,
        operation: &'static Operation,
        send: impl Fn(&'a Generated) -> F,
    ) -> Result<Answer, Error> {
        let Inner {
            generated, line, ..
        } = &*self.inner;
        let call = Call {
            line,
            options: self.options,
            operation,
            replay: replay(operation),
            clock: Clock::FromCall,
        };
        call.make(|| send(generated)).await
    }
}

impl Sealed for Client {
    const HOST: &'static str = Environment::Production.host();
    const SCHEME: &'static str = "";
    const KEY: &'static str = "GATSBY_API_KEY";
    const BASE_URL: &'static str = "GATSBY_BASE_URL";
    const QUOTA_SHARE: &'static str = "GATSBY_QUOTA_SHARE";
    const DEADLINE: &'static str = "GATSBY_DEADLINE";
    const PATHS: &'static [&'static str] = PATHS;
    const ANNOUNCED: Announced = Announced::Never;

    fn host_from_env() -> Result<&'static str, Error> {
        let Some(name) = builder::variable(ENVIRONMENT)? else {
            return Ok(Self::HOST);
        };
        let environment: Environment = name
            .parse()
            .map_err(|err| builder::in_variable(ENVIRONMENT, &err))?;
        Ok(environment.host())
    }

    fn from_wire(wire: Wire) -> Self {
        Self {
            inner: Arc::new(Inner {
                generated: Generated::new_with_client(
                    &wire.line.base_url,
                    wire.http,
                    wire.signature,
                ),
                line: wire.line,
                creates: Creates::default(),
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
        f.debug_struct("gatsby::Client")
            .field("host", &self.inner.line.host)
            .finish_non_exhaustive()
    }
}

/// Whether doing it twice does harm. A delete of what is gone and an update to what is there change nothing; an operation
/// that nobody thought about is not sent twice.
fn replay(operation: &Operation) -> Replay {
    match operation.name {
        "get_shopper" | "search_shoppers" | "update_shopper" | "delete_shopper" => Replay::Harmless,
        _ => Replay::Harmful,
    }
}

/// Refuses an id that would lead to another path: `DELETE /public/shopper/..` is `DELETE /public/`, and a backslash is a
/// slash to a URL.
fn check_id(operation: &'static Operation, id: &str) -> Result<(), Error> {
    if id.trim().is_empty() || id == "." || id == ".." || id.contains(['/', '\\']) {
        return Err(Error::refused(
            operation,
            "the id is empty, `.`, `..`, or holds a slash; an id is the `_id` of a shopper",
        ));
    }
    Ok(())
}

/// The shoppers in the answer to a search.
fn matches(answer: &Answer) -> Result<Vec<Shopper>, Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Matches {
        Many(Vec<Option<Shopper>>),
        One(Box<Shopper>),
    }

    if let b"" | b"null" | b"{}" = answer.body().trim_ascii() {
        return Ok(Vec::new());
    }
    Ok(match answer.json()? {
        Matches::Many(shoppers) => shoppers.into_iter().flatten().collect(),
        Matches::One(shopper) => vec![*shopper],
    })
}
