//! The meaning of an error for a row.

use std::borrow::Cow;

use shoppers::{Error, Problem};

use super::super::{destination::Idempotency, row::RowFault};

/// The meaning of an error for a row.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The vendor refuses the row.
    Rejected(RowFault),
    /// The vendor may have stored the row, and it is not sent again.
    Ambiguous(RowFault),
    /// The row is sent again later, unless others succeed meanwhile.
    Retry(Trouble),
    /// The key is not accepted, and no other row will be.
    Stop,
}

/// The reason for which a row has not succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The vendor is down or cannot be reached.
    Down,
    /// There were too many calls.
    Throttled,
    /// The vendor failed (500), which may be due to this row.
    Failed,
    /// The vendor refused the call, which may be due to the key, the address or this row.
    Refused,
    /// The answer is a success that cannot be read, from the vendor or from a proxy.
    Unreadable,
}

impl Trouble {
    /// The number of attempts after which a failure is due to the row, where others succeed.
    pub fn attempts(self) -> u32 {
        match self {
            // One more, to see if others succeed meanwhile.
            Self::Refused => 2,
            Self::Throttled => u32::MAX,
            Self::Down | Self::Failed | Self::Unreadable => 5,
        }
    }
}

/// Judges the error of a row.
pub fn verdict(err: &Error, idempotency: Idempotency) -> Verdict {
    let status = err.status().unwrap_or_default();
    let may_duplicate = match idempotency {
        Idempotency::Idempotent => false,
        // A row with any other call can be found, and sent again.
        Idempotency::FindsFirst => err.operation() == Some("create_shopper"),
        Idempotency::NotIdempotent => true,
    };
    if may_duplicate && may_have_happened(err) {
        return ambiguous(err);
    }
    // A search that lags behind finds a shopper that was deleted.
    let is_deleted = status == 404 && err.operation() == Some("update_shopper");
    let is_refused = matches!(status, 400 | 409 | 413 | 422) || is_deleted;
    if is_refused || err.is_invalid() || err.is_duplicate() {
        return Verdict::Rejected(rejection(err));
    }
    Verdict::Retry(match status {
        _ if err.is_unreadable() => Trouble::Unreadable,
        _ if err.is_throttled() => Trouble::Throttled,
        401 => return Verdict::Stop,
        0 | 408 | 425 | 502..=504 => Trouble::Down,
        300..=499 => Trouble::Refused,
        500..=599 => Trouble::Failed,
        // Such an answer leaves open what was done, and will the next time.
        _ => return ambiguous(err),
    })
}

fn ambiguous(err: &Error) -> Verdict {
    let code: Cow<'_, str> = match err.status() {
        _ if err.is_unreadable() => "unreadable".into(),
        Some(status) if !(300..600).contains(&status) => format!("answered_{status}").into(),
        _ => "ambiguous".into(),
    };
    let reason = format!("{err}; look it up before you import it again");
    Verdict::Ambiguous(RowFault::new(code, reason))
}

/// Returns `true` if the vendor may have stored something. An unreadable answer to the search before a write has no effect.
pub fn may_have_happened(err: &Error) -> bool {
    err.is_ambiguous() || err.is_unreadable() && err.writes()
}

/// The vendor's code if it is a documented one, or a code of ours, and the reason with the vendor's text and ids.
pub fn rejection(err: &Error) -> RowFault {
    let problems = err.problems().iter();
    let code: Cow<'_, str> = match problems.clone().find_map(Problem::known_code) {
        Some(code) => code.to_owned().into(),
        None if err.is_invalid() => "invalid".into(),
        None if err.is_duplicate() => "duplicate".into(),
        None => format!("answered_{}", err.status().unwrap_or_default()).into(),
    };
    let details: Vec<&str> = problems
        .flat_map(|it| [it.code().xor(it.known_code()), it.title()])
        .flatten()
        .chain(err.duplicates().iter().map(String::as_str))
        .collect();
    let reason = if details.is_empty() {
        err.to_string()
    } else {
        format!("{err}: {}", details.join("; "))
    };
    RowFault::new(code, reason)
}

#[cfg(test)]
mod tests {
    use shoppers::{ApiKey, Retries, bspk};
    use shoppers_sandbox::{Behaviour, Fault, Sandbox};

    use super::*;

    async fn err(fault: Fault, shopper_ref: Option<&str>) -> Error {
        let behaviour = Behaviour::new().script([(1, fault)]);
        let sandbox = Sandbox::builder().bspk(behaviour).start().await.unwrap();
        let client = bspk::Client::builder(ApiKey::new(sandbox.bspk_key()).unwrap())
            .base_url(sandbox.bspk_url())
            .retries(Retries::off())
            .build()
            .unwrap();
        let shopper = bspk::Shopper {
            shopper_ref: shopper_ref.map(str::to_owned),
            ..Default::default()
        };
        client.upsert_shopper(&shopper).await.unwrap_err()
    }

    fn judged(err: &Error, idempotency: Idempotency) -> String {
        match verdict(err, idempotency) {
            Verdict::Rejected(fault) => format!("rejected {}", fault.code),
            Verdict::Ambiguous(fault) => fault.code.into_owned(),
            Verdict::Retry(trouble) if may_have_happened(err) => format!("{trouble:?}, ambiguous"),
            Verdict::Retry(trouble) => format!("{trouble:?}"),
            Verdict::Stop => "stop".to_owned(),
        }
    }

    #[tokio::test]
    async fn an_error_is_judged_by_its_kind_and_the_idempotency_of_the_row() {
        let html = |status| Fault::Html { status };
        let throttled = Fault::Throttled { retry_after: None };
        let redirect = Fault::Redirect {
            status: 302,
            location: "/".into(),
        };
        // Idempotent, found first, not idempotent.
        let down = ["Down, ambiguous", "Down, ambiguous", "ambiguous"];
        let failed = ["Failed, ambiguous", "Failed, ambiguous", "ambiguous"];
        let unreadable = [
            "Unreadable, ambiguous",
            "Unreadable, ambiguous",
            "unreadable",
        ];
        let cases = [
            (html(401), ["stop"; 3]),
            (html(403), ["Refused"; 3]),
            (redirect, ["Refused"; 3]),
            (html(400), ["rejected answered_400"; 3]),
            (html(404), ["Refused"; 3]),
            (html(405), ["Refused"; 3]),
            (html(407), ["Refused"; 3]),
            (html(409), ["rejected answered_409"; 3]),
            (html(422), ["rejected answered_422"; 3]),
            (html(408), ["Down"; 3]),
            (throttled, ["Throttled"; 3]),
            (html(500), failed),
            (html(503), down),
            (html(599), failed),
            (Fault::ClosedAfter, down),
            (Fault::HalfBody, unreadable),
            (Fault::InvalidJson, unreadable),
        ];

        for (fault, expected) in cases {
            let name = fault.name();
            let err = err(fault, Some("A")).await;

            let found = [
                Idempotency::Idempotent,
                Idempotency::FindsFirst,
                Idempotency::NotIdempotent,
            ]
            .map(|idempotency| judged(&err, idempotency));
            assert_eq!(found, expected, "{name}");
        }
        let blank = err(Fault::ClosedAfter, Some(" ")).await;
        assert_eq!(judged(&blank, Idempotency::Idempotent), "rejected invalid");
    }
}
