//! What an error means for a row: pure.

use std::borrow::Cow;

use shoppers::{Error, Problem};

use super::super::destination::Replay;

/// What has become of a row that was sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The vendor has refused it.
    Rejected {
        code: Cow<'static, str>,
        reason: String,
    },
    /// The vendor may have it, and it is not sent again.
    InDoubt {
        code: Cow<'static, str>,
        reason: String,
    },
    /// It is to be sent again later, unless others get through where it does not.
    Again(Trouble, Doubt),
    /// The key is not accepted, so no other row will be.
    Stop,
}

/// The reason for which a row has not got through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The vendor is down, or cannot be reached.
    Down,
    /// There were too many calls.
    Throttled,
    /// The vendor has failed on it (500), which may be about this row.
    Failed,
    /// It was refused in a way that is about the key, the address or this row.
    Refused,
    /// A success that cannot be read, from the vendor or from something else in its place.
    Unreadable,
}

/// Whether something may still come of a row that is to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing was carried out.
    None,
    /// It may have been carried out, or may still be.
    Some,
}

/// Judges a row by its error.
pub fn verdict(err: &Error, replay: Replay) -> Verdict {
    let status = err.status().unwrap_or_default();
    let may_make_two = match replay {
        Replay::Harmless => false,
        // Anything else that may have been carried out is found, and carried out again.
        Replay::LooksFirst => err.operation() == Some("create_shopper"),
        Replay::Harmful => true,
    };
    if may_make_two && may_have_happened(err) {
        return in_doubt(err);
    }
    // A search that lags behind finds a shopper that was deleted.
    let is_deleted = status == 404 && err.operation() == Some("update_shopper");
    let is_refused = matches!(status, 400 | 409 | 413 | 422) || is_deleted;
    if is_refused || err.is_invalid() || err.is_duplicate() {
        return Verdict::Rejected {
            code: code(err),
            reason: reason(err),
        };
    }
    let trouble = match status {
        _ if err.is_unreadable() => Trouble::Unreadable,
        _ if err.is_throttled() => Trouble::Throttled,
        401 => return Verdict::Stop,
        0 | 408 | 425 | 502..=504 => Trouble::Down,
        300..=499 => Trouble::Refused,
        500..=599 => Trouble::Failed,
        // Such an answer does not say what was done, and will not say more the next time.
        _ => return in_doubt(err),
    };
    Verdict::Again(
        trouble,
        match may_have_happened(err) {
            true => Doubt::Some,
            false => Doubt::None,
        },
    )
}

fn in_doubt(err: &Error) -> Verdict {
    let code = match err.status() {
        _ if err.is_unreadable() => "unreadable".into(),
        Some(status) if !(300..600).contains(&status) => format!("answered_{status}").into(),
        _ => "in_doubt".into(),
    };
    Verdict::InDoubt {
        code,
        reason: format!("{err}; look it up before it is imported again"),
    }
}

/// Whether something has come of a row, or may have. Nothing has if the search before a write could not be read.
pub fn may_have_happened(err: &Error) -> bool {
    err.is_ambiguous() || err.is_unreadable() && err.writes()
}

/// The kind of refusal, in a word: the vendor's if it documents it, as the journal keeps it.
pub fn code(err: &Error) -> Cow<'static, str> {
    let mut codes = err.problems().iter().filter_map(Problem::known_code);
    match codes.next() {
        Some(code) => code.to_owned().into(),
        None if err.is_invalid() => "invalid".into(),
        None if err.is_duplicate() => "duplicates".into(),
        None => format!("answered_{}", err.status().unwrap_or_default()).into(),
    }
}

/// Why it was refused, with the vendor's words and ids.
pub fn reason(err: &Error) -> String {
    let problems = err.problems().iter();
    let words = problems.flat_map(|it| [it.code().xor(it.known_code()), it.title()]);
    let words = words
        .flatten()
        .chain(err.duplicates().iter().map(String::as_str));
    let words: Vec<&str> = words.collect();
    match words[..] {
        [] => err.to_string(),
        _ => format!("{err}: {}", words.join("; ")),
    }
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

    /// The verdict in a word.
    fn word(verdict: &Verdict) -> String {
        match verdict {
            Verdict::Rejected { code, .. } => format!("rejected {code}"),
            Verdict::InDoubt { code, .. } => code.to_string(),
            Verdict::Again(trouble, Doubt::None) => format!("{trouble:?}"),
            Verdict::Again(trouble, Doubt::Some) => format!("{trouble:?}, in doubt"),
            Verdict::Stop => "stop".to_owned(),
        }
    }

    #[tokio::test]
    async fn an_error_is_judged_by_what_it_says_and_what_sending_twice_does() {
        let html = |status| Fault::Html { status };
        let throttled = Fault::Throttled { retry_after: None };
        let redirect = Fault::Redirect {
            status: 302,
            location: "/".into(),
        };
        // Harmless, looked for first, harmful.
        let down = ["Down, in doubt", "Down, in doubt", "in_doubt"];
        let failed = ["Failed, in doubt", "Failed, in doubt", "in_doubt"];
        let unreadable = ["Unreadable, in doubt", "Unreadable, in doubt", "unreadable"];
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

            let replays = [Replay::Harmless, Replay::LooksFirst, Replay::Harmful];
            let found = replays.map(|replay| word(&verdict(&err, replay)));
            assert_eq!(found, expected, "{name}");
        }
        let blank = err(Fault::ClosedAfter, Some(" ")).await;
        assert_eq!(word(&verdict(&blank, Replay::Harmless)), "rejected invalid");
    }
}
