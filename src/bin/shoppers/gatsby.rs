//! The commands of Gatsby.

use clap::Subcommand;

use crate::{
    exit::{Exit, Failure},
    import,
    output::Format,
};

#[derive(Subcommand)]
pub enum Command {
    /// Import a file of shoppers, CSV or JSON Lines.
    Import(import::Gatsby),
}

impl Command {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        match self {
            Self::Import(import) => import.run(output).await,
        }
    }
}
