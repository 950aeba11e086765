//! The sandbox, and the builder that starts it.

use std::{fmt, io, net::Ipv4Addr, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

#[cfg(feature = "ui")]
use crate::ui::Ui;
use crate::{
    behaviour::Behaviour,
    bspk::Bspk,
    document::Document,
    gatsby::Gatsby,
    request::{Recorder, Request},
    server::ServerState,
    tally::Tally,
    vendor::Vendor,
};

pub(crate) const BSPK_KEY: &str = "sandbox_bspk_key";
pub(crate) const GATSBY_KEY: &str = "pk_sandbox_gatsby_key";

/// A running server for both vendors.
///
/// Dropping it frees the port before the drop returns, and later calls are neither answered nor carried out. The runtime
/// closes open connections soon after; [`stop`](Self::stop) waits for that.
pub struct Sandbox {
    url: String,
    state: Arc<ServerState>,
    bspk: Arc<Bspk>,
    gatsby: Arc<Gatsby>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts both vendors on a free port, without quota, latency or faults.
    ///
    /// # Errors
    ///
    /// As [`Builder::start`].
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Makes a sandbox with other settings.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// BSPK's base URL, `http://127.0.0.1:PORT`, in place of `https://api.bspk.com`.
    pub fn bspk_url(&self) -> &str {
        &self.url
    }

    /// Gatsby's base URL, `http://127.0.0.1:PORT`, in place of `https://gatsby.tech`. The vendors differ in their paths.
    pub fn gatsby_url(&self) -> &str {
        &self.url
    }

    /// The page's URL, for a browser on this machine, or `None` without [`Builder::ui`].
    ///
    /// It holds a random token, without which the page shows nothing.
    #[cfg(feature = "ui")]
    pub fn ui_url(&self) -> Option<String> {
        self.state.ui.as_ref().map(|ui| ui.url())
    }

    /// The key that BSPK accepts: `sandbox_bspk_key`.
    pub fn bspk_key(&self) -> &str {
        BSPK_KEY
    }

    /// The key that Gatsby accepts: `pk_sandbox_gatsby_key`.
    pub fn gatsby_key(&self) -> &str {
        GATSBY_KEY
    }

    /// Returns BSPK's counts.
    pub fn bspk_tally(&self) -> Tally {
        let (made, count) = self.bspk.counts();
        self.state.bspk.tally(made, count)
    }

    /// Returns Gatsby's counts.
    pub fn gatsby_tally(&self) -> Tally {
        let (made, count) = {
            let store = self.gatsby.store();
            (store.made(), store.count())
        };
        self.state.gatsby.tally(made, count)
    }

    /// Returns BSPK's shopper with this `shopper_ref`: the attributes as they were sent, and the `id`.
    pub fn bspk_shopper(&self, shopper_ref: &str) -> Option<Value> {
        self.bspk.shopper(shopper_ref)
    }

    /// Returns all of BSPK's shoppers, the oldest first, as [`bspk_shopper`](Self::bspk_shopper) does.
    pub fn bspk_shoppers(&self) -> Vec<Value> {
        self.bspk.records("shoppers")
    }

    /// Returns the records of one of BSPK's collections, the oldest first: `shoppers`, `metafields`, `webhook_endpoints` with their
    /// secrets, `deliveries`, or a list of the Extraction API such as `messages`. Of another name it is empty.
    ///
    /// A delivery has the `id`, the `webhook_endpoint_id` and the `target_url`, the `event_name` and `object` that are sent, its
    /// `attempts` with the `status` of the answer or an `error`, and a `state`: `waiting`, `sending`, `delivered`, `refused` (422) or
    /// `given_up`. Of those that are finished the latest 1,000 are kept.
    pub fn records(&self, collection: &str) -> Vec<Value> {
        self.bspk.records(collection)
    }

    /// Adds records to a list while it may be read; see [`Builder::records`].
    ///
    /// # Errors
    ///
    /// As [`Builder::start`] for [`Builder::records`]; none of them is then added.
    pub fn add_records<T: ToString>(
        &self,
        list: &str,
        records: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        self.bspk.add(list, texts(records))
    }

    /// Deletes BSPK's shopper with this `shopper_ref`, which no operation of the documents does, and returns `true` if there was
    /// one. Webhook endpoints are told.
    pub fn delete_bspk_shopper(&self, shopper_ref: &str) -> bool {
        self.bspk.delete(shopper_ref)
    }

    /// Sets the clock of webhook deliveries forward, and waits until all that are due by then have been answered or have failed.
    /// With [`Duration::ZERO`] it waits for what is being sent.
    pub async fn advance(&self, by: Duration) {
        self.bspk.advance(by).await;
    }

    /// Delivers an event again, by the `id` of its delivery, and returns the id of the new one; `None` if there is no such
    /// delivery. The endpoint may be disabled.
    pub fn deliver_again(&self, delivery: u64) -> Option<u64> {
        self.bspk.deliver_again(delivery)
    }

    /// Returns Gatsby's shopper with this `_id`, as a get would.
    pub fn gatsby_shopper(&self, id: &str) -> Option<Value> {
        self.gatsby.store().get(id)
    }

    /// Returns all of Gatsby's shoppers, the oldest first, as a get would.
    pub fn gatsby_shoppers(&self) -> Vec<Value> {
        self.gatsby.store().all()
    }

    /// Returns the latest requests to both vendors, in the order of arrival; see [`Builder::requests`].
    pub fn requests(&self) -> Vec<Request> {
        self.state.recorder.requests()
    }

    /// Changes BSPK's behaviour from the next call on, which is then number 1 of a script. Shoppers and tally stay; the
    /// quota starts again.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) as for [`Builder::start`]; the behaviour then stays as it was.
    pub fn bspk_behaves(&self, behaviour: Behaviour) -> io::Result<()> {
        behaviour.check()?;
        self.state.bspk.behave(behaviour);
        Ok(())
    }

    /// Changes Gatsby's behaviour from the next call on, as [`bspk_behaves`](Self::bspk_behaves) does for BSPK.
    ///
    /// # Errors
    ///
    /// As [`bspk_behaves`](Self::bspk_behaves).
    pub fn gatsby_behaves(&self, behaviour: Behaviour) -> io::Result<()> {
        behaviour.check()?;
        self.state.gatsby.behave(behaviour);
        Ok(())
    }

    fn close(&self) {
        self.state.close();
        self.bspk.close();
    }

    /// Stops, and waits until the port is free and every connection is closed. Dropping does not wait for the connections.
    pub async fn stop(mut self) {
        self.close();
        // It fails if the runtime shuts down, and the server with it.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// The settings of a [`Sandbox`].
#[derive(Clone)]
pub struct Builder {
    port: u16,
    requests: usize,
    #[cfg(feature = "ui")]
    has_ui: bool,
    bspk: Behaviour,
    gatsby: Behaviour,
    records: Vec<(String, Vec<String>)>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            requests: 10_000,
            #[cfg(feature = "ui")]
            has_ui: false,
            bspk: Behaviour::new(),
            gatsby: Behaviour::new(),
            records: Vec::new(),
        }
    }
}

impl Builder {
    /// The port of 127.0.0.1. Default: any free port.
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// The number of latest requests that are kept for [`Sandbox::requests`]; 0 keeps none, which is faster. Default:
    /// 10,000.
    pub fn requests(self, requests: usize) -> Self {
        Self { requests, ..self }
    }

    /// Serves a page for the browser at [`Sandbox::ui_url`]: calls with request and response, shoppers, quotas, and buttons
    /// that change the behaviour. It keeps the latest 1,000 calls. Default: no page.
    #[cfg(feature = "ui")]
    pub fn ui(self) -> Self {
        Self {
            has_ui: true,
            ..self
        }
    }

    /// BSPK's behaviour. Default: [`Behaviour::new`], without a quota; `Behaviour::new().quota(Quota::bspk())` has the
    /// quota of BSPK's examples.
    pub fn bspk(self, bspk: Behaviour) -> Self {
        Self { bspk, ..self }
    }

    /// Gatsby's behaviour. Default: [`Behaviour::new`], without a quota.
    pub fn gatsby(self, gatsby: Behaviour) -> Self {
        Self { gatsby, ..self }
    }

    /// Fills a list of the Extraction API, by its name: `appointments`, `calls`, `clients`, `emails`, `messages`, `notes`,
    /// `reminders`, `sales_associates` or `slices`. Each record is a JSON object or its text, which is listed word for word. A
    /// second use adds to the first. Default: no records; `clients` also shows the shoppers.
    ///
    /// # Example: messages from a file of JSON Lines
    ///
    /// ```
    /// use shoppers_sandbox::Sandbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let file = || -> std::io::Result<String> { Ok(r#"{"client_id": "CLI-789", "body": "Hello"}"#.into()) };
    /// # /*
    /// let messages = std::fs::read_to_string("messages.jsonl")?;
    /// # */ let messages = file()?;
    /// let sandbox = Sandbox::builder().records("messages", messages.lines()).start().await?;
    ///
    /// assert_eq!(sandbox.records("messages")[0]["body"], "Hello");
    /// # Ok(())
    /// # }
    /// ```
    pub fn records<T: ToString>(
        mut self,
        list: &str,
        records: impl IntoIterator<Item = T>,
    ) -> Self {
        self.records
            .push((list.to_owned(), texts(records).collect()));
        self
    }

    /// Starts both vendors. Call it within a tokio runtime; the server runs there.
    ///
    /// # Errors
    ///
    /// The system's error if the port cannot be bound, and [`InvalidInput`](io::ErrorKind::InvalidInput) for a behaviour
    /// out of range: a window of zero, a latency over a day, an impossible probability, status or header value; and for
    /// records of a list that does not exist, or that are no JSON objects.
    pub async fn start(self) -> io::Result<Sandbox> {
        self.bspk.check()?;
        self.gatsby.check()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let document = Arc::new(Document::of(shoppers::spec::BSPK)?);
        let (bspk, gatsby) = (Bspk::new(Arc::clone(&document))?, Gatsby::new()?);
        for (list, records) in self.records {
            bspk.add(&list, records)?;
        }
        let state = ServerState::new(
            Vendor::new(
                format!("Bearer {BSPK_KEY}"),
                bspk.router(),
                document,
                self.bspk,
            )
            .announcing_quota(),
            Vendor::new(
                GATSBY_KEY.to_owned(),
                gatsby.router(),
                Arc::new(Document::of(shoppers::spec::GATSBY)?),
                self.gatsby,
            ),
            Recorder::new(self.requests),
            listener,
        );
        #[cfg(feature = "ui")]
        let state = if self.has_ui {
            let ui = Ui::new(
                url.clone(),
                [&state.bspk, &state.gatsby].map(Arc::clone),
                Arc::clone(&bspk),
                Arc::clone(&gatsby),
            )?;
            state.ui(ui)
        } else {
            state
        };
        let state = Arc::new(state);
        Ok(Sandbox {
            url,
            server: tokio::spawn(Arc::clone(&state).serve()),
            state,
            bspk,
            gatsby,
        })
    }
}

/// Shows no records, which may be those of shoppers.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("port", &self.port)
            .field("requests", &self.requests)
            .field("bspk", &self.bspk)
            .field("gatsby", &self.gatsby)
            .finish_non_exhaustive()
    }
}

fn texts<T: ToString>(records: impl IntoIterator<Item = T>) -> impl Iterator<Item = String> {
    records.into_iter().map(|it| it.to_string())
}
