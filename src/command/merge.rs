//! `quanheng robustness merge`: puts the draws of several shards together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::analysis::{Entry, Subject, Unwatched};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::robustness::Drawing;

use super::common::Output;
use super::{Terminal, analyse, named};
use crate::problem::{Problems, ShardFault};
use crate::progress::Progress;
use crate::project;
use crate::report::analysis::Part;
use crate::shard::{self, Head, Kept};

/// What `robustness merge` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng robustness merge [OPTIONS] [PROJECT] <DIR>...")]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless the first word is one), then the folders that the
    /// shards lie in, or their files.
    #[arg(value_name = "DIR", required = true)]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    /// The project, and where shards lie.
    fn parted(&self) -> (PathBuf, &[String]) {
        let is_project = |word: &String| {
            word.ends_with(".toml") || Path::new(word).join("quanheng.toml").is_file()
        };
        match self.words.split_first() {
            Some((first, rest)) if !rest.is_empty() && is_project(first) => (first.into(), rest),
            _ => (PathBuf::from("."), &self.words),
        }
    }

    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.parted().0
    }
}

/// `entry` is the kind that makes draws, `file` that of all tables.
pub(super) fn run(
    arguments: Arguments,
    entry: &'static Entry,
    file: &str,
    out: Terminal,
) -> Result<(), Problems> {
    let (path, from) = arguments.parted();
    let progress = Progress::new(out.language);
    let mut problems = Problems::default();
    let mut all: IndexMap<[String; 3], Vec<Kept>> = IndexMap::new();
    for folder in from {
        match Kept::below(Path::new(folder)) {
            Ok(files) => {
                for file in files {
                    match Kept::read(&file) {
                        Ok(kept) => {
                            let Head { methodology, league, period, .. } = kept.head.clone();
                            all.entry([methodology, league, period]).or_default().push(kept);
                        }
                        Err(wrong) => problems.extend(wrong),
                    }
                }
            }
            Err(wrong) => problems.extend(wrong),
        }
    }
    for shards in all.values_mut() {
        problems.extend(gathered(shards));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let resolved = project::open(&path)?;
    let wrong = resolved.aside.robustness();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let study = &resolved.study;
    let mut evaluations: IndexMap<&str, Evaluation> = IndexMap::new();
    for [code, ..] in all.keys() {
        if !evaluations.contains_key(code.as_str()) {
            let methodology = resolved.methodology(Some(code))?;
            let evaluation = Evaluation::new(Arc::clone(study), methodology)
                .map_err(|errors| resolved.evaluation_problems(code, errors))?;
            evaluations.insert(code, evaluation);
        }
    }
    let codes: Vec<&str> = evaluations.keys().copied().collect();
    let out = out.of_methodologies(&resolved, &codes);
    let settings = resolved.analysis.settings.get(entry.name).cloned().unwrap_or_default();
    let mut parts = Vec::new();
    for ([code, league, period], shards) in &all {
        let evaluation = &evaluations[code.as_str()];
        let league = named::leagues(study, std::slice::from_ref(league))?;
        let period = named::period(study, Some(period))?;
        let (Some(league), Some(period)) = (league.and_then(|of| of.first().copied()), period)
        else {
            continue;
        };
        let inputs = &resolved.analysis.inputs;
        let subject = Subject { evaluation, league, period, inputs, watch: &Unwatched };
        let found = match Drawing::new(subject, &settings) {
            Ok(drawing) => {
                let own = shards[0].head.shard().expect("checked before");
                let now = Head::new(own, &subject, &settings, drawing.count());
                let changed = now.changed(&shards[0].head);
                if !changed.is_empty() {
                    let file = shards[0].file.display().to_string();
                    return Err(shard::of(ShardFault::OfOther { file, changed }));
                }
                let mut draws = drawing.none();
                for kept in shards {
                    let damaged = || ShardFault::Damaged { file: kept.file.display().to_string() };
                    let added = draws.add(kept.draws(&drawing.none())?);
                    added.map_err(|_| shard::of(damaged()))?;
                }
                drawing.tables(&draws)
            }
            Err(reason) => Err(reason),
        };
        parts.push(Part { subject, entry, found });
    }
    progress.done();
    analyse::present(&parts, &resolved, file, &arguments.output, out)
}

/// Puts the shards of a league in order; they are to be all, each once, complete, and of one kind.
fn gathered(shards: &mut [Kept]) -> Problems {
    let mut problems = Problems::default();
    let name = |kept: &Kept| kept.file.display().to_string();
    shards.sort_by_key(|kept| kept.head.number);
    let Some(first) = shards.first() else { return problems };
    for kept in &shards[1..] {
        let changed = first.head.changed(&kept.head);
        if !changed.is_empty() {
            let fault = ShardFault::Unlike { file: name(kept), first: name(first), changed };
            problems.extend(shard::of(fault));
        }
    }
    if !problems.is_empty() {
        return problems;
    }
    for two in shards.windows(2).filter(|two| two[0].head.number == two[1].head.number) {
        let fault =
            ShardFault::Twice { number: two[0].head.number, files: two.iter().map(name).collect() };
        problems.extend(shard::of(fault));
    }
    for kept in shards.iter().filter(|kept| !kept.head.complete) {
        let Head { number, of, .. } = kept.head;
        problems.extend(shard::of(ShardFault::Unfinished { file: name(kept), number, of }));
    }
    let has = |number: &u64| shards.iter().any(|kept| kept.head.number == *number);
    let absent: Vec<u64> = (1..=first.head.of).filter(|number| !has(number)).collect();
    if !absent.is_empty() {
        let of = first.head.of;
        let of_what = first.head.of_what().join(" / ");
        problems.extend(shard::of(ShardFault::Absent { of_what, absent, of }));
    }
    problems
}
