//! The chores of this repository, as `cargo xtask`.

mod diff;

use std::process::{Command, ExitCode};

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
    /// Makes specs/bspk.rs and specs/gatsby.rs anew out of the documents beside them
    ///
    /// Edit specs/gatsby.yaml or specs/bspk.overlay.yaml, or put the vendor's new document in the place of
    /// specs/bspk.yaml; then run this, read the diff of specs/*.rs, and commit all of it together. A document that would
    /// make a wrong client stops the build with the place and the remedy.
    #[command(after_help = "Example:\n  cargo xtask regen && git diff specs")]
    Regen,
    /// Says what changed from one OpenAPI 3.0 document to another, and what that means for a service that calls
    ///
    /// Every change is `breaking`, `risky` or `compatible`, with why. xtask/CHANGES.md lists all of them, and the exit
    /// codes.
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Args),
}

fn main() -> ExitCode {
    match Options::parse().task {
        Task::Regen => regen(),
        Task::Diff(args) => diff::run(&args),
    }
}

/// Runs the test that holds specs/*.rs against what build.rs makes, and lets it write.
fn regen() -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let ran = Command::new(cargo)
        .args([
            "test",
            "--quiet",
            "--package",
            "shoppers",
            "--test",
            "generated",
        ])
        .env("REGEN", "1")
        .status();
    match ran {
        Ok(status) if status.success() => {
            println!(
                "specs/bspk.rs and specs/gatsby.rs are as the documents say; see `git diff specs`"
            );
            ExitCode::SUCCESS
        }
        Ok(_) => ExitCode::FAILURE,
        Err(err) => {
            eprintln!("cargo could not be started: {err}");
            ExitCode::FAILURE
        }
    }
}
