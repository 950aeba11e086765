//! The tasks that deliver events, the clock that their retries wait on, and the requests that they send.

use std::{
    net::IpAddr,
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    http::{
        Request, Uri,
        header::{CONTENT_TYPE, HOST},
    },
};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpStream,
    runtime::Handle,
    sync::{Semaphore, watch},
    task::{AbortHandle, JoinSet},
    time::{Instant, sleep, timeout},
};

use super::Bspk;

/// The time within which an endpoint has to answer (BSPK's page "Retry policy").
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// The header with the secret of an endpoint (BSPK's page "Security").
const SECRET: &str = "x-bspk-secret";

const SENT_AT_ONCE: usize = 64;

/// The reason of an attempt that was not made.
pub(super) const NOT_LOOPBACK: &str =
    "not sent: the sandbox delivers to http at a loopback address alone";

/// The tasks that deliver, and the clock that they wait on.
#[derive(Debug)]
pub(super) struct Sender {
    runtime: Option<Handle>,
    tasks: Mutex<JoinSet<()>>,
    at_once: Semaphore,
    start: Instant,
    /// The time by which the clock is ahead of the time that has passed.
    ahead: watch::Sender<Duration>,
    /// Changes with each delivery and with the clock.
    changes: watch::Sender<()>,
}

impl Sender {
    pub(super) fn new() -> Self {
        Self {
            runtime: Handle::try_current().ok(),
            tasks: Mutex::default(),
            at_once: Semaphore::new(SENT_AT_ONCE),
            start: Instant::now(),
            ahead: watch::Sender::default(),
            changes: watch::Sender::default(),
        }
    }

    /// The time on the clock, from the sandbox's start.
    pub(super) fn now(&self) -> Duration {
        self.start.elapsed() + *self.ahead.borrow()
    }

    pub(super) fn advance_to(&self, time: Duration) {
        let left = time.saturating_sub(self.now());
        self.ahead.send_modify(|ahead| *ahead += left);
        self.tell();
    }

    /// Sees each change of a delivery or of the clock.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    pub(super) async fn sleep_until(&self, time: Duration) {
        let mut ahead = self.ahead.subscribe();
        loop {
            let left = time.saturating_sub(self.now());
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = sleep(left) => {}
                // The sender lives as long as this future.
                _ = ahead.changed() => {}
            }
        }
    }

    /// Wakes those that wait for a change of a delivery.
    pub(super) fn tell(&self) {
        self.changes.send_modify(|()| {});
    }

    /// Waits for an answer within BSPK's limit.
    pub(super) async fn send(
        &self,
        post: impl Future<Output = Result<u16, &'static str>>,
    ) -> Result<u16, &'static str> {
        // The semaphore is never closed.
        let _permit = self.at_once.acquire().await;
        let answer = timeout(ANSWER_LIMIT, post).await;
        answer.unwrap_or(Err("no answer within 5 seconds"))
    }

    pub(super) fn spawn(
        &self,
        task: impl Future<Output = ()> + Send + 'static,
    ) -> Option<AbortHandle> {
        let mut tasks = self.tasks();
        while tasks.try_join_next().is_some() {}
        let runtime = self.runtime.as_ref()?;
        Some(tasks.spawn_on(task, runtime))
    }

    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bspk {
    /// Ends all deliveries.
    pub(crate) fn close(&self) {
        self.sender.tasks().abort_all();
        self.sender.tell();
    }
}

/// Posts a body, and returns the status of the answer.
pub(super) async fn post(target: &Uri, secret: &str, body: String) -> Result<u16, &'static str> {
    let (Some(host), true) = (loopback(target), target.scheme_str() == Some("http")) else {
        return Err(NOT_LOOPBACK);
    };
    let path = target.path_and_query().map_or("/", |it| it.as_str());
    let request = Request::post(path)
        .header(HOST, target.authority().map_or("", |it| it.as_str()))
        .header(CONTENT_TYPE, "application/json")
        .header(SECRET, secret)
        .body(Body::from(body))
        .map_err(|_| "not sent: the address does not fit into a request")?;
    let stream = TcpStream::connect((host, target.port_u16().unwrap_or(80)));
    let stream = stream.await.map_err(|_| "no connection")?;
    let handshake = handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|_| "no connection")?;
    let mut response = pin!(sender.send_request(request));
    let response = tokio::select! {
        response = &mut response => response,
        _ = connection => response.await,
    };
    let response = response.map_err(|_| "no answer")?;
    Ok(response.status().as_u16())
}

/// The host of an address of this machine.
fn loopback(target: &Uri) -> Option<&str> {
    let host = target.host()?.trim_matches(['[', ']']);
    let is_loopback = host
        .parse()
        .map_or(host == "localhost", |it: IpAddr| it.is_loopback());
    is_loopback.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_delivered_to() {
        for (target, expected) in [
            ("http://127.0.0.1:8080/bspk", Some("127.0.0.1")),
            ("http://127.9.9.9/", Some("127.9.9.9")),
            ("http://[::1]:8080/", Some("::1")),
            ("http://localhost/", Some("localhost")),
            ("http://localhost.example.com/", None),
            ("http://127.0.0.1.example.com/", None),
            ("http://127.0.0.1@example.com/", None),
            ("http://10.0.0.1/", None),
            ("http://0.0.0.0/", None),
            ("/bspk", None),
        ] {
            assert_eq!(loopback(&target.parse().unwrap()), expected, "{target}");
        }
    }
}
