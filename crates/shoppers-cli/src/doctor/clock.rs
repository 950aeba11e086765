//! Whether this machine knows what time it is.

use std::time::{Duration, SystemTime};

use super::check::Check;

/// A `Date` has whole seconds, and is as old as its way was long.
const TOLERANCE: Duration = Duration::from_secs(5);

/// Holds our time against the `Date` of an answer that came just then.
pub fn check(now: SystemTime, date: Option<&str>) -> Check {
    let Some(theirs) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
        return Check::warn(
            "clock",
            "the answer has no date to compare with",
            "compare this machine's clock with another",
        );
    };
    let (apart, word) = match now.duration_since(theirs) {
        Ok(ahead) => (ahead, "ahead of"),
        Err(err) => (err.duration(), "behind"),
    };
    let message = format!("{} s {word} the vendor's", apart.as_secs());
    match apart <= TOLERANCE {
        true => Check::ok("clock", message),
        false => Check::warn(
            "clock",
            message,
            "set this machine's clock (NTP): certificates and times in logs depend on it",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_wrong_is_told_with_its_seconds() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let cases = [
            (
                Some("Sun, 09 Sep 2001 01:46:40 GMT"),
                "  ok    clock: 0 s ahead of the vendor's",
            ),
            (
                Some("Sun, 09 Sep 2001 01:46:35 GMT"),
                "  ok    clock: 5 s ahead of the vendor's",
            ),
            (
                Some("Sun, 09 Sep 2001 01:46:34 GMT"),
                "  warn  clock: 6 s ahead of the vendor's",
            ),
            (
                Some("Sun, 09 Sep 2001 02:46:40 GMT"),
                "  warn  clock: 3600 s behind the vendor's",
            ),
            (Some("yesterday"), "  warn  clock: the answer has no date"),
            (None, "  warn  clock: the answer has no date"),
        ];

        for (date, expected) in cases {
            let shown = check(now, date).to_string();

            assert!(shown.starts_with(expected), "{shown}");
        }
    }
}
