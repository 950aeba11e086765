//! `ensure_shopper`: Gatsby has no upsert, so this searches before it writes.

use std::{fmt, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::debug;

use super::{
    By, Client, Shopper, ShopperInput,
    by::{Key, Match},
    generated::{CREATE_SHOPPER, SEARCH_SHOPPERS},
};
use crate::{
    Error, Operation,
    core::after,
    error::{Cause, Interruption, Unreadable},
    retry,
    validation::is_blank,
};

/// As a whole, a create.
const ENSURE_SHOPPER: Operation = Operation {
    name: "ensure_shopper",
    ..CREATE_SHOPPER
};

/// As a whole, a search.
const FIND_CREATED_SHOPPER: Operation = Operation {
    name: "find_created_shopper",
    ..SEARCH_SHOPPERS
};

/// The least wait between two looks for a shopper, whatever the retries are set to.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// The outcome of [`Client::ensure_shopper`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ensured {
    /// There was no such shopper, and now there is.
    #[non_exhaustive]
    Created {
        /// Its id, if Gatsby answered with it.
        id: Option<String>,
    },
    /// There was one, and it was updated.
    #[non_exhaustive]
    Updated {
        /// Its id.
        id: String,
    },
}

impl Client {
    /// Sees to it that there is exactly one such shopper: updates the one that has any of its keys (email, phone,
    /// userName), or creates it.
    ///
    /// It sends a create at most once. If the outcome of the create is unknown, as when its answer was lost, it searches
    /// again with growing waits until the shopper is found or the
    /// [`settling_time`](crate::CallOptions::settling_time) is over. Then it returns the error of the create, which is
    /// ambiguous: Gatsby may still carry it out. Look the shopper up before you call again. Within the settling time,
    /// another call with one of the keys does not create the shopper either, even if the first was dropped before its end.
    ///
    /// A found shopper is only updated if it has one of the keys: the same e-mail address or user name but for the case of
    /// letters and an `@` in front, or the same digits of a phone number. One with other keys is no match. One that does not
    /// show such a key, as the answer leaves it out or a phone number lacks its country code, is neither updated nor
    /// passed over: the search counts as unreadable.
    ///
    /// All of it, with each call and each wait, has one [`deadline`](crate::CallOptions::deadline). Calls of one client and
    /// its clones with a key in common wait for each other. It is not one operation at Gatsby: of two processes
    /// that ensure the same new shopper at the same moment, each may create one.
    ///
    /// # Errors
    ///
    /// - No email, phone or userName in any channel, or a phone that is not E.164:
    ///   [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - More than one shopper has one of the keys: [`is_duplicate`](Error::is_duplicate), and
    ///   [`duplicates`](Error::duplicates) lists their ids. Nothing was written, unless it is
    ///   [ambiguous](Error::is_ambiguous), too.
    /// - A create whose outcome is unknown, and whose shopper was not found:
    ///   [`is_ambiguous`](Error::is_ambiguous), or [`is_unreadable`](Error::is_unreadable) if it was answered with a success
    ///   that does not show a shopper.
    /// - A shopper that a search still finds although it was deleted: [`is_not_found`](Error::is_not_found), and the
    ///   [`operation`](Error::operation) is `update_shopper`. Call again when the search has caught up.
    /// - Those of a search, a create or an update; [`operation`](Error::operation) tells which. A search that cannot be read
    ///   has written nothing.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent: the shopper may be created or updated. Calling the same client again
    /// looks for a create that was dropped, as said above; another process may create a second shopper before Gatsby's search
    /// finds the first. Run the call in [a task of its own](crate::deploying#calls-that-are-dropped).
    ///
    /// # Example: the same shopper twice
    ///
    /// ```
    /// use shoppers::{ApiKey, gatsby::{self, Ensured}};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = shoppers_sandbox::Sandbox::start().await?;
    /// # let gatsby = gatsby::Client::builder(ApiKey::new(sandbox.gatsby_key())?).base_url(sandbox.gatsby_url()).build()?;
    /// let shopper = gatsby::ShopperInput {
    ///     channel: Some(gatsby::ChannelInput {
    ///         instagram: Some(gatsby::InstagramInput {
    ///             email: Some("john@example.com".into()),
    ///             ..Default::default()
    ///         }),
    ///         ..Default::default()
    ///     }),
    ///     ..Default::default()
    /// };
    /// assert!(matches!(gatsby.ensure_shopper(&shopper).await?, Ensured::Created { .. }));
    /// assert!(matches!(gatsby.ensure_shopper(&shopper).await?, Ensured::Updated { .. }));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn ensure_shopper(&self, shopper: &ShopperInput) -> Result<Ensured, Error> {
        shopper
            .check_keys()
            .map_err(|fault| Error::refused(&ENSURE_SHOPPER, fault))?;
        let end = after(Instant::now(), self.options.deadline);
        let settled_after = |from| after(from, self.options.settling_time);
        let keys = shopper.keys().into_iter().map(By::key).collect();
        let mut held = timeout_at(end, self.creates().hold(keys))
            .await
            .map_err(|_| retry::error(&ENSURE_SHOPPER, Cause::NoPermit(Duration::ZERO)))?;

        let mut ids = held.ids();
        let matches = self.until(end).matches(shopper).await?;
        ids.extend(matches.into_iter().map(|it| it.id));
        let mut found = only(&ENSURE_SHOPPER, ids.into_iter().collect(), String::clone)?;
        if let (None, Some(settled)) = (&found, held.settles()) {
            // An earlier create, of which it is unknown whether it was carried out.
            let ambiguous = retry::error(&CREATE_SHOPPER, Cause::Unanswered(Interruption::TooLate));
            found = Some(self.look(shopper, settled, end, ambiguous).await?);
        }
        if let Some(id) = found {
            if let Some(settled) = held.settles() {
                held.remember(Some(&id), settled);
            }
            self.until(end).update_shopper(&id, shopper).await?;
            return Ok(Ensured::Updated { id });
        }

        // Before it is sent, as this future may be dropped at any time. It is not sent after the deadline.
        held.remember(None, settled_after(end));
        let ambiguous = match self.until(end).create_shopper(shopper).await {
            Ok(written) => match written.id() {
                Some(id) => {
                    held.remember(Some(id), settled_after(Instant::now()));
                    return Ok(Ensured::Created {
                        id: Some(id.to_owned()),
                    });
                }
                None => written.unreadable(&CREATE_SHOPPER),
            },
            Err(err) if err.is_ambiguous() || err.is_unreadable() => err,
            Err(err) => {
                held.forget();
                return Err(err);
            }
        };
        let settled = settled_after(Instant::now());
        held.remember(None, settled);
        let id = self.look(shopper, settled, end, ambiguous).await?;
        held.remember(Some(&id), settled);
        Ok(Ensured::Created { id: Some(id) })
    }

    /// Finds the shopper of a create whose outcome is unknown, as after an ambiguous error or after a process was killed.
    ///
    /// Searches by each key of `shopper` with growing waits, until one shopper has any of them or the
    /// [`settling_time`](crate::CallOptions::settling_time) is over. Counts a found shopper as
    /// [`ensure_shopper`](Self::ensure_shopper) does. `None` does not prove that there is none; it may show later.
    ///
    /// # Errors
    ///
    /// - No email, phone or userName in any channel, or a phone that is not E.164:
    ///   [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - More than one shopper has one of the keys: [`is_duplicate`](Error::is_duplicate).
    /// - Those of the last search.
    pub async fn find_created_shopper(
        &self,
        shopper: &ShopperInput,
    ) -> Result<Option<Shopper>, Error> {
        shopper
            .check_keys()
            .map_err(|fault| Error::refused(&FIND_CREATED_SHOPPER, fault))?;
        let now = Instant::now();
        let settled = after(now, self.options.settling_time);
        let end = after(now, self.options.deadline);
        self.find_until(&FIND_CREATED_SHOPPER, shopper, settled, end)
            .await
    }

    /// The id of the shopper whose create has ended with `ambiguous`.
    async fn look(
        &self,
        shopper: &ShopperInput,
        settled: Instant,
        end: Instant,
        ambiguous: Error,
    ) -> Result<String, Error> {
        let found = self.find_until(&ENSURE_SHOPPER, shopper, settled, end);
        match found.await {
            Ok(Some(found)) => Ok(found.id),
            Err(err) if err.is_duplicate() => Err(err.following(&ambiguous)),
            // Why it could not be looked for matters less than that it may be there.
            Ok(None) | Err(_) => Err(ambiguous),
        }
    }

    async fn find_until(
        &self,
        operation: &'static Operation,
        shopper: &ShopperInput,
        settled: Instant,
        end: Instant,
    ) -> Result<Option<Shopper>, Error> {
        let mut looks = 0;
        loop {
            let outcome = self.until(end).matches(shopper).await;
            let outcome = outcome.and_then(|found| only(operation, found, |it| it.id.clone()));
            let asked = match &outcome {
                Ok(None) => None,
                Err(err) if !err.is_duplicate() => err.retry_after(),
                _ => return outcome,
            };
            let now = Instant::now();
            let last = settled.min(end);
            if last <= now {
                return outcome;
            }
            looks += 1;
            let wait = self.options.retries.backoff(looks, asked, fastrand::f64());
            let wait = wait.max(SHORTEST_WAIT);
            debug!(?wait, "looking again for a shopper whose create is unknown");
            sleep_until(last.min(after(now, wait))).await;
            if end <= Instant::now() {
                return outcome;
            }
        }
    }

    /// The shoppers that have any of the keys of `shopper`, each once.
    async fn matches(&self, shopper: &ShopperInput) -> Result<Vec<Shopper>, Error> {
        let (keys, until) = (shopper.keys(), after(Instant::now(), self.options.deadline));
        let compared: Vec<Key> = keys.iter().map(|key| key.key()).collect();
        let mut matches: Vec<Shopper> = Vec::new();
        for by in keys {
            for found in self.until(until).search_shoppers(by).await? {
                match Match::of(&found, by, &compared) {
                    Match::Holds if matches.iter().all(|known| known.id != found.id) => {
                        matches.push(found);
                    }
                    Match::Holds | Match::Differs => {}
                    Match::Unclear => {
                        let (status, why) = (StatusCode::OK, Unreadable::KeyNotShown);
                        let body = Bytes::new();
                        let cause = Cause::Unreadable { status, why, body };
                        return Err(retry::error(&SEARCH_SHOPPERS, cause));
                    }
                }
            }
        }
        Ok(matches)
    }

    /// The same client with what is left until `end` as its deadline.
    fn until(&self, end: Instant) -> Self {
        self.with(|options| options.deadline(end.saturating_duration_since(Instant::now())))
    }
}

/// The one that was found, if any.
fn only<T>(
    operation: &'static Operation,
    mut found: Vec<T>,
    id: impl Fn(&T) -> String,
) -> Result<Option<T>, Error> {
    if found.len() > 1 {
        let ids = found.iter().map(id).collect();
        return Err(retry::error(operation, Cause::Duplicates(ids)));
    }
    Ok(found.pop())
}

impl Ensured {
    /// The shopper's id, if Gatsby answered with it.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Created { id } => id.as_deref(),
            Self::Updated { id } => Some(id),
        }
    }
}

impl fmt::Debug for Ensured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Created { .. } => "Created { .. }",
            Self::Updated { .. } => "Updated { .. }",
        })
    }
}

impl ShopperInput {
    /// Lists the keys that it can be found by, each once.
    pub(super) fn keys(&self) -> Vec<By<'_>> {
        let channel = self.channel.as_ref();
        let instagram = channel.and_then(|it| it.instagram.as_ref());
        let tiktok = channel.and_then(|it| it.tiktok.as_ref());
        let mut keys = Vec::new();
        let all = [
            instagram.and_then(|it| it.email.as_deref()).map(By::Email),
            instagram.and_then(|it| it.phone.as_deref()).map(By::Phone),
            instagram
                .and_then(|it| it.user_name.as_deref())
                .map(By::Username),
            tiktok.and_then(|it| it.email.as_deref()).map(By::Email),
            tiktok
                .and_then(|it| it.user_name.as_deref())
                .map(By::Username),
        ];
        for key in all.into_iter().flatten() {
            if !is_blank(key.text()) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}
