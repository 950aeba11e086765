//! The ways in which a shopper likes to be contacted.

use super::open_enum::open_enum;

open_enum! {
    /// A way to contact a shopper, by BSPK's names.
    ///
    /// A name that is not known here is kept as it is, so `Email` is not [`Email`](ContactChannel::Email) but
    /// [`Other`](ContactChannel::Other); a known name never is. `Debug` does not show it.
    ///
    /// # Example: a shopper who prefers WhatsApp
    ///
    /// ```
    /// use shoppers::bspk::ContactChannel;
    ///
    /// let channel: ContactChannel = "whatsapp".parse()?;
    /// assert_eq!(channel, ContactChannel::Whatsapp);
    /// # Ok::<(), shoppers::bspk::InvalidValue>(())
    /// ```
    // The names are in the prose of `preferred_contact_channel` (specs/bspk), not in an `enum`.
    pub enum ContactChannel {
        /// `chat`.
        Chat = "chat",
        /// `email`.
        Email = "email",
        /// `line`.
        Line = "line",
        /// `whatsapp`.
        Whatsapp = "whatsapp",
        /// `wechat`.
        Wechat = "wechat",
        /// `call`.
        Call = "call",
    }

    /// A channel's name that is not known here; it comes from parsing a [`ContactChannel`].
    pub struct OtherContactChannel;

    invalid: "invalid contact channel: expected chat, email, line, whatsapp, wechat, call or another name that is not blank \
              (leave the field out to send none)",
    schema: {
        "description": "A way to contact a shopper: chat, email, line, whatsapp, wechat, call or another name.",
        "pattern": "[^\\s\\u0085\\uFEFF]",
        "examples": ["chat", "email", "line", "whatsapp", "wechat", "call"],
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_is_its_variant() {
        let cases = [
            ("chat", ContactChannel::Chat),
            ("email", ContactChannel::Email),
            ("line", ContactChannel::Line),
            ("whatsapp", ContactChannel::Whatsapp),
            ("wechat", ContactChannel::Wechat),
            ("call", ContactChannel::Call),
        ];

        for (name, channel) in cases {
            assert_eq!(name.parse(), Ok(channel.clone()));
            assert_eq!(channel.as_str(), name);
            assert_eq!(channel.to_string(), name);
        }
    }

    #[test]
    fn another_name_is_kept_as_it_is() {
        for name in ["Email", "telegram", " call", "lïne", "+1"] {
            let channel: ContactChannel = name.parse().unwrap();
            assert!(matches!(channel, ContactChannel::Other(_)), "{name:?}");
            assert_eq!(channel.as_str(), name);
        }
    }

    #[test]
    fn a_blank_name_is_refused() {
        for name in ["", " ", "\n"] {
            assert_eq!(name.parse::<ContactChannel>(), Err(INVALID), "{name:?}");
        }
    }

    #[test]
    fn it_travels_as_text() {
        for wire in [r#""whatsapp""#, r#""telegram""#] {
            let channel: ContactChannel = serde_json::from_str(wire).unwrap();
            assert_eq!(serde_json::to_string(&channel).unwrap(), wire);
        }
        for wire in [r#"" ""#, "0", "null", r#"["email"]"#] {
            assert!(
                serde_json::from_str::<ContactChannel>(wire).is_err(),
                "{wire}"
            );
        }
    }
}
