//! `ensure_webhook_endpoint`: the secret of an endpoint is shown once, so this lists before it creates.

use tokio::time::Instant;

use super::{
    Client, EventName, WebhookEndpoint, WebhookEndpointInput, generated::CREATE_WEBHOOK_ENDPOINT,
};
use crate::{Error, core::after, error::Cause, retry, validation::is_blank};

/// The outcome of [`Client::ensure_webhook_endpoint`]. `Debug` shows neither the address nor the secret.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EnsuredEndpoint {
    /// There was none, and now there is. It has its `secret`, which BSPK shows this once: store it.
    Created(WebhookEndpoint),
    /// There was one with these events. Its secret was shown when it was created.
    Found(WebhookEndpoint),
    /// There was one with other events, and it has these now. Its secret is the same as before.
    Updated(WebhookEndpoint),
}

impl Client {
    /// Sees to it that there is an enabled webhook endpoint for exactly this address, with these events: finds it, changes the
    /// events of the newest one, or creates it.
    ///
    /// A disabled endpoint is left alone, as its secret may be lost. `events` is best one list that the service's handler shares,
    /// so that an event is neither forgotten nor sent for nothing; see `examples/webhooks.rs`.
    ///
    /// It sends a create at most once. Of two processes that do this at the same moment, each may create an endpoint.
    ///
    /// # Errors
    ///
    /// - An empty address, or no events: [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - A create whose answer is lost: [`is_ambiguous`](Error::is_ambiguous). The endpoint may be there, and its secret is lost
    ///   for good. The message names the endpoint to disable, and [`lost_endpoints`](Error::lost_endpoints) has its id, if it is
    ///   in BSPK's list already. Disable it with `update_webhook_endpoint`, then call this again: an endpoint that stays enabled
    ///   is found, and its deliveries are refused for their secret.
    /// - Those of a list, a create or an update; [`operation`](Error::operation) tells which.
    ///
    /// # Example: the endpoint of a service
    ///
    /// ```
    /// use shoppers::bspk::{EnsuredEndpoint, EventName};
    ///
    /// const HANDLED: [EventName; 2] = [EventName::ShopperCreated, EventName::ShopperUpdated];
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = shoppers_sandbox::Sandbox::start().await?;
    /// # let key = shoppers::ApiKey::new(sandbox.bspk_key())?;
    /// # let bspk = shoppers::bspk::Client::builder(key).base_url(sandbox.bspk_url()).build()?;
    /// # let store = |secret: Option<String>| assert!(secret.is_some());
    /// let url = "https://mycompany.com/hooks";
    /// if let EnsuredEndpoint::Created(endpoint) = bspk.ensure_webhook_endpoint(url, &HANDLED).await? {
    ///     store(endpoint.secret); // shown this once
    /// }
    ///
    /// let again = bspk.ensure_webhook_endpoint(url, &HANDLED).await?;
    /// assert!(matches!(again, EnsuredEndpoint::Found(_)));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn ensure_webhook_endpoint(
        &self,
        target_url: &str,
        events: &[EventName],
    ) -> Result<EnsuredEndpoint, Error> {
        if is_blank(target_url) || events.is_empty() {
            let fault = "`target_url` or `events` is empty; give an address and at least one event";
            return Err(Error::refused(&CREATE_WEBHOOK_ENDPOINT, fault));
        }
        let end = after(Instant::now(), self.options.deadline);
        let wanted = WebhookEndpointInput {
            target_url: target_url.to_owned(),
            is_enabled: true,
            events: events.to_vec(),
        };
        let is_wanted = |it: &&WebhookEndpoint| {
            it.is_enabled == Some(true) && it.target_url.as_deref() == Some(target_url)
        };

        let listed = self.until(end).list_webhook_endpoints().await?;
        let known = listed.iter().filter(is_wanted);
        if let Some(known) = known.max_by_key(|it| (has_events(it, events), it.id)) {
            if has_events(known, events) {
                return Ok(EnsuredEndpoint::Found(known.clone()));
            }
            let client = self.until(end);
            let updated = client.update_webhook_endpoint(known.id, &wanted).await?;
            return Ok(EnsuredEndpoint::Updated(updated));
        }

        let lost = |ids| retry::error(&CREATE_WEBHOOK_ENDPOINT, Cause::SecretLost(ids));
        match self.until(end).create_webhook_endpoint(&wanted).await {
            Ok(created) if created.secret.is_some() => Ok(EnsuredEndpoint::Created(created)),
            Ok(created) => Err(lost(vec![created.id])),
            Err(err) if err.is_ambiguous() || err.is_unreadable() => {
                // The reason for which it could not be looked for matters less than that it may be there.
                let now = self.until(end).list_webhook_endpoints().await;
                let now = now.unwrap_or_default();
                let is_new = |it: &&WebhookEndpoint| listed.iter().all(|old| old.id != it.id);
                let new = now.iter().filter(is_wanted).filter(is_new);
                let ids = new.map(|it| it.id).collect();
                Err(lost(ids).after(err.attempts(), false))
            }
            Err(err) => Err(err),
        }
    }

    /// The same client with what is left until `end` as its deadline.
    fn until(&self, end: Instant) -> Self {
        self.with(|options| options.deadline(end.saturating_duration_since(Instant::now())))
    }
}

/// Returns `true` for the same events in any order.
fn has_events(endpoint: &WebhookEndpoint, events: &[EventName]) -> bool {
    let has = endpoint.events.as_deref().unwrap_or_default();
    has.iter().all(|it| events.contains(it)) && events.iter().all(|it| has.contains(it))
}
