//! `quanheng cases`: what was done where, step by step, with figures, dates and sources.

use std::path::PathBuf;

use super::common::Output;
use super::subject::project_of;
use super::{Terminal, named};
use crate::case::Case;
use crate::problem::{CaseFault, Fault, Problem, Problems};
use crate::project;
use crate::report::Report;
use crate::report::cases::{self, View};

/// What `cases` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng cases [OPTIONS] [PROJECT] [CASE]")]
pub(super) struct Arguments {
    /// The project's folder (the default is the current folder), then the code of a case, which is shown whole.
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Only the cases of this region, by code or name.
    #[arg(short, long)]
    region: Option<String>,
    /// Only the cases in which all of these words stand.
    #[arg(short, long, value_name = "WORDS")]
    search: Option<String>,
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
    let (path, words) = project_of(arguments.words);
    if words.len() > 1 {
        let fault = Fault::Case(CaseFault::Words { found: words.len() });
        return Err(Problem { fault, places: vec![] }.into());
    }
    let resolved = project::open(&path)?;
    let wrong = resolved.aside.cases();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if resolved.cases.is_empty() {
        return Err(Problem { fault: Fault::Case(CaseFault::None), places: vec![] }.into());
    }
    // What no methodology is needed for is not marked by what was not published in one.
    let out = out.of_methodologies(&resolved, &[]);
    let region = arguments.region.as_deref();
    let region = region.map(|wanted| named::region(&resolved.study, wanted)).transpose()?;
    let search = arguments.search.unwrap_or_default();
    let is_wanted =
        |case: &&Case| region.is_none_or(|region| case.is_about(region)) && case.has(&search);
    let systems: Vec<_> = resolved.methodologies.values().map(|m| &*m.system).collect();
    let view = View { language: out.language, study: &resolved.study, systems: &systems };
    let chosen = words.first().map(|code| named::case(&resolved, code)).transpose()?;
    let shown: Vec<&Case> = match chosen {
        Some(case) => vec![case],
        None => resolved.cases.iter().filter(is_wanted).collect(),
    };
    let tables = cases::for_files(&shown, &view);
    if let Some(folder) = &arguments.output.out {
        out.write(folder, "cases.json", &Report::from(tables.clone()))?;
    }
    let report = match (arguments.output.format.is_for_people(), chosen) {
        (false, _) => Report::from(tables),
        (true, Some(case)) => cases::one(case, &view),
        (true, None) => cases::list(&shown, &view),
    };
    out.show(&report, arguments.output.format)
}
