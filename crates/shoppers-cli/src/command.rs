//! The command line.

use std::{env, ffi::OsString, path::PathBuf, sync::LazyLock};

use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser as _},
};
use shoppers::spec;

use crate::{
    bspk, completions::Completions, doctor::Doctor, exit::Exit, gatsby, output, output::Format,
    output::Output, sandbox::Sandbox, schema::Schema, usage,
};

/// The options that every command has are listed after its own.
const LAST: usize = 100;

/// The version of the crate, and of the documents that its types come from.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let (bspk, gatsby) = (spec::BSPK, spec::GATSBY);
    format!("{}\n{bspk}\n{gatsby}", env!("CARGO_PKG_VERSION"))
});

/// Calls BSPK and Gatsby, imports a brand's customers into either, and extracts what BSPK has.
///
/// Keys come from the environment (BSPK_API_KEY, GATSBY_API_KEY) or from --key-file, never from an argument.
#[derive(Parser)]
#[command(
    name = "shoppers",
    version = VERSION.as_str(),
    after_help = "\
Examples:
  shoppers sandbox                                run a fake server to try things out
  shoppers doctor                                 check that calls work
  shoppers bspk import customers.csv --dry-run    check a file before it is imported
  shoppers bspk upsert-shopper --set shopper_ref=CLI-789 --set email_contact=true
  shoppers bspk extract messages --since 2026-01-01 > messages.jsonl

Exit codes:
  0    success
  1    the vendor refused something, or an outcome is unknown
  2    the arguments, a file or the environment are invalid; nothing was sent
  3    it could not continue: a bad key, a vendor that is down, an interrupted import
  4    an extraction has fewer records than BSPK counted
  130  an extraction was interrupted, or an import a second time

Answers and a vendor's error messages go to stdout. Errors go to stderr, in one line without personal data. With \
--output json an answer is one JSON value, and an error is {\"error\": {\"kind\", \"message\", \"next\", ..}}. Its kind is \
one of usage, stopped, invalid, unauthorized, throttled, unavailable, ambiguous, unreadable, rejected, not_found, conflict, \
duplicate, unexpected."
)]
pub struct Cli {
    /// The format of the output: text, for people, or json, for programs.
    #[arg(
        long,
        global = true,
        value_parser = PossibleValuesParser::new(["text", "json"]).map(|it| Output::from(PathBuf::from(it))),
        default_value = "text",
        value_name = "FORMAT",
        hide_possible_values = true,
        display_order = LAST
    )]
    pub output: Output,

    /// Logs every attempt and every wait on stderr, without personal data.
    #[arg(short, long, global = true, display_order = LAST)]
    pub verbose: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Calls an operation of BSPK, imports a file of shoppers, extracts records, or receives webhooks.
    #[command(
        subcommand,
        after_help = "Examples:
  shoppers bspk upsert-shopper --set shopper_ref=CLI-789 --set email=john@example.com --set email_contact=true
  shoppers bspk upsert-shopper --json shopper.json --set segment=VIP
  jq .customer order.json | shoppers bspk upsert-shopper --json - --output json"
    )]
    Bspk(bspk::Command),
    /// Calls an operation of Gatsby, ensures a shopper, or imports a file of shoppers.
    #[command(
        subcommand,
        after_help = "Examples:
  shoppers gatsby create-shopper --set channel.instagram.email=john@example.com
  shoppers gatsby update-shopper 5a0d00000000000000000001 --set channel.tiktok.userName=johnny
  shoppers gatsby get-shopper 5a0d00000000000000000001 --output json | jq .channel"
    )]
    Gatsby(gatsby::Command),
    Sandbox(Sandbox),
    Doctor(Doctor),
    Schema(Schema),
    Completions(Completions),
}

impl Cli {
    /// Parses the command line. If that fails, or help is requested, prints a message and returns the exit code.
    pub fn read() -> Result<Self, Exit> {
        Self::try_parse().map_err(|err| {
            if !err.use_stderr() {
                // Help and the version; the reader may have closed the pipe.
                let _ = err.print();
                return Exit::Done;
            }
            if wants_json(env::args_os()) {
                return output::report(&usage::failure(err), Format::Json);
            }
            // Without a stderr the message is lost.
            let _ = usage::redacted(err).print();
            Exit::Usage
        })
    }
}

/// Returns `true` if a command line that cannot be parsed asks for JSON.
fn wants_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.collect();
    let is_apart = |pair: &[OsString]| pair[0] == "--output" && pair[1] == "json";
    arguments.iter().any(|it| it == "--output=json") || arguments.windows(2).any(is_apart)
}
