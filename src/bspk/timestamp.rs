//! The time of an event at BSPK, as BSPK wrote it.

#[cfg(feature = "client")]
use std::time::SystemTime;
use std::{convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{invalid_value::InvalidValue, text::decode};

const INVALID: InvalidValue = InvalidValue("invalid timestamp: expected text");

/// The time in an answer, kept as it came.
///
/// Any text is one: a shopper who is stored must not be lost over a date that cannot be read. Two are equal if their texts
/// are. It may hold anything, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text, as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment, if the text is one by RFC 3339, with or without a fraction of a second.
    ///
    /// A text that names no offset from UTC is not. With the feature `client` alone, as it takes a library of its own.
    ///
    /// # Example: a time with a fraction
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use shoppers::bspk::Timestamp;
    ///
    /// let created_at = Timestamp::from("1970-01-01T00:01:00.250Z");
    /// assert_eq!(
    ///     created_at.to_system_time(),
    ///     Some(SystemTime::UNIX_EPOCH + Duration::from_millis(60_250)),
    /// );
    /// ```
    #[cfg(feature = "client")]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let time: jiff::Timestamp = self.0.parse().ok()?;
        // jiff's own conversion panics where the system's time begins later than year -9999.
        let since = time.as_duration();
        if since.is_negative() {
            SystemTime::UNIX_EPOCH.checked_sub(since.unsigned_abs())
        } else {
            SystemTime::UNIX_EPOCH.checked_add(since.unsigned_abs())
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        decode(deserializer, INVALID).map(Timestamp)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Timestamp {
        Timestamp(text.to_owned())
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Timestamp {
        Timestamp(text)
    }
}

impl FromStr for Timestamp {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Timestamp, Infallible> {
        Ok(Timestamp::from(text))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timestamp(..)")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BspkTimestamp".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::Timestamp").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // No `format`: a date that BSPK writes otherwise is still one of its answers.
        schemars::json_schema!({
            "type": "string",
            "description": "A time as BSPK wrote it, as a rule by RFC 3339.",
            "examples": ["2018-07-21T17:32:28Z", "2026-03-11T18:34:54.882Z"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "client")]
    #[test]
    fn a_moment_is_read() {
        use std::time::Duration;

        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2018-07-21T17:32:28Z", 1_532_194_348_000),
            ("2026-03-11T18:34:54.882Z", 1_773_254_094_882),
            ("2026-03-11T15:34:54.882-03:00", 1_773_254_094_882),
        ];

        for (text, millis) in cases {
            let expected = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
            assert_eq!(
                Timestamp::from(text).to_system_time(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(
            Timestamp::from("1969-12-31T23:59:59Z").to_system_time(),
            Some(SystemTime::UNIX_EPOCH - Duration::from_secs(1))
        );
    }

    #[test]
    fn text_that_is_no_moment_is_kept() {
        let long = "9".repeat(100_000);
        let cases = [
            "",
            " ",
            "01/05/2022",
            "2022-01-17T10:15:18",
            "2023-02-29T00:00:00Z",
            "-1",
            "+1",
            "1532194348",
            " 2018-07-21T17:32:28Z",
            "٢٠١٨-07-21T17:32:28Z",
            "99999-01-01T00:00:00Z",
            &long,
        ];

        for text in cases {
            let timestamp = Timestamp::from(text);
            #[cfg(feature = "client")]
            assert_eq!(timestamp.to_system_time(), None, "{text:?}");
            assert_eq!(timestamp.as_str(), text);
            assert_eq!(text.parse(), Ok(timestamp));
        }
    }

    #[test]
    fn it_travels_as_it_came() {
        for wire in [r#""2026-03-11T18:34:54.882Z""#, r#""01/05/2022""#, r#""""#] {
            let timestamp: Timestamp = serde_json::from_str(wire).unwrap();
            assert_eq!(serde_json::to_string(&timestamp).unwrap(), wire);
        }
    }

    #[test]
    fn debug_does_not_show_it() {
        let timestamp = Timestamp::from("2018-07-21T17:32:28Z");

        assert_eq!(format!("{timestamp:?}"), "Timestamp(..)");
    }

    #[test]
    fn an_error_does_not_repeat_what_it_read() {
        let err = serde_json::from_str::<Timestamp>("15550100999").unwrap_err();

        assert!(!err.to_string().contains("15550100999"), "{err}");
        assert!(err.to_string().contains("invalid timestamp"), "{err}");
    }
}
