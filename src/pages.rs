//! Lists that come in pages, of which the vendor's header `Link` names the next.

mod cursor;
mod link;

use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    hash::{DefaultHasher, Hash, Hasher},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use futures_util::Stream;
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{Url, header::LINK};
use serde::de::DeserializeOwned;

pub use cursor::Cursor;

use crate::{
    Error, Operation,
    auth::Authorizer,
    builder::sealed::Sealed,
    core::{RawResponse, Sent},
    error::Unreadable,
};

/// The records on a page, if a call does not say: as many as BSPK allows (specs/bspk, `per_page`).
pub(crate) const PAGE_SIZE: i64 = 100;

const TOTAL: &str = "x-total-count";

/// A page of a list. `Debug` shows the number of its items, not what they hold.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records.
    pub items: Vec<T>,
    /// The number of records on all pages, if the vendor says.
    pub total: Option<u64>,
    /// The place at which the next page begins; `None` on the last.
    pub next: Option<Cursor>,
}

/// A list that comes in pages, one at a time and only as they are asked for. Each page is a call with its own deadline,
/// retries and permit.
///
/// [`try_next`](Self::try_next) gives record after record, [`next_page`](Self::next_page) page after page; it is also a
/// [`Stream`] of records. Pages are asked for at the address that the vendor's `Link` header names, in path and query alone:
/// the call goes to the client's own base URL, whatever host the header names. A filter or a size that the address leaves out
/// stays as it is. Dropped futures lose nothing.
///
/// # Errors
///
/// A page fails as any call does. A next page at another host or path, or one that was there before, is
/// [`is_unreadable`](Error::is_unreadable). After an error the [`cursor`](Self::cursor) stays, and the next call asks for the
/// same page again, the stream as well; to stop is up to the caller.
///
/// # Example: an export that can go on later
///
/// ```no_run
/// use shoppers::{Cursor, bspk};
///
/// # async fn example(bspk: bspk::Client, stopped_at: Option<Cursor>) -> Result<(), shoppers::Error> {
/// let mut messages = bspk.list_messages(&bspk::ListMessages::default());
/// if let Some(cursor) = stopped_at {
///     messages = messages.resume(cursor)?;
/// }
/// while let Some(page) = messages.next_page().await? {
///     println!("{} of {:?} messages", page.items.len(), page.total);
///     println!("go on from {:?}", page.next.map(|it| it.to_string()));
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a list is not asked for until a record or a page is"]
pub struct Pages<T> {
    list: Arc<dyn List>,
    fetching: Option<Fetching>,
    /// The records of the current page that were not taken.
    items: vec::IntoIter<T>,
    /// The place at which the current page begins; `None` if that is the first.
    current: Option<Cursor>,
    /// The place at which the next page begins; `None` before the first, and after the last.
    next: Option<Cursor>,
    is_done: bool,
    /// The hashes of the places that were named.
    named: HashSet<u64>,
    total: Option<u64>,
    has_drifted: bool,
}

impl<T> Pages<T> {
    /// Goes on from a cursor of this list, by another process or on another day. The filter is that of the cursor.
    ///
    /// # Errors
    ///
    /// A cursor of another operation: [`is_invalid`](Error::is_invalid).
    pub fn resume(mut self, cursor: Cursor) -> Result<Self, Error> {
        let operation = self.list.operation();
        if !cursor.is_of(operation) {
            let fault = "the cursor is of another operation; resume that one";
            return Err(Error::refused(operation, fault));
        }
        self.fetching = None;
        self.items = Vec::new().into_iter();
        self.is_done = false;
        self.named = HashSet::from([hash(&cursor)]);
        self.current = None;
        self.next = Some(cursor);
        Ok(self)
    }

    /// The same list, whose records are read as another type: as `serde_json::Value`, or as a
    /// `Box<serde_json::value::RawValue>`, the text as it came. It begins at the [`cursor`](Self::cursor).
    pub fn read_as<U>(self) -> Pages<U> {
        let next = self.cursor().cloned();
        Pages {
            is_done: self.is_done(),
            named: next.iter().map(hash).collect(),
            list: self.list,
            fetching: None,
            items: Vec::new().into_iter(),
            current: None,
            next,
            total: self.total,
            has_drifted: self.has_drifted,
        }
    }

    /// The place to go on from, so that no record is missed: the beginning of the next page, or of the current one while it
    /// has records that were not taken.
    ///
    /// `None` on the first page, where there is nothing to skip, and at the end; [`is_done`](Self::is_done) tells the two
    /// apart.
    pub fn cursor(&self) -> Option<&Cursor> {
        if self.items.len() > 0 {
            self.current.as_ref()
        } else {
            self.next.as_ref()
        }
    }

    /// Returns `true` once the last record was taken.
    pub fn is_done(&self) -> bool {
        self.is_done && self.items.len() == 0
    }

    /// The number of records on all pages, by the latest page that said so.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns `true` if the total has changed from one page to another: records came or went meanwhile, so pages may have
    /// shifted, and some records may be missing or twice. A narrower filter makes that less likely.
    pub fn has_drifted(&self) -> bool {
        self.has_drifted
    }

    /// Asks for the number of records by a call without a body (`HEAD`), and reads none of them.
    ///
    /// # Errors
    ///
    /// As any call; without a number it is [`is_unreadable`](Error::is_unreadable).
    pub async fn total_count(&self) -> Result<u64, Error> {
        let answer = self.list.head().await?;
        total(&answer).ok_or_else(|| answer.unreadable(Unreadable::NoTotal))
    }
}

impl<T: DeserializeOwned> Pages<T> {
    /// Returns the next record; `None` after the last.
    ///
    /// # Errors
    ///
    /// See [`Pages`](Self#errors).
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Returns the next page, or the records of the current one that were not taken; `None` after the last. A page without
    /// records is passed over, unless it is the last.
    ///
    /// # Errors
    ///
    /// See [`Pages`](Self#errors).
    pub async fn next_page(&mut self) -> Result<Option<Page<T>>, Error> {
        if self.items.len() > 0 {
            return Ok(Some(Page {
                items: self.items.by_ref().collect(),
                total: self.total,
                next: self.next.clone(),
            }));
        }
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<T>, Error>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Ok(Some(item)));
            }
            match ready!(self.poll_page(context))? {
                Some(page) => self.items = page.items.into_iter(),
                None => return Poll::Ready(Ok(None)),
            }
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Page<T>>, Error>> {
        while !self.is_done {
            let fetching = match &mut self.fetching {
                Some(fetching) => fetching,
                None => self.fetching.insert(self.list.fetch(self.next.clone())),
            };
            let answer = ready!(fetching.as_mut().poll(context));
            self.fetching = None;
            let page = self.accept(&answer?)?;
            if !page.items.is_empty() || page.next.is_none() {
                return Poll::Ready(Ok(Some(page)));
            }
        }
        Poll::Ready(Ok(None))
    }

    /// Moves on, if all of an answer can be read.
    fn accept(&mut self, answer: &RawResponse) -> Result<Page<T>, Error> {
        let headers = answer.response.headers().get_all(LINK).iter();
        let next = match link::next(headers.filter_map(|it| it.to_str().ok())) {
            Some(address) => {
                let query = answer.response.url().query().unwrap_or_default();
                let cursor = self.list.resolve(address, query);
                Some(cursor.ok_or_else(|| answer.unreadable(Unreadable::NextElsewhere))?)
            }
            None => None,
        };
        let items = answer.json()?;
        if next.as_ref().is_some_and(|it| !self.named.insert(hash(it))) {
            return Err(answer.unreadable(Unreadable::NextAgain));
        }
        let total = total(answer);
        self.has_drifted |= self.total.is_some() && total.is_some() && total != self.total;
        self.total = total.or(self.total);
        self.is_done = next.is_none();
        self.current = self.next.take();
        self.next = next.clone();
        Ok(Page { items, total, next })
    }
}

impl<T: DeserializeOwned> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context).map(Result::transpose)
    }
}

// Nothing is pinned but the call, which has a box of its own.
impl<T> Unpin for Pages<T> {}

impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items.len())
            .field("total", &self.total)
            .field("next", &self.next)
            .finish()
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.list.operation().name)
            .field("total", &self.total)
            .field("is_done", &self.is_done)
            .finish_non_exhaustive()
    }
}

/// The call for a page.
pub(crate) type Fetching = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send>>;

/// A client that has lists.
pub(crate) trait Lists: Sealed + Clone + Send + Sync + 'static {
    /// Calls an operation at the place of a page.
    fn follow(
        &self,
        operation: &'static Operation,
        cursor: &Cursor,
    ) -> impl Future<Output = Result<RawResponse, Error>> + Send;

    /// The same client, which sends `HEAD` for each operation.
    fn heads(&self) -> Self;

    /// The list of an operation; `first` asks for its first page.
    fn pages<T>(
        &self,
        operation: &'static Operation,
        first: impl Fn(Self) -> Fetching + Send + Sync + 'static,
    ) -> Pages<T> {
        Pages {
            list: Arc::new(ListOf {
                client: self.clone(),
                operation,
                first,
            }),
            fetching: None,
            items: Vec::new().into_iter(),
            current: None,
            next: None,
            is_done: false,
            named: HashSet::new(),
            total: None,
            has_drifted: false,
        }
    }
}

/// The calls for a list.
trait List: Send + Sync {
    fn operation(&self) -> &'static Operation;

    /// Asks for the page at a place, or for the first.
    fn fetch(&self, cursor: Option<Cursor>) -> Fetching;

    /// Asks for the headers of the first page.
    fn head(&self) -> Fetching;

    /// The place that an address leads to, on a page that `query` asked for, unless that is another list.
    fn resolve(&self, address: &str, query: &str) -> Option<Cursor>;
}

struct ListOf<C, F> {
    client: C,
    operation: &'static Operation,
    first: F,
}

impl<C: Lists, F: Fn(C) -> Fetching + Send + Sync> List for ListOf<C, F> {
    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn fetch(&self, cursor: Option<Cursor>) -> Fetching {
        let (client, operation) = (self.client.clone(), self.operation);
        match cursor {
            Some(cursor) => Box::pin(async move { client.follow(operation, &cursor).await }),
            None => (self.first)(client),
        }
    }

    fn head(&self) -> Fetching {
        (self.first)(self.client.heads())
    }

    fn resolve(&self, address: &str, query: &str) -> Option<Cursor> {
        let base = &self.client.core().base_url;
        Cursor::resolve(address, [base, C::HOST], self.operation, query)
    }
}

fn total(answer: &RawResponse) -> Option<u64> {
    let total = answer.response.headers().get(TOTAL)?.to_str().ok()?;
    total.trim().parse().ok()
}

fn hash(cursor: &Cursor) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

/// The error of a name that no list has.
// The documents say if there is one.
#[allow(dead_code)]
pub(crate) fn unknown_list() -> Error {
    Error::invalid(
        "no list in pages has this name; those of `OPERATIONS` that are `is_paged` have one",
    )
}

/// Sends what a generated client would send for the page at a place.
pub(crate) async fn get<C>(client: &C, operation: &'static Operation, url: Url) -> Sent
where
    C: ClientInfo<Authorizer> + ClientHooks<Authorizer>,
{
    let request = client.client().get(url).build()?;
    let info = OperationInfo {
        operation_id: operation.name,
    };
    Ok(client.exec(request, &info).await?)
}
