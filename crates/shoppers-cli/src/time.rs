//! Durations in arguments and in the environment.

use std::time::Duration;

/// Reads a duration that is not zero, such as `10s`.
pub fn positive(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("expected more than 0, such as 10s".to_owned()),
        Ok(duration) => Ok(duration),
        Err(err) => Err(err.to_string()),
    }
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
