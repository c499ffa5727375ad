//! One change at a time: without each part of the tree, with equal weights, with each other method that needs no settings.

use std::sync::Arc;

use rayon::prelude::*;

use crate::evaluation::Evaluation;
use crate::method::{Entry, Settings, Stage};
use crate::methodology::{Choice, Methodology, Plan, contract_problems};
use crate::model::NodeId;
use crate::multiverse::{Failure, RowKey, row_keys};
use crate::number;
use crate::{aggregation, imputation, normalisation, treatment, weighting};

/// One change of a methodology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A node and everything below it is left out.
    Without(NodeId),
    /// The children of a node have equal weights.
    EqualBelow(NodeId),
    /// All siblings have equal weights.
    EqualEverywhere,
    /// Another method for the whole stage.
    Method(Stage, &'static str),
}

/// What became of the regions.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The rank of each row of the evaluation from which the step starts; NaN where it has none.
    pub ranks: Vec<f64>,
    /// The mean over the ranked rows of how far the rank is from the one before.
    pub shift: f64,
    /// The largest of these distances, and a row that has it.
    pub largest: Option<(usize, f64)>,
    /// How many rows have another rank.
    pub moved: usize,
    /// How many rows have another tier.
    pub other_tier: usize,
    /// Kendall's rank correlation with the ranks before; none where one of them does not vary.
    pub correlation: Option<f64>,
}

/// A step and what came of it.
#[derive(Clone, Debug)]
pub struct Change {
    /// The step.
    pub step: Step,
    /// What became of the regions, or why nothing did.
    pub taken: Result<Taken, Failure>,
}

/// Every step from an evaluation, for the rows in `rows`. Steps that change nothing by their nature are left out: the method
/// that is used already, equal weights where they are equal, a node that cannot be left out.
pub fn steps(evaluation: &Evaluation, rows: &[usize]) -> Vec<Change> {
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let mut all: Vec<Step> = Vec::new();
    for at in 0..system.nodes().len() as u32 {
        all.push(Step::Without(NodeId(at)));
    }
    all.push(Step::EqualEverywhere);
    let unequal = |node: &&NodeId| {
        (0..evaluation.study().panel.slices().len()).any(|slice| {
            let weights = evaluation.weights(slice);
            let mut children = system.node(**node).children.iter().map(|c| weights[c.index()]);
            let first = children.next().unwrap_or(1.0);
            children.any(|weight| (weight - first).abs() > 1e-12)
        })
    };
    let inner: Vec<NodeId> = system.inner().iter().filter(unequal).copied().collect();
    if inner.is_empty() {
        all.retain(|step| *step != Step::EqualEverywhere);
    }
    all.extend(inner.into_iter().map(Step::EqualBelow));
    fn names<M: ?Sized>(table: &[Entry<M>]) -> impl Iterator<Item = &'static str> + '_ {
        let usable = |entry: &&Entry<M>| (entry.make)(&Settings::default()).is_ok();
        table.iter().filter(usable).map(|entry| entry.name)
    }
    let mut of_stage = |stage, names: Vec<&'static str>| {
        all.extend(names.into_iter().map(|name| Step::Method(stage, name)));
    };
    of_stage(Stage::Imputation, names(imputation::TABLE).collect());
    of_stage(Stage::Treatment, names(treatment::TABLE).collect());
    of_stage(Stage::Normalisation, names(normalisation::TABLE).collect());
    of_stage(Stage::Weighting, names(weighting::TABLE).collect());
    of_stage(Stage::Aggregation, names(aggregation::TABLE).collect());
    let keys: Vec<RowKey> = row_keys(evaluation.study()).collect();
    all.into_par_iter()
        .filter_map(|step| {
            let other = match &step {
                Step::Without(node) => evaluation.without_node(*node)?.map_err(Failure::Evaluation),
                _ => replaced(evaluation, &step)?,
            };
            let taken = other.map(|other| taken(evaluation, &keys, rows, &other));
            Some(Change { step, taken })
        })
        .collect()
}

/// The evaluation after a step that changes a method.
fn replaced(evaluation: &Evaluation, step: &Step) -> Option<Result<Evaluation, Failure>> {
    let before = evaluation.methodology();
    let system = &before.system;
    let mut after = Methodology::clone(before);
    let equal = || Choice::built_in(weighting::TABLE, "equal");
    /// One method for the whole stage, unless it is the only one already.
    fn whole<M: ?Sized>(
        plan: &Plan<M>,
        system: &crate::model::System,
        choice: Choice<M>,
    ) -> Option<Plan<M>> {
        let is_it =
            |other: &Choice<M>| other.name == choice.name && other.settings == choice.settings;
        match plan.choices().iter().all(is_it) {
            true => None,
            false => Some(Plan::whole(system, choice)),
        }
    }
    let from = match *step {
        Step::Without(_) => return None,
        Step::EqualBelow(node) => {
            after.weighting = before.weighting.with(node, equal());
            Stage::Weighting
        }
        Step::EqualEverywhere => {
            after.weighting = Plan::whole(system, equal());
            Stage::Weighting
        }
        Step::Method(stage, name) => {
            match stage {
                Stage::Imputation => {
                    let choice = Choice::built_in(imputation::TABLE, name);
                    after.imputation = whole(&before.imputation, system, choice)?;
                }
                Stage::Treatment => {
                    let choice = Choice::built_in(treatment::TABLE, name);
                    let plan = match before.treatment.as_slice() {
                        [one] => whole(one, system, choice)?,
                        _ => Plan::whole(system, choice),
                    };
                    after.treatment = vec![plan];
                }
                Stage::Normalisation => {
                    let choice = Choice::built_in(normalisation::TABLE, name);
                    after.normalisation = whole(&before.normalisation, system, choice)?;
                }
                Stage::Weighting => {
                    // It stands among the steps by a name of its own.
                    if name == "equal" {
                        return None;
                    }
                    let choice = Choice::built_in(weighting::TABLE, name);
                    after.weighting = whole(&before.weighting, system, choice)?;
                }
                Stage::Aggregation => {
                    let choice = Choice::built_in(aggregation::TABLE, name);
                    after.aggregation = whole(&before.aggregation, system, choice)?;
                }
                Stage::System | Stage::Tiering => return None,
            }
            stage
        }
    };
    let problems = contract_problems(evaluation.study(), &after);
    if !problems.is_empty() {
        return Some(Err(Failure::Contract(problems)));
    }
    // Regions that were left out are left out before; they are counted again where cells are filled in another way.
    let study = evaluation.study().clone();
    after.periods = None;
    after.screening = None;
    if before.screening.is_some() || before.periods.is_some() {
        return Some(Evaluation::new(study, Arc::new(after)).map_err(Failure::Evaluation));
    }
    let mut other = evaluation.clone();
    let done = other.replay(Arc::new(after), from);
    Some(done.map(|()| other).map_err(Failure::Evaluation))
}

fn taken(before: &Evaluation, keys: &[RowKey], rows: &[usize], after: &Evaluation) -> Taken {
    let place: indexmap::IndexMap<RowKey, usize> = row_keys(after.study()).zip(0..).collect();
    let of = |row: usize| place.get(&keys[row]).copied();
    let ranks: Vec<f64> =
        (0..keys.len()).map(|row| of(row).map_or(f64::NAN, |at| after.ranks()[at])).collect();
    let known: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|&row| !ranks[row].is_nan() && !before.ranks()[row].is_nan())
        .collect();
    let shifts: Vec<f64> =
        known.iter().map(|&row| (ranks[row] - before.ranks()[row]).abs()).collect();
    let mut largest: Option<(usize, f64)> = None;
    for (&row, &shift) in known.iter().zip(&shifts) {
        if shift > largest.map_or(0.0, |(_, most)| most) {
            largest = Some((row, shift));
        }
    }
    let other_tier = known
        .iter()
        .filter(|&&row| of(row).is_some_and(|at| after.tiers()[at] != before.tiers()[row]));
    let (x, y): (Vec<f64>, Vec<f64>) =
        known.iter().map(|&row| (before.ranks()[row], ranks[row])).unzip();
    Taken {
        shift: number::mean(&shifts).unwrap_or(f64::NAN),
        largest,
        moved: shifts.iter().filter(|shift| **shift != 0.0).count(),
        other_tier: other_tier.count(),
        correlation: number::Correlation::Kendall.of(&x, &y),
        ranks,
    }
}
