//! The parts that values which travel as text have in common.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{invalid_value::InvalidValue, validation::trim};

/// Gives a type with `FromStr` and `Display` its conversions, its wire form, and a `Debug` without data.
macro_rules! wire_text {
    ($name:ident, $invalid:expr, { $($schema:tt)* }) => {
        crate::text::encoded_text!($name, { $($schema)* });

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text: String = crate::text::decode(deserializer, $invalid)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// The same without `Deserialize`, for a type that accepts more than text.
macro_rules! encoded_text {
    ($name:ident, { $($schema:tt)* }) => {
        impl TryFrom<&str> for $name {
            type Error = crate::invalid_value::InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::invalid_value::InvalidValue;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                crate::text::schema_name(module_path!(), stringify!($name)).into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", $($schema)* })
            }
        }
    };
}

pub(crate) use {encoded_text, wire_text};

/// Reads a `T`, and says `invalid` if there is none.
pub(crate) fn decode<'de, D, T>(deserializer: D, invalid: InvalidValue) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    // serde's own message quotes what it found: invalid type: integer `19820222`.
    T::deserialize(deserializer).map_err(|_| D::Error::custom(invalid))
}

/// The name of a type in schemas, with that of its vendor, which is the module below the crate.
#[cfg(feature = "schemars")]
pub(crate) fn schema_name(module: &str, name: &str) -> String {
    let vendor = module.split("::").nth(1).unwrap_or_default();
    let (first, rest) = vendor.split_at(vendor.len().min(1));
    format!("{}{rest}{name}", first.to_uppercase())
}

/// The item without the white space round it, unless it is blank or holds a separator.
pub(crate) fn item<'a>(text: &'a str, separators: &[char]) -> Option<&'a str> {
    // No vendor page says how a separator would be escaped, so it cannot be sent.
    let item = trim(text);
    (!item.is_empty() && !item.contains(separators)).then_some(item)
}

/// The items in one text, unless one of them is refused or there is none.
pub(crate) fn join<I>(items: I, separators: &[char], between: &str) -> Option<String>
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    let mut joined = String::new();
    for text in items {
        let item = item(text.as_ref(), separators)?;
        if !joined.is_empty() {
            joined.push_str(between);
        }
        joined.push_str(item);
    }
    (!joined.is_empty()).then_some(joined)
}

/// The number that a text of so many digits is.
pub(crate) fn digits<T: FromStr>(text: &str, width: usize) -> Option<T> {
    // Numbers parse from `+1` too.
    let is_number = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The last day of the month, of some year if none is given, or 0 if there is no such month.
pub(crate) fn last_day(year: Option<u16>, month: u8) -> u8 {
    let leap = |year: u16| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(leap) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_trimmed_and_holds_no_separator() {
        let cases = [
            ("en", Some("en")),
            (" en\t", Some("en")),
            ("Av. Paulista", Some("Av. Paulista")),
            ("", None),
            (" \u{3000}\n", None),
            ("en;fr", None),
        ];

        for (text, expected) in cases {
            assert_eq!(item(text, &[';']), expected, "{text:?}");
        }
    }

    #[test]
    fn a_list_without_items_joins_to_nothing() {
        assert_eq!(join([""; 0], &[';'], ";"), None);
        assert_eq!(join(["en", ""], &[';'], ";"), None);
        assert_eq!(join(["en", "fr"], &[';'], ";").as_deref(), Some("en;fr"));
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn every_schema_is_a_described_string() {
        use crate::{
            bspk::{
                Birthday, ContactChannel, Flag, Gender, IgnoreColumns, Languages, Preferences,
                Timestamp,
            },
            gatsby::Date,
        };

        let schemas = [
            schemars::schema_for!(Birthday),
            schemars::schema_for!(ContactChannel),
            schemars::schema_for!(Flag),
            schemars::schema_for!(Gender),
            schemars::schema_for!(IgnoreColumns),
            schemars::schema_for!(Languages),
            schemars::schema_for!(Preferences),
            schemars::schema_for!(Timestamp),
            schemars::schema_for!(Date),
        ];

        for schema in schemas {
            assert_eq!(
                schema.get("type"),
                Some(&serde_json::json!("string")),
                "{schema:?}"
            );
            assert!(schema.get("description").is_some(), "{schema:?}");
        }
    }
}
