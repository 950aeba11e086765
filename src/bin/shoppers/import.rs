//! Imports of files.

use clap::Args;

use crate::{
    connection,
    exit::{Exit, Failure},
    output::Format,
};

/// An import into BSPK.
#[derive(Args)]
pub struct Bspk {
    #[command(flatten)]
    connection: connection::Bspk,
    #[command(flatten)]
    quota: connection::Quota,
}

/// An import into Gatsby.
#[derive(Args)]
pub struct Gatsby {
    #[command(flatten)]
    connection: connection::Gatsby,
    #[command(flatten)]
    quota: connection::Quota,
}

impl Bspk {
    pub async fn run(self, _output: Format) -> Result<Exit, Failure> {
        let _client = connection::build(self.quota.of(self.connection.builder()?))?;
        Err(Failure::stopped("not there yet"))
    }
}

impl Gatsby {
    pub async fn run(self, _output: Format) -> Result<Exit, Failure> {
        let _client = connection::build(self.quota.of(self.connection.builder()?))?;
        Err(Failure::stopped("not there yet"))
    }
}
