//! Typed mocks of both vendors, for the tests of a service.
//!
//! [`Bspk`] and [`Gatsby`] are servers in your own process, by [httpmock](https://docs.rs/httpmock), that answer just what a
//! test tells them: a mock says which calls it is for, in the types of this crate, and what they are answered. They know
//! nothing and remember nothing; the `sandbox` does. Each test has its own, so tests run side by side.
//!
//! # Example: a service and its test
//!
//! ```
//! use shoppers::{Error, bspk, mock};
//!
//! /// Registers a customer of ours, and returns the id that BSPK has for them.
//! async fn register(bspk: &bspk::Client, number: &str, email: &str) -> Result<Option<i64>, Error> {
//!     let shopper = bspk::Shopper {
//!         shopper_ref: Some(number.into()),
//!         email: Some(email.into()),
//!         ..Default::default()
//!     };
//!     match bspk.upsert_shopper(&shopper).await {
//!         Ok(stored) => Ok(Some(stored.id)),
//!         Err(err) if err.is_rejected() => Ok(None), // for a person to look at
//!         Err(err) => Err(err),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bspk = mock::Bspk::start();
//! let john = bspk.upsert_shopper(|when, then| {
//!     when.shopper_ref("CLI-789");
//!     then.stored(17, "CLI-789");
//! });
//! bspk.upsert_shopper(|_, then| {
//!     then.rejected([("invalid", "email is not one")]);
//! });
//!
//! assert_eq!(register(&bspk.client()?, "CLI-789", "john@example.com").await?, Some(17));
//! assert_eq!(register(&bspk.client()?, "CLI-790", "jane").await?, None);
//! john.assert(); // was called once
//! # Ok(())
//! # }
//! ```
//!
//! There is a method for each operation. It returns httpmock's [`Mock`](httpmock::Mock): `assert()` wants one call,
//! `assert_calls(2)` two, `calls()` counts. Anything that the helpers do not have, such as a delay, is behind
//! `into_inner()` of `when` and `then`.
//!
//! # Which mock answers
//!
//! The first that was added, is for the call, and has not answered as often as it may. So a sequence is a mock that
//! answers [`once`](bspk::UpsertShopperThen::once) or some [`times`](bspk::UpsertShopperThen::times), and after it another. A call that
//! no mock is for is answered 421, `no_mock_matches`. No vendor answers that, and the error is
//! [`Unexpected`](crate::ErrorKind::Unexpected): it cannot pass for a shopper who is not there.
//!
//! # Example: away for a moment, then too busy, then a shopper
//!
//! ```
//! use shoppers::{bspk, mock};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bspk = mock::Bspk::start();
//! let away = bspk.upsert_shopper(|_, then| {
//!     then.unavailable().once();
//! });
//! let busy = bspk.upsert_shopper(|_, then| {
//!     then.throttled(30, 0).once();
//! });
//! let stored = bspk.upsert_shopper(|_, then| {
//!     then.stored(17, "CLI-789").quota(30, 29);
//! });
//!
//! let john = bspk::Shopper { shopper_ref: Some("CLI-789".into()), ..Default::default() };
//! assert_eq!(bspk.client()?.upsert_shopper(&john).await?.id, 17);
//! for mock in [away, busy, stored] {
//!     mock.assert();
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Example: a vendor that is too busy until the deadline
//!
//! ```
//! use std::time::Duration;
//!
//! use shoppers::{bspk, mock};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bspk = mock::Bspk::start();
//! bspk.upsert_shopper(|_, then| {
//!     then.throttled(30, 0).retry_after(Duration::from_secs(30)); // longer than the deadline
//! });
//!
//! let err = bspk.client()?.upsert_shopper(&bspk::Shopper::default()).await.unwrap_err();
//! assert!(err.is_throttled()); // at once
//! assert_eq!(err.retry_after(), Some(Duration::from_secs(30)));
//! # Ok(())
//! # }
//! ```
//!
//! # The client
//!
//! `client()` gives a client that behaves as it will in production, but for its waits: a retry comes at once, the window of
//! the quota, which a 429 lets pass, is a millisecond, and the deadline is 2 s. `client_with` changes that, for instance to
//! [`Retries::off`](crate::Retries::off). A service that makes its own client needs `url()`.
//!
//! # Comparing shoppers
//!
//! `Debug` of a shopper does not show values, so a failing `assert_eq!` of two shoppers prints the same on both sides.
//! Compare them as JSON, and it prints what differs:
//!
//! ```
//! use serde_json::json;
//! use shoppers::bspk;
//!
//! let given = bspk::Shopper { first_name: Some("John".into()), ..Default::default() };
//! let expected = bspk::Shopper { first_name: Some("John".into()), ..Default::default() };
//!
//! assert_eq!(json!(given), json!(expected));
//! ```
//!
//! # Privacy
//!
//! httpmock itself logs all that it is sent, through `tracing` at the level debug, and shows it when an `assert` fails. Let
//! tests be about people who do not exist.

pub mod bspk;
pub mod gatsby;
mod server;
pub(crate) mod then;

pub use httpmock;

pub use self::{bspk::Bspk, gatsby::Gatsby, server::Server};
