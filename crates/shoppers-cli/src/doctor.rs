//! The command `doctor`.

use std::time::Instant;

use clap::{Args, Parser, Subcommand};
use reqwest::{Client, Url};
use serde_json::{Map, Value};
use shoppers::{ApiKey, quota::RedisQuota};

use crate::{
    connection::{self, Connect, Key, Vendor as _},
    exit::{Exit, Failure},
    output::{self, Format},
    usage,
};
use host::{Check, Finding};

mod call;
mod host;

/// Finds out why calls fail: checks key, host, TLS, clock, quota, quota store and webhook endpoints.
///
/// Without a vendor, checks each one whose key is in the environment. Nothing is written at a vendor: Gatsby is searched
/// for an e-mail address that cannot exist; BSPK is sent a GET where it accepts only a POST, once with the key and once
/// without, and asked for its webhook endpoints, as it disables those that fail. The key is never printed. The exit code is 3
/// if a check fails.
#[derive(Args)]
#[command(
    subcommand_value_name = "VENDOR",
    subcommand_help_heading = "Vendors",
    disable_help_subcommand = true,
    after_help = "Examples:
  shoppers doctor
  shoppers doctor gatsby --environment development --key-file /run/secrets/gatsby
  shoppers doctor --output json | jq '.bspk[] | select(.result != \"ok\")'"
)]
pub struct Doctor {
    #[command(subcommand)]
    vendor: Option<Vendor>,
}

#[derive(Subcommand)]
enum Vendor {
    /// Checks BSPK alone, even without a key.
    Bspk(connection::Bspk),
    /// Checks Gatsby alone, even without a key.
    Gatsby(connection::Gatsby),
}

/// A connection without arguments.
#[derive(Parser)]
struct FromEnvironment<T: Args> {
    #[command(flatten)]
    connection: T,
}

type Report = (&'static str, Vec<Check>);

impl Doctor {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        let vendors = match self.vendor {
            Some(vendor) => vec![vendor],
            None => vendors_with_a_key()?,
        };
        let mut reports: Vec<Report> = Vec::new();
        for vendor in vendors {
            reports.push((vendor.name(), vendor.diagnose().await));
        }
        output::print(&match output {
            Format::Text => text(&reports),
            Format::Json => json(&reports).to_string(),
        })?;
        let mut checks = reports.iter().flat_map(|(_, checks)| checks);
        Ok(if checks.any(|check| check.finding == Finding::Fail) {
            Exit::Stopped
        } else {
            Exit::Done
        })
    }
}

impl Vendor {
    fn name(&self) -> &'static str {
        match self {
            Self::Bspk(_) => "bspk",
            Self::Gatsby(_) => "gatsby",
        }
    }

    fn has_a_key(&self) -> bool {
        let key = match self {
            Self::Bspk(connection) => connection.key(),
            Self::Gatsby(connection) => connection.key(),
        };
        !matches!(key, Ok(None))
    }

    async fn diagnose(&self) -> Vec<Check> {
        match self {
            Self::Bspk(connection) => {
                let (mut checks, reached) = diagnose(connection).await;
                if let Some((http, url, key)) = reached {
                    checks.extend(call::bspk(&http, &url, &key.text).await);
                    let can_call = checks.iter().all(|it| it.finding != Finding::Fail);
                    if can_call && let Ok(builder) = connection.builder() {
                        checks.push(call::webhooks(builder).await);
                    }
                }
                checks
            }
            Self::Gatsby(connection) => {
                let (mut checks, reached) = diagnose(connection).await;
                if reached.is_some() {
                    checks.extend(match connection.builder() {
                        Ok(builder) => call::gatsby(builder).await,
                        Err(failure) => vec![invalid_url(failure.message())],
                    });
                }
                checks
            }
        }
    }
}

/// Makes one check after the other, until one fails that the next depends on. Returns what a call needs if it can be made.
async fn diagnose<C: Connect>(connection: &C) -> (Vec<Check>, Option<(Client, Url, Key)>) {
    let (key, mut checks) = check_key(connection.key(), C::Client::KEY_VARIABLE);
    // Building a client checks the base URL.
    if key.is_some()
        && let Err(failure) = connection.builder().and_then(connection::build)
    {
        checks.push(invalid_url(failure.message()));
        return (checks, None);
    }
    let Ok(url) = Url::parse(connection.base_url()) else {
        checks.push(invalid_url("the base URL is not a URL"));
        return (checks, None);
    };
    let Some(http) = host::http_client(&url) else {
        checks.push(Check::fail(
            "tls",
            "TLS cannot be set up on this machine",
            "install root certificates (ca-certificates)",
        ));
        return (checks, None);
    };
    let (is_reachable, host_checks) = host::check(&http, &url).await;
    checks.extend(host_checks);
    checks.extend(check_store(connection.store()).await);
    let key = key.filter(|_| is_reachable);
    (checks, key.map(|key| (http, url, key)))
}

fn vendors_with_a_key() -> Result<Vec<Vendor>, Failure> {
    let mut vendors = vec![
        Vendor::Bspk(from_environment()?),
        Vendor::Gatsby(from_environment()?),
    ];
    vendors.retain(Vendor::has_a_key);
    if vendors.is_empty() {
        return Err(
            Failure::usage("no key: neither BSPK_API_KEY nor GATSBY_API_KEY is set")
                .next("set one, or check one vendor without a key: shoppers doctor bspk"),
        );
    }
    Ok(vendors)
}

fn from_environment<T: Args>() -> Result<T, Failure> {
    FromEnvironment::try_parse_from(["shoppers"])
        .map(|it: FromEnvironment<T>| it.connection)
        .map_err(usage::failure)
}

fn invalid_url(message: &str) -> Check {
    let remedy =
        "correct --base-url or the variable *_BASE_URL, or leave both out to call the vendor";
    Check::fail("base URL", message, remedy)
}

/// Returns the key, if it is well-formed, and the checks of it.
fn check_key(found: Result<Option<Key>, Failure>, variable: &str) -> (Option<Key>, Vec<Check>) {
    let fail = |message: &str| {
        let remedy = format!(
            "set {variable} to the key as the vendor shows it, or name a file with --key-file"
        );
        (None, vec![Check::fail("key", message, remedy)])
    };
    let key = match found {
        Ok(Some(key)) => key,
        Ok(None) => return fail("no key is set"),
        Err(failure) => return fail(failure.message()),
    };
    if let Err(err) = ApiKey::new(key.text.as_str()) {
        return fail(&format!("{}: {err}", key.place));
    }
    let mut checks = vec![Check::ok(
        "key",
        format!("{} contains a well-formed key", key.place),
    )];
    if key.is_file && is_readable_by_others(&key.place) {
        checks.push(Check::warn(
            "key file",
            format!("other users of this machine can read {}", key.place),
            format!("chmod 600 {}", key.place),
        ));
    }
    (Some(key), checks)
}

/// Checks the store through which processes share the quota, if there is one.
async fn check_store(store: Result<Option<RedisQuota>, Failure>) -> Option<Check> {
    const NAME: &str = "quota store";
    let store = match store {
        Ok(store) => store?,
        Err(failure) => {
            let remedy = "correct --quota-store or the variable *_QUOTA_STORE, or leave both out";
            return Some(Check::fail(NAME, failure.message(), remedy));
        }
    };
    let start = Instant::now();
    Some(match store.check().await {
        Ok(()) => Check::ok(
            NAME,
            format!("runs the script, in {} ms", start.elapsed().as_millis()),
        ),
        Err(err) => Check::warn(
            NAME,
            format!("{err}; calls go on without it, each process with a share of the quota"),
            "check the URL, the password, the ACL, the certificate, and that the server runs",
        ),
    })
}

#[cfg(unix)]
fn is_readable_by_others(path: &str) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Files have no modes here.
#[cfg(not(unix))]
fn is_readable_by_others(_path: &str) -> bool {
    false
}

fn text(reports: &[Report]) -> String {
    let report = |(name, checks): &Report| {
        let lines = checks.iter().map(|check| format!("\n{check}"));
        format!("{name}{}", lines.collect::<String>())
    };
    reports.iter().map(report).collect::<Vec<_>>().join("\n\n")
}

fn json(reports: &[Report]) -> Value {
    let report =
        |(name, checks): &Report| (name.to_string(), checks.iter().map(Check::json).collect());
    Value::Object(reports.iter().map(report).collect::<Map<_, _>>())
}
