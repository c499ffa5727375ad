//! What the index adds to its parts: how many regions have another rank by the index than by a part of it.

use super::Scores;
use crate::model::NodeId;
use crate::number::{Correlation, mean};

/// Ranks that differ by so many places, or more, differ much (the audits of the JRC).
pub const FAR: f64 = 10.0;

/// How the ranks by a node differ from those by the index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankDifference {
    /// The node.
    pub node: NodeId,
    /// How many regions have a rank by both.
    pub n: usize,
    /// How many of these differ by [`FAR`] places or more.
    pub far: usize,
    /// The mean difference in places, without its sign.
    pub mean: f64,
    /// The correlation of both ranks (Spearman); `None` where one of them does not vary.
    pub correlation: Option<f64>,
}

/// The nodes above the leaves, without the index, in the order of the tree; ranks are those in the league and period of a
/// row.
pub fn rank_differences(scores: &Scores<'_>) -> Vec<RankDifference> {
    let (system, evaluation) = (scores.system(), scores.evaluation());
    let of_rows =
        |ranks: &[f64]| -> Vec<f64> { scores.rows().iter().map(|&row| ranks[row]).collect() };
    let index = of_rows(evaluation.ranks());
    let ids = (0..system.nodes().len() as u32).map(NodeId);
    let parts = ids.filter(|&id| {
        let node = system.node(id);
        node.parent.is_some() && (!node.children.is_empty() || node.depth == 1)
    });
    let of = |node: NodeId| {
        let ranks = of_rows(&evaluation.ranks_of(node));
        let both = index.iter().zip(&ranks).map(|(a, b)| (a - b).abs());
        let differences: Vec<f64> = both.filter(|x| !x.is_nan()).collect();
        let mean = mean(&differences)?;
        Some(RankDifference {
            node,
            n: differences.len(),
            far: differences.iter().filter(|x| **x >= FAR).count(),
            mean,
            correlation: Correlation::Spearman.of(&index, &ranks),
        })
    };
    parts.filter_map(of).collect()
}
