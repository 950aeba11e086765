//! The BSPK Platform and Extraction APIs: clienteling. Creates or updates shoppers, links them, keeps their metafields, manages webhook
//! endpoints, and reads what sales associates did.
//!
//! # Example: a shopper of your own system
//!
//! ```no_run
//! use shoppers::bspk;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let bspk = bspk::Client::from_env()?; // BSPK_API_KEY
//!
//! let stored = bspk
//!     .upsert_shopper(&bspk::Shopper {
//!         shopper_ref: Some("CLI-789".into()),
//!         first_name: Some("John".into()),
//!         birthday: Some("02-22".parse()?), // full or partial, checked here
//!         email_contact: Some(true.into()), // travels as "true"
//!         ..Default::default()
//!     })
//!     .await?;
//! println!("stored as {}, warnings: {:?}", stored.id, stored.warnings());
//! # Ok(())
//! # }
//! ```
//!
//! # Names
//!
//! BSPK has two names for what a brand calls its own shopper: `shopper_ref` in a request, `external_id` in an answer. Both
//! stay as they are. `id` is BSPK's own.
//!
//! # Webhooks
//!
//! With the feature `webhooks` the module `webhooks` verifies and reads what BSPK delivers.
//!
//! # What BSPK does not document
//!
//! - Whether `null` or an empty text clears a value. A field that is `None` is not sent.
//! - The order of day and month in `creation_date`. It stays a text.
//! - How a `;` inside of a list would be escaped. A value that holds one is refused here.

mod birthday;
#[cfg(feature = "client")]
mod client;
mod contact_channel;
#[cfg(feature = "client")]
mod ensure;
mod event_name;
mod flag;
mod gender;
mod list;
mod open_enum;
mod preferences;
mod timestamp;
#[cfg(feature = "client")]
mod upserts;
#[cfg(feature = "webhooks")]
pub mod webhooks;

/// Types, client and mocks, generated from `specs`.
#[allow(dead_code, rustdoc::bare_urls)]
pub(crate) mod generated {
    #[cfg(feature = "generate")]
    include!(concat!(env!("OUT_DIR"), "/bspk.rs"));
    #[cfg(not(feature = "generate"))]
    include!("../specs/bspk.rs");
}

pub use crate::invalid_value::InvalidValue;
pub use birthday::Birthday;
#[cfg(feature = "client")]
pub use client::Client;
pub use contact_channel::{ContactChannel, OtherContactChannel};
#[cfg(feature = "client")]
pub use ensure::EnsuredEndpoint;
pub use event_name::{EventName, OtherEventName};
pub use flag::Flag;
pub use gender::{Gender, OtherGender};
pub use generated::{public::*, types::error::ConversionError};
pub use list::{IgnoreColumns, Languages};
pub use preferences::Preferences;
pub use timestamp::Timestamp;
#[cfg(feature = "client")]
pub use upserts::Upserts;

impl Upserted {
    /// BSPK's warnings about this shopper, which it stored anyway. They may hold the shopper's data.
    pub fn warnings(&self) -> &[String] {
        self.warnings.as_deref().unwrap_or_default()
    }
}
