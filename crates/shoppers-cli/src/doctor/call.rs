//! One harmless call of each vendor.

use std::time::Duration;

use reqwest::{
    Client, Response, StatusCode, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};
use shoppers::{
    Builder, Error, Retries,
    gatsby::{self, By},
};

use super::{
    check::{Check, Finding},
    host::ask,
};

/// What BSPK has is a POST here (specs/bspk.yaml).
const UPSERT: &str = "api/platform/v1/shoppers";

/// `.invalid` is no domain, and never will be (RFC 2606).
const NOBODY: &str = "shoppers-doctor@example.invalid";

const KEY_REFUSED: &str = "copy the key again from where the vendor shows it, and ask the vendor whether it is still \
                           valid, and from which addresses";

/// Asks BSPK for what it does not have, with the key and without: nothing can come of it, and where the answers differ
/// the key was looked at.
pub async fn bspk(http: &Client, url: &Url, key: &HeaderValue) -> Vec<Check> {
    let base = url.as_str().trim_end_matches('/');
    let get = || http.get(format!("{base}/{UPSERT}"));
    let with = match ask(get().header(AUTHORIZATION, key.clone())).await {
        Ok(answer) => answer,
        Err(check) => return vec![check],
    };
    let without = ask(get()).await.ok();
    let without = without.as_ref().map(Response::status);
    let verdict = verdict(with.status(), without);
    match verdict.finding {
        Finding::Fail => vec![verdict],
        _ => vec![verdict, quota(with.headers())],
    }
}

/// Searches Gatsby for nobody.
pub async fn gatsby(builder: Builder<gatsby::Client>) -> Vec<Check> {
    let builder = builder
        .retries(Retries::off())
        .deadline(Duration::from_secs(10));
    let outcome = match builder.build() {
        Ok(client) => client.search_shoppers(By::Email(NOBODY)).await,
        Err(err) => Err(err),
    };
    vec![
        searched(outcome.err().as_ref()),
        Check::ok(
            "quota",
            "Gatsby announces none; calls slow down once it answers 429",
        ),
    ]
}

fn verdict(with: StatusCode, without: Option<StatusCode>) -> Check {
    let (with, without) = (with.as_u16(), without.map(|status| status.as_u16()));
    let refuses_others = matches!(without, Some(401 | 403));
    match with {
        401 | 403 => Check::fail(
            "call",
            format!("BSPK does not accept the key ({with})"),
            KEY_REFUSED,
        ),
        500.. => Check::fail(
            "call",
            format!("BSPK answers {with}"),
            "BSPK is down or overloaded; try again later",
        ),
        429 => Check::warn(
            "call",
            "BSPK answers 429: the quota of this key is used up",
            "find out who else uses the key, and give each a --quota-share",
        ),
        300..=399 => Check::fail(
            "call",
            format!("BSPK answers {with}, a redirect, which is not followed"),
            "check the base URL",
        ),
        _ if refuses_others => Check::ok(
            "call",
            format!(
                "BSPK accepts the key: a GET, which it does not have, is answered {with} with the key and {} without. \
                 Whether the key may write is not proven",
                without.unwrap_or_default()
            ),
        ),
        _ => Check::warn(
            "call",
            format!(
                "nothing is proven of the key: BSPK answers {with} to a GET, which it does not have, also without the key"
            ),
            "upsert a shopper of your own to be sure: shoppers bspk upsert --set shopper_ref=doctor",
        ),
    }
}

fn searched(err: Option<&Error>) -> Check {
    match err {
        None => Check::ok(
            "call",
            "Gatsby accepts the key: a search for nobody was answered. Whether the key may write is not proven",
        ),
        Some(err) if err.is_unauthorized() => Check::fail(
            "call",
            format!(
                "Gatsby does not accept the key ({})",
                err.status().unwrap_or_default()
            ),
            format!("check whether the key belongs to the --environment; {KEY_REFUSED}"),
        ),
        Some(err) if err.is_throttled() => Check::warn(
            "call",
            "Gatsby answers 429: the quota of this key is used up",
            "find out who else uses the key",
        ),
        Some(err) => Check::fail(
            "call",
            err.to_string(),
            "try again later, and check the base URL",
        ),
    }
}

/// What BSPK announces (specs/bspk.yaml, "Throttling").
fn quota(headers: &HeaderMap) -> Check {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<u32>().ok();
    let (limit, remaining) = (number("x-ratelimit-limit"), number("x-ratelimit-remaining"));
    match (limit, remaining) {
        (Some(limit), Some(remaining)) => Check::ok(
            "quota",
            format!("{limit} calls, of which {remaining} are left; BSPK counts per 10 s"),
        ),
        (Some(limit), None) => Check::ok("quota", format!("{limit} calls; BSPK counts per 10 s")),
        (None, _) => Check::warn(
            "quota",
            "not announced with this answer",
            "the first upsert will tell; until then two calls are made at a time",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16) -> StatusCode {
        StatusCode::from_u16(status).unwrap()
    }

    #[test]
    fn what_two_answers_prove_of_a_key() {
        let cases = [
            (405, Some(401), "  ok    call: BSPK accepts the key"),
            (404, Some(403), "  ok    call: BSPK accepts the key"),
            (404, Some(404), "  warn  call: nothing is proven"),
            (405, None, "  warn  call: nothing is proven"),
            (
                401,
                Some(401),
                "  fail  call: BSPK does not accept the key (401)",
            ),
            (
                403,
                Some(401),
                "  fail  call: BSPK does not accept the key (403)",
            ),
            (429, Some(401), "  warn  call: BSPK answers 429"),
            (503, Some(503), "  fail  call: BSPK answers 503"),
            (301, Some(301), "  fail  call: BSPK answers 301, a redirect"),
        ];

        for (with, without, expected) in cases {
            let shown = verdict(status(with), without.map(status)).to_string();

            assert!(shown.starts_with(expected), "{shown}");
        }
    }

    #[test]
    fn a_quota_is_read_from_headers_as_far_as_they_are_numbers() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs.iter();
            pairs
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect()
        };
        let (limit, remaining) = ("x-ratelimit-limit", "x-ratelimit-remaining");
        let cases: [(HeaderMap, &str); 4] = [
            (
                headers(&[(limit, "30"), (remaining, "7")]),
                "  ok    quota: 30 calls, of which 7 are left;",
            ),
            (headers(&[(limit, "30")]), "  ok    quota: 30 calls;"),
            (headers(&[(limit, "many")]), "  warn  quota: not announced"),
            (headers(&[]), "  warn  quota: not announced"),
        ];

        for (headers, expected) in cases {
            let shown = quota(&headers).to_string();

            assert!(shown.starts_with(expected), "{shown}");
        }
    }
}
