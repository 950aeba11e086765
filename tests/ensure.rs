//! `ensure_shopper`: one shopper for a vendor without an upsert, whatever becomes of a create.
#![cfg(feature = "client")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::future::join_all;
use httpmock::MockServer;
use serde_json::{Value, json};
use shoppers::gatsby::{ChannelInput, Ensured, InstagramInput, ShopperInput, TiktokInput};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use support::{answering, by_email, gatsby_at, gatsby_builder, gatsby_in};

const MS: fn(u64) -> Duration = Duration::from_millis;

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

/// A shopper as a search shows it.
fn shown(id: &str, email: &str) -> Value {
    json!({"_id": id, "channel": {"instagram": {"email": email}}})
}

/// The requests to Gatsby, as method and query.
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
async fn a_create_whose_answer_was_lost_is_found_again() {
    // The first call is the search.
    let cases = [
        (vec![(2, Fault::ClosedAfter)], "the answer was lost"),
        (vec![(2, Fault::GatewayTimeout)], "504 after the work"),
        (vec![(2, Fault::HalfBody)], "half an answer"),
        (vec![(2, Fault::EmptyBody)], "no answer but a status"),
        (
            vec![(2, Fault::InvalidJson)],
            "an answer that is no shopper",
        ),
        (
            vec![(2, Fault::ClosedAfter), (3, UNAVAILABLE)],
            "the second look is answered 503",
        ),
    ];

    for (script, what) in cases {
        let sandbox = Sandbox::start().await.unwrap();
        let behaviour = Behaviour::new().search_lag(MS(20)).script(script);
        sandbox.gatsby_behaves(behaviour).unwrap();

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
async fn an_ambiguous_create_is_sent_once() {
    let late = Fault::LateWork { delay: MS(10_000) };
    let cases = [
        (
            Fault::ClosedBefore,
            "sent, the connection broke before an answer",
        ),
        (UNAVAILABLE, "503 Service Unavailable"),
        (late, "sent, no answer in time"),
    ];

    for (fault, expected) in cases {
        let sandbox = Sandbox::start().await.unwrap();
        let behaviour = Behaviour::new().script([(2, fault)]);
        sandbox.gatsby_behaves(behaviour).unwrap();

        let err = gatsby_in(&sandbox)
            .with(|call| call.attempt_timeout(MS(100)).settling_time(MS(50)))
            .ensure_shopper(&by_email("john@example.com"))
            .await
            .unwrap_err();

        assert!(err.is_ambiguous(), "{err}");
        assert_eq!(
            err.to_string(),
            format!("gatsby create_shopper: {expected}")
        );
        assert_eq!(err.attempts(), 1);
        let asked = asked(&sandbox);
        assert_eq!(asked.iter().filter(|it| *it == "POST").count(), 1);
        assert!(asked.len() > 3, "it looked again: {asked:?}");
    }
}

#[tokio::test]
async fn a_create_that_is_carried_out_late_is_found_within_the_settling_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let late = Fault::LateWork { delay: MS(200) };
    let behaviour = Behaviour::new().script([(2, late)]);
    sandbox.gatsby_behaves(behaviour).unwrap();

    let ensured = gatsby_in(&sandbox)
        .with(|call| call.attempt_timeout(MS(100)).settling_time(MS(5_000)))
        .ensure_shopper(&by_email("john@example.com"))
        .await;

    assert!(
        matches!(ensured, Ok(Ensured::Created { .. })),
        "{ensured:?}"
    );
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test]
async fn an_ambiguous_create_that_cannot_be_resolved_is_reported() {
    let html = Fault::Html { status: 401 };
    for search in [UNAVAILABLE, Fault::InvalidJson, html] {
        let sandbox = Sandbox::start().await.unwrap();
        let searches = (3..=1000).map(|call| (call, search.clone()));
        let script = [(2, Fault::ClosedBefore)].into_iter().chain(searches);
        sandbox
            .gatsby_behaves(Behaviour::new().script(script))
            .unwrap();

        let err = gatsby_in(&sandbox)
            .with(|call| call.settling_time(MS(50)))
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
async fn two_shoppers_after_an_ambiguous_create_are_reported() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.method("POST");
            then.status(503);
        })
        .await;
    let two = json!([
        shown("1", "john@example.com"),
        shown("2", "john@example.com")
    ]);
    for (searches, found) in [(1, json!([])), (2, two)] {
        server
            .mock_async(|when, then| {
                when.method("GET");
                then.status(200).json_body(found).up_to_n_times(searches);
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
async fn the_whole_of_an_ensure_has_one_deadline() {
    let busy = Fault::ServiceUnavailable {
        retry_after: Some("60".into()),
    };
    let slow = Fault::SlowAnswer { delay: MS(60_000) };
    // In the search, in the create, and while looking again.
    let cases = [
        vec![(1, busy.clone())],
        vec![(1, slow.clone())],
        vec![(2, busy.clone())],
        vec![(2, Fault::ClosedBefore), (3, busy)],
        vec![(2, Fault::ClosedBefore), (3, slow)],
    ];

    for script in cases {
        let sandbox = Sandbox::start().await.unwrap();
        let behaviour = Behaviour::new().script(script.clone());
        sandbox.gatsby_behaves(behaviour).unwrap();
        let gatsby = gatsby_in(&sandbox).with(|call| call.deadline(MS(300)));
        let shopper = by_email("john@example.com");
        let ensure = gatsby.ensure_shopper(&shopper);

        let ended = tokio::time::timeout(MS(10_000), ensure).await;

        assert!(matches!(ended, Ok(Err(_))), "{script:?}: {ended:?}");
    }
}

#[tokio::test]
async fn callers_who_ensure_one_shopper_at_once_make_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let behaviour = Behaviour::new().search_lag(MS(100));
    sandbox.gatsby_behaves(behaviour).unwrap();
    let gatsby = gatsby_in(&sandbox);
    let (clone, shopper, by_email) = (gatsby.clone(), by_every_key(), by_email("JOHN@example.com"));

    let (first, second) = tokio::join!(
        gatsby.ensure_shopper(&shopper),
        clone.ensure_shopper(&by_email)
    );

    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(matches!(first, Ensured::Created { .. }));
    assert!(matches!(second, Ensured::Updated { .. }));
    assert_eq!(first.id(), second.id());
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test]
async fn a_caller_who_waits_for_another_has_its_own_deadline() {
    let sandbox = Sandbox::start().await.unwrap();
    let slow = Fault::SlowAnswer { delay: MS(60_000) };
    let behaviour = Behaviour::new().script([(1, slow)]);
    sandbox.gatsby_behaves(behaviour).unwrap();
    let gatsby = gatsby_in(&sandbox);
    let hasty = gatsby.with(|call| call.deadline(MS(50)));
    let shopper = by_email("john@example.com");

    let err = tokio::select! {
        biased;
        _ = gatsby.ensure_shopper(&shopper) => panic!("it has to wait"),
        outcome = hasty.ensure_shopper(&shopper) => outcome.unwrap_err(),
    };

    assert!(err.is_not_sent() && err.is_timeout(), "{err}");
    assert_eq!(err.operation(), Some("ensure_shopper"));
    assert_eq!(sandbox.gatsby_tally().calls, 1);
}

#[tokio::test]
async fn a_create_whose_caller_has_gone_is_looked_for_by_the_next() {
    let sandbox = Sandbox::start().await.unwrap();
    let late = Fault::LateWork { delay: MS(300) };
    let behaviour = Behaviour::new().script([(2, late)]);
    sandbox.gatsby_behaves(behaviour).unwrap();
    let gatsby = gatsby_in(&sandbox);
    let shopper = by_email("john@example.com");

    let dropped = async {
        while sandbox.gatsby_tally().calls < 2 {
            tokio::time::sleep(MS(1)).await;
        }
    };
    tokio::select! {
        _ = gatsby.ensure_shopper(&shopper) => panic!("it is late"),
        () = dropped => {}
    }
    let ensured = gatsby.ensure_shopper(&shopper).await;

    assert!(
        matches!(ensured, Ok(Ensured::Updated { .. })),
        "{ensured:?}"
    );
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test]
async fn a_shopper_without_any_of_the_keys_is_no_match() {
    let server = MockServer::start_async().await;
    let search = server
        .mock_async(|when, then| {
            when.method("GET");
            then.status(200)
                .json_body(json!([shown("1", "jane@example.com")]));
        })
        .await;
    let create = server
        .mock_async(|when, then| {
            when.method("POST");
            then.status(200).json_body(shown("2", "john@example.com"));
        })
        .await;

    let ensured = gatsby_at(&server.base_url())
        .ensure_shopper(&by_email("john@example.com"))
        .await
        .unwrap();

    assert_eq!(ensured.id(), Some("2"));
    search.assert_calls_async(1).await;
    create.assert_calls_async(1).await;
}

#[tokio::test]
async fn a_shopper_that_does_not_show_its_keys_is_neither_updated_nor_passed_over() {
    for found in [
        json!([{"_id": "1"}]),
        json!([{"_id": "1", "channel": null}]),
    ] {
        let server = answering(200, &found.to_string()).await;

        let err = gatsby_at(&server.base_url())
            .ensure_shopper(&by_email("john@example.com"))
            .await
            .unwrap_err();

        assert!(err.is_unreadable() && !err.is_ambiguous(), "{err}");
        assert_eq!(
            err.to_string(),
            "gatsby search_shoppers: 200 OK: the shopper does not show the key that was searched by; look it up by hand"
        );
    }
}

#[tokio::test]
async fn a_shopper_that_was_deleted_and_is_still_found_is_not_created() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.method("GET");
            then.status(200)
                .json_body(json!([shown("1", "john@example.com")]));
        })
        .await;

    let err = gatsby_at(&server.base_url())
        .ensure_shopper(&by_email("john@example.com"))
        .await
        .unwrap_err();

    assert!(err.is_not_found(), "{err}");
    assert_eq!(err.operation(), Some("update_shopper"));
}

#[tokio::test]
async fn a_shopper_that_this_client_has_deleted_is_created_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let gatsby = gatsby_in(&sandbox);
    let shopper = by_email("john@example.com");
    let first = gatsby.ensure_shopper(&shopper).await.unwrap();

    gatsby.delete_shopper(first.id().unwrap()).await.unwrap();
    let second = gatsby.ensure_shopper(&shopper).await.unwrap();

    assert!(matches!(second, Ensured::Created { .. }));
    assert_eq!(sandbox.gatsby_tally().shoppers, 1);
}

#[tokio::test]
async fn no_shopper_is_made_twice_however_late_gatsby_is() {
    const SHOPPERS: usize = 100;
    let sandbox = Sandbox::start().await.unwrap();
    let faults = [
        (Fault::ClosedAfter, 0.1),
        (Fault::HalfBody, 0.1),
        (Fault::ClosedBefore, 0.05),
        (Fault::LateWork { delay: MS(400) }, 0.05),
    ];
    let behaviour = Behaviour::new().search_lag(MS(200)).faults(4711, faults);
    sandbox.gatsby_behaves(behaviour).unwrap();
    let gatsby =
        gatsby_in(&sandbox).with(|call| call.attempt_timeout(MS(200)).settling_time(MS(1_000)));
    let shoppers: Vec<ShopperInput> = (0..SHOPPERS)
        .map(|number| by_email(&format!("s{number}@example.com")))
        .collect();

    let mut stored = BTreeSet::new();
    let mut failed = BTreeSet::new();
    // Each of them twice, as two rows of a file, or by a caller who tries again.
    for _ in 0..2 {
        let ensures = shoppers.iter().map(|it| gatsby.ensure_shopper(it));
        for (number, outcome) in join_all(ensures).await.into_iter().enumerate() {
            match outcome {
                Ok(_) => stored.insert(number),
                Err(_) => failed.insert(number),
            };
        }
    }

    let mut emails: BTreeMap<String, usize> = BTreeMap::new();
    for shopper in sandbox.gatsby_shoppers() {
        let email = shopper["channel"]["instagram"]["email"].as_str().unwrap();
        *emails.entry(email.to_owned()).or_default() += 1;
    }
    assert!(emails.values().all(|times| *times == 1), "{emails:?}");
    for number in 0..SHOPPERS {
        let is_there = emails.contains_key(&format!("s{number}@example.com"));
        assert!(is_there || failed.contains(&number), "{number} is lost");
        assert!(
            is_there || !stored.contains(&number),
            "{number} is not there"
        );
    }
    assert!(stored.len() > SHOPPERS / 2, "{} stored", stored.len());
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
