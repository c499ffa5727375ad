//! `quanheng schema`: the JSON Schema of the project file, and the document of its keys.

use super::print;
use crate::problem::Problems;
use crate::project;

/// What `schema` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Print docs/project-file.md: every key of the project file with its meaning
    Document,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Problems> {
    match arguments.action {
        None => print(&project::schema_text()),
        Some(Action::Document) => print(&project::document()),
    }
}
