//! Finding out if anything of a request has left this machine.
//!
//! An HTTP client takes the body of a request when it has a connection and begins to write, and not before. So a body that
//! was not asked for says that nothing was sent, whatever HTTP client it is. It can also be revoked: from then on nothing of
//! it will be sent.

use std::{
    cell::Cell,
    error::Error,
    future::poll_fn,
    io,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

const WAITING: u8 = 0;
const STARTED: u8 = 1;
const REVOKED: u8 = 2;

thread_local! {
    /// That of the call which is being polled, until its request is made.
    static CURRENT: Cell<Option<Sending>> = const { Cell::new(None) };
}

/// The state of one request, shared by the call and the body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sending(Arc<AtomicU8>);

impl Sending {
    /// Lets nothing more be sent. Returns `true` if nothing was.
    pub(super) fn revoke(&self) -> bool {
        self.leave_waiting(REVOKED) != STARTED
    }

    /// Returns `true` if it may be sent.
    fn start(&self) -> bool {
        self.leave_waiting(STARTED) != REVOKED
    }

    /// Returns the state that it is in afterwards.
    fn leave_waiting(&self, next: u8) -> u8 {
        let swapped = self
            .0
            .compare_exchange(WAITING, next, Ordering::AcqRel, Ordering::Acquire);
        swapped.map_or_else(|other| other, |_| next)
    }

    /// Runs an operation of a generated client, whose request is made when it is polled for the first time.
    pub(super) async fn watch<F: Future>(&self, send: F) -> F::Output {
        let mut send = pin!(send);
        let mut sending = Some(self.clone());
        poll_fn(|context| {
            if sending.is_some() {
                CURRENT.set(sending.take());
            }
            send.as_mut().poll(context)
        })
        .await
    }
}

/// Has a request of the call which is being polled tell when it is sent.
pub(crate) fn track(request: &mut reqwest::Request) {
    if let Some(sending) = CURRENT.take() {
        let body = request.body_mut();
        let inner = body.take().unwrap_or_default();
        *body = Some(reqwest::Body::wrap(Tracked { inner, sending }));
    }
}

/// The body of a request that is watched.
struct Tracked {
    inner: reqwest::Body,
    sending: Sending,
}

impl Body for Tracked {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if !self.sending.start() {
            let err = io::Error::other("the call was given up before it was sent");
            return Poll::Ready(Some(Err(err.into())));
        }
        Pin::new(&mut self.inner)
            .poll_frame(context)
            .map_err(Into::into)
    }

    /// Of an empty body nothing else is asked for. If it was revoked, it says that there is more, which then is an error.
    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream() && self.sending.start()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_either_sent_or_revoked() {
        let (sent, revoked) = (Sending::default(), Sending::default());

        assert!(sent.start() && sent.start());
        assert!(!sent.revoke());
        assert!(revoked.revoke() && revoked.revoke());
        assert!(!revoked.start());
    }
}
