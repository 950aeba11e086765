//! `shoppers bspk webhooks`.

use std::time::Duration;

use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Child,
};

use crate::support::{Harness, Run, end, unreachable};

const EVENTS: &str = "--event shopper.created --event cart.created";

async fn webhooks(harness: &Harness, arguments: &str) -> Run {
    harness.run(&format!("bspk webhooks {arguments}")).await
}

/// The ids of the endpoints with their states, the oldest first.
fn states(harness: &Harness) -> Vec<(u64, bool)> {
    let endpoints = harness.sandbox.records("webhook_endpoints");
    let state = |it: &Value| Some((it["id"].as_u64()?, it["is_enabled"].as_bool()?));
    endpoints.iter().filter_map(state).collect()
}

#[tokio::test]
async fn an_endpoint_is_created_once_and_its_secret_is_shown() {
    let harness = Harness::new().await;

    let empty = webhooks(&harness, "list").await;
    let created = webhooks(
        &harness,
        &format!("create https://a.example/hooks {EVENTS} --output json"),
    )
    .await;
    let again = webhooks(
        &harness,
        &format!("create https://a.example/hooks {EVENTS}"),
    )
    .await;
    let listed = webhooks(&harness, "list").await;

    assert_eq!((empty.code, empty.stdout.as_str()), (Some(0), ""));
    let endpoint = &harness.sandbox.records("webhook_endpoints")[0];
    assert_eq!(
        created.json(),
        json!({"id": 1, "secret": endpoint["secret"]}),
        "{created:?}"
    );
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(
        again.stderr.contains("shoppers bspk webhooks rotate 1"),
        "{again:?}"
    );
    assert_eq!(
        listed.stdout,
        "1  enabled   shopper.created,cart.created  https://a.example/hooks\n"
    );
    assert_eq!(states(&harness), [(1, true)]);
}

#[tokio::test]
async fn an_endpoint_that_could_receive_nothing_is_refused_before_anything_is_sent() {
    let harness = Harness::new().await;

    for (arguments, expected) in [
        (
            "ftp://a.example/planted --event shopper.created",
            "https://example.com/bspk",
        ),
        (
            "http://a.example/planted --event shopper.created",
            "https://example.com/bspk",
        ),
        (
            "planted --event shopper.created",
            "https://example.com/bspk",
        ),
        (
            "https://a.example --event shopper.planted",
            "such as shopper.updated",
        ),
    ] {
        let refused = webhooks(&harness, &format!("create {arguments}")).await;

        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.stderr.contains(expected), "{refused:?}");
        assert!(!refused.stderr.contains("planted"), "{refused:?}");
    }
    assert_eq!(harness.sandbox.bspk_tally().made, 0);
}

#[tokio::test]
async fn a_rotation_has_both_endpoints_until_the_receiver_knows_both_secrets() {
    let harness = Harness::new().await;
    webhooks(
        &harness,
        &format!("create https://a.example/hooks {EVENTS}"),
    )
    .await;
    webhooks(
        &harness,
        &format!("create https://b.example/hooks {EVENTS}"),
    )
    .await;

    let begun = webhooks(&harness, "rotate 1 --output json").await;
    assert_eq!(states(&harness), [(1, true), (2, true), (3, false)]);
    let other = webhooks(&harness, "rotate 1 --finish 2").await;
    let missing = webhooks(&harness, "rotate 9").await;
    assert_eq!(states(&harness), [(1, true), (2, true), (3, false)]);
    let finished = webhooks(&harness, "rotate 1 --finish 3").await;
    let again = webhooks(&harness, "rotate 1 --finish 3").await;

    assert_eq!(
        (begun.code, &begun.json()["id"]),
        (Some(0), &json!(3)),
        "{begun:?}"
    );
    let endpoint = &harness.sandbox.records("webhook_endpoints")[2];
    assert_eq!(begun.json()["secret"], endpoint["secret"]);
    assert_eq!(
        endpoint["events"],
        json!(["shopper.created", "cart.created"])
    );
    assert!(
        begun
            .stderr
            .contains("shoppers bspk webhooks rotate 1 --finish 3\n"),
        "{begun:?}"
    );
    assert_eq!(
        (other.code, missing.code),
        (Some(2), Some(1)),
        "{other:?} {missing:?}"
    );
    assert_eq!(
        (finished.code, again.code),
        (Some(0), Some(0)),
        "{finished:?}"
    );
    assert_eq!(states(&harness), [(1, false), (2, true), (3, true)]);
}

#[tokio::test]
async fn a_secret_that_is_lost_names_the_endpoint_and_how_to_disable_it() {
    // The list is the first call.
    let harness = Harness::with(Behaviour::new().script([(2, Fault::ClosedAfter)])).await;

    let lost = webhooks(
        &harness,
        &format!("create https://a.example/hooks {EVENTS}"),
    )
    .await;
    let (_, command) = lost
        .stderr
        .trim_end()
        .split_once("try again: shoppers ")
        .unwrap_or_default();
    let script = format!("\"$SHOPPERS\" {command}");
    let disabled = end(harness.shell(&script).spawn().unwrap()).await;
    let doctor = harness.run("doctor bspk").await;

    assert_eq!(lost.code, Some(1), "{lost:?}");
    assert!(
        lost.stderr
            .contains("endpoint 1 was created, and its secret is lost"),
        "{lost:?}"
    );
    assert_eq!(disabled.code, Some(0), "{disabled:?}");
    assert_eq!(states(&harness), [(1, false)]);
    assert!(
        doctor.stdout.contains("  warn  webhooks: disabled"),
        "{doctor:?}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_secret_that_cannot_be_printed_is_lost_and_said_to_be() {
    let harness = Harness::new().await;
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command =
        harness.command("bspk webhooks create https://a.example/hooks --event cart.created");

    let result = end(command.stdout(full).spawn().unwrap()).await;

    assert_eq!(result.code, Some(1), "{result:?}");
    assert!(
        result
            .stderr
            .contains("endpoint 1 was created, and its secret is lost"),
        "{result:?}"
    );
}

/// A receiver, and the address that it prints.
async fn listen(harness: &Harness, secrets: &str, arguments: &str) -> (Child, String) {
    let mut command = harness.command(&format!("bspk webhooks listen {arguments}"));
    let mut child = command
        .env("BSPK_WEBHOOK_SECRETS", secrets)
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = stderr.next_line().await.unwrap().unwrap_or_default();
    tokio::spawn(async move { while let Ok(Some(_)) = stderr.next_line().await {} });
    let url = line
        .strip_prefix("listening at ")
        .and_then(|it| it.split(',').next());
    (child, url.unwrap_or_default().to_owned())
}

async fn interrupted(harness: &Harness, child: Child) -> Run {
    let script = format!("kill -INT {}", child.id().unwrap());
    end(harness.shell(&script).spawn().unwrap()).await;
    end(child).await
}

#[tokio::test]
async fn deliveries_with_a_secret_are_printed_and_answered_as_retries_want_it() {
    let harness = Harness::new().await;
    let (child, url) = listen(&harness, "new_secret,old_secret", "").await;
    let event = r#"{"event_name": "new.to_us", "object": {"b": 1.0, "a": null}}"#;
    let post = async |secret: Option<&str>, body: &str| {
        let mut request = reqwest::Client::new()
            .post(format!("{url}/any"))
            .body(body.to_owned());
        if let Some(secret) = secret {
            request = request.header("X-Bspk-Secret", secret);
        }
        request.send().await.unwrap().status().as_u16()
    };

    let statuses = [
        post(Some("new_secret"), event).await,
        post(Some("old_secret"), event).await,
        post(Some("wrong"), event).await,
        post(None, event).await,
        post(Some("new_secret"), "planted").await,
        post(Some("new_secret"), "{\"no\": \n\"event\"}").await,
    ];
    let result = interrupted(&harness, child).await;

    assert_eq!(statuses, [200, 200, 401, 401, 422, 422]);
    assert_eq!(result.code, Some(0));
    assert_eq!(
        result.stdout,
        format!("{event}\n{event}\n{{\"no\": \"event\"}}\n")
    );
}

#[tokio::test]
async fn the_sandboxs_deliveries_arrive_in_a_file() {
    let harness = Harness::new().await;
    let address = unreachable();
    let created = webhooks(
        &harness,
        &format!("create {address}/hooks --event shopper.created --output json"),
    )
    .await;
    let secret = created.json()["secret"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let port = address.rsplit(':').next().unwrap();
    let (child, url) = listen(
        &harness,
        &secret,
        &format!("--port {port} --output received.jsonl"),
    )
    .await;
    assert_eq!(url, address);

    harness
        .run("bspk upsert-shopper --set shopper_ref=CLI-789")
        .await;
    harness.sandbox.advance(Duration::ZERO).await;
    let result = interrupted(&harness, child).await;

    assert_eq!((result.code, result.stdout.as_str()), (Some(0), ""));
    let received: Value = serde_json::from_str(&harness.read("received.jsonl")).unwrap_or_default();
    assert_eq!(received["event_name"], "shopper.created");
    assert_eq!(received["object"]["ref"], "CLI-789");
}

#[tokio::test]
async fn a_receiver_without_a_good_secret_does_not_start() {
    let harness = Harness::new().await;
    harness.write("secrets", "planted 1\n");
    harness.write("empty", "\n");
    let cases = [
        ("", "no secret: BSPK_WEBHOOK_SECRETS is not set"),
        (
            "--secret-file missing",
            "the file of --secret-file: there is no such file",
        ),
        (
            "--secret-file secrets",
            "--secret-file: invalid webhook secret",
        ),
        (
            "--secret-file empty",
            "--secret-file: invalid webhook secrets",
        ),
    ];

    for (arguments, reason) in cases {
        let result = webhooks(&harness, &format!("listen {arguments}")).await;

        assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
        assert!(
            result.stderr.contains(reason) && !result.stderr.contains("planted"),
            "{result:?}"
        );
    }
}
