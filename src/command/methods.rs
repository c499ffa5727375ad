//! `quanheng methods`: the list of methods, or one method in full.

use quanheng_words::text;

use super::format::{Former, format};
use super::{Terminal, print};
use crate::problem::{Problem, Problems};
use crate::report::Report;
use crate::report::methods::{self, Description};
use crate::report::render::Format;

/// What `methods` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Option<Which>,
    /// Only the methods of one stage.
    #[arg(long)]
    stage: Option<String>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
    #[command(flatten)]
    former: Former,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// Show a method with formula, reference, settings, and the current result of its example.
    Show {
        /// Name of the method; if two stages have a method of this name, both are shown.
        name: String,
    },
    /// Print every method as Markdown: docs/methods.md.
    Document,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let mut all = methods::all();
    if let Some(stage) = &arguments.stage {
        let stages: Vec<&str> = all.iter().map(|m| m.stage.name()).collect();
        if !stages.contains(&stage.as_str()) {
            let known = stages.into_iter().map(str::to_owned).collect();
            return Err(Problem::unknown(text!(thing_stage_with_methods), stage, known).into());
        }
        all.retain(|m| m.stage.name() == stage);
    }
    let language = out.language;
    let report = match arguments.which {
        None => methods::list(&all, language),
        Some(Which::Document) => {
            return print(&methods::document(&all));
        }
        Some(Which::Show { name }) => {
            let found: Vec<&Description> = all.iter().filter(|m| m.name == name).collect();
            if found.is_empty() {
                let known = all.iter().map(|m| m.name.to_owned()).collect();
                return Err(Problem::unknown(text!(thing_method), &name, known).into());
            }
            Report {
                blocks: found.into_iter().flat_map(|m| methods::show(m, language).blocks).collect(),
            }
        }
    };
    out.show(&report, arguments.format)
}
