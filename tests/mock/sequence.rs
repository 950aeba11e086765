//! Answers that come one after the other.

use shoppers::{
    gatsby::Ensured,
    mock::{Bspk, Gatsby},
};

use crate::{Test, by_email, john};

#[tokio::test]
async fn first_503_then_a_shopper() -> Test {
    let bspk = Bspk::start();
    let away = bspk.upsert_shopper(|_, then| {
        then.unavailable().times(2);
    });
    let stored = bspk.upsert_shopper(|_, then| {
        then.stored(17, "CLI-789");
    });

    assert_eq!(bspk.client()?.upsert_shopper(&john()).await?.id, 17);
    away.assert_calls(2);
    stored.assert();
    Ok(())
}

#[tokio::test]
async fn a_sequence_ends_with_its_attempts() {
    let bspk = Bspk::start();
    let away = bspk.upsert_shopper(|_, then| {
        then.unavailable();
    });

    let err = bspk.client().unwrap().upsert_shopper(&john()).await;

    assert_eq!(err.unwrap_err().attempts(), 3);
    away.assert_calls(3);
}

#[tokio::test]
async fn first_429_then_a_shopper() -> Test {
    let bspk = Bspk::start();
    let busy = bspk.upsert_shopper(|_, then| {
        then.throttled(30, 0).times(4);
    });
    bspk.upsert_shopper(|_, then| {
        then.stored(17, "CLI-789");
    });

    assert_eq!(bspk.client()?.upsert_shopper(&john()).await?.id, 17);
    busy.assert_calls(4);
    Ok(())
}

#[tokio::test]
async fn of_many_calls_at_once_just_so_many_get_the_first_answer() -> Test {
    let bspk = Bspk::start();
    let refused = bspk.upsert_shopper(|_, then| {
        then.not_found().times(3);
    });
    let stored = bspk.upsert_shopper(|_, then| {
        then.stored(17, None);
    });
    let client = bspk.client()?;

    let outcomes = futures_util::future::join_all(
        (0..20).map(|_| async { client.upsert_shopper(&john()).await }),
    )
    .await;

    let missing = outcomes.iter().flat_map(|it| it.as_ref().err());
    assert_eq!(missing.filter(|it| it.is_not_found()).count(), 3);
    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 17);
    refused.assert_calls(3);
    stored.assert_calls(17);
    Ok(())
}

#[tokio::test]
async fn a_lost_create_can_be_found_again() -> Test {
    let gatsby = Gatsby::start();
    let shopper = by_email("john@example.com");
    gatsby.search_shoppers(|_, then| {
        then.none().once();
    });
    gatsby.search_shoppers(|_, then| {
        then.stored([("a1", &shopper)]);
    });
    let lost = gatsby.create_shopper(|_, then| {
        then.html(502);
    });

    let ensured = gatsby.client()?.ensure_shopper(&shopper).await?;

    assert!(matches!(&ensured, Ensured::Created { .. }), "{ensured:?}");
    assert_eq!(ensured.id(), Some("a1"));
    lost.assert();
    Ok(())
}
