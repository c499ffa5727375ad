//! `quanheng accept`: accepts new results as the new snapshots.

use std::path::{Path, PathBuf};

use quanheng_words::text;

use super::subject::project_of;
use super::{Terminal, print_lines};
use crate::problem::{Fault, Problem, Problems, SnapshotFault};
use crate::snapshot::Folder;

/// What `accept` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder or its quanheng.toml (the current folder unless stated), then methodologies by code.
    #[arg(value_names = ["PROJECT", "METHODOLOGY"], num_args = 0..)]
    pub(super) words: Vec<String>,
    /// Accept everything that is pending.
    #[arg(long)]
    all: bool,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let (project, named) = project_and(arguments.words)?;
    let folder = Folder::of(&project);
    let pending = folder.all_pending()?;
    if named.is_empty() && !arguments.all {
        let fault = Fault::Snapshot(SnapshotFault::AcceptWhat { pending });
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    let codes = if arguments.all { pending } else { chosen(named, &pending)? };
    let mut lines = Vec::new();
    let mut problems = Problems::default();
    for code in &codes {
        // What cannot be read is not pinned.
        let accepted = match folder.read_pending(code) {
            Err(problem) => Err(Problems::from(*problem)),
            Ok(None) => continue,
            Ok(Some(pending)) => folder.pin(code, &pending.read.text),
        };
        match accepted {
            Ok(()) => {
                let file = folder.pinned(code).display().to_string();
                lines.push(text!(accept_done, file = file));
            }
            Err(found) => problems.extend(found),
        }
    }
    if codes.is_empty() {
        lines.push(text!(review_nothing_pending));
    }
    print_lines(&lines, out.language)?;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The project and the methodologies that are named; the project only has to exist.
pub(super) fn project_and(words: Vec<String>) -> Result<(PathBuf, Vec<String>), Problems> {
    let (project, named) = project_of(words);
    if project.is_file() || project.join("quanheng.toml").is_file() {
        return Ok((project, named));
    }
    // A project that is not there was taken for a methodology.
    let meant = named.first().filter(|word| word.contains('/') || Path::new(word).is_dir());
    let folder = meant.cloned().unwrap_or_else(|| project.display().to_string());
    Err(Problem { fault: Fault::NoProject { folder }, places: Vec::new() }.into())
}

/// The named methodologies, or a problem for each one without a pending snapshot.
pub(super) fn chosen(named: Vec<String>, pending: &[String]) -> Result<Vec<String>, Problems> {
    let unknown = named.iter().filter(|code| !pending.contains(code));
    let problems: Problems = unknown
        .map(|code| Problem::unknown(text!(thing_pending), code, pending.to_vec()))
        .collect();
    if problems.is_empty() { Ok(named) } else { Err(problems) }
}
