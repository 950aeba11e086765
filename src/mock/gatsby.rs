//! Gatsby's mocks: for each operation, the calls that one is for, and what they are answered.

use serde_json::{Value, json};

use super::server::Server;
pub use crate::gatsby::generated::mock::operations::*;
use crate::gatsby::{By, Client, Shopper, ShopperInput};

/// A server that answers as Gatsby, by mocks.
pub type Gatsby = Server<Client>;

impl SearchShoppersWhen {
    /// Only searches by this.
    pub fn by(self, by: By<'_>) -> Self {
        let (email, phone, username) = by.parameters();
        self.email(email).phone(phone).username(username)
    }
}

impl SearchShoppersThen {
    /// These shoppers match.
    pub fn shoppers(self, shoppers: &[Shopper]) -> Self {
        self.json(200, &shoppers)
    }

    /// These shoppers match, each of them stored with an id and as it was written.
    pub fn stored<'a>(
        self,
        shoppers: impl IntoIterator<Item = (&'a str, &'a ShopperInput)>,
    ) -> Self {
        let shoppers = shoppers.into_iter().map(|(id, shopper)| wire(id, shopper));
        self.json(200, &shoppers.collect::<Vec<_>>())
    }

    /// No shopper matches.
    pub fn none(self) -> Self {
        self.shoppers(&[])
    }
}

/// Lets an operation answer with a shopper. Gatsby documents that of a get; of a create, an update and a delete it
/// documents nothing.
macro_rules! a_shopper {
    ($($then:ident),+) => {$(
        impl $then {
            /// This shopper. What is `None` is left out.
            pub fn shopper(self, shopper: &Shopper) -> Self {
                self.json(200, shopper)
            }

            /// A shopper with this id, as it was written.
            pub fn stored(self, id: &str, shopper: &ShopperInput) -> Self {
                self.json(200, &wire(id, shopper))
            }
        }
    )+};
}

a_shopper!(
    CreateShopperThen,
    GetShopperThen,
    UpdateShopperThen,
    DeleteShopperThen
);

/// Lets a write be answered with no shopper at all.
macro_rules! no_shopper {
    ($($then:ident),+) => {$(
        impl $then {
            /// It is done, and that is all: 204.
            pub fn empty(self) -> Self {
                self.and(|then| then.status(204))
            }
        }
    )+};
}

no_shopper!(CreateShopperThen, UpdateShopperThen, DeleteShopperThen);

/// A shopper as Gatsby has one that was written so.
fn wire(id: &str, shopper: &ShopperInput) -> Value {
    let mut wire = json!(shopper);
    wire["_id"] = json!(id);
    wire
}
