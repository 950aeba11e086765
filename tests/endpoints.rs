//! `ensure_webhook_endpoint`, against the fake server.
#![cfg(feature = "client")]

mod support;

use shoppers::bspk::{self, EnsuredEndpoint, EventName, WebhookEndpointInput};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use support::bspk_in;

const URL: &str = "https://mycompany.com/hooks";
const EVENTS: [EventName; 2] = [EventName::ShopperCreated, EventName::ShopperUpdated];

/// Starts a sandbox in which a call meets a fault: 1 is the list, 2 the create.
async fn faulty(call: u64, fault: Fault) -> (Sandbox, bspk::Client) {
    let behaviour = Behaviour::new().script([(call, fault)]);
    let sandbox = Sandbox::builder().bspk(behaviour).start().await.unwrap();
    let client = bspk_in(&sandbox);
    (sandbox, client)
}

/// The methods of all calls.
fn methods(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.requests();
    requests.iter().map(|it| it.method().to_owned()).collect()
}

#[tokio::test]
async fn an_endpoint_is_created_once_and_found_from_then_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = bspk_in(&sandbox);

    let first = client.ensure_webhook_endpoint(URL, &EVENTS).await.unwrap();
    let mut other_order = EVENTS;
    other_order.reverse();
    let second = client.ensure_webhook_endpoint(URL, &other_order).await;

    let EnsuredEndpoint::Created(created) = first else {
        panic!("{first:?}");
    };
    assert_eq!(created.secret.as_deref(), Some("sandbox_webhook_secret_1"));
    let EnsuredEndpoint::Found(found) = second.unwrap() else {
        panic!("another outcome");
    };
    assert_eq!((found.id, found.secret), (created.id, None));
    assert_eq!(methods(&sandbox), ["GET", "POST", "GET"]);
}

#[tokio::test]
async fn other_events_are_changed_and_a_disabled_endpoint_is_left_alone() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = bspk_in(&sandbox);
    client.ensure_webhook_endpoint(URL, &EVENTS).await.unwrap();

    let changed = client.ensure_webhook_endpoint(URL, &EVENTS[..1]).await;
    let disabled = WebhookEndpointInput {
        target_url: URL.to_owned(),
        is_enabled: false,
        events: EVENTS.to_vec(),
    };
    client.update_webhook_endpoint(1, &disabled).await.unwrap();
    let created = client.ensure_webhook_endpoint(URL, &EVENTS).await;

    let EnsuredEndpoint::Updated(changed) = changed.unwrap() else {
        panic!("another outcome");
    };
    assert_eq!(changed.events.as_deref(), Some(&EVENTS[..1]));
    let EnsuredEndpoint::Created(created) = created.unwrap() else {
        panic!("another outcome");
    };
    assert_eq!(created.id, 2);
    assert_eq!(sandbox.records("webhook_endpoints")[0]["is_enabled"], false);
}

#[tokio::test]
async fn an_ambiguous_create_is_sent_once_and_names_the_endpoint_whose_secret_is_lost() {
    for fault in [Fault::ClosedAfter, Fault::HalfBody, Fault::InvalidJson] {
        let (sandbox, client) = faulty(2, fault).await;

        let err = client.ensure_webhook_endpoint(URL, &EVENTS).await;

        let err = err.unwrap_err();
        assert!(err.is_ambiguous(), "{err}");
        assert_eq!(err.lost_endpoints(), [1]);
        let message = err.to_string();
        assert!(
            message.contains("disable webhook endpoint 1, then call again"),
            "{message}"
        );
        assert_eq!(err.operation(), Some("create_webhook_endpoint"));
        assert_eq!(methods(&sandbox), ["GET", "POST", "GET"]);
    }
}

#[tokio::test]
async fn a_create_that_shows_nowhere_yet_is_to_be_looked_for() {
    let (_sandbox, client) = faulty(2, Fault::ClosedBefore).await;

    let err = client.ensure_webhook_endpoint(URL, &EVENTS).await;

    let err = err.unwrap_err();
    assert!(
        err.is_ambiguous() && err.lost_endpoints().is_empty(),
        "{err}"
    );
    assert!(
        err.to_string().contains("list the webhook endpoints"),
        "{err}"
    );
}

#[tokio::test]
async fn a_create_without_a_secret_is_of_no_use() {
    let (_sandbox, client) = faulty(2, Fault::NullFields).await;

    let err = client.ensure_webhook_endpoint(URL, &EVENTS).await;

    assert_eq!(err.unwrap_err().lost_endpoints(), [1]);
}

#[tokio::test]
async fn nothing_is_created_if_the_list_fails_or_there_is_nothing_to_ask_for() {
    let (sandbox, client) = faulty(1, Fault::Html { status: 403 }).await;

    let listed = client.ensure_webhook_endpoint(URL, &EVENTS).await;
    let no_url = client.ensure_webhook_endpoint(" ", &EVENTS).await;
    let no_events = client.ensure_webhook_endpoint(URL, &[]).await;

    assert!(listed.unwrap_err().is_unauthorized());
    assert!(no_url.unwrap_err().is_invalid() && no_events.unwrap_err().is_invalid());
    assert_eq!(methods(&sandbox), ["GET"]);
}
