//! From a vendor's document to a Rust client: the pure part of `build.rs`, where tests can reach it.
//!
//! A document is a [`Value`] until the generator takes it, so that nothing of it is lost on the way.
//! Every function here that can refuse says where in the document, and what to do.

mod answers;
mod check;
pub mod docs;
mod document;
mod mock;
mod names;
mod operations;
mod overlay;
mod reading;
mod rust;
pub mod yaml;

use serde_json::Value;

use answers::Answered;
pub use document::Refusal;

/// What comes of a document.
pub struct Generated {
    /// The Rust source of the types and the client.
    pub rust: String,
    /// The document as the vendor has it, without the overlay, as JSON.
    pub vendors: String,
}

/// Turns the YAML of a document, and of an overlay for it, into a client.
///
/// `vendor` is who wrote it, in small letters. `formats` says which Rust type a string with some `format` becomes.
pub fn generate(
    vendor: &str,
    document: &str,
    overlay: Option<&str>,
    formats: &[(&str, &str)],
) -> Result<Generated, Refusal> {
    let vendors = document::read(document)?;
    let vendors_json = vendors.to_string();
    let (mut prepared, answered) = prepare(vendors, overlay, formats)?;
    answers::leave_unread(&mut prepared)?;

    Ok(Generated {
        rust: rust::write(prepared, vendor, formats, &answered)?,
        vendors: vendors_json,
    })
}

/// Turns the same into typed mocks of the operations.
pub fn mock(
    document: &str,
    overlay: Option<&str>,
    formats: &[(&str, &str)],
) -> Result<String, Refusal> {
    let (prepared, _) = prepare(document::read(document)?, overlay, formats)?;
    mock::write(prepared, formats)
}

/// The document as the generator shall see it, but with its answers still described; and which types are answered.
fn prepare(
    vendors: Value,
    overlay: Option<&str>,
    formats: &[(&str, &str)],
) -> Result<(Value, Answered), Refusal> {
    let mut document = match overlay {
        Some(text) => overlay::lay(vendors, text, formats)?,
        None => vendors,
    };
    let answered = answers::relax(&mut document)?;
    check::check(&document, formats)?;
    Ok((document, answered))
}
