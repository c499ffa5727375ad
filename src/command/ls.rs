//! `quanheng ls`: the projects below the folders that the user lists.

use std::path::PathBuf;

use quanheng_words::{Text, text};
use rayon::prelude::*;

use super::format::format;
use super::{Terminal, print_lines};
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::registry::{self, Entry, Listed};
use crate::report::registry::{list, list_table, sheet};
use crate::report::render::Format;
use crate::report::{Block, Report};

/// What `ls` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Projects to describe, by name; the default is a table of all of them.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Add a folder to your list, for this and later runs. May be given several times.
    #[arg(long, value_name = "DIR")]
    add: Vec<PathBuf>,
    /// Take a folder from your list. Nothing in the folder changes. May be given several times.
    #[arg(long, value_name = "DIR")]
    remove: Vec<PathBuf>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let language = out.language;
    if !arguments.add.is_empty() || !arguments.remove.is_empty() {
        return edit(&arguments, &out);
    }
    let progress = Progress::new(language);
    let folders = registry::folders();
    let mut problems = Problems::default();
    for folder in &folders {
        if let Err(e) = std::fs::read_dir(folder) {
            problems.push(Problem::unreadable(folder.display(), e));
        }
    }
    let all = registry::projects();
    let chosen = if arguments.names.is_empty() { all } else { chosen(all, &arguments.names)? };
    let entries: Vec<Entry> = chosen.par_iter().map(Entry::read).collect();
    progress.done();
    let is_for_people = arguments.format.is_for_people();
    let report = match (is_for_people, arguments.names.is_empty()) {
        (false, _) => Report::from(vec![list_table(&entries, language)]),
        (true, false) => sheet(&entries, language),
        (true, true) if folders.is_empty() => {
            Report { blocks: vec![Block::Line(text!(ls_no_folders).render(language))] }
        }
        (true, true) => list(&entries, &folders, language),
    };
    out.show(&report, arguments.format)?;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The listed projects with these names, each with all that share its name.
fn chosen(all: Vec<Listed>, names: &[String]) -> Result<Vec<Listed>, Problems> {
    let unknown = names.iter().filter(|name| all.iter().all(|listed| listed.name != **name));
    let known = || all.iter().map(|listed| listed.name.clone()).collect();
    let problems: Problems =
        unknown.map(|name| Problem::unknown(text!(thing_listed_project), name, known())).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(all.into_iter().filter(|listed| names.contains(&listed.name)).collect())
}

fn edit(arguments: &Arguments, out: &Terminal) -> Result<(), Problems> {
    let mut lines: Vec<Text> = Vec::new();
    for folder in &arguments.add {
        let file = folder.display().to_string();
        lines.push(match registry::add(folder)? {
            true => text!(ls_added, folder = file),
            false => text!(ls_listed_already, folder = file),
        });
    }
    for folder in &arguments.remove {
        let file = folder.display().to_string();
        lines.push(match registry::remove(folder)? {
            true => text!(ls_removed, folder = file),
            false => text!(ls_not_listed, folder = file),
        });
    }
    print_lines(&lines, out.language)
}
