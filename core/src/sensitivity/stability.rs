//! How far one weight can go before something changes.

use std::sync::Arc;

use rayon::prelude::*;

use crate::evaluation::Evaluation;
use crate::method::Stage;
use crate::methodology::Across;
use crate::model::NodeId;
use crate::number;

use super::model::{Varied, reweighed};

/// What stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The ranks of all regions.
    Order,
    /// The rank of the region in this row.
    Rank(usize),
    /// The tier of the region in this row.
    Tier(usize),
}

/// The range of a weight within which something holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// What holds.
    pub what: Holds,
    /// The lower and upper end: shares of the weight of all siblings. 0 and 1 where it holds that far.
    pub range: (f64, f64),
    /// Whether the ends follow from a formula. Otherwise they were searched for: the weight was changed in 16 steps to each
    /// side, and the step in which the change happens was halved 10 times; what changes and changes back within one step
    /// is not seen.
    pub exact: bool,
}

/// The ranges of one weight in one slice of the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightRange {
    /// The node.
    pub node: NodeId,
    /// Its weight: its share of the weight of all siblings.
    pub weight: f64,
    /// What holds within which range.
    pub held: Vec<Held>,
}

/// The ranges of the weight of each node with siblings, in a slice of the panel. Where the weight of a node changes, those of
/// its siblings are scaled so that they keep their proportions. Nodes below a node whose score is published, which have no
/// effect, are left out.
///
/// Where the index is a weighted arithmetic mean of complete columns, the score of each region is a line in the weight, and
/// the ranks change where two lines cross (Barron & Schmidt 1988, Sensitivity analysis of additive multiattribute value
/// models, Operations Research 36): those ranges are exact. Tiers, and all other trees, are evaluated again and again.
pub fn weight_ranges(evaluation: &Evaluation, slice: usize) -> Vec<WeightRange> {
    let system = &evaluation.methodology().system;
    if evaluation.methodology().across == Across::Leaves {
        return Vec::new();
    }
    let effective = evaluation.effective_weights(slice);
    let mut nodes = Vec::new();
    for &parent in system.inner() {
        let children = &system.node(parent).children;
        if children.len() > 1 && effective[parent.index()] > 0.0 {
            nodes.extend(children.iter().copied());
        }
    }
    nodes.sort_unstable_by_key(|node| node.index());
    nodes.into_par_iter().map(|node| of_node(evaluation, slice, node, &effective)).collect()
}

fn of_node(evaluation: &Evaluation, slice: usize, node: NodeId, effective: &[f64]) -> WeightRange {
    let weight = evaluation.weights(slice)[node.index()];
    let rows = evaluation.study().panel.slices()[slice].rows.clone();
    let ranked: Vec<usize> = rows.filter(|&row| !evaluation.ranks()[row].is_nan()).collect();
    let mut held = Vec::new();
    let by_score = evaluation.methodology().ranking.at(evaluation.methodology().system.root());
    let is_line = evaluation.leaf_weights(slice).is_some() && by_score.then.is_none();
    if is_line && weight < 1.0 {
        held = crossings(evaluation, node, weight, effective, &ranked);
    }
    let mut left: Vec<Holds> = Vec::new();
    if held.is_empty() {
        left.push(Holds::Order);
        left.extend(ranked.iter().map(|&row| Holds::Rank(row)));
    }
    let has_tier = |row: &&usize| evaluation.tiers()[**row].is_some();
    left.extend(ranked.iter().filter(has_tier).map(|&row| Holds::Tier(row)));
    if !left.is_empty() {
        held.extend(searched(evaluation, slice, node, weight, &ranked, &left));
    }
    WeightRange { node, weight, held }
}

/// The ranges of the ranks, where the score of every region is a line in the weight.
fn crossings(
    evaluation: &Evaluation,
    node: NodeId,
    weight: f64,
    effective: &[f64],
    ranked: &[usize],
) -> Vec<Held> {
    let system = &evaluation.methodology().system;
    let parent = system.node(node).parent.expect("a node with siblings");
    let (own, of_parent) = (evaluation.scores(node).values(), evaluation.scores(parent).values());
    let slope =
        |row: usize| effective[parent.index()] * (own[row] - of_parent[row]) / (1.0 - weight);
    let score = evaluation.exact().values();
    let ranks = evaluation.ranks();
    let mut ranges = vec![(0.0, 1.0); ranked.len()];
    let mut whole = (0.0, 1.0);
    for (i, &a) in ranked.iter().enumerate() {
        for (j, &b) in ranked.iter().enumerate().skip(i + 1) {
            let apart = slope(a) - slope(b);
            if apart == 0.0 {
                continue;
            }
            let at = match ranks[a] == ranks[b] {
                true => weight,
                false => weight - (score[a] - score[b]) / apart,
            };
            for range in [&mut whole, &mut ranges[i]] {
                narrow(range, at, weight);
            }
            narrow(&mut ranges[j], at, weight);
        }
    }
    let order = Held { what: Holds::Order, range: whole, exact: true };
    let of_rows = ranked.iter().zip(ranges);
    let of_rows = of_rows.map(|(&row, range)| Held { what: Holds::Rank(row), range, exact: true });
    std::iter::once(order).chain(of_rows).collect()
}

fn narrow(range: &mut (f64, f64), at: f64, weight: f64) {
    if at <= weight {
        range.0 = number::max(range.0, at);
    }
    if at >= weight {
        range.1 = number::min(range.1, at);
    }
}

/// The ranges by evaluating the index at other weights.
fn searched(
    evaluation: &Evaluation,
    slice: usize,
    node: NodeId,
    weight: f64,
    ranked: &[usize],
    left: &[Holds],
) -> Vec<Held> {
    const STEPS: u32 = 16;
    const HALVINGS: u32 = 10;
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let parent = system.node(node).parent.expect("a node with siblings");
    let siblings = &system.node(parent).children;
    let others = (siblings.len() - 1) as f64;
    let mut replayed = evaluation.clone();
    // Which of `left` still hold at a weight; none where the evaluation fails.
    let mut holding = |at: f64| -> Vec<bool> {
        let varied: Vec<(NodeId, Varied)> = siblings
            .iter()
            .map(|&sibling| {
                let own = evaluation.weights(slice)[sibling.index()];
                let share = match sibling == node {
                    true => at,
                    false if weight < 1.0 => own * (1.0 - at) / (1.0 - weight),
                    false => (1.0 - at) / others,
                };
                (sibling, Varied::Is(share))
            })
            .collect();
        let other = Arc::new(reweighed(methodology, &varied));
        if replayed.replay(other, Stage::Weighting).is_err() {
            return vec![false; left.len()];
        }
        let same = |row: usize| replayed.ranks()[row] == evaluation.ranks()[row];
        let all = ranked.iter().all(|&row| same(row));
        left.iter()
            .map(|what| match *what {
                Holds::Order => all,
                Holds::Rank(row) => same(row),
                Holds::Tier(row) => replayed.tiers()[row] == evaluation.tiers()[row],
            })
            .collect()
    };
    let mut side = |end: f64| -> Vec<f64> {
        let mut ends = vec![end; left.len()];
        let mut open: Vec<usize> = (0..left.len()).collect();
        let mut before = weight;
        for step in 1..=STEPS {
            if open.is_empty() {
                break;
            }
            let at = weight + (end - weight) * f64::from(step) / f64::from(STEPS);
            let now = holding(at);
            let lost: Vec<usize> = open.iter().copied().filter(|&k| !now[k]).collect();
            open.retain(|&k| now[k]);
            // Halve the step for those that were lost in it, together as long as they go together.
            let mut parts = vec![(before, at, lost, HALVINGS)];
            while let Some((inner, outer, lost, left_to_halve)) = parts.pop() {
                if lost.is_empty() {
                    continue;
                }
                if left_to_halve == 0 {
                    lost.iter().for_each(|&k| ends[k] = inner);
                    continue;
                }
                let middle = 0.5 * (inner + outer);
                let now = holding(middle);
                let (kept, gone): (Vec<usize>, Vec<usize>) = lost.iter().partition(|&&k| now[k]);
                parts.push((middle, outer, kept, left_to_halve - 1));
                parts.push((inner, middle, gone, left_to_halve - 1));
            }
            before = at;
        }
        ends
    };
    let (lower, upper) = (side(0.0), side(1.0));
    let ranges = lower.into_iter().zip(upper);
    left.iter().zip(ranges).map(|(&what, range)| Held { what, range, exact: false }).collect()
}
