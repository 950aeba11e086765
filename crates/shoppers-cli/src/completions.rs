//! The command `completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{
    command::Cli,
    exit::{Exit, Failure},
    output,
};

/// Print completions for a shell.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers completions bash > ~/.local/share/bash-completion/completions/shoppers
  shoppers completions zsh > \"${fpath[1]}/_shoppers\"
  shoppers completions fish > ~/.config/fish/completions/shoppers.fish")]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "shoppers", &mut script);
        output::print(String::from_utf8_lossy(&script).trim_end())?;
        Ok(Exit::Done)
    }
}
