//! The command `doctor`.

use clap::Args;

use crate::exit::{Exit, Failure};

#[derive(Args)]
pub struct Doctor {}

impl Doctor {
    pub async fn run(self, _output: crate::output::Format) -> Result<Exit, Failure> {
        Err(Failure::stopped("not there yet"))
    }
}
