//! Where rows go: a vendor, and what its shoppers are known by.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shoppers::{Error, bspk, gatsby, quota::Snapshot};

use super::source::Fault;
use crate::{
    attributes::{self, Attributes},
    connection,
};

/// A vendor that shoppers are imported into.
pub trait Destination: Clone + Send + Sync + 'static {
    type Shopper: DeserializeOwned + JsonSchema + Send + Sync + 'static;

    /// The vendor and the operation, as a journal has them.
    const OPERATION: &'static str;

    /// The variable that the key comes from.
    const VARIABLE: &'static str;

    /// Whether a row that was under way when a run was killed is looked for before it is sent again.
    const LOOKS_FIRST: bool;

    /// The attribute without which each import of a shopper makes another.
    const KEY: Option<&'static str>;

    /// Rows that are under way at once where no quota is known.
    const WITHOUT_QUOTA: usize;

    /// Checks a shopper as the client does before it sends anything.
    fn check(shopper: &Self::Shopper) -> Result<(), Error>;

    /// What sending it twice does.
    fn replay(shopper: &Self::Shopper) -> Replay;

    /// What it is known by. Two rows that have one of these in common are about one shopper.
    fn keys(shopper: &Self::Shopper) -> Vec<Key>;

    /// Sends it, and returns what the vendor warns of, although it has stored it.
    fn send(
        &self,
        shopper: &Self::Shopper,
    ) -> impl Future<Output = Result<Vec<String>, Error>> + Send;

    /// Sends a shopper that may have been sent already by a run that was killed, once the vendor is found to have it;
    /// `None` if it is not found.
    fn resume(
        &self,
        shopper: &Self::Shopper,
    ) -> impl Future<Output = Result<Option<Vec<String>>, Error>> + Send;

    /// The same client, which looks for so long for a shopper after a create whose outcome is unknown.
    fn settling(self, time: Duration) -> Self;

    /// What is known about the quota.
    fn quota(&self) -> Snapshot;
}

/// The time that one row has for its calls, beside that in which it is looked for.
const DEADLINE: Duration = Duration::from_secs(60);

/// What sending a shopper twice does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// Nothing.
    Harmless,
    /// Nothing, unless its create may have been carried out and is not found: it is looked for before it is created.
    LooksFirst,
    /// It makes two.
    Harmful,
}

/// A hash of what a shopper is known by. Where two differ and their hashes do not, one waits in vain for the other, and
/// no harm is done.
pub type Key = u64;

/// Makes a shopper of what a row says.
pub fn shopper<D: Destination>(
    attributes: &Attributes,
    value: &Value,
) -> Result<D::Shopper, Fault> {
    let shopper: D::Shopper = attributes.decode(value).map_err(told)?;
    match D::check(&shopper) {
        Ok(()) => Ok(shopper),
        Err(err) => Err(Fault::new("invalid", err.to_string())),
    }
}

fn told(faults: Vec<attributes::InputError>) -> Fault {
    let reasons: Vec<String> = faults
        .iter()
        .map(attributes::InputError::to_string)
        .collect();
    let one = match &faults[..] {
        [one] => one.attribute.clone(),
        _ => None,
    };
    Fault {
        attribute: one,
        ..Fault::new("invalid", reasons.join("; "))
    }
}

impl Destination for bspk::Client {
    type Shopper = bspk::Shopper;

    const OPERATION: &'static str = "bspk upsert_shopper";
    const VARIABLE: &'static str = <Self as connection::Vendor>::KEY_VARIABLE;
    const LOOKS_FIRST: bool = false;
    const KEY: Option<&'static str> = Some("shopper_ref");
    const WITHOUT_QUOTA: usize = 64;

    fn check(shopper: &bspk::Shopper) -> Result<(), Error> {
        shopper.check()
    }

    fn replay(shopper: &bspk::Shopper) -> Replay {
        match shopper.shopper_ref {
            Some(_) => Replay::Harmless,
            None => Replay::Harmful,
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
    const VARIABLE: &'static str = <Self as connection::Vendor>::KEY_VARIABLE;
    const LOOKS_FIRST: bool = true;
    const KEY: Option<&'static str> = None;
    // Each ensures a shopper by several calls, and Gatsby says nothing of how many it bears.
    const WITHOUT_QUOTA: usize = 8;

    fn check(shopper: &gatsby::ShopperInput) -> Result<(), Error> {
        shopper.check()
    }

    fn replay(_: &gatsby::ShopperInput) -> Replay {
        Replay::LooksFirst
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

/// A vendor may take two that differ in case, or a phone with and without dashes, for one.
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
    fn a_bspk_shopper_is_known_by_its_reference_alone() {
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
