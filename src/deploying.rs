//! A guide to running a service with this crate: clients, deadlines, replicas, and calls that are dropped. It has no items.
//!
//! # One client per key, made once
//!
//! Make a client when the service starts, and clone it: clones share connections, the quota and the budget of retries. A
//! client that is made for each request knows no quota, and opens a connection each time.
//!
//! Settings that differ between deployments come from the environment:
//! [`Builder::from_env`](crate::Builder::from_env) lists the variables.
//!
//! Use a client on one tokio runtime. A pooled connection belongs to the runtime that opened it. Once that runtime has
//! ended, or is no longer driven, a call over the connection gets no answer: it fails after
//! [`attempt_timeout`](crate::Builder::attempt_timeout), and a write is then [ambiguous](crate::Error::is_ambiguous)
//! although it may never have left. Each `#[tokio::test]` has a runtime of its own, so make a client in each.
//!
//! # Deadlines in request handlers
//!
//! By default a call has 60 seconds, which suits a job. A request handler that is throttled would wait for a permit most of
//! that time, long after its own caller has given up. Give handlers a short deadline. A wait for the quota that cannot fit
//! into it is not begun: the call fails at once, as not sent, with the wait to pass on.
//!
//! ```
//! use std::time::Duration;
//!
//! use shoppers::{Retries, bspk};
//!
//! # fn answer(_: &shoppers::Error) -> (u16, Option<u64>) { (502, None) }
//! /// The handler of `PUT /customers/{number}`: a status, and a `Retry-After` in seconds.
//! async fn put_customer(bspk: bspk::Client, number: String, email: String) -> (u16, Option<u64>) {
//!     let shopper = bspk::Shopper {
//!         shopper_ref: Some(number),
//!         email: Some(email),
//!         ..Default::default()
//!     };
//!     match bspk.upsert_shopper(&shopper).await {
//!         Ok(_) => (204, None),
//!         Err(err) => answer(&err), // of the example at `ErrorKind`: throttled is 503, with the wait
//!     }
//! }
//!
//! // Made once. Jobs use it as it is, and handlers a clone with a short deadline.
//! let bspk = bspk::Client::builder("key_4711".parse()?).build()?;
//! let in_handlers = bspk.with(|call| {
//!     call.deadline(Duration::from_secs(3))
//!         .attempt_timeout(Duration::from_secs(2))
//!         .retries(Retries::new().attempts(2))
//! });
//! # drop((in_handlers, put_customer));
//! # Ok::<(), shoppers::Error>(())
//! ```
//!
//! [`ErrorKind`](crate::ErrorKind) has the function `answer`, and a table of all kinds.
//!
//! # Replicas
//!
//! A vendor counts the calls of a key, whichever process makes them. Clients of different processes do not talk to each
//! other, so give each a fraction: with four replicas, `BSPK_QUOTA_FRACTION=0.25`
//! ([`quota_fraction`](crate::Builder::quota_fraction)).
//!
//! With more than a few, or with an autoscaler, keep the quota together through a Redis server instead (feature `redis`, module
//! `quota_store`). If you use fractions:
//!
//! - **Only one is busy.** A fraction is fixed: what the others do not use is left unused. One busy process among nine idle ones made
//!   69 calls in 20 seconds with fractions, and 600 with a store (BENCHMARKS.md). Send imports and other bulk work from one
//!   process with a large fraction, and give the others small ones; they need not be equal.
//! - **One is added.** Change the fraction of all: five replicas with 0.25 each are answered 429 now and then. The same
//!   happens while a deployment rolls and old and new fractions add up to more than 1. Such calls are sent again on their own,
//!   and each client allows itself less for a while. For an autoscaled service, divide by the most replicas that there
//!   can be.
//! - **More replicas than calls.** A fraction is rounded down to whole calls, but at least to one: with a limit of 30, more
//!   than 30 replicas are too many for one key.
//! - **Without fractions** clients learn of each other by what the vendor says is left, and by 429s. Everything is stored in
//!   the end, but two processes took 1.2 to 1.5 of the time that the quota makes necessary (BENCHMARKS.md).
//!
//! `client.quota()` is a snapshot of what a client knows about its quota, for metrics, with totals of the 429s, the calls
//! that were sent again, and the waits.
//!
//! # Calls that are dropped
//!
//! A call ends when its future is dropped: by a timeout around it, by `select!`, or because a browser hangs up and the web
//! framework drops the handler. If the request was already sent, the vendor may carry it out, and the answer is lost. A
//! create that is dropped after it was sent leaves a shopper that the service does not know of, and the next request creates
//! another.
//!
//! So spawn writes, and let the handler wait for the task. Dropping the handler then does not drop the call.
//!
//! ```
//! use std::error::Error;
//!
//! use shoppers::gatsby;
//!
//! async fn create(
//!     gatsby: gatsby::Client,
//!     shopper: gatsby::ShopperInput,
//! ) -> Result<(), Box<dyn Error + Send + Sync>> {
//!     let call = tokio::spawn(async move {
//!         let created = gatsby.create_shopper(&shopper).await?;
//!         println!("created {:?}", created.id()); // store the id here, in the task
//!         Ok(())
//!     });
//!     call.await?
//! }
//! # drop(create);
//! ```
//!
//! Reads can be dropped at any time, and so can a write that still waits for the quota: it leaves the queue. A
//! write that may have been carried out when it is dropped is an event at `WARN`. Before the
//! service exits, wait for the tasks (`tokio_util::task::TaskTracker`), as a runtime that shuts down drops them.
