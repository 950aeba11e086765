//! Counts what the library tells of its attempts.

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

/// How often the vendor said that there were too many calls, and how often a call was sent again.
#[derive(Clone, Default)]
pub struct Tally {
    throttled: Arc<AtomicU64>,
    retries: Arc<AtomicU64>,
}

static TALLY: LazyLock<Tally> = LazyLock::new(Tally::default);

/// What counts for the whole process, for somebody who listens to more.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    TALLY.clone().with_filter(filter_fn(is_attempt))
}

impl Tally {
    /// Counts from now on, in the whole process.
    pub fn begin() -> Self {
        // It fails if somebody listens already, and that is who uses the layer above.
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
    fn attempts_are_counted_by_what_they_say() {
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
