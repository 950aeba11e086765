//! The events that a delivery can hold.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ReceiveError;
use crate::bspk::{EventName, WebhookShopper};

/// An event, by its name.
///
/// BSPK documents the members of a shopper, without their types, and nothing of what the other events hold: those keep their
/// JSON as it is. What a shopper has beyond the documented members, or otherwise, is in its `extra`. `Debug` shows nothing of
/// what an event holds.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `shopper.created`.
    ShopperCreated(Box<WebhookShopper>),
    /// `shopper.updated`.
    ShopperUpdated(Box<WebhookShopper>),
    /// `shopper.deleted`. It is not documented that the shopper comes whole.
    ShopperDeleted(Box<WebhookShopper>),
    /// `file_import.finished`.
    FileImportFinished(Value),
    /// `cart.created`.
    CartCreated(Value),
    /// `metafield.created`.
    MetafieldCreated(Value),
    /// `metafield.updated`.
    MetafieldUpdated(Value),
    /// `metafield.deleted`.
    MetafieldDeleted(Value),
    /// An event that is new to this crate, or deprecated. Answer it as any other: to BSPK a failure is an endpoint that does
    /// not work.
    Other {
        /// Its name.
        name: EventName,
        /// Its object as it came.
        object: Value,
    },
}

impl Event {
    /// Reads an event from the body of a delivery that was verified, for instance out of a queue.
    ///
    /// # Errors
    ///
    /// A body that is no JSON, or has no `event_name`, or a known event without what it is about:
    /// [`is_malformed`](ReceiveError::is_malformed), with the bytes in [`body`](ReceiveError::body).
    ///
    /// # Example: an event that came out of a queue
    ///
    /// ```
    /// use shoppers::bspk::webhooks::Event;
    ///
    /// let body = br#"{"event_name": "shopper.deleted", "object": {"id": 17, "ref": "CLI-789"}}"#;
    /// let Event::ShopperDeleted(shopper) = Event::from_slice(body)? else {
    ///     unreachable!("it is one")
    /// };
    /// assert_eq!(shopper.ref_.as_deref(), Some("CLI-789"));
    /// # Ok::<(), shoppers::bspk::webhooks::ReceiveError>(())
    /// ```
    pub fn from_slice(body: &[u8]) -> Result<Self, ReceiveError> {
        read(body).map_err(|fault| ReceiveError::malformed(fault, Bytes::copy_from_slice(body)))
    }

    /// The name of the event.
    pub fn name(&self) -> EventName {
        match self {
            Self::ShopperCreated(_) => EventName::ShopperCreated,
            Self::ShopperUpdated(_) => EventName::ShopperUpdated,
            Self::ShopperDeleted(_) => EventName::ShopperDeleted,
            Self::FileImportFinished(_) => EventName::FileImportFinished,
            Self::CartCreated(_) => EventName::CartCreated,
            Self::MetafieldCreated(_) => EventName::MetafieldCreated,
            Self::MetafieldUpdated(_) => EventName::MetafieldUpdated,
            Self::MetafieldDeleted(_) => EventName::MetafieldDeleted,
            Self::Other { name, .. } => name.clone(),
        }
    }
}

/// Reads an event, or says what is wrong. serde's own message would repeat what it found.
fn read(body: &[u8]) -> Result<Event, &'static str> {
    let mut envelope: Value = serde_json::from_slice(body).map_err(|_| "the body is not JSON")?;
    let name = envelope["event_name"].as_str().map(str::parse);
    let Some(Ok(name)) = name else {
        return Err("the body has no `event_name`");
    };
    let object = envelope
        .get_mut("object")
        .map(Value::take)
        .ok_or("the body has no `object`")?;
    Ok(match name {
        EventName::ShopperCreated => Event::ShopperCreated(typed(object)?),
        EventName::ShopperUpdated => Event::ShopperUpdated(typed(object)?),
        EventName::ShopperDeleted => Event::ShopperDeleted(typed(object)?),
        EventName::FileImportFinished => Event::FileImportFinished(object),
        EventName::CartCreated => Event::CartCreated(object),
        EventName::MetafieldCreated => Event::MetafieldCreated(object),
        EventName::MetafieldUpdated => Event::MetafieldUpdated(object),
        EventName::MetafieldDeleted => Event::MetafieldDeleted(object),
        name @ EventName::Other(_) => Event::Other { name, object },
    })
}

fn typed<T: DeserializeOwned>(object: Value) -> Result<Box<T>, &'static str> {
    serde_json::from_value(object).map_err(|_| "the `object` of a known event is no object")
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ShopperCreated(_) => "ShopperCreated(..)",
            Self::ShopperUpdated(_) => "ShopperUpdated(..)",
            Self::ShopperDeleted(_) => "ShopperDeleted(..)",
            Self::FileImportFinished(_) => "FileImportFinished(..)",
            Self::CartCreated(_) => "CartCreated(..)",
            Self::MetafieldCreated(_) => "MetafieldCreated(..)",
            Self::MetafieldUpdated(_) => "MetafieldUpdated(..)",
            Self::MetafieldDeleted(_) => "MetafieldDeleted(..)",
            Self::Other { .. } => "Other { .. }",
        })
    }
}
