//! A row that is not done.

use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use super::{
    super::{
        destination::{Idempotency, Key},
        row::{Position, RawRow, RejectKind, RowFault},
    },
    verdict::Trouble,
};

/// A row that is not done.
pub struct PendingRow<S> {
    pub position: Position,
    pub row: RawRow,
    pub action: Action<S>,
    /// The number of failed attempts.
    pub attempts: u32,
    /// The number of other rows that had succeeded when this one first failed.
    pub successes: u64,
    /// The last failure.
    pub setback: Option<Setback>,
    /// Its share of the memory for rows, until it is dropped.
    _room: OwnedSemaphorePermit,
}

/// The next step of a row.
pub enum Action<S> {
    Send {
        shopper: S,
        keys: Vec<Key>,
        idempotency: Idempotency,
    },
    /// An earlier run ended while the row was under way: it is sent only if the vendor turns out to have it.
    Resume { shopper: S, keys: Vec<Key> },
    /// The row is written to a rejects file.
    Reject(RejectKind, RowFault),
}

/// The failure of a row that is to be sent again.
pub struct Setback {
    pub trouble: Trouble,
    /// The vendor may have stored the row, or may still do so.
    pub is_ambiguous: bool,
    /// The wait that the vendor asks for.
    pub wait: Duration,
    /// For a rejects file: it may hold the vendor's text.
    pub fault: RowFault,
    /// For the user: it holds no shopper's data.
    pub message: String,
}

impl<S> PendingRow<S> {
    pub fn new(
        position: Position,
        row: RawRow,
        action: Action<S>,
        room: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            position,
            row,
            action,
            attempts: 0,
            successes: 0,
            setback: None,
            _room: room,
        }
    }

    /// Returns `true` if the row is to be sent.
    pub fn is_call(&self) -> bool {
        !matches!(self.action, Action::Reject(..))
    }

    /// The keys of its shopper.
    pub fn keys(&self) -> &[Key] {
        match &self.action {
            Action::Send { keys, .. } | Action::Resume { keys, .. } => keys,
            Action::Reject(..) => &[],
        }
    }
}
