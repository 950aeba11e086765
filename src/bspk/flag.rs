//! A boolean that BSPK writes as text.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use crate::{
    invalid_value::InvalidValue,
    text::{decode, encoded_text},
};

const INVALID: InvalidValue = InvalidValue("invalid flag: expected `true` or `false`");

/// A yes or no, such as a shopper's agreement to be contacted by e-mail.
///
/// It travels as the text `true` or `false`. A JSON boolean is read too, because people write one by hand; it is sent as
/// text anyway. `TRUE`, `yes` and `1` are refused. `Debug` does not show it.
///
/// # Example: a shopper who agrees to e-mails
///
/// ```
/// use shoppers::bspk::Flag;
///
/// let email_contact = Flag::from(true);
/// assert_eq!(email_contact.to_string(), "true");
/// assert!(email_contact.get());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flag(bool);

encoded_text!(Flag, {
    "description": "A boolean, written as text.",
    "enum": ["true", "false"],
});

impl Flag {
    /// The flag as a boolean.
    pub fn get(self) -> bool {
        self.0
    }
}

impl From<bool> for Flag {
    fn from(flag: bool) -> Flag {
        Flag(flag)
    }
}

impl From<Flag> for bool {
    fn from(flag: Flag) -> bool {
        flag.0
    }
}

impl FromStr for Flag {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Flag, InvalidValue> {
        text.parse().map(Flag).map_err(|_| INVALID)
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Flag, D::Error> {
        match decode(deserializer, INVALID)? {
            Value::Bool(flag) => Ok(Flag(flag)),
            Value::String(text) => text.parse().map_err(D::Error::custom),
            _ => Err(D::Error::custom(INVALID)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boolean_and_its_text_are_one() {
        for (text, value) in [("true", true), ("false", false)] {
            let flag = Flag::from(value);
            assert_eq!(text.parse(), Ok(flag));
            assert_eq!(flag.to_string(), text);
            assert_eq!(flag.get(), value);
            assert_eq!(bool::from(flag), value);
        }
    }

    #[test]
    fn nothing_else_is_a_flag() {
        let long = "true".repeat(100_000);
        let cases = [
            "",
            "TRUE",
            "True",
            "yes",
            "no",
            "1",
            "0",
            "+1",
            "-1",
            "t",
            " true",
            "false\n",
            "trüe",
            "\u{ff54}rue",
            &long,
        ];

        for text in cases {
            assert_eq!(text.parse::<Flag>(), Err(INVALID), "{text:?}");
        }
    }

    #[test]
    fn it_is_read_as_text_or_boolean_and_sent_as_text() {
        let cases = [
            (r#""true""#, r#""true""#),
            (r#""false""#, r#""false""#),
            ("true", r#""true""#),
            ("false", r#""false""#),
        ];

        for (read, sent) in cases {
            let flag: Flag = serde_json::from_str(read).unwrap();
            assert_eq!(serde_json::to_string(&flag).unwrap(), sent);
        }
        for wire in ["1", "0", "null", "[]", r#""TRUE""#, r#""""#] {
            assert!(serde_json::from_str::<Flag>(wire).is_err(), "{wire}");
        }
    }
}
