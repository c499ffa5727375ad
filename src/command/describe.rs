//! `quanheng describe`: the data and the structure of an index.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::statistics::{Periods, scopes};

use quanheng_words::text;

use super::Terminal;
use super::format::format;
use super::named;
use super::subject::project_of;
use crate::problem::{Problem, Problems};
use crate::project::{self, Resolved};
use crate::report::describe::{self, AUDIT, SECTIONS, Section, View};
use crate::report::render::Format;
use crate::report::{Reader, Report};

/// How many rows of a list people see unless they say otherwise.
const SHOWN: usize = 20;

/// What `describe` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless stated), then a methodology by code; the default is
    /// the project's default methodology.
    #[arg(value_names = ["PROJECT", "METHODOLOGY"], num_args = 0..=2)]
    pub(super) words: Vec<String>,
    /// Show these sections, in this order; `all` is every one. The default is the statistics.
    #[arg(long, value_delimiter = ',', value_name = "SECTION", value_parser = sections())]
    show: Vec<String>,
    /// Show the sections of a statistical audit by the JRC, in its order.
    #[arg(long, conflicts_with = "show")]
    audit: bool,
    /// Describe these periods, one by one; `all` is every one. The default is the last period of each league.
    #[arg(short, long, value_delimiter = ',', value_name = "PERIOD")]
    period: Vec<String>,
    /// Describe the rows of all periods together.
    #[arg(long, conflicts_with = "period")]
    pooled: bool,
    /// Describe these leagues, each by its code; the default is all.
    #[arg(short, long, value_delimiter = ',', value_name = "LEAGUE")]
    league: Vec<String>,
    /// Show the statistics of each class of this group too.
    #[arg(short, long, value_name = "GROUP")]
    group: Option<String>,
    /// Describe the values as the data have them, after imputation, or after treatment. Files have all three.
    #[arg(long, value_enum, default_value_t = After::Raw, value_name = "STAGE")]
    after: After,
    /// Show so many rows of a list; 0 is all. Files have all.
    #[arg(long, value_name = "N", default_value_t = SHOWN)]
    top: usize,
    /// Write every table as CSV, and everything as JSON, into this folder.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

/// The stage after which values are described.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum After {
    /// As the data have them, ratios formed.
    Raw,
    /// After imputation.
    Imputation,
    /// After treatment.
    Treatment,
}

fn sections() -> PossibleValuesParser {
    let names = SECTIONS.iter().map(|section| PossibleValue::new(section.name));
    PossibleValuesParser::new(names.chain([PossibleValue::new("all")]))
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }

    fn sections(&self) -> Vec<&'static Section> {
        if self.audit {
            return AUDIT.iter().filter_map(|name| Section::find(name)).collect();
        }
        if self.show.iter().any(|name| name == "all") {
            return SECTIONS.iter().collect();
        }
        match self.show.is_empty() {
            true => SECTIONS.iter().filter(|section| section.usual).collect(),
            false => self.show.iter().filter_map(|name| Section::find(name)).collect(),
        }
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let (path, codes) = project_of(arguments.words.clone());
    let resolved = project::open(&path)?;
    let methodology = resolved.methodology(codes.first().map(String::as_str))?;
    let out = out.of_methodologies(&resolved, &[&methodology.code]);
    let study = &resolved.study;
    let periods = match named::periods(study, &arguments.period)? {
        Some(chosen) => Periods::Each(chosen),
        None if arguments.pooled => Periods::Together,
        None => Periods::Last,
    };
    let leagues = named::leagues(study, &arguments.league)?;
    let group = arguments.group.as_deref().map(|code| group(&resolved, code)).transpose()?;
    let evaluation = Evaluation::new(study.clone(), methodology.clone())
        .map_err(|errors| resolved.evaluation_problems(&methodology.code, errors))?;
    let mut scopes = scopes(evaluation.study(), &periods);
    if let Some(leagues) = leagues {
        scopes.retain(|scope| leagues.contains(&scope.league));
    }
    let codings = resolved.coded();
    let view = View {
        evaluation: &evaluation,
        codings: &codings,
        scopes,
        group,
        stage: match arguments.after {
            After::Raw => Stage::System,
            After::Imputation => Stage::Imputation,
            After::Treatment => Stage::Treatment,
        },
        top: Some(arguments.top).filter(|top| *top > 0),
        language: out.language,
        reader: Reader::Files,
    };
    let sections = arguments.sections();
    let mut files = None;
    if let Some(folder) = &arguments.out {
        let report = describe::report(&view, &sections);
        out.write(folder, "description.json", &report)?;
        files = Some(report);
    }
    let report: Report = match (arguments.format.is_for_people(), files) {
        (true, _) => describe::report(&View { reader: Reader::People, ..view }, &sections),
        (false, Some(report)) => report,
        (false, None) => describe::report(&view, &sections),
    };
    out.show(&report, arguments.format)
}

/// The position of a group of this code.
fn group(resolved: &Resolved, code: &str) -> Result<usize, Problems> {
    let groups = &resolved.study.groups;
    groups.iter().position(|group| group.code == code).ok_or_else(|| {
        let known = groups.iter().map(|group| group.code.clone()).collect();
        Problem::unknown(text!(thing_group), code, known).into()
    })
}
