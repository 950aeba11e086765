//! Bodies that do not arrive as they should.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

/// What an endless body is made of.
static FILLER: [u8; 16 * 1024] = [b' '; 16 * 1024];

/// A body that is announced whole and breaks off in the middle.
pub(crate) struct Half {
    announced: u64,
    half: Option<Bytes>,
    end: BreakOff,
}

impl Half {
    pub(crate) fn of(whole: &Bytes) -> Self {
        let half = Some(whole.slice(..whole.len() / 2));
        Self {
            announced: whole.len() as u64,
            half,
            end: BreakOff::default(),
        }
    }
}

impl Body for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.half.take() {
            Some(half) => Poll::Ready(Some(Ok(Frame::data(half)))),
            None => self.end.poll(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

/// A body that starts well and goes on in white space; past its bound it breaks off, so that it
/// never ends well.
pub(crate) struct Endless {
    start: Option<Bytes>,
    left: u64,
    end: BreakOff,
}

impl Endless {
    pub(crate) fn from(start: Bytes, bytes: u64) -> Self {
        Self {
            start: Some(start),
            left: bytes,
            end: BreakOff::default(),
        }
    }
}

impl Body for Endless {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let bytes = match self.start.take() {
            Some(start) => start,
            None if self.left == 0 => return self.end.poll(context),
            None => {
                let bytes = self.left.min(FILLER.len() as u64);
                self.left -= bytes;
                // At most FILLER.len(), so the cast loses nothing.
                Bytes::from_static(&FILLER[..bytes as usize])
            }
        };
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

/// A body that comes byte by byte.
pub(crate) struct Trickle {
    left: Bytes,
    every: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Trickle {
    pub(crate) fn of(whole: Bytes, every: Duration) -> Self {
        Self {
            left: whole,
            every,
            sleep: Box::pin(tokio::time::sleep(every)),
        }
    }
}

impl Body for Trickle {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.sleep.as_mut().poll(context));
        let byte = self.left.split_to(1);
        self.sleep = Box::pin(tokio::time::sleep(self.every));
        Poll::Ready(Some(Ok(Frame::data(byte))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}

/// The end of a body that has none. The connection gets one turn before, to send what it has; hyper
/// throws that away when a body fails.
#[derive(Default)]
struct BreakOff {
    had_its_turn: bool,
}

impl BreakOff {
    fn poll<T>(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<T>>> {
        if self.had_its_turn {
            let broken_off =
                io::Error::new(io::ErrorKind::ConnectionAborted, "broken off on demand");
            return Poll::Ready(Some(Err(broken_off)));
        }
        self.had_its_turn = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
