//! `quanheng multiverse discover`: under which choices something happens.

use std::sync::Arc;

use quanheng_core::discovery::{Found, Input, Options, Prim, pairs};
use quanheng_words::text;

use super::common::Output;
use super::ledger::ledger;
use super::subject::project_of;
use super::{Terminal, named};
use crate::declaration::Standing;
use crate::multiverse::{Evaluated, parts};
use crate::problem::{Fault, Problem, Problems, ProjectFault, Source};
use crate::progress::Progress;
use crate::project::{self, Quantity, Resolved, ResultCondition};
use crate::report::discovery::{self as report, View};
use crate::report::{Block, Report};
use crate::sensitivity::{self, Sample};

/// What `multiverse discover` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng multiverse discover [OPTIONS] [PROJECT] <CODE> <CONDITION>")]
pub(super) struct Arguments {
    /// The project (the current folder unless the first word is one), the code of a multiverse or of a `[sensitivity.CODE]`,
    /// and a condition on results such as `rank(浙江) > 5`.
    #[arg(required = true, value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Which box of the trajectory is described; the default is the one with the best balance of coverage and density.
    #[arg(long, value_name = "N")]
    step: Option<usize>,
    /// How many boxes are looked for, each among the cases that the ones before leave.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20))]
    boxes: u32,
    /// A restriction is kept if its quasi-p is below this.
    #[arg(long, default_value_t = 0.05, value_name = "P")]
    alpha: f64,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let progress = Progress::new(out.language);
    let (path, rest) = project_of(arguments.words.clone());
    let resolved = project::open_whole(&path)?;
    let [code, condition] = rest.as_slice() else {
        let fault = Fault::DiscoverWords { found: rest.len() };
        return Err(Problem { fault, places: Vec::new() }.into());
    };
    let read = ResultCondition::parse(condition).map_err(|(expected, span)| {
        let source = Source::new("CONDITION", condition.clone());
        let fault = Fault::Project(ProjectFault::Condition { expected });
        Problems::from(Problem {
            fault,
            places: vec![crate::problem::Place::Text { source: Arc::new(source), span }],
        })
    })?;
    let study = &resolved.study;
    for (_, wanted) in read.names() {
        named::region(study, &wanted)?;
    }
    let (sample, evaluated) = match resolved.sensitivities.get(code) {
        Some(stated) => (sensitivity::sample(&resolved, stated)?, None),
        None => {
            let evaluated = ledger(&resolved, Some(code), &progress)?;
            (Sample::of_ledger(&evaluated), Some(evaluated))
        }
    };
    progress.step(&text!(progress_searching), 0, 1);
    let (cases, interest) = interest(&resolved, &sample, &read);
    let inputs: Vec<Input> = sample
        .inputs
        .iter()
        .map(|(values, labels)| {
            let own = cases.iter().map(|&case| values[case]);
            match labels {
                Some(labels) => {
                    Input::Category(own.map(|x| x as u32).collect(), labels.len() as u32)
                }
                None => Input::Number(own.collect()),
            }
        })
        .collect();
    let mut prim = Prim::new(inputs, interest, Options::default());
    let counts = prim.counts();
    let mut boxes = Vec::new();
    if counts.1 > 0 && counts.1 < counts.0 {
        for _ in 0..arguments.boxes {
            if prim.hits_left() == 0 {
                break;
            }
            let trajectory = prim.trajectory();
            let step = arguments.step.unwrap_or_else(|| balanced(&trajectory));
            let Some(found) = trajectory.get(step) else {
                let fault = Fault::NoSuchStep { step, last: trajectory.len() - 1 };
                return Err(Problem { fault, places: Vec::new() }.into());
            };
            let chosen = prim.without_chance(found, arguments.alpha);
            prim.remove(&chosen);
            boxes.push(report::Box { trajectory, step, chosen });
        }
    }
    let language = out.language;
    let view = View { language, study, name: code, condition };
    let unstable = evaluated.as_ref().map(|evaluated| stability(&resolved, evaluated));
    let declared = Standing::of(&resolved.said)?.map(|standing| standing.words().render(language));
    let whole = |short| {
        let pairs = unstable.as_deref();
        let mut whole = report::report(&sample, counts, &boxes, pairs, &view, short);
        whole.blocks.extend(declared.clone().map(Block::Line));
        whole
    };
    progress.done();
    if let Some(folder) = &arguments.output.out {
        out.write(folder, "discover.json", &whole(false))?;
    }
    match arguments.output.format.is_for_people() {
        true => out.show(&whole(true), arguments.output.format),
        false => {
            let tables: Vec<_> = whole(false).tables().cloned().collect();
            out.show(&Report::from(tables), arguments.output.format)
        }
    }
}

/// The box with the greatest harmonic mean of coverage and density; of equal ones the first.
fn balanced(trajectory: &[Found]) -> usize {
    let of = |found: &Found| {
        let sum = found.coverage + found.density;
        if sum > 0.0 { 2.0 * found.coverage * found.density / sum } else { 0.0 }
    };
    let mut best = 0;
    for (at, found) in trajectory.iter().enumerate() {
        if of(found) > of(&trajectory[best]) {
            best = at;
        }
    }
    best
}

/// The runs with a result, and whether the condition holds of each. In a panel it holds if it does in the last period that
/// every region named is in; a region in several leagues is looked at in the first.
fn interest(
    resolved: &Resolved,
    sample: &Sample,
    condition: &ResultCondition,
) -> (Vec<usize>, Vec<bool>) {
    let study = &resolved.study;
    let place = |label: &str| study.periods.iter().position(|p| p.label == label);
    let mut rows: Vec<(String, usize)> = Vec::new();
    for (_, wanted) in condition.names() {
        let Ok(region) = named::region(study, &wanted) else { continue };
        let code = &study.regions[region.0 as usize].code;
        let own = (0..sample.rows.len()).filter(|&row| sample.rows[row].region == *code);
        let last = own.max_by_key(|&row| (place(&sample.rows[row].period), std::cmp::Reverse(row)));
        rows.extend(last.map(|row| (wanted, row)));
    }
    let runs = sample.ranks.first().map_or(0, Vec::len);
    // A run that failed has no rank of any region.
    let ended = |run: &usize| sample.ranks.iter().any(|of_row| !of_row[*run].is_nan());
    let cases: Vec<usize> = (0..runs).filter(ended).collect();
    let holds = |&run: &usize| {
        condition.holds(&|quantity, wanted| {
            let row = rows.iter().find(|(name, _)| name == wanted)?.1;
            let of = match quantity {
                Quantity::Rank => &sample.ranks,
                Quantity::Score => &sample.scores,
                Quantity::Tier => &sample.tiers,
            };
            let x = of.get(row)?[run];
            if x.is_nan() {
                return None;
            }
            let label =
                sample.labels.get((x - 1.0) as usize).filter(|_| quantity == Quantity::Tier);
            Some(label.cloned().unwrap_or_else(|| crate::report::number::exact(x)))
        })
    };
    let interest = cases.iter().map(holds).collect();
    (cases, interest)
}

/// The pairs of regions of the last period of each league.
fn stability(resolved: &Resolved, evaluated: &Evaluated) -> Vec<report::Pairs> {
    let (results, design) = evaluated.ended();
    let Ok(groups) = parts(resolved, evaluated, &[], 1) else { return Vec::new() };
    groups
        .into_iter()
        .map(|group| {
            let rows: Vec<usize> = group.summary.spreads.iter().map(|s| s.row).collect();
            report::Pairs {
                league: group.league,
                period: group.period,
                pairs: pairs(&results, &design, &rows),
                forks: results.forks.list().to_vec(),
            }
        })
        .collect()
}
