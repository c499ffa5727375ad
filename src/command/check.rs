//! `quanheng check`: does what `run` does and stops before anything is computed.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Part;
use quanheng_words::text;

use super::{Terminal, print_lines};
use crate::note;
use crate::problem::{Fault, Problem, Problems};
use crate::project;
use crate::report::notes;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    project: PathBuf,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let language = out.language;
    let mut lines = Vec::new();
    let resolved = project::open_whole(&arguments.project)?;
    let study = &resolved.study;
    lines.push(text!(
        check_counts,
        project = arguments.project.display().to_string(),
        regions = study.regions.len(),
        periods = study.periods.len(),
        leagues = study.leagues.len(),
        columns = study.columns.len(),
        rows = study.panel.rows(),
    ));
    for (code, about) in &resolved.systems {
        lines
            .extend(about.line(language).map(|line| text!(check_system, code = code, line = line)));
    }
    for (code, about) in &resolved.groups {
        lines.extend(about.line(language).map(|line| text!(check_group, code = code, line = line)));
    }
    for methodology in resolved.methodologies.values() {
        lines.push(text!(
            check_methodology,
            code = &methodology.code,
            system = &methodology.system_code,
            leaves = methodology.system.leaves().len(),
        ));
    }
    for multiverse in resolved.multiverses.values() {
        let forks = &multiverse.space.forks;
        lines.push(text!(
            check_multiverse,
            code = &multiverse.code,
            choices = forks.list().len(),
            branches = forks.count(),
        ));
        for (code, names) in &multiverse.data {
            let name = names.get(language.tag()).unwrap_or(code);
            lines.push(text!(check_data, code = code, name = name));
        }
    }
    let mut problems = resolved.aside.clone();
    for script in &resolved.scripts {
        let name = &script.source().name;
        match script.test(false) {
            Err(fault) => problems.push(Problem::script(fault, None)),
            Ok(outcomes) => {
                let stage = Part::of_stage(script.stage()).word(language);
                lines.push(text!(check_script, name = name, stage = stage, n = outcomes.len()));
                for outcome in outcomes.into_iter().filter(|o| !o.holds()) {
                    let places = vec![outcome.site.clone().into()];
                    let fault = Fault::Example { script: name.clone(), outcome: Box::new(outcome) };
                    problems.push(Problem { fault, places });
                }
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut noted = Vec::new();
    for methodology in resolved.methodologies.values() {
        let evaluation = Evaluation::new(Arc::clone(study), Arc::clone(methodology));
        noted.extend(evaluation.iter().flat_map(|found| note::of_result(&resolved, found)));
    }
    lines.extend(notes::said(&resolved.notes(noted, true)));
    lines.push(text!(check_nothing_wrong));
    print_lines(&lines, language)
}
