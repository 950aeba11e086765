//! The program `shoppers`.
#![forbid(unsafe_code)]

use std::process::ExitCode;

mod attributes;
mod bspk;
mod call;
mod command;
mod completions;
mod connection;
mod doctor;
mod document;
mod exit;
mod extract;
mod files;
mod gatsby;
mod import;
mod input;
mod interrupt;
mod json;
mod log;
mod operation;
mod output;
mod progress;
mod sandbox;
mod schema;
mod time;
mod usage;
mod webhooks;

use clap::CommandFactory as _;

use command::{Cli, Command};
use exit::{Exit, Failure};

fn main() -> ExitCode {
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    if cli.verbose {
        log::start();
    }
    let output = cli.output.format();
    let outcome = runtime().and_then(|runtime| runtime.block_on(run(cli)));
    outcome
        .unwrap_or_else(|failure| output::report(&failure, output))
        .into()
}

async fn run(cli: Cli) -> Result<Exit, Failure> {
    let output = cli.output.format();
    match cli.command {
        Command::Bspk(bspk) => bspk.run(output).await,
        Command::Gatsby(gatsby) => gatsby.run(output).await,
        Command::Sandbox(sandbox) => sandbox.run(output).await,
        Command::Doctor(doctor) => doctor.run(output).await,
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run(Cli::command()),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|err| Failure::stopped(format!("the program could not start: {err}")))
}
