//! Webhook endpoints, and deliveries to them.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use shoppers_sandbox::Sandbox;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::wire::{bspk, read, refusal, sandbox, upsert};

const HOUR: Duration = Duration::from_secs(3600);
const SHOPPER: [&str; 3] = ["shopper.created", "shopper.updated", "shopper.deleted"];

fn endpoint(url: &str, is_enabled: bool, events: &[&str]) -> Value {
    json!({"target_url": url, "is_enabled": is_enabled, "events": events})
}

fn create(sandbox: &Sandbox, url: &str) -> RequestBuilder {
    bspk(sandbox, "POST", "webhook_endpoints").json(&endpoint(url, true, &SHOPPER))
}

fn update(sandbox: &Sandbox, id: u64, endpoint: &Value) -> RequestBuilder {
    bspk(sandbox, "PATCH", &format!("webhook_endpoints/{id}")).json(endpoint)
}

/// A service that receives deliveries, and answers each with the next status; 0 is no answer at all.
struct Service {
    url: String,
    received: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Service {
    async fn start(statuses: impl IntoIterator<Item = u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks?brand=1", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let receiving = Arc::clone(&received);
        let statuses: Vec<u16> = statuses.into_iter().collect();
        tokio::spawn(async move {
            let mut silent = Vec::new();
            for status in statuses.into_iter().cycle() {
                let (mut stream, _) = listener.accept().await.unwrap();
                let delivery = request(&mut stream).await;
                receiving.lock().unwrap().push(delivery);
                let answer =
                    format!("HTTP/1.1 {status} Any\r\ncontent-length: 0\r\nlocation: /\r\n\r\n");
                match status {
                    0 => silent.push(stream),
                    _ => stream.write_all(answer.as_bytes()).await.unwrap(),
                }
            }
        });
        Self { url, received }
    }

    fn received(&self) -> Vec<(String, Value)> {
        self.received.lock().unwrap().clone()
    }
}

async fn request(stream: &mut TcpStream) -> (String, Value) {
    let mut text = String::new();
    loop {
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer).await.unwrap();
        text.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && let Ok(body) = serde_json::from_str(body)
        {
            return (head.to_owned(), body);
        }
        assert_ne!(length, 0, "{text}");
    }
}

/// Starts a sandbox with an endpoint, and a shopper that it has an event of.
async fn announced(service: &Service) -> Sandbox {
    let sandbox = sandbox().await;
    read(create(&sandbox, &service.url)).await;
    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    sandbox.advance(Duration::ZERO).await;
    sandbox
}

/// The state of a delivery, and the statuses of its attempts.
fn outcome(delivery: &Value) -> (&str, Vec<u64>) {
    let attempts = delivery["attempts"].as_array().unwrap().iter();
    let statuses = attempts.map(|it| it["status"].as_u64().unwrap_or_default());
    (delivery["state"].as_str().unwrap(), statuses.collect())
}

#[tokio::test]
async fn an_endpoint_shows_its_secret_once() {
    let sandbox = sandbox().await;

    let (status, first) = read(create(&sandbox, "https://mycompany.com/hooks")).await;
    let (_, second) = read(create(&sandbox, "https://mycompany.com/hooks")).await;
    let changed = endpoint("http://mycompany.com/", false, &["cart.created"]);
    let (_, changed) = read(update(&sandbox, 1, &changed)).await;

    assert_eq!(
        (status, &first["id"], &second["id"]),
        (201, &json!(1), &json!(2))
    );
    assert_eq!(first["events"], json!(SHOPPER));
    assert_ne!(first["secret"], second["secret"]);
    assert_eq!(changed["is_enabled"], false);
    assert_eq!(changed["created_at"], first["created_at"]);
    let (_, listed) = read(bspk(&sandbox, "GET", "webhook_endpoints")).await;
    let without_secret = |endpoint: &Value| {
        let mut endpoint = endpoint.clone();
        endpoint.as_object_mut().unwrap().remove("secret");
        endpoint
    };
    assert_eq!(listed, json!([without_secret(&second), changed]));
    let inspected = sandbox.records("webhook_endpoints");
    assert_eq!(inspected[0]["secret"], first["secret"]);
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_is_refused() {
    let sandbox = sandbox().await;

    for url in [
        "",
        "mycompany.com",
        "/hooks",
        "ftp://mycompany.com/",
        "http://",
    ] {
        assert_eq!(refusal(create(&sandbox, url)).await.0, 422, "{url}");
    }
    let missing = update(&sandbox, 1, &endpoint("https://mycompany.com/", true, &[]));
    assert_eq!(refusal(missing).await.0, 404);
    let partial =
        bspk(&sandbox, "POST", "webhook_endpoints").json(&json!({"target_url": "http://a.b/"}));
    assert_eq!(refusal(partial).await.0, 422);
    assert!(sandbox.records("webhook_endpoints").is_empty());
}

#[tokio::test]
async fn a_change_of_a_shopper_is_posted_with_the_secret() {
    let service = Service::start([200]).await;
    let sandbox = announced(&service).await;

    let change = json!({"shopper_ref": "A", "email": "john@example.com", "city": "Rome"});
    read(upsert(&sandbox, change)).await;
    sandbox.advance(Duration::ZERO).await;
    sandbox.delete_bspk_shopper("A");
    sandbox.advance(Duration::ZERO).await;

    let received = service.received();
    let names: Vec<_> = received.iter().map(|(_, it)| &it["event_name"]).collect();
    assert_eq!(names, SHOPPER);
    let (head, body) = &received[1];
    let head = head.to_lowercase();
    for line in [
        "post /hooks?brand=1 http/1.1",
        "x-bspk-secret: sandbox_webhook_secret_1",
        "content-type: application/json",
    ] {
        assert!(head.lines().any(|it| it == line), "{line}: {head}");
    }
    let object = &body["object"];
    assert_eq!((&object["id"], &object["ref"]), (&json!(1), &json!("A")));
    assert_eq!(object["email"], "john@example.com");
    assert_eq!(object["title"], Value::Null);
    assert!(object.get("shopper_ref").is_none());
    let deliveries = sandbox.records("deliveries");
    assert_eq!(deliveries.len(), 3);
    assert_eq!(outcome(&deliveries[1]), ("delivered", vec![200]));
    assert_eq!(deliveries[1]["object"], *object);
}

#[tokio::test]
async fn an_endpoint_is_sent_the_events_that_it_wants_while_it_is_enabled() {
    let service = Service::start([200]).await;
    let sandbox = sandbox().await;
    for (is_enabled, events) in [
        (true, &SHOPPER[1..2]),
        (false, &SHOPPER),
        (true, &["cart.created"]),
    ] {
        let endpoint = endpoint(&service.url, is_enabled, events);
        read(bspk(&sandbox, "POST", "webhook_endpoints").json(&endpoint)).await;
    }

    for _ in 0..2 {
        read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    }
    sandbox.advance(Duration::ZERO).await;

    let received = service.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].1["event_name"], "shopper.updated");
}

#[tokio::test]
async fn a_delivery_that_fails_is_sent_19_times_more_within_96_hours_and_the_endpoint_is_disabled()
{
    let service = Service::start([500, 404, 302, 429]).await;
    let sandbox = announced(&service).await;
    assert_eq!(
        outcome(&sandbox.records("deliveries")[0]),
        ("waiting", vec![500])
    );

    sandbox.advance(95 * HOUR).await;
    let is_enabled = sandbox.records("webhook_endpoints")[0]["is_enabled"].clone();
    sandbox.advance(HOUR).await;

    let deliveries = sandbox.records("deliveries");
    let (state, statuses) = outcome(&deliveries[0]);
    assert_eq!(
        (state, statuses.len(), &statuses[..4]),
        ("given_up", 20, &[500, 404, 302, 429][..])
    );
    let attempts = deliveries[0]["attempts"].as_array().unwrap();
    let times: Vec<_> = attempts
        .iter()
        .map(|it| it["at_ms"].as_u64().unwrap())
        .collect();
    let (first, last) = (times[0], times[19]);
    assert!(
        times.is_sorted() && (last - first).abs_diff(96 * 3_600_000) < 1000,
        "{times:?}"
    );
    assert_eq!(is_enabled, true);
    assert_eq!(sandbox.records("webhook_endpoints")[0]["is_enabled"], false);
    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    assert_eq!(sandbox.records("deliveries").len(), 1);
}

#[tokio::test]
async fn a_retry_that_succeeds_is_the_last() {
    let service = Service::start([503, 503, 204]).await;
    let sandbox = announced(&service).await;

    sandbox.advance(96 * HOUR).await;

    let deliveries = sandbox.records("deliveries");
    assert_eq!(outcome(&deliveries[0]), ("delivered", vec![503, 503, 204]));
    let received = service.received();
    assert!(received.iter().all(|(_, body)| *body == received[0].1));
    assert_eq!(sandbox.records("webhook_endpoints")[0]["is_enabled"], true);
}

#[tokio::test]
async fn a_422_is_never_sent_again() {
    let service = Service::start([422]).await;
    let sandbox = announced(&service).await;

    sandbox.advance(96 * HOUR).await;

    assert_eq!(
        outcome(&sandbox.records("deliveries")[0]),
        ("refused", vec![422])
    );
    assert_eq!(service.received().len(), 1);
}

#[tokio::test]
async fn a_retry_finds_its_endpoint_changed_or_disabled() {
    let (old, new) = (Service::start([500]).await, Service::start([500]).await);
    let sandbox = announced(&old).await;

    read(update(&sandbox, 1, &endpoint(&new.url, true, &[]))).await;
    sandbox.advance(HOUR).await;
    read(update(&sandbox, 1, &endpoint(&new.url, false, &[]))).await;
    sandbox.advance(96 * HOUR).await;

    assert_eq!(old.received().len(), 1);
    assert_eq!(new.received()[0].1, old.received()[0].1);
    let (state, statuses) = (
        &sandbox.records("deliveries")[0]["state"],
        new.received().len() + 1,
    );
    assert_eq!(state, "given_up");
    assert_eq!(outcome(&sandbox.records("deliveries")[0]).1.len(), statuses);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_has_five_seconds_to_answer() {
    let service = Service::start([0]).await;
    let start = tokio::time::Instant::now();

    let sandbox = announced(&service).await;

    let attempt = &sandbox.records("deliveries")[0]["attempts"][0];
    assert_eq!(attempt["error"], "no answer within 5 seconds");
    assert_eq!(start.elapsed().as_secs(), 5);
}

#[tokio::test]
async fn nothing_is_sent_to_another_machine() {
    for url in [
        "https://127.0.0.1/",
        "http://192.0.2.1/",
        "http://localhost.example.com/",
    ] {
        let service = Service {
            url: url.to_owned(),
            received: Arc::default(),
        };
        let sandbox = announced(&service).await;

        let delivery = &sandbox.records("deliveries")[0];

        assert_eq!(outcome(delivery), ("given_up", vec![0]));
        let error = delivery["attempts"][0]["error"].as_str().unwrap();
        assert!(error.starts_with("not sent"), "{error}");
        assert_eq!(sandbox.records("webhook_endpoints")[0]["is_enabled"], true);
    }
}

#[tokio::test]
async fn a_service_that_is_away_is_sent_the_event_when_it_is_back() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", taken.local_addr().unwrap());
    drop(taken);
    let service = Service {
        url,
        received: Arc::default(),
    };
    let sandbox = announced(&service).await;

    let attempt = &sandbox.records("deliveries")[0]["attempts"][0];

    assert_eq!(attempt["error"], "no connection");
}

#[tokio::test]
async fn an_event_can_be_delivered_again() {
    let service = Service::start([422, 200]).await;
    let sandbox = announced(&service).await;

    let again = sandbox.deliver_again(1);
    sandbox.advance(Duration::ZERO).await;

    assert_eq!((again, sandbox.deliver_again(7)), (Some(2), None));
    assert_eq!(
        outcome(&sandbox.records("deliveries")[1]),
        ("delivered", vec![200])
    );
    let received = service.received();
    assert_eq!(received[0], received[1]);
}

#[cfg(feature = "ui")]
#[tokio::test]
async fn the_page_delivers_again_and_its_reset_empties_all() {
    let service = Service::start([500]).await;
    let sandbox = Sandbox::builder()
        .ui()
        .records("notes", ["{}"])
        .start()
        .await
        .unwrap();
    read(create(&sandbox, &service.url)).await;
    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    sandbox.advance(Duration::ZERO).await;
    let act = async |action: &str, body: Value| {
        let url = sandbox
            .ui_url()
            .unwrap()
            .replace("/?", &format!("/ui/{action}?"));
        let response = crate::wire::client().post(url).json(&body).send();
        response.await.unwrap().status().as_u16()
    };

    let again = act("deliver_again", json!({"id": 1})).await;
    let unknown = act("deliver_again", json!({"id": 7})).await;
    sandbox.advance(Duration::ZERO).await;

    assert_eq!((again, unknown), (204, 422));
    assert_eq!(service.received().len(), 2);
    act("reset", json!({})).await;
    for collection in [
        "shoppers",
        "clients",
        "notes",
        "webhook_endpoints",
        "deliveries",
    ] {
        assert!(sandbox.records(collection).is_empty(), "{collection}");
    }
    sandbox.advance(96 * HOUR).await;
    assert_eq!(service.received().len(), 2);
}
