//! `quanheng analyse`: who leads, on which tier, how regions and groups differ, move, converge and hang together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::analysis::{Entry, Inputs, Reason, Subject, TABLE, Watch};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Settings, Value};
use quanheng_core::model::{LeagueIx, PeriodIx};

use quanheng_words::{Text, text};

use super::common::{Of, Output};
use super::subject::project_of;
use super::{Terminal, named};
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Aside, Resolved};
use crate::report::Report;
use crate::report::analysis::{self, Part, View};
use crate::shard::Keeper;

/// What `analyse` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng analyse [OPTIONS] [PROJECT] [ANALYSIS]...")]
pub(super) struct Arguments {
    /// The project's folder or quanheng.toml (the current folder unless stated), then analyses by name; `--list` shows
    /// their names. The default is all of them, and those that need something that is not there are named at the end.
    #[arg(value_names = ["PROJECT", "ANALYSIS"])]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) of: Of,
    /// Leagues to analyse, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    pub(super) league: Vec<String>,
    /// List the analyses with their formulas, sources and what they need.
    #[arg(long)]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) output: Output,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let family = Family {
        table: TABLE,
        thing: text!(thing_analysis),
        wrong: Aside::analysis,
        file: "analysis.json",
        stated: Vec::new(),
    };
    show(family, arguments, out)
}

/// What has the form of analyses: the analyses themselves, and the kinds of robustness.
pub(super) struct Family {
    pub(super) table: &'static [Entry],
    /// What one of them is called.
    pub(super) thing: Text,
    /// What keeps them from being computed.
    pub(super) wrong: fn(&Aside) -> Problems,
    /// The file that all tables are written to.
    pub(super) file: &'static str,
    /// Settings that options state in place of the project: the kind or analysis, the name, and the value.
    pub(super) stated: Vec<(&'static str, &'static str, Value)>,
}

/// Computes those that are asked for, for each league, and shows them.
pub(super) fn show(family: Family, arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let language = out.language;
    let is_for_people = arguments.output.format.is_for_people();
    if arguments.list {
        let list = if is_for_people { analysis::list } else { analysis::list_table };
        return out.show(&list(family.table, language), arguments.output.format);
    }
    let (path, names) = project_of(arguments.words);
    let entries = chosen(&family, &names)?;
    let progress = Progress::new(language);
    let resolved = opened(&family, &path)?;
    let subjects = Subjects::new(&resolved, &arguments.of, &arguments.league)?;
    let out = out.of_methodologies(&resolved, &[&subjects.evaluation.methodology().code]);
    let keeper = Keeper::showing(&progress);
    let mut parts = Vec::new();
    let mut problems = Problems::default();
    for subject in subjects.all(&keeper) {
        for &entry in &entries {
            let found = entry.compute(&subject, &family.settings(entry, &resolved));
            match found.as_ref().err().and_then(|reason| mistake(reason, &subject)) {
                Some(problem) => problems.push(problem),
                None => parts.push(Part { subject, entry, found }),
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    progress.done();
    present(&parts, &resolved, family.file, &arguments.output, out)
}

/// Writes and prints tables of leagues.
pub(super) fn present(
    parts: &[Part<'_>],
    resolved: &Resolved,
    file: &str,
    output: &Output,
    out: Terminal,
) -> Result<(), Problems> {
    let view = View { language: out.language, groups: &resolved.groups };
    if let Some(folder) = &output.out {
        let tables = analysis::tables(parts, &view);
        out.write(folder, file, &Report::from(tables))?;
    }
    let report = match output.format.is_for_people() {
        true => analysis::report(parts, &view),
        false => Report::from(analysis::tables(parts, &view)),
    };
    out.show(&report, output.format)
}

/// The project of a family, where nothing is wrong that concerns it.
pub(super) fn opened(family: &Family, path: &Path) -> Result<Resolved, Problems> {
    let resolved = project::open(path)?;
    let wrong = (family.wrong)(&resolved.aside);
    if wrong.is_empty() { Ok(resolved) } else { Err(wrong) }
}

/// The leagues that a command is about.
pub(super) struct Subjects<'r> {
    pub(super) evaluation: Evaluation,
    inputs: &'r Inputs,
    leagues: Vec<(LeagueIx, PeriodIx)>,
}

impl<'r> Subjects<'r> {
    pub(super) fn new(
        resolved: &'r Resolved,
        of: &Of,
        leagues: &[String],
    ) -> Result<Subjects<'r>, Problems> {
        let study = &resolved.study;
        let methodology = resolved.methodology(of.methodology.as_deref())?;
        let period = named::period(study, of.period.as_deref())?;
        let leagues = named::leagues(study, leagues)?;
        let code = methodology.code.clone();
        let evaluation = Evaluation::new(Arc::clone(study), methodology)
            .map_err(|errors| resolved.evaluation_problems(&code, errors))?;
        let leagues = self::leagues(&evaluation, leagues, period);
        Ok(Subjects { evaluation, inputs: &resolved.analysis.inputs, leagues })
    }

    pub(super) fn all<'a>(&'a self, watch: &'a dyn Watch) -> impl Iterator<Item = Subject<'a>> {
        let Subjects { evaluation, inputs, .. } = self;
        let of = |&(league, period)| Subject { evaluation, league, period, inputs, watch };
        self.leagues.iter().map(of)
    }
}

impl Family {
    /// The settings of one of them: those of the project, and in place of some what options state.
    pub(super) fn settings(&self, entry: &Entry, resolved: &Resolved) -> Settings {
        let mut settings = resolved.analysis.settings.get(entry.name).cloned().unwrap_or_default();
        for (_, name, value) in self.stated.iter().filter(|(of, ..)| *of == entry.name) {
            settings.0.insert((*name).to_owned(), value.clone());
        }
        settings
    }
}

pub(super) fn chosen(family: &Family, names: &[String]) -> Result<Vec<&'static Entry>, Problems> {
    if names.is_empty() {
        return Ok(family.table.iter().collect());
    }
    let mut problems = Problems::default();
    let mut entries = Vec::new();
    for name in names {
        match family.table.iter().find(|entry| entry.name == name) {
            Some(entry) => entries.push(entry),
            None => {
                let known = family.table.iter().map(|entry| entry.name.to_owned()).collect();
                problems.push(Problem::unknown(family.thing.clone(), name, known));
            }
        }
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}

/// Leagues, or all of them, each in a period or in its last one.
pub(super) fn leagues(
    evaluation: &Evaluation,
    leagues: Option<Vec<LeagueIx>>,
    period: Option<PeriodIx>,
) -> Vec<(LeagueIx, PeriodIx)> {
    let count = evaluation.study().leagues.len() as u32;
    let leagues = leagues.unwrap_or_else(|| (0..count).map(LeagueIx).collect());
    let at = |league| Some((league, period.or_else(|| last(evaluation, league))?));
    leagues.into_iter().filter_map(at).collect()
}

/// The last period in which a league has regions.
fn last(evaluation: &Evaluation, league: LeagueIx) -> Option<PeriodIx> {
    let slices = evaluation.study().panel.slices().iter();
    slices.rev().find(|slice| slice.league == league).map(|slice| slice.period)
}

/// A name in the settings of an analysis that is nobody's.
pub(super) fn mistake(reason: &Reason, subject: &Subject<'_>) -> Option<Problem> {
    let study = subject.study();
    let system = &subject.evaluation.methodology().system;
    let (what, name, known) = match reason {
        Reason::NoNode(code) => {
            let known = system.nodes().iter().map(|node| node.code.clone()).collect();
            (text!(thing_node), code, known)
        }
        Reason::NoPeriod(label) => {
            let known = study.periods.iter().map(|period| period.label.clone()).collect();
            (text!(thing_period), label, known)
        }
        Reason::NoMethodology(code) => {
            let known = subject.inputs.methodologies.iter().map(|of| of.code.clone()).collect();
            (text!(thing_methodology), code, known)
        }
        Reason::NoGroup(code) => {
            let known = study.groups.iter().map(|group| group.code.clone()).collect();
            (text!(thing_group), code, known)
        }
        _ => return None,
    };
    Some(Problem::unknown(what, name, known))
}
