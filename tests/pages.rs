//! Lists that come in pages, against a server of the test's own.
#![cfg(feature = "client")]

mod support;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::LINK},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};
use shoppers::{CommaList, Cursor, Operation, Retries, bspk};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};
use tokio::net::TcpListener;

use support::{BSPK_KEY, bspk_builder, bspk_in};

const PATH: &str = "/api/extraction/v1/messages";

/// A page as the server answers it.
#[derive(Clone, Default)]
struct Answer {
    status: u16,
    items: Vec<Value>,
    links: Vec<String>,
    total: Option<String>,
}

/// A server that gives one answer after another, the last of them for ever, and remembers what it was asked.
#[derive(Clone, Default)]
struct Server {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    asked: Arc<Mutex<Vec<String>>>,
    headers: Arc<Mutex<Vec<HeaderMap>>>,
    url: String,
}

impl Server {
    async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            url: format!("http://{}", listener.local_addr().unwrap()),
            ..Self::default()
        };
        let app = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        server
    }

    fn client(&self) -> bspk::Client {
        let builder = bspk_builder(BSPK_KEY, &self.url).retries(Retries::off());
        let builder = builder.quota_window(Duration::from_millis(1));
        builder.build().unwrap()
    }

    /// The methods, paths and queries of all requests.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    let asked = format!("{} {}", request.method(), request.uri());
    server.asked.lock().unwrap().push(asked);
    server
        .headers
        .lock()
        .unwrap()
        .push(request.headers().clone());
    let answer = {
        let mut answers = server.answers.lock().unwrap();
        let next = answers.pop_front().unwrap_or_default();
        if answers.is_empty() {
            answers.push_back(next.clone());
        }
        next
    };
    let mut headers = HeaderMap::new();
    for link in answer.links {
        headers.append(LINK, HeaderValue::from_str(&link).unwrap());
    }
    if let Some(total) = answer.total {
        headers.insert("x-total-count", HeaderValue::from_str(&total).unwrap());
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    (
        status,
        headers,
        axum::body::Body::from(json!(answer.items).to_string()),
    )
        .into_response()
}

fn message(number: usize) -> Value {
    json!({"client_id": format!("C{number}"), "body": "Hello"})
}

/// A page of some messages, with a next as BSPK writes it.
fn page(numbers: std::ops::Range<usize>, next: Option<usize>) -> Answer {
    let last = format!("<https://api.bspk.com{PATH}?page=9>; rel='last'");
    let links = match next {
        Some(next) => vec![format!(
            "<https://api.bspk.com{PATH}?client_ids=C1,C2&page={next}>; rel='next', {last}"
        )],
        None => vec![last],
    };
    Answer {
        status: 200,
        items: numbers.map(message).collect(),
        links,
        total: Some("5".to_owned()),
    }
}

fn ids(items: &[bspk::Message]) -> Vec<&str> {
    items
        .iter()
        .filter_map(|it| it.client_id.as_deref())
        .collect()
}

#[tokio::test]
async fn a_list_is_read_to_its_end_one_page_at_a_time_and_at_the_base_url() {
    let server = Server::start([page(0..2, Some(2)), page(2..4, Some(3)), page(4..5, None)]).await;
    let query = bspk::ListMessages {
        records_of: Some(bspk::RecordsOf::ClientIds(
            CommaList::new(["C1", "C2"]).unwrap(),
        )),
        ..Default::default()
    };

    let mut messages = server.client().list_messages(&query);
    assert!(server.asked().is_empty());
    let mut read = Vec::new();
    while let Some(message) = messages.try_next().await.unwrap() {
        read.push(message);
        assert_eq!(server.asked().len(), read.len().div_ceil(2));
    }

    assert_eq!(ids(&read), ["C0", "C1", "C2", "C3", "C4"]);
    assert_eq!(
        server.asked(),
        [
            format!("GET {PATH}?client_ids=C1%2CC2&per_page=100"),
            format!("GET {PATH}?client_ids=C1,C2&page=2&per_page=100"),
            format!("GET {PATH}?client_ids=C1,C2&page=3&per_page=100"),
        ]
    );
    for headers in server.headers.lock().unwrap().iter() {
        assert_eq!(headers["authorization"], format!("Bearer {BSPK_KEY}"));
    }
    assert!(messages.is_done() && messages.cursor().is_none());
    assert_eq!((messages.total(), messages.has_drifted()), (Some(5), false));
    assert_eq!(messages.try_next().await.unwrap(), None);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn pages_and_the_stream_have_what_records_have() {
    let answers = [page(0..2, Some(2)), page(2..5, None)];
    let server = Server::start(answers.clone()).await;

    let mut pages = server
        .client()
        .list_messages(&bspk::ListMessages::default());
    let first = pages.next_page().await.unwrap().unwrap();
    let second = pages.next_page().await.unwrap().unwrap();

    assert_eq!(
        (ids(&first.items), first.total),
        (vec!["C0", "C1"], Some(5))
    );
    let next = first.next.unwrap().to_string();
    assert_eq!(next, format!("{PATH}?client_ids=C1,C2&page=2&per_page=100"));
    assert_eq!((ids(&second.items).len(), second.next), (3, None));
    assert_eq!(pages.next_page().await.unwrap(), None);

    let server = Server::start(answers).await;
    let stream = server
        .client()
        .list_messages(&bspk::ListMessages::default());
    let read: Vec<_> = stream.try_collect().await.unwrap();
    assert_eq!(ids(&read), ["C0", "C1", "C2", "C3", "C4"]);
}

#[tokio::test]
async fn every_list_is_read_by_its_name_with_records_as_they_came() {
    let has_range = |it: &&Operation| it.parameters.iter().any(|it| it.name == "from");
    let lists = bspk::OPERATIONS.iter().filter(|it| it.is_paged);
    for list in lists.filter(has_range) {
        let next = format!("<{}?page=2>; rel=next", list.path);
        let record = json!({"created_at": 1, "new to us": [null]});
        let one = Answer {
            items: vec![record.clone()],
            ..Answer::default()
        };
        let first = Answer {
            links: vec![next],
            ..one.clone()
        };
        let server = Server::start([first, one]).await;
        let filter = json!({"from": "2026-01-01T00:00:00Z"});

        let pages = server.client().pages_by_name::<Value>(list.name, filter);
        let read: Vec<Value> = pages.unwrap().try_collect().await.unwrap();

        assert_eq!(read, [record.clone(), record]);
        let from = "from=2026-01-01T00%3A00%3A00Z&per_page=100";
        assert_eq!(server.asked()[0], format!("GET {}?{from}", list.path));
        assert_eq!(server.asked().len(), 2);
        let err = server
            .client()
            .pages_by_name::<Value>(list.name, json!({"planted": 1}));
        assert!(err.unwrap_err().is_invalid());
    }
    let client = Server::start([]).await.client();
    for name in ["upsert_shopper", "planted"] {
        let err = client
            .pages_by_name::<Value>(name, Value::Null)
            .unwrap_err();
        assert!(
            err.is_invalid() && !err.to_string().contains("planted"),
            "{err}"
        );
    }
}

#[tokio::test]
async fn a_list_that_is_read_as_another_type_goes_on_at_the_same_page() {
    let server = Server::start([
        page(0..2, Some(2)),
        page(2..4, Some(3)),
        page(2..4, Some(3)),
        page(4..5, None),
    ])
    .await;
    let mut messages = server
        .client()
        .list_messages(&bspk::ListMessages::default());
    for _ in 0..3 {
        messages.try_next().await.unwrap();
    }

    let rest: Vec<Value> = messages.read_as().try_collect().await.unwrap();

    assert_eq!(rest, [message(2), message(3), message(4)]);
}

#[tokio::test]
async fn records_that_were_not_taken_come_with_the_next_page() {
    let server = Server::start([page(0..3, Some(2)), page(3..5, None)]).await;
    let mut messages = server
        .client()
        .list_messages(&bspk::ListMessages::default());

    messages.try_next().await.unwrap();
    assert_eq!(messages.cursor(), None);
    let rest = messages.next_page().await.unwrap().unwrap();

    assert_eq!(ids(&rest.items), ["C1", "C2"]);
    assert_eq!(rest.next.as_ref(), messages.cursor());
    messages.try_next().await.unwrap();
    assert_eq!(rest.next.as_ref(), messages.cursor());
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn an_empty_page_with_a_next_is_passed_over() {
    let server = Server::start([page(0..0, Some(2)), page(0..0, Some(3)), page(0..1, None)]).await;
    let mut pages = server
        .client()
        .list_messages(&bspk::ListMessages::default());

    let page = pages.next_page().await.unwrap().unwrap();

    assert_eq!(ids(&page.items), ["C0"]);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_list_without_records_is_one_empty_page() {
    let answer = Answer {
        total: Some("0".to_owned()),
        ..Answer::default()
    };
    let server = Server::start([answer]).await;
    let mut pages = server
        .client()
        .list_messages(&bspk::ListMessages::default());

    let page = pages.next_page().await.unwrap().unwrap();

    assert_eq!(
        (page.items.len(), page.total, page.next),
        (0, Some(0), None)
    );
    assert_eq!(pages.next_page().await.unwrap(), None);
}

#[tokio::test]
async fn the_same_next_twice_is_an_error() {
    for repeated in [2, 3] {
        let answers = [
            page(0..1, Some(2)),
            page(1..2, Some(3)),
            page(2..3, Some(repeated)),
        ];
        let server = Server::start(answers).await;
        let mut messages = server
            .client()
            .list_messages(&bspk::ListMessages::default());

        for _ in 0..2 {
            assert!(messages.next_page().await.unwrap().is_some());
        }
        let err = messages.next_page().await.unwrap_err();

        assert!(err.is_unreadable(), "{err}");
        assert!(err.to_string().contains("was there before"), "{err}");
    }
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_again() {
    let broken = Answer {
        status: 503,
        ..Answer::default()
    };
    let answers = [page(0..2, Some(2)), broken, page(2..4, None)];
    let server = Server::start(answers).await;
    let mut messages = server
        .client()
        .list_messages(&bspk::ListMessages::default());

    let mut read = Vec::new();
    let mut errors = 0;
    while let Some(outcome) = messages.next().await {
        match outcome {
            Ok(message) => read.push(message),
            Err(err) => {
                assert!(err.is_unavailable(), "{err}");
                errors += 1;
                let cursor = messages.cursor().unwrap().to_string();
                assert!(cursor.contains("page=2"), "{cursor}");
            }
        }
    }

    assert_eq!((ids(&read), errors), (vec!["C0", "C1", "C2", "C3"], 1));
    let asked = server.asked();
    assert_eq!((asked.len(), &asked[1]), (3, &asked[2]));
}

#[tokio::test]
async fn another_process_goes_on_from_a_cursor() {
    let server = Server::start([page(2..4, Some(3)), page(4..5, None)]).await;
    let cursor: Cursor = format!("{PATH}.json?page=2&per_page=7").parse().unwrap();
    let client = server.client();

    let messages = client.list_messages(&bspk::ListMessages::default());
    let read: Vec<_> = messages
        .resume(cursor.clone())
        .unwrap()
        .try_collect()
        .await
        .unwrap();

    assert_eq!(ids(&read), ["C2", "C3", "C4"]);
    assert_eq!(
        server.asked()[0],
        format!("GET {PATH}.json?page=2&per_page=7")
    );
    let notes = client.list_notes(&bspk::ListNotes::default());
    assert!(notes.resume(cursor).unwrap_err().is_invalid());
}

#[tokio::test]
async fn a_total_that_changes_is_seen() {
    let mut second = page(1..2, None);
    second.total = Some("6".to_owned());
    let server = Server::start([page(0..1, Some(2)), second]).await;
    let mut messages = server
        .client()
        .list_messages(&bspk::ListMessages::default());

    messages.next_page().await.unwrap();
    assert!(!messages.has_drifted());
    messages.next_page().await.unwrap();

    assert_eq!((messages.total(), messages.has_drifted()), (Some(6), true));
}

#[tokio::test]
async fn a_count_is_a_call_without_a_body() {
    let server = Server::start([page(0..2, Some(2))]).await;
    let query = bspk::ListMessages {
        per_page: Some(1),
        ..Default::default()
    };

    let messages = server.client().list_messages(&query);

    assert_eq!(messages.total_count().await.unwrap(), 5);
    assert_eq!(server.asked(), [format!("HEAD {PATH}?per_page=1")]);
    for total in [None, Some("many".to_owned()), Some("-1".to_owned())] {
        let server = Server::start([Answer {
            total,
            ..Answer::default()
        }])
        .await;
        let messages = server.client().list_messages(&query);

        assert!(messages.total_count().await.unwrap_err().is_unreadable());
    }
}

#[tokio::test]
async fn a_page_that_names_another_host_is_refused_and_the_key_goes_nowhere() {
    let other = Server::start([page(0..1, None)]).await;
    let addresses = [
        format!("{}{PATH}?page=2", other.url),
        format!("//{}{PATH}?page=2", &other.url["http://".len()..]),
        format!(
            "http://api.bspk.com@{}{PATH}?page=2",
            &other.url["http://".len()..]
        ),
        "/api/platform/v1/webhook_endpoints?page=2".to_owned(),
        "../clients?page=2".to_owned(),
    ];

    for address in addresses {
        let mut named = page(0..1, None);
        named.links = vec![format!("<{address}>; rel=\"next\"")];
        let server = Server::start([named]).await;
        let mut messages = server
            .client()
            .list_messages(&bspk::ListMessages::default());

        for _ in 0..2 {
            let err = messages.try_next().await.unwrap_err();

            assert!(err.is_unreadable(), "{err}");
            let message = err.to_string();
            assert!(message.contains("another host or path"), "{message}");
            assert!(!message.contains("page=2"), "{message}");
        }
        let first = format!("GET {PATH}?per_page=100");
        assert_eq!(server.asked(), [first.clone(), first]);
    }
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn a_dropped_future_loses_nothing() {
    let server = Server::start([page(0..2, Some(2)), page(2..4, None)]).await;
    let mut messages = server
        .client()
        .list_messages(&bspk::ListMessages::default());

    let mut read = Vec::new();
    while !messages.is_done() {
        // Polled once, then dropped.
        if let Some(Ok(Some(message))) = futures_util::FutureExt::now_or_never(messages.try_next())
        {
            read.push(message);
        }
        tokio::task::yield_now().await;
    }

    assert_eq!(ids(&read), ["C0", "C1", "C2", "C3"]);
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn nothing_of_a_record_a_filter_or_a_key_is_in_a_debug() {
    let mut planted = page(0..1, Some(2));
    planted.items = vec![json!({"body": "zqplanted", "client_id": "zqplanted"})];
    planted.links = vec![format!("<{PATH}?client_ids=zqplanted&page=2>; rel=next")];
    let server = Server::start([planted]).await;
    let query = bspk::ListMessages {
        records_of: Some(bspk::RecordsOf::ClientIds(
            CommaList::new(["zqplanted"]).unwrap(),
        )),
        ..Default::default()
    };
    let mut messages = server.client().list_messages(&query);

    let page = messages.next_page().await.unwrap();
    let err = messages.next_page().await.unwrap_err();

    let seen = format!(
        "{query:?} {messages:?} {page:?} {:?} {err} {err:?}",
        messages.cursor()
    );
    for shown in ["Pages { ", "Page { items: 1, ", "Cursor(..)"] {
        assert!(seen.contains(shown), "{shown} is not in {seen}");
    }
    assert!(!seen.contains("zqplanted"), "{seen}");
}

#[tokio::test]
async fn a_list_of_the_fake_server_is_filtered_counted_and_read_whole() {
    let records =
        (0..500).map(|it| json!({"client_id": format!("C{}", it % 4), "body": format!("{it}")}));
    let sandbox = Sandbox::builder().records("messages", records);
    let sandbox = sandbox.start().await.unwrap();
    let query = bspk::ListMessages {
        records_of: Some(bspk::RecordsOf::ClientIds(
            CommaList::new(["C1", "C2"]).unwrap(),
        )),
        ..Default::default()
    };

    let messages = bspk_in(&sandbox).list_messages(&query);
    let total = messages.total_count().await.unwrap();
    let read: Vec<_> = messages.try_collect().await.unwrap();

    assert_eq!((total, read.len()), (250, 250));
    assert!(ids(&read).iter().all(|it| ["C1", "C2"].contains(it)));
    assert_eq!(sandbox.bspk_tally().calls, 4);
}

#[tokio::test]
async fn links_of_the_fake_server_to_another_host_are_refused() {
    let other = Server::start([page(0..1, None)]).await;
    let links = Fault::ForeignLinks {
        origin: other.url.clone(),
    };
    let behaviour = Behaviour::new().script([(1, links)]);
    let records = (0..200).map(message);
    let sandbox = Sandbox::builder()
        .records("messages", records)
        .bspk(behaviour);
    let sandbox = sandbox.start().await.unwrap();

    let mut messages = bspk_in(&sandbox).list_messages(&bspk::ListMessages::default());
    let err = messages.try_next().await.unwrap_err();

    assert!(err.is_unreadable(), "{err}");
    assert!(other.asked().is_empty());
}
