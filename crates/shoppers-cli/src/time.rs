//! Durations and moments in arguments and in the environment.

use std::{fmt, str::FromStr, time::Duration};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A moment in whole seconds since 1970, as BSPK's ranges of time have it (specs/bspk, `from`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

impl Moment {
    pub fn now() -> Self {
        Self(Timestamp::now().as_second())
    }

    pub fn before(self, time: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(time.as_secs()))
    }
}

/// Reads a date, which is its midnight in UTC, or a time with an offset from UTC, without its fraction of a second.
impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time: Result<Timestamp, _> = text.parse();
        let date = || {
            // A longer text may be a time without an offset, which is no moment.
            let date: Date = Some(text).filter(|it| it.len() == 10)?.parse().ok()?;
            Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
        };
        let time = time.ok().or_else(date);
        time.map(|it| Self(it.as_second()))
            .ok_or("expected a date such as 2026-01-31, which is midnight in UTC, or a time such as 2026-01-31T13:00:00Z")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every moment comes from a time.
        let time = Timestamp::from_second(self.0).unwrap_or_default();
        write!(f, "{time}")
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Reads a duration that is not zero, such as `10s`.
pub fn positive(text: &str) -> Result<Duration, &'static str> {
    humantime::parse_duration(text)
        .ok()
        .filter(|duration| !duration.is_zero())
        .ok_or("expected a time of more than 0 with its unit, such as 500ms, 10s or 2m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_date_or_a_time_with_an_offset() {
        for (text, expected) in [
            ("2026-01-31", Some("2026-01-31T00:00:00Z")),
            ("2026-01-31T13:00:00.999Z", Some("2026-01-31T13:00:00Z")),
            ("2026-01-31T13:00:00+02:00", Some("2026-01-31T11:00:00Z")),
            ("2026-01-31T13:00:00", None),
            ("2026-02-30", None),
            ("31.01.2026", None),
            ("yesterday", None),
            ("", None),
        ] {
            let moment: Result<Moment, _> = text.parse();

            let shown = moment.ok().map(|it| it.to_string());
            assert_eq!(shown.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_duration_is_more_than_zero() {
        for (text, expected) in [
            ("10s", Some(Duration::from_secs(10))),
            ("1ns", Some(Duration::from_nanos(1))),
            ("0s", None),
            ("0", None),
            ("0m 0s", None),
            ("10", None),
            ("", None),
        ] {
            assert_eq!(positive(text).ok(), expected, "{text}");
        }
    }
}
