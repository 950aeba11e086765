//! `shoppers gatsby create-shopper|get|search|update|delete|ensure`.

use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::support::{
    Run, run, run_with_stdin, sandbox, server, shoppers_at, shoppers_in, unreachable,
};

const EMAIL: &str = "--set channel.instagram.email=john@example.com";

fn call(sandbox: &Sandbox, arguments: &str) -> Run {
    run(&mut shoppers_in(sandbox), &format!("gatsby {arguments}"))
}

fn id(created: &Run) -> String {
    let answer: Value = created.json();
    answer["_id"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_shopper_can_be_created_updated_read_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();

    let created = call(&sandbox, &format!("create-shopper {EMAIL} --output json"));
    let id = id(&created);
    let updated = call(
        &sandbox,
        &format!(
            "update-shopper {id} --set channel.tiktok.userName=johnny integrations.zinrelo.user_id=7"
        ),
    );
    let got = call(&sandbox, &format!("get-shopper {id} --output json"));
    let deleted = call(&sandbox, &format!("delete-shopper {id}"));
    let gone = call(&sandbox, &format!("get-shopper {id}"));

    assert_eq!(created.code, Some(0));
    assert!(updated.stdout.starts_with("_id "), "{updated:?}");
    assert_eq!(
        got.json()["channel"]["instagram"]["email"],
        "john@example.com"
    );
    assert_eq!(
        got.json()["channel"]["tiktok"],
        json!({"userName": "johnny"})
    );
    assert_eq!(
        got.json()["integrations"]["zinrelo"],
        json!({"user_id": "7"})
    );
    assert_eq!((deleted.code, deleted.stdout.as_str()), (Some(0), "done\n"));
    assert_eq!(gone.code, Some(1));
    assert!(gone.stderr.contains("404"), "{gone:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_shopper_is_printed_as_a_line_per_attribute() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = id(&call(
        &sandbox,
        &format!("create-shopper {EMAIL} --output json"),
    ));

    let got = call(&sandbox, &format!("get-shopper {id}"));

    let expected = format!(
        "_id                           {id}\n\
         channel.instagram.email       john@example.com\n\
         channel.instagram.isVerified  false\n\
         keywords                      []\n"
    );
    assert_eq!(got.stdout, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_search_finds_every_match_by_each_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let phone = "--set channel.instagram.phone=+15551234567";
    let name = "--set channel.instagram.userName=johnny";
    for _ in 0..2 {
        call(&sandbox, &format!("create-shopper {EMAIL} {phone} {name}"));
    }

    for key in [
        "--email john@example.com",
        "--phone +15551234567",
        "--username johnny",
    ] {
        let json = call(&sandbox, &format!("search-shoppers {key} --output json"));
        let text = call(&sandbox, &format!("search-shoppers {key}"));

        assert_eq!(json.json().as_array().unwrap().len(), 2, "{key}");
        assert_eq!(text.stdout.matches("_id ").count(), 2, "{key}");
        assert!(text.stdout.contains("\n\n"), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_search_without_a_match_succeeds() {
    let sandbox = Sandbox::start().await.unwrap();

    let text = call(&sandbox, "search-shoppers --email nobody@example.com");
    let json = call(
        &sandbox,
        "search-shoppers --email nobody@example.com --output json",
    );

    assert_eq!((text.code, text.stdout.as_str()), (Some(0), ""));
    assert_eq!(text.stderr, "no shopper matches\n");
    assert_eq!((json.code, json.stdout.as_str()), (Some(0), "[]\n"));
    assert_eq!(json.stderr, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn ensure_creates_once_and_then_updates() {
    let sandbox = Sandbox::start().await.unwrap();

    let first = call(&sandbox, &format!("ensure-shopper {EMAIL} --output json"));
    let second = call(&sandbox, &format!("ensure-shopper {EMAIL} --output json"));
    let text = call(&sandbox, &format!("ensure-shopper {EMAIL}"));

    assert_eq!(first.json()["outcome"], "created");
    assert_eq!(second.json()["outcome"], "updated");
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert!(text.stdout.starts_with("updated\n_id  "), "{text:?}");
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_ensure_with_several_matches_writes_nothing_and_prints_their_ids() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = id(&call(
        &sandbox,
        &format!("create-shopper {EMAIL} --output json"),
    ));
    let second = id(&call(
        &sandbox,
        &format!("create-shopper {EMAIL} --output json"),
    ));

    let text = call(&sandbox, &format!("ensure-shopper {EMAIL}"));
    let json = call(&sandbox, &format!("ensure-shopper {EMAIL} --output json"));

    assert_eq!((text.code, json.code), (Some(1), Some(1)));
    assert!(text.stderr.contains(&first) && text.stderr.contains(&second));
    assert_eq!(json.error()["kind"], "duplicate");
    assert_eq!(json.error()["duplicates"], json!([first, second]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_ambiguous_create_is_sent_once_and_advises_to_look() {
    let sandbox = sandbox(Behaviour::new().faults(1, [(Fault::ClosedAfter, 1.0)])).await;

    let result = call(&sandbox, &format!("create-shopper {EMAIL} --output json"));

    assert_eq!(result.code, Some(1));
    assert_eq!(result.error()["kind"], "ambiguous");
    assert!(
        result.error()["next"]
            .as_str()
            .unwrap()
            .contains("look at Gatsby")
    );
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_ensure_writes_nothing_if_its_search_cannot_be_read() {
    let sandbox = sandbox(Behaviour::new().script([(1, Fault::InvalidJson)])).await;

    let result = call(&sandbox, &format!("ensure-shopper {EMAIL} --output json"));

    assert_eq!(result.error()["kind"], "unreadable");
    let next = result.error()["next"].clone();
    assert!(next.as_str().unwrap().contains("nothing was written"));
    assert_eq!(sandbox.gatsby_tally().shoppers, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_failure_has_an_exit_code_and_a_kind() {
    let always = |fault| Behaviour::new().faults(1, [(fault, 1.0)]);
    let some = "5a0d00000000000000000001";
    let cases = [
        (
            always(Fault::InternalServerError),
            format!("get-shopper {some}"),
            3,
            "unavailable",
        ),
        (
            always(Fault::ClosedBefore),
            "search-shoppers --email a@example.com".to_owned(),
            3,
            "unavailable",
        ),
        (
            always(Fault::InvalidJson),
            "search-shoppers --email a@example.com".to_owned(),
            1,
            "unreadable",
        ),
        (
            always(Fault::BadGateway),
            format!("delete-shopper {some}"),
            1,
            "ambiguous",
        ),
        (
            always(Fault::BadGateway),
            format!("update-shopper {some} {EMAIL}"),
            1,
            "ambiguous",
        ),
        (
            always(Fault::BadGateway),
            format!("ensure-shopper {EMAIL}"),
            3,
            "unavailable",
        ),
        (
            always(Fault::Html { status: 401 }),
            format!("create-shopper {EMAIL}"),
            3,
            "unauthorized",
        ),
        (
            always(Fault::Html { status: 422 }),
            format!("create-shopper {EMAIL}"),
            1,
            "rejected",
        ),
        (
            Behaviour::new(),
            format!("update-shopper {some} {EMAIL}"),
            1,
            "not_found",
        ),
        (
            Behaviour::new(),
            format!("delete-shopper {some}"),
            1,
            "not_found",
        ),
    ];

    for (behaviour, arguments, code, kind) in cases {
        let sandbox = sandbox(behaviour).await;

        let result = call(&sandbox, &format!("{arguments} --output json"));

        assert_eq!(result.code, Some(code), "{arguments}: {result:?}");
        assert_eq!(result.error()["kind"], kind, "{arguments}: {result:?}");
        assert!(
            result.error()["next"].is_string(),
            "{arguments}: {result:?}"
        );
    }
}

#[test]
fn invalid_arguments_are_refused_before_anything_is_sent() {
    let cases = [
        (
            "create-shopper --set channel.instagram.fullName=John",
            "email, phone",
        ),
        (
            "create-shopper --set channel.instagram.phone=5551234567",
            "country code",
        ),
        (
            "ensure-shopper --set integrations.zinrelo.user_id=7",
            "email, phone",
        ),
        ("search-shoppers --phone 5551234567", "country code"),
        ("search-shoppers --email --", "a value is required"),
        ("get-shopper ..", "id"),
        ("delete-shopper a/b", "id"),
        ("get-shopper", "<ID>"),
        ("search-shoppers", "--email"),
        (
            "search-shoppers --email a@example.com --username a",
            "cannot be used with",
        ),
    ];

    for (arguments, reason) in cases {
        let mut command = shoppers_at(&unreachable());
        let result = run(&mut command, &format!("gatsby {arguments}"));

        assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
        assert!(result.stderr.contains(reason), "{arguments}: {result:?}");
        assert_eq!(result.stdout, "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_read_only_attribute_is_refused_by_its_name() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = id(&call(
        &sandbox,
        &format!("create-shopper {EMAIL} --output json"),
    ));
    let got = call(&sandbox, &format!("get-shopper {id} --output json"));

    let result = run_with_stdin(
        &mut shoppers_in(&sandbox),
        &format!("gatsby update-shopper {id} --json -"),
        got.stdout.as_bytes(),
    );

    assert_eq!(result.code, Some(2));
    assert!(
        result.stderr.contains("channel.instagram.isVerified"),
        "{result:?}"
    );
    assert!(!result.stderr.contains("john@example.com"), "{result:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn any_answer_to_a_write_is_printed() {
    let cases = [
        ("", "done\n", "null\n"),
        ("gone", "gone\n", "\"gone\"\n"),
        ("{\"ok\": true}", "ok  true\n", "{\"ok\":true}\n"),
        ("[1,2]", "1\n\n2\n", "[1,2]\n"),
    ];

    for (body, text, json) in cases {
        let server = server(200, body).await;
        let delete = |arguments: &str| {
            let mut command = shoppers_at(&server.base_url());
            run(
                &mut command,
                &format!("gatsby delete-shopper 5a0d {arguments}"),
            )
        };

        assert_eq!(delete("").stdout, text);
        assert_eq!(delete("--output json").stdout, json);
    }
}
