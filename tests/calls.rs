//! Retries and their outcomes: the table on the crate page, and its dangers by name.
#![cfg(feature = "client")]

mod support;

use std::time::Duration;

use shoppers::{
    Error, Retries, bspk,
    gatsby::{self, By},
};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};

use support::{bspk_builder, bspk_in, by_email, gatsby_builder, gatsby_in, unreachable};

const MS: fn(u64) -> Duration = Duration::from_millis;
const S: fn(u64) -> Duration = Duration::from_secs;

/// The rows of the table are by what doing it twice would do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Doing it twice is harmless.
    HarmlessWrite,
    /// Doing it twice does harm.
    HarmfulWrite,
    Read,
}

#[derive(Clone, Copy, Debug)]
enum Op {
    UpsertWithRef,
    UpsertWithout,
    Create,
    Update,
    Delete,
    Get,
    Search,
}

const OPS: [(Op, Kind); 7] = [
    (Op::UpsertWithRef, Kind::HarmlessWrite),
    (Op::UpsertWithout, Kind::HarmfulWrite),
    (Op::Create, Kind::HarmfulWrite),
    (Op::Update, Kind::HarmlessWrite),
    (Op::Delete, Kind::HarmlessWrite),
    (Op::Get, Kind::Read),
    (Op::Search, Kind::Read),
];

impl Op {
    async fn call(
        self,
        bspk: &bspk::Client,
        gatsby: &gatsby::Client,
        id: &str,
    ) -> Result<(), Error> {
        match self {
            Self::UpsertWithRef => bspk.upsert_shopper(&with_ref()).await.map(drop),
            Self::UpsertWithout => bspk.upsert_shopper(&without_ref()).await.map(drop),
            Self::Create => gatsby
                .create_shopper(&by_email("new@example.com"))
                .await
                .map(drop),
            Self::Update => gatsby
                .update_shopper(id, &by_email("other@example.com"))
                .await
                .map(drop),
            Self::Delete => gatsby.delete_shopper(id).await.map(drop),
            Self::Get => gatsby.get_shopper(id).await.map(drop),
            Self::Search => gatsby
                .search_shoppers(By::Email("john@example.com"))
                .await
                .map(drop),
        }
    }
}

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

fn calls(sandbox: &Sandbox) -> u64 {
    sandbox.bspk_tally().calls + sandbox.gatsby_tally().calls
}

/// The error of a call that fails each time it is sent.
struct Told {
    attempts: [u32; 3],
    ambiguous: [bool; 3],
}

impl Told {
    fn of(&self, kind: Kind) -> (u32, bool) {
        let column = match kind {
            Kind::HarmlessWrite => 0,
            Kind::HarmfulWrite => 1,
            Kind::Read => 2,
        };
        (self.attempts[column], self.ambiguous[column])
    }
}

#[tokio::test]
async fn a_caller_is_told_what_the_table_says() {
    // Columns: a harmless write, a harmful write, a read.
    let ambiguous = || Told {
        attempts: [3, 1, 3],
        ambiguous: [true, true, false],
    };
    let told_at_once = || Told {
        attempts: [1, 1, 1],
        ambiguous: [false; 3],
    };
    let done = || Told {
        attempts: [3, 1, 3],
        ambiguous: [false; 3],
    };
    let elsewhere = "http://127.0.0.1:9/".to_owned();
    let cases = [
        (Fault::InternalServerError, ambiguous(), "answered 500"),
        (Fault::BadGateway, ambiguous(), "answered 502"),
        (
            Fault::ServiceUnavailable { retry_after: None },
            ambiguous(),
            "answered 503",
        ),
        (
            Fault::ServiceUnavailable {
                retry_after: Some("0".into()),
            },
            ambiguous(),
            "answered 503",
        ),
        (Fault::GatewayTimeout, ambiguous(), "answered 504"),
        (
            Fault::ClosedBefore,
            ambiguous(),
            "the connection broke before an answer",
        ),
        (
            Fault::ClosedAfter,
            ambiguous(),
            "the connection broke before an answer",
        ),
        (
            Fault::SlowAnswer { delay: S(5) },
            ambiguous(),
            "no answer in time",
        ),
        (Fault::HalfBody, done(), "but the answer broke off"),
        (
            Fault::TricklingBody { every: MS(20) },
            done(),
            "but the answer did not end in time",
        ),
        (
            Fault::EndlessBody { bytes: 9 << 20 },
            told_at_once(),
            "but the answer is longer than is read",
        ),
        (Fault::Html { status: 422 }, told_at_once(), "answered 422"),
        (Fault::Html { status: 401 }, told_at_once(), "answered 401"),
        (
            Fault::Redirect {
                status: 302,
                location: elsewhere.clone(),
            },
            told_at_once(),
            "answered 302, a redirect",
        ),
        (
            Fault::Redirect {
                status: 307,
                location: elsewhere,
            },
            told_at_once(),
            "answered 307, a redirect",
        ),
    ];

    for (fault, told, words) in cases {
        for (op, kind) in OPS {
            let (sandbox, id) = with_a_shopper().await;
            misbehave(&sandbox, || {
                Behaviour::new().faults(1, [(fault.clone(), 1.0)])
            });
            let before = calls(&sandbox);
            let timeout = match fault {
                Fault::SlowAnswer { .. } => MS(100),
                // Long enough for the head of the answer on a busy machine.
                Fault::TricklingBody { .. } => MS(250),
                _ => S(15),
            };
            let bspk = bspk_in(&sandbox).with(|call| call.attempt_timeout(timeout));
            let gatsby = gatsby_in(&sandbox).with(|call| call.attempt_timeout(timeout));

            let outcome = op.call(&bspk, &gatsby, &id).await;

            if let (Op::Delete, Fault::HalfBody | Fault::TricklingBody { .. }) = (op, &fault) {
                // Sent again it finds nothing, which is what was asked for.
                assert!(outcome.is_ok(), "{outcome:?}");
                continue;
            }
            let err = outcome.unwrap_err();
            let row = format!("{} {op:?}: {err}", fault.name());
            assert_eq!((err.attempts(), err.is_ambiguous()), told.of(kind), "{row}");
            assert_eq!(calls(&sandbox) - before, u64::from(err.attempts()), "{row}");
            assert!(!err.is_not_sent(), "{row}");
            assert!(err.to_string().contains(words), "{row}");
        }
    }
}

#[tokio::test]
async fn a_call_without_a_connection_is_tried_again_and_was_not_sent() {
    for (op, _) in OPS {
        let retries = Retries::new().first_wait(MS(1));
        let bspk = bspk_builder("key", &unreachable())
            .retries(retries)
            .build()
            .unwrap();
        let gatsby = gatsby_builder("key", &unreachable())
            .retries(retries)
            .build()
            .unwrap();

        let err = op.call(&bspk, &gatsby, "id").await.unwrap_err();

        assert_eq!(err.attempts(), 3, "{op:?}");
        assert!(err.is_not_sent(), "{op:?}");
        assert!(!err.is_ambiguous(), "{op:?}");
    }
}

#[tokio::test]
async fn a_success_of_another_kind_is_unreadable_or_taken_for_what_it_is() {
    let cases = [
        (
            Fault::InvalidJson,
            [true, true, false, false, false, true, true],
        ),
        (
            Fault::EmptyBody,
            [true, true, false, false, false, true, false],
        ),
        (
            Fault::NullFields,
            [true, true, false, false, false, true, true],
        ),
        (Fault::UnknownFields, [false; 7]),
        (
            Fault::QuotaHeaders {
                limit: "0".into(),
                remaining: "many".into(),
            },
            [false; 7],
        ),
        (
            Fault::QuotaHeaders {
                limit: "99999999999999".into(),
                remaining: "-1".into(),
            },
            [false; 7],
        ),
    ];

    for (fault, unreadable) in cases {
        for ((op, _), unreadable) in OPS.into_iter().zip(unreadable) {
            let (sandbox, id) = with_a_shopper().await;
            misbehave(&sandbox, || {
                Behaviour::new().faults(1, [(fault.clone(), 1.0)])
            });

            let outcome = op.call(&bspk_in(&sandbox), &gatsby_in(&sandbox), &id).await;

            let row = format!("{} {op:?}: {outcome:?}", fault.name());
            match outcome {
                Ok(()) => assert!(!unreadable, "{row}"),
                Err(err) => {
                    assert!(unreadable && err.is_unreadable(), "{row}");
                    assert!(!err.is_ambiguous(), "{row}");
                    assert_eq!(err.attempts(), 1, "{row}");
                }
            }
        }
    }
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
        "bspk upsert_shopper: answered 401 (attempt 2); an earlier attempt may have been carried out"
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
async fn no_turn_before_the_deadline_fails_at_once_as_throttled_with_the_wait() {
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::fixed(1, S(600))))
        .start()
        .await
        .unwrap();
    let bspk = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .quota_window(S(600))
        .build()
        .unwrap();

    let first = bspk.upsert_shopper(&with_ref()).await;
    let err = bspk.upsert_shopper(&with_ref()).await.unwrap_err();

    assert!(first.is_ok());
    assert!(err.is_throttled(), "{err}");
    assert!(
        err.retry_after()
            .is_some_and(|wait| (S(590)..=S(600)).contains(&wait))
    );
    assert!(err.is_not_sent());
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
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::fixed(1, S(600))))
        .start()
        .await
        .unwrap();
    let bspk = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url())
        .quota_window(S(600))
        .quota_queue(0)
        .build()
        .unwrap();

    let first = bspk.upsert_shopper(&with_ref()).await;
    let err = bspk.upsert_shopper(&with_ref()).await.unwrap_err();

    assert!(first.is_ok());
    assert!(err.is_throttled(), "{err}");
    assert!(
        err.retry_after()
            .is_some_and(|wait| (S(590)..=S(600)).contains(&wait))
    );
    assert!(err.is_not_sent());
    assert_eq!(
        err.to_string(),
        "bspk upsert_shopper: not sent, too many callers wait for the quota"
    );
}

#[tokio::test]
async fn a_quota_is_shared_by_clones_and_by_clients_that_are_told_to() {
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::fixed(30, S(10))))
        .start()
        .await
        .unwrap();
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
async fn a_share_of_the_quota_is_a_share_of_its_slots() {
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::fixed(30, S(10))))
        .start()
        .await
        .unwrap();
    let builder = || bspk_builder(sandbox.bspk_key(), sandbox.bspk_url());
    let quarter = builder().quota_fraction(0.25).build().unwrap();

    quarter.upsert_shopper(&with_ref()).await.unwrap();

    assert_eq!(quarter.quota().permits, Some(7));
    for share in [0.0, -1.0, 1.1, f64::NAN, f64::INFINITY] {
        let err = builder().quota_fraction(share).build().unwrap_err();
        assert!(err.is_invalid(), "{share}");
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
async fn a_call_is_not_sent_when_its_turn_leaves_no_time_for_an_answer() {
    let window = MS(400);
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().quota(Quota::sliding(1, window)))
        .start()
        .await
        .unwrap();
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
