//! The server: accepts connections, hands each request to its vendor, and stops.

use std::{
    future::poll_fn,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Poll,
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    response::{IntoResponse, Response},
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinSet,
    time::sleep,
};

#[cfg(feature = "ui")]
use crate::ui::Ui;
use crate::{
    request::Recorder,
    response::{ConnectionClosed, not_served},
    vendor::Vendor,
};

/// The wait before the next try if no connection can be accepted, as when file descriptors run out.
const ACCEPT_AGAIN: Duration = Duration::from_millis(10);

/// Both vendors behind one port.
pub(crate) struct ServerState {
    pub(crate) bspk: Arc<Vendor>,
    pub(crate) gatsby: Arc<Vendor>,
    pub(crate) recorder: Recorder,
    /// `None` without a page.
    #[cfg(feature = "ui")]
    pub(crate) ui: Option<Arc<Ui>>,
    /// `None` once the server is closed.
    listener: Mutex<Option<TcpListener>>,
    closed: Notify,
}

impl ServerState {
    pub(crate) fn new(
        bspk: Vendor,
        gatsby: Vendor,
        recorder: Recorder,
        listener: TcpListener,
    ) -> Self {
        Self {
            bspk: Arc::new(bspk),
            gatsby: Arc::new(gatsby),
            recorder,
            #[cfg(feature = "ui")]
            ui: None,
            listener: Mutex::new(Some(listener)),
            closed: Notify::new(),
        }
    }

    /// The same server, with a page.
    #[cfg(feature = "ui")]
    pub(crate) fn ui(self, ui: Ui) -> Self {
        Self {
            ui: Some(Arc::new(ui)),
            ..self
        }
    }

    /// Frees the port before it returns. Calls that arrive later on open connections are not answered.
    pub(crate) fn close(&self) {
        drop(self.listener().take());
        self.closed.notify_one();
    }

    /// Serves until [`close`](Self::close), and returns once every connection is closed.
    pub(crate) async fn serve(self: Arc<Self>) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                () = self.closed.notified() => break,
                Some(_) = connections.join_next() => {}
                accepted = self.accept() => match accepted {
                    Ok(stream) => drop(connections.spawn(connection(stream, Arc::clone(&self)))),
                    Err(_) => sleep(ACCEPT_AGAIN).await,
                },
            }
        }
        connections.shutdown().await;
    }

    async fn accept(&self) -> io::Result<TcpStream> {
        poll_fn(|context| match &*self.listener() {
            Some(listener) => listener.poll_accept(context).map_ok(|(stream, _)| stream),
            None => Poll::Pending,
        })
        .await
    }

    async fn call(
        self: &Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response, ConnectionClosed> {
        let (head, body) = request.into_parts();
        // Neither vendor documents a maximum size.
        let body = to_bytes(Body::new(body), usize::MAX)
            .await
            .map_err(|_| ConnectionClosed)?;
        self.check_open()?;
        #[cfg(feature = "ui")]
        if let Some(ui) = self.ui.as_ref().filter(|_| Ui::serves(&head)) {
            return Ok(ui.respond(&head, &body));
        }
        let path = head.uri.path();
        let vendors = [("bspk", &self.bspk), ("gatsby", &self.gatsby)];
        let vendor = vendors
            .into_iter()
            .find(|(_, vendor)| vendor.document.has_root(path))
            .map(|(name, vendor)| (name, vendor, vendor.receive()));
        let operation = vendor
            .as_ref()
            .and_then(|(_, vendor, _)| vendor.document.label(&head.method, path));
        self.recorder.record(&head, &body, operation.clone());
        #[cfg(feature = "ui")]
        let recording = self.ui.as_ref().map(|ui| {
            let name = vendor.as_ref().map(|(name, ..)| *name);
            let fault = vendor.as_ref().and_then(|(.., call)| call.fault.as_ref());
            ui.calls.record(name, operation, &head, &body, fault)
        });
        let response = match vendor {
            Some((_, vendor, call)) => vendor.call(call, head, body).await?,
            None => not_served().into_response(),
        };
        #[cfg(feature = "ui")]
        let response = match recording {
            Some(recording) => recording.response(response),
            None => response,
        };
        self.check_open()?;
        Ok(response)
    }

    fn check_open(&self) -> Result<(), ConnectionClosed> {
        let is_open = self.listener().is_some();
        is_open.then_some(()).ok_or(ConnectionClosed)
    }

    fn listener(&self) -> MutexGuard<'_, Option<TcpListener>> {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn connection(stream: TcpStream, state: Arc<ServerState>) {
    // Without it small responses wait for the client's acknowledgement. If it fails, the connection is merely slower.
    let _: io::Result<()> = stream.set_nodelay(true);
    let service = service_fn(|request| state.call(request));
    // A vendor completes a call whose caller has gone, and so does the sandbox, by `half_close`.
    let served = http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    // It fails if the caller has gone or a fault closed the connection: neither concerns the sandbox.
    let _: hyper::Result<()> = served.await;
}
