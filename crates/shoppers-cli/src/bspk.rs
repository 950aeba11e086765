//! The commands for BSPK.

use clap::Subcommand;
use shoppers::bspk::Client;

use crate::{
    exit::{Exit, Failure},
    extract::{self, Extract},
    import,
    operation::Commands,
    output::Format,
    webhooks::Webhooks,
};

pub type Command = Commands<Client, ByHand>;

#[derive(Subcommand)]
pub enum ByHand {
    /// Imports a file of shoppers, CSV or JSON Lines.
    #[command(after_help = import::EXIT_CODES)]
    Import(import::Bspk),
    #[command(after_help = extract::AFTER_HELP)]
    Extract(Extract),
    #[command(subcommand)]
    Webhooks(Webhooks),
}

impl Command {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        match self {
            Self::Operation(call) => call.run(output).await,
            Self::ByHand(ByHand::Import(import)) => import.run(output).await,
            Self::ByHand(ByHand::Extract(extract)) => extract.run(output).await,
            Self::ByHand(ByHand::Webhooks(webhooks)) => webhooks.run(output).await,
        }
    }
}
