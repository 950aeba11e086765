//! What can be asked for.

use std::{env, ffi::OsString, sync::LazyLock};

use clap::{
    Parser, Subcommand,
    error::{ContextKind, ContextValue},
};
use shoppers::spec;

use crate::{
    bspk,
    completions::Completions,
    doctor::Doctor,
    exit::{Exit, Failure},
    gatsby,
    output::Format,
    sandbox::Sandbox,
    schema::Schema,
};

/// Of the arguments of a command its own come first.
const LAST: usize = 100;

/// What `--version` says: the crate's version, and the documents that its types come from.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let (bspk, gatsby) = (spec::BSPK, spec::GATSBY);
    format!("{}\n{bspk}\n{gatsby}", env!("CARGO_PKG_VERSION"))
});

/// Calls the BSPK Platform API and the Gatsby Shopper API, and imports a brand's customers into either.
///
/// Keys come from the environment (BSPK_API_KEY, GATSBY_API_KEY) or from --key-file, never from an argument.
#[derive(Parser)]
#[command(
    name = "shoppers",
    version = VERSION.as_str(),
    after_help = "\
Examples:
  shoppers sandbox                                a stand-in to try things out
  shoppers doctor                                 does my key work?
  shoppers bspk import customers.csv --dry-run    what is wrong with my file?
  shoppers bspk upsert --set shopper_ref=CLI-789 --set email_contact=true

Exit codes:
  0    done
  1    the vendor refused it, or may or may not have done it
  2    what was asked for cannot be done; nothing was sent
  3    it could not go on: a bad key, a vendor that is down, an import that was interrupted
  130  an import that was interrupted a second time, and ended at once

Answers, and what a vendor says to a refusal, go to stdout. An error is a line on stderr that holds nothing of a \
shopper; with --output json an answer is one JSON value, and an error is {\"error\": {\"kind\", \"message\", \"next\", ..}}. Its kind is one of usage, stopped, \
unauthorized, not_sent, throttled, unavailable, ambiguous, unreadable, rejected, not_found, duplicates, refused."
)]
pub struct Cli {
    /// How to print answers: text, for people, or json, for programs.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true,
        display_order = LAST
    )]
    pub output: Format,

    /// Tell each attempt and each wait on stderr, without anything of a shopper.
    #[arg(short, long, global = true, display_order = LAST)]
    pub verbose: bool,

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
    Sandbox(Sandbox),
    Doctor(Doctor),
    Schema(Schema),
    Completions(Completions),
}

impl Cli {
    /// Reads the command line. Where it cannot be read, or asks for help, that is told, and the program is at its end.
    pub fn read() -> Result<Self, Exit> {
        Self::try_parse().map_err(|err| {
            if !err.use_stderr() {
                // Help and the version; a reader that has gone has had enough.
                let _ = err.print();
                return Exit::Done;
            }
            if wants_json(env::args_os()) {
                return failure(err).tell(Format::Json);
            }
            // Without a stderr there is nobody to tell.
            let _ = discreet(err).print();
            Exit::Usage
        })
    }
}

/// What is wrong with a command line, in one line.
pub fn failure(err: clap::Error) -> Failure {
    let text = discreet(err).to_string();
    let lines = text.lines().take_while(|line| !line.is_empty());
    let line = lines.map(str::trim).collect::<Vec<_>>().join(" ");
    Failure::usage(line.strip_prefix("error: ").unwrap_or(&line)).next("see --help")
}

/// The same error without what may be a shopper's data or a key.
fn discreet(mut err: clap::Error) -> clap::Error {
    if let Some(ContextValue::String(typed)) = err.get(ContextKind::InvalidValue)
        && !typed.is_empty()
    {
        err.insert(ContextKind::InvalidValue, hidden());
    }
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidSubcommand] {
        if let Some(ContextValue::String(typed)) = err.get(kind)
            && !typed.starts_with('-')
            && !typed.contains(['<', '['])
        {
            err.insert(kind, hidden());
        }
    }
    err
}

fn hidden() -> ContextValue {
    ContextValue::String("..".to_owned())
}

/// Whether JSON was asked for on a command line that cannot be read.
fn wants_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.collect();
    let is_apart = |pair: &[OsString]| pair[0] == "--output" && pair[1] == "json";
    arguments.iter().any(|it| it == "--output=json") || arguments.windows(2).any(is_apart)
}
