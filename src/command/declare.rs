//! `quanheng multiverse lock`: writes down what is declared before the results are known.

use std::path::PathBuf;

use quanheng_words::text;

use super::subject::project_of;
use super::{Terminal, print_lines};
use crate::declaration::Declaration;
use crate::problem::{Fault, Problem, Problems};
use crate::project;

/// What `multiverse lock` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng multiverse lock [OPTIONS] [PROJECT]")]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless stated). No data need be there yet.
    #[arg(value_name = "PROJECT", num_args = 0..=1)]
    pub(super) words: Vec<String>,
    /// Replace a declaration that says something else.
    #[arg(long)]
    again: bool,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let (path, rest) = project_of(arguments.words.clone());
    let path = match rest.first() {
        Some(folder) => PathBuf::from(folder),
        None => path,
    };
    let said = project::said(&path)?;
    let declaration = Declaration::of(&said);
    if declaration.is_empty() {
        let fault = Fault::NothingDeclared { file: said.file().display().to_string() };
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    // A mistake that is found when the data are there could not be mended any more.
    let wrong = project::wrong_without_data(&said);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    declaration.write(said.file(), arguments.again)?;
    let file = Declaration::path(said.file()).display().to_string();
    let mut lines = vec![text!(declared_written, file = file, hash = declaration.hash())];
    let data = declaration.data_files();
    if !data.is_empty() {
        lines.push(text!(declared_with_data, files = data));
    }
    print_lines(&lines, out.language)
}
