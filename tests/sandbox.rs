//! The sandbox on the wire: reqwest and plain TCP against it, and none of the client's types.

#![cfg(feature = "sandbox")]

#[path = "sandbox/bspk.rs"]
mod bspk;
#[path = "sandbox/fault.rs"]
mod fault;
#[path = "sandbox/gatsby.rs"]
mod gatsby;
#[path = "sandbox/life.rs"]
mod life;
#[path = "sandbox/quota.rs"]
mod quota;
#[path = "sandbox/wire.rs"]
mod wire;
