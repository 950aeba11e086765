//! A stand-in for both vendors, for tests: yours and ours.
//!
//! A [`Sandbox`] is a server in your own process, on a free port of the loopback address, that
//! answers as BSPK and Gatsby say they do. It is **stateful**: a BSPK shopper is upserted by its
//! `shopper_ref`, a Gatsby shopper that was created can be read, searched for, updated and deleted.
//! It is **strict**: bodies are held against the vendors' documents and not against the types of
//! this crate, and an attribute that a vendor does not know is a 422. And it
//! **misbehaves on demand**: quotas, latency, and [`Fault`]s by chance or by script.
//!
//! # Example: a shopper that is stored
//!
//! Any HTTP client will do, here reqwest.
//!
//! ```
//! use serde_json::{Value, json};
//! use shoppers_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//!
//! let answer = reqwest::Client::new()
//!     .post(format!("{}/api/platform/v1/shoppers", sandbox.bspk_url()))
//!     .bearer_auth(sandbox.bspk_key())
//!     .json(&json!({"shopper": {"shopper_ref": "CLI-789", "first_name": "John"}}))
//!     .send()
//!     .await?;
//!
//! assert_eq!(answer.json::<Value>().await?["external_id"], "CLI-789");
//! assert_eq!(sandbox.bspk_shopper("CLI-789").unwrap()["first_name"], "John");
//! # Ok(())
//! # }
//! ```
//!
//! # Example: an answer that is lost
//!
//! ```
//! use serde_json::json;
//! use shoppers_sandbox::{Behaviour, Fault, Sandbox};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let forgetful = Behaviour::new().script([(1, Fault::ClosedAfter)]);
//! let sandbox = Sandbox::builder().gatsby(forgetful).start().await?;
//!
//! let outcome = reqwest::Client::new()
//!     .post(format!("{}/public/shopper", sandbox.gatsby_url()))
//!     .header("authorization", sandbox.gatsby_key())
//!     .json(&json!({"channel": {"instagram": {"email": "john@example.com"}}}))
//!     .send()
//!     .await;
//!
//! assert!(outcome.is_err());
//! assert_eq!(sandbox.gatsby_tally().made, 1); // and yet
//! # Ok(())
//! # }
//! ```
//!
//! # What was decided where the vendors are silent
//!
//! | | BSPK | Gatsby |
//! | --- | --- | --- |
//! | success | 200 | 200 with the shopper; a delete 204 without a body |
//! | no key, or a wrong one | 401 | 401, also for `Bearer` in front of the key |
//! | a body that is no JSON, or not said to be | 400 | 400 |
//! | a method and path that the sandbox does not serve | 421, `not_served` | 421, `not_served` |
//! | a body of any size | read | read |
//! | a search without a match | | with `version: 1.1` an empty list, else 404 |
//! | a search by none or by several | | 422 |
//! | `null` for an attribute | 422 | 422 |
//! | an email without `@` | stored, with a warning | stored |
//! | a phone without `+` | stored, with a warning | 422, as every phone that is not E.164 |
//! | a blank reference or key, a blank item of a list | 422 | as if it were not given |
//! | two creates with one email | | two shoppers |
//! | a write to what is not there | makes it | 404 |
//!
//! Refusals carry an errors list, `{"errors": [{"title": .., "code": ..}]}`, from both vendors. As
//! in BSPK's example a title may quote what was sent; that makes the sandbox a good place to see
//! that your logs keep people out.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod answer;
mod behaviour;
mod body;
mod bspk;
mod builder;
mod fault;
mod format;
mod gate;
mod gatsby;
mod quota;
mod request;
mod schema;
mod server;
mod shelf;
mod tally;
mod time;
mod vendor;

use std::{fmt, io, sync::Arc};

use serde_json::Value;
use tokio::{sync::oneshot, task::JoinHandle};

pub use self::{
    behaviour::Behaviour, builder::Builder, fault::Fault, quota::Quota, request::Request,
    tally::Tally,
};
use self::{bspk::Bspk, gatsby::Gatsby, server::House};

const BSPK_KEY: &str = "sandbox_bspk_key";
const GATSBY_KEY: &str = "pk_sandbox_gatsby_key";

/// Both vendors, running.
///
/// Dropping it frees the port before the drop returns, and no call that arrives later is answered or carried out.
/// Connections that are still open are closed by the runtime soon after; [`stop`](Self::stop) waits for that.
pub struct Sandbox {
    url: String,
    house: Arc<House>,
    bspk: Arc<Bspk>,
    gatsby: Arc<Gatsby>,
    running: Running,
    server: JoinHandle<()>,
}

/// Stops the server when it is dropped.
struct Running {
    house: Arc<House>,
    _stop: oneshot::Sender<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.house.close();
    }
}

impl Sandbox {
    /// Starts both vendors on a free port, without quota, latency or faults.
    ///
    /// # Errors
    ///
    /// As [`Builder::start`].
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A sandbox whose vendors behave otherwise.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where BSPK is: `http://127.0.0.1:PORT`, in place of `https://api.bspk.com`.
    pub fn bspk_url(&self) -> &str {
        &self.url
    }

    /// Where Gatsby is: `http://127.0.0.1:PORT`, in place of `https://gatsby.tech`. The two differ
    /// by their paths.
    pub fn gatsby_url(&self) -> &str {
        &self.url
    }

    /// The key that BSPK accepts: `sandbox_bspk_key`.
    pub fn bspk_key(&self) -> &str {
        BSPK_KEY
    }

    /// The key that Gatsby accepts: `pk_sandbox_gatsby_key`.
    pub fn gatsby_key(&self) -> &str {
        GATSBY_KEY
    }

    /// What BSPK counted up to now.
    pub fn bspk_tally(&self) -> Tally {
        let count = self.bspk.count();
        self.house.bspk.gate.tally(count, count)
    }

    /// What Gatsby counted up to now.
    pub fn gatsby_tally(&self) -> Tally {
        let (made, count) = {
            let shelf = self.gatsby.shelf();
            (shelf.made(), shelf.count())
        };
        self.house.gatsby.gate.tally(made, count)
    }

    /// BSPK's shopper with this `shopper_ref`: the attributes as they were sent, and the `id`.
    pub fn bspk_shopper(&self, shopper_ref: &str) -> Option<Value> {
        self.bspk.shopper(shopper_ref)
    }

    /// All of BSPK's shoppers, the oldest first, as [`bspk_shopper`](Self::bspk_shopper) has them.
    pub fn bspk_shoppers(&self) -> Vec<Value> {
        self.bspk.shoppers()
    }

    /// Gatsby's shopper with this `_id`, as a get answers it.
    pub fn gatsby_shopper(&self, id: &str) -> Option<Value> {
        self.gatsby.shelf().get(id)
    }

    /// All of Gatsby's shoppers, the oldest first, as a get answers them.
    pub fn gatsby_shoppers(&self) -> Vec<Value> {
        self.gatsby.shelf().all()
    }

    /// What the vendors were sent, in the order of arrival; of many the latest, see
    /// [`Builder::requests`].
    pub fn requests(&self) -> Vec<Request> {
        self.house.recorder.requests()
    }

    /// Lets BSPK behave so from the next call on, which is then number 1 of a script. Shoppers and
    /// tally stay; the quota's count starts anew.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) as for [`Builder::start`]; then nothing
    /// changes.
    pub fn bspk_behaves(&self, behaviour: Behaviour) -> io::Result<()> {
        behaviour.check()?;
        self.house.bspk.gate.behave(behaviour);
        Ok(())
    }

    /// Lets Gatsby behave so from the next call on, as [`bspk_behaves`](Self::bspk_behaves) does
    /// for BSPK.
    ///
    /// # Errors
    ///
    /// As [`bspk_behaves`](Self::bspk_behaves).
    pub fn gatsby_behaves(&self, behaviour: Behaviour) -> io::Result<()> {
        behaviour.check()?;
        self.house.gatsby.gate.behave(behaviour);
        Ok(())
    }

    /// Stops, and waits until the port is free and each connection is closed. Dropping stops
    /// without the wait for the connections.
    pub async fn stop(self) {
        drop(self.running);
        // An error says that the runtime is going down, and the server with it.
        let _ = self.server.await;
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// The README's example is compiled with the rest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
