//! `quanheng robustness`: how sure ranks are.

use std::path::PathBuf;

use quanheng_core::analysis::{Entry, Subject, Unwatched};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Settings, Value};
use quanheng_core::robustness::{Drawing, Shard, TABLE, find};
use quanheng_words::{Language, text};

use super::analyse::{self, Family, Subjects};
use super::common::{Of, Output};
use super::subject::project_of;
use super::{Terminal, merge, print_lines, stop};
use crate::gate::Folder;
use crate::problem::{Problem, Problems, ShardFault};
use crate::progress::Progress;
use crate::project::{Aside, Resolved};
use crate::report;
use crate::report::analysis::{Part, View};
use crate::report::render::csv;
use crate::shard::{self, Head, Keeper, Kept};

/// What `robustness` takes.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "quanheng robustness [OPTIONS] [PROJECT] [KIND]...\n       quanheng robustness merge [OPTIONS] [PROJECT] <DIR>...",
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// The project's folder or quanheng.toml (the current folder unless stated), and kinds by name; `--list` shows their
    /// names. The default is all of them, and those that need something that is not there are named at the end.
    #[arg(value_names = ["PROJECT", "KIND"])]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    of: Of,
    /// Leagues to look at, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// List the kinds with their formulas, sources and what they need.
    #[arg(long)]
    list: bool,
    /// By how many places to either side the ends of each interval of ranks may be uncertain: draws are made until that is
    /// so, and not more than `draws` or `evaluations` of `[robustness.draws]`. The default is `until` there.
    #[arg(long, value_name = "PLACES", value_parser = places)]
    until: Option<f64>,
    /// Make only one of several nearly equal parts of the draws, such as `2/4`, and keep it in a file below the folder of
    /// `--out`, from which `merge` makes the figures of all. A run that ended early goes on from the file.
    #[arg(long, value_name = "NUMBER/OF", value_parser = part)]
    shard: Option<Shard>,
    #[command(flatten)]
    output: Output,
}

/// What else can be done with draws.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Put the draws of all shards together: the figures are those of one run.
    Merge(merge::Arguments),
}

/// The file that all tables are written to.
const FILE: &str = "robustness.json";

/// The kind that makes draws.
fn draws() -> &'static Entry {
    find(UNTIL.0).expect("a kind of robustness")
}

fn part(text: &str) -> Result<Shard, String> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let parted = text.split_once('/');
    let shard = parted.and_then(|(at, of)| Shard::new(number(at)?, number(of)?));
    shard.ok_or_else(|| "1/4, 2/4, …, 4/4".to_owned())
}

/// The setting of `draws` that `--until` states.
const UNTIL: (&str, &str) = ("draws", "until");

fn places(text: &str) -> Result<f64, String> {
    let (kind, name) = UNTIL;
    let declared = TABLE.iter().filter(|entry| entry.name == kind).flat_map(|e| (e.settings)());
    let range = declared.filter(|setting| setting.name == name).find_map(|setting| setting.range);
    let (least, most) = range.unwrap_or((0.0, f64::INFINITY));
    let number = text.parse::<f64>().ok().filter(|places| (least..=most).contains(places));
    number.ok_or_else(|| format!("{least}–{most}"))
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        match &self.what {
            Some(What::Merge(of)) => of.project(),
            None => project_of(self.words.clone()).0,
        }
    }

    /// The words of the command line, the first of them perhaps the project.
    pub(super) fn words(&mut self) -> &mut Vec<String> {
        match &mut self.what {
            Some(What::Merge(of)) => &mut of.words,
            None => &mut self.words,
        }
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let Arguments { what, words, of, league, list, until, shard, output } = arguments;
    if let Some(What::Merge(of)) = what {
        return merge::run(of, draws(), FILE, out);
    }
    let (kind, name) = UNTIL;
    let arguments = analyse::Arguments { words, of, league, list, output };
    let family = Family {
        table: TABLE,
        thing: text!(thing_robustness),
        wrong: Aside::robustness,
        file: FILE,
        stated: until.map(|places| (kind, name, Value::Number(places))).into_iter().collect(),
    };
    match shard {
        Some(shard) => kept(shard, &family, arguments, out),
        None => analyse::show(family, arguments, out),
    }
}

/// Under which name a lock pins the tables.
pub(super) const PINNED: &str = "robustness";

/// The BLAKE3 hash of all tables of all leagues in their last period, as files have them.
pub(super) fn hash(resolved: &Resolved, evaluation: &Evaluation) -> String {
    let inputs = &resolved.analysis.inputs;
    let usual = Settings::default();
    let mut parts = Vec::new();
    for (league, period) in analyse::leagues(evaluation, None, None) {
        let subject = Subject { evaluation, league, period, inputs, watch: &Unwatched };
        for entry in TABLE {
            let settings = resolved.analysis.settings.get(entry.name).unwrap_or(&usual);
            let found = entry.compute(&subject, settings);
            parts.push(Part { subject, entry, found });
        }
    }
    let view = View { language: Language::En, groups: &resolved.groups };
    let mut hasher = blake3::Hasher::new();
    for table in report::analysis::tables(&parts, &view) {
        hasher.update(&csv::file(&table));
    }
    hasher.finalize().to_hex().to_string()
}

/// Makes the draws of a shard, for each league, and keeps them in files.
fn kept(
    shard: Shard,
    family: &Family,
    arguments: analyse::Arguments,
    out: Terminal,
) -> Result<(), Problems> {
    let (path, names) = project_of(arguments.words);
    let entry = draws();
    if let Some(other) = analyse::chosen(family, &names)?
        .into_iter()
        .find(|of| of.name != entry.name)
        .filter(|_| !names.is_empty())
    {
        return Err(shard::of(ShardFault::Kind { kind: other.name.to_owned() }));
    }
    let folder = arguments.output.out.ok_or_else(|| shard::of(ShardFault::Nowhere))?;
    let progress = Progress::new(out.language);
    let resolved = analyse::opened(family, &path)?;
    let settings = family.settings(entry, &resolved);
    let subjects = Subjects::new(&resolved, &arguments.of, &arguments.league)?;
    let outlet = Folder::of(resolved.said.file()).outlet(&folder);
    let outlet = outlet.map_err(|e| Problem::unwritable(folder.display(), e))?;
    stop::gently(text!(shard_stopping).render(out.language));
    let mut lines = Vec::new();
    let mut problems = Problems::default();
    for subject in subjects.all(&Unwatched) {
        let drawing = match Drawing::new(subject, &settings) {
            Ok(drawing) => drawing,
            Err(reason) => match analyse::mistake(&reason, &subject) {
                Some(problem) => return Err(problem.into()),
                None => {
                    let league = &subject.study().leagues[subject.league.0 as usize];
                    let why = report::analysis::because(&reason);
                    lines.push(text!(shard_nothing, league = &league.code, why = why));
                    continue;
                }
            },
        };
        if drawing.has_rounds() {
            return Err(shard::of(ShardFault::Until));
        }
        let head = Head::new(shard, &subject, &settings, drawing.count());
        let file = outlet.join(head.file());
        let mut draws = drawing.none();
        if file.exists() {
            let before = Kept::read(&file)?;
            let changed = head.changed(&before.head);
            if !changed.is_empty() {
                let file = file.display().to_string();
                return Err(shard::of(ShardFault::OfOther { file, changed }));
            }
            draws = before.draws(&draws)?;
        }
        let keeper = Keeper::keeping(&progress, stop::is_asked, &outlet, head);
        let is_complete = drawing.run(shard, &mut draws, &keeper);
        keeper.end(&draws, is_complete)?;
        let (file, done) = (file.display().to_string(), draws.len());
        match is_complete {
            true => lines.push(text!(shard_done, file = file, done = done, of = drawing.count())),
            false => problems.extend(shard::of(ShardFault::Stopped { file, done })),
        }
        if !is_complete {
            break;
        }
    }
    progress.done();
    print_lines(&lines, out.language)?;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
