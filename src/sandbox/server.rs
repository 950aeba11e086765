//! The port: connections in, answers out, and an end to all of it.

use std::{fmt, io, sync::Arc, time::Duration};

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

use super::{
    answer::{self, Answer},
    request::Recorder,
    vendor::Vendor,
};

/// Bodies beyond this are not read: the connection is closed.
const LARGEST_BODY: usize = 1024 * 1024;

/// How long to wait when no connection can be accepted, as when files run out.
const BREATH: Duration = Duration::from_millis(10);

/// Both vendors behind one port.
#[derive(Debug)]
pub(super) struct House {
    pub(super) bspk: Vendor,
    pub(super) gatsby: Vendor,
    pub(super) recorder: Recorder,
}

impl House {
    async fn call(&self, request: Request<Incoming>) -> Result<Answer, Closed> {
        let (head, body) = request.into_parts();
        let body = to_bytes(Body::new(body), LARGEST_BODY)
            .await
            .map_err(|_| Closed)?;
        self.recorder.record(&head, &body);
        match self.vendor(head.uri.path()) {
            Some(vendor) => vendor.call(head, body).await,
            None => Ok(answer::no_such_path().await.into_response()),
        }
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
pub(super) struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed on demand")
    }
}

impl std::error::Error for Closed {}

/// Serves until the other end of `stopped` is gone; then there is neither listener nor connection
/// left.
pub(super) async fn serve(
    listener: TcpListener,
    house: Arc<House>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(connection(stream, Arc::clone(&house)))),
                Err(_) => sleep(BREATH).await,
            },
        }
    }
    drop(listener);
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
