//! One list of texts: the sandbox, which knows the documents alone, accepts what the crate accepts.

#![cfg(feature = "client")]

use serde_json::{Value, json};
use shoppers::{bspk, gatsby};
use shoppers_sandbox::Sandbox;

/// One sandbox, and one client for all calls of a table.
struct Vendors {
    sandbox: Sandbox,
    client: reqwest::Client,
}

impl Vendors {
    async fn start() -> Self {
        Self {
            sandbox: Sandbox::start().await.unwrap(),
            client: reqwest::Client::new(),
        }
    }

    async fn accept_upsert(&self, shopper: &Value) -> bool {
        let key = format!("Bearer {}", self.sandbox.bspk_key());
        self.accept(
            "/api/platform/v1/shoppers",
            &key,
            &json!({ "shopper": shopper }),
        )
        .await
    }

    async fn accept_create(&self, body: &Value) -> bool {
        self.accept("/public/shopper", self.sandbox.gatsby_key(), body)
            .await
    }

    async fn accept(&self, path: &str, key: &str, body: &Value) -> bool {
        let url = format!("{}{path}", self.sandbox.bspk_url());
        let call = self.client.post(url).header("authorization", key);
        match call.json(body).send().await.unwrap().status().as_u16() {
            200 => true,
            422 => false,
            other => panic!("{body}: {other}"),
        }
    }
}

/// White space of every kind, and characters that only look as if they were.
const BLANKS: [(&str, bool); 9] = [
    ("", true),
    (" ", true),
    ("\t\r\n", true),
    ("\u{85}", true),
    ("\u{a0}", true),
    ("\u{3000}", true),
    ("\u{feff}", true),
    (" \u{feff}\u{85}", true),
    ("\u{200b}", false),
];

const PHONES: [&str; 17] = [
    "+15551234567",
    "+4512345678",
    "+12345678",
    "+123456789012345",
    "+1234567",
    "+1234567890123456",
    "+1 (555) 123-4567",
    "+1.555.123.4567",
    "+05551234567",
    "0015551234567",
    "15551234567",
    "++15551234567",
    " +15551234567",
    "+15551234567\n",
    "+1555123456x",
    "+\u{661}5551234567",
    "+",
];

const TEXTS: [&str; 42] = [
    "",
    " ",
    "\u{85}",
    "\u{a0}",
    "\u{feff}",
    "M",
    "\u{feff}M",
    "\u{200b}",
    "02-22",
    "1982-02-22",
    "0000-02-22",
    "0000-02-29",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2023-02-29",
    "02-29",
    "02-30",
    "\u{feff}02-22",
    "02-22\u{85}",
    "en;fr",
    " en ;\u{a0}fr",
    "en;;fr",
    "en;",
    ";en",
    "en;\u{feff}",
    "en;\u{85};fr",
    "a:1,2;b:3",
    "a:1;a:2",
    "a:1;\u{feff}a:2",
    "a: ,2",
    "a:\u{feff}",
    "\u{85}:1",
    "a:1;b",
    "a:b:c",
    "a,b:c",
    "a:1,",
    "a:1,\u{85}",
    "a;b:1",
    "Smith, Wesson",
    ":",
    ";",
];

#[tokio::test]
async fn the_client_and_the_sandbox_accept_the_same_phones_and_emails() {
    let vendors = Vendors::start().await;
    let blanks = BLANKS.map(|it| it.0);
    let emails = ["john@example.com", "john"].into_iter().chain(blanks);
    let bodies = PHONES
        .into_iter()
        .chain(blanks)
        .map(|phone| json!({"email": "john@example.com", "phone": phone}))
        .chain(emails.map(|email| json!({"email": email})));

    for instagram in bodies {
        let body = json!({"channel": {"instagram": instagram}});
        let shopper: gatsby::ShopperInput = serde_json::from_value(body.clone()).unwrap();

        let is_stored = vendors.accept_create(&body).await;

        assert_eq!(shopper.check().is_ok(), is_stored, "{body}");
    }
}

#[tokio::test]
async fn the_client_and_the_sandbox_refuse_the_same_blank_references() {
    let vendors = Vendors::start().await;

    for (shopper_ref, is_blank) in BLANKS {
        let shopper = bspk::Shopper {
            shopper_ref: Some(shopper_ref.into()),
            ..Default::default()
        };

        let is_stored = vendors
            .accept_upsert(&json!({"shopper_ref": shopper_ref}))
            .await;

        assert_eq!(shopper.check().is_err(), is_blank, "{shopper_ref:?}");
        assert_eq!(!is_stored, is_blank, "{shopper_ref:?}");
    }
}

#[tokio::test]
async fn the_value_types_their_schemas_and_the_sandbox_accept_the_same_texts() {
    let vendors = Vendors::start().await;
    let schema = schema();

    for name in [
        "birthday",
        "gender",
        "ignore_columns",
        "languages",
        "preferences",
    ] {
        for text in TEXTS {
            let body = json!({ name: text });

            let is_read = serde_json::from_value::<bspk::Shopper>(body.clone()).is_ok();
            let is_stored = vendors.accept_upsert(&body).await;

            assert_eq!(is_read, is_stored, "{body}");
            // A pattern cannot say that no group is there twice.
            if !text.contains("a:2") {
                assert_eq!(is_read, fits(schema.as_ref(), &body, is_read), "{body}");
            }
        }
    }
}

#[cfg(feature = "schemars")]
fn schema() -> Option<Value> {
    Some(schemars::schema_for!(bspk::Shopper).to_value())
}

#[cfg(not(feature = "schemars"))]
fn schema() -> Option<Value> {
    None
}

/// Returns `without` if there is no schema in this build.
fn fits(schema: Option<&Value>, body: &Value, without: bool) -> bool {
    schema.map_or(without, |schema| jsonschema::is_valid(schema, body))
}
