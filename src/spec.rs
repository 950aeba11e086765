//! Which documents this crate was generated from, for the log of a service.
//!
//! # Example: say at the start what the service speaks
//!
//! ```
//! println!("BSPK: {}", shoppers::spec::BSPK);
//! println!("Gatsby: {}", shoppers::spec::GATSBY);
//! # assert_eq!(shoppers::spec::BSPK.sha256.len(), 64);
//! ```
//!
//! prints lines like
//!
//! ```text
//! BSPK: specs/bspk, read 2026-11-22, sha256 3c0e..
//! ```

use std::fmt;

use serde_json::Value;

use crate::{bspk, gatsby};

/// BSPK's own OpenAPI documents.
pub const BSPK: Spec = Spec {
    folder: "specs/bspk",
    sha256: bspk::generated::SHA256,
    read: bspk::generated::READ,
    #[cfg(feature = "generate")]
    json: include_str!(concat!(env!("OUT_DIR"), "/bspk.json")),
    #[cfg(not(feature = "generate"))]
    json: include_str!("../specs/bspk.json"),
};

/// The OpenAPI document that is written from Gatsby's help page.
pub const GATSBY: Spec = Spec {
    folder: "specs/gatsby",
    sha256: gatsby::generated::SHA256,
    read: gatsby::generated::READ,
    #[cfg(feature = "generate")]
    json: include_str!(concat!(env!("OUT_DIR"), "/gatsby.json")),
    #[cfg(not(feature = "generate"))]
    json: include_str!("../specs/gatsby.json"),
};

/// The documents that a client was generated from.
///
/// Prints as `specs/bspk, read 2026-11-22, sha256 ...`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Spec {
    /// The folder of the documents in the repository.
    pub folder: &'static str,
    /// The SHA-256 of the documents in the order of their names, as 64 hexadecimal digits: `cat specs/bspk/* | sha256sum`.
    pub sha256: &'static str,
    /// The day on which the vendor's pages were first read as the folder has them, as `2026-11-22`.
    ///
    /// Reading the same again does not change it. Gatsby's is the day on which the words of the page were last seen to change.
    pub read: &'static str,
    /// All the documents as one in JSON, without this crate's overlay, and with each object whole that has its parts in `allOf`.
    /// A program that does not use it does not carry it.
    pub json: &'static str,
}

/// As [`Display`](fmt::Display): the document itself is long.
impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spec({self})")
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, read {}, sha256 {}",
            self.folder, self.read, self.sha256
        )
    }
}

/// The most references that follow each other.
const DEEPEST: usize = 16;

/// Follows references within a document. One that leads in a circle, or nowhere, is `null`. For this workspace alone.
#[doc(hidden)]
pub fn resolved<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..DEEPEST {
        let Some(reference) = value["$ref"].as_str() else {
            return value;
        };
        let target = document.pointer(reference.trim_start_matches('#'));
        value = target.unwrap_or(&Value::Null);
    }
    &Value::Null
}

/// The members of an object; none, if it is not one. For this workspace alone.
#[doc(hidden)]
pub fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
