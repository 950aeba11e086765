//! The commands of BSPK.

use clap::{Args, Subcommand};
use serde_json::Value;
use shoppers::bspk::Shopper;

use crate::{
    call::{Call, Patience},
    connection,
    exit::{Exit, Failure},
    import,
    input::Input,
    output::{self, Format},
};

#[derive(Subcommand)]
pub enum Command {
    Upsert(Upsert),
    /// Import a file of shoppers, CSV or JSON Lines.
    #[command(after_help = import::EXIT_CODES)]
    Import(import::Bspk),
}

/// Create a shopper, or update the one with the same `shopper_ref`.
///
/// Without a `shopper_ref` each call makes a new shopper. What BSPK answers is printed, with its warnings: it stores a
/// shopper although it has doubts.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers bspk upsert --set shopper_ref=CLI-789 --set email=john@example.com --set email_contact=true
  shoppers bspk upsert --json shopper.json --set segment=VIP
  jq .customer order.json | shoppers bspk upsert --json - --output json

The names of the attributes: shoppers schema bspk")]
pub struct Upsert {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    connection: connection::Bspk,
    #[command(flatten)]
    patience: Patience,
}

impl Command {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        match self {
            Self::Upsert(upsert) => upsert.run(output).await,
            Self::Import(import) => import.run(output).await,
        }
    }
}

impl Upsert {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: Shopper = self.input.shopper()?;
        let client = connection::build(self.patience.of(self.connection.builder()?))?;
        let call = Call {
            key: connection::BSPK_KEY,
            in_doubt: match shopper.shopper_ref {
                Some(_) => "send it again, which with a shopper_ref is harmless",
                None => {
                    "look for the shopper in BSPK before you send it again: without a shopper_ref it would be there twice"
                }
            },
        };
        let stored = call.make(output, client.upsert_shopper(&shopper)).await?;
        let answer = output::json(&stored)?;
        call.tell(&match output {
            Format::Json => answer.to_string(),
            Format::Text => text(answer, stored.warnings()),
        })
    }
}

fn text(mut answer: Value, warnings: &[String]) -> String {
    if let Some(fields) = answer.as_object_mut() {
        fields.remove("warnings");
    }
    let warnings = warnings
        .iter()
        .map(|warning| format!("\nwarning: {}", output::harmless(warning)));
    format!(
        "stored\n{}{}",
        output::lines(&answer),
        warnings.collect::<String>()
    )
}
