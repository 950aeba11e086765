//! The servers, and calls that no mock is for.

use std::time::Duration;

use shoppers::{
    ApiKey, Retries,
    bspk::Client,
    gatsby::By,
    mock::{Bspk, Gatsby},
};

use crate::{Test, by_email, john};

#[tokio::test]
async fn servers_of_two_tests_know_nothing_of_each_other() -> Test {
    let (one, other) = (Bspk::start(), Bspk::start());
    one.upsert_shopper(|_, then| {
        then.stored(1, None);
    });
    other.upsert_shopper(|_, then| {
        then.stored(2, None);
    });

    assert_ne!(one.url(), other.url());
    assert_eq!(one.client()?.upsert_shopper(&john()).await?.id, 1);
    assert_eq!(other.client()?.upsert_shopper(&john()).await?.id, 2);
    Ok(())
}

#[tokio::test]
async fn a_call_without_a_mock_does_not_pass_for_a_missing_shopper() {
    let gatsby = Gatsby::start();
    let client = gatsby.client().unwrap();

    for added in [false, true] {
        if added {
            gatsby.get_shopper(|when, then| {
                when.id("a1");
                then.not_found();
            });
        }
        let errors = [
            client.get_shopper("a2").await.unwrap_err(),
            client.search_shoppers(By::Username("j")).await.unwrap_err(),
            client.delete_shopper("a2").await.unwrap_err(),
        ];

        for err in errors {
            assert!(
                !err.is_not_found() && !err.is_ambiguous() && !err.is_rejected(),
                "{err}"
            );
            assert!(
                err.to_string()
                    .ends_with("421 Misdirected Request: no_mock_matches"),
                "{err}"
            );
        }
    }
}

#[tokio::test]
async fn a_mock_that_is_added_later_is_asked_all_the_same() -> Test {
    let gatsby = Gatsby::start();
    let client = gatsby.client()?;
    assert!(client.get_shopper("a1").await.is_err());
    gatsby.get_shopper(|_, then| {
        then.stored("a1", &by_email("john@example.com"));
    });

    assert_eq!(client.get_shopper("a1").await?.id, "a1");
    Ok(())
}

#[tokio::test]
async fn a_service_with_its_own_client_needs_the_url_alone() -> Test {
    let bspk = Bspk::start();
    bspk.upsert_shopper(|_, then| {
        then.stored(17, None);
    });

    let client = Client::builder(ApiKey::new("its_own")?)
        .base_url(bspk.url())
        .build()?;

    assert_eq!(client.upsert_shopper(&john()).await?.id, 17);
    Ok(())
}

#[tokio::test]
async fn what_has_no_method_is_left_to_httpmock() -> Test {
    let bspk = Bspk::start();
    let mock = bspk.upsert_shopper(|when, then| {
        when.into_inner().header("authorization", "Bearer its_own");
        then.into_inner().status(403);
    });
    let client = Client::builder(ApiKey::new("its_own")?)
        .base_url(bspk.url())
        .build()?;

    assert!(
        client
            .upsert_shopper(&john())
            .await
            .unwrap_err()
            .is_unauthorized()
    );
    mock.assert();
    Ok(())
}

#[test]
fn a_client_tries_as_often_as_any_but_does_not_wait() -> Test {
    let retries = Retries::new().first_wait(Duration::ZERO);
    let deadline = Duration::from_secs(2);

    Bspk::start().client()?.with(|options| {
        assert_eq!(options, options.retries(retries).deadline(deadline));
        options
    });
    Gatsby::start().client()?.with(|options| {
        assert_eq!(options, options.retries(retries).deadline(deadline));
        options
    });
    Ok(())
}

#[test]
fn debug_shows_where_it_is() {
    let bspk = Bspk::start();

    assert!(format!("{bspk:?}").contains(&bspk.url()));
}
