//! Scores of the index as sums of weights times scores below, where they are such.

use std::ops::Range;

use crate::analysis::{Reason, Subject};
use crate::methodology::RankOn;
use crate::model::{NodeId, RegionIx};
use crate::number;

/// Weights with a sum of one that nobody knows: those of the children of a node, or of all leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The node; none for all leaves of the index.
    pub at: Option<NodeId>,
    /// What has the weights.
    pub nodes: Vec<NodeId>,
    /// The codes of these.
    pub codes: Vec<String>,
    /// The weights as stated, with a sum of one.
    pub stated: Vec<f64>,
    /// Where the weights stand among those of all groups.
    pub range: Range<usize>,
}

/// The ranked regions of a league whose score is, for any weights, the sum over parts of `fixed · the product of weights on
/// the way up · the part's score`.
#[derive(Clone, Debug)]
pub struct Linear {
    /// The rows of the panel, in the order of their ranks.
    pub rows: Vec<usize>,
    /// The regions.
    pub regions: Vec<RegionIx>,
    /// The rank of each.
    pub ranks: Vec<f64>,
    /// The parts.
    pub parts: Vec<NodeId>,
    /// For each region the scores of all parts, one region after the other, turned so that more is better.
    pub scores: Vec<f64>,
    /// What each part is multiplied by beside the weights.
    pub fixed: Vec<f64>,
    /// For each part, which weights of all groups it is multiplied by.
    pub ways: Vec<Vec<usize>>,
    /// The groups of weights.
    pub groups: Vec<Group>,
    /// Differences up to this are rounding errors.
    pub least: f64,
    /// −1 where less of the index is better, so that scores are turned; else 1.
    pub sign: f64,
}

impl Linear {
    /// The scores of a slice where the weights at `at` are open: the children of each of these nodes, or all leaves of the
    /// index where none is named.
    ///
    /// # Errors
    /// Why the score is not such a sum.
    pub(super) fn new(
        subject: &Subject<'_>,
        slice: usize,
        at: &[NodeId],
    ) -> Result<Linear, Reason> {
        let evaluation = subject.evaluation;
        let methodology = evaluation.methodology();
        let system = &methodology.system;
        let root = system.root();
        let sign = evaluation.better(root).sign();
        let panel = &subject.study().panel;
        let start = panel.slices()[slice].rows.start;
        let ranks = evaluation.ranks_in(root, slice);
        let mut places: Vec<usize> = (0..ranks.len()).filter(|i| !ranks[*i].is_nan()).collect();
        number::sort_by_key(&mut places, &|i| ranks[i]);
        if places.len() < 2 {
            return Err(Reason::TooFew { n: places.len(), least: 2 });
        }
        let rows: Vec<usize> = places.iter().map(|i| start + i).collect();
        let weights = evaluation.weights(slice);
        let is_open = |node: NodeId| at.is_empty() || at.contains(&node);
        // The nodes above open ones must be means too.
        let mut holds_open = vec![false; system.nodes().len()];
        for &node in system.inner() {
            let below = &system.node(node).children;
            holds_open[node.index()] =
                is_open(node) || below.iter().any(|child| holds_open[child.index()]);
        }
        let (mut parts, mut fixed, mut ways) = (Vec::new(), Vec::new(), Vec::new());
        let mut groups: Vec<Group> = Vec::new();
        let mut count = 0;
        let mut todo: Vec<(NodeId, f64, Vec<usize>)> = vec![(root, 1.0, Vec::new())];
        while let Some((node, factor, way)) = todo.pop() {
            if !holds_open[node.index()] {
                parts.push(node);
                fixed.push(factor);
                ways.push(way);
                continue;
            }
            let of_node = system.node(node);
            let is_mean = methodology.is_linear(node);
            if !is_mean || of_node.published.is_some() {
                return Err(Reason::NotAMean(of_node.code.clone()));
            }
            if node != root && methodology.rounding[node.index()].is_some() {
                return Err(Reason::RoundedBelow(of_node.code.clone()));
            }
            // What has no weight takes no part, as nobody weighs it.
            let has_weight = |child: &&NodeId| weights[child.index()] > 0.0;
            let children: Vec<NodeId> =
                of_node.children.iter().filter(has_weight).copied().collect();
            for child in &children {
                let values = evaluation.unrounded(*child).values();
                let n = rows.iter().filter(|row| values[**row].is_nan()).count();
                if n > 0 {
                    return Err(Reason::AbsentScores { code: system.node(*child).code.clone(), n });
                }
            }
            let opens = is_open(node) && !at.is_empty();
            let sum = number::sum(&children.iter().map(|c| weights[c.index()]).collect::<Vec<_>>());
            if opens {
                groups.push(Group {
                    at: Some(node),
                    codes: children.iter().map(|c| system.node(*c).code.clone()).collect(),
                    nodes: children.clone(),
                    stated: children.iter().map(|c| weights[c.index()] / sum).collect(),
                    range: count..count + children.len(),
                });
            }
            for (k, child) in children.iter().enumerate().rev() {
                let mut way = way.clone();
                let factor = match opens {
                    true => {
                        way.push(count + k);
                        factor * sum
                    }
                    false => factor * weights[child.index()],
                };
                todo.push((*child, factor, way));
            }
            count += if opens { children.len() } else { 0 };
        }
        if at.is_empty() {
            let sum = number::sum(&fixed);
            groups.push(Group {
                at: None,
                codes: parts.iter().map(|c| system.node(*c).code.clone()).collect(),
                nodes: parts.clone(),
                stated: fixed.iter().map(|w| w / sum).collect(),
                range: 0..parts.len(),
            });
            ways = (0..parts.len()).map(|k| vec![k]).collect();
            fixed = vec![sum; parts.len()];
        }
        let value = |row: usize, node: NodeId| {
            let x = evaluation.scores(node).values()[row];
            sign * x
        };
        let scores: Vec<f64> = rows
            .iter()
            .flat_map(|&row| parts.iter().map(move |part| (row, *part)))
            .map(|(row, part)| value(row, part))
            .collect();
        let size = number::largest(&scores);
        let found = Linear {
            regions: rows.iter().map(|row| panel.regions()[*row]).collect(),
            ranks: places.iter().map(|i| ranks[*i]).collect(),
            least: number::max(
                1e-12 * size,
                0.5 * evaluation.grid(root, slice, RankOn::Full).step(),
            ),
            rows,
            parts,
            scores,
            fixed,
            ways,
            groups,
            sign,
        };
        // The sum is what the evaluation found, else something else has a part in it.
        let again = found.scores_under(&found.stated());
        let exact = evaluation.exact().values();
        let differs = |(row, x): (&usize, &f64)| (sign * exact[*row] - x).abs() > 1e-9 * size;
        if found.rows.iter().zip(&again).any(differs) {
            return Err(Reason::NotAMean(system.node(root).code.clone()));
        }
        Ok(found)
    }

    /// A table of scores, one region after the other, under weights with a sum of one. The first region is the first.
    ///
    /// # Panics
    /// If the rows are not complete.
    pub fn of_table(scores: Vec<f64>, weights: Vec<f64>) -> Linear {
        let k = weights.len();
        assert!(k > 0 && scores.len().is_multiple_of(k), "complete rows");
        let n = scores.len() / k;
        let nodes: Vec<NodeId> = (1..=k as u32).map(NodeId).collect();
        Linear {
            rows: (0..n).collect(),
            regions: (0..n as u32).map(RegionIx).collect(),
            ranks: (1..=n).map(|rank| rank as f64).collect(),
            parts: nodes.clone(),
            least: 1e-12 * number::largest(&scores),
            scores,
            fixed: vec![1.0; k],
            ways: (0..k).map(|j| vec![j]).collect(),
            groups: vec![Group {
                at: None,
                nodes,
                codes: (0..k).map(|j| j.to_string()).collect(),
                stated: weights,
                range: 0..k,
            }],
            sign: 1.0,
        }
    }

    /// How many regions there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no region.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The stated weights of all groups.
    pub fn stated(&self) -> Vec<f64> {
        self.groups.iter().flat_map(|group| group.stated.iter().copied()).collect()
    }

    /// The score of each region under weights of all groups, in the order of the parts.
    pub fn scores_under(&self, weights: &[f64]) -> Vec<f64> {
        let factor = |k: usize| self.ways[k].iter().fold(self.fixed[k], |w, at| w * weights[*at]);
        let factors: Vec<f64> = (0..self.parts.len()).map(factor).collect();
        let score = |row: &[f64]| row.iter().zip(&factors).fold(0.0, |sum, (x, w)| sum + w * x);
        self.scores.chunks_exact(self.parts.len()).map(score).collect()
    }

    /// The same for one group alone, the others having their stated weights: for each region one number for each weight of
    /// the group, whose mean under these weights is the score.
    pub fn flat(&self, group: usize) -> Vec<f64> {
        let Group { range, .. } = &self.groups[group];
        let stated = self.stated();
        let k = range.len();
        let mut out = vec![0.0; self.len() * k];
        for (row, out) in self.scores.chunks_exact(self.parts.len()).zip(out.chunks_exact_mut(k)) {
            let mut rest = 0.0;
            for (part, x) in row.iter().enumerate() {
                let others = self.ways[part].iter().filter(|at| !range.contains(at));
                let factor = others.fold(self.fixed[part], |w, at| w * stated[*at]);
                match self.ways[part].iter().find(|at| range.contains(at)) {
                    Some(at) => out[at - range.start] += factor * x,
                    None => rest += factor * x,
                }
            }
            // The weights have a sum of one, so that what does not depend on them counts under each.
            out.iter_mut().for_each(|x| *x += rest);
        }
        out
    }
}
