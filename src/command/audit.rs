//! `quanheng audit`: properties of a methodology, tested on its own data.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_core::audit::{Bench, Options, Outcome, Property, TABLE, Verdict, find};
use quanheng_core::methodology::Methodology;

use quanheng_words::{Text, text};

use super::Terminal;
use super::format::format;
use super::named;
use super::subject::project_of;
use crate::problem::{Fault, Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved};
use crate::report::render::Format;
use crate::report::{Block, Report, audit};

/// What `audit` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless stated), then methodologies by code; `all`
    /// means every one. The default is the project's default methodology.
    #[arg(value_names = ["PROJECT", "METHODOLOGY"])]
    pub(super) words: Vec<String>,
    /// Test only these properties; `--list` shows their names.
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    property: Vec<String>,
    /// Period whose regions are tested; the default is the last period of each league.
    #[arg(short, long)]
    period: Option<String>,
    /// Greatest number of counter-examples for each property.
    #[arg(long, value_name = "N", default_value_t = 1)]
    examples: usize,
    /// Greatest number of tests of a property that change one cell; beyond it a sample is drawn, always the same one.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = at_least_one)]
    cells: usize,
    /// Greatest number of regions that are removed or doubled; beyond it a sample is drawn, always the same one.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = at_least_one)]
    regions: usize,
    /// List the properties with their formulas and sources.
    #[arg(long)]
    list: bool,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| "a whole number above 0".to_owned())
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let language = out.language;
    let properties = chosen_properties(&arguments.property)?;
    if arguments.list {
        let report = audit::properties(language);
        let report = match arguments.format.is_for_people() {
            true => report,
            false => audit::properties_table(language),
        };
        return out.show(&report, arguments.format);
    }
    let (path, codes) = project_of(arguments.words.clone());
    let progress = Progress::new(out.language);
    let resolved = project::open(&path)?;
    let methodologies = named::methodologies(&resolved, &codes)?;
    let audited: Vec<&str> = methodologies.iter().map(|m| m.code.as_str()).collect();
    let out = out.of_methodologies(&resolved, &audited);
    let period = named::period(&resolved.study, arguments.period.as_deref())?;
    let options = Options {
        period,
        cells: arguments.cells,
        regions: arguments.regions,
        examples: arguments.examples,
    };
    let mut problems = Problems::default();
    if codes.iter().any(|code| code == "all") {
        problems.extend(resolved.aside.methodologies());
    }
    let mut report = Report::default();
    let of = methodologies.len() * properties.len();
    for (i, methodology) in methodologies.iter().enumerate() {
        let study = Arc::clone(&resolved.study);
        let bench = match Bench::new(study, Arc::clone(methodology), options.clone()) {
            Ok(bench) => bench,
            Err(errors) => {
                problems.extend(resolved.evaluation_problems(&methodology.code, errors));
                continue;
            }
        };
        if bench.slices().is_empty() {
            problems.push(no_period(&resolved, methodology, arguments.period.as_deref()));
            continue;
        }
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (k, property) in properties.iter().enumerate() {
            progress.step(&Text::plain(property.name), i * properties.len() + k, of);
            outcomes.push(bench.test(property));
        }
        if arguments.format.is_for_people() {
            report.blocks.extend(audit::report(&bench, &outcomes, language).blocks);
        } else {
            report.blocks.push(Block::Heading(methodology.code.clone()));
            let tables = audit::tables(&bench, &outcomes, language);
            report.blocks.extend(tables.into_iter().map(Block::Table));
        }
        let judged = || outcomes.iter().filter(|o| !o.property.information);
        let broken = judged().filter(|o| matches!(o.verdict, Verdict::Fail | Verdict::Untested));
        let broken: Vec<String> = broken.map(|o| o.property.name.to_owned()).collect();
        if !broken.is_empty() {
            let methodology = methodology.code.clone();
            let fault = Fault::Audit { methodology, broken, of: judged().count() };
            problems.push(Problem { fault, places: Vec::new() });
        }
    }
    progress.done();
    let printed = out.show(&report, arguments.format);
    if let Err(found) = printed {
        problems.extend(found);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn chosen_properties(names: &[String]) -> Result<Vec<&'static Property>, Problems> {
    if names.is_empty() {
        return Ok(TABLE.iter().collect());
    }
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for name in names {
        match find(name) {
            Some(property) => found.push(property),
            None => {
                let known = TABLE.iter().map(|p| p.name.to_owned()).collect();
                problems.push(Problem::unknown(text!(thing_property), name, known));
            }
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// A period of the data for which the methodology is not made.
fn no_period(resolved: &Resolved, methodology: &Methodology, label: Option<&str>) -> Problem {
    let periods = &resolved.study.periods;
    let known = match &methodology.periods {
        None => periods.iter().map(|p| p.label.clone()).collect(),
        Some(of) => of.iter().map(|p| periods[p.0 as usize].label.clone()).collect(),
    };
    Problem::unknown(text!(thing_period_of_methodology), label.unwrap_or_default(), known)
}
