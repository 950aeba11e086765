//! BSPK: its shoppers, and the lists of its Extraction API.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, request::Parts},
    response::Response,
    routing::{get, post},
};
use jiff::Timestamp;
use serde_json::{Map, Value};

use self::{
    extraction::Filter,
    records::{Record, Records},
    shoppers::Shoppers,
};
use crate::{
    document::Document,
    fault::invalid,
    response::{ErrorResponse, json_body},
    schema::Schema,
};

mod extraction;
mod records;
mod shoppers;

/// The list of the Extraction API that shows the shoppers.
const CLIENTS: &str = "clients";

/// The schema of a record in it.
const CLIENT: &str = "/paths/~1api~1extraction~1v1~1clients/get/responses/200/content/application~1json/schema/items";

/// BSPK's document, and what it has stored.
#[derive(Debug)]
pub(crate) struct Bspk {
    document: Arc<Document>,
    body: Schema,
    store: Mutex<Store>,
}

#[derive(Debug, Default)]
struct Store {
    shoppers: Shoppers,
    /// The records of each list that were given, by the name of the list.
    given: BTreeMap<String, Records>,
}

impl Bspk {
    pub(crate) fn new(document: Arc<Document>) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            document,
            body: Schema::bspk()?,
            store: Mutex::default(),
        }))
    }

    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let mut router = Router::new().route("/api/platform/v1/shoppers", post(upsert_shopper));
        for path in self.document.lists() {
            for path in [path.to_owned(), format!("{path}.json")] {
                router = router.route(&path, get(list_records));
            }
        }
        router.with_state(Arc::clone(self))
    }

    /// The numbers of shoppers made and stored.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let records = &self.store().shoppers.records;
        (records.made(), records.all().len() as u64)
    }

    pub(crate) fn shopper(&self, shopper_ref: &str) -> Option<Value> {
        self.store()
            .shoppers
            .by_ref(shopper_ref)
            .map(shoppers::stored)
    }

    /// Returns the records of a collection, the oldest first: `shoppers`, or a list of the Extraction API.
    pub(crate) fn records(&self, collection: &str) -> Vec<Value> {
        let mut records = Vec::new();
        self.visit(collection, |_, record| records.push(record()));
        records.reverse();
        records
    }

    /// Adds records to a list.
    pub(crate) fn add(
        &self,
        list: &str,
        texts: impl IntoIterator<Item = String>,
    ) -> io::Result<()> {
        let lists: Vec<&str> = self.document.lists().map(extraction::group).collect();
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

    /// Deletes everything.
    #[cfg(feature = "ui")]
    pub(crate) fn reset(&self) {
        *self.store() = Store::default();
    }

    /// Visits the records of a collection, the newest first: the text that was sent, and the record as it is shown.
    pub(crate) fn visit(&self, collection: &str, mut visit: impl FnMut(&str, &dyn Fn() -> Value)) {
        let store = self.store();
        if collection == "shoppers" {
            for record in store.shoppers.records.all().iter().rev() {
                visit(&record.text, &|| shoppers::stored(record));
            }
            return;
        }
        let (shoppers, given) = store.list(collection);
        for record in given.iter().rev() {
            visit(&record.text, &|| record.members().into());
        }
        for record in shoppers.iter().rev() {
            visit(&record.text, &|| self.client(record));
        }
    }

    /// Returns `size` matching records of a list from the `first` on, as JSON, and the number of all that match.
    fn page(&self, list: &str, filter: &Filter, first: u64, size: u64) -> (Vec<String>, u64) {
        let store = self.store();
        let (shoppers, given) = store.list(list);
        let (mut page, mut total) = (Vec::new(), 0);
        for (position, record) in shoppers.iter().chain(given).enumerate() {
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
    /// The shoppers and the given records that a list shows, in this order.
    fn list(&self, list: &str) -> (&[Record], &[Record]) {
        let shoppers = if list == CLIENTS {
            self.shoppers.records.all()
        } else {
            &[]
        };
        (shoppers, self.given.get(list).map_or(&[], Records::all))
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
    let stored = bspk.store().shoppers.upsert(shopper, Timestamp::now());
    Ok(json_body(&stored))
}

async fn list_records(
    State(bspk): State<Arc<Bspk>>,
    head: Parts,
) -> Result<Response, ErrorResponse> {
    extraction::answer(&bspk, &head)
}
