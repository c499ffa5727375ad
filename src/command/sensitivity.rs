//! `quanheng sensitivity`: which weight, choice or error in the data moves the results.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::sensitivity::{Change, Trajectories, steps, weight_ranges};
use quanheng_words::text;

use super::common::Output;
use super::ledger::ledger;
use super::subject::project_of;
use super::{Terminal, named};
use crate::declaration::Standing;
use crate::problem::{Fault, Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved, Sensitivity};
use crate::report::sensitivity::{self as report, View};
use crate::report::{Block, Report};
use crate::sensitivity::{self, Sample};

/// What `sensitivity` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng sensitivity [OPTIONS] [PROJECT] [CODE]")]
pub(super) struct Arguments {
    /// The project (the current folder unless the first word is one), and the code of a `[sensitivity.CODE]` where there are
    /// several; `order` also takes the code of a multiverse, whose ledger is the sample.
    #[arg(value_name = "WORD", num_args = 0..=2)]
    pub(super) words: Vec<String>,
    /// What is computed. The default is `shares` where the project declares a `[sensitivity.CODE]`, and `steps` elsewhere.
    #[arg(short, long, value_name = "KIND")]
    kind: Option<Kind>,
    /// The methodology of `steps` and `weights`, by code; the default is the project's default methodology.
    #[arg(short, long, value_name = "CODE")]
    methodology: Option<String>,
    /// The period; the last one of each league unless stated, and `all` for every one.
    #[arg(short, long)]
    period: Option<String>,
    /// Leagues to look at, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// The number of trajectories of `effects`.
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    trajectories: u32,
    #[command(flatten)]
    output: Output,
}

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Sobol shares of variance of every score, rank and tier, with intervals.
    Shares,
    /// Morris's elementary effects: fewer runs, for many factors.
    Effects,
    /// First-order shares from the order of one sample of runs.
    Order,
    /// One change at a time: without each node, with equal weights, with each other method.
    Steps,
    /// How far each weight can go before a rank or a tier changes.
    Weights,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let (path, rest) = project_of(arguments.words.clone());
    let resolved = project::open_whole(&path)?;
    let declared = !resolved.sensitivities.is_empty() || !rest.is_empty();
    let wrong = resolved.aside.robustness();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let usual = if declared { Kind::Shares } else { Kind::Steps };
    let kind = arguments.kind.unwrap_or(usual);
    let code = rest.first().map(String::as_str);
    let (mut whole, mut short) = match kind {
        Kind::Order if is_multiverse(&resolved, code) => {
            let sample = Sample::of_ledger(&ledger(&resolved, code, &progress)?);
            of_ledger(&arguments, &resolved, &sample, code.unwrap_or_default(), &out)?
        }
        Kind::Steps | Kind::Weights => {
            of_methodology(&arguments, kind, &resolved, &out, &progress)?
        }
        Kind::Shares | Kind::Effects | Kind::Order => {
            let stated = chosen(&resolved, code)?;
            of_declaration(&arguments, kind, &resolved, stated, &out, &progress)?
        }
    };
    let declared = Standing::of(&resolved.said)?.map(|standing| standing.words());
    if let (Some(words), Kind::Shares | Kind::Effects | Kind::Order) = (declared, kind) {
        let line = Block::Line(words.render(out.language));
        whole.blocks.push(line.clone());
        short.blocks.push(line);
    }
    progress.done();
    if let Some(folder) = &arguments.output.out {
        out.write(folder, "sensitivity.json", &whole)?;
    }
    match arguments.output.format.is_for_people() {
        true => out.show(&short, arguments.output.format),
        false => out.show(
            &Report::from(whole.tables().cloned().collect::<Vec<_>>()),
            arguments.output.format,
        ),
    }
}

/// The sensitivity analysis of a code, or the only one.
pub(super) fn chosen<'r>(
    resolved: &'r Resolved,
    code: Option<&str>,
) -> Result<&'r Sensitivity, Problems> {
    let all = &resolved.sensitivities;
    let found = match code {
        Some(code) => all.get(code),
        None if all.len() == 1 => all.values().next(),
        None => None,
    };
    let known: Vec<String> = all.keys().cloned().collect();
    found.ok_or_else(|| match (code, known.is_empty()) {
        (None, false) => {
            Problem { fault: Fault::WhichSensitivity { known }, places: Vec::new() }.into()
        }
        _ => Problem::unknown(text!(thing_sensitivity), code.unwrap_or_default(), known).into(),
    })
}

/// The whole report for files, and the one for people.
type Both = (Report, Report);

fn of_declaration(
    arguments: &Arguments,
    kind: Kind,
    resolved: &Resolved,
    stated: &Sensitivity,
    out: &Terminal,
    progress: &Progress,
) -> Result<Both, Problems> {
    let language = out.language;
    let study = &resolved.study;
    let name = stated.names.get(language.tag()).unwrap_or(&stated.code);
    let view = View { language, study, name, short: true };
    let files = View { short: false, ..view };
    named::leagues(study, &arguments.league)?;
    let (league, period) = (arguments.league.as_slice(), arguments.period.as_slice());
    Ok(match kind {
        Kind::Effects => {
            let trajectories = Trajectories {
                count: arguments.trajectories as usize,
                levels: 4,
                seed: stated.seed,
            };
            let found = sensitivity::morris(resolved, stated, trajectories, league, period)?;
            (report::effects(&found, &files), report::effects(&found, &view))
        }
        Kind::Order => {
            let (sample, found) = sensitivity::ordered(resolved, stated, league, period)?;
            (report::order(&sample, &found, &files), report::order(&sample, &found, &view))
        }
        _ => {
            let found = sensitivity::sobol(resolved, stated, league, period, progress)?;
            (Report::from(report::share_tables(&found, &files)), report::shares(&found, &view))
        }
    })
}

/// Whether a word names a multiverse, whose ledger is a sample too.
fn is_multiverse(resolved: &Resolved, code: Option<&str>) -> bool {
    match code {
        Some(code) => {
            !resolved.sensitivities.contains_key(code) && resolved.multiverses.contains_key(code)
        }
        None => resolved.sensitivities.is_empty() && resolved.multiverses.len() == 1,
    }
}

fn of_ledger(
    arguments: &Arguments,
    resolved: &Resolved,
    sample: &Sample,
    name: &str,
    out: &Terminal,
) -> Result<Both, Problems> {
    let view = View { language: out.language, study: &resolved.study, name, short: true };
    let files = View { short: false, ..view };
    let period = arguments.period.as_slice();
    let found = sensitivity::by_order(resolved, sample, &arguments.league, period)?;
    Ok((report::order(sample, &found, &files), report::order(sample, &found, &view)))
}

fn of_methodology(
    arguments: &Arguments,
    kind: Kind,
    resolved: &Resolved,
    out: &Terminal,
    progress: &Progress,
) -> Result<Both, Problems> {
    let language = out.language;
    let methodology = resolved.methodology(arguments.methodology.as_deref())?;
    progress.step(&text!(progress_evaluating), 0, 1);
    let failed = |errors| resolved.evaluation_problems(&methodology.code, errors);
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), Arc::clone(&methodology));
    let evaluation = evaluation.map_err(failed)?;
    let study = evaluation.study();
    let leagues = named::leagues(study, &arguments.league)?;
    let stated = arguments.period.as_deref().filter(|period| *period != "all");
    let period = named::period(study, stated)?;
    let slices = study.panel.slices();
    let wanted = |slice: &&usize| {
        let of = &slices[**slice];
        let last = slices.iter().filter(|s| s.league == of.league).map(|s| s.period).max();
        let in_time = match (period, arguments.period.is_some()) {
            (Some(period), _) => of.period == period,
            (None, true) => true,
            (None, false) => Some(of.period) == last,
        };
        in_time && leagues.as_ref().is_none_or(|leagues| leagues.contains(&of.league))
    };
    let all: Vec<usize> = (0..slices.len()).collect();
    let meant: Vec<usize> = all.iter().filter(wanted).copied().collect();
    let name = methodology.names.get(language.tag()).unwrap_or(&methodology.code);
    let view = View { language, study, name, short: true };
    let files = View { short: false, ..view };
    if kind == Kind::Weights {
        let ranges: Vec<_> =
            meant.into_iter().map(|slice| (slice, weight_ranges(&evaluation, slice))).collect();
        return Ok((
            report::ranges(&evaluation, &ranges, &files),
            report::ranges(&evaluation, &ranges, &view),
        ));
    }
    let rows: Vec<usize> = meant.iter().flat_map(|&slice| slices[slice].rows.clone()).collect();
    let changes = steps(&evaluation, &rows);
    let why = |change: &Change| {
        let failure = change.taken.as_ref().err()?;
        Some(resolved.branch_words(study, &methodology, failure))
    };
    Ok((
        report::steps(&evaluation, &changes, &why, &files),
        report::steps(&evaluation, &changes, &why, &view),
    ))
}
