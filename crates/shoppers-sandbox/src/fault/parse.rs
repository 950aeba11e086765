//! A fault as it is written in a flag or a file of settings.

use std::{io, str::FromStr, time::Duration};

use jiff::SignedDuration;

use super::{Fault, invalid};

/// Reads a fault's [`name`](Fault::name), with a colon and what the fault needs behind it: `html:422`,
/// `slow_answer:2s`, `late_work:2s`, `trickling_body:5ms`, `endless_body:1000000`, `quota_headers:30/29`,
/// `redirect:302/https://example.com/`. Without a colon `service_unavailable` and `throttled` have no `Retry-After`;
/// behind one is what it says.
///
/// # Example: a fault out of a file of settings
///
/// ```
/// use shoppers_sandbox::Fault;
///
/// let fault: Fault = "service_unavailable:2".parse()?;
///
/// assert_eq!(fault, Fault::ServiceUnavailable { retry_after: Some("2".into()) });
/// # Ok::<(), std::io::Error>(())
/// ```
impl FromStr for Fault {
    /// [`InvalidInput`](io::ErrorKind::InvalidInput): there is no such fault, or it needs something else behind its
    /// name.
    type Err = io::Error;

    fn from_str(text: &str) -> Result<Self, io::Error> {
        let (name, detail) = match text.split_once(':') {
            Some((name, detail)) => (name, Some(detail)),
            None => (text, None),
        };
        if let Some(fault) = alone(name) {
            return match detail {
                None => Ok(fault),
                Some(_) => Err(invalid(format!("fault {name}: nothing goes behind it"))),
            };
        }
        let retry_after = detail.map(str::to_owned);
        let fault = match name {
            "service_unavailable" => Self::ServiceUnavailable { retry_after },
            "throttled" => Self::Throttled { retry_after },
            "html" => Self::Html {
                status: number(name, detail, "a status")?,
            },
            "endless_body" => Self::EndlessBody {
                bytes: number(name, detail, "a number of bytes")?,
            },
            "trickling_body" => Self::TricklingBody {
                every: time(name, detail)?,
            },
            "slow_answer" => Self::SlowAnswer {
                delay: time(name, detail)?,
            },
            "late_work" => Self::LateWork {
                delay: time(name, detail)?,
            },
            "quota_headers" => {
                let (limit, remaining) = pair(name, detail, "LIMIT/REMAINING")?;
                Self::QuotaHeaders { limit, remaining }
            }
            "redirect" => {
                let (status, location) = pair(name, detail, "STATUS/LOCATION")?;
                Self::Redirect {
                    status: number(name, Some(&status), "a status")?,
                    location,
                }
            }
            _ => return Err(invalid(format!("no fault has the name {name:?}"))),
        };
        fault.check()?;
        Ok(fault)
    }
}

/// The faults that need nothing but their name.
fn alone(name: &str) -> Option<Fault> {
    Some(match name {
        "internal_server_error" => Fault::InternalServerError,
        "bad_gateway" => Fault::BadGateway,
        "gateway_timeout" => Fault::GatewayTimeout,
        "closed_before" => Fault::ClosedBefore,
        "closed_after" => Fault::ClosedAfter,
        "half_body" => Fault::HalfBody,
        "invalid_json" => Fault::InvalidJson,
        "null_fields" => Fault::NullFields,
        "unknown_fields" => Fault::UnknownFields,
        "empty_body" => Fault::EmptyBody,
        _ => return None,
    })
}

fn number<T: FromStr>(name: &str, detail: Option<&str>, what: &str) -> io::Result<T> {
    let number = detail.and_then(|detail| detail.parse().ok());
    number.ok_or_else(|| lacking(name, what))
}

fn time(name: &str, detail: Option<&str>) -> io::Result<Duration> {
    let time: Option<SignedDuration> = detail.and_then(|detail| detail.parse().ok());
    time.and_then(|time| Duration::try_from(time).ok())
        .ok_or_else(|| lacking(name, "a time, such as 2s or 5ms"))
}

fn pair(name: &str, detail: Option<&str>, what: &str) -> io::Result<(String, String)> {
    let pair = detail.and_then(|detail| detail.split_once('/'));
    let (left, right) = pair.ok_or_else(|| lacking(name, what))?;
    Ok((left.to_owned(), right.to_owned()))
}

fn lacking(name: &str, what: &str) -> io::Error {
    invalid(format!("fault {name}: needs a colon and {what} behind it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_read_by_its_name() {
        let second = Duration::from_secs(1);
        let faults = [
            ("internal_server_error", Fault::InternalServerError),
            ("bad_gateway", Fault::BadGateway),
            (
                "service_unavailable",
                Fault::ServiceUnavailable { retry_after: None },
            ),
            ("gateway_timeout", Fault::GatewayTimeout),
            ("html:422", Fault::Html { status: 422 }),
            (
                "throttled:Sun, 22 Nov 2026 10:00:00 GMT",
                Fault::Throttled {
                    retry_after: Some("Sun, 22 Nov 2026 10:00:00 GMT".into()),
                },
            ),
            ("closed_before", Fault::ClosedBefore),
            ("closed_after", Fault::ClosedAfter),
            ("half_body", Fault::HalfBody),
            ("endless_body:9", Fault::EndlessBody { bytes: 9 }),
            ("trickling_body:1s", Fault::TricklingBody { every: second }),
            ("invalid_json", Fault::InvalidJson),
            ("null_fields", Fault::NullFields),
            ("unknown_fields", Fault::UnknownFields),
            ("empty_body", Fault::EmptyBody),
            ("slow_answer:1000ms", Fault::SlowAnswer { delay: second }),
            ("late_work:1s", Fault::LateWork { delay: second }),
            (
                "quota_headers:30/x",
                Fault::QuotaHeaders {
                    limit: "30".into(),
                    remaining: "x".into(),
                },
            ),
            (
                "redirect:302/https://example.com/a",
                Fault::Redirect {
                    status: 302,
                    location: "https://example.com/a".into(),
                },
            ),
        ];

        for (text, fault) in faults {
            assert_eq!(text.parse::<Fault>().ok().as_ref(), Some(&fault), "{text}");
            assert_eq!(text.split(':').next(), Some(fault.name()));
        }
    }

    #[test]
    fn what_is_no_fault_is_refused_with_what_it_lacks() {
        let cases = [
            ("", "no fault has the name"),
            ("ClosedAfter", "no fault has the name"),
            ("html", "needs a colon and a status"),
            ("html:200", "not a status for it"),
            ("html:x", "needs a colon and a status"),
            ("closed_after:1", "nothing goes behind it"),
            ("slow_answer", "needs a colon and a time"),
            ("slow_answer:-1s", "needs a colon and a time"),
            ("endless_body:", "needs a colon and a number"),
            ("quota_headers:30", "needs a colon and LIMIT/REMAINING"),
            ("redirect:302", "needs a colon and STATUS/LOCATION"),
            ("throttled:a\nb", "no header can say"),
        ];

        for (text, reason) in cases {
            let err = text.parse::<Fault>().unwrap_err();

            assert_eq!(err.kind(), io::ErrorKind::InvalidInput);
            assert!(err.to_string().contains(reason), "{text:?}: {err}");
        }
    }
}
