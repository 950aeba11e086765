//! The keys of a search.

use std::fmt;

use super::{
    Shopper, ShopperInput,
    shopper_input::{NO_KEY, check_phone},
};
use crate::validation::{ValidationError, is_blank};

/// The key of a search for shoppers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum By<'a> {
    /// An e-mail address.
    Email(&'a str),
    /// A phone number by E.164: a plus sign, the country code and the number, as `+15551234567`.
    Phone(&'a str),
    /// A handle on Instagram or TikTok.
    Username(&'a str),
}

/// A key in the form in which two of them are compared. It is a shopper's, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    Email(String),
    Phone(String),
    Username(String),
}

/// The relation of a shopper that a search has found to the keys that were searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// It has one of them.
    Holds,
    /// It has another key of the kind that was searched by, and none of them.
    Differs,
    /// It does not show a key of the kind that was searched by that could be compared.
    Unclear,
}

impl Match {
    /// Compares a shopper that a search by `by` has found with all the keys that are searched for.
    pub(super) fn of(found: &Shopper, by: By<'_>, searched: &[Key]) -> Self {
        let shown = ShopperInput::from(found.clone());
        let shown = shown.keys();
        if shown.iter().any(|it| searched.contains(&it.key())) {
            Self::Holds
        } else if shown.iter().any(|it| it.can_differ_from(by)) {
            Self::Differs
        } else {
            Self::Unclear
        }
    }
}

impl<'a> By<'a> {
    /// The key without what two ways of writing it may differ in: the case of a letter, the `@` before a user name, all
    /// but the digits of a phone number.
    pub(super) fn key(self) -> Key {
        let lower = |text: &str| text.trim().to_lowercase();
        match self {
            Self::Email(text) => Key::Email(lower(text)),
            Self::Phone(text) => Key::Phone(text.chars().filter(char::is_ascii_digit).collect()),
            Self::Username(text) => {
                let name = lower(text);
                Key::Username(name.strip_prefix('@').unwrap_or(&name).to_owned())
            }
        }
    }

    /// Returns `true` if this key and `other`, once they are not equal, are known to be two keys. A phone number without
    /// its country code may be any country's.
    fn can_differ_from(self, other: By<'_>) -> bool {
        match (self, other) {
            (Self::Phone(text), By::Phone(_)) => text.trim().starts_with('+'),
            (Self::Email(_), By::Email(_)) | (Self::Username(_), By::Username(_)) => true,
            _ => false,
        }
    }

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

    pub(super) fn check(self) -> Result<(), ValidationError> {
        match self {
            _ if is_blank(self.text()) => Err(NO_KEY),
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_found_shopper_has_to_hold_one_of_the_keys() {
        use By::{Email, Phone, Username};
        let instagram = |fields: Value| json!({"channel": {"instagram": fields}});
        let tiktok = |fields: Value| json!({"channel": {"tiktok": fields}});
        let by_email = Email("John@Example.com");
        let by_phone = Phone("+1 (555) 123-4567");
        let by_name = Username("@John.Meyer");
        let cases = [
            (
                by_email,
                instagram(json!({"email": "john@example.com "})),
                Match::Holds,
            ),
            (
                by_email,
                tiktok(json!({"email": "JOHN@EXAMPLE.COM"})),
                Match::Holds,
            ),
            (
                by_email,
                instagram(json!({"email": "jane@example.com"})),
                Match::Differs,
            ),
            (
                by_email,
                instagram(json!({"userName": "john.meyer"})),
                Match::Holds,
            ),
            (
                by_email,
                instagram(json!({"userName": "john@example.com"})),
                Match::Unclear,
            ),
            (by_email, instagram(json!({"email": null})), Match::Unclear),
            (by_email, instagram(json!({"email": " "})), Match::Unclear),
            (by_email, json!({"channel": null}), Match::Unclear),
            (by_email, json!({}), Match::Unclear),
            (
                by_phone,
                instagram(json!({"phone": "+15551234567"})),
                Match::Holds,
            ),
            (
                by_phone,
                instagram(json!({"phone": "15551234567"})),
                Match::Holds,
            ),
            (
                by_phone,
                instagram(json!({"phone": "+25551234567"})),
                Match::Differs,
            ),
            (
                by_phone,
                instagram(json!({"phone": "(555) 123-4567"})),
                Match::Unclear,
            ),
            (
                by_name,
                tiktok(json!({"userName": "john.meyer"})),
                Match::Holds,
            ),
            (
                by_name,
                tiktok(json!({"userName": "@john_meyer"})),
                Match::Differs,
            ),
        ];
        let searched = [by_email.key(), by_phone.key(), by_name.key()];

        for (by, mut found, expected) in cases {
            found["_id"] = json!("1");
            let shopper: Shopper = serde_json::from_value(found.clone()).unwrap();

            assert_eq!(
                Match::of(&shopper, by, &searched),
                expected,
                "{by:?} {found}"
            );
        }
    }
}
