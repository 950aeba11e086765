//! The commands for Gatsby.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use shoppers::gatsby::{By, Client, Ensured, ShopperInput, WriteResponse};

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
    Create(Create),
    Get(Get),
    Search(Search),
    Update(Update),
    Delete(Delete),
    Ensure(Ensure),
    /// Import a file of shoppers, CSV or JSON Lines.
    #[command(after_help = import::EXIT_CODES)]
    Import(import::Gatsby),
}

/// Create a shopper. A second create makes a second shopper; `ensure` does not.
///
/// The shopper needs an email, a phone or a userName in one of its channels. Gatsby's answer is printed.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby create --set channel.instagram.email=john@example.com --set channel.instagram.fullName='John Meyer'

The names of the attributes: shoppers schema gatsby")]
pub struct Create {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    options: Options,
}

/// Get a shopper by its id.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby get 5a0d00000000000000000001 --output json | jq .channel")]
pub struct Get {
    /// The `_id` of the shopper.
    id: String,
    #[command(flatten)]
    options: Options,
}

/// Search for every shopper with an e-mail address, a phone number or a user name.
///
/// If none matches, nothing is printed (as JSON, an empty list), and the exit code is 0.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers gatsby search --email john@example.com
  shoppers gatsby search --phone +15551234567 --output json | jq -r '.[]._id'")]
pub struct Search {
    #[command(flatten)]
    by: Key,
    #[command(flatten)]
    options: Options,
}

/// Update a shopper by its id.
///
/// Gatsby does not document whether attributes that are not sent are kept. Send all that the shopper should have.
#[derive(Args)]
#[command(
    // --set takes every value after it, so the id comes first.
    override_usage = "shoppers gatsby update <ID> <--json <FILE>|--set <NAME=VALUE>...> [OPTIONS]",
    after_help = "Example:
  shoppers gatsby update 5a0d00000000000000000001 --set channel.tiktok.userName=johnny

The names of the attributes: shoppers schema gatsby"
)]
pub struct Update {
    /// The `_id` of the shopper.
    id: String,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    options: Options,
}

/// Delete a shopper by its id, without a confirmation.
#[derive(Args)]
pub struct Delete {
    /// The `_id` of the shopper.
    id: String,
    #[command(flatten)]
    options: Options,
}

/// Update the shopper that has the same email, phone or userName, or create it.
///
/// It searches before it writes, and looks for the shopper if the answer to a create is lost; it never creates twice. If
/// several shoppers match, nothing is written and their ids are printed.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby ensure --set channel.instagram.email=john@example.com --set channel.instagram.fullName='John Meyer'

The names of the attributes: shoppers schema gatsby")]
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

const READ: Call = call(None);
const CREATE: Call = call(Some(
    "wait some minutes, and search for the shopper before you create it again",
));
const IDEMPOTENT: Call = call(Some("send it again, which is safe"));
const ENSURE: Call = call(Some(
    "wait some minutes, and search for the shopper before you run it again",
));

const fn call(if_ambiguous: Option<&'static str>) -> Call {
    Call {
        if_ambiguous,
        key_variable: Client::KEY_VARIABLE,
    }
}

impl Command {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        match self {
            Self::Create(create) => create.run(output).await,
            Self::Get(get) => get.run(output).await,
            Self::Search(search) => search.run(output).await,
            Self::Update(update) => update.run(output).await,
            Self::Delete(delete) => delete.run(output).await,
            Self::Ensure(ensure) => ensure.run(output).await,
            Self::Import(import) => import.run(output).await,
        }
    }
}

impl Create {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: ShopperInput = self.input.shopper()?;
        let client = self.options.client()?;
        let created = CREATE.make(output, client.create_shopper(&shopper)).await?;
        CREATE.print(&written("created", &created, output))
    }
}

impl Get {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.options.client()?;
        let shopper = READ.make(output, client.get_shopper(&self.id)).await?;
        READ.print(&output::formatted(&output::json(&shopper)?, output))
    }
}

impl Search {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.options.client()?;
        let found = READ
            .make(output, client.search_shoppers(self.by.by()?))
            .await?;
        let found = output::json(&found)?;
        if output == Format::Text && found == json!([]) {
            output::note("no shopper matches");
            return Ok(Exit::Done);
        }
        READ.print(&output::formatted(&found, output))
    }
}

impl Update {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: ShopperInput = self.input.shopper()?;
        let client = self.options.client()?;
        let updated = IDEMPOTENT
            .make(output, client.update_shopper(&self.id, &shopper))
            .await?;
        IDEMPOTENT.print(&written("updated", &updated, output))
    }
}

impl Delete {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.options.client()?;
        let deleted = IDEMPOTENT
            .make(output, client.delete_shopper(&self.id))
            .await?;
        IDEMPOTENT.print(&written("deleted", &deleted, output))
    }
}

impl Ensure {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: ShopperInput = self.input.shopper()?;
        let client = self.options.client()?;
        let ensured = ENSURE.make(output, client.ensure_shopper(&shopper)).await?;
        let outcome = match ensured {
            Ensured::Updated { .. } => "updated",
            _ => "created",
        };
        ENSURE.print(&match (output, ensured.id()) {
            (Format::Json, id) => json!({"outcome": outcome, "id": id}).to_string(),
            (Format::Text, Some(id)) => format!("{outcome}\n_id  {}", output::harmless(id)),
            (Format::Text, None) => format!("{outcome}; Gatsby sent no id"),
        })
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

/// Formats Gatsby's answer to a write, which may be anything, or nothing.
fn written(outcome: &str, written: &WriteResponse, output: Format) -> String {
    let answer = match (written.json(), written.body()) {
        (Some(answer), _) => answer,
        (None, []) => Value::Null,
        (None, body) => Value::String(String::from_utf8_lossy(body).into_owned()),
    };
    match (output, &answer) {
        (Format::Json, answer) => answer.to_string(),
        (Format::Text, Value::Null) => outcome.to_owned(),
        (Format::Text, answer) => format!("{outcome}\n{}", output::lines(answer)),
    }
}
