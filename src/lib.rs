//! Typed clients for the two APIs that a retail brand's services talk to about its customers: the BSPK Platform API
//! (clienteling) and the Gatsby Shopper API (social). Types and calls are generated from OpenAPI.
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
//! [`bspk::Client`] upserts a shopper: BSPK finds its record by `shopper_ref`, or makes a new one. [`gatsby::Client`]
//! creates, gets, searches, updates and deletes shoppers. Both are made by `from_env` or a [`Builder`], for one
//! [`ApiKey`] each, and are cheap to clone. Many clients can share one pool of connections ([`Builder::http`]).
//!
//! What neither vendor documents stays open: a text stays a text, an answer keeps fields that are new (`extra`), and
//! anything in an answer but its id may be missing or `null`. Each module's page lists what its vendor leaves open.
//!
//! # Errors
//!
//! There is one [`Error`]. Ask it first whether the vendor may have done it all the same
//! ([`is_ambiguous`](Error::is_ambiguous)), then for the answers that you expect. It may go to a log as it is:
//!
//! ```text
//! bspk upsert_shopper: answered 422, not_found
//! ```
//!
//! # Privacy
//!
//! No `Debug`, `Display`, error or log line of this crate shows a shopper's data or a key. `Debug` of a shopper shows which
//! fields are set. A vendor's own words, which may quote what was sent, are behind [`Error::problems`],
//! [`Error::body`] and [`bspk::Upserted::warnings`], for code that asks.
//!
//! # What is seen of a call
//!
//! Each call is a [`tracing`](https://docs.rs/tracing) span at the level `DEBUG` with the fields `vendor`, `operation`,
//! `server.address`, `http.request.method`, `http.response.status_code` and `error.type`, as OpenTelemetry names them.
//!
//! # Testing
//!
//! The feature `sandbox` has a stand-in for both vendors, in your own process, that remembers and checks what it is sent:
//! see [`sandbox`](https://docs.rs/shoppers/latest/shoppers/sandbox/).
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `client` (default) | the clients: reqwest with rustls, tokio |
//! | `schemars` | JSON Schemas of the types |
//! | `sandbox` | the stand-in for both vendors |
//!
//! With `default-features = false` the types are left, without an HTTP stack.
//!
//! # What it does not do
//!
//! It has the six operations above and no others: no webhooks, no extraction API, no file imports. It does not wait for a
//! quota, and it does not try again.
#![cfg_attr(docsrs, feature(doc_cfg))]
// Without the clients there is nothing for their links to lead to.
#![cfg_attr(not(feature = "client"), allow(rustdoc::broken_intra_doc_links))]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod bspk;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod call_options;
#[cfg(feature = "client")]
mod error;
pub mod gatsby;
#[cfg(feature = "client")]
mod key;
#[cfg(feature = "client")]
pub mod quota;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "client")]
mod signature;
pub mod spec;
#[cfg(feature = "client")]
mod turn;

#[cfg(feature = "client")]
pub use builder::{Buildable, Builder, http_client};
#[cfg(feature = "client")]
pub use call_options::CallOptions;
#[cfg(feature = "client")]
pub use error::{Error, Problem};
#[cfg(feature = "client")]
pub use key::ApiKey;
#[cfg(feature = "client")]
pub use retry::Retries;

/// The README's examples are compiled with the rest.
#[cfg(all(doctest, feature = "client", feature = "sandbox"))]
#[doc = include_str!("../README.md")]
struct Readme;
