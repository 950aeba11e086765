//! Receiving BSPK's webhooks: verify the bytes, answer, and read the event later.
//!
//! BSPK posts each event as JSON to the `target_url` of a webhook endpoint, with the endpoint's secret, word for word, in the
//! header [`HEADER`]. A [`Receiver`] compares it, in constant time, before it looks at anything else.
//!
//! # Example: with any web framework
//!
//! ```
//! use shoppers::bspk::webhooks::{Event, ReceiveError, Receiver};
//!
//! /// The status that BSPK is answered.
//! fn handle(receiver: &Receiver, header: Option<&[u8]>, body: Vec<u8>) -> u16 {
//!     let handled = receiver.receive(header, body).and_then(|delivery| {
//!         match delivery.event()? {
//!             Event::ShopperUpdated(shopper) => println!("updated: {}", shopper.ref_.is_some()),
//!             Event::Other { .. } => {} // new to this crate, or deprecated
//!             _ => {}
//!         }
//!         Ok(())
//!     });
//!     handled.map_or_else(|err: ReceiveError| err.status(), |()| 200)
//! }
//!
//! let receiver = Receiver::new(["new-secret", "old-secret"])?;
//! let body = br#"{"event_name": "shopper.updated", "object": {"id": 17, "ref": "CLI-789"}}"#;
//! assert_eq!(handle(&receiver, Some(b"old-secret"), body.to_vec()), 200);
//! assert_eq!(handle(&receiver, None, body.to_vec()), 401);
//! # Ok::<(), shoppers::bspk::InvalidValue>(())
//! ```
//!
//! With the feature `axum`, [`Delivery`] and [`Event`] are extractors; `examples/webhooks.rs` is a whole service.
//!
//! # Answers
//!
//! BSPK waits 5 seconds for an answer. Anything but a 2xx is sent again, 19 times within 96 hours, and an endpoint that goes on
//! failing is disabled. A 422 counts as failed, and is never sent again. So:
//!
//! | what happened | answer | what BSPK does |
//! | --- | --- | --- |
//! | accepted, or an event that the service does not handle | 200 | nothing more |
//! | no secret, or a wrong one | 401 | sends it again, so a secret that was not deployed yet loses nothing |
//! | a body that is no event, or too large | 422 | drops it: sent again it would be no better |
//! | the service's own work failed, or its queue is full | 500 or 503 | sends it again |
//!
//! [`ReceiveError::status`] has the numbers. Answer first and work later: put [`Delivery::body`] into a queue that survives a
//! restart, and read it there with [`Event::from_slice`].
//!
//! # What this scheme cannot do
//!
//! The secret is a password and no signature: it says who sent a delivery, not when, nor that it was not changed on the way. A
//! delivery has no id and no time. Retries bring the same one again, two endpoints bring it twice, and the order is not
//! documented. [`Delivery::fingerprint`] tells equal bodies; a store of them has to outlive the 96 hours, and two equal
//! updates of a shopper look like one.
//!
//! # Registration
//!
//! `ensure_webhook_endpoint` of the client creates the endpoint, or finds it, with the list of events that the service handles.
//!
//! # Rotation
//!
//! A secret is shown once, by `create_webhook_endpoint`, and no operation changes it. So: create a second endpoint for the same
//! URL, give the receiver both secrets, then disable the first endpoint with `update_webhook_endpoint`.

mod event;
#[cfg(feature = "axum")]
mod extract;
mod receive_error;
mod test_delivery;

use std::{fmt, sync::Arc};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

pub use self::{event::Event, receive_error::ReceiveError, test_delivery::TestDelivery};
use super::InvalidValue;

/// The header with the secret, in lower case.
pub const HEADER: &str = "x-bspk-secret";

/// The largest body that is accepted by default. A shopper is some kilobytes.
const BODY_LIMIT: usize = 1 << 20;

/// Verifies deliveries by the secrets of one or more webhook endpoints. It is cheap to clone.
///
/// It keeps hashes of the secrets, so `Debug` and memory show none.
#[derive(Clone)]
pub struct Receiver {
    digests: Arc<[[u8; 32]]>,
    body_limit: usize,
}

impl Receiver {
    /// Makes a receiver that accepts each of these secrets: one, or two during a rotation.
    ///
    /// # Errors
    ///
    /// No secret at all, or one that is empty or holds white space, quotes or anything else that is not visible ASCII, such as
    /// a line end that was pasted along. The message does not repeat it.
    pub fn new(secrets: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, InvalidValue> {
        let digests = secrets
            .into_iter()
            .map(|secret| {
                let secret = secret.as_ref();
                check(secret).map(|()| digest(secret.as_bytes()))
            })
            .collect::<Result<Arc<[_]>, _>>()?;
        if digests.is_empty() {
            return Err(InvalidValue(
                "invalid webhook secrets: expected at least one",
            ));
        }
        Ok(Self {
            digests,
            body_limit: BODY_LIMIT,
        })
    }

    /// Sets the size in bytes above which a body is refused. Default: 1 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Verifies a delivery by the value of its header [`HEADER`], `None` if it has none. The body is not looked at.
    ///
    /// # Errors
    ///
    /// No secret or a wrong one ([`is_unauthorized`](ReceiveError::is_unauthorized)), or a body above the limit
    /// ([`is_too_large`](ReceiveError::is_too_large)).
    pub fn receive(
        &self,
        header: Option<&[u8]>,
        body: impl Into<Bytes>,
    ) -> Result<Delivery, ReceiveError> {
        self.verify(header)?;
        let body = body.into();
        if body.len() > self.body_limit {
            return Err(ReceiveError::too_large(self.body_limit));
        }
        Ok(Delivery { body })
    }

    /// Verifies the header alone, before a body is read at all.
    ///
    /// # Errors
    ///
    /// No secret or a wrong one: [`is_unauthorized`](ReceiveError::is_unauthorized).
    pub fn verify(&self, header: Option<&[u8]>) -> Result<(), ReceiveError> {
        let Some(given) = header else {
            return Err(ReceiveError::no_secret());
        };
        // Hashes are of one length, and all are compared, so the time says nothing of a secret, nor which one it was.
        let given = digest(given);
        let is_one = self
            .digests
            .iter()
            .fold(Choice::from(0), |found, it| found | it.ct_eq(&given));
        if is_one.into() {
            Ok(())
        } else {
            Err(ReceiveError::wrong_secret())
        }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("secrets", &self.digests.len())
            .field("body_limit", &self.body_limit)
            .finish()
    }
}

/// A delivery that came with the right secret. `Debug` shows its size alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    body: Bytes,
}

impl Delivery {
    /// The body as it came, for a queue.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Takes the body as it came.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// Reads the event.
    ///
    /// # Errors
    ///
    /// As [`Event::from_slice`].
    pub fn event(&self) -> Result<Event, ReceiveError> {
        Event::from_slice(&self.body)
    }

    /// Returns the SHA-256 of the body in hexadecimal digits: equal for equal bodies.
    pub fn fingerprint(&self) -> String {
        let digest = digest(&self.body);
        digest.iter().map(|it| format!("{it:02x}")).collect()
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn check(secret: &str) -> Result<(), InvalidValue> {
    let is_quote = |it: char| matches!(it, '"' | '\'' | '`');
    if secret.is_empty() {
        Err(InvalidValue(
            "invalid webhook secret: expected the `secret` of the created endpoint, and it is empty",
        ))
    } else if secret.contains(is_quote) || !secret.bytes().all(|it| it.is_ascii_graphic()) {
        Err(InvalidValue(
            "invalid webhook secret: expected the `secret` of the created endpoint, without white space, line ends and quotes",
        ))
    } else {
        Ok(())
    }
}
