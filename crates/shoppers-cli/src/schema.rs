//! The command `schema`.

use clap::{Args, ValueEnum};
use shoppers::{bspk, gatsby};

use crate::{
    exit::{Exit, Failure},
    output,
};

/// Prints the JSON Schema (2020-12) of an operation's body, or of its answer.
///
/// Its names are those of --json, --set and the columns of an import, where a nested name is written with dots.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers schema bspk upsert-shopper | jq -r '.properties | to_entries[] | \"\\(.key): \\(.value.description)\"'
  shoppers schema gatsby get-shopper --answer > gatsby-shopper.schema.json")]
pub struct Schema {
    /// The vendor.
    vendor: Vendor,

    /// The operation, by the name of its command.
    operation: String,

    /// Prints the schema of the vendor's answer instead.
    #[arg(long)]
    answer: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Vendor {
    Bspk,
    Gatsby,
}

impl Schema {
    pub fn run(self) -> Result<Exit, Failure> {
        let name = self.operation.replace('-', "_");
        let (operations, schema) = match (self.vendor, self.answer) {
            (Vendor::Bspk, false) => (bspk::OPERATIONS, bspk::body_schema(&name)),
            (Vendor::Bspk, true) => (bspk::OPERATIONS, bspk::answer_schema(&name)),
            (Vendor::Gatsby, false) => (gatsby::OPERATIONS, gatsby::body_schema(&name)),
            (Vendor::Gatsby, true) => (gatsby::OPERATIONS, gatsby::answer_schema(&name)),
        };
        let Some(schema) = schema else {
            let is_known = operations.iter().any(|it| it.name == name);
            return Err(Failure::usage(match (is_known, self.answer) {
                (false, _) => {
                    "no operation has this name; `shoppers bspk --help` and `shoppers gatsby --help` list them"
                }
                (true, false) => {
                    "this operation takes no body; --answer prints the schema of its answer"
                }
                (true, true) => {
                    "nothing is documented of this operation's answer; leave --answer out for that of its body"
                }
            }));
        };
        let schema = output::json(&schema)?;
        output::print(&format!("{schema:#}"))?;
        Ok(Exit::Done)
    }
}
