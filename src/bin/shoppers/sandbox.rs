//! The command `sandbox`.

use clap::Args;

use crate::exit::{Exit, Failure};

#[derive(Args)]
pub struct Sandbox {}

impl Sandbox {
    pub async fn run(self) -> Result<Exit, Failure> {
        Err(Failure::stopped("not there yet"))
    }
}
