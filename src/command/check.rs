//! `quanheng check`: everything that `run` would refuse, for every methodology, without writing a result.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Part;
use quanheng_words::{Text, text};

use super::{Terminal, print_lines};
use crate::note;
use crate::official;
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved};
use crate::report::{Language, notes};

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Read and compare everything, but evaluate no methodology.
    #[arg(long)]
    quick: bool,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let language = out.language;
    let progress = Progress::new(language);
    let resolved = project::open_whole(&arguments.project)?;
    let mut lines = contents(&resolved, &arguments.project.display().to_string(), language);
    let mut problems = resolved.aside.all();
    let mut noted = Vec::new();
    if !arguments.quick {
        let methodologies = resolved.methodologies.values();
        for (i, methodology) in methodologies.enumerate() {
            progress.step(&text!(progress_evaluating), i, resolved.methodologies.len());
            let study = Arc::clone(&resolved.study);
            match Evaluation::new(study, Arc::clone(methodology)) {
                Ok(evaluation) => noted.extend(note::of_result(&resolved, &evaluation)),
                Err(errors) => {
                    problems.extend(resolved.evaluation_problems(&methodology.code, errors));
                }
            }
        }
    }
    problems.extend(official::misread(&resolved));
    test_scripts(&resolved, language, &mut lines, &mut problems);
    progress.done();
    let whole = !arguments.quick && problems.is_empty();
    lines.extend(notes::said(&resolved.notes(noted, whole)));
    lines.extend(out.mark_lines().into_iter().map(Text::plain));
    if problems.is_empty() {
        lines.push(text!(check_nothing_wrong));
    }
    print_lines(&lines, language)?;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What is in the project, in a line each.
fn contents(resolved: &Resolved, project: &str, language: Language) -> Vec<Text> {
    let mut lines = Vec::new();
    let study = &resolved.study;
    lines.push(text!(
        check_counts,
        project = project,
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
    lines
}

/// Tests the examples of the scripts that the project names.
fn test_scripts(
    resolved: &Resolved,
    language: Language,
    lines: &mut Vec<Text>,
    problems: &mut Problems,
) {
    for script in &resolved.scripts {
        let name = &script.source().name;
        match script.test(false) {
            Err(fault) => problems.push(Problem::script(fault, None)),
            Ok(outcomes) => {
                let stage = Part::of_stage(script.stage()).word(language);
                lines.push(text!(check_script, name = name, stage = stage, n = outcomes.len()));
                for outcome in outcomes.into_iter().filter(|o| !o.holds()) {
                    problems.push(Problem::example(name, outcome));
                }
            }
        }
    }
}
