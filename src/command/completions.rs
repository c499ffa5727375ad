//! `quanheng completions`: for bash, zsh, fish, PowerShell, elvish.

use clap::CommandFactory;

use super::{Program, print};
use crate::problem::Problems;

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell.
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Problems> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Program::command(), "quanheng", &mut text);
    print(&String::from_utf8_lossy(&text))
}
