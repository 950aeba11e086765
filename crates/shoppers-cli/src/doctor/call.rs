//! One call to each vendor, which writes nothing.

use std::time::Duration;

use reqwest::{
    Client, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};
use shoppers::{
    Builder, Error, Retries,
    bspk::{self, WebhookEndpoint},
    gatsby::{self, By},
};

use super::host::{Check, Finding, send};
use crate::webhooks::update_command;

/// BSPK accepts a POST here (specs/bspk).
const UPSERT: &str = "api/platform/v1/shoppers";

/// `.invalid` is never a domain (RFC 2606).
const NO_ADDRESS: &str = "shoppers-doctor@example.invalid";

/// The deadline of a call by the library.
const TIMEOUT: Duration = Duration::from_secs(10);

const KEY_REFUSED: &str = "copy the key from the vendor again, and ask the vendor if it is valid, and for which IP \
                           addresses";

/// Sends BSPK a GET where it accepts only a POST, with the key and without: if the responses differ, the key was checked.
pub async fn bspk(http: &Client, url: &Url, key: &str) -> Vec<Check> {
    let Ok(mut authorization) = HeaderValue::from_str(&format!("Bearer {key}")) else {
        return vec![Check::fail(
            "call",
            "the API key does not fit into a header",
            KEY_REFUSED,
        )];
    };
    authorization.set_sensitive(true);
    let base = url.as_str().trim_end_matches('/');
    let get = || http.get(format!("{base}/{UPSERT}"));
    let with_key = match send(get().header(AUTHORIZATION, authorization)).await {
        Ok(response) => response,
        Err(check) => return vec![check],
    };
    let without_key = send(get()).await.ok();
    let without_key = without_key.map(|response| response.status().as_u16());
    let verdict = verdict(with_key.status().as_u16(), without_key);
    if verdict.finding == Finding::Fail {
        return vec![verdict];
    }
    vec![verdict, quota(with_key.headers())]
}

/// Looks for webhook endpoints that BSPK has disabled, as it does once deliveries have failed for days.
pub async fn webhooks(builder: Builder<bspk::Client>) -> Check {
    let builder = builder.retries(Retries::off()).deadline(TIMEOUT);
    let outcome = match builder.build() {
        Ok(client) => client.list_webhook_endpoints().await,
        Err(err) => Err(err),
    };
    match outcome {
        Ok(endpoints) => endpoint_check(&endpoints),
        Err(err) => Check::warn(
            "webhooks",
            format!("the endpoints could not be listed: {err}"),
            "ask the vendor if the key may list them, or try again later",
        ),
    }
}

fn endpoint_check(endpoints: &[WebhookEndpoint]) -> Check {
    const NAME: &str = "webhooks";
    let disabled = endpoints.iter().filter(|it| it.is_enabled == Some(false));
    // One that was replaced by a rotation is disabled for good.
    let is_served = |it: &WebhookEndpoint| {
        let mut others = endpoints.iter();
        others.any(|other| other.is_enabled != Some(false) && other.target_url == it.target_url)
    };
    let disabled: Vec<&WebhookEndpoint> = disabled.filter(|it| !is_served(it)).collect();
    let Some(first) = disabled.first() else {
        let enabled = endpoints.iter().filter(|it| it.is_enabled != Some(false));
        return Check::ok(NAME, format!("{} endpoints are enabled", enabled.count()));
    };
    let ids: Vec<String> = disabled.iter().map(|it| it.id.to_string()).collect();
    Check::warn(
        NAME,
        format!(
            "disabled, so nothing is delivered to their addresses: {}; BSPK disables endpoints whose deliveries fail for days",
            ids.join(", ")
        ),
        format!(
            "repair the receiver, and then: {}",
            update_command(first, true)
        ),
    )
}

/// Searches Gatsby for an address that cannot exist.
pub async fn gatsby(builder: Builder<gatsby::Client>) -> Vec<Check> {
    let builder = builder.retries(Retries::off()).deadline(TIMEOUT);
    let outcome = match builder.build() {
        Ok(client) => client.search_shoppers(By::Email(NO_ADDRESS)).await,
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

fn verdict(with_key: u16, without_key: Option<u16>) -> Check {
    match (with_key, without_key) {
        (401 | 403, _) => Check::fail(
            "call",
            format!("BSPK does not accept the key ({with_key})"),
            KEY_REFUSED,
        ),
        (500.., _) => Check::fail(
            "call",
            format!("BSPK answers {with_key}"),
            "BSPK is down or overloaded; try again later",
        ),
        (429, _) => Check::warn(
            "call",
            "BSPK answers 429: the quota of this key is used up",
            "find out who else uses the key, and give each a --quota-fraction",
        ),
        (300..=399, _) => Check::fail(
            "call",
            format!("BSPK answers {with_key}, a redirect, which is not followed"),
            "check the base URL",
        ),
        (_, Some(refusal @ (401 | 403))) => Check::ok(
            "call",
            format!(
                "BSPK accepts the key: a GET in place of a POST is answered {with_key} with the key and {refusal} without. \
                 This does not prove that the key may write"
            ),
        ),
        _ => Check::warn(
            "call",
            format!(
                "the key is not verified: BSPK answers {with_key} to a GET in place of a POST, also without the key"
            ),
            "upsert a shopper of your own to be sure: shoppers bspk upsert-shopper --set shopper_ref=doctor",
        ),
    }
}

fn searched(err: Option<&Error>) -> Check {
    let Some(err) = err else {
        return Check::ok(
            "call",
            "Gatsby accepts the key: it answered a search. This does not prove that the key may write",
        );
    };
    match err.status() {
        Some(status) if err.is_unauthorized() => Check::fail(
            "call",
            format!("Gatsby does not accept the key ({status})"),
            format!("check that the key belongs to the --environment; {KEY_REFUSED}"),
        ),
        Some(429) => Check::warn(
            "call",
            "Gatsby answers 429: the quota of this key is used up",
            "find out who else uses the key, and give each a --quota-fraction",
        ),
        // The client's own limiter held the search back.
        _ if err.is_throttled() => Check::warn("call", err.to_string(), "try again later"),
        _ => Check::fail(
            "call",
            err.to_string(),
            "try again later, and check the base URL",
        ),
    }
}

/// Reads the quota that BSPK announces (specs/bspk, "Throttling").
fn quota(headers: &HeaderMap) -> Check {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<u32>().ok();
    let Some(limit) = number("x-ratelimit-limit") else {
        return Check::warn(
            "quota",
            "not announced in this response",
            "the first upsert will show it; until then two calls are made at a time",
        );
    };
    let remaining = number("x-ratelimit-remaining").map(|it| format!(", {it} of them left"));
    let remaining = remaining.unwrap_or_default();
    Check::ok("quota", format!("{limit} calls per 10 s{remaining}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_responses_prove_the_key_if_only_one_is_a_refusal() {
        let cases = [
            (405, Some(401), "  ok    call: BSPK accepts the key"),
            (404, Some(403), "  ok    call: BSPK accepts the key"),
            (404, Some(404), "  warn  call: the key is not verified"),
            (405, None, "  warn  call: the key is not verified"),
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

        for (with_key, without_key, expected) in cases {
            let shown = verdict(with_key, without_key).to_string();

            assert!(shown.starts_with(expected), "{shown}");
        }
    }

    #[test]
    fn a_disabled_endpoint_is_a_warning_unless_another_has_its_address() {
        let endpoint = |id: i64, url: &str, is_enabled: bool| -> WebhookEndpoint {
            let endpoint = json!({"id": id, "target_url": url, "is_enabled": is_enabled, "events": ["cart.created"]});
            serde_json::from_value(endpoint).unwrap()
        };
        let cases = [
            (vec![], "  ok    webhooks: 0 endpoints are enabled"),
            (
                vec![endpoint(2, "a", true), endpoint(1, "a", false)],
                "  ok    webhooks: 1 endpoints are enabled",
            ),
            (
                vec![endpoint(2, "a", true), endpoint(1, "b", false)],
                "  warn  webhooks: disabled, so nothing is delivered to their addresses: 1; BSPK disables endpoints whose \
                 deliveries fail for days\n        repair the receiver, and then: shoppers bspk update-webhook-endpoint 1 \
                 --set 'is_enabled=true' 'target_url=b' 'events=cart.created'",
            ),
        ];

        for (endpoints, expected) in cases {
            assert_eq!(endpoint_check(&endpoints).to_string(), expected);
        }
    }

    #[test]
    fn a_quota_is_read_from_headers_that_are_numbers() {
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
                "  ok    quota: 30 calls per 10 s, 7 of them left",
            ),
            (
                headers(&[(limit, "30")]),
                "  ok    quota: 30 calls per 10 s",
            ),
            (headers(&[(limit, "many")]), "  warn  quota: not announced"),
            (headers(&[]), "  warn  quota: not announced"),
        ];

        for (headers, expected) in cases {
            let shown = quota(&headers).to_string();

            assert!(shown.starts_with(expected), "{shown}");
        }
    }
}
