//! `shoppers bspk upsert-shopper`: answers, failures, and what is printed of them.

use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use tempfile::tempdir;

use crate::support::{
    file, run, run_with_stdin, sandbox, server, shoppers_at, shoppers_in, unreachable,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_upsert_stores_the_attributes_and_prints_the_answer() {
    let sandbox = Sandbox::start().await.unwrap();

    let result = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert-shopper --set shopper_ref=CLI-789 --set email=john@example.com email_contact=true",
    );

    assert_eq!((result.code, result.stderr.as_str()), (Some(0), ""));
    assert!(
        result.stdout.contains("\nexternal_id  CLI-789\n"),
        "{result:?}"
    );
    let expected = json!({
        "id": 1, "shopper_ref": "CLI-789", "email": "john@example.com", "email_contact": "true",
    });
    let stored = sandbox.bspk_shopper("CLI-789").unwrap();
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&stored[name], value);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn json_output_is_one_value_with_the_vendors_fields() {
    let sandbox = Sandbox::start().await.unwrap();

    let result = run(
        &mut shoppers_in(&sandbox),
        "--output json bspk upsert-shopper --set shopper_ref=CLI-789 --set email=nonsense",
    );

    let answer = result.json();
    assert_eq!((result.code, result.stderr.as_str()), (Some(0), ""));
    assert_eq!(result.stdout.lines().count(), 1);
    assert_eq!(answer["id"], 1);
    assert_eq!(answer["external_id"], "CLI-789");
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn warnings_are_printed() {
    let sandbox = Sandbox::start().await.unwrap();

    let result = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert-shopper --set email=nonsense --set mobile_phone=nonsense",
    );

    assert_eq!(result.code, Some(0));
    assert_eq!(
        result.stdout.matches("\nwarning: ").count(),
        2,
        "{result:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn json_comes_from_a_file_or_stdin_and_set_overrides_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempdir().unwrap();
    // With a byte order mark, and an attribute that is left out.
    let text = "\u{feff}{\"shopper_ref\": \"A\", \"first_name\": \"John\",\r\n \"email\": null}";
    let file = file(&folder, "shopper.json", text);

    let from_file = run(
        &mut shoppers_in(&sandbox),
        &format!("bspk upsert-shopper --json {file} --set first_name=Jane"),
    );
    let from_stdin = run_with_stdin(
        &mut shoppers_in(&sandbox),
        "bspk upsert-shopper --json - --set shopper_ref=B",
        text.as_bytes(),
    );

    assert_eq!((from_file.code, from_stdin.code), (Some(0), Some(0)));
    assert_eq!(sandbox.bspk_shopper("A").unwrap()["first_name"], "Jane");
    assert_eq!(sandbox.bspk_shopper("B").unwrap()["first_name"], "John");
    assert!(sandbox.bspk_shopper("A").unwrap().get("email").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_failure_has_an_exit_code_a_kind_and_advice() {
    let html = Behaviour::new().faults(1, [(Fault::Html { status: 422 }, 1.0)]);
    let redirect = Fault::Redirect {
        status: 302,
        location: "/".into(),
    };
    let always = |fault| Behaviour::new().faults(1, [(fault, 1.0)]);
    let with_ref = "--set shopper_ref=1";
    let without = "--set first_name=John";
    let cases = [
        (
            always(Fault::ClosedAfter),
            with_ref,
            1,
            "ambiguous",
            "send it again",
        ),
        (
            always(Fault::ClosedAfter),
            without,
            1,
            "ambiguous",
            "look at BSPK",
        ),
        (
            always(Fault::BadGateway),
            without,
            1,
            "ambiguous",
            "look at BSPK",
        ),
        (
            always(Fault::InvalidJson),
            with_ref,
            1,
            "unreadable",
            "do not send it again",
        ),
        (html, with_ref, 1, "rejected", "correct it"),
        (
            always(Fault::Html { status: 404 }),
            with_ref,
            1,
            "not_found",
            "base URL",
        ),
        (
            always(Fault::Html { status: 409 }),
            with_ref,
            1,
            "conflict",
            "doctor",
        ),
        (
            always(Fault::Html { status: 403 }),
            with_ref,
            3,
            "unauthorized",
            "BSPK_API_KEY",
        ),
        (always(redirect), with_ref, 3, "unexpected", "base URL"),
    ];

    for (behaviour, shopper, code, kind, next) in cases {
        let sandbox = sandbox(behaviour).await;

        let result = run(
            &mut shoppers_in(&sandbox),
            &format!("bspk upsert-shopper --output json {shopper}"),
        );

        let error = result.error();
        assert_eq!(result.code, Some(code), "{result:?}");
        assert_eq!(error["kind"], kind, "{result:?}");
        assert!(error["next"].as_str().unwrap().contains(next), "{result:?}");
        assert_eq!(result.stdout, "", "an HTML page is not printed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_error_is_one_line_with_advice() {
    let sandbox = sandbox(Behaviour::new().faults(1, [(Fault::ClosedAfter, 1.0)])).await;

    let result = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert-shopper --set first_name=John",
    );

    assert_eq!(result.code, Some(1));
    assert!(
        result.stderr.starts_with("error: bspk upsert_shopper: "),
        "{result:?}"
    );
    assert!(result.stderr.contains("; look at BSPK"), "{result:?}");
    assert_eq!(result.stderr.lines().count(), 1, "{result:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_reasons_for_a_refusal_are_printed_on_stdout() {
    let server = server(
        422,
        r#"{"errors": [{"code": "not_found", "title": "Store 4711 was not found"}], "more": 1}"#,
    )
    .await;
    let command = || shoppers_at(&server.base_url());

    let text = run(&mut command(), "bspk upsert-shopper --set store_ref=4711");
    let json = run(
        &mut command(),
        "bspk upsert-shopper --set store_ref=4711 --output json",
    );

    assert_eq!((text.code, json.code), (Some(1), Some(1)));
    assert_eq!(
        text.stdout,
        "refused: not_found: Store 4711 was not found\n"
    );
    assert!(text.stderr.contains("422") && text.stderr.contains("not_found"));
    assert_eq!(json.json()["more"], 1);
    assert_eq!(json.error()["kind"], "rejected");
    assert_eq!(json.error()["status"], 422);
    assert!(!(text.stderr + &json.stderr).contains("4711"));
}

#[test]
fn a_vendor_that_cannot_be_reached_is_unavailable() {
    let result = run(
        &mut shoppers_at(&unreachable()),
        "bspk upsert-shopper --set shopper_ref=1 --deadline 50ms --output json",
    );

    assert_eq!(result.code, Some(3));
    assert_eq!(result.error()["kind"], "unavailable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_429_is_a_throttled_call() {
    let throttled = Fault::Throttled { retry_after: None };
    let sandbox = sandbox(Behaviour::new().faults(1, [(throttled, 1.0)])).await;

    let result = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert-shopper --set shopper_ref=1 --deadline 50ms --output json",
    );

    assert_eq!(result.code, Some(3));
    assert_eq!(result.error()["kind"], "throttled");
    assert!(sandbox.bspk_shoppers().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn verbose_logs_every_attempt_without_personal_data() {
    let unavailable = Fault::ServiceUnavailable { retry_after: None };
    let sandbox = sandbox(Behaviour::new().script([(1, unavailable)])).await;

    let result = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert-shopper --set shopper_ref=CLI-789 --verbose",
    );

    assert_eq!(result.code, Some(0));
    assert_eq!(
        result.stderr.matches("http.response.status_code=").count(),
        2,
        "{result:?}"
    );
    assert!(result.stderr.contains("operation=\"upsert_shopper\""));
    assert!(!result.stderr.contains("CLI-789") && !result.stderr.contains(sandbox.bspk_key()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refusal_that_is_not_quite_json_is_printed_as_json() {
    // As in the vendor's own example (specs/bspk, "Validation").
    let server = server(
        422,
        "{'errors': [{'title': 'Not found', 'code': 'not_found'}]}",
    )
    .await;
    let result = run(
        &mut shoppers_at(&server.base_url()),
        "bspk upsert-shopper --set store_ref=1 --output json",
    );

    let expected = json!({"errors": [{"code": "not_found", "title": "Not found"}]});
    assert_eq!((result.code, result.json()), (Some(1), expected));
}
