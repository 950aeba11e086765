//! The command `completions`.

use clap::Args;

use crate::exit::{Exit, Failure};

#[derive(Args)]
pub struct Completions {}

impl Completions {
    pub fn run(self) -> Result<Exit, Failure> {
        Err(Failure::stopped("not there yet"))
    }
}
