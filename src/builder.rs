//! The settings of a client, by code or by the environment.

use std::{env, fmt, marker::PhantomData, time::Duration};

use reqwest::{
    header::{HeaderValue, USER_AGENT},
    redirect,
};

use crate::{
    ApiKey, CallOptions, Error, Retries,
    auth::Authorizer,
    base_url::{self, Place},
    core::Core,
    quota::{RateLimiter, Settings},
    retry,
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// BSPK counts per 10 seconds (specs/bspk, "Throttling").
const WINDOW: Duration = Duration::from_secs(10);

/// A hundred thousand waiting callers are an import without a bound, and some hundred megabytes.
const QUEUE: usize = 100_000;

/// Sets up a client; [`bspk::Client::builder`](crate::bspk::Client::builder) and
/// [`gatsby::Client::builder`](crate::gatsby::Client::builder) make one.
///
/// # Example: a client for each of many brands, with one pool of connections
///
/// ```
/// use shoppers::{ApiKey, bspk, http_client};
///
/// let http = http_client().build()?;
/// let keys = [ApiKey::new("brand_1")?, ApiKey::new("brand_2")?];
///
/// let clients: Vec<bspk::Client> = keys
///     .into_iter()
///     .map(|key| bspk::Client::builder(key).http(http.clone()).build())
///     .collect::<Result<_, _>>()?;
/// assert_eq!(clients.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C> {
    key: ApiKey,
    base_url: String,
    http: Option<reqwest::Client>,
    /// `None`: our own.
    user_agent: Option<String>,
    options: CallOptions,
    quota: Settings,
    shared: Option<RateLimiter>,
    #[cfg(feature = "redis")]
    store: Option<std::sync::Arc<dyn crate::quota::QuotaStore>>,
    client: PhantomData<fn() -> C>,
}

/// A client that a [`Builder`] can make. Only this crate has such.
pub trait Buildable: sealed::Sealed {}

impl<C: sealed::Sealed> Buildable for C {}

pub(crate) mod sealed {
    use super::{ClientParts, Core, Error};

    pub trait Sealed: Sized {
        /// The vendor's base URL.
        const HOST: &'static str;
        /// The text in front of the key.
        const SCHEME: &'static str;
        /// The variable that holds the key.
        const KEY: &'static str;
        /// The variable that holds another base URL.
        const BASE_URL: &'static str;
        /// The variable that holds the client's part of the quota.
        const QUOTA_FRACTION: &'static str;
        /// The variable that holds the URL of the quota store.
        const QUOTA_STORE: &'static str;
        /// The variable that holds the deadline of a call.
        const DEADLINE: &'static str;
        /// The paths that are the same for every call.
        const PATHS: &'static [&'static str];
        /// `true` if the vendor's answers state its limit.
        const ANNOUNCES_LIMIT: bool;

        /// Reads the variable that names one of several hosts, for a vendor that has them.
        #[doc(hidden)]
        fn host_from_env() -> Result<&'static str, Error> {
            Ok(Self::HOST)
        }

        #[doc(hidden)]
        fn from_parts(parts: ClientParts) -> Self;

        #[doc(hidden)]
        fn core(&self) -> &Core;
    }
}

/// The parts of a client.
pub struct ClientParts {
    pub(crate) http: reqwest::Client,
    pub(crate) authorizer: Authorizer,
    pub(crate) core: Core,
    pub(crate) options: CallOptions,
}

impl<C: Buildable> Builder<C> {
    pub(crate) fn new(key: ApiKey) -> Self {
        Self {
            key,
            base_url: C::HOST.to_owned(),
            http: None,
            user_agent: None,
            options: CallOptions::default(),
            quota: Settings {
                announces_limit: C::ANNOUNCES_LIMIT,
                window: WINDOW,
                fraction: 1.0,
                max_waiters: QUEUE,
            },
            shared: None,
            #[cfg(feature = "redis")]
            store: None,
            client: PhantomData,
        }
    }

    /// Reads the key and the settings from the environment; what is set afterwards goes before.
    ///
    /// | BSPK | Gatsby | |
    /// | --- | --- | --- |
    /// | `BSPK_API_KEY` | `GATSBY_API_KEY` | the key; it has to be set |
    /// | | `GATSBY_ENVIRONMENT` | `production` or `development` ([`environment`](Builder::environment)) |
    /// | `BSPK_BASE_URL` | `GATSBY_BASE_URL` | where to send the calls ([`base_url`](Self::base_url)); it goes before the environment |
    /// | `BSPK_QUOTA_FRACTION` | `GATSBY_QUOTA_FRACTION` | this process's part of the quota ([`quota_fraction`](Self::quota_fraction)), such as `0.25` |
    /// | `BSPK_QUOTA_STORE` | `GATSBY_QUOTA_STORE` | the URL of a Redis server through which processes share the quota (feature `redis`) |
    /// | `BSPK_DEADLINE` | `GATSBY_DEADLINE` | how long a call may take ([`deadline`](Self::deadline)), with its unit: `500ms`, `5s`, `2m` |
    ///
    /// A variable that is empty is as if it were not set, and what is not set keeps its default.
    ///
    /// # Errors
    ///
    /// If the key is not set, or a variable holds what cannot be used ([`is_invalid`](Error::is_invalid)); the message names
    /// the variable and what it should hold.
    ///
    /// # Example: the settings of the deployment, and one that it may not change
    ///
    /// ```no_run
    /// use shoppers::{Builder, bspk};
    ///
    /// let bspk = Builder::<bspk::Client>::from_env()?.quota_queue(100).build()?;
    /// # drop(bspk);
    /// # Ok::<(), shoppers::Error>(())
    /// ```
    pub fn from_env() -> Result<Self, Error> {
        let key = variable(C::KEY)?.ok_or_else(|| {
            Error::invalid(format!("{} is not set; it holds the API key", C::KEY))
        })?;
        let key = ApiKey::new(key).map_err(|err| in_variable(C::KEY, &err))?;
        let mut builder = Self::new(key).base_url(C::host_from_env()?);
        // All of it is checked here, so that the message can name the variable.
        if let Some(url) = variable(C::BASE_URL)? {
            base_url::parse(&url).map_err(|err| in_variable(C::BASE_URL, &err))?;
            builder = builder.base_url(url);
        }
        if let Some(share) = variable(C::QUOTA_FRACTION)? {
            // What is no number is no share either.
            let share = share.trim().parse().unwrap_or(f64::NAN);
            check_fraction(share).map_err(|err| in_variable(C::QUOTA_FRACTION, &err))?;
            builder = builder.quota_fraction(share);
        }
        if let Some(url) = variable(C::QUOTA_STORE)? {
            builder = builder
                .store_at(url)
                .map_err(|err| in_variable(C::QUOTA_STORE, &err))?;
        }
        if let Some(deadline) = variable(C::DEADLINE)? {
            let deadline = time(&deadline).map_err(|err| in_variable(C::DEADLINE, &err))?;
            builder = builder.deadline(deadline);
        }
        Ok(builder)
    }

    /// The address to send the calls to, for a fake server or a proxy; the vendor's path is put behind it.
    ///
    /// It has to be `https`, except on this machine (`localhost`, `127.0.0.0/8`, `[::1]`). Default: the vendor's host.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// The HTTP client to send by, so that many clients can share its connections.
    ///
    /// Make it with [`http_client`], which is also the default: one that follows redirects may send a shopper's data to
    /// where the vendor is not, and one that retries may send a create twice.
    ///
    /// With a base URL of `http`, which is on this machine, it is not used: a proxy of it, such as that of `HTTP_PROXY`,
    /// would be sent the key and the shoppers in clear. Such calls go there directly, by an HTTP client of their own.
    ///
    /// A connection belongs to the tokio runtime in which it was made. Use an HTTP client, and the clients made with it,
    /// within one runtime: over a connection of a runtime that is no longer driven nothing is sent, and a call is cut off
    /// by its attempt timeout before it is tried again over another.
    pub fn http(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The `User-Agent` of the calls. Default: `shoppers/` and the version of this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The time that a call may take, with all its waits; see [`CallOptions::deadline`]. Default: 60 s.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options = self.options.deadline(deadline);
        self
    }

    /// The time that one attempt may take; see [`CallOptions::attempt_timeout`]. Default: 15 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.attempt_timeout(timeout);
        self
    }

    /// The number of attempts, and the waits in between. Default: [`Retries::new`].
    pub fn retries(mut self, retries: Retries) -> Self {
        self.options = self.options.retries(retries);
        self
    }

    /// The part of the quota that is this client's, for processes that share a key: `0.25` for each of four.
    /// Default: `1.0`, all of it.
    pub fn quota_fraction(mut self, share: f64) -> Self {
        self.quota.fraction = share;
        self
    }

    /// The time in which the vendor counts, for a fake server that is quicker. Default: 10 s, which is BSPK's.
    pub fn quota_window(mut self, window: Duration) -> Self {
        self.quota.window = window;
        self
    }

    /// The number of callers that may wait for the quota; one more is refused at once. Default: 100,000.
    pub fn quota_queue(mut self, callers: usize) -> Self {
        self.quota.max_waiters = callers;
        self
    }

    /// Keeps one quota together with another client, for two clients with one key. The other's settings of the quota
    /// count.
    pub fn same_quota_as(mut self, other: &C) -> Self {
        self.shared = Some(other.core().limiter.clone());
        self
    }

    /// Keeps the quota together with all processes that share the key, through a store. The [page](crate::quota_store) of it
    /// says when, and what the store must be.
    ///
    /// The store divides the quota, so [`quota_fraction`](Self::quota_fraction) counts only until the store has answered for the
    /// first time. A store that is away never fails a call. Default: none.
    #[cfg(feature = "redis")]
    pub fn quota_store(mut self, store: impl crate::quota::QuotaStore) -> Self {
        self.store = Some(std::sync::Arc::new(store));
        self
    }

    #[cfg(feature = "redis")]
    fn store_at(self, url: String) -> Result<Self, Error> {
        let store = crate::quota::RedisQuota::lazy(url);
        let store = store.map_err(|err| Error::invalid(err.to_string()))?;
        Ok(self.quota_store(store))
    }

    #[cfg(not(feature = "redis"))]
    fn store_at(self, _url: String) -> Result<Self, Error> {
        Err(Error::invalid(
            "shoppers was built without its feature `redis`; build it with the feature, or unset the variable",
        ))
    }

    #[cfg(feature = "redis")]
    fn limiter(&self, url: &reqwest::Url) -> RateLimiter {
        let Some(store) = &self.store else {
            return RateLimiter::new(self.quota);
        };
        // With its port, so that a fake server does not share with the vendor.
        let host = url.origin().ascii_serialization();
        let key = self.key.store_key(C::HOST, &host);
        RateLimiter::shared(self.quota, store.clone(), key)
    }

    #[cfg(not(feature = "redis"))]
    fn limiter(&self, _url: &reqwest::Url) -> RateLimiter {
        RateLimiter::new(self.quota)
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If the fraction of the quota is not more than 0 and at most 1; if the base URL is not one, or is neither `https` nor on
    /// this machine; if the user agent does not fit into a header; if TLS cannot be set up (all [`is_invalid`](Error::is_invalid)).
    pub fn build(self) -> Result<C, Error> {
        let (url, place) = base_url::parse(&self.base_url)?;
        let limiter = match self.shared.clone() {
            Some(shared) => shared,
            None => self.limiter(&url),
        };
        let http = match self.http {
            // It does not show whether it has a proxy, which would see in clear what is meant for this machine.
            Some(http) if url.scheme() == "https" => http,
            _ => default_http(place)?,
        };
        let user_agent = match &self.user_agent {
            Some(text) => HeaderValue::from_str(text).map_err(|_| {
                Error::invalid(format!("the {USER_AGENT} does not fit into a header"))
            })?,
            None => HeaderValue::from_static(concat!("shoppers/", env!("CARGO_PKG_VERSION"))),
        };
        check_fraction(self.quota.fraction)?;
        Ok(C::from_parts(ClientParts {
            http,
            options: self.options,
            core: Core {
                host: url.host_str().unwrap_or_default().to_owned(),
                base_url: url.as_str().trim_end_matches('/').to_owned(),
                limiter,
                budget: retry::budget(),
            },
            authorizer: Authorizer::new(
                self.key.header(C::SCHEME)?,
                self.key.header("")?,
                user_agent,
                url,
                C::PATHS,
            ),
        }))
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").finish_non_exhaustive()
    }
}

/// The settings of an HTTP client that is fit for both vendors: no redirect is followed, nothing is sent again on its
/// own, and a connection has 5 seconds to come about.
///
/// # Example: with a proxy
///
/// ```
/// use shoppers::{ApiKey, gatsby, http_client};
///
/// let http = http_client()
///     .proxy(reqwest::Proxy::https("http://proxy.internal:3128")?)
///     .build()?;
/// let gatsby = gatsby::Client::builder(ApiKey::new("pk_4711")?).http(http).build()?;
/// # drop(gatsby);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn http_client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
}

fn default_http(place: Place) -> Result<reqwest::Client, Error> {
    let http = match place {
        Place::Elsewhere => http_client(),
        // A proxy would see in clear what is meant for this machine.
        Place::Here => http_client().no_proxy(),
    };
    http.build().map_err(|_| {
        Error::invalid("the HTTP client could not be made; are there root certificates?")
    })
}

fn check_fraction(share: f64) -> Result<(), Error> {
    if share > 0.0 && share <= 1.0 {
        return Ok(());
    }
    Err(Error::invalid(
        "the fraction of the quota has to be a number of more than 0 and at most 1, such as 0.25",
    ))
}

/// Reads a time in which something is to happen, which cannot be none.
fn time(text: &str) -> Result<Duration, Error> {
    match humantime::parse_duration(text.trim()) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err(Error::invalid(
            "the deadline has to be a time of more than 0 with its unit, such as 500ms, 5s or 2m",
        )),
    }
}

/// A variable of the environment; one that is empty is as if it were not set.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Error> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Error::invalid(format!(
            "{name} holds something that is not text"
        ))),
    }
}

/// The same error, with the variable that it came from.
pub(crate) fn in_variable(name: &str, err: &Error) -> Error {
    Error::invalid(format!("{name}: {err}"))
}
