//! The port: connections in, answers out, and an end to all of it.

use std::{
    fmt,
    future::poll_fn,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    response::IntoResponse,
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinSet,
    time::sleep,
};

use crate::{
    answer::{self, Answer},
    request::Recorder,
    vendor::Vendor,
};

/// How long to wait when no connection can be accepted, as when files run out.
const BREATH: Duration = Duration::from_millis(10);

/// Both vendors behind one port.
#[derive(Debug)]
pub(crate) struct House {
    pub(crate) bspk: Vendor,
    pub(crate) gatsby: Vendor,
    pub(crate) recorder: Recorder,
    /// `None` once the sandbox is closed.
    pub(crate) listener: Mutex<Option<TcpListener>>,
}

impl House {
    /// Closes the port before it returns; calls that arrive on open connections are not answered from then on.
    pub(crate) fn close(&self) {
        drop(self.listener().take());
    }

    /// Accepts a connection; never returns once the sandbox is closed.
    async fn accept(&self) -> io::Result<TcpStream> {
        poll_fn(|context| match &*self.listener() {
            Some(listener) => listener.poll_accept(context).map_ok(|(stream, _)| stream),
            None => Poll::Pending,
        })
        .await
    }

    fn check_open(&self) -> Result<(), Closed> {
        if self.listener().is_none() {
            return Err(Closed);
        }
        Ok(())
    }

    fn listener(&self) -> MutexGuard<'_, Option<TcpListener>> {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn call(&self, request: Request<Incoming>) -> Result<Answer, Closed> {
        let (head, body) = request.into_parts();
        // Neither vendor documents a largest body, so a body of any size is read.
        let body = to_bytes(Body::new(body), usize::MAX)
            .await
            .map_err(|_| Closed)?;
        self.check_open()?;
        self.recorder.record(&head, &body);
        let answer = match self.vendor(head.uri.path()) {
            Some(vendor) => vendor.call(head, body).await?,
            None => answer::not_served().await.into_response(),
        };
        self.check_open()?;
        Ok(answer)
    }

    fn vendor(&self, path: &str) -> Option<&Vendor> {
        match path.split('/').nth(1) {
            Some("api") => Some(&self.bspk),
            Some("public") => Some(&self.gatsby),
            _ => None,
        }
    }
}

/// There is no answer: the connection is closed.
#[derive(Debug)]
pub(crate) struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed on demand")
    }
}

impl std::error::Error for Closed {}

/// Serves until the other end of `stopped` is gone; then there is neither listener nor connection
/// left.
pub(crate) async fn serve(house: Arc<House>, mut stopped: oneshot::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            accepted = house.accept() => match accepted {
                Ok(stream) => drop(connections.spawn(connection(stream, Arc::clone(&house)))),
                Err(_) => sleep(BREATH).await,
            },
        }
    }
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, house: Arc<House>) {
    // Without it small answers wait for the client's acknowledgement; a connection that cannot do
    // it is slower, no more.
    let _: io::Result<()> = stream.set_nodelay(true);
    let service = service_fn(|request| house.call(request));
    // A vendor goes on with a call whose caller has gone: so does the sandbox, hence `half_close`.
    let served = http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    // An error is a caller that has gone or a connection closed on demand: neither is the sandbox's
    // business.
    let _: hyper::Result<()> = served.await;
}
