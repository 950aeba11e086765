//! `shoppers bspk upsert`.

use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::program::{
    answering, behaving, file, folder, nobody, run, run_with, shoppers, shoppers_in,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_upsert_stores_what_was_set_and_tells_what_bspk_says() {
    let sandbox = Sandbox::start().await.unwrap();

    let told = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert --set shopper_ref=CLI-789 --set email=john@example.com email_contact=true",
    );

    assert_eq!((told.code, told.err.as_str()), (Some(0), ""));
    assert!(told.out.starts_with("stored\n"), "{told:?}");
    assert!(told.out.contains("\nexternal_id  CLI-789\n"), "{told:?}");
    let expected = json!({
        "id": 1, "shopper_ref": "CLI-789", "email": "john@example.com", "email_contact": "true",
    });
    let stored = sandbox.bspk_shopper("CLI-789").unwrap();
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&stored[name], value);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_program_gets_the_vendors_fields_as_one_json_value() {
    let sandbox = Sandbox::start().await.unwrap();

    let told = run(
        &mut shoppers_in(&sandbox),
        "--output json bspk upsert --set shopper_ref=CLI-789 --set email=nonsense",
    );

    let answer = told.json();
    assert_eq!((told.code, told.err.as_str()), (Some(0), ""));
    assert_eq!(told.out.lines().count(), 1);
    assert_eq!(answer["id"], 1);
    assert_eq!(answer["external_id"], "CLI-789");
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn warnings_are_always_shown() {
    let sandbox = Sandbox::start().await.unwrap();

    let told = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert --set email=nonsense --set mobile_phone=nonsense",
    );

    assert_eq!(told.code, Some(0));
    assert_eq!(told.out.matches("\nwarning: ").count(), 2, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn json_comes_from_a_file_or_stdin_and_set_changes_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = folder("bspk_json");
    // With a byte order mark, and with what is left out.
    let text = "\u{feff}{\"shopper_ref\": \"A\", \"first_name\": \"John\",\r\n \"email\": null}";
    let file = file(&folder, "shopper.json", text);

    let from_file = run(
        &mut shoppers_in(&sandbox),
        &format!("bspk upsert --json {file} --set first_name=Jane"),
    );
    let from_stdin = run_with(
        &mut shoppers_in(&sandbox),
        "bspk upsert --json - --set shopper_ref=B",
        text.as_bytes(),
    );

    assert_eq!((from_file.code, from_stdin.code), (Some(0), Some(0)));
    assert_eq!(sandbox.bspk_shopper("A").unwrap()["first_name"], "Jane");
    assert_eq!(sandbox.bspk_shopper("B").unwrap()["first_name"], "John");
    assert!(sandbox.bspk_shopper("A").unwrap().get("email").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_way_to_fail_has_its_exit_code_its_kind_and_what_to_do() {
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
            "look for the shopper in BSPK",
        ),
        (
            always(Fault::BadGateway),
            without,
            1,
            "ambiguous",
            "look for the shopper in BSPK",
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
        let sandbox = behaving(behaviour).await;

        let told = run(
            &mut shoppers_in(&sandbox),
            &format!("bspk upsert --output json {shopper}"),
        );

        let error = told.error();
        assert_eq!(told.code, Some(code), "{told:?}");
        assert_eq!(error["kind"], kind, "{told:?}");
        assert!(error["next"].as_str().unwrap().contains(next), "{told:?}");
        assert_eq!(told.out, "", "HTML is no answer");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_error_for_people_is_one_line_that_says_what_to_do() {
    let sandbox = behaving(Behaviour::new().faults(1, [(Fault::ClosedAfter, 1.0)])).await;

    let told = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert --set first_name=John",
    );

    assert_eq!(told.code, Some(1));
    assert_eq!(
        told.err,
        "error: bspk upsert_shopper: sent, the connection broke before an answer; look for the shopper in BSPK before \
         you send it again: without a shopper_ref it would be there twice\n"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_bspk_says_to_a_refusal_is_its_answer() {
    let server = answering(
        422,
        r#"{"errors": [{"code": "not_found", "title": "Store 4711 was not found"}], "more": 1}"#,
    )
    .await;
    let command = || {
        let mut command = shoppers();
        command
            .env("BSPK_BASE_URL", server.base_url())
            .env("BSPK_API_KEY", "key_1");
        command
    };

    let text = run(&mut command(), "bspk upsert --set store_ref=4711");
    let json = run(
        &mut command(),
        "bspk upsert --set store_ref=4711 --output json",
    );

    assert_eq!((text.code, json.code), (Some(1), Some(1)));
    assert_eq!(text.out, "refused: not_found: Store 4711 was not found\n");
    assert!(
        text.err
            .starts_with("error: bspk upsert_shopper: answered 422, not_found; ")
    );
    assert_eq!(json.json()["more"], 1);
    assert_eq!(json.error()["kind"], "rejected");
    assert_eq!(json.error()["status"], 422);
    assert!(!(text.err + &json.err).contains("4711"));
}

#[test]
fn without_a_vendor_nothing_is_sent() {
    let mut command = shoppers();
    command
        .env("BSPK_BASE_URL", nobody())
        .env("BSPK_API_KEY", "key_1");

    let told = run(
        &mut command,
        "bspk upsert --set shopper_ref=1 --deadline 50ms --output json",
    );

    assert_eq!(told.code, Some(3));
    assert_eq!(told.error()["kind"], "unavailable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_quota_that_is_used_up_is_told_as_that() {
    let throttled = Fault::Throttled { retry_after: None };
    let sandbox = behaving(Behaviour::new().faults(1, [(throttled, 1.0)])).await;

    let told = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert --set shopper_ref=1 --deadline 50ms --output json",
    );

    assert_eq!(told.code, Some(3));
    assert_eq!(told.error()["kind"], "throttled");
    assert!(sandbox.bspk_shoppers().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn verbose_tells_each_attempt_and_nothing_of_a_shopper() {
    let unavailable = Fault::ServiceUnavailable { retry_after: None };
    let sandbox = behaving(Behaviour::new().script([(1, unavailable)])).await;

    let told = run(
        &mut shoppers_in(&sandbox),
        "bspk upsert --set shopper_ref=CLI-789 --verbose",
    );

    assert_eq!(told.code, Some(0));
    assert_eq!(
        told.err.matches("http.response.status_code=").count(),
        2,
        "{told:?}"
    );
    assert!(told.err.contains("operation=\"upsert_shopper\""));
    assert!(!told.err.contains("CLI-789") && !told.err.contains(sandbox.bspk_key()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refusal_that_is_not_quite_json_is_made_into_it() {
    // As in the vendor's own example (specs/bspk.yaml, "Validation").
    let server = answering(
        422,
        "{'errors': [{'title': 'Not found', 'code': 'not_found'}]}",
    )
    .await;
    let mut command = shoppers();
    command
        .env("BSPK_BASE_URL", server.base_url())
        .env("BSPK_API_KEY", "key_1");

    let told = run(&mut command, "bspk upsert --set store_ref=1 --output json");

    let expected = json!({"errors": [{"code": "not_found", "title": "Not found"}]});
    assert_eq!((told.code, told.json()), (Some(1), expected));
}
