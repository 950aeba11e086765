//! The chores of this repository, as `cargo xtask`.

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

/// The chores of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Options {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Makes specs anew: reads what the vendors publish, generates the Rust, and says what changed
    ///
    /// Everything is made, checked and compiled in a copy, and specs is replaced in one step: whatever goes wrong, it is as it
    /// was. What the sources do not mention stays as it is; two that disagree are an error that names both. After that,
    /// read the report and `git diff specs`, and commit all of it together.
    #[command(after_help = regen::EXAMPLES)]
    Regen(regen::Args),
    /// Compares two OpenAPI 3.0 documents and tells which changes break existing callers
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
