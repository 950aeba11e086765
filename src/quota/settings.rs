//! The settings of a quota.

use std::time::Duration;

/// Tells if a vendor announces its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// In the headers of its answers. Two calls at a time go out until the first has told, and one more with each
    /// answer that does not: a vendor that announces nothing after all is not held back for long.
    Expected,
    /// Never. Nothing is held back until it answers 429, and headers of a limit are not heeded: they are not the vendor's.
    Never,
}

/// The settings of a quota.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Tells if the vendor announces its limit.
    pub(crate) announced: Announced,
    /// The time in which the vendor counts. Between a millisecond and a day, whatever is asked for.
    pub(crate) window: Duration,
    /// Our part of the limit, more than 0 and at most 1, rounded down to whole calls but at least to one.
    pub(crate) share: f64,
    /// The number of callers that may wait.
    pub(crate) queue: usize,
}
