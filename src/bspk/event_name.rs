//! The name of a webhook event.

use super::open_enum::open_enum;

open_enum! {
    /// The name of a webhook event, by BSPK's list.
    ///
    /// A name that is not known here is kept as it is: BSPK adds events, and the deprecated `client.created`, `client.updated`
    /// and `client.deleted` are among the others. `Debug` does not show it.
    ///
    /// # Example: the events that a service handles
    ///
    /// ```
    /// use shoppers::bspk::EventName;
    ///
    /// const HANDLED: [EventName; 2] = [EventName::ShopperCreated, EventName::ShopperUpdated];
    ///
    /// assert_eq!(HANDLED[0].as_str(), "shopper.created");
    /// assert_eq!("shopper.updated".parse(), Ok(EventName::ShopperUpdated));
    /// ```
    pub enum EventName {
        /// `shopper.created`.
        ShopperCreated = "shopper.created",
        /// `shopper.updated`.
        ShopperUpdated = "shopper.updated",
        /// `shopper.deleted`.
        ShopperDeleted = "shopper.deleted",
        /// `file_import.finished`.
        FileImportFinished = "file_import.finished",
        /// `cart.created`.
        CartCreated = "cart.created",
        /// `metafield.created`.
        MetafieldCreated = "metafield.created",
        /// `metafield.updated`.
        MetafieldUpdated = "metafield.updated",
        /// `metafield.deleted`.
        MetafieldDeleted = "metafield.deleted",
    }

    /// The name of an event that is not known here; it comes from parsing an [`EventName`].
    pub struct OtherEventName;

    invalid: "invalid event name: expected a name such as shopper.created",
    schema: {
        "description": "The name of a webhook event.",
        "pattern": "[^\\s\\u0085\\uFEFF]",
        "examples": ["shopper.created", "shopper.updated", "shopper.deleted"],
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_is_its_variant_and_another_is_kept() {
        for (text, name) in [
            ("shopper.created", EventName::ShopperCreated),
            ("file_import.finished", EventName::FileImportFinished),
            ("metafield.deleted", EventName::MetafieldDeleted),
        ] {
            assert_eq!(text.parse(), Ok(name.clone()));
            assert_eq!(name.as_str(), text);
        }
        for text in ["client.created", "Shopper.created", "shopper.created "] {
            let name: EventName = text.parse().unwrap();
            assert!(matches!(name, EventName::Other(_)), "{text:?}");
            assert_eq!(name.as_str(), text);
        }
    }

    #[test]
    fn a_blank_name_is_refused() {
        for text in ["", " ", "\u{feff}"] {
            assert_eq!(text.parse::<EventName>(), Err(INVALID), "{text:?}");
        }
    }
}
