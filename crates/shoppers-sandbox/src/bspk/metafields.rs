//! The links and the metafields of shoppers.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::{Bspk, Store, invalid_value, not_found, records::Record};
use crate::{format::is_blank, response::ErrorResponse};

impl Bspk {
    pub(super) fn link_shopper(
        self: &Arc<Self>,
        request: &Value,
    ) -> Result<Option<Value>, ErrorResponse> {
        let shopper_ref = request["body"]["shopper_ref"].as_str().unwrap_or_default();
        if is_blank(shopper_ref) {
            return Err(invalid_value("shopper_ref: is blank"));
        }
        let mut store = self.store();
        let id = request["path"]["id"].as_u64().unwrap_or_default();
        store.shoppers.records.get(id).ok_or_else(not_found)?;
        let other = store.shoppers.by_ref(shopper_ref);
        if other.is_some_and(|it| it.id != id) {
            return Err(invalid_value("shopper_ref: another shopper has it"));
        }
        store.shoppers.link(id, shopper_ref, Timestamp::now());
        self.announce_change(&mut store, "shopper.updated", id);
        Ok(None)
    }

    pub(super) fn list_metafields(
        self: &Arc<Self>,
        request: &Value,
    ) -> Result<Option<Value>, ErrorResponse> {
        let store = self.store();
        let shopper = store.shopper_of(request)?;
        Ok(Some(store.shown_metafields(shopper)))
    }

    /// A metafield is found by its namespace and key (specs/bspk); those that are not named stay.
    pub(super) fn upsert_metafields(
        self: &Arc<Self>,
        request: &Value,
    ) -> Result<Option<Value>, ErrorResponse> {
        let mut store = self.store();
        let shopper = store.shopper_of(request)?;
        let given = request["body"]["metafields"].as_array();
        for metafield in given.into_iter().flatten().filter_map(Value::as_object) {
            let is_same = |id: &u64| {
                let known = store.metafields.get(*id).map(Record::members);
                let known = known.unwrap_or_default();
                let names = ["namespace", "key"].iter();
                names
                    .into_iter()
                    .all(|it| known.get(*it) == metafield.get(*it))
            };
            let known = store.metafields_of(shopper).into_iter().find(is_same);
            let mut members = metafield.clone();
            members.insert("json_value".into(), Value::Null);
            let stored = store.metafields.upsert(known, members, Timestamp::now());
            if let Some(record) = store.metafields.get_mut(stored.id) {
                record.client = Some(shopper.to_string().into());
            }
        }
        Ok(Some(store.shown_metafields(shopper)))
    }
}

impl Store {
    pub(super) fn metafields_of(&self, shopper: u64) -> Vec<u64> {
        let shopper = Some(shopper.to_string().into());
        let metafields = self.metafields.all().iter();
        let own = metafields.filter(|it| it.client == shopper);
        own.map(|it| it.id).collect()
    }

    fn shown_metafields(&self, shopper: u64) -> Value {
        let own = self.metafields_of(shopper).into_iter();
        let own = own.filter_map(|id| Some(self.metafields.get(id)?.members()));
        own.map(Value::Object).collect()
    }

    /// The id of the shopper that a path names.
    fn shopper_of(&self, request: &Value) -> Result<u64, ErrorResponse> {
        let shopper_ref = request["path"]["shopper_ref"].as_str().unwrap_or_default();
        let shopper = self.shoppers.by_ref(shopper_ref);
        shopper.map(|it| it.id).ok_or_else(not_found)
    }
}
