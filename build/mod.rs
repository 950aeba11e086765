//! From a vendor's document to a Rust client: the pure part of `build.rs`, where tests can reach it.
//!
//! A document is a [`Value`] until the generator takes it, so that nothing of it is lost on the way.
//! Every function here that can refuse says where in the document, and what to do.

mod all_of;
mod answers;
mod check;
mod client;
mod content;
mod debug;
pub mod docs;
pub mod document;
mod generator;
mod methods;
mod mock;
pub mod names;
mod naming;
mod operations;
mod overlay;
pub mod place;
mod reading;
pub mod refusal;
mod rust;
mod syntax;
pub mod union;
mod writing;
pub mod yaml;

use serde_json::Value;
use sha2::{Digest, Sha256};

use answers::Answered;
pub use naming::DefaultName;
use operations::Operation;
use place::Place;
use refusal::{Refusal, Refusals};

/// A file of `specs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its path from the root of the repository.
    pub file: String,
    pub text: String,
}

/// The contents of `specs` for a vendor.
pub struct Vendor<'a> {
    /// In small letters.
    pub name: &'a str,
    /// In the order of their files.
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
    /// The documents as the vendor has them, without the overlay, but with each object whole.
    pub json: String,
    /// The names that neither the documents nor the overlay chose, for regen.
    #[allow(dead_code)]
    pub default_names: Vec<DefaultName>,
}

const HEADER: &str = "\
// Generated from specs by build.rs, and compiled where the feature `generate` is off. Never edited: `cargo xtask regen` writes it.
";

/// Generates types, client and mocks from a vendor's documents, or says all that is wrong with them.
pub fn generate(vendor: &Vendor<'_>) -> Result<Generated, Refusals> {
    let (draft, refusals) = draft(vendor);
    refusals.or(draft)?.ok_or_else(Refusals::default)
}

/// Generates what an overlay leaves that does not fit in all its places, beside all that is wrong.
pub fn draft(vendor: &Vendor<'_>) -> (Option<Generated>, Refusals) {
    let mut refusals = Refusals::default();
    let draft = attempt(vendor, &mut refusals);
    let draft = refusals.take(draft);
    (draft, refusals)
}

fn attempt(vendor: &Vendor<'_>, refusals: &mut Refusals) -> Result<Generated, Refusals> {
    let Vendor {
        name,
        documents,
        overlay,
        formats,
        ..
    } = *vendor;
    let located = |refusals: Refusals| refusals.map(|it| it.in_any(documents, overlay));
    let read = day(vendor)?;
    let mut vendors = union::unite(documents)?;
    all_of::merge(&mut vendors).map_err(located)?;
    let json = format!("{vendors:#}\n");
    let Prepared {
        document: mut prepared,
        answered,
        default_names,
        mut operations,
    } = prepare(name, vendors, overlay, formats, refusals).map_err(located)?;
    let one = |refusal: Refusal| located(refusal.into());
    for operation in &mut operations {
        operation.document = file_of(&operation.place, documents);
    }
    operations::join_lists(&mut prepared);
    let answers = answers::types(prepared.clone(), formats).map_err(one)?;
    let described = prepared.clone();
    answers::leave_unread(&mut prepared);
    let (rust, enveloped) =
        rust::write(prepared, name, formats, &answered, &operations, &answers).map_err(one)?;
    let mock = mock::write(described, formats, &operations, &enveloped).map_err(one)?;
    let digest = digest(documents);
    let constants = format!(
        "
/// The SHA-256 of the documents.
pub(crate) const SHA256: &str = \"{digest}\";
/// The day on which the vendor's pages were first read as they are.
pub(crate) const READ: &str = \"{read}\";

"
    );
    Ok(Generated {
        rust: [HEADER, &constants, &rust, &mock].concat(),
        json,
        default_names,
    })
}

/// The file that describes an operation.
fn file_of(place: &Place, documents: &[Source]) -> String {
    let keys = place.keys();
    let has_it =
        |it: &&Source| yaml::nearest(&it.text, &keys).is_some_and(|it| it.depth == keys.len());
    let found = documents.iter().find(has_it);
    found.map(|it| it.file.clone()).unwrap_or_default()
}

/// The SHA-256 of all documents, one behind the other, in 64 hexadecimal digits.
fn digest(documents: &[Source]) -> String {
    let mut digest = Sha256::new();
    for document in documents {
        digest.update(&document.text);
    }
    let digest = digest.finalize();
    digest.iter().map(|it| format!("{it:02x}")).collect()
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

/// A document as the generator takes it, but with its answers still described.
struct Prepared {
    document: Value,
    answered: Answered,
    default_names: Vec<DefaultName>,
    operations: Vec<Operation>,
}

fn prepare(
    vendor: &str,
    mut document: Value,
    overlay: Option<&Source>,
    formats: &[(&str, &str)],
    unfit: &mut Refusals,
) -> Result<Prepared, Refusals> {
    let mut refusals = Refusals::default();
    if let Some(overlay) = overlay {
        let laid = overlay::lay(&mut document, overlay, formats)?;
        unfit.take(laid.or(()));
    }
    refusals.take(document::inline(&mut document));
    operations::fix_headers(&mut document);
    let default_names = naming::name(&mut document);
    let answered = answers::relax(&mut document, &mut refusals);
    document::leave_texts(&mut document, formats);
    refusals.take(check::check(&document, vendor));
    let operations = refusals.take(operations::read(&document));
    refusals.or(())?;
    content::share(&mut document);
    Ok(Prepared {
        document,
        answered,
        default_names,
        operations: operations.unwrap_or_default(),
    })
}
