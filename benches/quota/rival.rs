//! The alternatives: reqwest by itself, with `reqwest-retry`, and with `governor` to pace it.

use std::{future::ready, num::NonZeroU32, sync::Arc, time::Duration};

// reqwest does not let this name out.
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream};
use governor::{DefaultDirectRateLimiter, RateLimiter};
use http::Extensions;
use reqwest::{Request, Response, header::CONTENT_TYPE};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Next, Result};
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
use shoppers::bspk::Shopper;
use shoppers_sandbox::Quota;
use tokio::time::sleep;

use super::{
    LONGEST,
    import::{AT_ONCE, shopper},
};
use crate::support::Vendors;

/// Retries for an import that had better wait than fail.
pub const PATIENT: u32 = 10;

/// The default of this crate.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(15);

/// The calls that governor lets through at once after a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Burst {
    /// A second's worth, which is what `Quota::per_second` has.
    Default,
    /// One, so that calls are spread evenly.
    One,
}

/// A client put together of other crates.
pub struct Rival(ClientWithMiddleware);

/// No limiter, no retries.
pub fn unlimited(http: reqwest::Client) -> Rival {
    Rival(http.into())
}

/// Retries with backoff, as in reqwest-retry's documentation: the first wait up to a second. Waits end at 8 s, as ours.
pub fn retrying(http: reqwest::Client, retries: u32) -> Rival {
    Rival(ClientBuilder::new(http).with(backoff(retries)).build())
}

/// The same, with each attempt paced by a governor with the limit.
pub fn paced(http: reqwest::Client, burst: Burst, quota: Quota) -> Rival {
    let limiter = Arc::new(RateLimiter::direct(pace(burst, quota)));
    let pacing = middleware(move |request, extensions, next| {
        wait_and_send(limiter.clone(), request, extensions, next).boxed()
    });
    let client = ClientBuilder::new(http).with(backoff(PATIENT)).with(pacing);
    Rival(client.build())
}

impl Rival {
    /// Sends the import to its end, and returns how many rows were given up.
    pub async fn import(&self, vendors: &Vendors, rows: u64) -> u64 {
        let url = format!("{}/api/platform/v1/shoppers", vendors.bspk_url());
        let stored = stream::iter(0..rows)
            .map(|row| self.upsert(&url, vendors.bspk_key(), shopper("", row)))
            .buffer_unordered(AT_ONCE)
            .take_until(sleep(LONGEST))
            .filter(|is_stored| ready(*is_stored));
        rows - stored.count().await as u64
    }

    async fn upsert(&self, url: &str, key: &str, shopper: Shopper) -> bool {
        let body = serde_json::json!({ "shopper": shopper }).to_string();
        let call = self.0.post(url).bearer_auth(key).timeout(ATTEMPT_TIMEOUT);
        let sent = call.header(CONTENT_TYPE, "application/json").body(body);
        match sent.send().await {
            Ok(answer) if answer.status().is_success() => answer.bytes().await.is_ok(),
            _ => false,
        }
    }
}

fn backoff(retries: u32) -> RetryTransientMiddleware<ExponentialBackoff> {
    let waits = ExponentialBackoff::builder()
        .retry_bounds(Duration::from_secs(1), Duration::from_secs(8))
        .build_with_max_retries(retries);
    RetryTransientMiddleware::new_with_policy(waits)
}

fn pace(burst: Burst, quota: Quota) -> governor::Quota {
    let per_second = f64::from(quota.limit()) / quota.window().as_secs_f64();
    let per_second = NonZeroU32::new(per_second as u32).expect("at least a call a second");
    let pace = governor::Quota::per_second(per_second);
    match burst {
        Burst::Default => pace,
        Burst::One => pace.allow_burst(NonZeroU32::MIN),
    }
}

async fn wait_and_send(
    limiter: Arc<DefaultDirectRateLimiter>,
    request: Request,
    extensions: &mut Extensions,
    next: Next<'_>,
) -> Result<Response> {
    limiter.until_ready().await;
    next.run(request, extensions).await
}

/// Tells the compiler for which lifetimes a closure is meant.
fn middleware<F>(closure: F) -> F
where
    F: for<'a> Fn(Request, &'a mut Extensions, Next<'a>) -> BoxFuture<'a, Result<Response>>,
{
    closure
}
