//! Times, as they are given on the command line.

use std::time::Duration;

/// Reads a time in which something is to happen, which cannot be none.
pub fn some(text: &str) -> Result<Duration, String> {
    let time = humantime::parse_duration(text).map_err(|err| err.to_string())?;
    match time.is_zero() {
        true => Err("expected more than 0, such as 10s".to_owned()),
        false => Ok(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_more_than_nothing() {
        for (text, expected) in [
            ("10s", Some(Duration::from_secs(10))),
            ("1ns", Some(Duration::from_nanos(1))),
            ("0s", None),
            ("0", None),
            ("0m 0s", None),
            ("10", None),
            ("", None),
        ] {
            assert_eq!(some(text).ok(), expected, "{text}");
        }
    }
}
