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

use super::{Client, Shopper, Upserted, generated::UPSERT_SHOPPER};
use crate::{
    Error, core,
    error::{Cause, Interruption},
    retry,
};

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

impl Client {
    /// Upserts many shoppers at once, as fast as the quota allows, and gives the outcome of each with its position in the
    /// input, in the order in which they end.
    ///
    /// The input is read no further than calls can be made, so memory does not grow with it. Calls go on while no
    /// outcome is asked for; finished ones are kept until then.
    ///
    /// A call's deadline begins to run when it has its permit, however long that takes. It has to be polled within a tokio
    /// runtime. If that is shut down while calls are under way, the outcomes of those are errors that are
    /// [ambiguous](Error::is_ambiguous), and the stream goes on in the runtime that it is polled in next.
    ///
    /// # Cancellation
    ///
    /// Dropping the stream drops the calls that are under way, and their shoppers may be stored. To stop early, call
    /// [`Upserts::stop`] and take the outcomes that are left.
    ///
    /// # Example: an import
    ///
    /// ```no_run
    /// use futures_util::{StreamExt, stream};
    /// use shoppers::bspk;
    ///
    /// # async fn example(bspk: bspk::Client, shoppers: Vec<bspk::Shopper>) {
    /// let mut outcomes = bspk.upsert_shoppers(stream::iter(shoppers));
    /// while let Some((position, outcome)) = outcomes.next().await {
    ///     match outcome {
    ///         Ok(stored) => println!("row {position} is {}", stored.id),
    ///         Err(err) if err.is_ambiguous() => println!("row {position} may be stored: {err}"),
    ///         Err(err) => println!("row {position} is not stored: {err}"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn upsert_shoppers<S>(&self, shoppers: S) -> Upserts<S>
    where
        S: Stream<Item = Shopper>,
    {
        Upserts {
            client: self.with(|mut call| {
                call.deadline_from_permit = true;
                call
            }),
            shoppers: Some(Box::pin(shoppers)),
            position: 0,
            concurrency: None,
            running: JoinSet::new(),
            positions: HashMap::new(),
        }
    }
}

impl<S> Upserts<S> {
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
                        return Poll::Ready(Some((
                            position,
                            Err(core::no_runtime(&UPSERT_SHOPPER)),
                        )));
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
                // Nothing else ends a task: the runtime that it ran on was shut down.
                let gone = Cause::Unanswered(Interruption::RuntimeGone);
                (task, Err(retry::error(&UPSERT_SHOPPER, gone)))
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
