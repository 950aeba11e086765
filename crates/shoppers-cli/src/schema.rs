//! The command `schema`.

use clap::{Args, ValueEnum};
use schemars::schema_for;
use shoppers::{bspk, gatsby};

use crate::{
    exit::{Exit, Failure},
    output,
};

/// Prints the JSON Schema (2020-12) of a shopper, as a vendor accepts it or as it answers.
///
/// Its names are those of --json, --set and the columns of an import, where a nested name is written with dots.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers schema bspk | jq -r '.properties | to_entries[] | \"\\(.key): \\(.value.description)\"'
  shoppers schema gatsby --answer > gatsby-shopper.schema.json")]
pub struct Schema {
    /// The vendor.
    vendor: Vendor,

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
        let schema = match (self.vendor, self.answer) {
            (Vendor::Bspk, false) => schema_for!(bspk::Shopper),
            (Vendor::Bspk, true) => schema_for!(bspk::Upserted),
            (Vendor::Gatsby, false) => schema_for!(gatsby::ShopperInput),
            (Vendor::Gatsby, true) => schema_for!(gatsby::Shopper),
        };
        let schema = output::json(&schema)?;
        output::print(&format!("{schema:#}"))?;
        Ok(Exit::Done)
    }
}
