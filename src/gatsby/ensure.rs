//! A way out of doubt: Gatsby has no upsert, so this looks before it writes.

use std::fmt;

use tokio::time::sleep;

use super::{By, Client, Shopper, ShopperInput, Written};
use crate::{Error, call::Operation};

const ENSURE_SHOPPER: Operation = Operation {
    vendor: "gatsby",
    name: "ensure_shopper",
    writes: true,
};

/// What [`Client::ensure_shopper`] has done.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ensured {
    /// There was no such shopper, and now there is.
    #[non_exhaustive]
    Created {
        /// Its id, if Gatsby told it.
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
    /// After a create whose outcome is in doubt it looks again before it decides whether to repeat it; how often it does is
    /// up to the client's [`Retries`](crate::Retries). It is not one operation at Gatsby: of two callers who ensure the
    /// same new shopper at the same moment, each may create one. Each of the calls that it makes has a deadline of its own.
    ///
    /// # Errors
    ///
    /// - No email, phone or userName in any channel, or a phone without a plus sign and its country code:
    ///   [`is_invalid`](Error::is_invalid), nothing was sent.
    /// - More than one shopper has one of the keys: [`is_duplicate`](Error::is_duplicate), and
    ///   [`duplicates`](Error::duplicates) lists their ids. Nothing was written, unless it is
    ///   [ambiguous](Error::is_ambiguous), too.
    /// - A create that took too long, and was not found afterwards, or one in doubt that could not be looked for:
    ///   [`is_ambiguous`](Error::is_ambiguous). It may still happen.
    /// - Those of a search, a create or an update; [`operation`](Error::operation) tells which. After a create in doubt they
    ///   are ambiguous. A search that cannot be read has written nothing.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent: the shopper may be created or updated. Calling again finds it as
    /// soon as Gatsby's search does, and before that may create a second one. Run the call in
    /// [a task of its own](crate::deploying#calls-that-are-dropped).
    ///
    /// # Example: the same shopper twice
    ///
    /// ```
    /// use shoppers::{ApiKey, gatsby::{self, Ensured}};
    ///
    /// # #[cfg(not(feature = "sandbox"))]
    /// # fn main() {}
    /// # #[cfg(feature = "sandbox")]
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = shoppers::sandbox::Sandbox::start().await?;
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
            .map_err(|lacking| Error::refused(&ENSURE_SHOPPER, lacking.message()))?;
        if let Some(found) = self.find(shopper).await? {
            self.update_shopper(&found.id, shopper).await?;
            return Ok(Ensured::Updated { id: found.id });
        }
        let mut creates = 0;
        let mut before = None;
        loop {
            creates += 1;
            let doubt = match self.create_shopper(shopper).await {
                Ok(written) => return Ok(Ensured::created(&written)),
                Err(err) if err.is_ambiguous() || err.is_unreadable() => err.following(before),
                Err(err) => return Err(err.following(before)),
            };
            // What is late may still come, and what was answered with a success has been done.
            let again = match is_late(&doubt) || doubt.is_unreadable() {
                true => None,
                false => self.retry(creates, &doubt),
            };
            sleep(again.unwrap_or_default()).await;
            match self.find(shopper).await {
                Ok(Some(found)) => return Ok(Ensured::Created { id: Some(found.id) }),
                Ok(None) if again.is_some() => before = Some(doubt),
                Err(err) if !err.duplicates().is_empty() => return Err(err.following(Some(doubt))),
                // Why it could not be looked for matters less than that it may be there.
                Ok(None) | Err(_) => return Err(doubt),
            }
        }
    }

    /// The one shopper that has any of the keys of `shopper`.
    async fn find(&self, shopper: &ShopperInput) -> Result<Option<Shopper>, Error> {
        let mut found: Vec<Shopper> = Vec::new();
        for by in shopper.keys() {
            for shopper in self.search_shoppers(by).await? {
                if found.iter().all(|known| known.id != shopper.id) {
                    found.push(shopper);
                }
            }
        }
        if found.len() > 1 {
            let ids = found.into_iter().map(|shopper| shopper.id).collect();
            return Err(Error::duplicated(&ENSURE_SHOPPER, ids));
        }
        Ok(found.pop())
    }
}

/// Whether the vendor may still be at it: our patience has ended, or that of somebody in between.
fn is_late(err: &Error) -> bool {
    err.is_timeout() || err.status() == Some(504)
}

impl Ensured {
    fn created(written: &Written) -> Self {
        Self::Created {
            id: written.id().map(str::to_owned),
        }
    }

    /// The shopper's id, if Gatsby told it.
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
    /// What it can be found by, each once.
    fn keys(&self) -> Vec<By<'_>> {
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
            if !key.text().trim().is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}
