//! The commands for Gatsby.

use clap::{Args, Subcommand};
use serde_json::json;
use shoppers::gatsby::{By, Client, Ensured, ShopperInput};

use crate::{
    call::Call,
    connection::{self, Connect as _, Deadline, Vendor as _},
    exit::{Exit, Failure},
    import,
    input::Input,
    operation::Commands,
    output::{self, Format},
};

pub type Command = Commands<Client, ByHand>;

#[derive(Subcommand)]
pub enum ByHand {
    SearchShoppers(Search),
    EnsureShopper(Ensure),
    /// Imports a file of shoppers, CSV or JSON Lines.
    #[command(after_help = import::EXIT_CODES)]
    Import(import::Gatsby),
}

/// Searches for every shopper with an e-mail address, a phone number or a user name.
///
/// If none matches, nothing is printed (as JSON, an empty list), and the exit code is 0.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers gatsby search-shoppers --email john@example.com
  shoppers gatsby search-shoppers --phone +15551234567 --output json | jq -r '.[]._id'")]
pub struct Search {
    #[command(flatten)]
    by: Key,
    #[command(flatten)]
    options: Options,
}

/// Updates the shopper that has the same email, phone or userName, or creates it.
///
/// It searches before it writes, and looks for the shopper if the answer to a create is lost; it never creates twice. If
/// several shoppers match, nothing is written and their ids are printed.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby ensure-shopper --set channel.instagram.email=john@example.com --set channel.instagram.fullName='John Meyer'

The names of the attributes: shoppers schema gatsby create-shopper")]
pub struct Ensure {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    options: Options,
}

#[derive(Args)]
#[group(skip)]
struct Options {
    #[command(flatten)]
    connection: connection::Gatsby,
    #[command(flatten)]
    deadline: Deadline,
}

/// The search key.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Key {
    /// An e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// A phone number with a plus sign and its country code.
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// A handle on Instagram or TikTok.
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
}

impl Command {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        match self {
            Self::Operation(call) => call.run(output).await,
            Self::ByHand(ByHand::SearchShoppers(search)) => search.run(output).await,
            Self::ByHand(ByHand::EnsureShopper(ensure)) => ensure.run(output).await,
            Self::ByHand(ByHand::Import(import)) => import.run(output).await,
        }
    }
}

impl Search {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.options.client()?;
        let call = call(None);
        let found = call
            .make(output, client.search_shoppers(self.by.by()?))
            .await?;
        let found = output::json(&found)?;
        if output == Format::Text && found == json!([]) {
            output::note("no shopper matches");
            return Ok(Exit::Done);
        }
        call.print(&output::formatted(&found, output))
    }
}

impl Ensure {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: ShopperInput = self.input.shopper()?;
        let client = self.options.client()?;
        let call = call(Some(
            "wait some minutes, and search for the shopper before you run it again",
        ));
        let ensured = call.make(output, client.ensure_shopper(&shopper)).await?;
        let outcome = match ensured {
            Ensured::Updated { .. } => "updated",
            _ => "created",
        };
        call.print(&match (output, ensured.id()) {
            (Format::Json, id) => json!({"outcome": outcome, "id": id}).to_string(),
            (Format::Text, Some(id)) => format!("{outcome}\n_id  {}", output::harmless(id)),
            (Format::Text, None) => format!("{outcome}; Gatsby sent no id"),
        })
    }
}

fn call(if_ambiguous: Option<&str>) -> Call {
    Call {
        if_ambiguous: if_ambiguous.map(str::to_owned),
        key_variable: Client::KEY_VARIABLE,
    }
}

impl Options {
    fn client(&self) -> Result<Client, Failure> {
        self.deadline.build(self.connection.builder()?)
    }
}

impl Key {
    fn by(&self) -> Result<By<'_>, Failure> {
        let email = self.email.as_deref().map(By::Email);
        let phone = self.phone.as_deref().map(By::Phone);
        let username = self.username.as_deref().map(By::Username);
        // clap requires one of them.
        email
            .or(phone)
            .or(username)
            .ok_or_else(|| Failure::usage("give --email, --phone or --username"))
    }
}
