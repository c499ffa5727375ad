//! `quanheng test`: compares every methodology of a project with its snapshot.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use quanheng_core::evaluation::Evaluation;

use quanheng_words::{text, word};

use super::Terminal;
use super::format::format;
use super::named;
use crate::problem::{Fault, Problem, Problems, SnapshotFault};
use crate::progress::Progress;
use crate::project::{self, Resolved};
use crate::report::render::Format;
use crate::report::snapshot::{Tested, report, summary};
use crate::report::{Block, Language, Report};
use crate::snapshot::{Folder, Origin, Outcome, compare, take, text};

/// What `test` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Methodologies, by code; all unless stated.
    #[arg(short, long, value_delimiter = ',')]
    methodology: Vec<String>,
    /// Number of changed ranks, tiers and scores to show for each.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// The form of what is printed; as CSV, one line a methodology.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
    /// Accept all new and changed results at once, and update snapshots in which only names or fingerprints changed.
    #[arg(long, conflicts_with = "read_only")]
    accept: bool,
    /// Write nothing, not even new results beside the old ones.
    #[arg(long)]
    read_only: bool,
    /// What to do with snapshots of methodologies that no longer exist.
    #[arg(long, value_name = "WHAT", default_value = "warn")]
    unreferenced: Unreferenced,
}

/// What to do with snapshots of methodologies that no longer exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Unreferenced {
    /// Nothing.
    Ignore,
    /// They are named.
    Warn,
    /// They fail the test.
    Reject,
    /// They are removed.
    Delete,
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
    let folder = Folder::of(&arguments.project);
    let language = out.language;
    let now = origin(&resolved);
    let all = arguments.methodology.is_empty() || arguments.methodology.iter().any(|c| c == "all");
    let codes = if all { vec!["all".to_owned()] } else { arguments.methodology.clone() };
    let methodologies = named::methodologies(&resolved, &codes)?;
    let tested_codes: Vec<&str> = methodologies.iter().map(|m| m.code.as_str()).collect();
    let out = out.of_methodologies(&resolved, &tested_codes);
    let mut problems = if all { resolved.aside.methodologies() } else { Problems::default() };
    // Those that need a plugin that cannot be used are not evaluated, and fail the test all the same.
    let lost = resolved.stated.iter().filter(|s| all && !resolved.methodologies.contains_key(*s));
    let mut tested: Vec<Tested> = lost.map(|code| failed(code)).collect();

    for (i, methodology) in methodologies.iter().enumerate() {
        progress.step(&text!(progress_evaluating), i, methodologies.len());
        let code = &methodology.code;
        let evaluation = match Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology))
        {
            Ok(evaluation) => evaluation,
            Err(errors) => {
                problems.extend(resolved.evaluation_problems(code, errors));
                tested.push(failed(code));
                continue;
            }
        };
        let policy = resolved.snapshots.of(code);
        let new = take(&evaluation, policy, resolved.language.tag());
        if new.tables.is_empty() {
            problems.push(unplaced(SnapshotFault::Nothing { methodology: code.clone() }));
            tested.push(failed(code));
            continue;
        }
        let would_be = text(&new, &now);
        let (outcome, pinned_by, renewed) = match folder.read(code) {
            Err(problem) => {
                problems.push(*problem);
                (Outcome::Damaged, Origin::default(), true)
            }
            Ok(None) => (Outcome::New(new), Origin::default(), true),
            Ok(Some(read)) => {
                let difference = compare(&read.snapshot, &new, policy.tolerance);
                let renewed = read.text != would_be;
                let outcome = match difference.is_none() {
                    true => Outcome::Held(difference),
                    false => Outcome::Differs(difference),
                };
                (outcome, read.origin, renewed)
            }
        };
        let written = if arguments.read_only {
            Ok(())
        } else if arguments.accept && renewed {
            folder.pin(code, &would_be)
        } else if outcome.passes() {
            folder.discard(code)
        } else {
            folder.propose(code, &would_be)
        };
        if let Err(found) = written {
            problems.extend(found);
        }
        tested.push(Tested { methodology: code.clone(), outcome, pinned_by });
    }
    progress.done();

    let place = |code: &String| {
        resolved.stated.iter().position(|stated| stated == code).unwrap_or(usize::MAX)
    };
    quanheng_core::number::sort_items(&mut tested, |a, b| {
        place(&a.methodology).cmp(&place(&b.methodology))
    });
    let mut report = report(&tested, &now, language, arguments.top);
    report.blocks.extend(unreferenced(&arguments, &resolved, &folder, language, &mut problems));
    let accepts = arguments.accept && tested.iter().any(|one| !one.outcome.passes());
    if accepts {
        let word = word!(label_snapshot_accepted, language);
        report.blocks.push(Block::Line(format!("{word} {}", folder.path().display())));
    }
    if arguments.format.is_tables_only {
        report = Report::from(vec![summary(&tested, language)]);
    }
    let printed = out.show(&report, arguments.format);
    if let Err(found) = printed {
        problems.extend(found);
    }
    problems.extend(unmet(&arguments, &tested));
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What made the results of this run.
fn origin(resolved: &Resolved) -> Origin {
    Origin {
        program: concat!("quanheng ", env!("CARGO_PKG_VERSION")).into(),
        fingerprint: resolved.fingerprint.clone(),
    }
}

fn failed(code: &str) -> Tested {
    let (methodology, outcome) = (code.to_owned(), Outcome::Failed);
    Tested { methodology, outcome, pinned_by: Origin::default() }
}

fn unplaced(fault: SnapshotFault) -> Problem {
    Problem { fault: Fault::Snapshot(fault), places: Vec::new() }
}

/// The number of methodologies that differ from their snapshots and were not accepted, if any.
fn unmet(arguments: &Arguments, tested: &[Tested]) -> Problems {
    let count = |of: fn(&Outcome) -> bool| tested.iter().filter(|one| of(&one.outcome)).count();
    let accepted = |n: usize| if arguments.accept { 0 } else { n };
    let differ = accepted(count(|o| matches!(o, Outcome::Differs(_))));
    let new = accepted(count(|o| matches!(o, Outcome::New(_))));
    let failed = count(|o| matches!(o, Outcome::Damaged | Outcome::Failed));
    if differ + new + failed == 0 {
        return Problems::default();
    }
    let project = match arguments.project.as_os_str() == "." {
        true => String::new(),
        false => format!(" {}", arguments.project.display()),
    };
    let (of, pending) = (tested.len(), !arguments.read_only && !arguments.accept);
    unplaced(SnapshotFault::Unmet { project, differ, new, failed, of, pending }).into()
}

/// The snapshots that no methodology has, in a line each; as the user wants it they are problems, or are removed.
fn unreferenced(
    arguments: &Arguments,
    resolved: &Resolved,
    folder: &Folder,
    language: Language,
    problems: &mut Problems,
) -> Vec<Block> {
    let codes = match folder.all_pinned() {
        Ok(codes) => codes.into_iter().filter(|code| !resolved.stated.contains(code)),
        Err(found) => {
            problems.extend(found);
            return Vec::new();
        }
    };
    let codes: Vec<String> = codes.collect();
    let files: Vec<String> =
        codes.iter().map(|code| folder.pinned(code).display().to_string()).collect();
    let line = |words: &str| {
        files.iter().map(|file| Block::Line(format!("{words}: {file}"))).collect::<Vec<_>>()
    };
    match arguments.unreferenced {
        _ if files.is_empty() => Vec::new(),
        Unreferenced::Ignore => Vec::new(),
        Unreferenced::Warn => line(word!(label_snapshot_unreferenced, language)),
        Unreferenced::Reject => {
            problems.push(unplaced(SnapshotFault::Unreferenced { files }));
            Vec::new()
        }
        Unreferenced::Delete => {
            for code in &codes {
                if let Err(found) = folder.unpin(code).and_then(|()| folder.discard(code)) {
                    problems.extend(found);
                }
            }
            line(word!(label_snapshot_removed, language))
        }
    }
}
