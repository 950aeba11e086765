//! BSPK, as a mock.

use httpmock::Mock;
use serde_json::json;

use self::generated::MockServerExt;
pub use self::generated::operations::{UpsertShopperThen, UpsertShopperWhen};
use super::{server::Server, then::answers};
use crate::{
    Builder, Error,
    bspk::{Client, Shopper, Upserted},
};

/// What progenitor makes of `specs/bspk.yaml` for httpmock.
#[allow(dead_code, clippy::all)]
mod generated {
    use crate::bspk::generated as client;

    include!(concat!(env!("OUT_DIR"), "/bspk.mock.rs"));
}

/// The timestamp in BSPK's document (specs/bspk.yaml, "Additional Information").
const TIMESTAMP: &str = "2018-07-21T17:32:28Z";

/// A server that answers as BSPK, by mocks.
#[derive(Debug)]
pub struct Bspk {
    server: Server,
}

impl Bspk {
    /// Starts a server on a free port of the loopback address. A call that no mock is for is answered 421,
    /// `no_mock_matches`.
    ///
    /// httpmock runs 25 servers at a time (`HTTPMOCK_MAX_SERVERS`); one more waits until another is dropped. One for each
    /// vendor is enough for a test.
    ///
    /// # Panics
    ///
    /// If there is no free port.
    pub fn start() -> Self {
        Self {
            server: Server::start(),
        }
    }

    /// A client of it: it tries again as any client does, but without waiting. After a 429 it waits for a millisecond. Its
    /// deadline is 10 s.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn client(&self) -> Result<Client, Error> {
        self.client_with(|builder| builder)
    }

    /// Such a client with other settings: the service's own, or those of the case that is tested.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn client_with(
        &self,
        change: impl FnOnce(Builder<Client>) -> Builder<Client>,
    ) -> Result<Client, Error> {
        self.server.client(change)
    }

    /// Where it is, for a service that makes its own client: `BSPK_BASE_URL`, or [`Builder::base_url`]. Any key will do.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Adds a mock of [`Client::upsert_shopper`].
    pub fn upsert_shopper(
        &self,
        mock: impl FnOnce(UpsertShopperWhen, UpsertShopperThen),
    ) -> Mock<'_> {
        self.server.add(|server| server.upsert_shopper(mock))
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
