//! A service's view of its calls: spans and events by OpenTelemetry's names, through `tracing`.
//!
//! `cargo run --example observe` lets a fake server misbehave, so that there is something to see.

use std::{error::Error, time::Duration};

use shoppers::{ApiKey, bspk};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt::format::FmtSpan,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let lines = tracing_subscriber::fmt::layer()
        .with_span_events(FmtSpan::CLOSE)
        .without_time()
        .with_target(false);
    // reqwest and hyper have much to say, too.
    let ours = Targets::new().with_target("shoppers", LevelFilter::DEBUG);
    tracing_subscriber::registry()
        .with(lines.with_filter(ours))
        .init();
    let window = Duration::from_millis(500);
    let behaviour = Behaviour::new().quota(Quota::fixed(2, window)).script([
        (1, Fault::ServiceUnavailable { retry_after: None }),
        (3, Fault::Html { status: 422 }),
        (4, Fault::Throttled { retry_after: None }),
    ]);
    let sandbox = Sandbox::builder().bspk(behaviour).start().await?;
    let bspk = bspk::Client::builder(ApiKey::new(sandbox.bspk_key())?)
        .base_url(sandbox.bspk_url())
        .quota_window(window)
        .build()?;

    for shopper_ref in ["CLI-1", "CLI-2", "CLI-3", "CLI-4"] {
        let shopper = bspk::Shopper {
            shopper_ref: Some(shopper_ref.into()),
            ..Default::default()
        };
        match bspk.upsert_shopper(&shopper).await {
            Ok(stored) => println!("{shopper_ref} is stored as {}", stored.id),
            Err(err) => println!("{shopper_ref} is not stored: {err}"),
        }
    }
    println!("{:?}", bspk.quota());
    Ok(())
}
