//! Gatsby: which calls a mock is for, and what they are answered.

use serde_json::{Value, json};
use shoppers::{
    gatsby::{By, Shopper, ShopperInput},
    mock::{Gatsby, httpmock::Mock},
};

use crate::{Test, by_email, raw};

#[tokio::test]
async fn gatsby_answers_each_operation_by_its_mock() -> Test {
    let gatsby = Gatsby::start();
    let shopper = by_email("john@example.com");
    let changed = by_email("johnny@example.com");
    let mocks: [Mock; 5] = [
        gatsby.create_shopper(|when, then| {
            when.body(&shopper);
            then.stored("a1", &shopper);
        }),
        gatsby.get_shopper(|when, then| {
            when.id("a1");
            then.stored("a1", &shopper);
        }),
        gatsby.search_shoppers(|when, then| {
            when.by(By::Email("john@example.com"));
            then.stored([("a1", &shopper)]);
        }),
        gatsby.update_shopper(|when, then| {
            when.id("a1").body(&changed);
            then.stored("a1", &changed);
        }),
        gatsby.delete_shopper(|when, then| {
            when.id("a1");
            then.empty();
        }),
    ];
    let client = gatsby.client()?;

    let created = client.create_shopper(&shopper).await?;
    let got = client.get_shopper("a1").await?;
    let found = client
        .search_shoppers(By::Email("john@example.com"))
        .await?;
    let updated = client.update_shopper("a1", &changed).await?;
    let deleted = client.delete_shopper("a1").await?;

    assert_eq!(created.id(), Some("a1"));
    assert_eq!(ShopperInput::from(got.clone()), shopper);
    assert_eq!(found, [got]);
    assert_eq!(
        updated.into_shopper().map(ShopperInput::from),
        Some(changed)
    );
    assert_eq!((deleted.status(), deleted.body()), (204, &b""[..]));
    for mock in mocks {
        mock.assert();
    }
    Ok(())
}

#[tokio::test]
async fn a_shopper_of_gatsby_is_answered_as_it_was_given() -> Test {
    let wire = json!({
        "_id": "a1",
        "channel": {"instagram": {"userName": "john", "isVerified": true}},
        "keywords": ["shoes"],
        "tier": "gold",
    });
    let shopper: Shopper = serde_json::from_value(wire.clone())?;
    let gatsby = Gatsby::start();
    gatsby.get_shopper(|_, then| {
        then.shopper(&shopper);
    });
    gatsby.search_shoppers(|_, then| {
        then.shoppers(std::slice::from_ref(&shopper));
    });
    let url = gatsby.url() + "/public/shopper";

    assert_eq!(
        raw("GET", format!("{url}/a1"), None)
            .await
            .json::<Value>()
            .await?,
        wire
    );
    assert_eq!(
        raw("GET", url, None).await.json::<Value>().await?,
        json!([wire])
    );
    Ok(())
}

#[tokio::test]
async fn a_search_is_matched_by_its_own_key_alone() -> Test {
    let gatsby = Gatsby::start();
    let shopper = ShopperInput::default();
    for (id, by) in [
        ("by_email", By::Email("j+1@example.com")),
        ("by_phone", By::Phone("+15551234567")),
        ("by_username", By::Username("j+1@example.com")),
    ] {
        gatsby.search_shoppers(|when, then| {
            when.by(by);
            then.stored([(id, &shopper)]);
        });
    }
    gatsby.search_shoppers(|_, then| {
        then.none();
    });
    let client = gatsby.client()?;

    for (by, expected) in [
        (By::Email("j+1@example.com"), Some("by_email")),
        (By::Phone("+15551234567"), Some("by_phone")),
        (By::Username("j+1@example.com"), Some("by_username")),
        (By::Username("15551234567"), None),
    ] {
        let found = client.search_shoppers(by).await?;

        assert_eq!(found.first().map(|it| it.id.as_str()), expected, "{by:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_id_is_taken_as_it_is() -> Test {
    let gatsby = Gatsby::start();
    let ids = ["a.c", "a+c", "[a-c]", "a c", "ä%2e", "(", "a?c#"];
    for id in ids {
        gatsby.get_shopper(|when, then| {
            when.id(id);
            then.stored(id, &ShopperInput::default());
        });
    }
    let client = gatsby.client()?;

    for id in ids {
        assert_eq!(client.get_shopper(id).await?.id, id);
    }
    for id in ["abc", "aac", "b", "a"] {
        assert_eq!(
            client.get_shopper(id).await.unwrap_err().status(),
            Some(421),
            "{id}"
        );
    }
    Ok(())
}
