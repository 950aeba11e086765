//! A row, and what is to be done about it.

use tokio::sync::OwnedSemaphorePermit;

use super::super::{
    aside::Kind,
    destination::{Key, Replay},
    source::{Fault, Position, Raw},
};
use super::carry::Setback;

/// A row that is to be dealt with.
pub struct Row<S> {
    pub position: Position,
    pub raw: Raw,
    pub work: Work<S>,
    /// How often it was sent and did not get through.
    pub tries: u32,
    /// How many rows had got through when it first did not.
    pub through: u64,
    /// Its share of the memory for rows, until it is dropped.
    _room: OwnedSemaphorePermit,
    /// The last reason for which it did not get through.
    pub setback: Option<Setback>,
}

/// What is to be done about a row.
pub enum Work<S> {
    /// It is to be sent.
    Send {
        shopper: S,
        keys: Vec<Key>,
        replay: Replay,
    },
    /// An earlier run was ended while it was under way: it is only sent if the vendor is found to have it.
    Resume { shopper: S, keys: Vec<Key> },
    /// It is not sent, or not sent again.
    Aside(Kind, Fault),
}

impl<S> Row<S> {
    pub fn new(position: Position, raw: Raw, work: Work<S>, room: OwnedSemaphorePermit) -> Self {
        Self {
            position,
            raw,
            work,
            tries: 0,
            through: 0,
            _room: room,
            setback: None,
        }
    }

    /// Returns `true` if it is to be sent.
    pub fn is_sent(&self) -> bool {
        matches!(self.work, Work::Send { .. } | Work::Resume { .. })
    }

    /// What it is known by.
    pub fn keys(&self) -> &[Key] {
        match &self.work {
            Work::Send { keys, .. } | Work::Resume { keys, .. } => keys,
            Work::Aside(..) => &[],
        }
    }
}
