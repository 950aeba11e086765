//! The ways to upsert one shopper, each as a service would have it.

use std::{fmt, time::Duration};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use shoppers::bspk;

use crate::support::bspk_at;

/// progenitor's client of the vendor's own document, untouched.
#[allow(clippy::all, dead_code)]
mod progenitors {
    progenitor::generate_api!("specs/bspk/upsert_shopper.yaml");
}

const KEY: &str = "pk_live_4711";

/// An announced quota that delays no call: so short a window that no quota is ever used up.
const WINDOW: Duration = Duration::from_millis(100);

/// As our own for an attempt.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// reqwest by itself, with structs typed by hand.
    Bare,
    /// The same with the timeout that a service has, and ours too.
    Timed,
    /// progenitor's client.
    Progenitor,
    /// This crate with all that it does: auth, quota, retries, deadlines, typed errors.
    Ours,
}

/// A client, and the shopper that it sends.
#[derive(Clone)]
pub enum Client {
    Bare {
        http: reqwest::Client,
        url: String,
        shopper: Shopper,
    },
    Progenitor {
        client: progenitors::Client,
        body: progenitors::types::ShopperCreateBody,
    },
    Ours {
        client: bspk::Client,
        shopper: bspk::Shopper,
    },
}

/// The structs that one types by hand from the vendor's page.
#[derive(Clone, Serialize)]
pub struct Shopper {
    #[serde(skip_serializing_if = "Option::is_none")]
    shopper_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mobile_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birthday: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    store_ref: Option<String>,
}

#[derive(Serialize)]
struct UpsertBody<'a> {
    shopper: &'a Shopper,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Upserted {
    id: i64,
    external_id: Option<String>,
    warnings: Vec<String>,
    updated_at: String,
    created_at: String,
}

impl Way {
    pub const ALL: [Self; 4] = [Self::Bare, Self::Timed, Self::Progenitor, Self::Ours];

    pub fn client(self, server: &str) -> Client {
        match self {
            Self::Bare | Self::Timed => Client::Bare {
                http: match self {
                    Self::Timed => http().timeout(TIMEOUT),
                    _ => http(),
                }
                .build()
                .expect("a client"),
                url: format!("{server}/api/platform/v1/shoppers"),
                shopper: shopper!(Shopper {
                    birthday: "1982-02-22",
                    email_contact: "true"
                }),
            },
            Self::Progenitor => Client::Progenitor {
                client: progenitors::Client::new_with_client(
                    server,
                    http().build().expect("a client"),
                ),
                body: progenitors::types::ShopperCreateBody {
                    shopper: Some(shopper!(progenitors::types::ShopperCreateBodyShopper {
                        birthday: "1982-02-22",
                        email_contact: "true",
                        ..Default::default()
                    })),
                },
            },
            Self::Ours => Client::Ours {
                client: bspk_at(server, KEY)
                    .quota_window(WINDOW)
                    .build()
                    .expect("a client"),
                shopper: shopper!(bspk::Shopper {
                    birthday: bspk::Birthday::full(1982, 2, 22).expect("a day"),
                    email_contact: true,
                    ..Default::default()
                }),
            },
        }
    }
}

/// The same shopper for every client, except for attributes that have a type only here.
macro_rules! shopper {
    ($($typ:ident)::+ { $($field:ident: $value:expr),* $(, ..$others:expr)? }) => {
        $($typ)::+ {
            shopper_ref: Some("CLI-789".into()),
            first_name: Some("John".into()),
            last_name: Some("Meyer".into()),
            email: Some("john.meyer@example.com".into()),
            mobile_phone: Some("+5511987669944".into()),
            address: Some("Av. Paulista, 1000".into()),
            city: Some("New York".into()),
            zip_code: Some("10001".into()),
            country_code: Some("US".into()),
            store_ref: Some("22".into()),
            $($field: Some($value.into()),)*
            $(..$others)?
        }
    };
}
use shopper;

impl Client {
    /// Sends the shopper, reads the answer, and says which shopper that is at the vendor.
    pub async fn upsert(&self) -> Option<i64> {
        match self {
            Self::Bare { http, url, shopper } => bare(http, url, shopper).await.ok(),
            Self::Progenitor { client, body } => {
                let stored = client.shopper_create(body).await.ok()?;
                Some(stored.into_inner().id)
            }
            Self::Ours { client, shopper } => Some(client.upsert_shopper(shopper).await.ok()?.id),
        }
    }
}

async fn bare(http: &reqwest::Client, url: &str, shopper: &Shopper) -> reqwest::Result<i64> {
    let answer = http.post(url).json(&UpsertBody { shopper }).send().await?;
    let stored: Upserted = answer.error_for_status()?.json().await?;
    Ok(stored.id)
}

/// As a service has it: the key and its own name on every call, and all else as reqwest has it.
fn http() -> reqwest::ClientBuilder {
    let mut key = HeaderValue::from_str(&format!("Bearer {KEY}")).expect("a header");
    key.set_sensitive(true);
    reqwest::Client::builder()
        .default_headers(HeaderMap::from_iter([(AUTHORIZATION, key)]))
        .user_agent("service/1.0.0")
        // As on all ways: nothing on the way to this machine.
        .no_proxy()
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bare => "reqwest, structs typed by hand",
            Self::Timed => "the same, with a timeout",
            Self::Progenitor => "progenitor's client",
            Self::Ours => "shoppers",
        })
    }
}
