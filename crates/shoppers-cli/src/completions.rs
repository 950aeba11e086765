//! The command `completions`.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::{
    exit::{Exit, Failure},
    output,
};

/// Prints a completion script for a shell.
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
    /// Prints the script for a command, the whole program.
    pub fn run(self, mut program: Command) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "shoppers", &mut script);
        output::print(String::from_utf8_lossy(&script).trim_end())?;
        Ok(Exit::Done)
    }
}
