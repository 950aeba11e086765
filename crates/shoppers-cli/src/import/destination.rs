//! The vendors that shoppers are imported into.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shoppers::{Error, bspk, gatsby, quota::Snapshot};

use super::row::RowFault;
use crate::{
    attributes::{Attributes, InputError},
    connection,
};

/// A vendor that shoppers are imported into.
pub trait Destination: connection::Vendor + Clone + Send + Sync + 'static {
    type Shopper: DeserializeOwned + JsonSchema + Send + Sync + 'static;

    /// The vendor and the operation, for the journal.
    const OPERATION: &'static str;

    /// `true` if a row that was under way when a run was killed is searched for before it is sent again.
    const FINDS_FIRST: bool;

    /// The attribute without which each import of a shopper creates another one.
    const IDENTIFIER: Option<&'static str>;

    /// The number of rows under way at once where no quota is known.
    const CONCURRENCY: usize;

    /// Checks a shopper as the client does before it sends anything.
    fn check(shopper: &Self::Shopper) -> Result<(), Error>;

    fn idempotency(shopper: &Self::Shopper) -> Idempotency;

    /// The hashes of what identifies the shopper. Two rows with one in common are about one shopper.
    fn keys(shopper: &Self::Shopper) -> Vec<Key>;

    /// Sends the shopper, and returns the vendor's warnings.
    fn send(
        &self,
        shopper: &Self::Shopper,
    ) -> impl Future<Output = Result<Vec<String>, Error>> + Send;

    /// Updates a shopper that a killed run may have created; `None` if the vendor does not have it.
    fn resume(
        &self,
        shopper: &Self::Shopper,
    ) -> impl Future<Output = Result<Option<Vec<String>>, Error>> + Send;

    /// The same client, which searches this long for a shopper after a create whose outcome is unknown.
    fn settling(self, time: Duration) -> Self;

    /// The state of the quota.
    fn quota(&self) -> Snapshot;
}

/// The deadline for a row, beside the settling time.
const DEADLINE: Duration = Duration::from_secs(60);

/// The effect of sending a shopper twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// None.
    Idempotent,
    /// None, except after a create whose outcome is unknown: the shopper is searched for first.
    FindsFirst,
    /// Two shoppers.
    NotIdempotent,
}

/// A hash of a value that identifies a shopper. If the hashes of two values are equal, one row waits for the other without
/// need, which does no harm.
pub type Key = u64;

/// Makes a shopper of the attributes of a row.
pub fn shopper<D: Destination>(
    attributes: &Attributes,
    value: &Value,
) -> Result<D::Shopper, RowFault> {
    let shopper = attributes.decode(value).map_err(|faults| {
        let reasons: Vec<String> = faults.iter().map(InputError::to_string).collect();
        RowFault::new("invalid", reasons.join("; "))
    })?;
    D::check(&shopper).map_err(|err| RowFault::new("invalid", err.to_string()))?;
    Ok(shopper)
}

impl Destination for bspk::Client {
    type Shopper = bspk::Shopper;

    const OPERATION: &'static str = "bspk upsert_shopper";
    const FINDS_FIRST: bool = false;
    const IDENTIFIER: Option<&'static str> = Some("shopper_ref");
    const CONCURRENCY: usize = 64;

    fn check(shopper: &bspk::Shopper) -> Result<(), Error> {
        shopper.check()
    }

    fn idempotency(shopper: &bspk::Shopper) -> Idempotency {
        match shopper.shopper_ref {
            Some(_) => Idempotency::Idempotent,
            None => Idempotency::NotIdempotent,
        }
    }

    fn keys(shopper: &bspk::Shopper) -> Vec<Key> {
        let reference = shopper.shopper_ref.iter();
        reference.map(|text| key("shopper_ref", text)).collect()
    }

    async fn send(&self, shopper: &bspk::Shopper) -> Result<Vec<String>, Error> {
        let stored = self.upsert_shopper(shopper).await?;
        Ok(stored.warnings().to_vec())
    }

    async fn resume(&self, shopper: &bspk::Shopper) -> Result<Option<Vec<String>>, Error> {
        self.send(shopper).await.map(Some)
    }

    fn settling(self, _: Duration) -> Self {
        self
    }

    fn quota(&self) -> Snapshot {
        self.quota()
    }
}

impl Destination for gatsby::Client {
    type Shopper = gatsby::ShopperInput;

    const OPERATION: &'static str = "gatsby ensure_shopper";
    const FINDS_FIRST: bool = true;
    const IDENTIFIER: Option<&'static str> = None;
    // An ensure takes several calls, and Gatsby documents no limit.
    const CONCURRENCY: usize = 8;

    fn check(shopper: &gatsby::ShopperInput) -> Result<(), Error> {
        shopper.check()
    }

    fn idempotency(_: &gatsby::ShopperInput) -> Idempotency {
        Idempotency::FindsFirst
    }

    fn keys(shopper: &gatsby::ShopperInput) -> Vec<Key> {
        let channel = shopper.channel.as_ref();
        let instagram = channel.and_then(|it| it.instagram.as_ref());
        let tiktok = channel.and_then(|it| it.tiktok.as_ref());
        let named = [
            ("email", instagram.and_then(|it| it.email.as_ref())),
            ("email", tiktok.and_then(|it| it.email.as_ref())),
            ("phone", instagram.and_then(|it| it.phone.as_ref())),
            ("userName", instagram.and_then(|it| it.user_name.as_ref())),
            ("userName", tiktok.and_then(|it| it.user_name.as_ref())),
        ];
        let mut keys: Vec<Key> = named
            .into_iter()
            .filter_map(|(kind, text)| Some(key(kind, text?)))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    async fn send(&self, shopper: &gatsby::ShopperInput) -> Result<Vec<String>, Error> {
        self.ensure_shopper(shopper).await?;
        Ok(Vec::new())
    }

    async fn resume(&self, shopper: &gatsby::ShopperInput) -> Result<Option<Vec<String>>, Error> {
        let Some(found) = self.find_created_shopper(shopper).await? else {
            return Ok(None);
        };
        self.update_shopper(&found.id, shopper).await?;
        Ok(Some(Vec::new()))
    }

    fn settling(self, time: Duration) -> Self {
        self.with(|options| {
            options
                .settling_time(time)
                .deadline(DEADLINE.saturating_add(time))
        })
    }

    fn quota(&self) -> Snapshot {
        self.quota()
    }
}

/// Values that differ in case alone, or in the dashes of a phone, may be one to the vendor.
fn key(kind: &str, text: &str) -> Key {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    for letter in text
        .chars()
        .filter(|it| it.is_alphanumeric() || "@._".contains(*it))
    {
        letter.to_lowercase().for_each(|it| it.hash(&mut hasher));
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys<D: Destination>(value: Value) -> Vec<Key> {
        D::keys(&serde_json::from_value(value).unwrap())
    }

    #[test]
    fn rows_about_one_shopper_have_a_key_in_common() {
        let gatsby = |value: Value| keys::<gatsby::Client>(json!({"channel": value}));
        let one = gatsby(
            json!({"instagram": {"email": "John@Example.com", "phone": "+1 (555) 0100-200"}}),
        );
        let same = [
            gatsby(json!({"tiktok": {"email": "john@example.com"}})),
            gatsby(json!({"instagram": {"phone": "+15550100200"}})),
        ];
        let other = [
            gatsby(json!({"instagram": {"email": "jane@example.com"}})),
            gatsby(json!({"instagram": {"userName": "john@example.com"}})),
        ];

        for keys in same {
            assert!(keys.iter().any(|key| one.contains(key)));
        }
        for keys in other {
            assert!(!keys.iter().any(|key| one.contains(key)));
        }
    }

    #[test]
    fn a_bspk_shopper_is_identified_by_its_reference_alone() {
        let keys = |value| keys::<bspk::Client>(value);

        assert_eq!(
            keys(json!({"shopper_ref": "A-1", "email": "a@example.com"})),
            keys(json!({"shopper_ref": "A-1", "email": "b@example.com"}))
        );
        assert_ne!(
            keys(json!({"shopper_ref": "A-1"})),
            keys(json!({"shopper_ref": "A-2"}))
        );
        assert!(keys(json!({"email": "a@example.com"})).is_empty());
    }
}
