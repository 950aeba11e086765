//! BSPK: its shoppers with their metafields, its webhook endpoints, and the lists of its Extraction API.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, request::Parts},
    response::Response,
    routing::{MethodFilter, get, on, post},
};
use jiff::Timestamp;
use serde_json::{Map, Value};

use self::{
    deliveries::Deliveries,
    extraction::Filter,
    records::{Record, Records},
    sender::Sender,
    shoppers::Shoppers,
};
use crate::{
    document::Document,
    fault::invalid,
    response::{ErrorResponse, json_body},
    schema::Schema,
};

mod deliveries;
mod endpoints;
mod extraction;
mod metafields;
mod records;
mod sender;
mod shoppers;

/// The list of the Extraction API that shows the shoppers, and the schema of a record in it.
const CLIENTS: &str = "clients";
const CLIENT: &str = "/paths/~1api~1extraction~1v1~1clients/get/responses/200/content/application~1json/schema/items";

const LINK: &str = "/api/platform/v1/shoppers/{id}/external_link";
const METAFIELDS: &str = "/api/platform/v1/shoppers/{shopper_ref}/metafields";
const ENDPOINTS: &str = "/api/platform/v1/webhook_endpoints";
const ENDPOINT: &str = "/api/platform/v1/webhook_endpoints/{id}";

/// Carries out a request that fits the document, and returns the body of the answer.
type Work = fn(&Arc<Bspk>, &Value) -> Result<Option<Value>, ErrorResponse>;

/// The operations whose requests and statuses are as the document has them.
const OPERATIONS: [(MethodFilter, &str, Work); 6] = [
    (MethodFilter::POST, LINK, Bspk::link_shopper),
    (MethodFilter::GET, METAFIELDS, Bspk::list_metafields),
    (MethodFilter::PUT, METAFIELDS, Bspk::upsert_metafields),
    (MethodFilter::GET, ENDPOINTS, Bspk::list_webhook_endpoints),
    (MethodFilter::POST, ENDPOINTS, Bspk::create_webhook_endpoint),
    (MethodFilter::PATCH, ENDPOINT, Bspk::update_webhook_endpoint),
];

/// BSPK's document, what it has stored, and its deliveries.
#[derive(Debug)]
pub(crate) struct Bspk {
    document: Arc<Document>,
    body: Schema,
    store: Mutex<Store>,
    sender: Sender,
}

#[derive(Debug, Default)]
struct Store {
    shoppers: Shoppers,
    /// The records of each list that were given, by the name of the list.
    given: BTreeMap<String, Records>,
    metafields: Records,
    /// With their secrets.
    endpoints: Records,
    deliveries: Deliveries,
}

impl Bspk {
    pub(crate) fn new(document: Arc<Document>) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            document,
            body: Schema::bspk()?,
            store: Mutex::default(),
            sender: Sender::new(),
        }))
    }

    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let mut router = Router::new().route("/api/platform/v1/shoppers", post(upsert_shopper));
        for path in self.document.lists() {
            for path in [path.to_owned(), format!("{path}.json")] {
                router = router.route(&path, get(list_records));
            }
        }
        for (method, path, work) in OPERATIONS {
            let handler = async move |State(bspk): State<Arc<Self>>, head: Parts, body: Bytes| {
                let work = |request: &Value| work(&bspk, request);
                bspk.document.carry_out(&head, &body, work)
            };
            router = router.route(path, on(method, handler));
        }
        router.with_state(Arc::clone(self))
    }

    /// The numbers of shoppers made and stored.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let records = &self.store().shoppers.records;
        (records.made(), records.all().len() as u64)
    }

    pub(crate) fn shopper(&self, shopper_ref: &str) -> Option<Value> {
        let store = self.store();
        store.shoppers.by_ref(shopper_ref).map(shoppers::stored)
    }

    /// Deletes a shopper with its metafields, and announces it.
    pub(crate) fn delete(self: &Arc<Self>, shopper_ref: &str) -> bool {
        let mut store = self.store();
        let Some(shopper) = store.shoppers.delete(shopper_ref) else {
            return false;
        };
        for id in store.metafields_of(shopper.id) {
            store.metafields.remove(id);
        }
        self.announce(&mut store, "shopper.deleted", &shopper);
        true
    }

    /// Returns the records of a collection, the oldest first.
    pub(crate) fn records(&self, collection: &str) -> Vec<Value> {
        let mut records = Vec::new();
        self.visit(collection, |_, record| records.push(record()));
        records.reverse();
        records
    }

    /// The lists of the Extraction API.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        self.document.lists().map(extraction::group)
    }

    /// Adds records to a list.
    pub(crate) fn add(
        &self,
        list: &str,
        texts: impl IntoIterator<Item = String>,
    ) -> io::Result<()> {
        let lists: Vec<&str> = self.lists().collect();
        if !lists.contains(&list) {
            let lists = lists.join(", ");
            let message = format!("no list has the name {list:?}; use one of {lists}");
            return Err(invalid(message));
        }
        let mut store = self.store();
        let given = store.given.entry(list.to_owned()).or_default();
        given
            .extend(texts)
            .map_err(|err| invalid(format!("{list}: {err}")))
    }

    /// Deletes everything, and ends all deliveries.
    #[cfg(feature = "ui")]
    pub(crate) fn reset(&self) {
        self.close();
        *self.store() = Store::default();
    }

    /// Returns the number of records in a collection.
    #[cfg(feature = "ui")]
    pub(crate) fn count(&self, collection: &str) -> usize {
        let store = self.store();
        match collection {
            "shoppers" => store.shoppers.records.all().len(),
            "deliveries" => store.deliveries.newest_first().count(),
            _ => {
                let (shoppers, records) = store.list(collection);
                shoppers.len() + records.len()
            }
        }
    }

    /// Visits the records of a collection, the newest first: the text that was sent, and the record as it is shown.
    pub(crate) fn visit(&self, collection: &str, mut visit: impl FnMut(&str, &dyn Fn() -> Value)) {
        let store = self.store();
        match collection {
            "shoppers" => {
                for record in store.shoppers.records.all().iter().rev() {
                    visit(&record.text, &|| shoppers::stored(record));
                }
            }
            "deliveries" => {
                for delivery in store.deliveries.newest_first() {
                    visit(delivery.body(), &|| delivery.shown());
                }
            }
            _ => {
                let (shoppers, records) = store.list(collection);
                for record in records.iter().rev() {
                    visit(&record.text, &|| record.members().into());
                }
                for record in shoppers.iter().rev() {
                    visit(&record.text, &|| self.client(record));
                }
            }
        }
    }

    /// Returns `size` matching records of a list from the `first` on, as JSON, and the number of all that match.
    fn page(&self, list: &str, filter: &Filter, first: u64, size: u64) -> (Vec<String>, u64) {
        let store = self.store();
        let (shoppers, records) = store.list(list);
        let (mut page, mut total) = (Vec::new(), 0);
        for (position, record) in shoppers.iter().chain(records).enumerate() {
            if filter.matches(record) {
                if (first..first.saturating_add(size)).contains(&total) {
                    page.push(if position < shoppers.len() {
                        self.client(record).to_string()
                    } else {
                        record.text.to_string()
                    });
                }
                total += 1;
            }
        }
        (page, total)
    }

    /// Returns a shopper as the list of clients shows it.
    fn client(&self, shopper: &Record) -> Value {
        shoppers::described(shopper, self.document.at(CLIENT))
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// The shoppers and the records that a collection shows, in this order.
    fn list(&self, collection: &str) -> (&[Record], &[Record]) {
        let shoppers = match collection {
            CLIENTS => self.shoppers.records.all(),
            _ => &[],
        };
        let records = match collection {
            "metafields" => Some(&self.metafields),
            "webhook_endpoints" => Some(&self.endpoints),
            list => self.given.get(list),
        };
        (shoppers, records.map_or(&[], Records::all))
    }
}

async fn upsert_shopper(
    State(bspk): State<Arc<Bspk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ErrorResponse> {
    let mut body = bspk.body.read(&headers, &body)?;
    // The schema allows nothing but an object.
    let shopper = match body["shopper"].take() {
        Value::Object(shopper) => shopper,
        _ => Map::new(),
    };
    let mut store = bspk.store();
    let made = store.shoppers.records.made();
    let stored = store.shoppers.upsert(shopper, Timestamp::now());
    let event = if store.shoppers.records.made() > made {
        "shopper.created"
    } else {
        "shopper.updated"
    };
    let id = stored["id"].as_u64().unwrap_or_default();
    bspk.announce_change(&mut store, event, id);
    Ok(json_body(&stored))
}

async fn list_records(
    State(bspk): State<Arc<Bspk>>,
    head: Parts,
) -> Result<Response, ErrorResponse> {
    extraction::answer(&bspk, &head)
}

fn not_found() -> ErrorResponse {
    ErrorResponse::new(StatusCode::NOT_FOUND, "not_found", "No such resource")
}

fn invalid_value(title: &str) -> ErrorResponse {
    ErrorResponse::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_value", title)
}
