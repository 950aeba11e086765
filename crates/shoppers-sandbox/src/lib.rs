//! A fake server for the BSPK Platform API and the Gatsby Shopper API, for tests.
//!
//! A [`Sandbox`] runs in your own process, on a free port of the loopback address. It is **stateful**: a BSPK shopper is
//! upserted by its `shopper_ref`; a Gatsby shopper that was created can be read, searched for, updated and deleted. It is
//! **strict**: requests are validated against the vendors' documents, never against the types of the client `shoppers`, and
//! an unknown attribute is a 422. It has **every operation of the documents**. And it **misbehaves on demand**: quotas, latency, and [`Fault`]s at random or by script.
//!
//! # Example: a stored shopper
//!
//! Any HTTP client can call it; this one is reqwest.
//!
//! ```
//! use serde_json::{Value, json};
//! use shoppers_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//!
//! let response = reqwest::Client::new()
//!     .post(format!("{}/api/platform/v1/shoppers", sandbox.bspk_url()))
//!     .bearer_auth(sandbox.bspk_key())
//!     .json(&json!({"shopper": {"shopper_ref": "CLI-789", "first_name": "John"}}))
//!     .send()
//!     .await?;
//!
//! assert_eq!(response.json::<Value>().await?["external_id"], "CLI-789");
//! assert_eq!(sandbox.bspk_shopper("CLI-789").unwrap()["first_name"], "John");
//! # Ok(())
//! # }
//! ```
//!
//! # Example: a lost response
//!
//! ```
//! use serde_json::json;
//! use shoppers_sandbox::{Behaviour, Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lossy = Behaviour::new().script([(1, Fault::ClosedAfter)]);
//! let sandbox = Sandbox::builder().gatsby(lossy).start().await?;
//!
//! let result = reqwest::Client::new()
//!     .post(format!("{}/public/shopper", sandbox.gatsby_url()))
//!     .header("authorization", sandbox.gatsby_key())
//!     .json(&json!({"channel": {"instagram": {"email": "john@example.com"}}}))
//!     .send()
//!     .await;
//!
//! assert!(result.is_err());
//! assert_eq!(sandbox.gatsby_tally().made, 1); // the shopper was created anyway
//! # Ok(())
//! # }
//! ```
//!
//! # Lists in pages
//!
//! The nine lists of BSPK's Extraction API have the records that [`Builder::records`] and [`Sandbox::add_records`] give them, and
//! `clients` the shoppers. They trap a client that guesses: a filter is a list with commas, of repeated parameters the last
//! counts, the header `Link` quotes its `rel` singly, and its addresses hold commas and end the path in `.json`. Faults double
//! records, shift pages, and name wrong totals and other hosts.
//!
//! # Example: pages
//!
//! ```
//! use serde_json::json;
//! use shoppers_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let messages = (0..130).map(|number| json!({"client_id": "CLI-789", "body": format!("message {number}")}));
//! let sandbox = Sandbox::builder().records("messages", messages).start().await?;
//!
//! let page = reqwest::Client::new()
//!     .get(format!("{}/api/extraction/v1/messages?per_page=100", sandbox.bspk_url()))
//!     .bearer_auth(sandbox.bspk_key())
//!     .send()
//!     .await?;
//!
//! let (headers, link) = (page.headers(), page.headers()["link"].to_str()?);
//! assert_eq!(headers["x-total-count"], "130");
//! assert!(link.contains("messages.json?per_page=100&page=2>; rel='next'"));
//! # Ok(())
//! # }
//! ```
//!
//! # Links, metafields and webhooks
//!
//! A shopper can be linked to another `shopper_ref`, and has metafields. A webhook endpoint is posted to when a shopper is
//! created, updated or deleted ([`Sandbox::delete_bspk_shopper`]): the event as JSON, the secret in `X-Bspk-Secret`, by plain HTTP
//! and to this machine alone. It has 5 seconds to answer. What is not answered with a 2xx is sent again, 19 times within 96
//! hours, and the endpoint is then disabled; a 422 is never sent again. [`Sandbox::advance`] lets the hours pass,
//! [`Sandbox::records`] shows the deliveries, and [`Sandbox::deliver_again`] repeats one.
//!
//! # Example: a service that is away for a day
//!
//! ```
//! use std::time::Duration;
//!
//! use serde_json::json;
//! use shoppers_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let post = |path: &str, body: serde_json::Value| {
//!     let url = format!("{}/api/platform/v1/{path}", sandbox.bspk_url());
//!     reqwest::Client::new().post(url).bearer_auth(sandbox.bspk_key()).json(&body).send()
//! };
//! # let away = "http://127.0.0.1:9/hooks";
//! let endpoint = json!({"target_url": away, "is_enabled": true, "events": ["shopper.created"]});
//! post("webhook_endpoints", endpoint).await?;
//! post("shoppers", json!({"shopper": {"shopper_ref": "CLI-789"}})).await?;
//!
//! sandbox.advance(Duration::from_secs(24 * 3600)).await;
//!
//! let delivery = &sandbox.records("deliveries")[0];
//! assert_eq!(delivery["event_name"], "shopper.created");
//! assert_eq!(delivery["state"], "waiting");
//! assert_eq!(delivery["attempts"][0]["error"], "no connection");
//! # Ok(())
//! # }
//! ```
//!
//! # Operations without a handler of their own
//!
//! What the sandbox has no store for is answered from the document: with its example or, without one, with a sample of its
//! schema. Key, quota, faults and counts are as for all, and the request is checked: a parameter or a body that does not fit
//! is a 422, a parameter of the path that is not even a number where it has to be one a 404. A list in the query is read as
//! the document writes it. Where that is with commas, the last of repeated parameters counts, as it may at the vendor.
//!
//! # Decisions where the vendors' documents are silent
//!
//! | | BSPK | Gatsby |
//! | --- | --- | --- |
//! | success | 200 | 200 with the shopper; a delete 204 without a body |
//! | no key, or a wrong one | 401 | 401, also for `Bearer` before the key |
//! | a body that is not JSON, or another `Content-Type` | 400 | 400 |
//! | a method and path that is in no document | 421, `not_served` | 421, `not_served` |
//! | a body of any size | accepted | accepted |
//! | a search without a match | | with `version: 1.1` an empty list, else 404 |
//! | a search by no key or by several | | 422 |
//! | `null` for an attribute | 422 | 422 |
//! | an email without `@` | stored, with a warning | stored |
//! | a phone without `+` | stored, with a warning | 422, as for every phone that is not E.164 |
//! | a blank reference or key, a blank item of a list | 422 | treated as absent |
//! | two creates with one email | | two shoppers |
//! | a write to a shopper that does not exist | creates it | 404 |
//! | the order of a list | oldest first | |
//! | the time that `from` and `to` compare | `updated_at` or, in a list without it, `created_at` | |
//! | both filters of ids, a page or a size below 1, a size above 100 | 422 | |
//! | what `Link` repeats | the whole query | |
//! | `next` on the last page | absent | |
//! | a link to the `shopper_ref` of another shopper | 422 | |
//! | metafields that an upsert does not name | stay | |
//! | the waits between retries of a delivery | grow with the square of their number | |
//! | a retry for an endpoint that was disabled meanwhile | dropped | |
//! | an event of a linked shopper | `shopper.updated` | |
//! | the content of `shopper.deleted` | the whole shopper | |
//! | events of metafields, carts and file imports, whose content no page describes | never delivered | |
//! | deliveries that wait for a retry | at most 10,000, the oldest is then given up | |
//! | HEAD | for lists in pages; else 421 | 421 |
//!
//! Errors of both vendors have an errors list, `{"errors": [{"title": .., "code": ..}]}`. As in BSPK's example a title may
//! quote the request, so the sandbox can show whether your logs keep personal data out.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod behaviour;
mod bspk;
mod document;
mod fault;
mod format;
mod gatsby;
mod injector;
mod quota;
mod request;
mod response;
mod sandbox;
mod schema;
#[cfg(feature = "ui")]
mod search;
mod server;
mod tally;
#[cfg(feature = "ui")]
mod ui;
mod vendor;

pub use self::{
    behaviour::Behaviour,
    fault::Fault,
    quota::Quota,
    request::Request,
    sandbox::{Builder, Sandbox},
    tally::Tally,
};

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
