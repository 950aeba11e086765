//! Nothing of a shopper and no key in any `Debug`, `Display`, source or log line.
//!
//! Recognisable data is planted in everything that is sent, and the sandbox quotes it back; then every path is driven,
//! and all that could end up in a log is searched.
#![cfg(feature = "client")]

mod support;

use std::{
    error::Error as _,
    fmt::Debug,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shoppers::{
    ApiKey, Error,
    bspk::{self, Languages, Preferences},
    gatsby::{self, By},
};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};
use tracing_subscriber::fmt::MakeWriter;

use support::{bspk_at, gatsby_at, unreachable};

/// Whatever is planted holds one of these.
const PLANTED: [&str; 6] = [
    "zqplanted",  // in names, addresses, ids and keys
    "15550100",   // in phone numbers
    "QZ0199929",  // a passport number
    "1949-03-07", // a birthday
    "sandbox_bspk_key",
    "pk_sandbox_gatsby_key",
];

/// All that could end up in a log.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<u8>>>);

impl Seen {
    fn debug(&self, value: &dyn Debug) {
        self.text(&format!("{value:?} {value:#?}"));
    }

    fn error(&self, err: &Error) {
        self.text(&format!("{err} {err:#} {err:?} {err:#?}"));
        for problem in err.problems() {
            self.debug(problem);
        }
        let mut source = err.source();
        while let Some(err) = source {
            self.text(&format!("{err} {err:?}"));
            source = err.source();
        }
    }

    fn outcome<T: Debug>(&self, outcome: &Result<T, Error>) {
        match outcome {
            Ok(value) => self.debug(value),
            Err(err) => self.error(err),
        }
    }

    /// Reads a `T` out of text and out of a value, and notes what is shown of it, or what is wrong.
    fn read<T: DeserializeOwned + Debug>(&self, value: &Value) {
        for read in [
            serde_json::from_str::<T>(&value.to_string()),
            serde_json::from_value::<T>(value.clone()),
        ] {
            match read {
                Ok(read) => self.debug(&read),
                // A name of ours in the message is none that was planted.
                Err(err) => self.text(&format!("{err} {err:?}").replace("`true` or `false`", "")),
            }
        }
    }

    fn text(&self, text: &str) {
        self.0.lock().unwrap().extend_from_slice(text.as_bytes());
    }

    fn all(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

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

/// Every operation of both clients, with what may be refused here too.
async fn drive(seen: &Seen, bspk: &bspk::Client, gatsby: &gatsby::Client) {
    let mut refused = bspk_shopper();
    refused.preferred_contact_channel = Some("zqplanted".parse().unwrap());
    let mut no_country = gatsby_shopper();
    if let Some(instagram) = no_country
        .channel
        .as_mut()
        .and_then(|it| it.instagram.as_mut())
    {
        instagram.phone = Some("15550100".into());
    }
    seen.debug(&(bspk, gatsby, bspk_shopper(), gatsby_shopper()));

    seen.outcome(&bspk.upsert_shopper(&bspk_shopper()).await);
    seen.outcome(&bspk.upsert_shopper(&refused).await);
    let created = gatsby.create_shopper(&gatsby_shopper()).await;
    seen.outcome(&created);
    seen.outcome(&gatsby.create_shopper(&no_country).await);
    let hasty = gatsby.with(|call| call.settling_time(Duration::ZERO));
    seen.outcome(&hasty.ensure_shopper(&gatsby_shopper()).await);
    let mut outcomes = bspk.upsert_shoppers(stream::iter([bspk_shopper(), refused]));
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
    let created = created.ok();
    let id = created
        .as_ref()
        .and_then(|it| it.id())
        .unwrap_or("zqplanted");
    for id in ["zqplanted", "zqplanted/..", id] {
        seen.outcome(&gatsby.get_shopper(id).await);
        seen.outcome(&gatsby.update_shopper(id, &gatsby_shopper()).await);
        seen.outcome(&gatsby.delete_shopper(id).await);
    }
}

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
    let sandbox = Sandbox::start().await.unwrap();
    let bspk = support::bspk_in(&sandbox);
    let gatsby = support::gatsby_in(&sandbox);

    drive(&seen, &bspk, &gatsby).await;
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
        let bspk = bspk.with(|call| call.attempt_timeout(timeout));
        let gatsby = gatsby.with(|call| call.attempt_timeout(timeout));
        drive(&seen, &bspk, &gatsby).await;
    }
    sandbox.bspk_behaves(Behaviour::new()).unwrap();
    sandbox.gatsby_behaves(Behaviour::new()).unwrap();
    // Keys that are not accepted, and an address that nothing listens at.
    drive(
        &seen,
        &bspk_at(sandbox.bspk_url()),
        &gatsby_at(sandbox.gatsby_url()),
    )
    .await;
    drive(&seen, &bspk_at(&unreachable()), &gatsby_at(&unreachable())).await;

    let all = seen.all();
    assert!(all.contains("upsert_shopper"), "the log was not caught");
    for driven in [
        "answered 422",
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

/// The lines of this crate; others have their own promises to keep.
#[derive(Clone)]
struct Filtered(Seen);

impl<'a> MakeWriter<'a> for Filtered {
    type Writer = Box<dyn io::Write + 'a>;

    fn make_writer(&'a self) -> Self::Writer {
        Box::new(io::sink())
    }

    fn make_writer_for(&'a self, meta: &tracing::Metadata<'_>) -> Self::Writer {
        if meta.target().starts_with("shoppers") {
            Box::new(self.0.clone())
        } else {
            Box::new(io::sink())
        }
    }
}
