//! A vendor as this machine knows it, and the order in which it is looked at.

use reqwest::{Url, header::HeaderValue};
use shoppers::{ApiKey, Builder, bspk, gatsby};

use super::{call, check::Check, host};
use crate::{
    connection::{self, Key},
    exit::Failure,
};

pub struct Patient {
    pub name: &'static str,
    base_url: String,
    key: Vec<Check>,
    /// If the key can be one.
    caller: Option<Result<Caller, Failure>>,
}

/// What a call is made with.
enum Caller {
    Bspk(HeaderValue),
    Gatsby(Box<Builder<gatsby::Client>>),
}

impl Patient {
    pub fn bspk(connection: &connection::Bspk) -> Self {
        let (key, checks) = key(connection.key(), connection::BSPK_KEY);
        let caller = key.map(|key| {
            connection::build::<bspk::Client>(connection.builder()?)?;
            let mut header = HeaderValue::from_str(&format!("Bearer {}", key.text))
                .map_err(|_| Failure::usage("the API key does not fit into a header"))?;
            header.set_sensitive(true);
            Ok(Caller::Bspk(header))
        });
        Self {
            name: "bspk",
            base_url: connection.base_url().to_owned(),
            key: checks,
            caller,
        }
    }

    pub fn gatsby(connection: &connection::Gatsby) -> Self {
        let (key, checks) = key(connection.key(), connection::GATSBY_KEY);
        let caller = key.map(|_| {
            let builder = connection.builder()?;
            connection::build::<gatsby::Client>(builder.clone())?;
            Ok(Caller::Gatsby(Box::new(builder)))
        });
        Self {
            name: "gatsby",
            base_url: connection.base_url().to_owned(),
            key: checks,
            caller,
        }
    }

    /// Looks at one thing after the other, until one fails that the next needs.
    pub async fn examine(self) -> Vec<Check> {
        let mut checks = self.key;
        let caller = match self.caller.transpose() {
            Ok(caller) => caller,
            Err(failure) => {
                checks.push(no_url(failure.message()));
                return checks;
            }
        };
        let Ok(url) = Url::parse(&self.base_url) else {
            checks.push(no_url("the base URL is not one"));
            return checks;
        };
        let Some(http) = host::http(&url) else {
            checks.push(Check::fail(
                "tls",
                "TLS cannot be set up on this machine",
                "install root certificates (ca-certificates)",
            ));
            return checks;
        };
        let (is_there, found) = host::reach(&http, &url).await;
        checks.extend(found);
        match caller {
            Some(Caller::Bspk(key)) if is_there => {
                checks.extend(call::bspk(&http, &url, &key).await);
            }
            Some(Caller::Gatsby(builder)) if is_there => {
                checks.extend(call::gatsby(*builder).await);
            }
            _ => {}
        }
        checks
    }
}

fn no_url(message: &str) -> Check {
    Check::fail(
        "base URL",
        message,
        "mend --base-url, or the variable *_BASE_URL; without either the vendor is called",
    )
}

/// Whether there is a key that can be one, and what is to be said of it.
fn key(found: Result<Option<Key>, Failure>, variable: &str) -> (Option<Key>, Vec<Check>) {
    let fail = |message: &str| {
        let remedy = format!(
            "set {variable} to the key as the vendor shows it, or name a file with --key-file"
        );
        (None, vec![Check::fail("key", message, remedy)])
    };
    let key = match found {
        Ok(Some(key)) => key,
        Ok(None) => return fail("there is none"),
        Err(failure) => return fail(failure.message()),
    };
    if let Err(err) = ApiKey::new(key.text.as_str()) {
        return fail(&format!("{}: {err}", key.place));
    }
    let mut checks = vec![Check::ok(
        "key",
        format!("{} holds one that is well formed", key.place),
    )];
    if key.is_file && is_open(&key.place) {
        checks.push(Check::warn(
            "key file",
            format!("others on this machine can read {}", key.place),
            format!("chmod 600 {}", key.place),
        ));
    }
    (Some(key), checks)
}

/// Whether others than its owner can read a file. Where files have no modes nobody can tell.
#[cfg(unix)]
fn is_open(path: &str) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Whether others than its owner can read a file. Where files have no modes nobody can tell.
#[cfg(not(unix))]
fn is_open(_path: &str) -> bool {
    false
}
