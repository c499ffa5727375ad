//! `quanheng methods`: the list of methods, or one method in full.

use std::sync::Arc;

use quanheng_scripts::Script;
use quanheng_words::text;

use super::format::{Former, format};
use super::{Terminal, print, script, trial};
use crate::ability::{ABILITIES, Ability};
use crate::problem::{Problem, Problems};
use crate::report::methods::{self, Description};
use crate::report::render::Format;
use crate::report::{Block, Report, scripts};

/// What `methods` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Option<Which>,
    /// Only the methods of one stage.
    #[arg(long)]
    stage: Option<String>,
    /// Only those with this text in their name, Chinese name, summary, formula or source, in any language; bundled scripts
    /// too.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only those that can do all of this, found by running them: `zeros`, `negatives` or `absent` (they take such values),
    /// `keeps_order` (the order of two regions is the same without any third one), `own_values` (the score of a region
    /// depends on its own values alone), `uses_data` (weights depend on the data).
    #[arg(long = "with", value_delimiter = ',', value_name = "ABILITY")]
    abilities: Vec<String>,
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
    /// Run a method on a table, without a project.
    Try(trial::Arguments),
    /// Print every method as Markdown: docs/methods.md.
    Document,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let mut all = methods::all();
    let twins: Vec<String> =
        all.iter().map(|m| format!("{}/{}.rhai", m.stage.name(), m.name)).collect();
    if let Some(stage) = &arguments.stage {
        let stages: Vec<&str> = all.iter().map(|m| m.stage.name()).collect();
        if !stages.contains(&stage.as_str()) {
            let known = stages.into_iter().map(str::to_owned).collect();
            return Err(Problem::unknown(text!(thing_stage_with_methods), stage, known).into());
        }
        all.retain(|m| m.stage.name() == stage);
    }
    if let Some(text) = &arguments.search {
        all.retain(|method| method.mentions(text));
    }
    let mut wanted = Vec::new();
    for name in &arguments.abilities {
        match Ability::find(name) {
            Some(ability) => wanted.push(ability),
            None => {
                let known = ABILITIES.iter().map(|ability| ability.name.to_owned()).collect();
                return Err(Problem::unknown(text!(thing_ability), name, known).into());
            }
        }
    }
    all.retain(|method| wanted.iter().all(|of| of.of(method.stage, method.name) == Some(true)));
    let language = out.language;
    let report = match arguments.which {
        None => {
            let mut report = methods::list(&all, language);
            // What a script can do is not found by running it, so that it is no answer to `--with`.
            if let Some(text) = arguments.search.filter(|_| wanted.is_empty()) {
                let others = others(&twins, arguments.stage.as_deref())?;
                report.blocks.extend(scripts::matching(&others, &text, language).blocks);
            }
            if report.blocks.is_empty() {
                report.blocks.push(Block::Line(text!(methods_none).render(language)));
            }
            report
        }
        Some(Which::Try(of)) => return trial::run(of, out),
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
                blocks: found
                    .into_iter()
                    .flat_map(|m| methods::whole(m, language).blocks)
                    .collect(),
            }
        }
    };
    out.show(&report, arguments.format)
}

/// The bundled scripts of one stage, or of all, without the twins of built-in methods.
fn others(
    twins: &[String],
    stage: Option<&str>,
) -> Result<Vec<(&'static str, Arc<Script>)>, Problems> {
    let mut all = script::bundled()?;
    all.retain(|(name, script)| {
        let is_wanted = stage.is_none_or(|stage| script.stage().name() == stage);
        is_wanted && !twins.iter().any(|twin| twin == name)
    });
    Ok(all)
}
