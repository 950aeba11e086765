//! Many upserts at once.

use std::{
    collections::HashMap,
    fmt, panic,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::Stream;
use tokio::{
    runtime::Handle,
    task::{Id, JoinSet},
};
use tracing::Instrument;

use super::{Client, Shopper, Upserted};
use crate::Error;

/// Calls at once where no quota is known: as many as keep one connection pool busy.
const WITHOUT_QUOTA: usize = 64;

/// The most calls at once, however large the quota is.
const MOST: usize = 256;

/// The outcomes of many upserts, made by [`Client::upsert_shoppers`]: positions in the input, from 0, each once.
#[must_use = "a stream does nothing until it is polled"]
pub struct Upserts<S> {
    client: Client,
    /// The shoppers still to be sent; `None` at the end of the input.
    shoppers: Option<Pin<Box<S>>>,
    position: u64,
    concurrency: Option<usize>,
    /// On their own, so that a caller who is slow to ask does not let an answer run into its timeout.
    running: JoinSet<Result<Upserted, Error>>,
    /// The positions of those.
    positions: HashMap<Id, u64>,
}

impl<S> Upserts<S> {
    pub(super) fn new(client: Client, shoppers: S) -> Self {
        Self {
            client,
            shoppers: Some(Box::pin(shoppers)),
            position: 0,
            concurrency: None,
            running: JoinSet::new(),
            positions: HashMap::new(),
        }
    }

    /// Sets the number of calls made at once, at least one. Default: it follows the quota, up to 256; 64 where none is known.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = Some(calls.max(1));
        self
    }

    /// Reads no more of the input. The stream ends with the last outcome of the calls that are under way.
    pub fn stop(&mut self) {
        self.shoppers = None;
    }

    /// The number of calls that may be made at this moment. One more than the quota's permits, so that a permit finds a
    /// call waiting.
    fn most(&self) -> usize {
        self.concurrency.unwrap_or_else(|| {
            let permits = self.client.quota().permits;
            permits.map_or(WITHOUT_QUOTA, |permits| permits.saturating_add(1).min(MOST))
        })
    }
}

impl<S: Stream<Item = Shopper>> Stream for Upserts<S> {
    type Item = (u64, Result<Upserted, Error>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let most = this.most();
        while this.running.len() < most
            && let Some(shoppers) = &mut this.shoppers
        {
            match shoppers.as_mut().poll_next(context) {
                Poll::Ready(Some(shopper)) => {
                    let client = this.client.clone();
                    let position = this.position;
                    this.position += 1;
                    let Ok(runtime) = Handle::try_current() else {
                        return Poll::Ready(Some((position, Err(super::client::no_runtime()))));
                    };
                    let call = async move { client.upsert_shopper(&shopper).await };
                    let task = this.running.spawn_on(call.in_current_span(), &runtime);
                    this.positions.insert(task.id(), position);
                }
                Poll::Ready(None) => this.shoppers = None,
                Poll::Pending => break,
            }
        }
        let Some(ended) = ready!(this.running.poll_join_next_with_id(context)) else {
            return match this.shoppers {
                Some(_) => Poll::Pending,
                None => Poll::Ready(None),
            };
        };
        let (task, outcome) = match ended {
            Ok((task, outcome)) => (task, outcome),
            Err(err) => {
                let task = err.id();
                if let Ok(panicked) = err.try_into_panic() {
                    panic::resume_unwind(panicked);
                }
                // Nobody else ends a task: the runtime that it ran on was shut down.
                (task, Err(super::client::runtime_gone()))
            }
        };
        let position = this.positions.remove(&task).unwrap_or_default();
        Poll::Ready(Some((position, outcome)))
    }
}

impl<S> fmt::Debug for Upserts<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upserts")
            .field("position", &self.position)
            .field("running", &self.running.len())
            .finish_non_exhaustive()
    }
}
