//! The commands of Gatsby.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use shoppers::gatsby::{By, Client, Ensured, ShopperInput, Written};

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

/// Create a shopper. Twice makes two of them; `ensure` does not.
///
/// It needs an email, a phone or a userName in some channel. What Gatsby answers is printed.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby create --set channel.instagram.email=john@example.com --set channel.instagram.fullName='John Meyer'

The names of the attributes: shoppers schema gatsby")]
pub struct Create {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    way: Way,
}

/// Get a shopper by its id.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby get 5a0d00000000000000000001 --output json | jq .channel")]
pub struct Get {
    /// The `_id` of the shopper.
    id: String,
    #[command(flatten)]
    way: Way,
}

/// Search for every shopper with an e-mail address, a phone number or a user name.
///
/// None is an answer too: nothing is printed (as JSON, an empty list), and the exit code is 0.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers gatsby search --email john@example.com
  shoppers gatsby search --phone +15551234567 --output json | jq -r '.[]._id'")]
pub struct Search {
    #[command(flatten)]
    by: Key,
    #[command(flatten)]
    way: Way,
}

/// Update a shopper by its id.
///
/// Gatsby does not document whether what is not sent stays. Send what you want to be there.
#[derive(Args)]
#[command(
    // --set takes as many values as there are, so the id comes before it.
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
    way: Way,
}

/// Delete a shopper by its id. It does not ask whether you are sure.
#[derive(Args)]
pub struct Delete {
    /// The `_id` of the shopper.
    id: String,
    #[command(flatten)]
    way: Way,
}

/// Update the shopper that has the same email, phone or userName, or create it.
///
/// It searches before it writes, and looks for the shopper when the answer to a create is lost; it never creates twice.
/// Where several shoppers match, nothing
/// is written and their ids are told.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers gatsby ensure --set channel.instagram.email=john@example.com --set channel.instagram.fullName='John Meyer'

The names of the attributes: shoppers schema gatsby")]
pub struct Ensure {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    way: Way,
}

#[derive(Args)]
#[group(skip)]
struct Way {
    #[command(flatten)]
    connection: connection::Gatsby,
    #[command(flatten)]
    patience: Patience,
}

/// What to search by.
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

const READ: Call = Call {
    in_doubt: "",
    key: connection::GATSBY_KEY,
};

const CREATE: Call = Call {
    in_doubt: "wait some minutes, and search for the shopper before you create it again",
    key: connection::GATSBY_KEY,
};

const AGAIN: Call = Call {
    in_doubt: "send it again, which is harmless",
    key: connection::GATSBY_KEY,
};

const ENSURE: Call = Call {
    in_doubt: "wait some minutes, and search for the shopper before you run it again",
    key: connection::GATSBY_KEY,
};

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
        let client = self.way.client()?;
        let created = CREATE.make(output, client.create_shopper(&shopper)).await?;
        CREATE.tell(&written("created", &created, output))
    }
}

impl Get {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.way.client()?;
        let shopper = READ.make(output, client.get_shopper(&self.id)).await?;
        let shopper = output::json(&shopper)?;
        READ.tell(&match output {
            Format::Json => shopper.to_string(),
            Format::Text => output::lines(&shopper),
        })
    }
}

impl Search {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.way.client()?;
        let found = READ
            .make(output, client.search_shoppers(self.by.by()?))
            .await?;
        let found = output::json(&found)?;
        if output == Format::Text && found == json!([]) {
            output::note("no shopper matches");
            return Ok(Exit::Done);
        }
        READ.tell(&match output {
            Format::Json => found.to_string(),
            Format::Text => output::lines(&found),
        })
    }
}

impl Update {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: ShopperInput = self.input.shopper()?;
        let client = self.way.client()?;
        let updated = AGAIN
            .make(output, client.update_shopper(&self.id, &shopper))
            .await?;
        AGAIN.tell(&written("updated", &updated, output))
    }
}

impl Delete {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let client = self.way.client()?;
        let deleted = AGAIN.make(output, client.delete_shopper(&self.id)).await?;
        AGAIN.tell(&written("deleted", &deleted, output))
    }
}

impl Ensure {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let shopper: ShopperInput = self.input.shopper()?;
        let client = self.way.client()?;
        let ensured = ENSURE.make(output, client.ensure_shopper(&shopper)).await?;
        let outcome = match ensured {
            Ensured::Updated { .. } => "updated",
            _ => "created",
        };
        ENSURE.tell(&match (output, ensured.id()) {
            (Format::Json, id) => json!({"outcome": outcome, "id": id}).to_string(),
            (Format::Text, Some(id)) => format!("{outcome}\n_id  {}", output::harmless(id)),
            (Format::Text, None) => format!("{outcome}; Gatsby did not tell the id"),
        })
    }
}

impl Way {
    fn client(&self) -> Result<Client, Failure> {
        connection::build(self.patience.of(self.connection.builder()?))
    }
}

impl Key {
    fn by(&self) -> Result<By<'_>, Failure> {
        let email = self.email.as_deref().map(By::Email);
        let phone = self.phone.as_deref().map(By::Phone);
        let username = self.username.as_deref().map(By::Username);
        // One of them is there, as clap sees to; without this it would have to be said with a panic.
        email
            .or(phone)
            .or(username)
            .ok_or_else(|| Failure::usage("give --email, --phone or --username"))
    }
}

/// What Gatsby answered to a write, which may be anything, or nothing.
fn written(outcome: &str, written: &Written, output: Format) -> String {
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
