//! The body of a write: made from a shopper that was read, and checked.

use super::{
    Channel, ChannelInput, Instagram, InstagramInput, Integrations, IntegrationsInput, Shopper,
    ShopperInput, Tiktok, TiktokInput, Zinrelo, ZinreloInput,
};
#[cfg(feature = "client")]
use crate::{
    Error, Operation,
    validation::is_blank,
    validation::{Validate, ValidationError},
};

/// The body of an update that says what was read. What Gatsby does not take back (the id, `isVerified`, keywords, fields
/// that its document does not describe, or describes otherwise) is left out.
impl From<Shopper> for ShopperInput {
    fn from(shopper: Shopper) -> Self {
        Self {
            channel: shopper.channel.map(Into::into),
            integrations: shopper.integrations.map(Into::into),
        }
    }
}

impl From<Channel> for ChannelInput {
    fn from(channel: Channel) -> Self {
        Self {
            instagram: channel.instagram.map(Into::into),
            tiktok: channel.tiktok.map(Into::into),
        }
    }
}

impl From<Instagram> for InstagramInput {
    fn from(instagram: Instagram) -> Self {
        Self {
            email: instagram.email,
            first_name: instagram.first_name,
            full_name: instagram.full_name,
            last_name: instagram.last_name,
            phone: instagram.phone,
            user_name: instagram.user_name,
        }
    }
}

impl From<Tiktok> for TiktokInput {
    fn from(tiktok: Tiktok) -> Self {
        Self {
            email: tiktok.email,
            first_name: tiktok.first_name,
            full_name: tiktok.full_name,
            last_name: tiktok.last_name,
            user_name: tiktok.user_name,
        }
    }
}

impl From<Integrations> for IntegrationsInput {
    fn from(integrations: Integrations) -> Self {
        Self {
            zinrelo: integrations.zinrelo.map(Into::into),
        }
    }
}

impl From<Zinrelo> for ZinreloInput {
    fn from(zinrelo: Zinrelo) -> Self {
        Self {
            environment: zinrelo.environment,
            member_id: zinrelo.member_id,
            partner_id: zinrelo.partner_id,
            user_id: zinrelo.user_id,
        }
    }
}

/// Nothing to know the shopper by.
#[cfg(feature = "client")]
pub(super) const NO_KEY: ValidationError =
    "at least one of email, phone and userName has to be given";

/// A phone number that is not E.164.
#[cfg(feature = "client")]
const NO_PHONE: ValidationError = "a phone has to start with + and its country code, and hold 8 to 15 digits and nothing else: \
                                   write it as +15551234567";

#[cfg(feature = "client")]
impl ShopperInput {
    /// Checks it as [`create_shopper`](super::Client::create_shopper) and
    /// [`ensure_shopper`](super::Client::ensure_shopper) do before they send anything, so that a file can be looked
    /// through without a key.
    ///
    /// # Errors
    ///
    /// No email, phone or userName in any channel, or a phone that is not E.164, such as `+15551234567`:
    /// [`is_invalid`](Error::is_invalid).
    pub fn check(&self) -> Result<(), Error> {
        self.check_keys().map_err(Error::invalid)
    }

    /// Checks that it can be created: "At least one of email, phone, userName must be provided" (Gatsby's page).
    pub(super) fn check_keys(&self) -> Result<(), ValidationError> {
        let instagram = self.instagram().into_iter();
        let tiktok = self.channel.iter().flat_map(|it| &it.tiktok);
        let mut keys = instagram
            .flat_map(|it| [&it.email, &it.phone, &it.user_name])
            .chain(tiktok.flat_map(|it| [&it.email, &it.user_name]))
            .flatten();
        if !keys.any(|key| !is_blank(key)) {
            return Err(NO_KEY);
        }
        self.check_phone()
    }

    /// Checks its phone, if it has one.
    pub(super) fn check_phone(&self) -> Result<(), ValidationError> {
        match self.instagram().and_then(|it| it.phone.as_deref()) {
            Some(phone) => check_phone(phone),
            None => Ok(()),
        }
    }

    fn instagram(&self) -> Option<&InstagramInput> {
        self.channel.as_ref()?.instagram.as_ref()
    }
}

#[cfg(feature = "client")]
impl Validate for ShopperInput {
    /// A create needs a key to know the shopper by, and an update has its id.
    fn validate(&self, operation: &Operation) -> Result<(), ValidationError> {
        if operation.method == "POST" {
            self.check_keys()
        } else {
            self.check_phone()
        }
    }
}

/// "must include a 10-digit phone number with country code" (Gatsby's page). National numbers are shorter in places, so
/// the rule is that of E.164. Separators are refused: a search for a number in another form would not find the shopper.
#[cfg(feature = "client")]
pub(super) fn check_phone(phone: &str) -> Result<(), ValidationError> {
    match phone.strip_prefix('+').map(str::as_bytes) {
        Some(digits @ [b'1'..=b'9', ..])
            if (8..=15).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) =>
        {
            Ok(())
        }
        _ => Err(NO_PHONE),
    }
}

#[cfg(feature = "client")]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_needs_its_country_code() {
        let cases = [
            ("+15551234567", true),
            ("+1 (555) 123-4567", false),
            (" +15551234567", false),
            ("+05551234567", false),
            ("+4512345678", true),
            ("+123456789012345", true),
            ("15551234567", false),
            ("5551234567", false),
            ("+5551", false),
            ("+1234567890123456", false),
            ("+1555123456x", false),
            ("+١٥٥٥١٢٣٤٥٦٧", false),
            ("++15551234567", false),
            ("+", false),
            ("", false),
        ];

        for (phone, expected) in cases {
            assert_eq!(check_phone(phone).is_ok(), expected, "{phone}");
        }
    }

    #[test]
    fn a_shopper_is_known_by_one_key_in_any_channel() {
        let cases = [
            (r#"{}"#, Err(NO_KEY)),
            (r#"{"channel":{"instagram":{"fullName":"J"}}}"#, Err(NO_KEY)),
            (r#"{"channel":{"instagram":{"email":" "}}}"#, Err(NO_KEY)),
            (r#"{"channel":{"instagram":{"email":"j@x"}}}"#, Ok(())),
            (r#"{"channel":{"instagram":{"userName":"j"}}}"#, Ok(())),
            (
                r#"{"channel":{"instagram":{"phone":"+15551234567"}}}"#,
                Ok(()),
            ),
            (
                r#"{"channel":{"instagram":{"phone":"5551234567"}}}"#,
                Err(NO_PHONE),
            ),
            (r#"{"channel":{"tiktok":{"email":"j@x"}}}"#, Ok(())),
            (r#"{"channel":{"tiktok":{"userName":"j"}}}"#, Ok(())),
            (
                r#"{"integrations":{"zinrelo":{"user_id":"1"}}}"#,
                Err(NO_KEY),
            ),
        ];

        for (body, expected) in cases {
            let shopper: ShopperInput = serde_json::from_str(body).unwrap();

            assert_eq!(shopper.check_keys(), expected, "{body}");
        }
    }
}
