//! The keys of a search.

use std::fmt;

use super::shopper_input::{Lacking, check_phone};

/// What to search a shopper by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum By<'a> {
    /// An e-mail address.
    Email(&'a str),
    /// A phone number with a plus sign and its country code.
    Phone(&'a str),
    /// A handle on Instagram or TikTok.
    Username(&'a str),
}

impl<'a> By<'a> {
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Email(text) | Self::Phone(text) | Self::Username(text) => text,
        }
    }

    /// The parameters `email`, `phone` and `username` of the search.
    pub(crate) fn parameters(self) -> (Option<&'a str>, Option<&'a str>, Option<&'a str>) {
        match self {
            Self::Email(email) => (Some(email), None, None),
            Self::Phone(phone) => (None, Some(phone), None),
            Self::Username(username) => (None, None, Some(username)),
        }
    }

    pub(super) fn check(self) -> Result<(), Lacking> {
        match self {
            _ if self.text().trim().is_empty() => Err(Lacking::Key),
            Self::Phone(phone) => check_phone(phone),
            Self::Email(_) | Self::Username(_) => Ok(()),
        }
    }
}

impl fmt::Debug for By<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Email(_) => "Email(..)",
            Self::Phone(_) => "Phone(..)",
            Self::Username(_) => "Username(..)",
        })
    }
}
