//! `ensure_shopper`: a way out of doubt for a vendor without an upsert.
#![cfg(all(feature = "client", feature = "sandbox"))]

mod support;

use std::time::Duration;

use httpmock::MockServer;
use shoppers::{
    Error,
    gatsby::{ChannelInput, Ensured, InstagramInput, ShopperInput, TiktokInput},
    sandbox::{Behaviour, Fault, Sandbox},
};

use support::{by_email, gatsby_builder, gatsby_in};

const UNAVAILABLE: Fault = Fault::ServiceUnavailable { retry_after: None };

/// A shopper with every key.
fn by_every_key() -> ShopperInput {
    ShopperInput {
        channel: Some(ChannelInput {
            instagram: Some(InstagramInput {
                email: Some("john@example.com".into()),
                phone: Some("+15551234567".into()),
                user_name: Some("john.meyer".into()),
                ..Default::default()
            }),
            tiktok: Some(TiktokInput {
                email: Some("john@example.com".into()),
                user_name: Some("johnmeyer".into()),
                ..Default::default()
            }),
        }),
        ..Default::default()
    }
}

/// What Gatsby was asked, as method and query.
fn asked(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.requests();
    requests
        .iter()
        .map(|request| {
            format!(
                "{} {}",
                request.method(),
                request.query().unwrap_or_default()
            )
            .trim()
            .to_owned()
        })
        .collect()
}

#[tokio::test]
async fn a_new_shopper_is_looked_up_by_each_key_once_and_created() {
    let sandbox = Sandbox::start().await.unwrap();

    let ensured = gatsby_in(&sandbox)
        .ensure_shopper(&by_every_key())
        .await
        .unwrap();

    assert!(matches!(ensured, Ensured::Created { .. }));
    assert_eq!(ensured.id(), sandbox.gatsby_shoppers()[0]["_id"].as_str());
    assert_eq!(
        asked(&sandbox),
        [
            "GET email=john%40example.com",
            "GET phone=%2B15551234567",
            "GET username=john.meyer",
            "GET username=johnmeyer",
            "POST",
        ]
    );
}

#[tokio::test]
async fn a_known_shopper_is_updated_whichever_key_it_has() {
    let by_username = ShopperInput {
        channel: Some(ChannelInput {
            tiktok: Some(TiktokInput {
                user_name: Some("johnmeyer".into()),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    for known in [by_email("john@example.com"), by_username] {
        let sandbox = Sandbox::start().await.unwrap();
        let gatsby = gatsby_in(&sandbox);
        let created = gatsby.create_shopper(&known).await.unwrap();

        let ensured = gatsby.ensure_shopper(&by_every_key()).await.unwrap();

        assert_eq!(
            ensured,
            gatsby.ensure_shopper(&by_every_key()).await.unwrap()
        );
        assert!(matches!(ensured, Ensured::Updated { .. }));
        assert_eq!(ensured.id(), created.id());
        let all = sandbox.gatsby_shoppers();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["channel"]["instagram"]["phone"], "+15551234567");
    }
}

#[tokio::test]
async fn more_than_one_match_is_an_error_that_lists_the_ids() {
    let sandbox = Sandbox::start().await.unwrap();
    let gatsby = gatsby_in(&sandbox);
    let mut ids = Vec::new();
    for _ in 0..2 {
        let created = gatsby
            .create_shopper(&by_email("john@example.com"))
            .await
            .unwrap();
        ids.push(created.id().unwrap().to_owned());
    }

    let err = gatsby.ensure_shopper(&by_every_key()).await.unwrap_err();

    let mut listed = err.duplicates().to_vec();
    listed.sort();
    assert_eq!(listed, ids);
    assert!(!err.is_ambiguous());
    assert_eq!(
        err.to_string(),
        "gatsby ensure_shopper: 2 shoppers match; merge them first"
    );
    assert_eq!(sandbox.gatsby_tally().shoppers, 2);
}

#[tokio::test]
async fn a_create_in_doubt_is_looked_for_before_it_is_repeated() {
    // The first call is the search.
    let cases = [
        (vec![(2, Fault::ClosedAfter)], "the answer was lost"),
        (vec![(2, Fault::GatewayTimeout)], "504 after the work"),
        (vec![(2, Fault::HalfBody)], "half an answer"),
        (vec![(2, Fault::ClosedBefore)], "it was not carried out"),
        (vec![(2, UNAVAILABLE)], "503"),
        (
            vec![
                (2, UNAVAILABLE),
                (4, Fault::ClosedBefore),
                (6, Fault::ClosedAfter),
            ],
            "more than once",
        ),
        (
            vec![(2, Fault::ClosedAfter), (3, UNAVAILABLE)],
            "the second look is answered 503",
        ),
    ];

    for (script, what) in cases {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox
            .gatsby_behaves(Behaviour::new().script(script))
            .unwrap();

        let ensured = gatsby_in(&sandbox)
            .ensure_shopper(&by_email("john@example.com"))
            .await;

        assert!(
            matches!(ensured, Ok(Ensured::Created { id: Some(_), .. })),
            "{what}: {ensured:?}"
        );
        assert_eq!(sandbox.gatsby_tally().made, 1, "{what}");
    }
}

#[tokio::test]
async fn a_create_that_is_late_may_still_come_and_is_not_repeated() {
    // Late for us, and for a gateway in between.
    for (status, delay) in [(200, Duration::from_secs(5)), (504, Duration::ZERO)] {
        let server = MockServer::start_async().await;
        let search = server
            .mock_async(|when, then| {
                when.method("GET");
                then.status(200).body("[]");
            })
            .await;
        let create = server
            .mock_async(|when, then| {
                when.method("POST");
                then.status(status).delay(delay);
            })
            .await;
        let gatsby = gatsby_builder("key", &server.base_url())
            .attempt_timeout(Duration::from_secs(1))
            .build()
            .unwrap();

        let err = gatsby
            .ensure_shopper(&by_email("john@example.com"))
            .await
            .unwrap_err();

        assert_eq!(err.is_timeout(), status == 200);
        assert!(err.is_ambiguous(), "{err}");
        search.assert_calls_async(2).await;
        assert!(create.calls_async().await <= 1, "{err}");
    }
}

#[tokio::test]
async fn a_doubt_that_cannot_be_cleared_up_is_told() {
    let html = Fault::Html { status: 401 };
    for search in [UNAVAILABLE, Fault::InvalidJson, html] {
        let sandbox = Sandbox::start().await.unwrap();
        let searches = (3..=5).map(|call| (call, search.clone()));
        let script = [(2, Fault::ClosedBefore)].into_iter().chain(searches);
        sandbox
            .gatsby_behaves(Behaviour::new().script(script))
            .unwrap();

        let err = gatsby_in(&sandbox)
            .ensure_shopper(&by_email("john@example.com"))
            .await
            .unwrap_err();

        assert!(err.is_ambiguous(), "{search:?}: {err}");
        assert_eq!(err.operation(), Some("create_shopper"));
        assert_eq!(
            err.to_string(),
            "gatsby create_shopper: sent, the connection broke before an answer"
        );
    }
}

#[tokio::test]
async fn a_create_in_doubt_is_remembered_whatever_the_next_comes_to() {
    for (fault, ask) in [
        (
            Fault::Html { status: 422 },
            Error::is_rejected as fn(&Error) -> bool,
        ),
        (Fault::Html { status: 401 }, Error::is_unauthorized),
    ] {
        let sandbox = Sandbox::start().await.unwrap();
        let behaviour = Behaviour::new().script([(2, Fault::ClosedBefore), (4, fault)]);
        sandbox.gatsby_behaves(behaviour).unwrap();

        let err = gatsby_in(&sandbox)
            .ensure_shopper(&by_email("john@example.com"))
            .await
            .unwrap_err();

        assert!(
            ask(&err) && err.is_ambiguous() && !err.is_not_sent(),
            "{err}"
        );
        assert_eq!(err.attempts(), 2);
        let said = err.to_string();
        assert!(
            said.ends_with("; an earlier attempt may have been carried out"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn two_shoppers_after_a_create_in_doubt_are_told_of() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.method("POST");
            then.status(503);
        })
        .await;
    for (searches, found) in [(1, "[]"), (2, r#"[{"_id": "1"}, {"_id": "2"}]"#)] {
        server
            .mock_async(|when, then| {
                when.method("GET");
                then.status(200).body(found).up_to_n_times(searches);
            })
            .await;
    }

    let err = gatsby_builder("key", &server.base_url())
        .build()
        .unwrap()
        .ensure_shopper(&by_email("john@example.com"))
        .await
        .unwrap_err();

    assert_eq!(err.duplicates(), ["1", "2"]);
    assert!(err.is_ambiguous());
}

#[tokio::test]
async fn a_search_that_cannot_be_read_has_written_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let behaviour = Behaviour::new().script([(1, Fault::InvalidJson)]);
    sandbox.gatsby_behaves(behaviour).unwrap();

    let err = gatsby_in(&sandbox)
        .ensure_shopper(&by_email("john@example.com"))
        .await
        .unwrap_err();

    assert!(err.is_unreadable() && !err.is_ambiguous());
    assert_eq!(err.operation(), Some("search_shoppers"));
    assert_eq!(sandbox.gatsby_tally().shoppers, 0);
}

#[tokio::test]
async fn a_shopper_without_a_key_is_refused_before_anything_is_sent() {
    let sandbox = Sandbox::start().await.unwrap();

    let err = gatsby_in(&sandbox)
        .ensure_shopper(&ShopperInput::default())
        .await
        .unwrap_err();

    assert!(err.is_invalid());
    assert!(sandbox.requests().is_empty());
}
