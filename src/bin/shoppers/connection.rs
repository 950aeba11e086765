//! Where a vendor is, and the key to it.

use std::{fs, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use shoppers::{ApiKey, Buildable, Builder, bspk, gatsby};

use crate::exit::Failure;

const BSPK_KEY: &str = "BSPK_API_KEY";
const GATSBY_KEY: &str = "GATSBY_API_KEY";

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
        value_enum,
        value_name = "NAME",
        default_value_t
    )]
    environment: Environment,
}

#[derive(Args, Clone, Debug)]
struct KeyFile {
    /// A file that holds the API key and nothing else, instead of the variable in the environment.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

/// Which of Gatsby's hosts to call.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Environment {
    /// https://gatsby.tech
    #[default]
    Production,
    /// https://dev.gatsby.tech
    Development,
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
    #[arg(long, value_parser = humantime::parse_duration, default_value = "10s", value_name = "TIME")]
    quota_window: Duration,
}

impl Bspk {
    /// Sets up a client.
    pub fn builder(&self) -> Result<Builder<bspk::Client>, Failure> {
        let builder = bspk::Client::builder(self.key.read(BSPK_KEY)?);
        Ok(match given(&self.base_url) {
            Some(url) => builder.base_url(url),
            None => builder,
        })
    }
}

impl Gatsby {
    /// Sets up a client.
    pub fn builder(&self) -> Result<Builder<gatsby::Client>, Failure> {
        let builder = gatsby::Client::builder(self.key.read(GATSBY_KEY)?);
        Ok(match given(&self.base_url) {
            Some(url) => builder.base_url(url),
            None => builder.environment(match self.environment {
                Environment::Production => gatsby::Environment::Production,
                Environment::Development => gatsby::Environment::Development,
            }),
        })
    }
}

impl Quota {
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
        let (key, place) = match &self.key_file {
            Some(path) => {
                let place = path.display().to_string();
                let key = fs::read_to_string(path)
                    .map_err(|err| Failure::usage(format!("{place}: {err}")))?;
                (key.trim_end_matches(['\r', '\n']).to_owned(), place)
            }
            None => {
                let key = std::env::var(variable).unwrap_or_default();
                if key.is_empty() {
                    return Err(Failure::usage(format!(
                        "no key: set {variable}, or name a file that holds it with --key-file"
                    )));
                }
                (key, variable.to_owned())
            }
        };
        ApiKey::new(key).map_err(|err| Failure::usage(format!("{place}: {err}")))
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
