//! What can be asked for.

use std::sync::LazyLock;

use clap::{Parser, Subcommand};
use shoppers::spec;

use crate::{
    bspk, completions::Completions, doctor::Doctor, gatsby, output::Format, sandbox::Sandbox,
    schema::Schema,
};

/// What `--version` says: the crate's version, and the documents that its types come from.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let (bspk, gatsby) = (spec::BSPK, spec::GATSBY);
    format!("{}\n{bspk}\n{gatsby}", env!("CARGO_PKG_VERSION"))
});

/// Calls the BSPK Platform API and the Gatsby Shopper API, and imports a brand's customers into either.
///
/// Keys come from the environment (BSPK_API_KEY, GATSBY_API_KEY) or from --key-file.
#[derive(Parser)]
#[command(name = "shoppers", version = VERSION.as_str())]
pub struct Cli {
    /// How to print answers: for people or, as JSON, for programs.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub output: Format,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// BSPK: upsert a shopper, or import a file of them.
    #[command(subcommand)]
    Bspk(bspk::Command),
    /// Gatsby: create, get, search, update, delete or ensure a shopper, or import a file of them.
    #[command(subcommand)]
    Gatsby(gatsby::Command),
    /// Run a stand-in for both vendors on this machine.
    Sandbox(Sandbox),
    /// Find out why calls do not work: key, host, TLS, clock, quota.
    Doctor(Doctor),
    /// Print the JSON Schema of what a vendor is sent.
    Schema(Schema),
    /// Print completions for a shell.
    Completions(Completions),
}
