//! The maintenance tasks of this repository, as `cargo xtask`.

mod diff;
#[path = "../../build/formats.rs"]
mod formats;
#[path = "../../build/mod.rs"]
#[allow(dead_code)] // What build.rs needs beside.
mod generation;
mod regen;
mod source;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintenance tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Options {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Reads what the vendors publish, generates the Rust, and reports what changed
    ///
    /// Each page's document is saved byte for byte as a file of specs/bspk. Everything is generated and compiled in a copy, and
    /// specs is replaced in one step or not at all. The report always comes: what changed for callers of the API and of the
    /// Rust, what has to be fixed and where, and lines to paste for what is left to do. What the sources do not mention stays.
    #[command(after_help = regen::EXAMPLES)]
    Regen(regen::Args),
    /// Compares two OpenAPI 3.0 documents and reports which changes break existing callers
    ///
    /// Every change is `breaking`, `risky` or `compatible`, with the reason. crates/openapi-verdict/RULES.md lists all of
    /// them.
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Args),
}

fn main() -> ExitCode {
    match Options::parse().task {
        Task::Regen(args) => regen::run(&args),
        Task::Diff(args) => diff::run(&args),
    }
}
