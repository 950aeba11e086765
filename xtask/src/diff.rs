//! `cargo xtask diff`: what changed from one OpenAPI 3.0 document to another, seen from the service that calls.
//!
//! Documents are compared as they are on the wire: references and `allOf` are resolved, so that a component may be
//! renamed, moved or written out without a change. Both directions count: a request may take more than it did, an answer may
//! give less; the rest is `risky` or `breaking`. The words for what can change, how bad each is, and why, are one table
//! ([`rule`]), of which `xtask/CHANGES.md` is the printed form.
//!
//! ```text
//! document, check, grammar   a file -> a document in which everything has its kind and every reference leads somewhere
//! operation, pairing  which operation became which
//! parameter, body, answer, server, security, callback    the parts of an operation
//! schema, shape, field, choice, limit                    what a value may be
//! rule, change, compare                                  what was found, and how bad it is
//! report, accepted    what a person reads, and has read
//! ```
//!
//! What is the same by design: the order of keys, of `required`, of `enum`, of parameters and of alternatives; the name of
//! a component, and one that nothing uses; a default of OpenAPI that is written out (`required: false`); an empty list or
//! object where none would do; `null` where a key has no value; the case of header names and media types.

mod accepted;
mod answer;
mod body;
mod callback;
mod change;
mod check;
mod choice;
mod compare;
mod document;
mod field;
mod grammar;
mod limit;
mod operation;
mod pairing;
mod parameter;
mod report;
mod rule;
mod schema;
mod security;
mod server;
mod shape;
#[cfg(test)]
mod tests;
mod words;

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::ValueEnum;

use crate::terminal::plain;

pub use accepted::Accepted;
pub use document::{Document, Refusal};
pub use report::Report;
pub use rule::Level;

/// The exit code of what could not be compared; that of clap for what was not understood.
const UNREADABLE: u8 = 2;

/// What `cargo xtask diff --help` ends with.
pub const EXAMPLES: &str = "\
Examples:
  cargo xtask diff specs/bspk/upsert_shopper.yaml platform_v1.json
  cargo xtask diff old.yaml new.yaml --format markdown > comment.md
  cargo xtask diff old.yaml new.yaml --deny breaking --accepted specs/accepted.txt

Exits with 0; with 1 if --deny finds something; with 2 if a document or an argument is not understood.";

/// What `cargo xtask diff` is told.
#[derive(clap::Args)]
pub struct Args {
    /// The document as it was: OpenAPI 3.0.x, in YAML or JSON
    old: PathBuf,
    /// The document as it is
    new: PathBuf,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exits with 1 for a change of this level, or worse, that is not accepted
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// A file of changes that were read and accepted, a line each: `id method path place  # reason`
    #[arg(long)]
    accepted: Option<PathBuf>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For a program
    Json,
}

/// What is not let through.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Deny {
    /// What breaks a service
    Breaking,
    /// What breaks a service, or may
    Risky,
}

impl Deny {
    /// The level from which on a change is denied.
    pub fn level(self) -> Level {
        match self {
            Self::Breaking => Level::Breaking,
            Self::Risky => Level::Risky,
        }
    }
}

/// Compares two documents and prints the report.
pub fn run(args: &Args) -> ExitCode {
    let report = match report(args) {
        Ok(report) => report,
        Err(refusal) => {
            eprintln!("{}", plain(&refusal.to_string()));
            return ExitCode::from(UNREADABLE);
        }
    };
    for note in report.notes() {
        eprintln!("{}", plain(&format!("note: {note}")));
    }
    let text = match args.format {
        Format::Text => report.text(),
        Format::Markdown => report.markdown(),
        Format::Json => report.json(),
    };
    // A reader that has seen enough, as `head`, is no failure.
    match io::stdout().write_all(plain(&text).as_bytes()) {
        Err(err) if err.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("the report could not be written: {err}");
            return ExitCode::from(UNREADABLE);
        }
        _ => {}
    }
    let is_denied = args.deny.is_some_and(|deny| report.is_denied(deny.level()));
    ExitCode::from(u8::from(is_denied))
}

fn report(args: &Args) -> Result<Report, Refusal> {
    let old = Document::read(&args.old)?;
    let new = Document::read(&args.new)?;
    let mut report = Report::between(&old, &new);
    if let Some(path) = &args.accepted {
        report.accept(&Accepted::read(path)?);
    }
    Ok(report)
}
