//! What `--verbose` tells.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer,
    filter::Targets,
    fmt::{self, format::FmtSpan},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::import::tally;

/// Tells on stderr what the library does: its spans and events hold nothing of a shopper. What other crates would tell
/// is left out, as nobody has looked at what that holds.
pub fn start() {
    let lines = fmt::layer()
        .with_writer(io::stderr)
        .with_target(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_filter(Targets::new().with_target("shoppers", LevelFilter::DEBUG));
    // It fails if there is one already, and there is none. An import counts with it.
    let _ = tracing_subscriber::registry()
        .with(lines)
        .with(tally::layer())
        .try_init();
}
