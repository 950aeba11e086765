//! What an error means for a row: pure.

use std::borrow::Cow;

use shoppers::{Error, Problem};

use super::super::destination::Replay;

/// What has come of a row that was sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The vendor has it, although its answer could not be read.
    Stored,
    /// The vendor has refused it.
    Rejected {
        code: Cow<'static, str>,
        reason: String,
    },
    /// The vendor may have it, and sending it again may make two.
    InDoubt { code: &'static str, reason: String },
    /// It is to be sent again later.
    Again(Doubt),
    /// It, and any other, will not be accepted.
    Stop,
}

/// Whether something may still come of a row that is to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing was carried out.
    None,
    /// It may have been carried out, or may still be.
    Some,
}

/// What an error means for a row.
pub fn verdict(err: &Error, replay: Replay) -> Verdict {
    let status = err.status().unwrap_or_default();
    let may_make_two = match replay {
        Replay::Harmless => false,
        // Anything else that may have been carried out is found, and carried out again.
        Replay::LooksFirst => err.operation() == Some("create_shopper") && may_have_happened(err),
        Replay::Harmful => err.is_ambiguous(),
    };
    if may_make_two {
        return Verdict::InDoubt {
            code: "in_doubt",
            reason: format!("{err}; look it up before it is imported again"),
        };
    }
    // What Gatsby's answer did not say can be looked up.
    if err.is_unreadable() && replay != Replay::LooksFirst {
        return Verdict::Stored;
    }
    // A search that lags behind finds a shopper that was deleted.
    let is_deleted = status == 404 && err.operation() == Some("update_shopper");
    if matches!(status, 400 | 409 | 413 | 422)
        || is_deleted
        || err.is_invalid()
        || !err.duplicates().is_empty()
    {
        return Verdict::Rejected {
            code: code(err),
            reason: reason(err),
        };
    }
    // A key that is not accepted, a redirect, or a place where no vendor is: nothing of that is about one row.
    if (300..500).contains(&status) && !matches!(status, 408 | 425 | 429) {
        return Verdict::Stop;
    }
    Verdict::Again(match may_have_happened(err) {
        true => Doubt::Some,
        false => Doubt::None,
    })
}

/// Whether something has come of a row, or may have. Nothing has if the search before a write could not be read.
pub fn may_have_happened(err: &Error) -> bool {
    err.is_ambiguous() || err.is_unreadable() && err.writes()
}

/// The kind of refusal, in a word: the vendor's if it documents it, as the journal keeps it.
fn code(err: &Error) -> Cow<'static, str> {
    let mut codes = err.problems().iter().filter_map(Problem::known_code);
    match codes.next() {
        Some(code) => code.to_owned().into(),
        None if err.is_invalid() => "invalid".into(),
        None if err.is_duplicate() => "duplicates".into(),
        None => format!("answered_{}", err.status().unwrap_or_default()).into(),
    }
}

/// Why it was refused, with the vendor's words and ids.
fn reason(err: &Error) -> String {
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
    use shoppers::{
        ApiKey, Retries, bspk,
        sandbox::{Behaviour, Fault, Sandbox},
    };

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
            Verdict::Stored => "stored".to_owned(),
            Verdict::Rejected { code, .. } => format!("rejected {code}"),
            Verdict::InDoubt { .. } => "in doubt".to_owned(),
            Verdict::Again(Doubt::None) => "again".to_owned(),
            Verdict::Again(Doubt::Some) => "again, in doubt".to_owned(),
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
        let doubt = ["again, in doubt", "again, in doubt", "in doubt"];
        let cases = [
            (html(401), ["stop"; 3]),
            (html(403), ["stop"; 3]),
            (redirect, ["stop"; 3]),
            (html(400), ["rejected answered_400"; 3]),
            (html(404), ["stop"; 3]),
            (html(405), ["stop"; 3]),
            (html(407), ["stop"; 3]),
            (html(409), ["rejected answered_409"; 3]),
            (html(422), ["rejected answered_422"; 3]),
            (html(408), ["again"; 3]),
            (throttled, ["again"; 3]),
            (html(500), doubt),
            (html(503), doubt),
            (Fault::ClosedAfter, doubt),
            (Fault::HalfBody, ["stored", "again, in doubt", "stored"]),
            (Fault::InvalidJson, ["stored", "again, in doubt", "stored"]),
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
