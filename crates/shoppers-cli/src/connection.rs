//! The connection to a vendor: base URL, key, deadline and quota, from arguments and the environment.

use std::{env, fmt, fs::File, io::Read as _, net::IpAddr, path::PathBuf, time::Duration};

use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser},
};
use reqwest::Url;
use serde_json::Value;
use shoppers::{
    ApiKey, Buildable, Builder, Error, Operation, bspk, gatsby,
    quota::RedisQuota,
    spec::{self, Spec},
};

use crate::{exit::Failure, output, time};

/// The most that is read of a key file.
const LONGEST_KEY: u64 = 64 * 1024;

const BSPK: &str = "https://api.bspk.com";
const GATSBY: &str = "https://gatsby.tech";
const GATSBY_DEVELOPMENT: &str = "https://dev.gatsby.tech";

const PRODUCTION: &str = "production";
const DEVELOPMENT: &str = "development";

/// The client of a vendor, what the library knows of it, and the variables that `Builder::from_env` reads for it.
pub trait Vendor: Buildable + Sized {
    type Connection: Connect<Client = Self>;

    const NAME: &'static str;
    const OPERATIONS: &'static [Operation];
    const SPEC: Spec;
    const KEY_VARIABLE: &'static str;
    const BASE_URL_VARIABLE: &'static str;
    const DEADLINE_VARIABLE: &'static str;
    const QUOTA_FRACTION_VARIABLE: &'static str;

    fn builder(key: ApiKey) -> Builder<Self>;

    /// The same client with another deadline.
    fn within(&self, deadline: Duration) -> Self;

    /// Calls an operation by its name, with its arguments and its answer as JSON.
    fn call_by_name(
        &self,
        operation: &str,
        arguments: Value,
    ) -> impl Future<Output = Result<Value, Error>>;
}

macro_rules! vendor {
    ($vendor:ident, $connection:ident, $name:literal, $prefix:literal, $spec:expr) => {
        impl Vendor for $vendor::Client {
            type Connection = $connection;

            const NAME: &'static str = $name;
            const OPERATIONS: &'static [Operation] = $vendor::OPERATIONS;
            const SPEC: Spec = $spec;
            const KEY_VARIABLE: &'static str = concat!($prefix, "_API_KEY");
            const BASE_URL_VARIABLE: &'static str = concat!($prefix, "_BASE_URL");
            const DEADLINE_VARIABLE: &'static str = concat!($prefix, "_DEADLINE");
            const QUOTA_FRACTION_VARIABLE: &'static str = concat!($prefix, "_QUOTA_FRACTION");

            fn builder(key: ApiKey) -> Builder<Self> {
                Self::builder(key)
            }

            fn within(&self, deadline: Duration) -> Self {
                self.with(|call| call.deadline(deadline))
            }

            async fn call_by_name(
                &self,
                operation: &str,
                arguments: Value,
            ) -> Result<Value, Error> {
                self.call_by_name(operation, arguments).await
            }
        }
    };
}

vendor!(bspk, Bspk, "BSPK", "BSPK", spec::BSPK);
vendor!(gatsby, Gatsby, "Gatsby", "GATSBY", spec::GATSBY);

/// The arguments that say where a vendor is called, and with which key.
pub trait Connect: Args {
    type Client: Vendor;

    fn key_file(&self) -> &KeyFile;

    fn base_url(&self) -> &str;

    fn store_url(&self) -> Option<&StoreUrl>;

    /// Returns the store of the quota, if there is one.
    fn store(&self) -> Result<Option<RedisQuota>, Failure> {
        self.store_url().map_or(Ok(None), StoreUrl::store)
    }

    /// Returns the key, if there is one, unchecked.
    fn key(&self) -> Result<Option<Key>, Failure> {
        self.key_file().find::<Self::Client>()
    }

    fn builder(&self) -> Result<Builder<Self::Client>, Failure> {
        let key = self.key_file().read::<Self::Client>()?;
        let builder = Self::Client::builder(key).base_url(self.base_url());
        Ok(match self.store()? {
            Some(store) => builder.quota_store(store),
            None => builder,
        })
    }
}

/// The connection to BSPK.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Connection")]
pub struct Bspk {
    #[command(flatten)]
    key: KeyFile,

    /// The URL of a fake server or a proxy, in place of BSPK's host (api.bspk.com).
    #[arg(
        long,
        env = "BSPK_BASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    base_url: Option<String>,

    /// The URL of a Redis server through which processes with the same key share the vendor's quota: redis://HOST:PORT.
    #[arg(
        long,
        env = "BSPK_QUOTA_STORE",
        hide_env_values = true,
        value_name = "URL"
    )]
    quota_store: Option<StoreUrl>,
}

/// The connection to Gatsby.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Connection")]
pub struct Gatsby {
    #[command(flatten)]
    key: KeyFile,

    /// The URL of a fake server or a proxy, in place of Gatsby's host.
    #[arg(
        long,
        env = "GATSBY_BASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    base_url: Option<String>,

    /// The host of Gatsby: gatsby.tech or dev.gatsby.tech.
    #[arg(
        long,
        env = "GATSBY_ENVIRONMENT",
        hide_env_values = true,
        value_name = "NAME",
        value_parser = environments(),
        default_value = PRODUCTION
    )]
    environment: String,

    /// The URL of a Redis server through which processes with the same key share the vendor's quota: redis://HOST:PORT.
    #[arg(
        long,
        env = "GATSBY_QUOTA_STORE",
        hide_env_values = true,
        value_name = "URL"
    )]
    quota_store: Option<StoreUrl>,
}

/// A URL that may contain a password, and does not print.
#[derive(Clone)]
pub struct StoreUrl(String);

#[derive(Args, Clone, Debug)]
pub struct KeyFile {
    /// A file with nothing but the API key, in place of the variable BSPK_API_KEY or GATSBY_API_KEY.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

/// The deadline of a call.
#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Connection")]
pub struct Deadline {
    /// The time limit for a call with all its attempts and waits, such as 5s [default: BSPK_DEADLINE or GATSBY_DEADLINE, or
    /// 60s]
    #[arg(long, value_parser = time::positive, value_name = "TIME")]
    deadline: Option<Duration>,
}

/// The use of the quota by an import.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Quota")]
pub struct Quota {
    /// The fraction of the vendor's quota to use if others call with the same key: more than 0, at most 1 [default:
    /// BSPK_QUOTA_FRACTION or GATSBY_QUOTA_FRACTION, or 1]
    #[arg(long, value_parser = fraction, value_name = "FRACTION")]
    quota_fraction: Option<f64>,

    /// The length of the vendor's quota window.
    #[arg(long, value_parser = time::positive, default_value = "10s", value_name = "TIME")]
    quota_window: Duration,
}

impl Connect for Bspk {
    type Client = bspk::Client;

    fn key_file(&self) -> &KeyFile {
        &self.key
    }

    fn base_url(&self) -> &str {
        non_empty(&self.base_url).unwrap_or(BSPK)
    }

    fn store_url(&self) -> Option<&StoreUrl> {
        self.quota_store.as_ref()
    }
}

impl Connect for Gatsby {
    type Client = gatsby::Client;

    fn key_file(&self) -> &KeyFile {
        &self.key
    }

    fn base_url(&self) -> &str {
        non_empty(&self.base_url).unwrap_or(match self.environment.as_str() {
            DEVELOPMENT => GATSBY_DEVELOPMENT,
            _ => GATSBY,
        })
    }

    fn store_url(&self) -> Option<&StoreUrl> {
        self.quota_store.as_ref()
    }
}

impl StoreUrl {
    /// An empty one counts as none.
    fn store(&self) -> Result<Option<RedisQuota>, Failure> {
        if self.0.is_empty() {
            return Ok(None);
        }
        output::mask(&self.0);
        let store = RedisQuota::lazy(self.0.as_str());
        let store = store.map_err(|err| Failure::usage(format!("--quota-store: {err}")))?;
        Ok(Some(store))
    }
}

impl From<String> for StoreUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreUrl(..)")
    }
}

impl Deadline {
    /// Sets the deadline and builds the client.
    pub fn build<C: Vendor>(&self, builder: Builder<C>) -> Result<C, Failure> {
        let default = || variable(C::DEADLINE_VARIABLE, time::positive);
        let deadline = self.deadline.map_or_else(default, |it| Ok(Some(it)))?;
        build(match deadline {
            Some(deadline) => builder.deadline(deadline),
            None => builder,
        })
    }
}

impl Quota {
    pub fn fraction<C: Vendor>(&self) -> Result<f64, Failure> {
        let default = || variable(C::QUOTA_FRACTION_VARIABLE, fraction);
        let fraction = self
            .quota_fraction
            .map_or_else(default, |it| Ok(Some(it)))?;
        Ok(fraction.unwrap_or(1.0))
    }

    /// Sets fraction and window.
    pub fn of<C: Vendor>(&self, builder: Builder<C>) -> Result<Builder<C>, Failure> {
        Ok(builder
            .quota_fraction(self.fraction::<C>()?)
            .quota_window(self.quota_window))
    }
}

/// A key as it was found. It has no `Debug`, which would show it.
pub struct Key {
    pub text: String,
    /// The file or the variable that contains it.
    pub place: String,
    pub is_file: bool,
}

impl KeyFile {
    /// Reads the key, and masks it in the output.
    fn read<C: Vendor>(&self) -> Result<ApiKey, Failure> {
        let Key { text, place, .. } = self.find::<C>()?.ok_or_else(|| {
            Failure::usage(format!("no key: {} is not set", C::KEY_VARIABLE))
                .next("set it, or name a file that contains the key with --key-file")
        })?;
        output::mask(&text);
        ApiKey::new(text).map_err(|err| Failure::usage(format!("{place}: {err}")))
    }

    /// Reads the key from the file or, without one, from the environment.
    fn find<C: Vendor>(&self) -> Result<Option<Key>, Failure> {
        let Some(path) = &self.key_file else {
            let text = variable(C::KEY_VARIABLE, |text| Ok(text.to_owned()))?;
            return Ok(text.map(|text| Key {
                text,
                place: C::KEY_VARIABLE.to_owned(),
                is_file: false,
            }));
        };
        let place = path.display().to_string();
        let mut text = String::new();
        let file = File::open(path)
            // Without the path, as it is the key if the user confused them.
            .map_err(|err| Failure::unreadable("the file of --key-file", &err))?;
        file.take(LONGEST_KEY)
            .read_to_string(&mut text)
            .map_err(|err| Failure::unreadable(&place, &err))?;
        Ok(Some(Key {
            // Editors end a file with a line end.
            text: text.trim_end_matches(['\r', '\n']).to_owned(),
            place,
            is_file: true,
        }))
    }
}

/// The address that a journal or a state belongs to, in one spelling.
pub fn address(base_url: &str) -> Result<String, Failure> {
    let url = Url::parse(base_url.trim()).map_err(|err| {
        Failure::usage(format!(
            "the base URL is not a URL: {err}; correct --base-url"
        ))
    })?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Builds a client. It refuses settings that the user has to correct.
pub fn build<C: Vendor>(builder: Builder<C>) -> Result<C, Failure> {
    builder.build().map_err(|err| {
        let message = err.to_string();
        let place = format!("correct --base-url or {}", C::BASE_URL_VARIABLE);
        let is_of_url = message.contains("base URL");
        let failure = Failure::usage(message);
        if is_of_url {
            failure.next(place)
        } else {
            failure
        }
    })
}

/// Reads a variable of the environment. An empty one counts as not set.
fn variable<T>(
    name: &str,
    parse: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Result<Option<T>, Failure> {
    let invalid = |reason: &str| Failure::usage(format!("{name}: {reason}"));
    match env::var(name) {
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => parse(&text).map(Some).map_err(invalid),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(invalid("it is not UTF-8 text")),
    }
}

fn fraction(text: &str) -> Result<f64, &'static str> {
    match text.trim().parse() {
        Ok(fraction) if fraction > 0.0 && fraction <= 1.0 => Ok(fraction),
        _ => Err("expected a number above 0 and at most 1, such as 0.25"),
    }
}

fn non_empty(url: &Option<String>) -> Option<&str> {
    url.as_deref().filter(|url| !url.is_empty())
}

fn environments() -> PossibleValuesParser {
    PossibleValuesParser::new([
        PossibleValue::new(PRODUCTION).help(GATSBY),
        PossibleValue::new(DEVELOPMENT).help(GATSBY_DEVELOPMENT),
        PossibleValue::new("").hide(true),
    ])
}

/// Returns `true` for an address of this machine.
pub fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse();
    host == "localhost" || address.is_ok_and(|address: IpAddr| address.is_loopback())
}
