//! `quanheng robustness`: how sure ranks are.

use std::path::PathBuf;

use quanheng_core::robustness::TABLE;
use quanheng_words::text;

use super::Terminal;
use super::analyse::{self, Family};
use super::format::format;
use super::subject::project_of;
use crate::problem::Problems;
use crate::project::Aside;
use crate::report::render::Format;

/// What `robustness` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng robustness [OPTIONS] [PROJECT] [KIND]...")]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless stated), and kinds by name; `--list` shows their
    /// names. The default is all of them, and those that need something that is not there are named at the end.
    #[arg(value_names = ["PROJECT", "KIND"])]
    words: Vec<String>,
    /// Methodology whose results are looked at, by code; the default is that of the project.
    #[arg(short, long, value_name = "CODE")]
    methodology: Option<String>,
    /// Period that is looked at; the default is the last period of each league.
    #[arg(short, long)]
    period: Option<String>,
    /// Leagues to look at, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// List the kinds with their formulas, sources and what they need.
    #[arg(long)]
    list: bool,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
    /// Write every table as CSV, and all of them as JSON, below this folder.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let Arguments { words, methodology, period, league, list, format, out: folder } = arguments;
    let arguments =
        analyse::Arguments { words, methodology, period, league, list, format, out: folder };
    let family = Family {
        table: TABLE,
        thing: text!(thing_robustness),
        wrong: Aside::robustness,
        file: "robustness.json",
    };
    analyse::show(family, arguments, out)
}
