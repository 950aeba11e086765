//! Deliveries for the tests of a service.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use super::HEADER;
use crate::bspk::EventName;

/// A delivery as BSPK sends it, for the tests of a service. `Debug` shows its size alone.
///
/// # Example: a handler's test
///
/// ```
/// use serde_json::json;
/// use shoppers::bspk::{
///     EventName,
///     webhooks::{Event, Receiver, TestDelivery},
/// };
///
/// let sent = TestDelivery::new("secret", EventName::ShopperCreated, json!({"id": 17}));
/// let received = Receiver::new(["secret"])?.receive(Some(sent.secret.as_bytes()), sent.body)?;
/// assert!(matches!(received.event()?, Event::ShopperCreated(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestDelivery {
    /// The value of the header [`HEADER`](super::HEADER).
    pub secret: String,
    /// The body.
    pub body: Bytes,
}

impl TestDelivery {
    /// Makes a delivery of an event. An object that cannot be written as JSON is sent as `null`.
    pub fn new(secret: impl Into<String>, name: EventName, object: impl Serialize) -> Self {
        let object = serde_json::to_value(object).unwrap_or(Value::Null);
        let body = json!({"event_name": name, "object": object});
        Self {
            secret: secret.into(),
            body: body.to_string().into(),
        }
    }

    /// The headers of the request: the secret and the content type.
    pub fn headers(&self) -> [(&'static str, &str); 2] {
        [(HEADER, &self.secret), ("content-type", "application/json")]
    }
}

impl fmt::Debug for TestDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestDelivery")
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
