//! `quanheng multiverse`: every combination of declared choices.

use std::path::PathBuf;

use quanheng_core::methodology::Part;
use quanheng_core::multiverse::{Fate, Tree};

use quanheng_words::{Language, Text, text};

use super::format::format;
use super::subject::project_of;
use super::{Terminal, declare, discover, ledger, named, print_lines, stop};
use crate::data::write;
use crate::declaration::Standing;
use crate::gate::Folder;
use crate::multiverse::{Evaluated, Group, evaluate, parts};
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Multiverse, Resolved};
use crate::report::multiverse::{View, region, report, tables};
use crate::report::render::{Format, csv, json};
use crate::report::{Block, Report};

/// What `multiverse` takes.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "quanheng multiverse [OPTIONS] [PROJECT] [NAME]\n       quanheng multiverse discover [OPTIONS] [PROJECT] <CODE> <CONDITION>\n       quanheng multiverse lock [OPTIONS] [PROJECT] [CODE]",
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// The project (the current folder unless the first word is one), and the multiverse's code where there are several.
    #[arg(value_name = "WORD", num_args = 0..=2)]
    pub(super) words: Vec<String>,
    /// Folder of the ledger and the tables; the default is PROJECT/multiverse/NAME. A stopped run continues from it.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Start a new ledger.
    #[arg(long)]
    fresh: bool,
    /// Report the numbers of branches and evaluations, and evaluate nothing.
    #[arg(long)]
    plan: bool,
    /// Show one region under every branch, from its best rank to its worst, with the options beside.
    #[arg(short, long, value_name = "REGION")]
    region: Option<String>,
    /// Periods to summarise; `all` means every one. The default is the last period of each league.
    #[arg(short, long, value_delimiter = ',')]
    period: Vec<String>,
    /// Number of places of the top; the default is what the project states, or 10.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(1..))]
    top: Option<u64>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

/// What else can be done with a multiverse.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Find under which choices a condition on results holds: boxes of choices and values, in words, and pairs of regions whose
    /// order depends on a choice.
    Discover(discover::Arguments),
    /// Write down what is declared before the results are known, so that every result can say so.
    Lock(declare::Arguments),
}

/// A longer specification curve is cut on the screen.
const SHOWN: usize = 40;

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        let words = match &self.what {
            Some(What::Discover(of)) => &of.words,
            Some(What::Lock(of)) => &of.words,
            None => &self.words,
        };
        project_of(words.clone()).0
    }

    /// The words of the command line, the first of them perhaps the project.
    pub(super) fn words(&mut self) -> &mut Vec<String> {
        match &mut self.what {
            Some(What::Discover(of)) => &mut of.words,
            Some(What::Lock(of)) => &mut of.words,
            None => &mut self.words,
        }
    }
}

pub(super) fn run(mut arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    match arguments.what.take() {
        Some(What::Discover(of)) => return discover::run(of, out),
        Some(What::Lock(of)) => return declare::run(of, out),
        None => {}
    }
    let progress = Progress::new(out.language);
    let (path, rest) = project_of(arguments.words.clone());
    let resolved = project::open_whole(&path)?;
    let multiverse = ledger::chosen(&resolved, rest.first().map(String::as_str))?;
    if arguments.plan {
        progress.done();
        return print_lines(&plan(multiverse, out.language), out.language);
    }
    let folder = match &arguments.out {
        Some(folder) => folder.clone(),
        None => ledger::folder(&resolved, multiverse),
    };
    let outlet = Folder::of(resolved.said.file()).outlet(&folder);
    let outlet = outlet.map_err(|e| Problem::unwritable(folder.display(), e))?;
    let file = folder.join("ledger").display().to_string();
    stop::say(Some(text!(multiverse_stopped, file = &file).render(out.language)));
    let evaluated = evaluate(&resolved, multiverse, &outlet, arguments.fresh, &progress)?;
    stop::say(None);
    progress.step(&text!(progress_summing_up), 0, 1);
    let language = out.language;
    let top = arguments.top.map_or(multiverse.top, |k| k as usize);
    let parts = parts(&resolved, &evaluated, &arguments.period, top)?;
    let view = View {
        language,
        study: &resolved.study,
        name: multiverse.names.get(language.tag()).unwrap_or(&multiverse.code),
        top,
        short: arguments.format.is_for_people(),
    };
    for table in tables(&evaluated, &parts, &view).into_iter().chain(out.mark_table()) {
        let name = format!("{}.csv", table.name);
        write::below(&outlet, &outlet.join(name), &csv::file(&table))?;
    }
    let mut whole = report(&evaluated, &parts, &View { short: false, ..view });
    let declared = Standing::of(&resolved.said)?.map(|standing| standing.words().render(language));
    whole.blocks.extend(declared.clone().map(Block::Line));
    whole.blocks.extend(out.mark_table().map(Block::Table));
    write::below(&outlet, &outlet.join("multiverse.json"), json::render(&whole).as_bytes())?;
    let mut shown = match &arguments.region {
        Some(code) => one_region(&resolved, &evaluated, &parts, code, &view)?,
        None => report(&evaluated, &parts, &view),
    };
    shown.blocks.extend(declared.map(Block::Line));
    progress.done();
    out.show(&shown, arguments.format)?;
    let (all, taken) = (evaluated.results.len(), evaluated.taken);
    if evaluated.dropped > 0 {
        let dropped = text!(multiverse_dropped, n = evaluated.dropped);
        super::say(&dropped, language);
    }
    let done = text!(multiverse_done, n = all - taken, taken = taken, all = all, file = file);
    super::say(&done, language);
    Ok(())
}

fn plan(multiverse: &Multiverse, language: Language) -> Vec<Text> {
    let tree = Tree::new(multiverse.space.clone());
    let count = |fate: fn(&Fate) -> bool| tree.fates().iter().filter(|f| fate(f)).count();
    let mut lines = vec![
        text!(
            multiverse_plan,
            code = &multiverse.code,
            branches = tree.space().forks.count(),
            drawn = tree.numbers().len(),
            evaluated = count(|f| matches!(f, Fate::Evaluated(_))),
            invalid = count(|f| matches!(f, Fate::Invalid(_))),
            failed = count(|f| matches!(f, Fate::Misfit(_))),
        ),
        text!(multiverse_evaluations, count = tree.evaluations()),
    ];
    for fork in tree.space().forks.list() {
        let options = fork.options.join(" | ");
        lines.push(text!(multiverse_choice, name = &fork.name, options = options));
    }
    for (stage, n) in quanheng_core::multiverse::LEVELS.iter().zip(tree.computed()) {
        let stage = Part::of_stage(*stage).word(language);
        lines.push(text!(multiverse_computed, stage = stage, count = n));
    }
    lines
}

fn one_region(
    resolved: &Resolved,
    evaluated: &Evaluated,
    parts: &[Group],
    code: &str,
    view: &View<'_>,
) -> Result<Report, Problems> {
    let keys = evaluated.tree.rows();
    let study = &resolved.study;
    // A region of other data only is known by its code.
    let wanted = match named::region(study, code) {
        Ok(found) => study.regions[found.0 as usize].code.clone(),
        Err(_) if keys.iter().any(|key| key.region == code) => code.to_owned(),
        Err(problems) => return Err(problems),
    };
    let is = |region: &str| region == wanted;
    let shown = |part: &Group, row: usize| {
        keys[row].league == part.league && keys[row].period == part.period && is(&keys[row].region)
    };
    let mut whole = Report::default();
    for part in parts {
        for row in (0..keys.len()).filter(|row| shown(part, *row)) {
            let most = view.short.then_some(SHOWN);
            whole.blocks.extend(region(evaluated, row, most, view).blocks);
        }
    }
    if whole.blocks.is_empty() {
        let known = keys.iter().map(|k| k.region.clone()).collect();
        return Err(Problem::unknown(text!(thing_region), code, known).into());
    }
    Ok(whole)
}
