//! `quanheng methods`: the list, or one method whole.

use quanheng_words::text;

use super::format::{Former, format};
use super::{Terminal, print};
use crate::problem::{Problem, Problems};
use crate::report::methods::{self, Description};
use crate::report::render::{Format, Style, markdown};
use crate::report::{Block, Language, Report};

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
    /// Show a method with formula, reference, settings and its example as it runs now.
    Show {
        /// Its name; a name that two stages have shows both.
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
            return print(&document(&all));
        }
        Some(Which::Show { name }) => {
            let found: Vec<&Description> = all.iter().filter(|m| m.name == name).collect();
            if found.is_empty() {
                let known = all.iter().map(|m| m.name.to_owned()).collect();
                return Err(Problem::unknown(text!(thing_method), &name, known).into());
            }
            Report { blocks: found.into_iter().flat_map(|m| methods::show(m).blocks).collect() }
        }
    };
    print(&arguments.format.text(&report, Style { language, colour: out.out }))
}

/// docs/methods.md.
pub fn document(all: &[Description]) -> String {
    let mut text = String::from(
        "# Methods\n\nWritten by `quanheng methods document` from what the methods say of themselves; every example is run \
         when this page is written and when the tests run.\n\n",
    );
    let mut stage = None;
    for method in all {
        if stage != Some(method.stage) {
            text.push_str(&format!("## {}\n\n", method.stage.name()));
            stage = Some(method.stage);
        }
        let report = methods::show(method);
        for block in &report.blocks {
            let one = Report { blocks: vec![block.clone()] };
            match block {
                Block::Heading(_) => {
                    text.push_str(&format!("### {} {}\n\n", method.name, method.zh));
                }
                Block::Line(words) if words.starts_with("Example:") => {
                    text.push_str(&format!("```text\n{words}\n```\n\n"));
                }
                _ => text.push_str(&markdown::render(&one, Language::En, 4)),
            }
        }
    }
    text
}
