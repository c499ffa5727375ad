//! Runs a declared sensitivity analysis and estimates its shares.

use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::multiverse::{Fate, Kept, RowKey, Tree};
use quanheng_core::number::clamp;
use quanheng_core::sensitivity::{
    Design, Effects, Input, Model, Output, Results, Runs, Shares, Trajectories, effects,
    independent, mean_shift, option, share_by_order, times,
};
use quanheng_words::{Text, text};
use rayon::prelude::*;

use crate::multiverse::{Evaluated, Together, together};
use crate::problem::Problems;
use crate::progress::Progress;
use crate::project::{Resolved, Sensitivity};

/// Runs that gave nothing, by reason.
#[derive(Clone, Debug)]
pub struct Reason {
    /// How many runs.
    pub runs: usize,
    /// Why.
    pub why: Text,
}

/// What is known of one result.
#[derive(Clone, Debug)]
pub struct OfOutput {
    /// The row of the results; none for the mean shift of all ranks of a group.
    pub row: Option<usize>,
    /// Score, rank or tier; ranks for the mean shift.
    pub output: Output,
    /// The shares of each factor.
    pub shares: Shares,
}

/// Regions that are ranked together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The code of the league.
    pub league: String,
    /// The label of the period.
    pub period: String,
    /// The rows of the results.
    pub rows: Vec<usize>,
    /// The mean shift of ranks first, then every score, rank and tier.
    pub outputs: Vec<OfOutput>,
    /// The shares of the mean shift from the first eighth, fourth and half of the rows, and from all.
    pub convergence: Vec<Shares>,
}

/// A sensitivity analysis with its results.
#[derive(Debug)]
pub struct Analysed {
    /// The names of the factors.
    pub factors: Vec<String>,
    /// What each row of the results is about.
    pub rows: Vec<RowKey>,
    /// How many runs there are.
    pub runs: usize,
    /// Those that gave nothing.
    pub failed: Vec<Reason>,
    /// The groups that were asked for.
    pub groups: Vec<Group>,
}

/// The model of a declaration, and what it stands on.
struct Ready<'a> {
    model: Model<'a>,
    base: Vec<f64>,
    rows: Vec<RowKey>,
}

fn ready<'a>(
    resolved: &'a Resolved,
    stated: &Sensitivity,
    tree: Option<&'a Tree>,
) -> Result<Ready<'a>, Problems> {
    let methodology = resolved.methodology(Some(&stated.methodology))?;
    let failed = |errors| resolved.evaluation_problems(&stated.methodology, errors);
    let whole = Evaluation::new(Arc::clone(&resolved.study), Arc::clone(&methodology));
    let whole = whole.map_err(failed)?;
    let mut alone = (*methodology).clone();
    let study = match alone.periods.take() {
        None => Arc::clone(&resolved.study),
        Some(periods) => Arc::new(resolved.study.only(&periods)),
    };
    let model = Model {
        study,
        methodology: Arc::new(alone),
        choices: tree,
        errors: &resolved.analysis.inputs.errors,
        factors: stated.factors.clone(),
    };
    let rows = model.rows();
    let base = quanheng_core::multiverse::ByRow::of(&whole, &rows).ranks;
    Ok(Ready { model, base, rows })
}

/// Leagues and periods: those that are asked for, else the last period of each league.
fn groups(
    resolved: &Resolved,
    rows: &[RowKey],
    league: &[String],
    period: &[String],
) -> Result<Vec<Together>, Problems> {
    let mut all = together(resolved, rows, period)?;
    all.retain(|(of, ..)| league.is_empty() || league.contains(of));
    Ok(all)
}

fn reasons(
    resolved: &Resolved,
    tree: Option<&Tree>,
    model: &Model<'_>,
    results: &Results,
) -> Vec<Reason> {
    let why = |failed: &quanheng_core::sensitivity::Failed| match (
        &failed.failure,
        failed.evaluation,
        tree,
    ) {
        (None, ..) => text!(sensitivity_excluded),
        (Some(failure), Some(at), Some(tree)) => {
            resolved.branch_words(tree.study(at), &tree.methodology(at), failure)
        }
        (Some(failure), ..) => resolved.branch_words(&model.study, &model.methodology, failure),
    };
    results.failed.iter().map(|failed| Reason { runs: failed.runs, why: why(failed) }).collect()
}

/// Shares of variance by a Saltelli design.
///
/// # Errors
/// The methodology that is varied cannot be evaluated.
pub fn sobol(
    resolved: &Resolved,
    stated: &Sensitivity,
    league: &[String],
    period: &[String],
    progress: &Progress,
) -> Result<Analysed, Problems> {
    let tree = tree(resolved, stated);
    let ready = ready(resolved, stated, tree.as_ref())?;
    let model = &ready.model;
    let design = Design::new(stated.rows, model.widths(), stated.second, stated.seed)
        .expect("no more factors than were allowed");
    let asked = groups(resolved, &ready.rows, league, period)?;
    progress.step(&text!(progress_evaluating), 0, 1);
    let results = model.run(design.runs(), &|run| design.point(run));
    progress.step(&text!(progress_summing_up), 0, 1);
    let by = &stated.estimators;
    let mut found = Vec::new();
    for (league, period, rows) in asked {
        let shift = design.part(&results.shift(&rows, &ready.base));
        let parts = [8, 4, 2, 1].map(|part| stated.rows / part);
        let convergence =
            parts.into_par_iter().map(|rows| shift.head(rows).shares(by)).collect::<Vec<_>>();
        let whole = convergence.last().expect("four parts").clone();
        let mut outputs = vec![OfOutput { row: None, output: Output::Rank, shares: whole }];
        let all: Vec<(usize, Output)> = rows
            .iter()
            .flat_map(|&row| [Output::Score, Output::Rank, Output::Tier].map(|o| (row, o)))
            .collect();
        let of = |(row, output): (usize, Output)| {
            let runs: Runs = design.part(&results.of(row, output));
            let shares = runs.shares(by);
            (shares.rows > 0).then_some(OfOutput { row: Some(row), output, shares })
        };
        let others: Vec<Option<OfOutput>> = all.into_par_iter().map(of).collect();
        outputs.extend(others.into_iter().flatten());
        found.push(Group { league, period, rows, outputs, convergence });
    }
    Ok(Analysed {
        factors: stated.factors.iter().map(|factor| factor.name.clone()).collect(),
        runs: results.runs,
        failed: reasons(resolved, tree.as_ref(), model, &results),
        rows: ready.rows,
        groups: found,
    })
}

/// The tree of the multiverse of a declaration.
pub fn tree(resolved: &Resolved, stated: &Sensitivity) -> Option<Tree> {
    let multiverse = stated.multiverse.as_ref()?;
    // The design chooses branches, so that a sample of them would leave some out.
    let mut space = resolved.multiverses.get(multiverse)?.space.clone();
    space.sample = None;
    Some(Tree::new(space))
}

/// Elementary effects, of the mean shift of ranks and of every rank.
#[derive(Debug)]
pub struct Screened {
    /// The names of the factors.
    pub factors: Vec<String>,
    /// What each row of the results is about.
    pub rows: Vec<RowKey>,
    /// How many runs there are.
    pub runs: usize,
    /// Those that gave nothing.
    pub failed: Vec<Reason>,
    /// For each group its league and period, and the effects of each factor on each target.
    pub groups: Vec<(String, String, Vec<OnTarget>)>,
}

/// The effects of each factor on the rank of a row, or on the mean shift of ranks where there is no row.
pub type OnTarget = (Option<usize>, Vec<Effects>);

/// Morris's elementary effects.
///
/// # Errors
/// The methodology that is varied cannot be evaluated.
pub fn morris(
    resolved: &Resolved,
    stated: &Sensitivity,
    trajectories: Trajectories,
    league: &[String],
    period: &[String],
) -> Result<Screened, Problems> {
    let tree = tree(resolved, stated);
    let ready = ready(resolved, stated, tree.as_ref())?;
    let model = &ready.model;
    let asked = groups(resolved, &ready.rows, league, period)?;
    let widths = model.widths();
    let (points, _) = trajectories.points(widths.len());
    // All coordinates of a factor move together. The far end of the range is the last option of a choice.
    let spread = |run: usize| -> Vec<f64> {
        let of = points[run].iter().zip(&widths);
        of.flat_map(|(x, width)| std::iter::repeat_n(clamp(*x, 1e-9, 1.0 - 1e-9), *width)).collect()
    };
    let results = model.run(points.len(), &spread);
    let by = &stated.estimators;
    let of_group = |(league, period, rows): Together| {
        let of = |y: &[f64]| effects(&points, y, by.resamples, by.level, by.seed);
        let mut all = vec![(None, of(&results.shift(&rows, &ready.base)))];
        let ranks: Vec<_> = rows
            .into_par_iter()
            .map(|row| (Some(row), of(&results.of(row, Output::Rank))))
            .collect();
        all.extend(ranks);
        (league, period, all)
    };
    Ok(Screened {
        factors: stated.factors.iter().map(|factor| factor.name.clone()).collect(),
        runs: results.runs,
        failed: reasons(resolved, tree.as_ref(), model, &results),
        groups: asked.into_iter().map(of_group).collect(),
        rows: ready.rows,
    })
}

/// A sample of runs: the factors and the ranks, for shares by order and for boxes.
#[derive(Debug)]
pub struct Sample {
    /// The names of the factors.
    pub factors: Vec<String>,
    /// For each factor the values of all runs, and of a choice the labels of its options, which the values count.
    pub inputs: Vec<(Vec<f64>, Option<Vec<String>>)>,
    /// What each row is about.
    pub rows: Vec<RowKey>,
    /// The ranks and tiers of each row in every run; NaN where there is none.
    pub ranks: Vec<Vec<f64>>,
    /// The scores; empty of a ledger, which keeps none.
    pub scores: Vec<Vec<f64>>,
    /// The tiers, from 1 for the best; NaN where there is none.
    pub tiers: Vec<Vec<f64>>,
    /// The names of the tiers, best first, where they are known.
    pub labels: Vec<String>,
    /// The ranks of the methodology as published.
    pub base: Vec<f64>,
    /// How many runs gave nothing, by reason.
    pub failed: Vec<Reason>,
}

impl Sample {
    /// The branches of a ledger as runs.
    pub fn of_ledger(evaluated: &Evaluated) -> Sample {
        let tree = &evaluated.tree;
        let forks = &tree.space().forks;
        let rows = tree.rows().len();
        let (mut ranks, mut tiers) = (vec![Vec::new(); rows], vec![Vec::new(); rows]);
        let mut failed: Vec<Reason> = Vec::new();
        let mut lost = |why: Text| match failed.iter_mut().find(|f| f.why == why) {
            Some(known) => known.runs += 1,
            None => failed.push(Reason { runs: 1, why }),
        };
        for fate in tree.fates() {
            let kept = match fate {
                Fate::Evaluated(at) => evaluated.results[*at].as_ref().map_err(Clone::clone),
                Fate::Invalid(_) | Fate::Misfit(_) => Err(text!(sensitivity_excluded)),
            };
            for row in 0..rows {
                let (rank, tier) = match &kept {
                    Ok(kept) => (f64::from(kept.ranks[row]), kept.tiers.get(row).copied()),
                    Err(_) => (f64::NAN, None),
                };
                ranks[row].push(rank);
                let tier = tier.filter(|tier| *tier != Kept::NONE);
                tiers[row].push(tier.map_or(f64::NAN, |tier| f64::from(tier) + 1.0));
            }
            if let Err(why) = kept {
                lost(why);
            }
        }
        let inputs = forks.list().iter().enumerate().map(|(fork, of)| {
            let own = tree.numbers().iter().map(|&branch| forks.option(branch, fork) as f64);
            (own.collect(), Some(of.options.clone()))
        });
        let base = evaluated.base.as_ref();
        Sample {
            factors: forks.list().iter().map(|fork| fork.name.clone()).collect(),
            inputs: inputs.collect(),
            rows: tree.rows().to_vec(),
            ranks,
            scores: Vec::new(),
            tiers,
            labels: evaluated.labels.clone(),
            base: base
                .map_or(vec![f64::NAN; rows], |b| b.ranks.iter().map(|r| f64::from(*r)).collect()),
            failed,
        }
    }
}

/// Runs of a declaration that are independent of each other.
///
/// # Errors
/// The methodology that is varied cannot be evaluated.
pub fn sample(resolved: &Resolved, stated: &Sensitivity) -> Result<Sample, Problems> {
    let tree = tree(resolved, stated);
    let ready = ready(resolved, stated, tree.as_ref())?;
    Ok(drawn(resolved, stated, tree.as_ref(), ready))
}

/// The same, and what the order of its runs says of each group asked for.
///
/// # Errors
/// The methodology that is varied cannot be evaluated, or a period that no row has: before anything is run.
pub fn ordered(
    resolved: &Resolved,
    stated: &Sensitivity,
    league: &[String],
    period: &[String],
) -> Result<(Sample, ByOrder), Problems> {
    let tree = tree(resolved, stated);
    let ready = ready(resolved, stated, tree.as_ref())?;
    groups(resolved, &ready.rows, league, period)?;
    let sample = drawn(resolved, stated, tree.as_ref(), ready);
    let found = by_order(resolved, &sample, league, period)?;
    Ok((sample, found))
}

fn drawn(
    resolved: &Resolved,
    stated: &Sensitivity,
    tree: Option<&Tree>,
    ready: Ready<'_>,
) -> Sample {
    let model = &ready.model;
    let width = model.widths().iter().sum();
    let points: Vec<Vec<f64>> =
        (0..stated.rows).map(|run| independent(stated.seed, run, width)).collect();
    let results = model.run(stated.rows, &|run| points[run].clone());
    let (mut factors, mut inputs, mut at) = (Vec::new(), Vec::new(), 0);
    for factor in &stated.factors {
        for input in &factor.inputs {
            let coordinate = |run: usize| points[run][at];
            let value = |run: usize| match input {
                Input::Relative { by, .. } => times(*by, coordinate(run)),
                _ => coordinate(run),
            };
            let labels = match (input, &tree) {
                (Input::Choice { fork }, Some(tree)) => {
                    Some(tree.space().forks.list()[*fork].options.clone())
                }
                _ => None,
            };
            let values = (0..stated.rows).map(|run| match &labels {
                Some(labels) => option(labels.len(), coordinate(run)) as f64,
                None => value(run),
            });
            let name = match input {
                Input::Relative { node, .. } | Input::Simplex { node } => node.clone(),
                Input::Choice { .. } | Input::Errors { .. } => factor.name.clone(),
            };
            let is_noise = matches!(input, Input::Errors { .. });
            let values: Vec<f64> = values.collect();
            at += 1;
            // The number of a draw of errors is no value that means more or less.
            if !is_noise {
                factors.push(name);
                inputs.push((values, labels));
            }
        }
    }
    let of = |output| (0..ready.rows.len()).map(|row| results.of(row, output)).collect();
    Sample {
        factors,
        inputs,
        ranks: of(Output::Rank),
        scores: of(Output::Score),
        tiers: of(Output::Tier),
        labels: Vec::new(),
        base: ready.base.clone(),
        failed: reasons(resolved, tree, model, &results),
        rows: ready.rows,
    }
}

/// First-order shares from a sample by order: of the mean shift of ranks (no row) and of each rank, for each factor.
pub type ByOrder = Vec<(String, String, Vec<(Option<usize>, Vec<Option<f64>>)>)>;

/// Shares by order of each group asked for.
///
/// # Errors
/// A period that no row has.
pub fn by_order(
    resolved: &Resolved,
    sample: &Sample,
    league: &[String],
    period: &[String],
) -> Result<ByOrder, Problems> {
    let runs = sample.ranks.first().map_or(0, Vec::len);
    let of_group = |(league, period, rows): Together| {
        let rank = |row: usize, run: usize| sample.ranks[row][run];
        let shift = mean_shift(runs, &rows, &sample.base, &rank);
        let of = |y: &[f64]| -> Vec<Option<f64>> {
            sample.inputs.iter().map(|(x, _)| share_by_order(x, y)).collect()
        };
        let mut all = vec![(None, of(&shift))];
        all.extend(rows.into_iter().map(|row| (Some(row), of(&sample.ranks[row]))));
        (league, period, all)
    };
    let asked = groups(resolved, &sample.rows, league, period)?;
    Ok(asked.into_iter().map(of_group).collect())
}
