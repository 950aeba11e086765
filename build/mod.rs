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
use sha2::{Digest, Sha256};

use answers::Answered;
pub use document::Refusal;

/// A file of `specs`.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path from the root of the repository.
    pub file: String,
    pub text: String,
}

/// What `specs` holds of a vendor.
pub struct Vendor<'a> {
    /// In small letters.
    pub name: &'a str,
    pub documents: &'a [Source],
    pub overlay: Option<&'a Source>,
    /// `specs/read.txt`: the day on which each vendor's pages were first read as they are.
    pub days: &'a Source,
    /// The Rust types that strings with some `format` become.
    pub formats: &'a [(&'a str, &'a str)],
}

/// The output for a vendor.
pub struct Generated {
    /// Types, client and mocks.
    pub rust: String,
    /// The document as the vendor has it, without the overlay.
    pub json: String,
}

const HEADER: &str = "\
// Generated from specs by build.rs, and compiled where the feature `generate` is off. Never edited: `cargo xtask regen` writes it.
";

/// Generates types, client and mocks from a vendor's documents.
pub fn generate(vendor: &Vendor<'_>) -> Result<Generated, Refusal> {
    let [document] = vendor.documents else {
        return Err(Refusal::new("expected one document"));
    };
    let Vendor { name, formats, .. } = *vendor;
    let in_file = |refusal: Refusal| Refusal::new(format!("{}: {refusal}", document.file));
    let vendors = document::read(&document.text).map_err(in_file)?;
    let json = format!("{vendors:#}\n");
    let (mut prepared, answered) =
        prepare(vendors, vendor.overlay.map(|it| it.text.as_str()), formats).map_err(in_file)?;
    let mock = mock::write(prepared.clone(), formats).map_err(in_file)?;
    answers::leave_unread(&mut prepared).map_err(in_file)?;
    let rust = rust::write(prepared, name, formats, &answered).map_err(in_file)?;

    let digest = Sha256::digest(&document.text);
    let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    let read = day(vendor)?;
    let constants = format!(
        "
/// The SHA-256 of the document.
pub(crate) const SHA256: &str = \"{digest}\";
/// The day on which the vendor's pages were first read as they are.
pub(crate) const READ: &str = \"{read}\";

"
    );
    Ok(Generated {
        rust: [HEADER, &constants, &rust, &mock].concat(),
        json,
    })
}

fn day<'a>(vendor: &Vendor<'a>) -> Result<&'a str, Refusal> {
    let Vendor { name, days, .. } = vendor;
    let mut lines = days.text.lines();
    let day = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    day.ok_or_else(|| {
        Refusal::new(format!(
            "{}: has no line for {name}; add one such as `{name} 2026-11-22`",
            days.file
        ))
    })
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
