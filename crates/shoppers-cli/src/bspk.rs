//! The commands for BSPK.

use clap::{Args, Subcommand};
use serde_json::Value;
use shoppers::bspk::{Client, Shopper};

use crate::{
    call::Call,
    connection::{self, Deadline, Vendor as _},
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
/// Without a `shopper_ref` every call creates a new shopper. BSPK stores a shopper that looks wrong; its warnings are
/// printed with its answer.
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
    deadline: Deadline,
}

const WITH_REFERENCE: &str = "send it again; with a shopper_ref that is safe";
const WITHOUT_REFERENCE: &str = "look for the shopper in BSPK before you send it again; without a shopper_ref that may \
                                 create a second one";

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
        let client = self.deadline.build(self.connection.builder()?)?;
        let call = Call {
            key_variable: Client::KEY_VARIABLE,
            if_ambiguous: match shopper.shopper_ref {
                Some(_) => Some(WITH_REFERENCE),
                None => Some(WITHOUT_REFERENCE),
            },
        };
        let stored = call.make(output, client.upsert_shopper(&shopper)).await?;
        let answer = output::json(&stored)?;
        call.print(&match output {
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
