//! BSPK, as a mock.

use httpmock::Mock;
use serde_json::json;

use super::{server::Server, then::answers};
pub use crate::bspk::generated::mock::operations::{UpsertShopperThen, UpsertShopperWhen};
use crate::bspk::{Client, Shopper, Upserted, generated::mock::MockServerExt};

/// The timestamp in BSPK's document (specs/bspk, "Additional Information").
const TIMESTAMP: &str = "2018-07-21T17:32:28Z";

/// A server that answers as BSPK, by mocks.
pub type Bspk = Server<Client>;

impl Server<Client> {
    /// Adds a mock of [`Client::upsert_shopper`].
    pub fn upsert_shopper(
        &self,
        mock: impl FnOnce(UpsertShopperWhen, UpsertShopperThen),
    ) -> Mock<'_> {
        self.add(|server| server.upsert_shopper(mock))
    }
}

impl UpsertShopperWhen {
    /// Only calls with just this shopper.
    pub fn shopper(self, shopper: &Shopper) -> Self {
        let body = json!({ "shopper": shopper });
        Self::new(self.into_inner().json_body(body))
    }

    /// Only calls with this `shopper_ref`, whatever else they say.
    pub fn shopper_ref(self, shopper_ref: &str) -> Self {
        let part = json!({"shopper": {"shopper_ref": shopper_ref}});
        Self::new(self.into_inner().json_body_includes(part.to_string()))
    }
}

impl UpsertShopperThen {
    /// The shopper is stored, with this id and this `shopper_ref`, without warnings, on 21 July 2018.
    pub fn stored<'a>(self, id: i64, shopper_ref: impl Into<Option<&'a str>>) -> Self {
        let shopper_ref: Option<&str> = shopper_ref.into();
        let upserted = json!({
            "id": id,
            "external_id": shopper_ref,
            "warnings": [],
            "updated_at": TIMESTAMP,
            "created_at": TIMESTAMP,
        });
        self.json(200, &upserted)
    }

    /// The shopper is stored, as this says. What is `None` is left out.
    pub fn upserted(self, upserted: &Upserted) -> Self {
        self.ok(upserted)
    }
}

answers!(UpsertShopperThen);
