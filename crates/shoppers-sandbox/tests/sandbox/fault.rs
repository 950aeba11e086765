//! Each fault: the response, and whether the call is carried out.

use std::time::{Duration, Instant};

use reqwest::Response;
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::wire::{create, gatsby, header, misbehaving, raw_upsert, read, sandbox, upsert};

const FEW: Duration = Duration::from_millis(2);

/// Starts a sandbox in which the first call to each vendor meets this fault.
async fn faulty(fault: Fault) -> Sandbox {
    misbehaving(Behaviour::new().script([(1, fault)])).await
}

/// Returns the response to an upsert with a reference, and the number of shoppers it created.
async fn upserted(fault: Fault) -> (Response, u64) {
    let sandbox = faulty(fault).await;
    let answer = upsert(&sandbox, json!({"shopper_ref": "A"}))
        .send()
        .await
        .unwrap();
    (answer, sandbox.bspk_tally().made)
}

/// Returns all that arrived by TCP, and the number of shoppers created.
async fn raw(fault: Fault) -> (String, u64) {
    let sandbox = faulty(fault).await;
    (
        raw_upsert(&sandbox, json!({"shopper_ref": "A"})).await,
        sandbox.bspk_tally().made,
    )
}

#[tokio::test]
async fn an_internal_server_error_has_an_errors_list() {
    let (answer, made) = upserted(Fault::InternalServerError).await;

    assert_eq!((answer.status().as_u16(), made), (500, 0));
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["errors"][0]["code"], "internal_server_error");
}

#[tokio::test]
async fn html_pages_have_their_status() {
    let unavailable = Fault::ServiceUnavailable { retry_after: None };
    for (fault, status, done) in [
        (Fault::BadGateway, 502, 0),
        (unavailable, 503, 0),
        (Fault::GatewayTimeout, 504, 1),
        (Fault::Html { status: 422 }, 422, 0),
    ] {
        let (answer, made) = upserted(fault).await;

        assert_eq!((answer.status().as_u16(), made), (status, done));
        assert_eq!(header(&answer, "content-type"), Some("text/html"));
        assert_eq!(header(&answer, "retry-after"), None);
        assert!(answer.text().await.unwrap().starts_with("<html>"));
    }
}

#[tokio::test]
async fn retry_after_is_sent_verbatim() {
    for word in ["2", "Wed, 21 Oct 2026 07:28:00 GMT", "soon"] {
        let retry_after = Some(word.to_owned());
        for (fault, status) in [
            (
                Fault::ServiceUnavailable {
                    retry_after: retry_after.clone(),
                },
                503,
            ),
            (Fault::Throttled { retry_after }, 429),
        ] {
            let (answer, made) = upserted(fault).await;

            assert_eq!((answer.status().as_u16(), made), (status, 0));
            assert_eq!(header(&answer, "retry-after"), Some(word));
        }
    }
}

#[tokio::test]
async fn a_throttled_call_has_no_quota_headers() {
    let sandbox = faulty(Fault::Throttled { retry_after: None }).await;

    let answer = upsert(&sandbox, json!({})).send().await.unwrap();

    assert_eq!(answer.status(), 429);
    for name in ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after"] {
        assert_eq!(header(&answer, name), None);
    }
    let tally = sandbox.bspk_tally();
    assert_eq!((tally.accepted, tally.throttled, tally.made), (0, 1, 0));
}

#[tokio::test]
async fn a_closed_connection_sends_nothing_before_or_after_the_call() {
    assert_eq!(raw(Fault::ClosedBefore).await, (String::new(), 0));
    assert_eq!(raw(Fault::ClosedAfter).await, (String::new(), 1));

    let sandbox = faulty(Fault::ClosedAfter).await;
    assert!(create(&sandbox, "a@b.c").send().await.is_err());
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test]
async fn half_of_the_announced_body_arrives() {
    let (answer, made) = raw(Fault::HalfBody).await;

    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let length = head
        .lines()
        .find_map(|it| it.strip_prefix("content-length: "))
        .unwrap();
    let length: usize = length.parse().unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"));
    assert_eq!((body.len(), made), (length / 2, 1));
}

#[tokio::test]
async fn an_endless_body_breaks_off_after_its_bytes() {
    let (answer, made) = raw(Fault::EndlessBody { bytes: 100_000 }).await;

    assert!(answer.contains("transfer-encoding: chunked"));
    assert!(answer.contains("\"external_id\":\"A\""));
    assert!(answer.len() > 100_000 && !answer.ends_with("0\r\n\r\n"));
    assert_eq!(made, 1);
}

#[tokio::test]
async fn an_endless_body_takes_no_memory() {
    let sandbox = faulty(Fault::EndlessBody { bytes: u64::MAX }).await;

    let mut answer = upsert(&sandbox, json!({})).send().await.unwrap();
    let mut read = 0;
    while read < 10_000_000 {
        read += answer.chunk().await.unwrap().unwrap().len();
    }
    drop(answer);

    assert_eq!(sandbox.bspk_tally().made, 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_trickling_body_arrives_whole_byte_by_byte() {
    let sandbox = faulty(Fault::TricklingBody { every: FEW }).await;
    sandbox.gatsby_behaves(Behaviour::new()).unwrap();
    let (_, shopper) = read(create(&sandbox, "a@b.c")).await;
    let trickle = Behaviour::new().script([(1, Fault::TricklingBody { every: FEW })]);
    sandbox.gatsby_behaves(trickle).unwrap();
    let id = shopper["_id"].as_str().unwrap();

    let start = Instant::now();
    let mut answer = gatsby(&sandbox, "DELETE", &format!("/{id}"))
        .send()
        .await
        .unwrap();
    let mut chunks = Vec::new();
    while let Some(chunk) = answer.chunk().await.unwrap() {
        chunks.push(chunk);
    }

    assert_eq!(chunks.concat(), b"{}");
    assert!(start.elapsed() >= FEW * 2);
    assert_eq!(sandbox.gatsby_tally().shoppers, 0);
}

#[tokio::test]
async fn an_invalid_body_is_declared_as_json() {
    let (answer, made) = upserted(Fault::InvalidJson).await;

    assert_eq!((answer.status().as_u16(), made), (200, 1));
    assert_eq!(
        header(&answer, "content-type"),
        Some("application/json; charset=utf-8")
    );
    assert!(answer.json::<Value>().await.is_err());
}

#[tokio::test]
async fn every_field_can_be_null() {
    let (answer, made) = upserted(Fault::NullFields).await;

    let expected = json!({"id": null, "external_id": null, "warnings": null,
                          "created_at": null, "updated_at": null});
    assert_eq!(answer.json::<Value>().await.unwrap(), expected);
    assert_eq!(made, 1);
}

#[tokio::test]
async fn every_field_of_a_lists_items_can_be_null() {
    let sandbox = misbehaving(Behaviour::new().script([(2, Fault::NullFields)])).await;
    read(create(&sandbox, "a@b.c")).await;

    let search = gatsby(&sandbox, "GET", "?email=a@b.c").header("version", "1.1");

    let expected = json!([{"_id": null, "channel": null, "keywords": null}]);
    assert_eq!(read(search).await, (200, expected));
}

#[tokio::test]
async fn every_object_can_have_unknown_fields() {
    let sandbox = faulty(Fault::UnknownFields).await;

    let (_, shopper) = read(create(&sandbox, "a@b.c")).await;

    assert_eq!(shopper["channel"]["instagram"]["email"], "a@b.c");
    for object in [
        &shopper,
        &shopper["channel"],
        &shopper["channel"]["instagram"],
    ] {
        assert_eq!(
            object["added_later"],
            json!({"by": "the vendor", "since": [2026, null]})
        );
        assert_eq!(object.get("added_as_null"), Some(&Value::Null));
    }
}

#[tokio::test]
async fn a_body_can_be_empty() {
    let (answer, made) = upserted(Fault::EmptyBody).await;

    assert_eq!((answer.status().as_u16(), made), (200, 1));
    assert_eq!(header(&answer, "content-type"), None);
    assert_eq!(answer.text().await.unwrap(), "");
}

#[tokio::test]
async fn a_slow_answer_is_delayed_after_the_call_is_carried_out() {
    let sandbox = faulty(Fault::SlowAnswer {
        delay: Duration::from_secs(3600),
    })
    .await;

    let call = tokio::spawn(upsert(&sandbox, json!({"shopper_ref": "A"})).send());
    while sandbox.bspk_shopper("A").is_none() {
        tokio::task::yield_now().await;
    }

    assert!(!call.is_finished());
    sandbox.stop().await;
    assert!(call.await.unwrap().is_err());
}

#[tokio::test]
async fn late_work_is_carried_out_after_the_caller_has_gone() {
    let sandbox = faulty(Fault::LateWork {
        delay: Duration::from_millis(100),
    })
    .await;

    let call = tokio::spawn(upsert(&sandbox, json!({"shopper_ref": "A"})).send());
    while sandbox.bspk_tally().calls == 0 {
        tokio::task::yield_now().await;
    }
    assert!(sandbox.bspk_shopper("A").is_none());
    call.abort();

    while sandbox.bspk_shopper("A").is_none() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn quota_headers_are_sent_verbatim() {
    let fault = Fault::QuotaHeaders {
        limit: "plenty".into(),
        remaining: "-1".into(),
    };

    let (answer, made) = upserted(fault).await;

    assert_eq!((answer.status().as_u16(), made), (200, 1));
    assert_eq!(header(&answer, "x-ratelimit-limit"), Some("plenty"));
    assert_eq!(header(&answer, "x-ratelimit-remaining"), Some("-1"));
}

#[tokio::test]
async fn a_redirect_points_elsewhere() {
    for status in [302, 307] {
        let location = "http://elsewhere.invalid/api/platform/v1/shoppers";

        let (answer, made) = upserted(Fault::Redirect {
            status,
            location: location.into(),
        })
        .await;

        assert_eq!((answer.status().as_u16(), made), (status, 0));
        assert_eq!(header(&answer, "location"), Some(location));
    }
}

#[tokio::test]
async fn a_fault_in_the_body_keeps_an_error_status() {
    let sandbox = faulty(Fault::InvalidJson).await;

    let answer = upsert(&sandbox, json!({"color": "red"}))
        .send()
        .await
        .unwrap();

    assert_eq!(answer.status(), 422);
    assert!(answer.json::<Value>().await.is_err());
    assert_eq!(sandbox.bspk_tally().made, 0);
}

#[tokio::test]
async fn a_script_affects_its_calls_and_no_others() {
    let script = [(2, Fault::BadGateway), (3, Fault::InternalServerError)];
    let sandbox = misbehaving(Behaviour::new().script(script)).await;

    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(
            upsert(&sandbox, json!({}))
                .send()
                .await
                .unwrap()
                .status()
                .as_u16(),
        );
    }

    assert_eq!(statuses, [200, 502, 500, 200]);
    let tally = sandbox.bspk_tally();
    assert_eq!((tally.calls, tally.accepted, tally.made), (4, 2, 2));
    assert_eq!(
        tally.faults,
        [("bad_gateway", 1), ("internal_server_error", 1)].into()
    );
    assert_eq!(sandbox.gatsby_tally().calls, 0);
}

#[tokio::test]
async fn random_faults_repeat_with_the_same_seed() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let sandbox = misbehaving(Behaviour::new().faults(7, [(Fault::BadGateway, 0.5)])).await;
        let mut statuses = Vec::new();
        for _ in 0..20 {
            statuses.push(
                upsert(&sandbox, json!({}))
                    .send()
                    .await
                    .unwrap()
                    .status()
                    .as_u16(),
            );
        }
        runs.push(statuses);
    }

    assert!(runs[0].contains(&200) && runs[0].contains(&502));
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn latency_delays_a_call() {
    let sandbox = sandbox().await;
    let latency = Duration::from_millis(4);
    sandbox
        .bspk_behaves(Behaviour::new().latency(latency, FEW))
        .unwrap();

    let start = Instant::now();
    read(upsert(&sandbox, json!({}))).await;

    assert!(start.elapsed() >= latency - FEW);
}
