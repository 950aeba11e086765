//! The log of `--verbose`.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer,
    filter::Targets,
    fmt::{self, format::FmtSpan},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// Prints the library's spans and events on stderr, which contain no personal data. Those of other crates are left out, as
/// they may.
pub fn start() {
    let lines = fmt::layer()
        .with_writer(io::stderr)
        .with_target(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_filter(Targets::new().with_target("shoppers", LevelFilter::DEBUG));
    // It fails if a subscriber is already set, and none is.
    let _ = tracing_subscriber::registry().with(lines).try_init();
}
