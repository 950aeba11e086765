//! The sandbox on the wire: reqwest and plain TCP against it; the client's types only where both have to agree.

#![cfg(feature = "sandbox")]

#[cfg(feature = "client")]
#[path = "sandbox/agreement.rs"]
mod agreement;
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
