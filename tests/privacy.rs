//! Nothing of a shopper and no key in any `Debug`, `Display`, source or log line.
//!
//! Recognisable data is planted in everything that is sent, and the sandbox quotes it back; then every path is driven,
//! and all that could end up in a log is searched.
#![cfg(feature = "client")]

mod support;

use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use shoppers::{
    ApiKey, Operation,
    bspk::{self, EventName, Languages, Preferences},
    gatsby::{self, By},
};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use support::{
    bspk_at,
    document::{Client, operations},
    gatsby_at,
    seen::{Filtered, Seen},
    unreachable,
};

/// Whatever is planted holds one of these.
const PLANTED: [&str; 6] = [
    "zqplanted",  // in names, addresses, ids and keys
    "15550100",   // in phone numbers
    "QZ0199929",  // a passport number
    "1949-03-07", // a birthday
    "sandbox_bspk_key",
    "pk_sandbox_gatsby_key",
];

fn bspk_shopper() -> bspk::Shopper {
    bspk::Shopper {
        shopper_ref: Some("zqplanted-ref".into()),
        first_name: Some("zqplanted".into()),
        email: Some("zqplanted@example.com".into()),
        mobile_phone: Some("+155501001".into()),
        passport_number: Some("QZ0199929".into()),
        gender: Some("zqplanted".parse().unwrap()),
        birthday: Some("1949-03-07".parse().unwrap()),
        languages: Some(Languages::new(["zqplanted"]).unwrap()),
        preferences: Some(Preferences::groups([("zqplanted", ["zqplanted"])]).unwrap()),
        ..Default::default()
    }
}

fn gatsby_shopper() -> gatsby::ShopperInput {
    gatsby::ShopperInput {
        channel: Some(gatsby::ChannelInput {
            instagram: Some(gatsby::InstagramInput {
                email: Some("zqplanted@example.com".into()),
                phone: Some("+155501001".into()),
                full_name: Some("zqplanted".into()),
                ..Default::default()
            }),
            tiktok: Some(gatsby::TiktokInput {
                user_name: Some("zqplanted".into()),
                ..Default::default()
            }),
        }),
        integrations: Some(gatsby::IntegrationsInput {
            zinrelo: Some(gatsby::ZinreloInput {
                member_id: Some("zqplanted".into()),
                ..Default::default()
            }),
        }),
    }
}

/// Both clients with the same settings.
struct Clients {
    bspk: bspk::Client,
    gatsby: gatsby::Client,
}

impl Clients {
    fn at(bspk: &str, gatsby: &str) -> Self {
        Self {
            bspk: bspk_at(bspk),
            gatsby: gatsby_at(gatsby),
        }
    }

    fn of(&self, operation: &Operation) -> Client {
        match operation.vendor {
            "bspk" => Client::Bspk(self.bspk.clone()),
            _ => Client::Gatsby(self.gatsby.clone()),
        }
    }

    /// Every operation of the documents, and whatever else is public.
    async fn drive(&self, seen: &Seen, planted: &[(&'static Operation, Value)]) {
        for (operation, arguments) in planted {
            let client = self.of(operation);
            if let Err(err) = client.call(operation.name, arguments.clone()).await {
                seen.error(&err);
            }
        }
        let Self { bspk, gatsby } = self;
        seen.debug(&(bspk, gatsby, bspk_shopper(), gatsby_shopper()));
        seen.outcome(&bspk.upsert_shopper(&bspk_shopper()).await);
        seen.outcome(&gatsby.create_shopper(&gatsby_shopper()).await);
        let hasty = gatsby.with(|call| call.settling_time(Duration::ZERO));
        seen.outcome(&hasty.ensure_shopper(&gatsby_shopper()).await);
        let events = [EventName::ShopperCreated, "zqplanted".parse().unwrap()];
        for _ in 0..2 {
            let ensured = bspk.ensure_webhook_endpoint("https://zqplanted.example.com/", &events);
            seen.outcome(&ensured.await);
        }
        let mut outcomes = bspk.upsert_shoppers(stream::iter([bspk_shopper()]));
        seen.debug(&outcomes);
        while let Some((_, outcome)) = outcomes.next().await {
            seen.outcome(&outcome);
        }
        seen.debug(&(bspk.quota(), gatsby.quota()));
        for by in [
            By::Email("zqplanted@example.com"),
            By::Phone("+155501001"),
            By::Phone("15550100"),
            By::Username("zqplanted"),
        ] {
            seen.debug(&by);
            seen.outcome(&gatsby.search_shoppers(by).await);
        }
        for id in ["zqplanted", "zqplanted/.."] {
            seen.outcome(&gatsby.get_shopper(id).await);
            seen.outcome(&gatsby.update_shopper(id, &gatsby_shopper()).await);
            seen.outcome(&gatsby.delete_shopper(id).await);
        }
    }
}

/// The pointers to all texts and numbers in some JSON.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                leaves(value, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                leaves(value, &format!("{pointer}/{index}"), found);
            }
        }
        Value::String(_) | Value::Number(_) => found.push(pointer.to_owned()),
        Value::Null | Value::Bool(_) => {}
    }
}

/// The arguments of every operation, with data planted wherever it is not refused. What is refused is noted.
async fn planted(seen: &Seen) -> Vec<(&'static Operation, Value)> {
    let server = support::answering(200, "{}").await;
    let clients = Clients::at(&server.base_url(), &server.base_url());
    let mut planted = Vec::new();
    for described in operations() {
        let operation = described.operation;
        let mut arguments = described.arguments();
        let mut pointers = Vec::new();
        leaves(&arguments, "", &mut pointers);
        let mut refused = 0;
        for pointer in &pointers {
            let mut odd = arguments.clone();
            let leaf = odd.pointer_mut(pointer).unwrap();
            *leaf = match leaf {
                Value::Number(_) => json!(15_550_100_999_u64),
                _ => json!("zqplanted"),
            };
            let client = clients.of(operation);
            match client.call(operation.name, odd.clone()).await {
                Err(err) if err.is_invalid() => {
                    refused += 1;
                    seen.error(&err);
                }
                _ => arguments = odd,
            }
        }
        let text = arguments.to_string();
        let is_planted = PLANTED.iter().any(|it| text.contains(it));
        // Some take nothing but words of their own.
        assert!(
            is_planted || refused == pointers.len(),
            "{}",
            operation.name
        );
        planted.push((operation, arguments));
    }
    planted
}

/// Answers that repeat what was sent, in whatever a vendor may think of.
const ANSWERS: [(u16, &str); 7] = [
    (
        200,
        r#"{"id": "zqplanted", "zqplanted": ["zqplanted", 15550100]}"#,
    ),
    (200, "<p>zqplanted"),
    (204, ""),
    (404, "zqplanted"),
    (409, r#"{"error": "zqplanted"}"#),
    (
        422,
        r#"{"errors": [{"code": "zqplanted", "title": "zqplanted 15550100"}]}"#,
    ),
    (500, r#""zqplanted""#),
];

/// Each way in which a vendor may fail.
fn faults() -> Vec<Fault> {
    vec![
        Fault::InternalServerError,
        Fault::BadGateway,
        Fault::ServiceUnavailable { retry_after: None },
        Fault::Html { status: 422 },
        Fault::Throttled { retry_after: None },
        Fault::ClosedBefore,
        Fault::Redirect {
            status: 307,
            location: "http://127.0.0.1:9/zqplanted".into(),
        },
        Fault::GatewayTimeout,
        Fault::ClosedAfter,
        Fault::HalfBody,
        Fault::InvalidJson,
        Fault::NullFields,
        Fault::UnknownFields,
        Fault::EmptyBody,
        Fault::EndlessBody { bytes: 9 << 20 },
        Fault::SlowAnswer {
            delay: Duration::from_secs(60),
        },
        Fault::TricklingBody {
            every: Duration::from_secs(60),
        },
    ]
}

#[tokio::test]
async fn nothing_of_a_shopper_and_no_key_is_in_anything_that_may_be_logged() {
    let seen = Seen::default();
    let logs = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(Filtered(seen.clone()))
        .with_ansi(false)
        .finish();
    let _logging = tracing::subscriber::set_default(logs);
    let planted = planted(&seen).await;

    for (status, body) in ANSWERS {
        let server = support::answering(status, body).await;
        let clients = Clients::at(&server.base_url(), &server.base_url());
        clients.drive(&seen, &planted).await;
    }
    let sandbox = Sandbox::start().await.unwrap();
    let clients = Clients {
        bspk: support::bspk_in(&sandbox),
        gatsby: support::gatsby_in(&sandbox),
    };
    clients.drive(&seen, &planted).await;
    for fault in faults() {
        // A vendor that answers nothing but 429 is waited for until the deadline.
        let chance = match fault {
            Fault::Throttled { .. } => 0.5,
            _ => 1.0,
        };
        let behaviour = || Behaviour::new().faults(1, [(fault.clone(), chance)]);
        sandbox.bspk_behaves(behaviour()).unwrap();
        sandbox.gatsby_behaves(behaviour()).unwrap();
        let timeout = Duration::from_millis(match fault {
            Fault::SlowAnswer { .. } | Fault::TricklingBody { .. } => 30,
            _ => 15_000,
        });
        let clients = Clients {
            bspk: clients.bspk.with(|call| call.attempt_timeout(timeout)),
            gatsby: clients.gatsby.with(|call| call.attempt_timeout(timeout)),
        };
        clients.drive(&seen, &planted).await;
    }
    sandbox.bspk_behaves(Behaviour::new()).unwrap();
    sandbox.gatsby_behaves(Behaviour::new()).unwrap();
    // Keys that are not accepted, and an address that nothing listens at.
    let (bspk, gatsby) = (sandbox.bspk_url(), sandbox.gatsby_url());
    Clients::at(bspk, gatsby).drive(&seen, &planted).await;
    let nowhere = unreachable();
    Clients::at(&nowhere, &nowhere).drive(&seen, &planted).await;

    let all = seen.all();
    for (operation, _) in &planted {
        assert!(
            all.contains(operation.name),
            "{} was not driven",
            operation.name
        );
    }
    for driven in [
        "422 Unprocessable Entity",
        "no answer in time",
        "did not end in time",
        "longer than is read",
        "the connection broke before an answer",
        "no connection",
    ] {
        assert!(all.contains(driven), "{driven} was not driven");
    }
    let all = all.to_lowercase();
    for planted in PLANTED {
        if let Some(at) = all.find(&planted.to_lowercase()) {
            let from = all.floor_char_boundary(at.saturating_sub(200));
            let to = all.ceil_char_boundary((at + 100).min(all.len()));
            panic!("{planted} is in: {}", &all[from..to]);
        }
    }
}

#[test]
fn no_generated_type_derives_debug() {
    for generated in [
        include_str!("../specs/bspk.rs"),
        include_str!("../specs/gatsby.rs"),
    ] {
        for derive in generated.split("#[derive(").skip(1) {
            let (derives, item) = derive.split_once(")]").unwrap();
            let (item, _) = item.split_once('{').unwrap();
            let is_client = item.contains("pub struct Client");
            assert!(is_client || !derives.contains("Debug"), "{item}");
        }
    }
}

#[test]
fn no_value_of_any_kind_is_in_a_debug_or_in_an_error_of_reading() {
    let seen = Seen::default();
    let planted = [
        json!("zqplanted"),
        json!(15_550_100_999_u64),
        json!(-15_550_100_999_i64),
        json!(15_550_100.5),
        json!(true),
        json!(["zqplanted", 15_550_100_999_u64]),
        json!({"zqplanted": {"zqplanted": 15_550_100_999_u64}}),
        json!(null),
    ];

    for value in &planted {
        let in_channel = |name: &str| {
            json!({
                "channel": {"instagram": {name: value}, "tiktok": {name: value}, name: value},
                "integrations": {"zinrelo": {name: value}},
                "_id": "zqplanted",
                "keywords": value,
            })
        };
        for name in [
            "shopper_ref",
            "email",
            "mobile_phone",
            "birthday",
            "gender",
            "email_contact",
        ]
        .into_iter()
        .chain([
            "languages",
            "preferences",
            "ignore_columns",
            "profile_type",
            "zqplanted",
        ]) {
            seen.read::<bspk::Shopper>(&json!({ name: value }));
        }
        for name in [
            "created_at",
            "updated_at",
            "external_id",
            "warnings",
            "zqplanted",
        ] {
            seen.read::<bspk::Upserted>(&json!({"id": 15_550_100_999_u64, name: value}));
        }
        seen.read::<bspk::Upserted>(&json!({ "id": value }));
        for name in [
            "id",
            "ref",
            "email",
            "consent",
            "addresses",
            "gender",
            "zqplanted",
        ] {
            seen.read::<bspk::WebhookShopper>(&json!({ name: value }));
        }
        seen.read::<bspk::WebhookShopper>(value);
        seen.read::<bspk::EventName>(value);
        seen.read::<bspk::ProfileType>(value);
        for name in [
            "email",
            "phone",
            "isVerified",
            "userName",
            "user_id",
            "zqplanted",
        ] {
            seen.read::<gatsby::Shopper>(&in_channel(name));
            seen.read::<gatsby::ShopperInput>(&in_channel(name));
        }
        seen.read::<bspk::Shopper>(value);
        seen.read::<bspk::Upserted>(value);
        seen.read::<gatsby::Shopper>(value);
        seen.read::<gatsby::ShopperInput>(value);
        seen.read::<gatsby::InstagramInput>(value);
    }
    seen.debug(&bspk::ProfileType::Organization);

    let all = seen.all().to_lowercase();
    for shown in [
        "zqplanted",
        "15550100",
        "true",
        "organization(",
        "organization }",
    ] {
        let at = all
            .find(shown)
            .map(|at| &all[at.saturating_sub(80)..at + shown.len()]);
        assert_eq!(at, None, "{shown}");
    }
}

#[test]
fn nothing_that_a_client_is_made_of_shows_its_key() {
    let seen = Seen::default();
    let key = ApiKey::new("zqplanted").unwrap();

    seen.debug(&key);
    seen.debug(&bspk::Client::builder(key.clone()));
    seen.debug(&gatsby::Client::builder(key.clone()).environment(gatsby::Environment::Development));
    for bad in [
        "zqplanted ",
        "Bearer zqplanted",
        "'zqplanted'",
        "zqplanted\u{7f}",
    ] {
        seen.error(&ApiKey::new(bad).unwrap_err());
    }
    for url in [
        "http://zqplanted.example",
        "zqplanted",
        "https://zqplanted:zqplanted@example.com",
    ] {
        let built = bspk::Client::builder(key.clone()).base_url(url).build();
        seen.error(&built.unwrap_err());
    }
    let built = bspk::Client::builder(key).user_agent("zqplanted\n").build();
    seen.error(&built.unwrap_err());

    assert!(!seen.all().contains("zqplanted"), "{}", seen.all());
}
