//! The stages that work on the children of a node: weighting and aggregation, from the leaves up.

use quanheng_words::text;

use super::columns::locate;
use super::fill::{fill_in, fill_scores};
use super::intermediate::keep;
use super::layout::RowSet;
use super::{Evaluation, EvaluationError};
use crate::aggregation::{Absence, Aggregation, Children};
use crate::method::{MethodError, Scratch, Shape, Stage};
use crate::methodology::{Across, Choice, RankOn};
use crate::model::{Column, Direction, Node, NodeId, State, Study, System};
use crate::number::{self, Grid};
use crate::weighting::{Siblings, Weighting, find};

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
enum Gathered<'a> {
    Borrowed(Vec<&'a [f64]>),
    Copied(Vec<Vec<f64>>),
}

impl<'a> Gathered<'a> {
    fn new(set: &RowSet, columns: impl Iterator<Item = &'a Column>) -> Self {
        match set {
            RowSet::Range(range) => {
                Gathered::Borrowed(columns.map(|c| &c.values()[range.clone()]).collect())
            }
            RowSet::List { .. } => {
                Gathered::Copied(columns.map(|c| set.gather(c.values())).collect())
            }
        }
    }

    fn with<T>(&self, f: impl FnOnce(&[&[f64]]) -> T) -> T {
        match self {
            Gathered::Borrowed(columns) => f(columns),
            Gathered::Copied(columns) => f(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>()),
        }
    }
}

impl Evaluation {
    /// The weights of a slice as stated or found, by position in the system: those of siblings have any sum.
    pub(crate) fn proportions(&self, slice: usize) -> &[f64] {
        &self.proportions[slice]
    }

    /// Puts the nodes together under these weights, whatever the methodology's weighting: for each slice of the panel
    /// one weight a node in proportion to its siblings, by position in the system. Ranks are computed again; tiers
    /// are not, which [`Evaluation::tier`] does.
    ///
    /// # Errors
    /// As [`Evaluation::replay`].
    ///
    /// # Panics
    /// If there is not a weight for each node in each slice.
    pub(crate) fn reweigh(&mut self, weights: Vec<Vec<f64>>) -> Result<(), Vec<EvaluationError>> {
        self.keep_all();
        let system = self.methodology.system.clone();
        assert_eq!(weights.len(), self.study.panel.slices().len(), "weights for each slice");
        assert!(weights.iter().all(|w| w.len() == system.nodes().len()), "a weight a node");
        self.proportions = weights;
        self.weights.clone_from(&self.proportions);
        for &node in system.inner() {
            let children = &system.node(node).children;
            self.share_out(children, self.methodology.uses_printed_weights(node));
            self.share_weights(node, children);
            self.put_together(&system, node).map_err(|e| vec![e])?;
        }
        self.rank();
        Ok(())
    }

    pub(super) fn aggregate(&mut self) -> Result<(), Vec<EvaluationError>> {
        let system = self.methodology.system.clone();
        let nodes = system.nodes().len();
        self.scores.resize(nodes, Column::default());
        self.unrounded.resize(nodes, Column::default());
        let slices = self.study.panel.slices();
        for by_slice in [&mut self.weights, &mut self.proportions, &mut self.scales] {
            by_slice.resize(slices.len(), Vec::new());
            for of_nodes in by_slice {
                of_nodes.clear();
                of_nodes.resize(nodes, 1.0);
            }
        }
        let lets_go = self.passing.lets_go();
        for column in (0..system.leaves().len()).filter(|_| !lets_go) {
            self.take_leaf(&system, column);
        }
        self.leave_out()?;
        if self.methodology.across == Across::Leaves {
            self.weigh_leaves(&system)?;
        }
        for &node in system.inner() {
            if lets_go {
                self.fetch_leaves(&system, node)?;
            }
            if self.methodology.across == Across::Siblings {
                self.weigh(&system, node).map_err(|e| vec![e])?;
            }
            self.put_together(&system, node).map_err(|e| vec![e])?;
            if lets_go {
                self.let_go(&system, node);
            }
        }
        Ok(())
    }

    /// Takes over the scores of a leaf from its normalised column, and how large they are in each slice.
    pub(super) fn take_leaf(&mut self, system: &System, column: usize) {
        let leaf = system.leaves()[column];
        self.scores[leaf.index()] = self.normalised.columns()[column].clone();
        for (at, slice) in self.study.panel.slices().iter().enumerate() {
            let exact = match self.methodology.rounding[leaf.index()] {
                Some(_) => &self.unrounded[leaf.index()],
                None => &self.scores[leaf.index()],
            };
            let size = number::largest(&exact.values()[slice.rows.clone()]);
            self.scales[at][leaf.index()] = size;
        }
    }

    /// Weighs the children of a node, in each set of rows that the weighting looks at.
    pub(super) fn weigh(&mut self, system: &System, node: NodeId) -> Result<(), EvaluationError> {
        let methodology = self.methodology.clone();
        let choice = methodology.weighting.at(node);
        let children = &system.node(node).children;
        let mut scratch = std::mem::take(&mut self.scratch);
        for set in self.layout.sets(choice.over, choice.among) {
            let weights = self.weights_over(choice, node, children, set, &mut scratch)?;
            for (slice, of_slice) in self.study.panel.slices().iter().zip(&mut self.proportions) {
                if set.contains(slice.rows.start) {
                    for (child, &weight) in children.iter().zip(&weights) {
                        of_slice[child.index()] = weight;
                    }
                }
            }
        }
        self.scratch = scratch;
        self.share_out(children, self.methodology.uses_printed_weights(node));
        self.share_weights(node, children);
        Ok(())
    }

    /// The weights that a weighting finds for some nodes over a set of rows. One that looks at scores does not see those that
    /// are left out in all of the set, and they have the weight zero.
    fn weights_over(
        &self,
        choice: &Choice<dyn Weighting>,
        parent: NodeId,
        nodes: &[NodeId],
        set: &RowSet,
        scratch: &mut Scratch,
    ) -> Result<Vec<f64>, EvaluationError> {
        let gone = |node: &NodeId| choice.method.looks_at_scores() && self.is_out(*node, set);
        let seen: Vec<NodeId> = nodes.iter().copied().filter(|node| !gone(node)).collect();
        let mut found = vec![0.0; seen.len()];
        if !seen.is_empty() {
            found_weights(self, choice, parent, &seen, set, scratch, &mut found)
                .map_err(|e| locate(Stage::Weighting, choice, parent, &seen, set, e))?;
            give_weights(&found, scratch);
            keep(scratch, Stage::Weighting, choice, parent, &seen, set);
        }
        let mut found = seen.iter().zip(found).peekable();
        let mut weight =
            |node: &NodeId| found.next_if(|(seen, _)| *seen == node).map_or(0.0, |f| f.1);
        Ok(nodes.iter().map(&mut weight).collect())
    }

    /// Whether a node is left out in every slice of a set.
    fn is_out(&self, node: NodeId, set: &RowSet) -> bool {
        let slices = self.study.panel.slices().iter().zip(&self.left_out);
        let mut inside = slices.filter(|(slice, _)| set.contains(slice.rows.start));
        inside.all(|(_, left_out)| left_out[node.index()])
    }

    /// Takes the weight of nodes that are left out. Weights as printed keep their sum: the others share what is taken, in
    /// proportion to their own.
    fn share_out(&mut self, nodes: &[NodeId], printed: bool) {
        for (weights, left_out) in self.proportions.iter_mut().zip(&self.left_out) {
            if !nodes.iter().any(|node| left_out[node.index()]) {
                continue;
            }
            let all: f64 = nodes.iter().map(|node| weights[node.index()]).sum();
            for node in nodes.iter().filter(|node| left_out[node.index()]) {
                weights[node.index()] = 0.0;
            }
            let sum: f64 = nodes.iter().map(|node| weights[node.index()]).sum();
            if printed && sum > 0.0 {
                for node in nodes {
                    weights[node.index()] = weights[node.index()] / sum * all;
                }
            }
        }
    }

    /// Scales the weights of the children of a node to a sum of one, unless they are used as printed.
    fn share_weights(&mut self, node: NodeId, siblings: &[NodeId]) {
        let printed = self.methodology.uses_printed_weights(node);
        for (weights, proportions) in self.weights.iter_mut().zip(&self.proportions) {
            let sum: f64 = siblings.iter().map(|c| proportions[c.index()]).sum();
            for child in siblings {
                let weight = proportions[child.index()];
                // Weights that add up to one as written stay the numbers that were written. Where all are left out, there
                // is no weight at all.
                let stays = printed || sum == 1.0 || sum <= 0.0;
                weights[child.index()] = if stays { weight } else { weight / sum };
            }
        }
    }

    /// Weighs all leaves at once; a node has the sum of its leaves' weights.
    fn weigh_leaves(&mut self, system: &System) -> Result<(), Vec<EvaluationError>> {
        let methodology = self.methodology.clone();
        let root = system.root();
        let choice = methodology.weighting.at(root);
        let leaves = system.leaves();
        let mut scratch = std::mem::take(&mut self.scratch);
        for set in self.layout.sets(choice.over, choice.among) {
            let weights =
                self.weights_over(choice, root, leaves, set, &mut scratch).map_err(|e| vec![e])?;
            for (slice, of_slice) in self.study.panel.slices().iter().zip(&mut self.proportions) {
                if !set.contains(slice.rows.start) {
                    continue;
                }
                for (leaf, &weight) in leaves.iter().zip(&weights) {
                    of_slice[leaf.index()] = weight;
                }
            }
        }
        self.scratch = scratch;
        self.share_out(leaves, self.methodology.uses_printed_weights(root));
        for of_slice in &mut self.proportions {
            for &node in system.inner() {
                let below = system.node(node).children.iter();
                of_slice[node.index()] = below.map(|c| of_slice[c.index()]).sum();
            }
            // A weight among siblings is a share of their parent's weight in the whole.
            let whole = of_slice.clone();
            for &node in system.inner() {
                // A node without weight counts for nothing above; below it any weights do.
                let none = whole[node.index()] <= 0.0;
                for child in system.node(node).children.iter().filter(|_| none) {
                    of_slice[child.index()] = 1.0;
                }
            }
            of_slice[root.index()] = 1.0;
        }
        for &node in system.inner() {
            self.share_weights(node, &system.node(node).children);
        }
        Ok(())
    }

    /// Makes a node's scores of its children's.
    pub(super) fn put_together(
        &mut self,
        system: &System,
        node: NodeId,
    ) -> Result<(), EvaluationError> {
        let mut column = std::mem::take(&mut self.scores[node.index()]);
        let done = match &system.node(node).published {
            None => self.aggregate_into(system, node, &mut column),
            Some(name) => self.take_published(system, node, name, &mut column),
        };
        self.scores[node.index()] = column;
        done
    }

    /// Takes the scores of a node from a column of the data.
    fn take_published(
        &mut self,
        system: &System,
        node: NodeId,
        name: &str,
        column: &mut Column,
    ) -> Result<(), EvaluationError> {
        let methodology = self.methodology.clone();
        let choice = methodology.aggregation.at(node);
        let whole = RowSet::Range(0..self.study.panel.rows());
        let found = self.study.columns.get(name).cloned().ok_or_else(|| {
            let error = MethodError::NoCode { code: name.to_owned() };
            locate(Stage::Aggregation, choice, node, &[node], &whole, error)
        })?;
        let states: Vec<State> = (0..found.len()).map(|row| found.state(row)).collect();
        let states = (!found.is_complete()).then_some(states);
        let rows = found.len();
        let out = column.buffer(rows);
        out.copy_from_slice(found.values());
        self.measure(node, &[], choice, out);
        self.rescale(node, out)?;
        self.round(node, states.as_deref(), out);
        column.set_states(states.as_deref());
        self.fill(system, node, column)
    }

    /// Fills the scores of a node that are missing, as the methodology says; those of the index are not filled.
    fn fill(
        &mut self,
        system: &System,
        node: NodeId,
        column: &mut Column,
    ) -> Result<(), EvaluationError> {
        if node == system.root() {
            return Ok(());
        }
        let methodology = self.methodology.clone();
        let mut scratch = std::mem::take(&mut self.scratch);
        let of = (&*self.study, &*methodology, &self.layout);
        let filled = fill_scores(of.0, of.1, of.2, node, (column, &mut scratch));
        let filled = filled.map_err(|(e, set)| {
            let choice = methodology.fill.as_ref().expect("it failed").at(node);
            locate(Stage::Aggregation, choice, node, &[node], set, e)
        });
        self.scratch = scratch;
        filled?;
        if methodology.fill.is_some() && methodology.rounding[node.index()].is_some() {
            fill_in(&mut self.unrounded[node.index()], column);
        }
        Ok(())
    }

    /// Measures the scores of a node by the numbers that they are made of.
    fn measure(
        &mut self,
        node: NodeId,
        children: &[NodeId],
        choice: &Choice<dyn Aggregation>,
        out: &[f64],
    ) {
        for (at, slice) in self.study.panel.slices().iter().enumerate() {
            let sizes: Vec<f64> = children.iter().map(|c| self.scales[at][c.index()]).collect();
            let weights: Vec<f64> =
                children.iter().map(|c| self.weight_below(&self.weights[at], node, *c)).collect();
            let own = number::largest(&out[slice.rows.clone()]);
            let scale = number::max(own, choice.method.scale(&sizes, &weights));
            self.scales[at][node.index()] = scale;
        }
    }

    /// Keeps the scores of a node where they are rounded, and rounds them.
    fn round(&mut self, node: NodeId, states: Option<&[State]>, out: &mut [f64]) {
        let methodology = self.methodology.clone();
        let Some(rounding) = methodology.rounding[node.index()] else { return };
        let before = &mut self.unrounded[node.index()];
        before.buffer(out.len()).copy_from_slice(out);
        before.set_states(states);
        for (slice, scales) in self.study.panel.slices().iter().zip(&self.scales) {
            let grid = methodology.precision.grid(scales[node.index()]);
            rounding.apply(grid, &mut out[slice.rows.clone()]);
        }
    }

    /// Writes the scores of a node, and those before it is rounded.
    fn aggregate_into(
        &mut self,
        system: &System,
        node: NodeId,
        column: &mut Column,
    ) -> Result<(), EvaluationError> {
        let methodology = self.methodology.clone();
        let choice = methodology.aggregation.at(node);
        let children = &*methodology.put_together(node);
        let absence = methodology.imputation.at(node).method.absence();
        let family = Family {
            node,
            children,
            directions: children.iter().map(|c| self.directions[c.index()]).collect(),
            complete: children.iter().all(|c| self.scores[c.index()].is_complete()),
            absence,
            printed: self.methodology.uses_printed_weights(node)
                && choice.method.takes_printed_weights(),
        };
        let rows = self.study.panel.rows();
        let out = column.buffer(rows);
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut sets = self.layout.sets(choice.over, choice.among).iter();
        let done = sets.try_for_each(|set| {
            self.aggregate_set(&family, &*choice.method, set, &mut scratch, out)
                .map_err(|e| locate(Stage::Aggregation, choice, node, children, set, e))?;
            let kept = self.kept(&family, set).unwrap_or_default();
            let kept: Vec<NodeId> = kept.into_iter().map(|k| children[k]).collect();
            keep(&mut scratch, Stage::Aggregation, choice, node, &kept, set);
            Ok(())
        });
        self.scratch = scratch;
        done?;
        if let Some((row, error)) = no_score(out, family.complete) {
            let whole = RowSet::Range(row..row + 1);
            let error = locate(Stage::Aggregation, choice, node, children, &whole, error);
            return Err(EvaluationError { rows: vec![row], ..error });
        }
        let states = self.states(children, out);
        self.measure(node, children, choice, out);
        self.rescale(node, out)?;
        self.round(node, states.as_deref(), out);
        column.set_states(states.as_deref());
        self.fill(system, node, column)
    }

    /// Writes the scores of a node for the rows of a set.
    fn aggregate_set(
        &self,
        family: &Family<'_>,
        method: &dyn Aggregation,
        set: &RowSet,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let kept = self.kept(family, set)?;
        if kept.is_empty() {
            // A node whose children are all left out is left out itself.
            (0..set.len()).for_each(|k| out[set.row(k)] = f64::NAN);
            return Ok(());
        }
        let children: Vec<NodeId> = kept.iter().map(|&k| family.children[k]).collect();
        let directions: Vec<Direction> = kept.iter().map(|&k| family.directions[k]).collect();
        let (mut weights, mut proportions) = self.common_weights(family.node, &children, set)?;
        let sum: f64 = weights.iter().sum();
        // What is left of a node can have no weight at all.
        if sum <= 0.0 {
            return Err(MethodError::NoWeight);
        }
        if self.methodology.uses_printed_weights(family.node) && !family.printed && sum != 1.0 {
            weights.iter_mut().for_each(|weight| *weight /= sum);
        }
        let unit = number::whole_weights(&mut proportions);
        let mut complete = family.complete;
        if kept.len() < family.children.len() {
            let there = |c: &NodeId| {
                let values = self.scores[c.index()].values();
                (0..set.len()).all(|k| !values[set.row(k)].is_nan())
            };
            complete = children.iter().all(there);
        }
        let row = set.first();
        let nodes: Vec<&Node> = children.iter().map(|&c| self.node_at(row, c)).collect();
        let full_marks: Vec<f64> =
            nodes.iter().map(|node| node.full_marks.unwrap_or(f64::NAN)).collect();
        let columns = children.iter().map(|c| &self.scores[c.index()]);
        let mut gathered = Gathered::new(set, columns);
        if method.compares_regions() {
            gathered = Gathered::Copied(self.settled_columns(&children, set, &gathered));
        }
        gathered.with(|columns| {
            let children = Children {
                columns,
                weights: &weights,
                proportions: &proportions,
                directions: &directions,
                full_marks: &full_marks,
                absent: family.absence.rule,
                least_share: family.absence.least_share,
                least: family.absence.least,
                printed: family.printed.then_some(unit),
                complete,
                nodes: &nodes,
                parent: self.node_at(row, family.node),
                rows: set.rows(&self.study, &self.layout.times),
            };
            match set {
                RowSet::Range(range) => {
                    method.aggregate(&children, scratch, &mut out[range.clone()])
                }
                RowSet::List { rows, .. } => {
                    let mut gathered = vec![f64::NAN; rows.len()];
                    method.aggregate(&children, scratch, &mut gathered)?;
                    for (&row, score) in rows.iter().zip(gathered) {
                        out[row] = score;
                    }
                    Ok(())
                }
            }
        })
    }

    /// The positions of the children that are not left out in a set of rows.
    fn kept(&self, family: &Family<'_>, set: &RowSet) -> Result<Vec<usize>, MethodError> {
        let mut slices = self.study.panel.slices().iter().zip(&self.left_out);
        let mut inside = slices.by_ref().filter(|(slice, _)| set.contains(slice.rows.start));
        let (_, first) = inside.next().expect("a set of rows has a slice");
        let out = |left_out: &Vec<bool>, child: &NodeId| left_out[child.index()];
        for (_, other) in inside {
            if let Some(child) = family.children.iter().find(|c| out(other, c) != out(first, c)) {
                let node = &self.methodology.system.node(*child).code;
                return Err(MethodError::Other(text!(constant_in_part, node = node)));
            }
        }
        Ok((0..family.children.len()).filter(|&k| !out(first, &family.children[k])).collect())
    }

    /// Columns of nodes over a set of rows, settled.
    fn settled_columns(
        &self,
        nodes: &[NodeId],
        set: &RowSet,
        gathered: &Gathered<'_>,
    ) -> Vec<Vec<f64>> {
        let mut order = Vec::new();
        gathered.with(|columns| {
            let settle = |(node, values): (&NodeId, &&[f64])| {
                let mut out = vec![f64::NAN; values.len()];
                self.set_grid(*node, RankOn::Rounded, set).settle(values, &mut order, &mut out);
                out
            };
            nodes.iter().zip(columns).map(settle).collect()
        })
    }

    /// The grid on which the scores of a node are compared over a set of rows.
    pub(super) fn set_grid(&self, node: NodeId, on: RankOn, set: &RowSet) -> Grid {
        let slices = self.study.panel.slices().iter().zip(&self.scales);
        let inside = slices.filter(|(slice, _)| set.contains(slice.rows.start));
        let sizes = inside.map(|(_, scales)| scales[node.index()]);
        self.grid_of(node, on, sizes.fold(0.0, number::max))
    }

    /// The weight of a node in the score of another above it: the product of the weights on the way.
    fn weight_below(&self, of_slice: &[f64], node: NodeId, mut at: NodeId) -> f64 {
        let system = &self.methodology.system;
        let mut weight = of_slice[at.index()];
        while let Some(above) = system.node(at).parent.filter(|above| *above != node) {
            weight *= of_slice[above.index()];
            at = above;
        }
        weight
    }

    /// The weights of some nodes below another in its score, each the product of the weights on the way, and the
    /// proportions behind them. They must be the same in all slices of a set.
    fn common_weights(
        &self,
        node: NodeId,
        below: &[NodeId],
        set: &RowSet,
    ) -> Result<(Vec<f64>, Vec<f64>), MethodError> {
        let slices = self.study.panel.slices().iter().enumerate();
        let mut inside = slices.filter(|(_, s)| set.contains(s.rows.start)).map(|(at, _)| at);
        let first = inside.next().expect("a set of rows has a slice");
        let weight = |slice: usize, at: NodeId| self.weight_below(&self.weights[slice], node, at);
        let weights: Vec<f64> = below.iter().map(|c| weight(first, *c)).collect();
        let same = |slice: usize| below.iter().zip(&weights).all(|(c, w)| weight(slice, *c) == *w);
        if inside.all(same) {
            let system = &self.methodology.system;
            let children = below.iter().all(|c| system.node(*c).parent == Some(node));
            let proportion = |c: &NodeId| self.proportions[first][c.index()];
            let proportions = match children {
                true => below.iter().map(proportion).collect(),
                false => weights.clone(),
            };
            return Ok((weights, proportions));
        }
        Err(MethodError::Other(text!(weights_differ)))
    }

    /// The states of the scores of a node; none where there is a score in each row.
    fn states(&self, children: &[NodeId], scores: &[f64]) -> Option<Vec<State>> {
        let state = |(row, score): (usize, &f64)| {
            let open = |c: &NodeId| self.scores[c.index()].state(row) == State::NotApplicable;
            match (score.is_nan(), children.iter().all(open)) {
                (false, _) => State::Value,
                (true, true) => State::NotApplicable,
                (true, false) => State::Missing,
            }
        };
        let absent = scores.iter().any(|x| x.is_nan());
        absent.then(|| scores.iter().enumerate().map(state).collect())
    }
}

/// A node and its children, as an aggregation needs to know them whatever the rows.
struct Family<'a> {
    node: NodeId,
    children: &'a [NodeId],
    directions: Vec<Direction>,
    complete: bool,
    absence: Absence,
    /// Whether weights are used as printed.
    printed: bool,
}

/// The first row for which the result of an aggregation is not a score.
fn no_score(scores: &[f64], complete: bool) -> Option<(usize, MethodError)> {
    if let Some(row) = scores.iter().position(|x| x.is_infinite()) {
        let words = text!(score_infinite, score = scores[row]);
        return Some((row, MethodError::Other(words)));
    }
    let row = scores.iter().position(|x| x.is_nan()).filter(|_| complete)?;
    Some((row, MethodError::Other(text!(score_missing))))
}

/// Gives the weights, with a sum of one, beside what a weighting found for each sibling on the way to them.
fn give_weights(weights: &[f64], scratch: &mut Scratch) {
    if scratch.intermediate.gave(Shape::SIBLINGS) {
        let sum: f64 = weights.iter().sum();
        scratch.intermediate.siblings("weight", weights.iter().map(|weight| weight / sum));
    }
}

/// Asks a weighting for the weights of some nodes over some rows.
fn found_weights(
    evaluation: &Evaluation,
    choice: &Choice<dyn Weighting>,
    parent: NodeId,
    nodes: &[NodeId],
    set: &RowSet,
    scratch: &mut Scratch,
    weights: &mut [f64],
) -> Result<(), MethodError> {
    let row = set.first();
    let of: Vec<&Node> = nodes.iter().map(|&c| evaluation.node_at(row, c)).collect();
    let directions: Vec<Direction> =
        nodes.iter().map(|c| evaluation.directions[c.index()]).collect();
    let part = nodes.iter().map(|c| &evaluation.scores[c.index()]);
    Gathered::new(set, part).with(|columns| {
        let siblings = Siblings {
            columns,
            nodes: &of,
            parent: evaluation.node_at(row, parent),
            directions: &directions,
            rows: set.rows(&evaluation.study, &evaluation.layout.times),
        };
        find(&*choice.method, &siblings, scratch, weights)
    })
}
