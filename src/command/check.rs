//! `quanheng check`: `run` stopped before anything is computed.

use std::path::PathBuf;

use super::print;
use crate::problem::Problems;
use crate::project;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    project: PathBuf,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Problems> {
    let resolved = project::open(&arguments.project)?;
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
    for methodology in resolved.methodologies.values() {
        text.push_str(&format!(
            "methodology {}: system {}, {} leaves\n",
            methodology.code,
            methodology.system_code,
            methodology.system.leaves().len(),
        ));
    }
    text.push_str("nothing wrong found\n");
    print(&text)
}
