//! Gatsby's hosts.

use std::{fmt, str::FromStr};

use crate::Error;

/// Which of Gatsby's hosts to call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// `https://gatsby.tech`.
    #[default]
    Production,
    /// `https://dev.gatsby.tech`.
    Development,
}

impl Environment {
    pub(super) const fn host(self) -> &'static str {
        match self {
            Self::Production => "https://gatsby.tech",
            Self::Development => "https://dev.gatsby.tech",
        }
    }
}

impl FromStr for Environment {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "production" => Ok(Self::Production),
            "development" => Ok(Self::Development),
            _ => Err(Error::invalid(
                "the environment has to be `production` or `development`",
            )),
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Production => "production",
            Self::Development => "development",
        })
    }
}
