//! `quanheng plugin`: native plugins.

use std::path::PathBuf;

use super::{Terminal, print};
use crate::problem::{Fault, Problem, Problems};

/// What `plugin` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// Show what a plugin offers, and pin its hash in the project.
    Trust {
        /// The library's file.
        path: PathBuf,
    },
}

/// What a child process is started with.
#[derive(Debug, clap::Args)]
pub(super) struct Child {
    library: PathBuf,
    shared: PathBuf,
    megabytes: u64,
}

pub(super) fn run(arguments: Arguments, _: Terminal) -> Result<(), Problems> {
    match arguments.which {
        Which::Trust { path } => {
            let hash = quanheng_plugin_host::hash(&path).map_err(|why| {
                let fault = crate::problem::ProjectFault::PluginRefused {
                    path: path.display().to_string(),
                    why,
                };
                Problem { fault: Fault::Project(fault), places: vec![] }
            })?;
            print(&format!("{hash}\n"))
        }
    }
}

pub(super) fn child(arguments: Child) -> Result<(), Problems> {
    quanheng_plugin_host::child(&arguments.library, &arguments.shared, arguments.megabytes).map_err(
        |e| {
            let (file, reason) = ("standard output".to_owned(), e.to_string());
            Problem { fault: Fault::Unwritable { file, reason }, places: vec![] }.into()
        },
    )
}
