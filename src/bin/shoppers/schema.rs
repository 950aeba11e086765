//! The command `schema`.

use clap::Args;

use crate::exit::{Exit, Failure};

#[derive(Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> Result<Exit, Failure> {
        Err(Failure::stopped("not there yet"))
    }
}
