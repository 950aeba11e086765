//! Where a vendor is, and the key to it.

use std::{env, fs::File, io::Read as _, path::PathBuf, time::Duration};

use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser},
};
use shoppers::{ApiKey, Buildable, Builder, bspk, gatsby};

use crate::{exit::Failure, output, time};

pub const BSPK_KEY: &str = "BSPK_API_KEY";
pub const GATSBY_KEY: &str = "GATSBY_API_KEY";

/// Of a file that holds something else no more is read.
const LONGEST_KEY: u64 = 64 * 1024;

const BSPK: &str = "https://api.bspk.com";
const GATSBY: &str = "https://gatsby.tech";
const GATSBY_DEVELOPMENT: &str = "https://dev.gatsby.tech";

const PRODUCTION: &str = "production";
const DEVELOPMENT: &str = "development";

/// How to reach BSPK.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Connection")]
pub struct Bspk {
    #[command(flatten)]
    key: KeyFile,

    /// Where to send the calls instead of https://api.bspk.com: a stand-in or a proxy.
    #[arg(
        long,
        env = "BSPK_BASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    base_url: Option<String>,
}

/// How to reach Gatsby.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Connection")]
pub struct Gatsby {
    #[command(flatten)]
    key: KeyFile,

    /// Where to send the calls instead of Gatsby's own hosts: a stand-in or a proxy.
    #[arg(
        long,
        env = "GATSBY_BASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    base_url: Option<String>,

    /// Which of Gatsby's hosts to call: gatsby.tech or dev.gatsby.tech.
    #[arg(
        long,
        env = "GATSBY_ENVIRONMENT",
        hide_env_values = true,
        value_name = "NAME",
        value_parser = environments(),
        default_value = PRODUCTION
    )]
    environment: String,
}

#[derive(Args, Clone, Debug)]
struct KeyFile {
    /// A file that holds the API key and nothing else, instead of the variable in the environment.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

/// How the quota is kept, for imports.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Quota")]
pub struct Quota {
    /// The part of the vendor's quota to use, where others call with the same key: more than 0, at most 1.
    #[arg(long, default_value_t = 1.0, value_name = "PART")]
    quota_share: f64,

    /// The time in which the vendor counts its quota.
    #[arg(long, value_parser = time::some, default_value = "10s", value_name = "TIME")]
    quota_window: Duration,
}

impl Bspk {
    /// The key, if there is any, as it is.
    pub fn key(&self) -> Result<Option<Key>, Failure> {
        self.key.find(BSPK_KEY)
    }

    /// Where calls go.
    pub fn base_url(&self) -> &str {
        given(&self.base_url).unwrap_or(BSPK)
    }

    /// Sets up a client.
    pub fn builder(&self) -> Result<Builder<bspk::Client>, Failure> {
        let builder = bspk::Client::builder(self.key.read(BSPK_KEY)?);
        Ok(builder.base_url(self.base_url()))
    }
}

impl Gatsby {
    /// The key, if there is any, as it is.
    pub fn key(&self) -> Result<Option<Key>, Failure> {
        self.key.find(GATSBY_KEY)
    }

    /// Where calls go.
    pub fn base_url(&self) -> &str {
        given(&self.base_url).unwrap_or(match self.environment.as_str() {
            DEVELOPMENT => GATSBY_DEVELOPMENT,
            _ => GATSBY,
        })
    }

    /// Sets up a client.
    pub fn builder(&self) -> Result<Builder<gatsby::Client>, Failure> {
        let builder = gatsby::Client::builder(self.key.read(GATSBY_KEY)?);
        Ok(builder.base_url(self.base_url()))
    }
}

/// A key as it was found. It has no `Debug`, as that would show it.
pub struct Key {
    pub text: String,
    /// The file or the variable that it was in.
    pub place: String,
    pub is_file: bool,
}

impl Quota {
    /// The part of the vendor's quota to use.
    pub fn share(&self) -> f64 {
        self.quota_share
    }

    /// The same builder with this quota.
    pub fn of<C: Buildable>(&self, builder: Builder<C>) -> Builder<C> {
        builder
            .quota_share(self.quota_share)
            .quota_window(self.quota_window)
    }
}

impl KeyFile {
    /// Reads the key from the file or, without one, from the environment.
    fn read(&self, variable: &str) -> Result<ApiKey, Failure> {
        let Key { text, place, .. } = self.find(variable)?.ok_or_else(|| {
            Failure::usage(format!("no key: {variable} is not set"))
                .next("set it, or name a file that holds the key with --key-file")
        })?;
        output::mask(&text);
        ApiKey::new(text).map_err(|err| Failure::usage(format!("{place}: {err}")))
    }

    fn find(&self, variable: &str) -> Result<Option<Key>, Failure> {
        let Some(path) = &self.key_file else {
            return match env::var(variable) {
                Ok(text) if !text.is_empty() => Ok(Some(Key {
                    text,
                    place: variable.to_owned(),
                    is_file: false,
                })),
                Ok(_) | Err(env::VarError::NotPresent) => Ok(None),
                Err(env::VarError::NotUnicode(_)) => Err(Failure::usage(format!(
                    "{variable} holds something that is not text"
                ))),
            };
        };
        let place = path.display().to_string();
        let mut text = String::new();
        let file = File::open(path)
            // Whoever gives the key in the place of its file does not want to see it in a log.
            .map_err(|err| Failure::usage(format!("the file of --key-file: {err}")))?;
        file.take(LONGEST_KEY)
            .read_to_string(&mut text)
            .map_err(|err| Failure::usage(format!("{place}: {err}")))?;
        Ok(Some(Key {
            // An editor ends a file with a line end.
            text: text.trim_end_matches(['\r', '\n']).to_owned(),
            place,
            is_file: true,
        }))
    }
}

/// Builds a client; what it does not accept is the caller's to mend.
pub fn build<C: Buildable>(builder: Builder<C>) -> Result<C, Failure> {
    builder
        .build()
        .map_err(|err| Failure::usage(err.to_string()))
}

/// A variable that is set to nothing is as one that is not set.
fn given(url: &Option<String>) -> Option<&str> {
    url.as_deref().filter(|url| !url.is_empty())
}

fn environments() -> PossibleValuesParser {
    PossibleValuesParser::new([
        PossibleValue::new(PRODUCTION).help(GATSBY),
        PossibleValue::new(DEVELOPMENT).help(GATSBY_DEVELOPMENT),
        PossibleValue::new("").hide(true),
    ])
}
