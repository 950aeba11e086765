//! Durations in arguments and in the environment.

use std::time::Duration;

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
