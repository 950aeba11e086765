//! Counts throttled and repeated calls, by the spans of the library.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use tracing::{
    Metadata, Subscriber,
    field::{Field, Visit},
    span::{Id, Record},
};
use tracing_subscriber::{
    Registry,
    filter::filter_fn,
    layer::{Context, Layer, SubscriberExt},
    registry::LookupSpan,
};

/// The number of answers 429, and of calls that were sent again.
#[derive(Clone, Default)]
pub struct Tally {
    throttled: Arc<AtomicU64>,
    retries: Arc<AtomicU64>,
}

static TALLY: LazyLock<Tally> = LazyLock::new(Tally::default);

/// The layer that counts for the whole process.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    TALLY.clone().with_filter(filter_fn(is_attempt))
}

impl Tally {
    /// Starts to count, in the whole process.
    pub fn start() -> Self {
        // It fails if `--verbose` has set a subscriber, which has the layer.
        let _ = tracing::subscriber::set_global_default(Registry::default().with(layer()));
        TALLY.clone()
    }

    pub fn throttled(&self) -> u64 {
        self.throttled.load(Ordering::Relaxed)
    }

    pub fn retries(&self) -> u64 {
        self.retries.load(Ordering::Relaxed)
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Tally {
    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut &*self);
    }
}

impl Visit for &Tally {
    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "http.response.status_code" if value == 429 => {
                self.throttled.fetch_add(1, Ordering::Relaxed);
            }
            "http.request.resend_count" => {
                self.retries.fetch_add(1, Ordering::Relaxed);
            }
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

fn is_attempt(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.name() == "attempt" && metadata.target().starts_with("shoppers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_counted_by_their_fields() {
        let tally = Tally::default();
        let layer = tally.clone().with_filter(filter_fn(is_attempt));

        tracing::subscriber::with_default(Registry::default().with(layer), || {
            for (status, resent) in [
                (200_u16, None),
                (429, None),
                (200, Some(1_u32)),
                (429, Some(2)),
            ] {
                let span = tracing::debug_span!(
                    target: "shoppers::call",
                    "attempt",
                    http.request.resend_count = tracing::field::Empty,
                    http.response.status_code = tracing::field::Empty,
                );
                if let Some(resent) = resent {
                    span.record("http.request.resend_count", resent);
                }
                span.record("http.response.status_code", status);
            }
        });

        assert_eq!((tally.throttled(), tally.retries()), (2, 2));
    }
}
