//! Receiving webhooks: verified before anything is read, answered as BSPK's retries want it, and nothing lost or shown.

use serde_json::{Value, json};
use shoppers::bspk::{
    EventName, WebhookShopper,
    webhooks::{Event, ReceiveError, Receiver, TestDelivery},
};

/// The documented members of a shopper, each with a value of the type that it is expected to have.
fn shopper() -> Value {
    json!({
        "id": 17, "ref": "CLI-789", "first_name": "John", "last_name": "Meyer", "alternate_first_name": null,
        "alternate_last_name": null, "title": "Mr", "email": "john@example.com", "mobile_phone": "+5511987669944",
        "other_phone": null, "birthday": "1982-02-22", "gender": "NB", "nationality": "BR", "passport_number": "AA01",
        "language": "en", "addresses": [{"city": "São Paulo"}], "current_store": {"id": "22"},
        "current_sales_associate": {"id": "1101"}, "preferred_contact_channel": "whastapp",
        "communication_preferences": {"chat_opt_in": true}, "consent": true, "notify_of_new_collection": false,
        "preferences": [], "preferred_journey": null, "interests": ["watches"],
    })
}

fn receiver() -> Receiver {
    Receiver::new(["new-secret", "old-secret"]).unwrap()
}

fn event(body: &Value) -> Event {
    let delivery = receiver()
        .receive(Some(b"new-secret"), body.to_string())
        .unwrap();
    delivery.event().unwrap()
}

#[test]
fn a_delivery_is_accepted_with_each_of_the_secrets_and_with_no_other_header() {
    let cases: [(Option<&[u8]>, Option<u16>); 9] = [
        (Some(b"new-secret"), None),
        (Some(b"old-secret"), None),
        (None, Some(401)),
        (Some(b""), Some(401)),
        (Some(b"new-secre"), Some(401)),
        (Some(b"new-secret "), Some(401)),
        (Some(b"New-secret"), Some(401)),
        (Some(b"new-secretold-secret"), Some(401)),
        (Some(b"\xff\xfe"), Some(401)),
    ];

    for (header, expected) in cases {
        let received = receiver().receive(header, "{}");

        let status = received.as_ref().err().map(ReceiveError::status);
        assert_eq!(status, expected, "{header:?}");
        assert!(received.is_ok() || received.unwrap_err().is_unauthorized());
    }
}

#[test]
fn a_secret_that_stands_twice_is_accepted() {
    let receiver = Receiver::new(["secret", "secret"]).unwrap();

    assert!(receiver.verify(Some(b"secret")).is_ok());
}

#[test]
fn each_refusal_is_of_one_kind() {
    let limited = receiver().body_limit(4);
    let cases = [
        (receiver().receive(None, "{}"), [true, false, false]),
        (
            limited.receive(Some(b"new-secret"), "12345"),
            [false, true, false],
        ),
        (
            receiver().receive(Some(b"new-secret"), "{}"),
            [false, false, true],
        ),
    ];

    for (received, expected) in cases {
        let err = received.and_then(|it| it.event()).unwrap_err();

        let kinds = [
            err.is_unauthorized(),
            err.is_too_large(),
            err.is_malformed(),
        ];
        assert_eq!(kinds, expected, "{err}");
    }
}

#[test]
fn a_delivery_gives_its_body_as_it_came() {
    let delivery = receiver().receive(Some(b"new-secret"), " {} ").unwrap();

    assert_eq!(delivery.into_body(), " {} ");
}

#[test]
fn a_secret_that_was_pasted_badly_is_refused_and_not_repeated() {
    for secret in [
        "",
        " ",
        "s3cret\n",
        "s3cret ",
        "\"s3cret\"",
        "'s3cret'",
        "s3crét",
    ] {
        let err = Receiver::new(["good", secret]).unwrap_err();

        assert!(err.to_string().contains("invalid webhook secret"), "{err}");
        assert!(!format!("{err} {err:?}").contains("s3cr"), "{err}");
    }
    assert!(Receiver::new([""; 0]).is_err());
}

#[test]
fn nothing_of_a_body_is_read_before_its_secret_is_verified() {
    let large = "x".repeat(2 << 20);

    for body in ["no json", "", &large] {
        let err = receiver().receive(Some(b"wrong"), body.to_owned());

        assert!(err.unwrap_err().is_unauthorized());
    }
}

#[test]
fn a_body_above_the_limit_is_refused_for_good() {
    let receiver = receiver().body_limit(4);

    assert!(receiver.receive(Some(b"old-secret"), "1234").is_ok());
    let err = receiver.receive(Some(b"old-secret"), "12345").unwrap_err();
    assert!(err.is_too_large());
    assert_eq!(err.status(), 422);
}

#[test]
fn a_shopper_comes_with_its_ref_and_every_documented_member() {
    type Shopper = fn(&Event) -> Option<&WebhookShopper>;
    let made: [(&str, Shopper); 3] = [
        ("shopper.created", |it| match it {
            Event::ShopperCreated(shopper) => Some(shopper),
            _ => None,
        }),
        ("shopper.updated", |it| match it {
            Event::ShopperUpdated(shopper) => Some(shopper),
            _ => None,
        }),
        ("shopper.deleted", |it| match it {
            Event::ShopperDeleted(shopper) => Some(shopper),
            _ => None,
        }),
    ];

    for (name, of) in made {
        let event = event(&json!({"event_name": name, "object": shopper()}));

        let read = of(&event).unwrap();
        assert_eq!(read.ref_.as_deref(), Some("CLI-789"));
        assert!(read.extra.is_empty());
        let given = shopper();
        let given = given
            .as_object()
            .unwrap()
            .iter()
            .filter(|it| !it.1.is_null());
        for (member, value) in given {
            assert_eq!(json!(read)[member], *value, "{member}");
        }
        assert_eq!(event.name().as_str(), name);
    }
}

#[test]
fn what_a_shopper_has_beyond_or_otherwise_than_documented_is_kept() {
    let object =
        json!({"id": "seventeen", "ref": 789, "consent": "yes", "segment": "VIP", "addresses": {}});

    let event = event(&json!({"event_name": "shopper.updated", "object": object}));

    let Event::ShopperUpdated(shopper) = event else {
        panic!("{event:?}");
    };
    assert_eq!(Value::Object(shopper.extra.clone()), object);
}

#[test]
fn other_events_keep_their_json() {
    let object = json!({"id": 1, "new": [null, {"a": 2}]});
    let cases = [
        ("file_import.finished", EventName::FileImportFinished),
        ("cart.created", EventName::CartCreated),
        ("metafield.created", EventName::MetafieldCreated),
        ("metafield.updated", EventName::MetafieldUpdated),
        ("metafield.deleted", EventName::MetafieldDeleted),
    ];

    for (text, name) in cases {
        let event = event(&json!({"event_name": text, "object": object}));

        assert_eq!(event.name(), name);
        match event {
            Event::FileImportFinished(it)
            | Event::CartCreated(it)
            | Event::MetafieldCreated(it)
            | Event::MetafieldUpdated(it)
            | Event::MetafieldDeleted(it) => assert_eq!(it, object),
            other => panic!("{other:?}"),
        }
    }
    for text in ["client.created", "store.closed"] {
        for object in [object.clone(), json!(null), json!("text")] {
            let event = event(&json!({"event_name": text, "object": object}));

            let Event::Other { name, object: kept } = event else {
                panic!("{event:?}");
            };
            assert_eq!((name.as_str(), kept), (text, object));
        }
    }
}

#[test]
fn what_is_no_event_is_refused_for_good_and_not_lost() {
    let cases = [
        "",
        "no json",
        "[]",
        "null",
        r#"{"object": {}}"#,
        r#"{"event_name": 1, "object": {}}"#,
        r#"{"event_name": " ", "object": {}}"#,
        r#"{"event_name": "store.closed"}"#,
        r#"{"event_name": "shopper.updated", "object": null}"#,
        r#"{"event_name": "shopper.updated", "object": [1]}"#,
    ];

    for body in cases {
        let delivery = receiver().receive(Some(b"new-secret"), body).unwrap();

        let err = delivery.event().unwrap_err();

        assert!(err.is_malformed(), "{body}");
        assert_eq!(err.status(), 422);
        assert_eq!(err.body().map(|it| &it[..]), Some(body.as_bytes()));
        assert_eq!(delivery.body(), body);
    }
}

#[test]
fn equal_bodies_have_equal_fingerprints() {
    let fingerprint = |body: &str| {
        let delivery = receiver().receive(Some(b"old-secret"), body.to_owned());
        delivery.unwrap().fingerprint()
    };

    assert_eq!(fingerprint("{}"), fingerprint("{}"));
    assert_ne!(fingerprint("{}"), fingerprint("{} "));
    // The SHA-256 of nothing (FIPS 180-4).
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(fingerprint(""), empty);
}

#[test]
fn nothing_of_a_shopper_and_no_secret_is_in_anything_that_may_be_logged() {
    let mut seen = String::new();
    let planted = json!({
        "id": 15_550_100, "ref": "zqplanted", "email": "zqplanted@example.com", "consent": "zqplanted", "zqplanted": 1,
    });
    let receiver = Receiver::new(["zqplanted-secret"]).unwrap();
    let mut show = |shown: std::fmt::Arguments<'_>| seen.push_str(&shown.to_string());

    show(format_args!("{receiver:?}"));
    for name in ["shopper.created", "cart.created", "zqplanted.created"] {
        for object in [planted.clone(), json!("zqplanted")] {
            let sent = TestDelivery::new("zqplanted-secret", name.parse().unwrap(), object);
            show(format_args!("{sent:?} {sent:#?}"));
            let delivery = receiver.receive(Some(sent.secret.as_bytes()), sent.body.clone());
            show(format_args!("{delivery:?}"));
            let event = delivery.unwrap().event();
            show(format_args!("{event:?} {event:#?}"));
            if let Err(err) = event {
                show(format_args!("{err}"));
            }
        }
    }
    for body in ["zqplanted", r#"{"zqplanted": 1}"#] {
        for header in [Some(&b"zqplanted-secret"[..]), Some(b"zqplanted"), None] {
            let event = receiver.receive(header, body).and_then(|it| it.event());
            show(format_args!("{event:?} {}", event.as_ref().unwrap_err()));
        }
    }

    for shown in [
        "Receiver {",
        "X-Bspk-Secret",
        "Ok(Delivery { bytes: ",
        "ShopperCreated(..)",
        "CartCreated(..)",
        "Other { .. }",
        "ReceiveError(bspk webhook: ",
    ] {
        assert!(seen.contains(shown), "{shown} is not in {seen}");
    }
    for planted in ["zqplanted", "15550100"] {
        assert!(!seen.contains(planted), "{planted} is in {seen}");
    }
}

#[cfg(feature = "axum")]
mod axum_server {
    use std::{
        io,
        sync::{
            Arc, Mutex,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use axum::{
        Router,
        body::{Body, Bytes},
        extract::{FromRef, FromRequest, Request},
        http::{HeaderValue, StatusCode},
        routing::post,
    };
    use futures_util::{StreamExt, stream};
    use shoppers::bspk::webhooks::{Delivery, HEADER};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    use super::*;

    #[derive(Clone)]
    struct Service(Receiver);

    impl FromRef<Service> for Receiver {
        fn from_ref(Service(receiver): &Service) -> Self {
            receiver.clone()
        }
    }

    /// All that any crate logs on this thread.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    async fn start() -> String {
        async fn handle(delivery: Delivery) -> Result<StatusCode, ReceiveError> {
            match delivery.event()? {
                Event::ShopperDeleted(_) => Ok(StatusCode::INTERNAL_SERVER_ERROR),
                _ => Ok(StatusCode::OK),
            }
        }
        async fn handle_event(_: Event) {}

        let app = Router::new()
            .route("/", post(handle))
            .route("/event", post(handle_event))
            .with_state(Service(receiver()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move { axum::serve(listener, app).await });
        address
    }

    #[tokio::test]
    async fn of_a_body_that_is_too_large_so_much_is_read_that_its_sender_sees_the_answer() {
        let cases = [(0, 1, 200), (63, 64, 422), (64, 65, 422), (80, 65, 422)];

        for (mebibytes, expected, status) in cases {
            let read = Arc::new(AtomicUsize::new(0));
            let counted = read.clone();
            let first = stream::once(async { Bytes::from_static(b"{}") });
            let rest = stream::iter(0..mebibytes).map(|_| Bytes::from(vec![b' '; 1 << 20]));
            let frames = first.chain(rest).map(move |it| {
                counted.fetch_add(1, Ordering::Relaxed);
                Ok::<_, io::Error>(it)
            });
            let mut request = Request::new(Body::from_stream(frames));
            let secret = HeaderValue::from_static("new-secret");
            request.headers_mut().insert(HEADER, secret);

            let received =
                Delivery::from_request(request, &Service(receiver().body_limit(2))).await;

            assert_eq!(read.load(Ordering::Relaxed), expected, "{mebibytes} MiB");
            assert_eq!(received.map_or_else(|it| it.status(), |_| 200), status);
        }
    }

    #[tokio::test]
    async fn every_delivery_is_answered_as_bspks_retries_want_it_and_nothing_of_it_is_logged() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        let address = start().await;
        let event = |name: &str| {
            let object =
                json!({"id": 15_550_100, "email": "zqplanted@example.com", "zqplanted": 1});
            json!({"event_name": name, "object": object}).to_string()
        };
        let (created, deleted) = (event("shopper.created"), event("shopper.deleted"));
        let unknown = event("store.closed");
        let cases = [
            ("/", Some("new-secret"), created.clone(), 200),
            ("/", Some("old-secret"), created.clone(), 200),
            ("/", Some("wrong"), created.clone(), 401),
            ("/", None, created.clone(), 401),
            ("/", Some("new-secret"), unknown.clone(), 200),
            ("/", Some("new-secret"), "zqplanted".to_owned(), 422),
            ("/", Some("new-secret"), "zqplanted".repeat(1_200_000), 422),
            ("/", Some("new-secret"), deleted, 500),
            ("/event", Some("new-secret"), created, 200),
            ("/event", Some("new-secret"), unknown, 200),
            ("/event", Some("new-secret"), "{}".to_owned(), 422),
            ("/event", Some("wrong"), "{}".to_owned(), 401),
        ];

        for (path, secret, body, expected) in cases {
            let mut request = reqwest::Client::new().post(format!("http://{address}{path}"));
            if let Some(secret) = secret {
                request = request.header(HEADER, secret);
            }
            let response = request.body(body).send().await.unwrap();

            assert_eq!(response.status(), expected, "{path} {secret:?}");
            assert!(!response.text().await.unwrap().contains("zqplanted"));
        }
        tracing::trace!("the log is read");
        let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
        assert!(log.contains("the log is read"));
        for planted in ["zqplanted", "15550100", "new-secret", "old-secret"] {
            assert!(!log.contains(planted), "{planted} is in {log}");
        }
    }

    #[cfg(feature = "client")]
    #[tokio::test]
    async fn a_change_of_a_shopper_in_the_fake_server_arrives_as_an_event() {
        use std::time::Duration;

        use shoppers::{
            ApiKey,
            bspk::{self, EnsuredEndpoint, Shopper},
        };
        use shoppers_sandbox::Sandbox;
        use tokio::sync::mpsc;

        let sandbox = Sandbox::start().await.unwrap();
        let key = ApiKey::new(sandbox.bspk_key()).unwrap();
        let client = bspk::Client::builder(key).base_url(sandbox.bspk_url());
        let client = client.build().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let events = [EventName::ShopperCreated, EventName::ShopperDeleted];

        let ensured = client.ensure_webhook_endpoint(&url, &events).await;
        let EnsuredEndpoint::Created(endpoint) = ensured.unwrap() else {
            panic!("another outcome");
        };
        let receiver = Receiver::new(endpoint.secret).unwrap();
        let (queue, mut received) = mpsc::unbounded_channel();
        let handle = async move |event: Event| drop(queue.send(event));
        let app = Router::new().route("/", post(handle));
        let app = app.with_state(Service(receiver));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let shopper = Shopper {
            shopper_ref: Some("CLI-789".into()),
            email: Some("john@example.com".into()),
            ..Default::default()
        };
        for _ in 0..2 {
            client.upsert_shopper(&shopper).await.unwrap();
        }
        sandbox.delete_bspk_shopper("CLI-789");
        sandbox.advance(Duration::ZERO).await;

        let Some(Event::ShopperCreated(created)) = received.recv().await else {
            panic!("another event");
        };
        assert_eq!(created.ref_.as_deref(), Some("CLI-789"));
        assert_eq!(created.email.as_deref(), Some("john@example.com"));
        assert!(created.extra.is_empty());
        assert!(matches!(
            received.recv().await,
            Some(Event::ShopperDeleted(_))
        ));
        assert!(received.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_wrong_secret_is_refused_before_the_body_has_arrived() {
        let address = start().await;
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let head = format!(
            "POST / HTTP/1.1\r\nhost: {address}\r\n{HEADER}: wrong\r\ncontent-length: 10000000\r\n\r\n"
        );

        stream.write_all(head.as_bytes()).await.unwrap();

        let mut start = [0; 12];
        stream.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"HTTP/1.1 401");
    }
}
