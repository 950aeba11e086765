//! The faults that can be injected into a call.

use std::{io, str::FromStr, time::Duration};

use axum::http::HeaderValue;
use jiff::SignedDuration;
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

mod effect;

/// A fault that is injected into a call, by script or at random (see [`Behaviour`](crate::Behaviour)).
///
/// Each documents whether **the call is carried out**. One that is not never reaches the vendor: its key is not checked and
/// the quota does not count it. One that is carried out is handled as usual, and the fault then changes the response, also
/// if that is an error.
#[derive(Clone, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// 500 with an errors list. The call is not carried out.
    InternalServerError,
    /// 502 with an HTML page. The call is not carried out.
    BadGateway,
    /// 503 with an HTML page. The call is not carried out.
    ServiceUnavailable {
        /// The value of `Retry-After`, verbatim: seconds, an HTTP date, or nonsense. `None` omits the header.
        retry_after: Option<String>,
    },
    /// 504 with an HTML page, as from a proxy that timed out. The call is carried out.
    GatewayTimeout,
    /// An HTML page in place of an errors list. The call is not carried out.
    Html {
        /// A status from 400 to 599, such as 422.
        status: u16,
    },
    /// 429 with an errors list and without quota headers. The call is not carried out.
    Throttled {
        /// The value of `Retry-After`, verbatim: seconds, an HTTP date, or nonsense. `None` omits the header.
        retry_after: Option<String>,
    },
    /// The connection is closed without a response. The call is not carried out.
    ClosedBefore,
    /// The connection is closed without a response. The call is carried out.
    ClosedAfter,
    /// The response announces its length, and the connection is closed after half of it. The call is carried out.
    HalfBody,
    /// The response is followed by white space and has no announced length. The call is carried out.
    EndlessBody {
        /// The number of bytes after which the connection is closed. They are made as they are read, and take no memory.
        bytes: u64,
    },
    /// The response arrives whole, one byte at a time. The call is carried out.
    TricklingBody {
        /// The delay before each byte.
        every: Duration,
    },
    /// The response has its status, and a body that is not JSON. The call is carried out.
    InvalidJson,
    /// Every field of the response is `null`, the id too; in a list, every field of its items. The call is carried out.
    NullFields,
    /// Every object in the response has additional fields that are not documented. The call is carried out.
    UnknownFields,
    /// The response has its status and no body. The call is carried out.
    EmptyBody,
    /// The response is delayed. The call is carried out at once.
    SlowAnswer {
        /// The delay.
        delay: Duration,
    },
    /// The call is carried out after a delay, even if the caller has gone, and is then answered.
    LateWork {
        /// The delay.
        delay: Duration,
    },
    /// The quota's headers have these values, also where there is no quota. The call is carried out.
    QuotaHeaders {
        /// The value of `X-RateLimit-Limit`, verbatim.
        limit: String,
        /// The value of `X-RateLimit-Remaining`, verbatim.
        remaining: String,
    },
    /// A redirect. The call is not carried out.
    Redirect {
        /// A status from 300 to 399, such as 302 or 307.
        status: u16,
        /// The value of `Location`, such as another host.
        location: String,
    },
    /// A list has each of its records twice. The call is carried out.
    DoubledRecords,
    /// The number of records in the headers is wrong. The call is carried out.
    WrongTotal {
        /// The value of `X-Total-Count`, verbatim.
        total: String,
    },
    /// A page of a list begins earlier than it should, and the total is higher, as if records had been created before it
    /// since the page before. The call is carried out.
    ShiftedPage {
        /// The number of those records; below 0 they were deleted, and the page begins later.
        records: i64,
    },
    /// The addresses in the header `Link` lead to another host. The call is carried out.
    ForeignLinks {
        /// The beginning of the addresses, such as `https://example.com`.
        origin: String,
    },
}

impl Fault {
    /// The fault's name in [`Tally::faults`](crate::Tally::faults): that of the variant in snake case, such as
    /// `closed_before`.
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// Refuses values that do not fit into a response.
    pub(crate) fn check(&self) -> io::Result<()> {
        let (status, statuses) = match self {
            Self::Html { status } => (*status, 400..=599),
            Self::Redirect { status, .. } => (*status, 300..=399),
            _ => (0, 0..=0),
        };
        if !statuses.contains(&status) {
            let (first, last) = statuses.into_inner();
            return Err(self.invalid(&format!(
                "status {status} does not fit; use one from {first} to {last}"
            )));
        }
        for text in self.header_values() {
            if HeaderValue::from_str(text).is_err() {
                return Err(self.invalid(&format!("{text:?} does not fit into a header")));
            }
        }
        Ok(())
    }

    /// The texts of this fault that become header values.
    fn header_values(&self) -> Vec<&str> {
        match self {
            Self::ServiceUnavailable { retry_after } | Self::Throttled { retry_after } => {
                retry_after.iter().map(String::as_str).collect()
            }
            Self::QuotaHeaders { limit, remaining } => vec![limit, remaining],
            Self::Redirect { location, .. } => vec![location],
            Self::WrongTotal { total } => vec![total],
            Self::ForeignLinks { origin } => vec![origin],
            _ => Vec::new(),
        }
    }

    fn invalid(&self, message: &str) -> io::Error {
        invalid(format!("fault {}: {message}", self.name()))
    }
}

/// Reads a fault's [`name`](Fault::name), followed by a colon and its values: `html:422`, `slow_answer:2s`,
/// `late_work:2s`, `trickling_body:5ms`, `endless_body:1000000`, `quota_headers:30/29`,
/// `redirect:302/https://example.com/`, `wrong_total:5`, `shifted_page:-1`, `foreign_links:https://example.com`. `service_unavailable` and `throttled` take a `Retry-After`, or nothing.
///
/// # Example: a fault from a settings file
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
    /// [`InvalidInput`](io::ErrorKind::InvalidInput): the name is unknown, or the values do not fit it.
    type Err = io::Error;

    fn from_str(text: &str) -> Result<Self, io::Error> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        let named = Self::iter()
            .find(|fault| fault.name() == name)
            .ok_or_else(|| {
                let names: Vec<&str> = Self::iter().map(|fault| fault.name()).collect();
                let names = names.join(", ");
                invalid(format!(
                    "no fault has the name {name:?}; use one of {names}"
                ))
            })?;
        let needs = |what: &str| named.invalid(&format!("needs {what} after a colon"));
        let pair = || argument.and_then(|argument| argument.split_once('/'));
        let retry_after = argument.map(str::to_owned);
        let fault = match named {
            Self::ServiceUnavailable { .. } => Self::ServiceUnavailable { retry_after },
            Self::Throttled { .. } => Self::Throttled { retry_after },
            Self::Html { .. } => Self::Html {
                status: parse(argument).ok_or_else(|| needs("a status"))?,
            },
            Self::EndlessBody { .. } => Self::EndlessBody {
                bytes: parse(argument).ok_or_else(|| needs("a number of bytes"))?,
            },
            Self::TricklingBody { .. } => Self::TricklingBody {
                every: duration(argument).ok_or_else(|| needs(DURATION))?,
            },
            Self::SlowAnswer { .. } => Self::SlowAnswer {
                delay: duration(argument).ok_or_else(|| needs(DURATION))?,
            },
            Self::LateWork { .. } => Self::LateWork {
                delay: duration(argument).ok_or_else(|| needs(DURATION))?,
            },
            Self::QuotaHeaders { .. } => {
                let (limit, remaining) = pair().ok_or_else(|| needs("LIMIT/REMAINING"))?;
                Self::QuotaHeaders {
                    limit: limit.to_owned(),
                    remaining: remaining.to_owned(),
                }
            }
            Self::Redirect { .. } => {
                let (status, location) = pair().ok_or_else(|| needs("STATUS/LOCATION"))?;
                Self::Redirect {
                    status: parse(Some(status)).ok_or_else(|| needs("STATUS/LOCATION"))?,
                    location: location.to_owned(),
                }
            }
            Self::WrongTotal { .. } => Self::WrongTotal {
                total: parse(argument).ok_or_else(|| needs("a number of records"))?,
            },
            Self::ShiftedPage { .. } => Self::ShiftedPage {
                records: parse(argument).ok_or_else(|| needs("a number of records"))?,
            },
            Self::ForeignLinks { .. } => Self::ForeignLinks {
                origin: parse(argument).ok_or_else(|| needs("the beginning of an address"))?,
            },
            _ if argument.is_some() => return Err(named.invalid("takes no value after its name")),
            _ => named,
        };
        fault.check()?;
        Ok(fault)
    }
}

const DURATION: &str = "a duration, such as 2s or 5ms,";

fn parse<T: FromStr>(text: Option<&str>) -> Option<T> {
    text?.parse().ok()
}

fn duration(text: Option<&str>) -> Option<Duration> {
    parse::<SignedDuration>(text)?.try_into().ok()
}

pub(crate) fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_can_be_read_by_its_name() {
        let second = Duration::from_secs(1);
        let date = "Sun, 22 Nov 2026 10:00:00 GMT";
        let unavailable = Fault::ServiceUnavailable { retry_after: None };
        let throttled = Fault::Throttled {
            retry_after: Some(date.into()),
        };
        let quota_headers = Fault::QuotaHeaders {
            limit: "30".into(),
            remaining: "x".into(),
        };
        let redirect = Fault::Redirect {
            status: 302,
            location: "https://example.com/a".into(),
        };
        let with_values = [
            ("service_unavailable", "", unavailable),
            ("throttled", &format!(":{date}"), throttled),
            ("html", ":422", Fault::Html { status: 422 }),
            ("endless_body", ":9", Fault::EndlessBody { bytes: 9 }),
            (
                "trickling_body",
                ":1s",
                Fault::TricklingBody { every: second },
            ),
            (
                "slow_answer",
                ":1000ms",
                Fault::SlowAnswer { delay: second },
            ),
            ("late_work", ":1s", Fault::LateWork { delay: second }),
            ("quota_headers", ":30/x", quota_headers),
            ("redirect", ":302/https://example.com/a", redirect),
            ("wrong_total", ":5", Fault::WrongTotal { total: "5".into() }),
            ("shifted_page", ":-1", Fault::ShiftedPage { records: -1 }),
            (
                "foreign_links",
                ":https://example.com",
                Fault::ForeignLinks {
                    origin: "https://example.com".into(),
                },
            ),
        ];

        for fault in Fault::iter() {
            let name = fault.name();
            let with_value = with_values.iter().find(|(known, ..)| *known == name);
            let (values, expected) =
                with_value.map_or(("", &fault), |(_, values, fault)| (values, fault));

            let read: Result<Fault, _> = format!("{name}{values}").parse();

            assert_eq!(read.ok().as_ref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_name_is_the_variant_in_snake_case() {
        assert_eq!(Fault::ClosedBefore.name(), "closed_before");
    }

    #[test]
    fn text_that_is_not_a_fault_is_refused_with_a_reason() {
        let cases = [
            ("", "no fault has the name"),
            ("ClosedAfter", "no fault has the name"),
            ("html", "needs a status after a colon"),
            ("html:200", "use one from 400 to 599"),
            ("html:x", "needs a status"),
            ("redirect:404/x", "use one from 300 to 399"),
            ("closed_after:1", "takes no value after its name"),
            ("slow_answer", "needs a duration"),
            ("slow_answer:-1s", "needs a duration"),
            ("endless_body:", "needs a number of bytes"),
            ("quota_headers:30", "needs LIMIT/REMAINING"),
            ("redirect:302", "needs STATUS/LOCATION"),
            ("shifted_page:one", "needs a number of records"),
            ("wrong_total", "needs a number of records"),
            ("foreign_links", "needs the beginning of an address"),
            ("throttled:a\nb", "does not fit into a header"),
        ];

        for (text, reason) in cases {
            let err = text.parse::<Fault>().unwrap_err();

            assert_eq!(err.kind(), io::ErrorKind::InvalidInput);
            assert!(err.to_string().contains(reason), "{text:?}: {err}");
        }
    }
}
