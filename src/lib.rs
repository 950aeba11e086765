//! Typed clients for two APIs that hold a retail brand's customers: the BSPK Platform and Extraction APIs (clienteling) and the
//! Gatsby Shopper API (social media). Both call a customer a shopper. Types and calls are generated from OpenAPI.
//!
//! ```no_run
//! use shoppers::bspk;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let bspk = bspk::Client::from_env()?; // BSPK_API_KEY
//! let shopper = bspk::Shopper {
//!     shopper_ref: Some("CLI-789".into()),
//!     birthday: Some("02-22".parse()?), // full or partial, checked here
//!     ..Default::default()
//! };
//!
//! println!("stored as {}", bspk.upsert_shopper(&shopper).await?.id);
//! # Ok(())
//! # }
//! ```
//!
//! # The two clients
//!
//! [`bspk::Client`] upserts a shopper: BSPK finds its record by `shopper_ref`, or makes a new one. It links shoppers, keeps their
//! metafields, manages webhook endpoints, and reads the lists of the Extraction API. [`gatsby::Client`]
//! creates, gets, searches, updates and deletes shoppers, and exports media and people. Both are made by `from_env` or a
//! [`Builder`], for one [`ApiKey`] each, and are cheap to clone. Many clients can share one pool of connections ([`Builder::http`]).
//!
//! [`bspk::OPERATIONS`] and [`gatsby::OPERATIONS`] list all that can be called; a tool that goes through them calls each
//! [by its name with JSON](bspk::Client::call_by_name).
//!
//! What neither vendor documents stays open: a text stays a text, an answer keeps fields that are new, or of another type
//! than described, under their names in `extra`, and anything in an answer but its id may be missing or `null`. Each module's
//! page lists what its vendor leaves open.
//!
//! # Errors
//!
//! There is one [`Error`]. Match on its [`kind`](Error::kind), or ask it a question such as
//! [`is_rejected`](Error::is_rejected). [`ErrorKind`] has a table of what a service may answer to its own caller, with a
//! function to copy. An error may go to a log as it is:
//!
//! ```text
//! bspk upsert_shopper: 422 Unprocessable Entity: not_found
//! ```
//!
//! # What is sent again, and what never is
//!
//! A call is sent again depending on what happened and on its [`Idempotency`]: an upsert with a `shopper_ref`, an update and
//! a delete are idempotent; an upsert without a `shopper_ref` and a create are not. After the last attempt a call returns:
//!
//! | what happened | idempotent write | other write | read |
//! | --- | --- | --- | --- |
//! | refused here | invalid | invalid | invalid |
//! | no room in the quota before the deadline, or a full queue | throttled; not sent | the same | the same |
//! | no connection | again; unavailable, not sent | the same | the same |
//! | no answer, or 500, 502, 503, 504 | again; **ambiguous** | **ambiguous** | again; unavailable |
//! | another status in the 500s, 600 and more, or in the 100s | **ambiguous** | **ambiguous** | returned |
//! | a success whose body breaks off | again; unreadable: it was done | unreadable: it was done | again; unreadable |
//! | a success whose body is not as described | unreadable: it was done | unreadable: it was done | unreadable |
//! | 429 | again until the deadline; throttled | the same | the same |
//! | 400, 401, 403, 404, 409, 422, any other 4xx, a redirect | returned | returned | returned |
//!
//! A call counts as not sent if the HTTP client has not begun to read its body, so one that is cut off by its timeout while it
//! connects is tried again. Nor is a call sent if too little of its deadline is left for an answer
//! ([`CallOptions::min_attempt_time`]): it fails as throttled.
//!
//! Once an attempt was ambiguous the error stays ambiguous, whatever the next attempts are answered. A delete that is
//! answered 404 after such an attempt is a success. [`gatsby::Client::ensure_shopper`] resolves an ambiguous
//! create: it searches before it writes, sends a create once, and looks for it if its outcome is unknown.
//!
//! A call is attempted at most three times, within a deadline of 60 seconds; attempts that are answered 429 do not count.
//! Retries back off exponentially with jitter, and a budget that a client's clones share prevents storms of them. [`Retries`] and
//! [`CallOptions`] change that, for a client or for one call of it.
//!
//! # The quota
//!
//! BSPK allows so many calls per 10 seconds (30 in its examples), says how many with each answer, and answers 429 to one
//! more. A client learns the number and keeps to it: callers wait for a permit in order, a call that is sent
//! again keeps its position, and a caller whose permit cannot come before its deadline fails at once: it is
//! [throttled](Error::is_throttled), was not sent, and
//! [`retry_after`](Error::retry_after) has the wait. [`quota`] says how, and `client.quota()` what is known at
//! a moment. [`bspk::Client::upsert_shoppers`] sends a stream of shoppers as fast as the quota allows.
//!
//! Processes that share a key each take a fraction ([`Builder::quota_fraction`]), or keep the quota together through a Redis
//! server (feature `redis`, module `quota_store`).
//!
//! # In a request handler
//!
//! The default deadline of 60 seconds suits a job. A handler that is throttled would wait for its permit most of that time;
//! with a short deadline it fails at once, and can pass the wait on to its own caller:
//!
//! ```
//! use std::time::Duration;
//!
//! use shoppers::{ApiKey, bspk};
//!
//! let bspk = bspk::Client::builder(ApiKey::new("key_4711")?).build()?; // or `BSPK_DEADLINE=3s` and `from_env`
//! let in_handlers = bspk.with(|call| call.deadline(Duration::from_secs(3)));
//! # drop(in_handlers);
//! # Ok::<(), shoppers::Error>(())
//! ```
//!
//! [`deploying`] has the whole handler, and more for services: replicas and their fractions, one client per runtime, and
//! writes in a task of their own, as a call whose future is dropped may have been carried out.
//!
//! # Privacy
//!
//! No `Debug`, `Display`, error or log line of this crate shows a shopper's data or a key; httpmock's own report of a mock that
//! was not called as expected does, in tests. `Debug` of a shopper shows which
//! fields are set. A vendor's own words, which may quote what was sent, are behind [`Error::problems`],
//! [`Error::body`] and [`bspk::Upserted::warnings`], for code that asks.
//!
//! # Spans and events
//!
//! Each call is a [`tracing`](https://docs.rs/tracing) span `call` at the level `DEBUG`, with `vendor` and `operation`. In
//! it each attempt is a span `attempt` with `server.address`, `http.request.method`, `http.request.resend_count`,
//! `http.response.status_code` and `error.type` (the status, or the word of the [`ErrorKind`]), as OpenTelemetry names them; a wait is an event with `wait`, a failed
//! attempt one with `attempt`. Two events are for an operator: a wait for the quota of a second or more is `INFO`, and a
//! write that is dropped when it may have been carried out is `WARN`. [`quota::Snapshot`] has totals for metrics. `cargo run --example observe` shows them.
//!
//! # Webhooks
//!
//! With the feature `webhooks` the module `bspk::webhooks` verifies what BSPK delivers, in constant time and before anything of
//! it is read, and has the events as types. With `axum` they are extractors.
//!
//! # Testing
//!
//! The crate `shoppers-sandbox` is a fake server for both vendors, in your own process, that remembers and checks what it is
//! sent. The feature `httpmock` has typed mocks, which answer
//! just what a test chooses: see the module `mock`.
//!
//! # Schemas
//!
//! With the feature `schemars` each type that is data has a JSON Schema, for a service that takes or gives shoppers and
//! documents that. The name of a schema says whose it is: `BspkShopper`, `GatsbyShopper`.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `client` (default) | the clients: reqwest with rustls, tokio |
//! | `generate` (default) | generation from `specs` while building; without it the committed output is compiled |
//! | `redis` | a quota that processes keep together through a Redis or Valkey server |
//! | `schemars` | JSON Schemas of the types |
//! | `httpmock` | typed mocks of both vendors |
//! | `webhooks` | receiving BSPK's webhooks, with any web framework |
//! | `axum` | the same as extractors for axum |
//!
//! With `default-features = false` the types are left, without an HTTP stack and without the generator. Only a fork that edits
//! `specs` needs `generate`: the committed output is the same byte for byte.
//!
//! # What it does not do
//!
//! It has the operations of its documents and no others: no file imports at the vendor. Without fractions or a store,
//! processes that share a key learn of each other by the remaining calls and by 429s alone.
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the clients there is nothing for their links to lead to.
#![cfg_attr(not(feature = "client"), allow(rustdoc::broken_intra_doc_links))]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

#[cfg(feature = "client")]
mod arguments;
#[cfg(feature = "client")]
mod auth;
#[cfg(feature = "client")]
mod base_url;
pub mod bspk;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod comma_list;
#[cfg(feature = "client")]
mod core;
#[cfg(feature = "client")]
pub mod deploying;
#[cfg(feature = "client")]
mod error;
mod fields;
pub mod gatsby;
mod invalid_value;
#[cfg(feature = "client")]
mod key;
#[cfg(feature = "httpmock")]
pub mod mock;
#[cfg(feature = "client")]
mod operation;
#[cfg(feature = "client")]
mod pages;
#[cfg(feature = "client")]
pub mod quota;
#[cfg(feature = "redis")]
pub mod quota_store;
#[cfg(feature = "client")]
mod retry;
pub mod spec;
mod text;
mod validation;

#[cfg(feature = "client")]
pub use self::core::CallOptions;
#[cfg(feature = "client")]
pub use builder::{Buildable, Builder, http_client};
#[cfg(feature = "client")]
pub use comma_list::CommaList;
#[cfg(feature = "client")]
pub use error::{Error, ErrorKind, Problem};
#[cfg(feature = "client")]
pub use key::ApiKey;
#[cfg(feature = "client")]
pub use operation::{
    Effect, Idempotency, Operation, Parameter, ParameterKind, ParameterLocation, RequestBody,
};
#[cfg(feature = "client")]
pub use pages::{Cursor, Page, Pages};
#[cfg(feature = "client")]
pub use retry::Retries;

/// The README's examples are compiled with the rest.
#[cfg(all(doctest, feature = "httpmock"))]
#[doc = include_str!("../README.md")]
struct Readme;
