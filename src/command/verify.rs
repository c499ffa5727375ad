//! `quanheng verify`: checks whether files, settings and results still agree with the lock.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Methodology;

use quanheng_words::{Text, text};

use super::{Terminal, print_lines, robustness};
use crate::lock::{Lock, path_of};
use crate::problem::{Fault, LockFault, OtherResult, Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved};

/// What `verify` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Also reject a project file with different comments, spacing or order of keys.
    #[arg(long)]
    strict: bool,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let file = project::file_of(&arguments.project);
    let Begun { lock, mut problems, explained, rewritten } = begin(&file)?;
    let resolved = match project::open(&arguments.project) {
        Ok(resolved) => resolved,
        // Errors that prevent reading the project are reported after the changes, which are their cause.
        Err(more) => {
            problems.extend(more);
            return Err(problems);
        }
    };
    let settings = lock.changed_settings(&resolved, explained);
    let rewritten = rewritten && settings.is_empty();
    problems.extend(settings);
    if let Err(more) = hold(&lock, &resolved, resolved.methodologies.values(), &progress) {
        problems.extend(more);
    }
    problems.extend(resolved.aside.methodologies());
    progress.done();
    if rewritten && arguments.strict {
        problems.push(LockFault::rewritten(&file));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let path = path_of(&file).display().to_string();
    let mut lines = vec![text!(verify_same, file = path, files = lock.files())];
    for code in resolved.methodologies.keys() {
        let hash = lock.result(code).unwrap_or_default();
        lines.push(text!(lock_result, code = code, hash = hash, news = Text::default()));
    }
    if rewritten {
        lines.push(text!(verify_rewritten, file = file.display().to_string()));
    }
    print_lines(&lines, out.language)
}

/// All differences between a project and its lock that concern these methodologies.
pub(super) fn locked(
    resolved: &Resolved,
    methodologies: &[Arc<Methodology>],
    progress: &Progress,
) -> Result<(), Problems> {
    let Begun { lock, mut problems, explained, .. } = begin(resolved.said.file())?;
    let settings = lock.changed_settings(resolved, explained);
    problems.extend(settings);
    if let Err(more) = hold(&lock, resolved, methodologies.iter(), progress) {
        problems.extend(more);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Whether a project and the results of evaluations agree with its lock.
pub(super) fn agrees(resolved: &Resolved, evaluations: &[Arc<Evaluation>]) -> bool {
    let Ok(Begun { lock, problems, explained, .. }) = begin(resolved.said.file()) else {
        return false;
    };
    let settings = lock.changed_settings(resolved, explained);
    let others = evaluations.iter().any(|of| lock.changed_results(of).is_some());
    problems.is_empty() && settings.is_empty() && !others
}

/// A verification before the project is read: that may be no longer possible.
struct Begun {
    lock: Lock,
    /// What was found in the lock itself and in the files.
    problems: Problems,
    /// Whether a file differs, which explains what follows from it.
    explained: bool,
    /// Whether the project file is written otherwise.
    rewritten: bool,
}

fn begin(file: &Path) -> Result<Begun, Problems> {
    let path = path_of(file);
    let (lock, sealed) = Lock::read(&path)?;
    let mut problems = Problems::default();
    if !sealed {
        problems.push(LockFault::broken_seal(&path));
    }
    let files = lock.changed_files(file)?;
    let explained = !files.differences.is_empty();
    problems.extend(files.differences);
    Ok(Begun { lock, problems, explained, rewritten: files.rewritten })
}

/// Compares the results of methodologies with those in the lock.
fn hold<'m>(
    lock: &Lock,
    resolved: &Resolved,
    methodologies: impl ExactSizeIterator<Item = &'m Arc<Methodology>>,
    progress: &Progress,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let mut others = Vec::new();
    let count = methodologies.len();
    for (i, methodology) in methodologies.enumerate() {
        progress.step(&text!(progress_verifying), i, count);
        match Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology)) {
            Ok(evaluation) => {
                others.extend(lock.changed_results(&evaluation));
                let code = &methodology.code;
                if let Some(pinned) = lock.pinned(code, robustness::PINNED)
                    && pinned != robustness::hash(resolved, &evaluation)
                {
                    let (methodology, stage) = (code.clone(), robustness::PINNED.to_owned());
                    others.push(OtherResult { methodology, stage, outcome: false });
                }
            }
            Err(errors) => {
                problems.extend(resolved.evaluation_problems(&methodology.code, errors));
            }
        }
    }
    if !others.is_empty() {
        let fault = Fault::Lock(LockFault::Results(others));
        problems.push(Problem { fault, places: vec![] });
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
