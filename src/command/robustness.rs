//! `quanheng robustness`: how sure ranks are.

use std::path::PathBuf;

use quanheng_core::method::Value;
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
    /// By how many places to either side the ends of each interval of ranks may be uncertain: draws are made until that is
    /// so, and not more than `draws` or `evaluations` of `[robustness.draws]`. The default is `until` there.
    #[arg(long, value_name = "PLACES", value_parser = places)]
    until: Option<f64>,
    #[command(flatten)]
    output: Output,
}

/// The setting of `draws` that `--until` states.
const UNTIL: (&str, &str) = ("draws", "until");

fn places(text: &str) -> Result<f64, String> {
    let (kind, name) = UNTIL;
    let declared = TABLE.iter().filter(|entry| entry.name == kind).flat_map(|e| (e.settings)());
    let range = declared.filter(|setting| setting.name == name).find_map(|setting| setting.range);
    let (least, most) = range.unwrap_or((0.0, f64::INFINITY));
    let number = text.parse::<f64>().ok().filter(|places| (least..=most).contains(places));
    number.ok_or_else(|| format!("{least}–{most}"))
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let Arguments { words, of, league, list, until, output } = arguments;
    let (kind, name) = UNTIL;
    let arguments = analyse::Arguments { words, of, league, list, output };
    let family = Family {
        table: TABLE,
        thing: text!(thing_robustness),
        wrong: Aside::robustness,
        file: "robustness.json",
        stated: until.map(|places| (kind, name, Value::Number(places))).into_iter().collect(),
    };
    analyse::show(family, arguments, out)
}
