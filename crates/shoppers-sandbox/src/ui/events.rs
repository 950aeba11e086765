//! The page's server-sent events: what has changed since the event before.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::json;
use tokio::time::sleep;

use super::Ui;

/// The time between two looks at the state.
const INTERVAL: Duration = Duration::from_millis(250);

/// The same after a look that found many changes: the page's work must not slow the calls down.
const BUSY_INTERVAL: Duration = Duration::from_secs(1);
const MANY_CHANGES: u64 = 100;

/// The looks after which an event is sent even if no call has changed.
const LOOKS: u32 = 4;

/// One open page. It looks at the state when its connection can take more, so a slow reader misses calls and delays none.
struct Feed {
    ui: Arc<Ui>,
    /// The revision of the calls that the page has, and the second up to which it has the counts.
    revision: u64,
    second: u64,
    looks: u32,
    /// The wait before the next look.
    pause: Duration,
}

pub(super) fn response(ui: Arc<Ui>) -> Response {
    let feed = Feed {
        ui,
        revision: 0,
        second: 0,
        looks: LOOKS,
        pause: Duration::ZERO,
    };
    let events = stream::unfold(feed, |mut feed| async move {
        loop {
            sleep(feed.pause).await;
            if let Some(event) = feed.look() {
                return Some((Ok::<_, Infallible>(event), feed));
            }
        }
    });
    (
        [(CONTENT_TYPE, "text/event-stream")],
        Body::from_stream(events),
    )
        .into_response()
}

impl Feed {
    /// Returns an event if it is due.
    fn look(&mut self) -> Option<Bytes> {
        let (revision, calls) = self.ui.calls.since(self.revision);
        self.looks += 1;
        self.pause = if revision - self.revision > MANY_CHANGES {
            BUSY_INTERVAL
        } else {
            INTERVAL
        };
        if revision == self.revision && self.looks < LOOKS {
            return None;
        }
        let [bspk, gatsby] =
            [&self.ui.bspk_calls, &self.ui.gatsby_calls].map(|it| it.state(self.second));
        // The counts of this second may still grow.
        self.second = bspk["second"].as_u64().unwrap_or_default();
        (self.revision, self.looks) = (revision, 0);
        let event = json!({
            "calls": calls,
            "vendors": {"bspk": bspk, "gatsby": gatsby},
            "collections": self.ui.collections(),
        });
        Some(format!("data: {event}\n\n").into())
    }
}
