//! Quotas, with a paused clock.

use std::time::Duration;

use serde_json::json;
use shoppers_sandbox::{Behaviour, Quota, Sandbox};

use crate::wire::{create, header, misbehaving, raw_upsert, refusal, upsert};

/// Returns status, limit and remaining of an upsert. By plain TCP, as reqwest's timers would advance the clock.
async fn announced(sandbox: &Sandbox) -> (u16, String, String) {
    let answer = raw_upsert(sandbox, json!({})).await;
    let after = |name: &str| {
        let rest = answer
            .split_once(name)
            .map(|(_, rest)| rest)
            .unwrap_or_default();
        rest.lines().next().unwrap_or_default().trim().to_owned()
    };
    let status = after("HTTP/1.1 ")[..3].parse().unwrap();
    (
        status,
        after("x-ratelimit-limit:"),
        after("x-ratelimit-remaining:"),
    )
}

fn answer(status: u16, limit: u32, remaining: u32) -> (u16, String, String) {
    (status, limit.to_string(), remaining.to_string())
}

#[tokio::test(start_paused = true)]
async fn a_fixed_window_is_announced_and_enforced() {
    let sandbox = misbehaving(Behaviour::new().quota(Quota::bspk())).await;

    for remaining in (0..30).rev() {
        assert_eq!(announced(&sandbox).await, answer(200, 30, remaining));
    }
    assert_eq!(announced(&sandbox).await, answer(429, 30, 0));
    tokio::time::advance(Duration::from_secs(10)).await;
    assert_eq!(announced(&sandbox).await, answer(200, 30, 29));

    let tally = sandbox.bspk_tally();
    assert_eq!(
        (tally.calls, tally.accepted, tally.throttled, tally.peak),
        (32, 31, 1, 30)
    );
    assert_eq!(tally.accepted_at.len(), 31);
    assert!(tally.accepted_at[30] >= Duration::from_secs(10));
    assert_eq!(tally.made, 31);
}

#[tokio::test(start_paused = true)]
async fn twice_the_limit_fits_around_the_end_of_a_fixed_window() {
    let sandbox =
        misbehaving(Behaviour::new().quota(Quota::fixed(2, Duration::from_secs(10)))).await;
    tokio::time::advance(Duration::from_secs(9)).await;

    for _ in 0..2 {
        announced(&sandbox).await;
    }
    tokio::time::advance(Duration::from_secs(1)).await;
    for _ in 0..3 {
        announced(&sandbox).await;
    }

    let tally = sandbox.bspk_tally();
    assert_eq!((tally.accepted, tally.throttled, tally.peak), (4, 1, 4));
}

#[tokio::test(start_paused = true)]
async fn a_sliding_window_frees_each_call_after_its_length() {
    let sandbox =
        misbehaving(Behaviour::new().quota(Quota::sliding(2, Duration::from_secs(10)))).await;

    assert_eq!(announced(&sandbox).await, answer(200, 2, 1));
    tokio::time::advance(Duration::from_secs(6)).await;
    assert_eq!(announced(&sandbox).await, answer(200, 2, 0));
    assert_eq!(announced(&sandbox).await, answer(429, 2, 0));
    tokio::time::advance(Duration::from_secs(6)).await;
    assert_eq!(announced(&sandbox).await, answer(200, 2, 0));
    assert_eq!(announced(&sandbox).await, answer(429, 2, 0));

    assert_eq!(sandbox.bspk_tally().peak, 2);
}

#[tokio::test]
async fn a_refused_call_counts_and_one_with_a_wrong_key_does_not() {
    let hour = Duration::from_secs(3600);
    let sandbox = misbehaving(Behaviour::new().quota(Quota::fixed(2, hour))).await;
    let stranger = upsert(&sandbox, json!({})).header("authorization", "Bearer stranger");
    let mut stranger = stranger.build().unwrap();
    stranger
        .headers_mut()
        .insert("authorization", "Bearer stranger".parse().unwrap());

    let stranger = reqwest::Client::new().execute(stranger).await.unwrap();
    let refused = upsert(&sandbox, json!({"email": 1})).send().await.unwrap();
    let stored = upsert(&sandbox, json!({})).send().await.unwrap();
    let throttled = upsert(&sandbox, json!({})).send().await.unwrap();

    let seen = [stranger, refused, stored, throttled].map(|it| {
        (
            it.status().as_u16(),
            header(&it, "x-ratelimit-remaining").map(str::to_owned),
        )
    });
    let expected = [(401, "2"), (422, "1"), (200, "0"), (429, "0")]
        .map(|(status, remaining)| (status, Some(remaining.to_owned())));
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn gatsby_throttles_without_quota_headers() {
    let hour = Duration::from_secs(3600);
    let sandbox = misbehaving(Behaviour::new().quota(Quota::fixed(1, hour))).await;

    let first = create(&sandbox, "a@b.c").send().await.unwrap();
    let second = create(&sandbox, "a@b.c").send().await.unwrap();

    assert_eq!(
        (first.status().as_u16(), second.status().as_u16()),
        (200, 429)
    );
    for name in ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after"] {
        assert_eq!(header(&first, name), None);
        assert_eq!(header(&second, name), None);
    }
    assert!(second.text().await.unwrap().contains("throttled"));
    assert_eq!(sandbox.gatsby_tally().throttled, 1);
}

#[tokio::test]
async fn each_vendor_has_its_own_quota() {
    let hour = Duration::from_secs(3600);
    let sandbox = misbehaving(Behaviour::new().quota(Quota::sliding(1, hour))).await;

    let bspk = upsert(&sandbox, json!({})).send().await.unwrap().status();
    let gatsby = create(&sandbox, "a@b.c").send().await.unwrap().status();

    assert_eq!((bspk.as_u16(), gatsby.as_u16()), (200, 200));
    assert_eq!(
        refusal(upsert(&sandbox, json!({}))).await,
        (429, vec!["throttled".to_owned()])
    );
}

#[tokio::test]
async fn a_quota_can_change_while_the_sandbox_runs() {
    let hour = Duration::from_secs(3600);
    let sandbox = misbehaving(Behaviour::new().quota(Quota::fixed(5, hour))).await;

    let mut limits = Vec::new();
    for limit in [5, 2, 60] {
        sandbox
            .bspk_behaves(Behaviour::new().quota(Quota::fixed(limit, hour)))
            .unwrap();
        let answer = upsert(&sandbox, json!({})).send().await.unwrap();
        limits.push(header(&answer, "x-ratelimit-limit").unwrap().to_owned());
    }

    assert_eq!(limits, ["5", "2", "60"]);
    assert_eq!(sandbox.bspk_tally().accepted, 3);
}
