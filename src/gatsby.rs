//! The Gatsby Shopper API: social media. It creates, gets, searches, updates and deletes shoppers, and exports media and people.
//!
//! # Example: every shopper with an e-mail address
//!
//! ```no_run
//! use shoppers::{ApiKey, gatsby};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let gatsby = gatsby::Client::builder(ApiKey::new("pk_4711")?)
//!     .environment(gatsby::Environment::Development) // dev.gatsby.tech
//!     .build()?;
//!
//! for shopper in gatsby.search_shoppers(gatsby::By::Email("john@example.com")).await? {
//!     println!("{}", shopper.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What Gatsby does not document
//!
//! - What create, update and delete answer. Any 2xx is a success, and [`WriteResponse`] gives what there is.
//! - What a search without a match answers. An empty list, `null`, `{}`, nothing at all and a 404 all mean that there is
//!   none.
//! - Whether an update merges or replaces. Send what you want to be there: a shopper that was read turns into the body of
//!   an update ([`ShopperInput`]'s `From`).
//! - Whether two creates make two shoppers. Nothing says that they do not, so assume it.
//! - How soon a search shows what was written, and how long it still shows what was deleted. After a create whose outcome
//!   is unknown, a search without a match proves nothing: [`CallOptions::settling_time`](crate::CallOptions::settling_time).

#[cfg(feature = "client")]
mod by;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod creates;
mod date;
#[cfg(feature = "client")]
mod ensure;
#[cfg(feature = "client")]
mod environment;
mod shopper_input;
#[cfg(feature = "client")]
mod write_response;

/// Types, client and mocks, generated from `specs`.
#[allow(dead_code, rustdoc::bare_urls)]
pub(crate) mod generated {
    #[cfg(feature = "generate")]
    include!(concat!(env!("OUT_DIR"), "/gatsby.rs"));
    #[cfg(not(feature = "generate"))]
    include!("../specs/gatsby.rs");
}

pub use crate::invalid_value::InvalidValue;
#[cfg(feature = "client")]
pub use by::By;
#[cfg(feature = "client")]
pub use client::Client;
pub use date::Date;
#[cfg(feature = "client")]
pub use ensure::Ensured;
#[cfg(feature = "client")]
pub use environment::Environment;
pub use generated::public::*;
#[cfg(feature = "client")]
pub use write_response::WriteResponse;
