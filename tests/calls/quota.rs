//! Calls that the quota delays or refuses.

use std::time::Duration;

use shoppers::{Builder, Error, Retries, bspk};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};

use crate::{
    MS, S,
    support::{bspk_builder, bspk_in},
    with_ref, without_ref,
};

/// A sandbox whose BSPK has this quota.
async fn limited(quota: Quota) -> Sandbox {
    let sandbox = Sandbox::builder().bspk(Behaviour::new().quota(quota));
    sandbox.start().await.unwrap()
}

/// The error of a second call within a window of ten minutes that has room for one: throttled, with the wait.
async fn second_call_in_ten_minutes(
    set: impl FnOnce(Builder<bspk::Client>) -> Builder<bspk::Client>,
) -> (Sandbox, Error) {
    let sandbox = limited(Quota::fixed(1, S(600))).await;
    let builder = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url()).quota_window(S(600));
    let bspk = set(builder).build().unwrap();

    bspk.upsert_shopper(&with_ref()).await.unwrap();
    let err = bspk.upsert_shopper(&with_ref()).await.unwrap_err();

    assert!(err.is_throttled() && err.is_not_sent(), "{err}");
    let wait = err.retry_after().unwrap();
    assert!((S(590)..=S(600)).contains(&wait), "{wait:?}");
    (sandbox, err)
}

#[tokio::test]
async fn a_429_uses_up_no_attempt() {
    let sandbox = Sandbox::start().await.unwrap();
    let script = (1..=4).map(|call| (call, Fault::Throttled { retry_after: None }));
    sandbox
        .bspk_behaves(Behaviour::new().script(script))
        .unwrap();
    let once = bspk_in(&sandbox).with(|call| call.retries(Retries::new().attempts(1)));

    let stored = once.upsert_shopper(&without_ref()).await;

    assert!(stored.is_ok(), "{stored:?}");
    assert_eq!(sandbox.bspk_tally().calls, 5);
    assert_eq!(sandbox.bspk_tally().made, 1);
}

#[tokio::test]
async fn a_429_is_waited_for_until_the_deadline() {
    let sandbox = Sandbox::start().await.unwrap();
    let always = Behaviour::new().faults(
        1,
        [(
            Fault::Throttled {
                retry_after: Some("60".into()),
            },
            1.0,
        )],
    );
    sandbox.bspk_behaves(always).unwrap();

    let err = bspk_in(&sandbox)
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert!(err.is_throttled());
    assert!(!err.is_ambiguous());
    assert_eq!(err.attempts(), 1);
    assert_eq!(err.retry_after(), Some(S(60)));
    assert_eq!(sandbox.bspk_tally().calls, 1);
}

#[tokio::test]
async fn a_429_without_retry_after_has_the_wait_of_the_quota() {
    let throttled = Behaviour::new().script([(1, Fault::Throttled { retry_after: None })]);
    let sandbox = Sandbox::builder().bspk(throttled).start().await.unwrap();
    let bspk = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .quota_window(S(600))
        .retries(Retries::off())
        .build()
        .unwrap();

    let err = bspk.upsert_shopper(&with_ref()).await.unwrap_err();

    assert!(err.is_throttled());
    assert!(
        err.retry_after().is_some_and(|wait| wait > S(1)),
        "{:?}",
        err.retry_after()
    );
}

#[tokio::test]
async fn no_turn_before_the_deadline_fails_at_once_as_throttled_with_the_wait() {
    let (sandbox, err) = second_call_in_ten_minutes(|builder| builder).await;

    assert!(err.is_timeout());
    assert!(!err.is_ambiguous());
    assert_eq!(err.attempts(), 0);
    assert_eq!(sandbox.bspk_tally().calls, 1);
    assert_eq!(
        err.to_string(),
        "bspk upsert_shopper: not sent, the quota has no room before the deadline"
    );
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_as_throttled_with_the_wait() {
    let (_sandbox, err) = second_call_in_ten_minutes(|builder| builder.quota_queue(0)).await;

    assert_eq!(
        err.to_string(),
        "bspk upsert_shopper: not sent, too many callers wait for the quota"
    );
}

#[tokio::test]
async fn a_quota_is_shared_by_clones_and_by_clients_that_are_told_to() {
    let sandbox = limited(Quota::fixed(30, S(10))).await;
    let builder = || bspk_builder(sandbox.bspk_key(), sandbox.bspk_url());
    let first = builder().build().unwrap();
    let second = builder().same_quota_as(&first).build().unwrap();
    let stranger = builder().build().unwrap();
    let clone = first.with(|call| call.deadline(S(1)));

    first.upsert_shopper(&with_ref()).await.unwrap();

    for client in [&first, &second, &clone] {
        let quota = client.quota();
        assert_eq!(
            (quota.limit, quota.remaining, quota.permits),
            (Some(30), Some(29), Some(30))
        );
        assert_eq!(quota.window, S(10));
    }
    assert_eq!(stranger.quota().limit, None);
}

#[tokio::test]
async fn a_fraction_of_the_quota_is_a_fraction_of_its_permits() {
    let sandbox = limited(Quota::fixed(30, S(10))).await;
    let builder = || bspk_builder(sandbox.bspk_key(), sandbox.bspk_url());
    let quarter = builder().quota_fraction(0.25).build().unwrap();

    quarter.upsert_shopper(&with_ref()).await.unwrap();

    assert_eq!(quarter.quota().permits, Some(7));
    for fraction in [0.0, -1.0, 1.1, f64::NAN, f64::INFINITY] {
        let err = builder().quota_fraction(fraction).build().unwrap_err();
        assert!(err.is_invalid(), "{fraction}");
    }
}

#[tokio::test]
async fn a_call_is_not_sent_when_its_turn_leaves_no_time_for_an_answer() {
    let window = MS(400);
    let sandbox = limited(Quota::sliding(1, window)).await;
    let bspk = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .quota_window(window)
        .deadline(MS(450))
        .build()
        .unwrap();
    let with_any_time = bspk.with(|call| call.min_attempt_time(Duration::ZERO));
    bspk.upsert_shopper(&without_ref()).await.unwrap();

    let err = bspk.upsert_shopper(&without_ref()).await.unwrap_err();
    let calls = sandbox.bspk_tally().calls;
    let _either_way = with_any_time.upsert_shopper(&without_ref()).await;

    assert!(err.is_throttled() && err.is_not_sent(), "{err}");
    assert_eq!(calls, 1);
    assert_eq!(sandbox.bspk_tally().calls, 2);
}
