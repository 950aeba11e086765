//! The ways to send an import.

use std::fmt;

use shoppers::bspk;

use super::{Scene, import, processes, rival};
use crate::support::Vendors;

/// The client that sends an import, and its concurrency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// This crate, by `upsert_shoppers`.
    Stream,
    /// This crate, by 64 tasks that call `upsert_shopper`.
    Tasks,
    /// reqwest, with neither a limiter nor retries.
    Unlimited,
    /// reqwest-retry with so many retries.
    Retries(u32),
    /// reqwest-retry, each attempt paced by governor.
    Paced(rival::Burst),
    /// Two processes with this crate, each with half of the quota.
    Shares,
    /// Two processes with this crate that do not know of each other.
    Strangers,
}

impl Way {
    pub const RIVALS: [Self; 5] = [
        Self::Unlimited,
        // The number in its documentation.
        Self::Retries(3),
        Self::Retries(rival::PATIENT),
        Self::Paced(rival::Burst::Default),
        Self::Paced(rival::Burst::One),
    ];

    pub fn is_a_rival(self) -> bool {
        Self::RIVALS.contains(&self)
    }

    pub fn has_the_quota_to_itself(self) -> bool {
        matches!(self, Self::Stream | Self::Tasks)
    }

    /// Sends the import to its end, and returns how many rows were given up.
    pub async fn import(self, vendors: &Vendors, http: reqwest::Client, scene: &Scene) -> u64 {
        let ours = || -> bspk::Client {
            let builder = vendors.bspk().quota_window(scene.quota.window());
            builder.http(http.clone()).build().expect("a client")
        };
        match self {
            Self::Stream => import::by_stream(&ours(), "", scene.rows).await,
            Self::Tasks => import::by_tasks(&ours(), scene.rows).await,
            Self::Unlimited => rival::unlimited(http).import(vendors, scene.rows).await,
            Self::Retries(retries) => {
                let rival = rival::retrying(http, retries);
                rival.import(vendors, scene.rows).await
            }
            Self::Paced(burst) => {
                let rival = rival::paced(http, burst, scene.quota);
                rival.import(vendors, scene.rows).await
            }
            Self::Shares => processes::import(vendors, scene, 0.5).await,
            Self::Strangers => processes::import(vendors, scene, 1.0).await,
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream => f.write_str("ours, upsert_shoppers"),
            Self::Tasks => f.write_str("ours, 64 tasks"),
            Self::Unlimited => f.write_str("reqwest, no limiter"),
            Self::Retries(retries) => write!(f, "reqwest-retry, {retries} retries"),
            Self::Paced(rival::Burst::Default) => f.write_str("the same, governor"),
            Self::Paced(rival::Burst::One) => f.write_str("the same, governor, burst 1"),
            Self::Shares => f.write_str("ours, 2 processes, halves"),
            Self::Strangers => f.write_str("ours, 2 processes, unknowing"),
        }
    }
}
