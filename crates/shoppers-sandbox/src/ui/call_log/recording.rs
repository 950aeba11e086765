//! A call while it is answered, and the body of its response as it is sent.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::StatusCode,
    response::Response,
};
use hyper::body::{Frame, SizeHint};
use tokio::time::Instant;

use super::{BODY_KEPT, CallLog, Message, Outcome, header_lines};

/// A call in progress. Dropping it ends the call: without a response, or with as much of its body as was sent.
pub(crate) struct Recording {
    log: Arc<CallLog>,
    id: u64,
    is_head: bool,
    start: Instant,
    response: Option<(StatusCode, Message)>,
    is_whole: bool,
}

impl Recording {
    pub(super) fn new(log: &Arc<CallLog>, id: u64, is_head: bool) -> Self {
        Self {
            log: Arc::clone(log),
            id,
            is_head,
            start: Instant::now(),
            response: None,
            is_whole: false,
        }
    }

    /// Returns the response with a body that records itself while it is sent.
    pub(crate) fn response(mut self, response: Response) -> Response {
        let message = Message {
            headers: header_lines(response.headers()),
            ..Message::default()
        };
        self.response = Some((response.status(), message));
        self.is_whole = self.is_head || response.body().is_end_stream();
        response.map(|body| {
            Body::new(RecordedBody {
                body,
                recording: self,
            })
        })
    }

    fn record_data(&mut self, data: &[u8]) {
        if let Some((_, message)) = &mut self.response {
            let room = BODY_KEPT - message.body.len();
            message
                .body
                .extend_from_slice(&data[..data.len().min(room)]);
            message.body_size += data.len() as u64;
        }
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let outcome = Outcome {
            milliseconds: self.start.elapsed().as_secs_f64() * 1e3,
            is_cut_off: !self.is_whole,
            response: self.response.take(),
        };
        self.log.complete(self.id, outcome);
    }
}

struct RecordedBody {
    body: Body,
    recording: Recording,
}

impl HttpBody for RecordedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            self.recording.record_data(data);
        }
        self.recording.is_whole = frame.is_none() || self.body.is_end_stream();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
