#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod accepted;
mod alternative;
mod call;
mod change;
mod check;
mod compare;
mod content;
mod delta;
mod diff;
mod document;
mod facet;
mod grammar;
mod json;
mod limit;
mod operation;
mod pairing;
mod parameter;
mod report;
mod response;
mod rule;
mod schema;
mod security;
mod server;
mod shape;
mod wording;

pub use accepted::{Accepted, AcceptedError};
pub use change::Change;
pub use document::{Document, DocumentError};
pub use report::{Report, compare};
pub use rule::{Direction, Level, Rule, Verdict};
