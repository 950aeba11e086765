//! The fake server over HTTP, by reqwest and plain TCP, and never by the types of the client.
#![forbid(unsafe_code)]

mod bspk;
mod extraction;
mod fault;
mod gatsby;
mod life;
mod links;
mod operations;
mod quota;
#[cfg(feature = "ui")]
mod ui;
mod webhooks;
mod wire;
