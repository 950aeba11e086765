//! The lists of the Extraction API.

use std::io::ErrorKind;

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use crate::wire::{client, header, read, refusal, sandbox, upsert};

const MESSAGES: &str = "/api/extraction/v1/messages";

fn call(sandbox: &Sandbox, method: &str, path_and_query: &str) -> RequestBuilder {
    let url = format!("{}{path_and_query}", sandbox.bspk_url());
    client()
        .request(method.parse().unwrap(), url)
        .bearer_auth(sandbox.bspk_key())
}

async fn get(sandbox: &Sandbox, path_and_query: &str) -> Response {
    call(sandbox, "GET", path_and_query).send().await.unwrap()
}

/// Messages of three clients and two associates, a minute apart.
fn messages(numbers: std::ops::Range<usize>) -> impl Iterator<Item = Value> {
    numbers.map(|it| {
        json!({
            "client_id": format!("CLI{}", it % 3),
            "sales_associate_id": format!("SA{}", it % 2),
            "body": format!("message {it}"),
            "created_at": format!("2026-03-11T{:02}:{:02}:00.882Z", it / 60 % 24, it % 60),
        })
    })
}

async fn with_messages(count: usize) -> Sandbox {
    let builder = Sandbox::builder().records("messages", messages(0..count));
    builder.start().await.unwrap()
}

fn bodies(page: &Value) -> Vec<&str> {
    let page = page.as_array().unwrap().iter();
    page.map(|it| it["body"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_page_names_the_next_and_the_last_and_counts_all() {
    let sandbox = with_messages(130).await;
    let host = sandbox.bspk_url();
    let address = |page, rel| {
        let query = format!("client_ids=CLI0,CLI1&per_page=50&page={page}");
        format!("<{host}{MESSAGES}.json?{query}>; rel='{rel}'")
    };

    for (path, next) in [
        (MESSAGES.to_owned(), Some(2)),
        (format!("{MESSAGES}.json"), Some(2)),
    ] {
        let query = "per_page=50&client_ids=CLI0,CLI1";
        let page = get(&sandbox, &format!("{path}?{query}")).await;

        let links = next.map(|it| address(it, "next"));
        let links = links.into_iter().chain([address(2, "last")]);
        let links = links.collect::<Vec<_>>().join(", ");
        assert_eq!(header(&page, "link"), Some(&*links));
        assert_eq!(header(&page, "x-total-count"), Some("87"));
        assert_eq!(
            page.json::<Value>()
                .await
                .unwrap()
                .as_array()
                .unwrap()
                .len(),
            50
        );
    }
    let last = get(
        &sandbox,
        &format!("{MESSAGES}?client_ids=CLI0,CLI1&per_page=50&page=2"),
    )
    .await;
    assert_eq!(header(&last, "link"), Some(&*address(2, "last")));
    assert_eq!(
        last.json::<Value>()
            .await
            .unwrap()
            .as_array()
            .unwrap()
            .len(),
        37
    );
    let default = get(&sandbox, MESSAGES).await;
    assert_eq!(
        default
            .json::<Value>()
            .await
            .unwrap()
            .as_array()
            .unwrap()
            .len(),
        30
    );
}

#[tokio::test]
async fn a_list_without_records_is_an_empty_page() {
    let sandbox = sandbox().await;

    let page = get(&sandbox, MESSAGES).await;

    assert_eq!(header(&page, "x-total-count"), Some("0"));
    assert!(!header(&page, "link").unwrap().contains("next"));
    assert_eq!(page.text().await.unwrap(), "[]");
}

#[tokio::test]
async fn records_are_listed_word_for_word() {
    let text = r#"{"zulu": 1.0, "alpha": null,  "client_id": "CLI1"}"#;
    let sandbox = Sandbox::builder().records("notes", [text]);
    let sandbox = sandbox.start().await.unwrap();
    let added = json!({"body": "later"});
    sandbox.add_records("notes", [&added]).unwrap();

    let page = get(&sandbox, "/api/extraction/v1/notes").await;

    let expected = format!("[{text},{added}]");
    assert_eq!(page.text().await.unwrap(), expected);
    assert_eq!(sandbox.records("notes")[1], added);
}

#[tokio::test]
async fn records_that_no_list_can_show_are_refused() {
    for (list, record, message) in [
        ("tickets", "{}", "use one of appointments, calls"),
        ("notes", "[]", "notes: record 1 is not a JSON object"),
        ("notes", "{", "notes: record 1 is not a JSON object"),
    ] {
        let builder = Sandbox::builder().records(list, [record]);

        let err = builder.start().await.unwrap_err();

        assert_eq!(err.kind(), ErrorKind::InvalidInput);
        assert!(err.to_string().contains(message), "{err}");
    }
    let planted = Sandbox::builder().records("notes", [r#"{"body": "planted"}"#]);
    assert!(!format!("{planted:?}").contains("planted"));
}

#[tokio::test]
async fn a_list_is_filtered_by_ids_and_by_a_range_that_includes_its_ends() {
    let sandbox = with_messages(6).await;
    let changed = json!({
        "sales_associate_id": "SA1", "created_at": "2020-01-01T00:00:00Z", "updated_at": "2026-03-11T00:02:00Z",
    });
    let associate = json!({"associate_id": "SA1", "body": "no time"});
    sandbox.add_records("reminders", [changed]).unwrap();
    sandbox
        .add_records("sales_associates", [associate])
        .unwrap();

    for (query, found) in [
        ("messages?client_ids=CLI1", 2),
        ("messages?client_ids=CLI1%2CCLI2", 4),
        // The last of them counts.
        ("messages?client_ids=CLI0&client_ids=CLI1", 2),
        ("messages?client_ids=CLI", 0),
        ("messages?sales_associate_ids=SA1", 3),
        ("messages?from=2026-03-11T00:01:00Z", 5),
        (
            "messages?from=2026-03-11T00:01:00Z&to=2026-03-11T00:02:00Z",
            1,
        ),
        (
            "messages?from=2026-03-11T00:01:00.882Z&to=2026-03-11T00:02:00.882Z",
            2,
        ),
        ("messages?to=2026-03-11T00:00:00Z", 0),
        ("messages?client_ids=CLI0&to=2026-03-11T00:01:00Z", 1),
        ("messages?page=3&per_page=2", 2),
        ("messages?page=4&per_page=2", 0),
        ("messages?page=9223372036854775807&per_page=100", 0),
        (
            "reminders?from=2026-03-11T00:02:00Z&sales_associate_ids=SA1",
            1,
        ),
        ("sales_associates?sales_associate_ids=SA1", 1),
        ("sales_associates?from=2020-01-01T00:00:00Z", 0),
    ] {
        let (status, page) = read(call(
            &sandbox,
            "GET",
            &format!("/api/extraction/v1/{query}"),
        ))
        .await;

        assert_eq!(status, 200, "{query}");
        assert_eq!(page.as_array().unwrap().len(), found, "{query}");
    }
}

#[tokio::test]
async fn a_query_that_does_not_fit_is_refused() {
    let sandbox = sandbox().await;

    for query in [
        "page=0",
        "page=-1",
        "page=one",
        "per_page=0",
        "per_page=101",
        "from=2026-03-11",
        "client_ids=CLI1&sales_associate_ids=SA1",
        "limit=5",
    ] {
        let answer = refusal(call(&sandbox, "GET", &format!("{MESSAGES}?{query}"))).await;

        assert_eq!(answer.0, 422, "{query}");
    }
}

#[tokio::test]
async fn head_counts_a_list_and_nothing_else() {
    let sandbox = with_messages(7).await;

    let counted = call(&sandbox, "HEAD", &format!("{MESSAGES}?client_ids=CLI0"));
    let counted = counted.send().await.unwrap();
    let stranger = client().head(format!("{}{MESSAGES}", sandbox.bspk_url()));
    let endpoints = call(&sandbox, "HEAD", "/api/platform/v1/webhook_endpoints");

    assert_eq!(counted.status(), 200);
    assert_eq!(header(&counted, "x-total-count"), Some("3"));
    assert_eq!(counted.text().await.unwrap(), "");
    assert_eq!(stranger.send().await.unwrap().status(), 401);
    assert_eq!(endpoints.send().await.unwrap().status(), 421);
}

#[tokio::test]
async fn shoppers_are_listed_as_clients() {
    let given = json!({"client_id": "CLI9", "current_sales_associate_id": "SA1"});
    let sandbox = Sandbox::builder().records("clients", [&given]);
    let sandbox = sandbox.start().await.unwrap();
    let shopper = json!({
        "shopper_ref": "CLI-789", "first_name": "John", "last_name": "Meyer", "city": "Rome", "zip_code": "00100",
        "email_contact": "true", "do_not_contact": "false", "sales_associate_ref": "SA1", "preferences": "Lawyer",
    });
    read(upsert(&sandbox, shopper)).await;
    read(upsert(&sandbox, json!({"city": "Bari"}))).await;

    let page = get(
        &sandbox,
        "/api/extraction/v1/clients?sales_associate_ids=SA1",
    )
    .await;
    assert_eq!(header(&page, "x-total-count"), Some("2"));
    let page: Value = page.json().await.unwrap();

    let client = &page[0];
    for (member, value) in [
        ("client_id", json!("CLI-789")),
        ("name", json!("John Meyer")),
        ("title", Value::Null),
        ("preferences", Value::Null),
        ("current_sales_associate_id", json!("SA1")),
    ] {
        assert_eq!(client[member], value, "{member}");
    }
    let address = &client["addresses"][0];
    assert_eq!(
        (&address["city"], &address["zip"]),
        (&json!("Rome"), &json!("00100"))
    );
    let channels = &client["communication_preferences"];
    assert_eq!(channels["email_opt_in"], true);
    assert_eq!(
        (&channels["opt_out"], &channels["line_opt_in"]),
        (&json!(false), &Value::Null)
    );
    assert!(client["updated_at"].is_string());
    assert_eq!(page[1], given);
    assert_eq!(sandbox.records("clients").len(), 3);
}

/// Reads a list to its end as a client would: `query` writes a filter, and `next` finds an address in a `Link` header.
async fn export(
    sandbox: &Sandbox,
    query: fn(&[&str]) -> String,
    next: fn(&str) -> Option<&str>,
) -> Vec<Value> {
    let mut records = Vec::new();
    let mut url = format!(
        "{}{MESSAGES}?{}",
        sandbox.bspk_url(),
        query(&["CLI1", "CLI2"])
    );
    loop {
        let page = client().get(&url).bearer_auth(sandbox.bspk_key());
        let page = page.send().await.unwrap();
        let link = header(&page, "link").unwrap_or_default().to_owned();
        records.extend(page.json::<Vec<Value>>().await.unwrap());
        match next(&link) {
            Some(address) => url = address.to_owned(),
            None => return records,
        }
    }
}

fn joined(ids: &[&str]) -> String {
    format!("client_ids={}", ids.join(","))
}

/// Repeats the parameter, as many libraries do by default.
fn exploded(ids: &[&str]) -> String {
    let parameters: Vec<_> = ids.iter().map(|it| format!("client_ids={it}")).collect();
    parameters.join("&")
}

fn singly_quoted(link: &str) -> Option<&str> {
    link.split_once(">; rel='next'")?.0.rsplit('<').next()
}

/// Knows the quotes of RFC 8288 alone.
fn doubly_quoted(link: &str) -> Option<&str> {
    link.split_once(">; rel=\"next\"")?.0.rsplit('<').next()
}

/// Splits the header at commas, also within an address.
fn split_at_commas(link: &str) -> Option<&str> {
    let mut links = link.split(',');
    let next = links.find_map(|it| it.trim().strip_suffix(">; rel='next'"))?;
    next.strip_prefix('<')
}

#[tokio::test]
async fn a_client_that_repeats_parameters_or_misreads_links_misses_records() {
    let sandbox = with_messages(300).await;

    let careful = export(&sandbox, joined, singly_quoted).await;

    assert_eq!(careful.len(), 200);
    // A filter of one client in place of two, and one page in place of seven.
    for (naive, found) in [
        (export(&sandbox, exploded, singly_quoted).await, 100),
        (export(&sandbox, joined, doubly_quoted).await, 30),
        (export(&sandbox, joined, split_at_commas).await, 30),
    ] {
        assert_eq!(naive.len(), found);
    }
}

#[tokio::test]
async fn records_that_are_added_shift_no_page_before_them() {
    let sandbox = with_messages(40).await;
    sandbox.add_records("messages", messages(40..45)).unwrap();

    let (_, page) = read(call(&sandbox, "GET", &format!("{MESSAGES}?page=2"))).await;

    assert_eq!(bodies(&page)[0], "message 30");
    assert_eq!(bodies(&page).len(), 15);
}

/// The second of two pages with ten messages, whose call meets this fault.
async fn faulty(fault: Fault) -> Response {
    let behaviour = Behaviour::new().script([(1, fault)]);
    let sandbox = Sandbox::builder()
        .records("messages", messages(0..25))
        .bspk(behaviour);
    let sandbox = sandbox.start().await.unwrap();
    get(&sandbox, &format!("{MESSAGES}?page=2&per_page=10")).await
}

#[tokio::test]
async fn a_page_can_have_each_record_twice() {
    let page: Value = faulty(Fault::DoubledRecords).await.json().await.unwrap();

    let bodies = bodies(&page);
    assert_eq!(bodies.len(), 20);
    assert_eq!(bodies[..3], ["message 10", "message 10", "message 11"]);
}

#[tokio::test]
async fn a_total_can_be_wrong() {
    let page = faulty(Fault::WrongTotal {
        total: "many".into(),
    })
    .await;

    assert_eq!(header(&page, "x-total-count"), Some("many"));
}

#[tokio::test]
async fn a_page_can_begin_too_early_or_too_late() {
    for (records, first, total) in [
        (1, "message 9", "26"),
        (-2, "message 12", "23"),
        (50, "message 0", "75"),
    ] {
        let page = faulty(Fault::ShiftedPage { records }).await;

        assert_eq!(header(&page, "x-total-count"), Some(total));
        assert_eq!(bodies(&page.json().await.unwrap())[0], first);
    }
}

#[tokio::test]
async fn links_can_lead_to_another_host() {
    let origin = "https://elsewhere.invalid".to_owned();
    let page = faulty(Fault::ForeignLinks {
        origin: origin.clone(),
    })
    .await;

    let address =
        |page, rel| format!("<{origin}{MESSAGES}.json?per_page=10&page={page}>; rel='{rel}'");
    let links = format!("{}, {}", address(3, "next"), address(3, "last"));
    assert_eq!(header(&page, "link"), Some(&*links));
}
