//! `quanheng lock`: records what the results are made from and what they are, so that others can verify them.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;

use quanheng_words::{Text, text};

use super::{Terminal, print_lines, robustness};
use crate::lock::{Lock, path_of};
use crate::problem::{Fault, LockFault, Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved};

/// What `lock` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Also pin what `quanheng robustness` gives for the methodology that is run where none is named. A lock that has it
    /// keeps it.
    #[arg(long)]
    robustness: bool,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let resolved = project::open(&arguments.project)?;
    let evaluations = evaluate_all(&resolved, &progress)?;
    let mut lock = Lock::of(&resolved, &evaluations)?;
    let path = path_of(resolved.said.file());
    let before = Lock::read(&path).ok().map(|(before, _)| before);
    let usual = resolved.methodology(None)?;
    let had = |before: &Lock| before.pinned(&usual.code, robustness::PINNED).is_some();
    if arguments.robustness || before.as_ref().is_some_and(had) {
        let wrong = resolved.aside.robustness();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        if let Some(of) = evaluations.iter().find(|of| of.methodology().code == usual.code) {
            lock.pin(&usual.code, robustness::PINNED, robustness::hash(&resolved, of));
        }
    }
    lock.write(&path)?;
    progress.done();
    let mut lines = vec![text!(
        lock_counts,
        file = path.display().to_string(),
        files = lock.files(),
        methodologies = evaluations.len()
    )];
    if let Some(version) = &resolved.metadata.version {
        let file = resolved.said.file().display().to_string();
        lines.push(text!(lock_project, file = file, version = version));
    }
    for code in resolved.methodologies.keys() {
        let now = lock.result(code).unwrap_or_default();
        let news = match before.as_ref().map(|before| before.result(code)) {
            None => Text::default(),
            Some(None) => text!(lock_new),
            Some(Some(earlier)) if earlier == now => text!(lock_as_before),
            Some(Some(_)) => text!(lock_changed),
        };
        lines.push(text!(lock_result, code = code, hash = now, news = news));
    }
    print_lines(&lines, out.language)
}

/// Every methodology's evaluation; a lock holds all of them or is not written.
fn evaluate_all(resolved: &Resolved, progress: &Progress) -> Result<Vec<Evaluation>, Problems> {
    let mut problems = resolved.aside.methodologies();
    let mut done = Vec::new();
    for (i, (code, methodology)) in resolved.methodologies.iter().enumerate() {
        progress.step(&text!(progress_evaluating), i, resolved.methodologies.len());
        match Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology)) {
            Ok(evaluation) => done.push(evaluation),
            Err(errors) => {
                let fault = Fault::Lock(LockFault::NoResult { methodology: code.clone() });
                problems.push(Problem { fault, places: vec![] });
                problems.extend(resolved.evaluation_problems(code, errors));
            }
        }
    }
    if problems.is_empty() { Ok(done) } else { Err(problems) }
}
