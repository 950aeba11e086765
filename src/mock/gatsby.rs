//! Gatsby, as a mock.

use httpmock::Mock;
use serde_json::{Value, json};

use super::{server::Server, then::answers};
pub use crate::gatsby::generated::mock::operations::{
    CreateShopperThen, CreateShopperWhen, DeleteShopperThen, DeleteShopperWhen, GetShopperThen,
    GetShopperWhen, SearchShoppersThen, SearchShoppersWhen, UpdateShopperThen, UpdateShopperWhen,
};
use crate::gatsby::{By, Client, Shopper, ShopperInput, generated::mock::MockServerExt};

/// A server that answers as Gatsby, by mocks.
pub type Gatsby = Server<Client>;

impl Server<Client> {
    /// Adds a mock of [`Client::create_shopper`].
    pub fn create_shopper(
        &self,
        mock: impl FnOnce(CreateShopperWhen, CreateShopperThen),
    ) -> Mock<'_> {
        self.add(|server| server.create_shopper(mock))
    }

    /// Adds a mock of [`Client::get_shopper`].
    pub fn get_shopper(&self, mock: impl FnOnce(GetShopperWhen, GetShopperThen)) -> Mock<'_> {
        self.add(|server| server.get_shopper(mock))
    }

    /// Adds a mock of [`Client::search_shoppers`].
    pub fn search_shoppers(
        &self,
        mock: impl FnOnce(SearchShoppersWhen, SearchShoppersThen),
    ) -> Mock<'_> {
        self.add(|server| server.search_shoppers(mock))
    }

    /// Adds a mock of [`Client::update_shopper`].
    pub fn update_shopper(
        &self,
        mock: impl FnOnce(UpdateShopperWhen, UpdateShopperThen),
    ) -> Mock<'_> {
        self.add(|server| server.update_shopper(mock))
    }

    /// Adds a mock of [`Client::delete_shopper`].
    pub fn delete_shopper(
        &self,
        mock: impl FnOnce(DeleteShopperWhen, DeleteShopperThen),
    ) -> Mock<'_> {
        self.add(|server| server.delete_shopper(mock))
    }
}

impl CreateShopperWhen {
    /// Only calls with just this shopper.
    pub fn shopper(self, shopper: &ShopperInput) -> Self {
        self.body(shopper)
    }
}

impl UpdateShopperWhen {
    /// Only calls with just this shopper.
    pub fn shopper(self, shopper: &ShopperInput) -> Self {
        self.body(shopper)
    }
}

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

answers!(
    CreateShopperThen,
    GetShopperThen,
    SearchShoppersThen,
    UpdateShopperThen,
    DeleteShopperThen
);

/// A shopper as Gatsby has one that was written so.
fn wire(id: &str, shopper: &ShopperInput) -> Value {
    let mut wire = json!(shopper);
    wire["_id"] = json!(id);
    wire
}
