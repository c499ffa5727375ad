//! `quanheng check`: does what `run` does and stops before anything is computed.

use std::path::PathBuf;

use super::print;
use crate::problem::{Fault, Problem, Problems};
use crate::project;

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

pub(super) fn run(arguments: Arguments) -> Result<(), Problems> {
    let resolved = project::open_whole(&arguments.project)?;
    let study = &resolved.study;
    let mut text = format!(
        "{}: {} regions, {} periods, {} leagues, {} columns, {} rows\n",
        arguments.project.display(),
        study.regions.len(),
        study.periods.len(),
        study.leagues.len(),
        study.columns.len(),
        study.panel.rows(),
    );
    for (kind, all) in [("system", &resolved.systems), ("group", &resolved.groups)] {
        for (code, about) in all {
            if let Some(line) = about.line(resolved.language) {
                text.push_str(&format!("{kind} {code}: {line}\n"));
            }
        }
    }
    for methodology in resolved.methodologies.values() {
        text.push_str(&format!(
            "methodology {}: system {}, {} leaves\n",
            methodology.code,
            methodology.system_code,
            methodology.system.leaves().len(),
        ));
    }
    for multiverse in resolved.multiverses.values() {
        let forks = &multiverse.space.forks;
        text.push_str(&format!(
            "multiverse {}: {} choices, {} branches\n",
            multiverse.code,
            forks.list().len(),
            forks.count(),
        ));
        for (code, names) in &multiverse.data {
            let name = names.get(resolved.language.tag()).unwrap_or(code);
            text.push_str(&format!("  data {code}: {name}\n"));
        }
    }
    let mut problems = resolved.aside.clone();
    for script in &resolved.scripts {
        let name = &script.source().name;
        match script.test(false) {
            Err(fault) => problems.push(Problem::script(fault, None)),
            Ok(outcomes) => {
                let stage = script.stage().name();
                let s = if outcomes.len() == 1 { "" } else { "s" };
                text.push_str(&format!("script {name}: {stage}, {} example{s}\n", outcomes.len()));
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
    text.push_str("nothing wrong found\n");
    print(&text)
}
