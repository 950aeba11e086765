//! The server of the mocks.

use std::{
    fmt,
    marker::PhantomData,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use httpmock::{Mock, MockServer};
use serde_json::json;

use crate::{Buildable, Builder, Error, Retries};

/// The answer to a call that no mock is for. No vendor gives it, and its kind is `Unexpected`.
/// With httpmock's own, a 404, it would pass for a shopper who is not there.
const UNMATCHED: u16 = 421;

const KEY: &str = "mock_key";

/// The quota's window, so that a 429 does not hold up a test.
const WINDOW: Duration = Duration::from_millis(1);

/// A mock that answers 429 for ever holds a call until its deadline.
const DEADLINE: Duration = Duration::from_secs(2);

/// A server in your own process that answers as its mocks say: [`Bspk`](super::Bspk) and [`Gatsby`](super::Gatsby).
///
/// `C` is the client that it is for.
pub struct Server<C> {
    http: MockServer,
    /// The mock for the calls that no other is for.
    unmatched: Mutex<Option<usize>>,
    client: PhantomData<fn() -> C>,
}

impl<C: Buildable> Server<C> {
    /// Starts a server on a free port of the loopback address. A call that no mock is for is answered 421,
    /// `no_mock_matches`.
    ///
    /// httpmock runs 25 servers at a time (`HTTPMOCK_MAX_SERVERS`); one more waits until another is dropped. One for each
    /// vendor is enough for a test.
    ///
    /// # Panics
    ///
    /// If there is no free port.
    pub fn start() -> Self {
        let http = MockServer::start();
        let unmatched = Mutex::new(Some(answer_the_rest(&http)));
        Self {
            http,
            unmatched,
            client: PhantomData,
        }
    }

    /// A client of it: it tries again as any client does, but without waiting. The window of its quota, which a 429 lets
    /// pass, is a millisecond, and its deadline is 2 s.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn client(&self) -> Result<C, Error> {
        self.client_with(|builder| builder)
    }

    /// Such a client with other settings: the service's own, or those of the case that is tested, such as
    /// [`Builder::deadline`] and [`Builder::quota_window`].
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn client_with(&self, change: impl FnOnce(Builder<C>) -> Builder<C>) -> Result<C, Error> {
        let builder = Builder::new(KEY.parse()?)
            .base_url(self.url())
            .retries(Retries::new().first_wait(Duration::ZERO))
            .quota_window(WINDOW)
            .deadline(DEADLINE);
        change(builder).build()
    }

    /// Its address, for a service that makes its own client: `BSPK_BASE_URL` or `GATSBY_BASE_URL`, or
    /// [`Builder::base_url`]. Any key will do.
    ///
    /// Such a client waits as it does in production: for up to 10 s after a 429 without a `Retry-After`, unless
    /// [`Builder::quota_window`] says otherwise.
    pub fn url(&self) -> String {
        self.http.base_url()
    }

    /// Adds a mock.
    pub(crate) fn add<'a>(&'a self, add: impl FnOnce(&'a MockServer) -> Mock<'a>) -> Mock<'a> {
        let mut unmatched = self
            .unmatched
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = unmatched.take() {
            Mock::new(id, &self.http).delete();
        }
        let mock = add(&self.http);
        *unmatched = Some(answer_the_rest(&self.http));
        mock
    }
}

impl<C: Buildable> fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

/// Adds a mock for the calls that none before it is for, and gives its id. The mocks are asked in the order in which they
/// were added, so it has to be the last.
fn answer_the_rest(http: &MockServer) -> usize {
    let rest = http.mock(|when, then| {
        when.any_request();
        then.status(UNMATCHED).json_body(json!({"errors": [{
            "code": "no_mock_matches",
            "title": "no mock is for this call; `assert` of one shows how they differ",
        }]}));
    });
    rest.id()
}
