//! `shoppers gatsby create|get|search|update|delete|ensure`.

use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::program::{Told, answering, behaving, nobody, run, run_with, shoppers, shoppers_in};

const EMAIL: &str = "--set channel.instagram.email=john@example.com";

fn call(sandbox: &Sandbox, arguments: &str) -> Told {
    run(&mut shoppers_in(sandbox), &format!("gatsby {arguments}"))
}

fn id(created: &Told) -> String {
    let answer: Value = created.json();
    answer["_id"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_shopper_lives_from_create_to_delete() {
    let sandbox = Sandbox::start().await.unwrap();

    let created = call(&sandbox, &format!("create {EMAIL} --output json"));
    let id = id(&created);
    let updated = call(
        &sandbox,
        &format!("update {id} --set channel.tiktok.userName=johnny integrations.zinrelo.user_id=7"),
    );
    let got = call(&sandbox, &format!("get {id} --output json"));
    let deleted = call(&sandbox, &format!("delete {id}"));
    let gone = call(&sandbox, &format!("get {id}"));

    assert_eq!(created.code, Some(0));
    assert!(updated.out.starts_with("updated\n"), "{updated:?}");
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
    assert_eq!((deleted.code, deleted.out.as_str()), (Some(0), "deleted\n"));
    assert_eq!(gone.code, Some(1));
    assert!(
        gone.err
            .starts_with("error: gatsby get_shopper: answered 404")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_shopper_is_a_line_for_each_attribute() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = id(&call(&sandbox, &format!("create {EMAIL} --output json")));

    let got = call(&sandbox, &format!("get {id}"));

    let expected = format!(
        "_id                           {id}\n\
         channel.instagram.email       john@example.com\n\
         channel.instagram.isVerified  false\n\
         keywords                      []\n"
    );
    assert_eq!(got.out, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_search_finds_every_match_by_each_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let phone = "--set channel.instagram.phone=+15551234567";
    let name = "--set channel.instagram.userName=johnny";
    for _ in 0..2 {
        call(&sandbox, &format!("create {EMAIL} {phone} {name}"));
    }

    for key in [
        "--email john@example.com",
        "--phone +15551234567",
        "--username johnny",
    ] {
        let json = call(&sandbox, &format!("search {key} --output json"));
        let text = call(&sandbox, &format!("search {key}"));

        assert_eq!(json.json().as_array().unwrap().len(), 2, "{key}");
        assert_eq!(text.out.matches("_id ").count(), 2, "{key}");
        assert!(text.out.contains("\n\n"), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_search_without_a_match_is_an_answer() {
    let sandbox = Sandbox::start().await.unwrap();

    let text = call(&sandbox, "search --email nobody@example.com");
    let json = call(&sandbox, "search --email nobody@example.com --output json");

    assert_eq!((text.code, text.out.as_str()), (Some(0), ""));
    assert_eq!(text.err, "no shopper matches\n");
    assert_eq!((json.code, json.out.as_str()), (Some(0), "[]\n"));
    assert_eq!(json.err, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn ensure_creates_once_and_then_updates() {
    let sandbox = Sandbox::start().await.unwrap();

    let first = call(&sandbox, &format!("ensure {EMAIL} --output json"));
    let second = call(&sandbox, &format!("ensure {EMAIL} --output json"));
    let text = call(&sandbox, &format!("ensure {EMAIL}"));

    assert_eq!(first.json()["outcome"], "created");
    assert_eq!(second.json()["outcome"], "updated");
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert!(text.out.starts_with("updated\n_id  "), "{text:?}");
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn where_several_match_ensure_writes_nothing_and_tells_their_ids() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = id(&call(&sandbox, &format!("create {EMAIL} --output json")));
    let second = id(&call(&sandbox, &format!("create {EMAIL} --output json")));

    let text = call(&sandbox, &format!("ensure {EMAIL}"));
    let json = call(&sandbox, &format!("ensure {EMAIL} --output json"));

    assert_eq!((text.code, json.code), (Some(1), Some(1)));
    assert!(text.err.contains(&first) && text.err.contains(&second));
    assert_eq!(json.error()["kind"], "duplicate");
    assert_eq!(json.error()["duplicates"], json!([first, second]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_create_in_doubt_is_made_once_and_says_to_look_first() {
    let sandbox = behaving(Behaviour::new().faults(1, [(Fault::ClosedAfter, 1.0)])).await;

    let told = call(&sandbox, &format!("create {EMAIL} --output json"));

    assert_eq!(told.code, Some(1));
    assert_eq!(told.error()["kind"], "ambiguous");
    assert!(told.error()["next"].as_str().unwrap().contains("search"));
    assert_eq!(sandbox.gatsby_tally().made, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_search_that_cannot_be_read_ends_an_ensure_before_it_writes() {
    let sandbox = behaving(Behaviour::new().script([(1, Fault::InvalidJson)])).await;

    let told = call(&sandbox, &format!("ensure {EMAIL} --output json"));

    assert_eq!(told.error()["kind"], "unreadable");
    let next = "nothing was written; ask again, or look at the vendor";
    assert_eq!(told.error()["next"], next);
    assert_eq!(sandbox.gatsby_tally().shoppers, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_way_to_fail_has_its_exit_code_and_its_kind() {
    let always = |fault| Behaviour::new().faults(1, [(fault, 1.0)]);
    let some = "5a0d00000000000000000001";
    let cases = [
        (
            always(Fault::InternalServerError),
            format!("get {some}"),
            3,
            "unavailable",
        ),
        (
            always(Fault::ClosedBefore),
            "search --email a@example.com".to_owned(),
            3,
            "unavailable",
        ),
        (
            always(Fault::InvalidJson),
            "search --email a@example.com".to_owned(),
            1,
            "unreadable",
        ),
        (
            always(Fault::BadGateway),
            format!("delete {some}"),
            1,
            "ambiguous",
        ),
        (
            always(Fault::BadGateway),
            format!("update {some} {EMAIL}"),
            1,
            "ambiguous",
        ),
        (
            always(Fault::BadGateway),
            format!("ensure {EMAIL}"),
            3,
            "unavailable",
        ),
        (
            always(Fault::Html { status: 401 }),
            format!("create {EMAIL}"),
            3,
            "unauthorized",
        ),
        (
            always(Fault::Html { status: 422 }),
            format!("create {EMAIL}"),
            1,
            "rejected",
        ),
        (
            Behaviour::new(),
            format!("update {some} {EMAIL}"),
            1,
            "not_found",
        ),
        (Behaviour::new(), format!("delete {some}"), 1, "not_found"),
    ];

    for (behaviour, arguments, code, kind) in cases {
        let sandbox = behaving(behaviour).await;

        let told = call(&sandbox, &format!("{arguments} --output json"));

        assert_eq!(told.code, Some(code), "{arguments}: {told:?}");
        assert_eq!(told.error()["kind"], kind, "{arguments}: {told:?}");
        assert!(told.error()["next"].is_string(), "{arguments}: {told:?}");
    }
}

#[test]
fn what_gatsby_could_not_take_is_refused_before_anything_is_sent() {
    let cases = [
        (
            "create --set channel.instagram.fullName=John",
            "at least one of email, phone and userName",
        ),
        (
            "create --set channel.instagram.phone=5551234567",
            "start with + and its country code",
        ),
        (
            "ensure --set integrations.zinrelo.user_id=7",
            "at least one of email, phone and userName",
        ),
        (
            "search --phone 5551234567",
            "start with + and its country code",
        ),
        ("search --email --", "a value is required"),
        ("get ..", "the id is"),
        ("delete a/b", "the id is"),
        ("get", "<ID>"),
        ("search", "--email"),
        (
            "search --email a@example.com --username a",
            "cannot be used with",
        ),
    ];

    for (arguments, reason) in cases {
        let mut command = shoppers();
        command
            .env("GATSBY_API_KEY", "pk_1")
            .env("GATSBY_BASE_URL", nobody());
        let told = run(&mut command, &format!("gatsby {arguments}"));

        assert_eq!(told.code, Some(2), "{arguments}: {told:?}");
        assert!(told.err.contains(reason), "{arguments}: {told:?}");
        assert_eq!(told.out, "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_was_got_can_be_sent_back_without_what_only_gatsby_writes() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = id(&call(&sandbox, &format!("create {EMAIL} --output json")));
    let got = call(&sandbox, &format!("get {id} --output json"));

    let told = run_with(
        &mut shoppers_in(&sandbox),
        &format!("gatsby update {id} --json -"),
        got.out.as_bytes(),
    );

    // What is not to be written is named, rather than dropped.
    assert_eq!(told.code, Some(2));
    assert!(
        told.err.contains("channel.instagram.isVerified"),
        "{told:?}"
    );
    assert!(!told.err.contains("john@example.com"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_gatsby_answers_to_a_write_is_shown_whatever_it_is() {
    let cases = [
        ("", "deleted\n", "null\n"),
        ("gone", "deleted\ngone\n", "\"gone\"\n"),
        ("{\"ok\": true}", "deleted\nok  true\n", "{\"ok\":true}\n"),
        ("[1,2]", "deleted\n1\n\n2\n", "[1,2]\n"),
    ];

    for (body, text, json) in cases {
        let server = answering(200, body).await;
        let delete = |arguments: &str| {
            let mut command = shoppers();
            command
                .env("GATSBY_BASE_URL", server.base_url())
                .env("GATSBY_API_KEY", "pk_1");
            run(&mut command, &format!("gatsby delete 5a0d {arguments}"))
        };

        assert_eq!(delete("").out, text);
        assert_eq!(delete("--output json").out, json);
    }
}
