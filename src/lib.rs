#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod bspk;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod error;
pub mod gatsby;
#[cfg(feature = "client")]
mod key;

#[cfg(feature = "client")]
pub use builder::{Buildable, Builder, http_client};
#[cfg(feature = "client")]
pub use error::{Error, Problem};
#[cfg(feature = "client")]
pub use key::ApiKey;
