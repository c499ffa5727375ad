//! The stages that work on the children of a node: weighting and aggregation, from the leaves up.

use quanheng_words::text;

use super::columns::locate;
use super::layout::RowSet;
use super::{Evaluation, EvaluationError};
use crate::aggregation::Children;
use crate::method::{MethodError, Stage};
use crate::methodology::{Across, Choice};
use crate::model::{Column, Direction, Node, NodeId, State, Study, System};
use crate::number;
use crate::weighting::{Siblings, Weighting};

/// The nodes of each league that has full marks of its own, sums carried up the tree.
pub(super) fn league_nodes(study: &Study, system: &System) -> Vec<Option<Vec<Node>>> {
    let of_league = |league: &crate::model::League| {
        (!league.full_marks.is_empty()).then(|| {
            let mut nodes = system.nodes().to_vec();
            for &(node, marks) in &league.full_marks {
                nodes[node.index()].full_marks = Some(marks);
            }
            for &id in system.inner() {
                if league.full_marks.iter().all(|(node, _)| *node != id) {
                    let children = nodes[id.index()].children.iter();
                    let sum: Option<f64> = children.map(|c| nodes[c.index()].full_marks).sum();
                    nodes[id.index()].full_marks = sum.or(nodes[id.index()].full_marks);
                }
            }
            nodes
        })
    };
    study.leagues.iter().map(of_league).collect()
}

/// Columns restricted to a set of rows, copied only where the rows do not lie together.
enum Part<'a> {
    Borrowed(Vec<&'a [f64]>),
    Copied(Vec<Vec<f64>>),
}

impl<'a> Part<'a> {
    fn new(set: &RowSet, columns: impl Iterator<Item = &'a Column>) -> Self {
        match set {
            RowSet::Range(range) => {
                Part::Borrowed(columns.map(|c| &c.values()[range.clone()]).collect())
            }
            RowSet::List { .. } => Part::Copied(columns.map(|c| set.gather(c.values())).collect()),
        }
    }

    fn with<T>(&self, f: impl FnOnce(&[&[f64]]) -> T) -> T {
        match self {
            Part::Borrowed(columns) => f(columns),
            Part::Copied(columns) => f(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>()),
        }
    }
}

impl Evaluation {
    /// Puts the nodes together under these weights, whatever the methodology's weighting: for each slice of the panel one
    /// weight a node among its siblings, by position in the system. Ranks follow; tiers stay as they were.
    ///
    /// # Errors
    /// As [`Evaluation::replay`].
    ///
    /// # Panics
    /// If there is not a weight for each node in each slice.
    pub(crate) fn reweigh(&mut self, weights: Vec<Vec<f64>>) -> Result<(), Vec<EvaluationError>> {
        let system = self.methodology.system.clone();
        assert_eq!(weights.len(), self.study.panel.slices().len(), "weights for each slice");
        assert!(weights.iter().all(|w| w.len() == system.nodes().len()), "a weight a node");
        self.weights = weights;
        for &node in system.inner() {
            self.put_together(&system, node).map_err(|e| vec![e])?;
        }
        self.rank();
        Ok(())
    }

    pub(super) fn aggregate(&mut self) -> Result<(), Vec<EvaluationError>> {
        let system = self.methodology.system.clone();
        let nodes = system.nodes().len();
        self.scores.resize(nodes, Column::default());
        for (k, &leaf) in system.leaves().iter().enumerate() {
            self.scores[leaf.index()] = self.normalised.columns()[k].clone();
        }
        self.weights.resize(self.study.panel.slices().len(), Vec::new());
        for weights in &mut self.weights {
            weights.clear();
            weights.resize(nodes, 1.0);
        }
        if self.methodology.across == Across::Leaves {
            self.weigh_leaves(&system)?;
        }
        for &node in system.inner() {
            if self.methodology.across == Across::Siblings {
                self.weigh(&system, node).map_err(|e| vec![e])?;
            }
            self.put_together(&system, node).map_err(|e| vec![e])?;
        }
        Ok(())
    }

    /// Weighs the children of a node, in each set of rows that the weighting looks at.
    fn weigh(&mut self, system: &System, node: NodeId) -> Result<(), EvaluationError> {
        let methodology = self.methodology.clone();
        let choice = methodology.weighting.at(node);
        let children = &system.node(node).children;
        let mut weights = vec![0.0; children.len()];
        for set in self.layout.sets(choice.over, choice.among) {
            let part = Part::new(set, children.iter().map(|c| &self.scores[c.index()]));
            found_weights(self, choice, node, children, set, &part, &mut weights)
                .map_err(|e| locate(Stage::Weighting, choice, node, children, set, e))?;
            for (slice, of_slice) in self.study.panel.slices().iter().zip(&mut self.weights) {
                if set.contains(slice.rows.start) {
                    for (child, &weight) in children.iter().zip(&weights) {
                        of_slice[child.index()] = weight;
                    }
                }
            }
        }
        Ok(())
    }

    /// Weighs all leaves at once; a node has the sum of its leaves' weights.
    fn weigh_leaves(&mut self, system: &System) -> Result<(), Vec<EvaluationError>> {
        let methodology = self.methodology.clone();
        let root = system.root();
        let choice = methodology.weighting.at(root);
        let leaves = system.leaves();
        let mut weights = vec![0.0; leaves.len()];
        for set in self.layout.sets(choice.over, choice.among) {
            let part = Part::new(set, leaves.iter().map(|c| &self.scores[c.index()]));
            found_weights(self, choice, root, leaves, set, &part, &mut weights)
                .map_err(|e| vec![locate(Stage::Weighting, choice, root, leaves, set, e)])?;
            for (slice, of_slice) in self.study.panel.slices().iter().zip(&mut self.weights) {
                if !set.contains(slice.rows.start) {
                    continue;
                }
                for (leaf, &weight) in leaves.iter().zip(&weights) {
                    of_slice[leaf.index()] = weight;
                }
                for &node in system.inner() {
                    let below = system.node(node).children.iter();
                    of_slice[node.index()] = below.map(|c| of_slice[c.index()]).sum();
                }
                for &node in system.inner().iter().rev() {
                    let sum = of_slice[node.index()];
                    let children = &system.node(node).children;
                    for child in children {
                        // A node without weight counts for nothing above; below it any weights do.
                        of_slice[child.index()] = if sum > 0.0 {
                            of_slice[child.index()] / sum
                        } else {
                            1.0 / children.len() as f64
                        };
                    }
                }
                of_slice[root.index()] = 1.0;
            }
        }
        Ok(())
    }

    /// Makes a node's scores of its children's.
    fn put_together(&mut self, system: &System, node: NodeId) -> Result<(), EvaluationError> {
        let methodology = self.methodology.clone();
        let choice = methodology.aggregation.at(node);
        let children = &system.node(node).children;
        let (absent, least_share) = methodology.imputation.at(node).method.absent_rule();
        let complete = children.iter().all(|c| self.scores[c.index()].is_complete());
        let directions: Vec<Direction> =
            children.iter().map(|c| self.directions[c.index()]).collect();
        let rows = self.study.panel.rows();
        let mut column = std::mem::take(&mut self.scores[node.index()]);
        let out = column.buffer(rows);
        let mut result = Ok(());
        for set in self.layout.sets(choice.over, choice.among) {
            let mut slices = self.study.panel.slices().iter().zip(&self.weights);
            let mut inside = slices.by_ref().filter(|(s, _)| set.contains(s.rows.start));
            let (_, first) = inside.next().expect("a set of rows has a slice");
            let weights: Vec<f64> = children.iter().map(|c| first[c.index()]).collect();
            let same = |of_slice: &Vec<f64>| {
                children.iter().zip(&weights).all(|(c, w)| of_slice[c.index()] == *w)
            };
            if !inside.all(|(_, of_slice)| same(of_slice)) {
                let error = MethodError::Other(text!(weights_differ));
                result = Err(locate(Stage::Aggregation, choice, node, children, set, error));
                break;
            }
            let first_row = set.first();
            let full_marks: Vec<f64> = children
                .iter()
                .map(|&c| self.node_at(first_row, c).full_marks.unwrap_or(f64::NAN))
                .collect();
            let part = Part::new(set, children.iter().map(|c| &self.scores[c.index()]));
            let of: Vec<&Node> = {
                let league = self.study.panel.slice_of(first_row).league;
                let own = self.league_nodes[league.0 as usize].as_deref();
                let nodes = own.unwrap_or(system.nodes());
                children.iter().chain([&node]).map(|c| &nodes[c.index()]).collect()
            };
            let times = &self.layout.times;
            let who = set.rows(&self.study, times);
            let scratch = &mut self.scratch;
            let done = part.with(|columns| {
                let children = Children {
                    columns,
                    weights: &weights,
                    directions: &directions,
                    full_marks: &full_marks,
                    absent,
                    least_share,
                    complete,
                    nodes: &of[..of.len() - 1],
                    parent: of[of.len() - 1],
                    rows: who,
                };
                match set {
                    RowSet::Range(range) => {
                        choice.method.aggregate(&children, scratch, &mut out[range.clone()])
                    }
                    RowSet::List { rows, .. } => {
                        let mut gathered = vec![f64::NAN; rows.len()];
                        choice.method.aggregate(&children, scratch, &mut gathered)?;
                        for (&row, score) in rows.iter().zip(gathered) {
                            out[row] = score;
                        }
                        Ok(())
                    }
                }
            });
            if let Err(e) = done {
                result = Err(locate(Stage::Aggregation, choice, node, children, set, e));
                break;
            }
        }
        result?;
        if node == system.root() {
            let exact = self.exact.buffer(rows);
            exact.copy_from_slice(out);
        }
        if let Some(rounding) = methodology.rounding[node.index()] {
            for x in out.iter_mut() {
                *x = number::round(*x, rounding.digits, rounding.mode);
            }
        }
        let states = if out.iter().all(|x| x.is_finite()) {
            None
        } else {
            let state = |row: usize| {
                let open = |c: &NodeId| self.scores[c.index()].state(row) == State::NotApplicable;
                match (out[row].is_nan(), children.iter().all(open)) {
                    (false, _) => State::Value,
                    (true, true) => State::NotApplicable,
                    (true, false) => State::Missing,
                }
            };
            if let Some(row) = out.iter().position(|x| x.is_infinite()) {
                let words = text!(score_infinite, score = out[row]);
                let whole = RowSet::Range(row..row + 1);
                let error = MethodError::Other(words);
                let mut error = locate(Stage::Aggregation, choice, node, children, &whole, error);
                error.rows = vec![row];
                return Err(error);
            }
            if complete && let Some(row) = out.iter().position(|x| x.is_nan()) {
                let error = MethodError::Other(text!(score_missing));
                let whole = RowSet::Range(row..row + 1);
                let mut error = locate(Stage::Aggregation, choice, node, children, &whole, error);
                error.rows = vec![row];
                return Err(error);
            }
            Some((0..rows).map(state).collect::<Vec<_>>())
        };
        column.set_states(states.as_deref());
        if node == system.root() {
            self.exact.set_states(states.as_deref());
        }
        self.scores[node.index()] = column;
        Ok(())
    }
}

/// Asks a weighting for the weights of some nodes over some rows, and scales them to a sum of one.
fn found_weights(
    evaluation: &Evaluation,
    choice: &Choice<dyn Weighting>,
    parent: NodeId,
    nodes: &[NodeId],
    set: &RowSet,
    part: &Part<'_>,
    weights: &mut [f64],
) -> Result<(), MethodError> {
    let row = set.first();
    let of: Vec<&Node> = nodes.iter().map(|&c| evaluation.node_at(row, c)).collect();
    let directions: Vec<Direction> =
        nodes.iter().map(|c| evaluation.directions[c.index()]).collect();
    part.with(|columns| {
        let siblings = Siblings {
            columns,
            nodes: &of,
            parent: evaluation.node_at(row, parent),
            directions: &directions,
            rows: set.rows(&evaluation.study, &evaluation.layout.times),
        };
        choice.method.weights(&siblings, &mut Default::default(), weights)
    })?;
    let sum: f64 = weights.iter().sum();
    if !(sum > 0.0 && sum.is_finite()) || weights.iter().any(|w| *w < 0.0) {
        return Err(MethodError::NoWeight);
    }
    // Weights that add up to one as written stay the numbers that were written.
    if sum != 1.0 {
        weights.iter_mut().for_each(|w| *w /= sum);
    }
    Ok(())
}
