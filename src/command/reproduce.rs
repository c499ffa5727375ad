//! `quanheng reproduce`: published results beside those of the project.

use std::path::PathBuf;

use quanheng_words::text;

use super::format::{SHOWN, format};
use super::{Terminal, named};
use crate::official;
use crate::problem::Problems;
use crate::progress::Progress;
use crate::project;
use crate::report::official::{View, report};
use crate::report::render::Format;
use crate::report::{Report, figures};

/// What `reproduce` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Methodologies, by code; the default is all that are compared.
    #[arg(short, long, value_delimiter = ',')]
    methodology: Vec<String>,
    /// Number of rows to show of each table.
    #[arg(long, value_name = "N", default_value_t = SHOWN)]
    top: usize,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let resolved = project::open(&arguments.project)?;
    let wanted = &arguments.methodology;
    if !wanted.is_empty() {
        named::methodologies(&resolved, wanted)?;
    }
    let is_wanted =
        |code: &str| wanted.is_empty() || wanted.iter().any(|w| w == code || w == "all");
    let step = |done, all| progress.step(&text!(progress_comparing), done, all);
    let (compared, mut problems) = official::reproduce(&resolved, is_wanted, step);
    progress.done();
    let codes: Vec<&str> = compared.iter().map(|one| one.methodology.as_str()).collect();
    let out = out.of_methodologies(&resolved, &codes);
    let format = arguments.format;
    let view = View { language: out.language, reader: format.reader, top: arguments.top };
    // Figures are of no methodology.
    let (found, unread) = match wanted.is_empty() {
        true => official::weigh(&resolved),
        false => Default::default(),
    };
    problems.extend(unread);
    let mut shown = Report::default();
    if !compared.is_empty() {
        shown.blocks.extend(report(&compared, view).blocks);
    }
    if !found.is_empty() {
        shown.blocks.extend(figures::report(&found, view).blocks);
    }
    if !shown.blocks.is_empty() {
        out.show(&shown, format)?;
    }
    problems.extend(official::unmet(&compared));
    problems.extend(official::unmet_figures(&found));
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
