//! The table on the crate page: what a failure means for each kind of operation.

use shoppers::{
    Error, Retries, bspk,
    gatsby::{self, By},
};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::{
    MS, S, misbehave,
    support::{bspk_builder, bspk_in, by_email, gatsby_builder, gatsby_in, unreachable},
    with_a_shopper, with_ref, without_ref,
};

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
        (
            Fault::InternalServerError,
            ambiguous(),
            "500 Internal Server Error",
        ),
        (Fault::BadGateway, ambiguous(), "502 Bad Gateway"),
        (
            Fault::ServiceUnavailable { retry_after: None },
            ambiguous(),
            "503 Service Unavailable",
        ),
        (
            Fault::ServiceUnavailable {
                retry_after: Some("0".into()),
            },
            ambiguous(),
            "503 Service Unavailable",
        ),
        (Fault::GatewayTimeout, ambiguous(), "504 Gateway Timeout"),
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
        (Fault::HalfBody, done(), "the body broke off"),
        (
            Fault::TricklingBody { every: MS(20) },
            done(),
            "the body did not end in time",
        ),
        (
            Fault::EndlessBody { bytes: 9 << 20 },
            told_at_once(),
            "the body is longer than is read",
        ),
        (
            Fault::Html { status: 422 },
            told_at_once(),
            "422 Unprocessable Entity",
        ),
        (
            Fault::Html { status: 401 },
            told_at_once(),
            "401 Unauthorized",
        ),
        (
            Fault::Redirect {
                status: 302,
                location: elsewhere.clone(),
            },
            told_at_once(),
            "302 Found: a redirect",
        ),
        (
            Fault::Redirect {
                status: 307,
                location: elsewhere,
            },
            told_at_once(),
            "307 Temporary Redirect: a redirect",
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
