//! The command `doctor`.

use clap::{Args, Parser, Subcommand};
use serde_json::{Map, Value};

use crate::{
    command, connection,
    exit::{Exit, Failure},
    output::{self, Format},
};
use check::{Check, Finding};
use patient::Patient;

mod call;
mod check;
mod clock;
mod host;
mod patient;

/// Find out why calls do not work: key, host, TLS, clock, quota.
///
/// Without a vendor, looks at each whose key is in the environment. Nothing is written at a vendor: Gatsby is asked for
/// an e-mail address that cannot exist; BSPK, which has nothing to read, is sent a GET where it takes a POST, once with
/// the key and once without. The key is never printed. Exit code 3 if a check fails.
#[derive(Args)]
#[command(
    subcommand_value_name = "VENDOR",
    subcommand_help_heading = "Vendors",
    disable_help_subcommand = true,
    after_help = "Examples:
  shoppers doctor
  shoppers doctor gatsby --environment development --key-file /run/secrets/gatsby
  shoppers doctor --output json | jq '.bspk[] | select(.result != \"ok\")'"
)]
pub struct Doctor {
    #[command(subcommand)]
    vendor: Option<Vendor>,
}

#[derive(Subcommand)]
enum Vendor {
    /// BSPK alone, also without a key.
    Bspk(connection::Bspk),
    /// Gatsby alone, also without a key.
    Gatsby(connection::Gatsby),
}

/// Both vendors, as the environment has them.
#[derive(Parser)]
struct Surroundings<T: Args> {
    #[command(flatten)]
    vendor: T,
}

impl Doctor {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        let patients = match self.vendor {
            Some(Vendor::Bspk(bspk)) => vec![Patient::bspk(&bspk)],
            Some(Vendor::Gatsby(gatsby)) => vec![Patient::gatsby(&gatsby)],
            None => both()?,
        };
        let mut reports = Vec::new();
        for patient in patients {
            reports.push((patient.name, patient.examine().await));
        }
        output::print(&match output {
            Format::Text => text(&reports),
            Format::Json => json(&reports).to_string(),
        })?;
        let has_failed = reports
            .iter()
            .flat_map(|(_, checks)| checks)
            .any(|check| check.finding == Finding::Fail);
        Ok(match has_failed {
            true => Exit::Stopped,
            false => Exit::Done,
        })
    }
}

/// The vendors whose key is in the environment.
fn both() -> Result<Vec<Patient>, Failure> {
    let bspk: connection::Bspk = from_environment()?;
    let gatsby: connection::Gatsby = from_environment()?;
    let mut patients = Vec::new();
    if !matches!(bspk.key(), Ok(None)) {
        patients.push(Patient::bspk(&bspk));
    }
    if !matches!(gatsby.key(), Ok(None)) {
        patients.push(Patient::gatsby(&gatsby));
    }
    match patients.is_empty() {
        true => Err(
            Failure::usage("no key: neither BSPK_API_KEY nor GATSBY_API_KEY is set")
                .next("set one, or look at one vendor without a key: shoppers doctor bspk"),
        ),
        false => Ok(patients),
    }
}

fn from_environment<T: Args>() -> Result<T, Failure> {
    Surroundings::try_parse_from(["shoppers"])
        .map(|it: Surroundings<T>| it.vendor)
        .map_err(command::failure)
}

fn text(reports: &[(&str, Vec<Check>)]) -> String {
    let report = |(name, checks): &(&str, Vec<Check>)| {
        let lines = checks.iter().map(|check| format!("\n{check}"));
        format!("{name}{}", lines.collect::<String>())
    };
    reports.iter().map(report).collect::<Vec<_>>().join("\n\n")
}

fn json(reports: &[(&str, Vec<Check>)]) -> Value {
    let report = |(name, checks): &(&str, Vec<Check>)| {
        (name.to_string(), checks.iter().map(Check::json).collect())
    };
    Value::Object(reports.iter().map(report).collect::<Map<_, _>>())
}
