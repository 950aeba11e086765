//! Calls that fail, are delayed, or are sent again.
#![cfg(feature = "client")]

mod quota;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::time::Duration;

use shoppers::{Retries, bspk};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use support::{bspk_builder, bspk_in, by_email, gatsby_builder, gatsby_in, unreachable};

const MS: fn(u64) -> Duration = Duration::from_millis;
const S: fn(u64) -> Duration = Duration::from_secs;

fn with_ref() -> bspk::Shopper {
    bspk::Shopper {
        shopper_ref: Some("CLI-789".into()),
        ..Default::default()
    }
}

fn without_ref() -> bspk::Shopper {
    bspk::Shopper {
        email: Some("john@example.com".into()),
        ..Default::default()
    }
}

/// A sandbox in which Gatsby has one shopper, and the id of that.
async fn with_a_shopper() -> (Sandbox, String) {
    let sandbox = Sandbox::start().await.unwrap();
    let created = gatsby_in(&sandbox)
        .create_shopper(&by_email("john@example.com"))
        .await
        .unwrap();
    let id = created.id().unwrap().to_owned();
    (sandbox, id)
}

fn misbehave(sandbox: &Sandbox, behaviour: impl Fn() -> Behaviour) {
    sandbox.bspk_behaves(behaviour()).unwrap();
    sandbox.gatsby_behaves(behaviour()).unwrap();
}

#[tokio::test]
async fn a_create_with_unknown_outcome_is_sent_once() {
    for fault in [Fault::ClosedAfter, Fault::HalfBody, Fault::GatewayTimeout] {
        let sandbox = Sandbox::start().await.unwrap();
        misbehave(&sandbox, || Behaviour::new().script([(1, fault.clone())]));

        let err = gatsby_in(&sandbox)
            .create_shopper(&by_email("john@example.com"))
            .await
            .unwrap_err();

        assert!(err.is_ambiguous() || err.is_unreadable(), "{err}");
        assert_eq!(sandbox.gatsby_tally().made, 1);
    }
}

#[tokio::test]
async fn an_upsert_with_a_ref_is_sent_until_it_is_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let script = [
        (1, Fault::ClosedAfter),
        (2, Fault::ServiceUnavailable { retry_after: None }),
    ];
    sandbox
        .bspk_behaves(Behaviour::new().script(script))
        .unwrap();

    let stored = bspk_in(&sandbox).upsert_shopper(&with_ref()).await.unwrap();

    assert_eq!(stored.id, 1);
    assert_eq!(sandbox.bspk_tally().calls, 3);
    assert_eq!(sandbox.bspk_tally().shoppers, 1);
}

#[tokio::test]
async fn an_earlier_ambiguous_attempt_is_not_forgotten() {
    let sandbox = Sandbox::start().await.unwrap();
    let script = [(1, Fault::ClosedAfter), (2, Fault::Html { status: 401 })];
    sandbox
        .bspk_behaves(Behaviour::new().script(script))
        .unwrap();

    let err = bspk_in(&sandbox)
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert!(err.is_unauthorized());
    assert!(err.is_ambiguous());
    assert_eq!(sandbox.bspk_tally().shoppers, 1);
    assert_eq!(
        err.to_string(),
        "bspk upsert_shopper: 401 Unauthorized (attempt 2); an earlier attempt may have been carried out"
    );
}

#[tokio::test]
async fn a_delete_that_finds_nothing_after_a_lost_answer_is_a_success() {
    let (sandbox, id) = with_a_shopper().await;
    sandbox
        .gatsby_behaves(Behaviour::new().script([(1, Fault::ClosedAfter)]))
        .unwrap();
    let gatsby = gatsby_in(&sandbox);

    let deleted = gatsby.delete_shopper(&id).await.unwrap();
    let again = gatsby.delete_shopper(&id).await.unwrap_err();

    assert_eq!(deleted.status(), 404);
    assert!(again.is_not_found());
    assert!(!again.is_ambiguous());
}

#[tokio::test]
async fn retries_that_are_off_tell_everything_at_once() {
    for fault in [
        Fault::Throttled { retry_after: None },
        Fault::ServiceUnavailable { retry_after: None },
    ] {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox
            .bspk_behaves(Behaviour::new().script([(1, fault)]))
            .unwrap();
        let bspk = bspk_in(&sandbox);

        let off = bspk
            .with(|call| call.retries(Retries::off()))
            .upsert_shopper(&with_ref())
            .await;
        let on = bspk.upsert_shopper(&with_ref()).await;

        assert_eq!(off.unwrap_err().attempts(), 1);
        assert!(on.is_ok());
        assert_eq!(sandbox.bspk_tally().calls, 2);
    }
}

#[tokio::test]
async fn retry_after_does_not_add_attempts() {
    let sandbox = Sandbox::start().await.unwrap();
    let asks = |wait: &str| Fault::ServiceUnavailable {
        retry_after: Some(wait.into()),
    };
    sandbox
        .bspk_behaves(Behaviour::new().faults(1, [(asks("0"), 1.0)]))
        .unwrap();

    let err = bspk_in(&sandbox)
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert_eq!(err.attempts(), 3);
    assert_eq!(sandbox.bspk_tally().calls, 3);
}

#[tokio::test]
async fn a_wait_that_does_not_fit_the_deadline_is_not_begun() {
    let (wait, date) = ("100", "Fri, 31 Dec 9999 23:59:59 GMT");
    for asked in [wait, date] {
        let sandbox = Sandbox::start().await.unwrap();
        let fault = Fault::ServiceUnavailable {
            retry_after: Some(asked.into()),
        };
        sandbox
            .bspk_behaves(Behaviour::new().script([(1, fault)]))
            .unwrap();

        let err = bspk_in(&sandbox)
            .upsert_shopper(&with_ref())
            .await
            .unwrap_err();

        assert_eq!(err.attempts(), 1, "{asked}");
        assert_eq!(err.status(), Some(503));
        assert!(err.retry_after().is_some_and(|wait| wait >= S(100)));
    }
}

#[tokio::test]
async fn odd_durations_do_no_harm() {
    let sandbox = Sandbox::start().await.unwrap();
    let longest = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .quota_window(Duration::MAX)
        .build()
        .unwrap();
    let none = longest.with(|call| call.deadline(Duration::ZERO));

    assert!(longest.upsert_shopper(&with_ref()).await.is_ok());
    let err = none.upsert_shopper(&with_ref()).await.unwrap_err();
    assert!(err.is_timeout());
}

#[tokio::test]
async fn a_call_that_is_dropped_anywhere_leaves_nothing_behind() {
    let sandbox = Sandbox::start().await.unwrap();
    let bspk = bspk_in(&sandbox);
    let shopper = with_ref();
    let mut finished = false;

    // How many polls a call takes is up to the machine.
    for polls in 0..5_000 {
        if finished {
            break;
        }
        let mut call = Box::pin(bspk.upsert_shopper(&shopper));
        for _ in 0..polls {
            finished = futures_util::poll!(&mut call).is_ready();
            if finished {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(call);

        let quota = bspk.quota();
        assert_eq!(
            (quota.in_flight, quota.waiting),
            (0, 0),
            "after {polls} polls"
        );
    }

    assert!(finished, "no call was polled to its end");
    assert!(bspk.upsert_shopper(&shopper).await.is_ok());
}

/// An address where the system accepts a connection, and TLS is never answered.
fn hanging() -> (std::net::TcpListener, String) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    (listener, url)
}

#[tokio::test]
async fn a_connection_that_hangs_is_cut_off_as_not_sent_and_tried_again() {
    let (_listener, url) = hanging();
    let builder = || {
        gatsby_builder("key", &url)
            .attempt_timeout(MS(40))
            .retries(Retries::new().first_wait(MS(1)))
    };
    let given = reqwest::Client::builder().no_proxy().build().unwrap();
    let from = std::time::Instant::now();

    for gatsby in [
        builder().build().unwrap(),
        builder().http(given).build().unwrap(),
    ] {
        let created = gatsby.create_shopper(&by_email("new@example.com")).await;
        let deleted = gatsby.delete_shopper("id").await;

        for err in [created.unwrap_err(), deleted.unwrap_err()] {
            assert!(err.is_not_sent() && err.is_timeout(), "{err}");
            assert!(!err.is_ambiguous(), "{err}");
            assert_eq!(err.attempts(), 3, "{err}");
        }
        assert_eq!(gatsby.quota().in_flight, 0);
    }
    println!("four calls of three attempts took {:?}", from.elapsed());
}

#[tokio::test]
async fn a_long_failure_is_read_to_64_kib_and_a_hundred_problems() {
    let problem = r#"{"code":"not_found","title":"no such thing"},"#;
    let body = format!(r#"{{"errors":[{}"#, problem.repeat(170_000));
    let server = support::answering(422, &body).await;

    let err = support::bspk_at(&server.base_url())
        .upsert_shopper(&with_ref())
        .await
        .unwrap_err();

    assert!(err.is_rejected());
    assert_eq!(err.problems().len(), 100);
    assert_eq!(err.body().map(<[u8]>::len), Some(64 << 10));
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let bspk = bspk_builder("key", &unreachable()).build().unwrap();
    let shopper = with_ref();
    let mut call = std::pin::pin!(bspk.upsert_shopper(&shopper));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());

    let std::task::Poll::Ready(outcome) = call.as_mut().poll(&mut context) else {
        panic!("it waits, and nothing drives it")
    };

    let err = outcome.unwrap_err();
    assert!(err.is_invalid() && err.is_not_sent());
    assert!(
        err.to_string().contains("outside of a tokio runtime"),
        "{err}"
    );
}

#[tokio::test]
async fn endless_interim_answers_end_at_the_attempt_timeout() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_u8().await.unwrap();
        let mut written = 0_u64;
        while stream
            .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
            .await
            .is_ok()
        {
            written += 1;
        }
        written
    });
    let bspk = support::bspk_at(&url).with(|call| call.attempt_timeout(MS(100)));

    let err = bspk.upsert_shopper(&with_ref()).await.unwrap_err();

    assert!(err.is_timeout() && err.is_ambiguous(), "{err}");
    // The connection is closed, so it costs nothing any more.
    println!("{} interim answers", server.await.unwrap());
}
