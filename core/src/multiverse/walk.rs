//! Evaluating branches block by block; what they share is computed once.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;

use super::tree::{LEVELS, Path, row_keys};
use super::{RowKey, Tree};
use crate::evaluation::{Evaluation, EvaluationError};
use crate::method::Stage;
use crate::methodology::{ContractProblem, Methodology, contract_problems};
use crate::tiering::Tier;

/// Why an evaluation gave nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// Stages that do not fit each other: found before anything is computed.
    Contract(Vec<ContractProblem>),
    /// A method that gave no result.
    Evaluation(Vec<EvaluationError>),
}

/// Ranks and tiers of one evaluation, by position in [`Tree::rows`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByRow {
    /// The scores of the index before rounding; NaN where there is none.
    pub scores: Vec<f64>,
    /// The ranks; NaN where there is none.
    pub ranks: Vec<f64>,
    /// The tiers, by position among `labels`; empty where no row has one.
    pub tiers: Vec<Option<Tier>>,
    /// The names of the tiers, best first, one league's after another's; numbers from 1 where they have no names.
    pub labels: Vec<String>,
}

/// The outcome of an evaluation. A failure that several evaluations share is the same `Arc`.
pub type Outcome = Result<ByRow, Arc<Failure>>;

/// The methodologies of a group that shares a score, and what the contracts between their stages say.
type Planned = (Vec<Arc<Methodology>>, Option<Arc<Failure>>);

type Node = Result<Arc<Evaluation>, Arc<Failure>>;

/// A walk through the tree: evaluations of what was walked last are kept, as long as they can be needed.
#[derive(Debug)]
pub struct Walk<'t> {
    tree: &'t Tree,
    /// The nodes above the last evaluation, from the ground to normalisation.
    above: Vec<(Path, Node)>,
    computed: [u64; LEVELS.len()],
}

/// Levels whose evaluations are kept for others; the two that follow are computed in one go.
const SHARED: usize = LEVELS.len() - 2;

impl<'t> Walk<'t> {
    /// At the beginning.
    pub fn new(tree: &'t Tree) -> Self {
        Walk { tree, above: Vec::new(), computed: [0; LEVELS.len()] }
    }

    /// How often each level was computed so far.
    pub fn computed(&self) -> [u64; LEVELS.len()] {
        self.computed
    }

    /// Evaluates a block; `evaluations` ascend, and go on after those of the last block. Results are in the same order
    /// and the same bits on any number of threads.
    pub fn block(&mut self, evaluations: &[usize]) -> Vec<Outcome> {
        let tree = self.tree;
        // Those that share a score are one group; of each, what the contracts between stages say.
        let groups: Vec<&[usize]> = evaluations
            .chunk_by(|a, b| tree.path(*a)[..=SHARED] == tree.path(*b)[..=SHARED])
            .collect();
        let mut planned: Vec<Planned> = groups
            .par_iter()
            .map(|group| {
                let own: Vec<_> = group.iter().map(|&e| Arc::new(tree.methodology(e))).collect();
                let problems = contract_problems(tree.study(group[0]), &own[0]);
                let failure = (!problems.is_empty()).then(|| Arc::new(Failure::Contract(problems)));
                (own, failure)
            })
            .collect();
        share_equal(&mut planned);

        let mut nodes: Vec<Option<Node>> = vec![None; groups.len()];
        let mut above = Vec::new();
        for level in 0..SHARED {
            let prefix = |g: usize| &tree.path(groups[g][0])[..=level];
            let live: Vec<usize> = (0..groups.len()).filter(|&g| planned[g].1.is_none()).collect();
            let runs: Vec<&[usize]> = live.chunk_by(|a, b| prefix(*a) == prefix(*b)).collect();
            let done: Vec<(Node, bool)> = runs
                .par_iter()
                .map(|run| {
                    let kept = self.above.get(level);
                    if let Some((path, node)) = kept
                        && path[..=level] == *prefix(run[0])
                    {
                        return (node.clone(), false);
                    }
                    let methodology = Arc::clone(&planned[run[0]].0[0]);
                    let mut evaluation = match &nodes[run[0]] {
                        None => {
                            let study = Arc::clone(tree.study(groups[run[0]][0]));
                            Evaluation::begun(study, Arc::clone(&methodology))
                        }
                        Some(Ok(parent)) => Evaluation::clone(parent),
                        Some(Err(failure)) => return (Err(Arc::clone(failure)), false),
                    };
                    let node = evaluation
                        .advance(methodology, LEVELS[level])
                        .map(|()| Arc::new(evaluation))
                        .map_err(|errors| Arc::new(Failure::Evaluation(errors)));
                    (node, true)
                })
                .collect();
            for (run, (node, _)) in runs.iter().zip(&done) {
                run.iter().for_each(|&g| nodes[g] = Some(node.clone()));
            }
            self.computed[level] += done.iter().filter(|(_, computed)| *computed).count() as u64;
            if let (Some(run), Some((node, _))) = (runs.last(), done.last()) {
                above.push((*tree.path(groups[run[0]][0]), node.clone()));
            }
        }
        if above.len() == SHARED {
            self.above = above;
        }

        let done: Vec<(Vec<Outcome>, bool, u64)> = groups
            .par_iter()
            .zip(&planned)
            .zip(&nodes)
            .map(|((group, (own, contract)), node)| {
                let fail = |failure: &Arc<Failure>| vec![Err(Arc::clone(failure)); group.len()];
                if let Some(failure) = contract {
                    return (fail(failure), false, 0);
                }
                let parent = match node.as_ref().expect("computed above") {
                    Ok(parent) => parent,
                    Err(failure) => return (fail(failure), false, 0),
                };
                let mut evaluation = Evaluation::clone(parent);
                if let Err(errors) = evaluation.advance(Arc::clone(&own[0]), Stage::Aggregation) {
                    return (fail(&Arc::new(Failure::Evaluation(errors))), true, 0);
                }
                let outcomes = group.iter().zip(own).map(|(&at, methodology)| {
                    evaluation
                        .advance(Arc::clone(methodology), Stage::Tiering)
                        .map(|()| by_row(&evaluation, tree.places(at), tree.rows().len()))
                        .map_err(|errors| Arc::new(Failure::Evaluation(errors)))
                });
                (outcomes.collect(), true, group.len() as u64)
            })
            .collect();
        for (_, aggregated, ranked) in &done {
            self.computed[SHARED] += u64::from(*aggregated);
            self.computed[SHARED + 1] += ranked;
        }
        done.into_iter().flat_map(|(outcomes, ..)| outcomes).collect()
    }
}

/// Equal contract failures become one.
fn share_equal(planned: &mut [Planned]) {
    let mut last: Option<Arc<Failure>> = None;
    for (_, failure) in planned {
        if let Some(failure) = failure {
            match &last {
                Some(last) if **last == **failure => *failure = Arc::clone(last),
                _ => last = Some(Arc::clone(failure)),
            }
        }
    }
}

impl ByRow {
    /// The results of an evaluation, its rows found among `rows`; those that are not there are left out.
    pub fn of(evaluation: &Evaluation, rows: &[RowKey]) -> ByRow {
        let place_of: IndexMap<&RowKey, u32> = rows.iter().zip(0..).collect();
        let own = row_keys(evaluation.given_study());
        let places = own.map(|key| place_of.get(&key).copied().unwrap_or(u32::MAX));
        by_row(evaluation, &places.collect::<Vec<_>>(), rows.len())
    }
}

fn by_row(evaluation: &Evaluation, places: &[u32], rows: usize) -> ByRow {
    let mut found = ByRow {
        scores: vec![f64::NAN; rows],
        ranks: vec![f64::NAN; rows],
        tiers: Vec::new(),
        labels: Vec::new(),
    };
    if evaluation.tiers().iter().any(Option::is_some) {
        found.tiers.resize(rows, None);
    }
    let mut labels: IndexSet<String> = IndexSet::new();
    for slice in evaluation.study().panel.slices() {
        labels.extend(evaluation.tier_labels(slice.rows.start).iter().cloned());
    }
    for row in 0..evaluation.study().panel.rows() {
        let place = places[evaluation.given_row(row)] as usize;
        if place >= rows {
            continue;
        }
        found.scores[place] = evaluation.exact().values()[row];
        found.ranks[place] = evaluation.ranks()[row];
        let Some(tier) = evaluation.tiers()[row] else { continue };
        let at = match evaluation.tier_labels(row).get(usize::from(tier)) {
            Some(name) => labels.get_index_of(name).expect("collected above"),
            None => {
                while labels.len() <= usize::from(tier) {
                    labels.insert((labels.len() + 1).to_string());
                }
                usize::from(tier)
            }
        };
        found.tiers[place] = Some(at as Tier);
    }
    found.labels = labels.into_iter().collect();
    found
}
