//! The webhook endpoints, and the events that they want.

use std::sync::Arc;

use axum::http::Uri;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Bspk, Store, invalid_value, not_found, records::Record, shoppers};
use crate::response::ErrorResponse;

/// The schema of a shopper in an event.
const WEBHOOK_SHOPPER: &str = "/components/schemas/WebhookShopper";

impl Bspk {
    /// The newest first, as in BSPK's examples.
    pub(super) fn list_webhook_endpoints(
        self: &Arc<Self>,
        _: &Value,
    ) -> Result<Option<Value>, ErrorResponse> {
        let store = self.store();
        let newest_first = store.endpoints.all().iter().rev();
        Ok(Some(newest_first.map(without_secret).collect()))
    }

    pub(super) fn create_webhook_endpoint(
        self: &Arc<Self>,
        request: &Value,
    ) -> Result<Option<Value>, ErrorResponse> {
        let mut endpoint = endpoint_of(request)?;
        let endpoints = &mut self.store().endpoints;
        let secret = format!("sandbox_webhook_secret_{}", endpoints.made() + 1);
        endpoint.insert("secret".into(), secret.into());
        let created = endpoints.upsert(None, endpoint, Timestamp::now());
        Ok(Some(created.members().into()))
    }

    pub(super) fn update_webhook_endpoint(
        self: &Arc<Self>,
        request: &Value,
    ) -> Result<Option<Value>, ErrorResponse> {
        let endpoint = endpoint_of(request)?;
        let endpoints = &mut self.store().endpoints;
        let id = request["path"]["id"].as_u64().unwrap_or_default();
        endpoints.get(id).ok_or_else(not_found)?;
        let updated = endpoints.upsert(Some(id), endpoint, Timestamp::now());
        Ok(Some(without_secret(&updated)))
    }

    /// Delivers an event about a stored shopper.
    pub(super) fn announce_change(
        self: &Arc<Self>,
        store: &mut Store,
        event: &'static str,
        shopper: u64,
    ) {
        if store.endpoints.all().is_empty() {
            return;
        }
        if let Some(shopper) = store.shoppers.records.get(shopper).cloned() {
            self.announce(store, event, &shopper);
        }
    }

    /// Delivers an event about a shopper to every enabled endpoint that wants it.
    pub(super) fn announce(
        self: &Arc<Self>,
        store: &mut Store,
        event: &'static str,
        shopper: &Record,
    ) {
        let wanted = store.endpoints_for(event);
        if !wanted.is_empty() {
            let object = shoppers::described(shopper, self.document.at(WEBHOOK_SHOPPER));
            let body = json!({"event_name": event, "object": object}).to_string();
            for endpoint in wanted {
                self.deliver(store, endpoint, event, &body);
            }
        }
    }
}

impl Store {
    fn endpoints_for(&self, event: &str) -> Vec<u64> {
        let endpoints = self.endpoints.all().iter();
        let wanted = endpoints.filter(|it| {
            let members = it.members();
            let events = members.get("events").and_then(Value::as_array);
            members.get("is_enabled") == Some(&json!(true))
                && events.is_some_and(|it| it.iter().any(|it| it == event))
        });
        wanted.map(|it| it.id).collect()
    }
}

/// An endpoint as a request has it.
fn endpoint_of(request: &Value) -> Result<Map<String, Value>, ErrorResponse> {
    let endpoint = request["body"].as_object().cloned().unwrap_or_default();
    let url = endpoint.get("target_url").and_then(Value::as_str);
    let url: Option<Uri> = url.and_then(|it| it.parse().ok());
    if url.is_some_and(|it| matches!(it.scheme_str(), Some("http" | "https"))) {
        return Ok(endpoint);
    }
    Err(invalid_value("target_url: is no address of http or https"))
}

fn without_secret(endpoint: &Record) -> Value {
    let mut members = endpoint.members();
    members.remove("secret");
    members.into()
}
