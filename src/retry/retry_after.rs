//! The header `Retry-After`.

use std::time::{Duration, SystemTime};

/// The wait that a `Retry-After` asks for: seconds, or a date (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let date = httpdate::parse_http_date(value).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn a_retry_after_is_seconds_or_a_date() {
        // Sun, 06 Nov 1994 08:49:37 GMT, the date in RFC 9110.
        let now = SystemTime::UNIX_EPOCH + S(784_111_777);
        let cases = [
            ("0", Some(S(0))),
            ("120", Some(S(120))),
            (" 7 ", Some(S(7))),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(S(10))),
            ("Sunday, 06-Nov-94 08:49:47 GMT", Some(S(10))),
            ("Sun Nov  6 08:49:47 1994", Some(S(10))),
            ("Sun, 06 Nov 1994 08:49:27 GMT", Some(S(0))),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
            ("99999999999999999999999", None),
        ];

        for (value, expected) in cases {
            assert_eq!(retry_after(value, now), expected, "{value:?}");
        }
    }
}
