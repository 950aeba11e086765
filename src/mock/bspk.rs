//! BSPK's mocks: for each operation, the calls that one is for, and what they are answered.

use serde_json::json;

use super::server::Server;
use crate::bspk::Client;
pub use crate::bspk::generated::mock::operations::*;

/// The timestamp in BSPK's document (specs/bspk, "Additional Information").
const TIMESTAMP: &str = "2018-07-21T17:32:28Z";

/// A server that answers as BSPK, by mocks.
pub type Bspk = Server<Client>;

impl UpsertShopperWhen {
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
}
