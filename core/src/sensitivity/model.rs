//! An index as a function of uncertain inputs: what a point of the unit cube means, and the results of many points.

use std::sync::Arc;

use rayon::prelude::*;

use crate::evaluation::Evaluation;
use crate::method::{MethodError, Needs, Scratch, Stage};
use crate::methodology::{Across, Methodology, Plan, contract_problems};
use crate::model::{Column, Node, NodeId, Study, System};
use crate::multiverse::{Failure, Fate, RowKey, Tree, row_keys};
use crate::number;
use crate::robustness::{Common, SamplingError};
use crate::weighting::{Siblings, Weighting};

/// One uncertain input: it takes one coordinate of the unit cube.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The weight of the node of this code among its siblings, times a number uniform on \[1 - by, 1 + by\]; all weights of
    /// the siblings are then scaled to their sum.
    Relative {
        /// The code of the node.
        node: String,
        /// By how much, as a share: 0.25 for a quarter.
        by: f64,
    },
    /// The weight of the node of this code is an exponential number. Where that holds of all siblings, their weights are
    /// uniform on the simplex (the Dirichlet distribution with parameters of one).
    Simplex {
        /// The code of the node.
        node: String,
    },
    /// An option of the fork at this position; all are as likely as each other.
    Choice {
        /// The fork.
        fork: usize,
    },
    /// The sampling errors of the indicators at these positions among [`Model::errors`], in all regions.
    Errors {
        /// Which of them.
        of: Vec<usize>,
    },
}

crate::method::choice! {
    /// How weights vary.
    pub enum Weights {
        /// Each around its own.
        Relative = "relative",
        /// All weights of siblings are as likely as each other.
        Simplex = "simplex",
    }
}

/// Inputs that are moved together, with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its name.
    pub name: String,
    /// Its inputs.
    pub inputs: Vec<Input>,
}

/// What is run.
#[derive(Debug)]
pub struct Model<'a> {
    /// The data, with the rows of the methodology's periods only.
    pub study: Arc<Study>,
    /// The methodology that is changed.
    pub methodology: Arc<Methodology>,
    /// Choices, which stand in place of study and methodology.
    pub choices: Option<&'a Tree>,
    /// The errors of the data.
    pub errors: &'a [SamplingError],
    /// What varies.
    pub factors: Vec<Factor>,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// The score of a region.
    Score,
    /// Its rank.
    Rank,
    /// Its tier, the best being 1.
    Tier,
}

/// Why runs gave nothing.
#[derive(Clone, Debug)]
pub struct Failed {
    /// How many.
    pub runs: usize,
    /// The first of them.
    pub first: usize,
    /// Of a branch: its evaluation, by position in the tree.
    pub evaluation: Option<usize>,
    /// Why; none where the branch is excluded by a constraint or its options do not fit together.
    pub failure: Option<Arc<Failure>>,
}

/// The results of all runs.
#[derive(Clone, Debug)]
pub struct Results {
    /// What each row is about.
    pub rows: Vec<RowKey>,
    /// How many runs there are.
    pub runs: usize,
    /// Scores, by row and run; NaN where there is none.
    scores: Vec<f64>,
    /// Ranks, by row and run.
    ranks: Vec<f32>,
    /// Tiers counted from 1, by row and run; 0 where there is none.
    tiers: Vec<u8>,
    /// The runs that gave nothing, by reason.
    pub failed: Vec<Failed>,
}

impl Results {
    /// The results of a row in every run; NaN where there is none.
    pub fn of(&self, row: usize, output: Output) -> Vec<f64> {
        let at = row * self.runs..(row + 1) * self.runs;
        match output {
            Output::Score => self.scores[at].to_vec(),
            Output::Rank => self.ranks[at].iter().map(|rank| f64::from(*rank)).collect(),
            Output::Tier => {
                let tier = |t: &u8| if *t == 0 { f64::NAN } else { f64::from(*t) };
                self.tiers[at].iter().map(tier).collect()
            }
        }
    }

    /// For each run, the mean over `rows` of how far the rank is from that in `base`; NaN for a run that failed.
    pub fn shift(&self, rows: &[usize], base: &[f64]) -> Vec<f64> {
        let rank = |row: usize, run: usize| f64::from(self.ranks[row * self.runs + run]);
        mean_shift(self.runs, rows, base, &rank)
    }
}

/// For each run, the mean over `rows` of how far the rank is from that in `base`, `rank` giving it by row and run; NaN where
/// no row has one.
pub fn mean_shift(
    runs: usize,
    rows: &[usize],
    base: &[f64],
    rank: &(dyn Fn(usize, usize) -> f64 + Sync),
) -> Vec<f64> {
    let of_run = |run: usize| {
        let moved = |&row: &usize| (rank(row, run) - base[row]).abs();
        let shifts: Vec<f64> = rows.iter().map(moved).filter(|shift| !shift.is_nan()).collect();
        number::mean(&shifts).unwrap_or(f64::NAN)
    };
    (0..runs).into_par_iter().map(of_run).collect()
}

/// By how much a weight is multiplied at a coordinate of the unit cube: uniform on \[1 - by, 1 + by\].
pub fn times(by: f64, x: f64) -> f64 {
    1.0 + by * (2.0 * x - 1.0)
}

/// The option out of so many at a coordinate of the unit cube.
pub fn option(options: usize, x: f64) -> usize {
    ((x * options as f64) as usize).min(options - 1)
}

/// Which branch a run takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    /// The study and methodology of the model.
    Base,
    /// An evaluation of the tree.
    Evaluation(usize),
    /// A branch that is not evaluated.
    Nothing,
}

/// What a run gives: by row of the model.
type Row = (f64, f32, u8);

impl Model<'_> {
    /// How many coordinates each factor takes.
    pub fn widths(&self) -> Vec<usize> {
        self.factors.iter().map(|factor| factor.inputs.len()).collect()
    }

    fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.factors.iter().flat_map(|factor| &factor.inputs)
    }

    /// What each row of the results is about.
    pub fn rows(&self) -> Vec<RowKey> {
        match self.choices {
            Some(tree) => tree.rows().to_vec(),
            None => row_keys(&self.study).collect(),
        }
    }

    fn taken(&self, point: &[f64]) -> Taken {
        let Some(tree) = self.choices else { return Taken::Base };
        let forks = &tree.space().forks;
        let mut branch = 0;
        let mut chosen = vec![0; forks.list().len()];
        for (input, x) in self.inputs().zip(point) {
            if let Input::Choice { fork } = input {
                chosen[*fork] = option(forks.list()[*fork].options.len(), *x);
            }
        }
        for (fork, option) in forks.list().iter().zip(chosen) {
            branch = branch * fork.options.len() as u64 + option as u64;
        }
        match tree.numbers().binary_search(&branch).map(|at| tree.fates()[at]) {
            Ok(Fate::Evaluated(at)) => Taken::Evaluation(at),
            _ => Taken::Nothing,
        }
    }

    /// The results at points of the unit cube, `point` giving that of each run. Runs are taken in fixed pieces, so that
    /// the bits do not depend on the number of threads; runs of one branch share what their weights do not change.
    pub fn run(&self, runs: usize, point: &(dyn Fn(usize) -> Vec<f64> + Sync)) -> Results {
        const PIECE: usize = 64;
        let rows = self.rows();
        let mut order: Vec<(Taken, usize)> =
            (0..runs).into_par_iter().map(|run| (self.taken(&point(run)), run)).collect();
        order.par_sort_unstable();
        let pieces: Vec<_> =
            order.par_chunks(PIECE).map(|piece| self.piece(piece, rows.len(), point)).collect();
        let mut results = Results {
            scores: vec![f64::NAN; rows.len() * runs],
            ranks: vec![f32::NAN; rows.len() * runs],
            tiers: vec![0; rows.len() * runs],
            rows,
            runs,
            failed: Vec::new(),
        };
        for ((taken, run), outcome) in order.iter().zip(pieces.into_iter().flatten()) {
            match outcome {
                Ok(found) => {
                    for (row, (score, rank, tier)) in found.into_iter().enumerate() {
                        let at = row * runs + run;
                        results.scores[at] = score;
                        results.ranks[at] = rank;
                        results.tiers[at] = tier;
                    }
                }
                Err(failure) => results.fail(*run, *taken, failure),
            }
        }
        results.failed.sort_by_key(|failed| failed.first);
        results
    }

    fn piece(
        &self,
        piece: &[(Taken, usize)],
        rows: usize,
        point: &(dyn Fn(usize) -> Vec<f64> + Sync),
    ) -> Vec<Result<Vec<Row>, Option<Arc<Failure>>>> {
        let mut found = Vec::with_capacity(piece.len());
        for of_branch in piece.chunk_by(|a, b| a.0 == b.0) {
            let taken = of_branch[0].0;
            let (study, methodology) = match (taken, self.choices) {
                (Taken::Nothing, _) => {
                    found.extend(of_branch.iter().map(|_| Err(None)));
                    continue;
                }
                (Taken::Evaluation(at), Some(tree)) => {
                    (Arc::clone(tree.study(at)), Arc::new(tree.methodology(at)))
                }
                _ => (Arc::clone(&self.study), Arc::clone(&self.methodology)),
            };
            let contract = contract_problems(&study, &methodology);
            let base = match contract.is_empty() {
                true => Evaluation::new(study, Arc::clone(&methodology))
                    .map_err(|errors| Arc::new(Failure::Evaluation(errors))),
                false => Err(Arc::new(Failure::Contract(contract))),
            };
            let base = match base {
                Ok(base) => base,
                Err(failure) => {
                    found.extend(of_branch.iter().map(|_| Err(Some(Arc::clone(&failure)))));
                    continue;
                }
            };
            let places = match (taken, self.choices) {
                (Taken::Evaluation(at), Some(tree)) => tree.places(at).to_vec(),
                _ => (0..rows as u32).collect(),
            };
            let mut replayed = base.clone();
            for (_, run) in of_branch {
                let point = point(*run);
                let weights = self.weights(&methodology.system, &point);
                let columns = self.columns(&base, &point);
                let outcome = if columns.is_empty() && weights.is_empty() {
                    Ok(collected(&base, &places, rows))
                } else {
                    let own = match weights.is_empty() {
                        true => Arc::clone(&methodology),
                        false => Arc::new(reweighed(&methodology, &weights)),
                    };
                    if columns.is_empty() {
                        replayed
                            .replay(own, Stage::Weighting)
                            .map(|()| collected(&replayed, &places, rows))
                    } else {
                        let mut study = Study::clone(base.given_study());
                        for (name, column) in columns {
                            study.columns.insert(name, column);
                        }
                        Evaluation::new(Arc::new(study), own).map(|e| collected(&e, &places, rows))
                    }
                };
                found.push(outcome.map_err(|errors| Some(Arc::new(Failure::Evaluation(errors)))));
            }
        }
        found
    }

    /// By how much the weights of nodes are multiplied.
    fn weights(&self, system: &System, point: &[f64]) -> Vec<(NodeId, Varied)> {
        let varied = self.inputs().zip(point).filter_map(|(input, &x)| match input {
            Input::Relative { node, by } => {
                Some((system.find(node)?, Varied::Times(times(*by, x))))
            }
            Input::Simplex { node } => Some((system.find(node)?, Varied::Is(-libm::log(1.0 - x)))),
            Input::Choice { .. } | Input::Errors { .. } => None,
        });
        varied.collect()
    }

    /// The number of what errors have in common, after those of the errors.
    fn number_of(&self, common: &str) -> u64 {
        let names = |error: &SamplingError| error.common.as_ref().is_some_and(|c| c.name == common);
        let first = self.errors.iter().position(names).unwrap_or_default();
        (self.errors.len() + first) as u64
    }

    /// The raw columns with errors, drawn again: each cell that has an error, from a normal distribution.
    fn columns(&self, base: &Evaluation, point: &[f64]) -> Vec<(String, Column)> {
        let system = &base.methodology().system;
        let mut columns: Vec<(String, Column)> = Vec::new();
        for (input, x) in self.inputs().zip(point) {
            let Input::Errors { of } = input else { continue };
            // The coordinate is the number of a draw: other digits, other errors.
            let draw = x.to_bits();
            for &at in of {
                let stated = &self.errors[at];
                let leaf = system.leaves().iter().position(|l| system.node(*l).code == stated.leaf);
                let Some(leaf) = leaf else { continue };
                let indicator = system.indicator(leaf);
                if indicator.is_computed() {
                    continue;
                }
                let name = indicator.column.clone().unwrap_or_else(|| stated.leaf.clone());
                let study = base.given_study();
                let Some(column) = study.columns.get(&name) else { continue };
                let denominator = indicator.denominator.as_ref().and_then(|d| study.columns.get(d));
                let scale = indicator.scale.filter(|_| denominator.is_some()).unwrap_or(1.0);
                let mut changed = column.clone();
                for row in 0..base.study().panel.rows() {
                    let value = base.indicators().column(leaf).values()[row];
                    let Ok(cell) = stated.of_cell(base, row, value, 0.95) else { continue };
                    let given = base.given_row(row);
                    let unit = denominator.map_or(1.0, |d| d.values()[given]) / scale;
                    let (lower, upper) = stated.limits();
                    let own = number::normal(draw, at as u64, given as u64);
                    let deviation = stated.common.as_ref().map_or(own, |common| {
                        let part = self.number_of(&common.name);
                        let part = number::normal(draw, part, given as u64);
                        Common::mixed(common.correlation, own, part)
                    });
                    let step = cell.error * deviation;
                    let drawn = number::clamp(value + step, lower, upper);
                    changed = changed.with_cell(given, drawn * unit);
                }
                columns.push((name, changed));
            }
        }
        columns
    }
}

impl Results {
    fn fail(&mut self, run: usize, taken: Taken, failure: Option<Arc<Failure>>) {
        let same = |other: &Failed| match (&other.failure, &failure) {
            (None, None) => true,
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
            _ => false,
        };
        if let Some(known) = self.failed.iter_mut().find(|other| same(other)) {
            known.runs += 1;
            known.first = known.first.min(run);
            return;
        }
        let evaluation = match taken {
            Taken::Evaluation(at) => Some(at),
            Taken::Base | Taken::Nothing => None,
        };
        self.failed.push(Failed { runs: 1, first: run, evaluation, failure });
    }
}

fn collected(evaluation: &Evaluation, places: &[u32], rows: usize) -> Vec<Row> {
    let mut found = vec![(f64::NAN, f32::NAN, 0); rows];
    let exact = evaluation.exact().values();
    for row in 0..evaluation.study().panel.rows() {
        let place = places[evaluation.given_row(row)] as usize;
        if let Some(found) = found.get_mut(place) {
            let tier =
                evaluation.tiers()[row].map_or(0, |t| u8::try_from(t + 1).unwrap_or(u8::MAX));
            *found = (exact[row], evaluation.ranks()[row] as f32, tier);
        }
    }
    found
}

/// Another weight for a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Varied {
    /// Its own, multiplied.
    Times(f64),
    /// This one, in place of its own, where all siblings have one; a share of theirs otherwise.
    Is(f64),
}

/// The methodology with other weights for some nodes.
pub(super) fn reweighed(methodology: &Methodology, varied: &[(NodeId, Varied)]) -> Methodology {
    let system = &methodology.system;
    let mut other = methodology.clone();
    let parents: Vec<NodeId> = match methodology.across {
        Across::Leaves => vec![system.root()],
        Across::Siblings => {
            let mut parents: Vec<NodeId> =
                varied.iter().filter_map(|(node, _)| system.node(*node).parent).collect();
            parents.sort_unstable_by_key(|node| node.index());
            parents.dedup();
            parents
        }
    };
    let mut plan: Plan<dyn Weighting> = methodology.weighting.clone();
    let codes: Vec<(String, Varied)> =
        varied.iter().map(|(node, by)| (system.node(*node).code.clone(), *by)).collect();
    let codes = Arc::new(codes);
    for parent in parents {
        let mut choice = methodology.weighting.at(parent).clone();
        choice.method =
            Arc::new(Reweighed { inner: Arc::clone(&choice.method), by: Arc::clone(&codes) });
        plan = plan.with(parent, choice);
    }
    other.weighting = plan;
    other
}

/// A weighting whose weights are changed, and scaled to the sum that they had.
struct Reweighed {
    inner: Arc<dyn Weighting>,
    by: Arc<Vec<(String, Varied)>>,
}

impl Weighting for Reweighed {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        crate::weighting::find(&*self.inner, siblings, scratch, out)?;
        let before = number::sum(out);
        for (weight, node) in out.iter_mut().zip(siblings.nodes) {
            match self.by.iter().find(|(code, _)| *code == node.code) {
                Some((_, Varied::Times(by))) => *weight *= by,
                Some((_, Varied::Is(is))) => *weight = *is,
                None => {}
            }
        }
        let after = number::sum(out);
        if after > 0.0 {
            out.iter_mut().for_each(|weight| *weight *= before / after);
        }
        Ok(())
    }

    fn needs(&self) -> Needs {
        self.inner.needs()
    }

    fn looks_at_scores(&self) -> bool {
        self.inner.looks_at_scores()
    }

    fn rescales(&self) -> bool {
        self.inner.rescales()
    }

    fn stated(&self, _: &Node) -> Option<f64> {
        None
    }

    fn needs_fact(&self) -> Option<&'static str> {
        self.inner.needs_fact()
    }
}
