//! `quanheng robustness`: how sure ranks are.

use std::path::PathBuf;

use quanheng_core::robustness::TABLE;
use quanheng_words::text;

use super::Terminal;
use super::analyse::{self, Family};
use super::common::{Of, Output};
use super::subject::project_of;
use crate::problem::Problems;
use crate::project::Aside;

/// What `robustness` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng robustness [OPTIONS] [PROJECT] [KIND]...")]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless stated), and kinds by name; `--list` shows their
    /// names. The default is all of them, and those that need something that is not there are named at the end.
    #[arg(value_names = ["PROJECT", "KIND"])]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    of: Of,
    /// Leagues to look at, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// List the kinds with their formulas, sources and what they need.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let Arguments { words, of, league, list, output } = arguments;
    let arguments = analyse::Arguments { words, of, league, list, output };
    let family = Family {
        table: TABLE,
        thing: text!(thing_robustness),
        wrong: Aside::robustness,
        file: "robustness.json",
    };
    analyse::show(family, arguments, out)
}
