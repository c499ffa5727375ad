//! Pairs of regions in which one is at least as good as the other everywhere.

use super::Scores;
use crate::model::NodeId;

/// The pairs of regions that are ordered whatever the weights are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dominance {
    /// The level of the nodes that are compared, the root being level 0.
    pub level: usize,
    /// How many nodes are compared.
    pub nodes: usize,
    /// How many pairs of regions there are.
    pub pairs: usize,
    /// In how many of these one region is at least as good at every node, and better at one.
    pub dominated: usize,
}

/// The dominance at each level below the root, over pairs of regions of one period that have a score at every node of the
/// level.
pub fn dominance(scores: &Scores<'_>) -> Vec<Dominance> {
    let system = scores.system();
    let panel = &scores.evaluation().study().panel;
    let of_level = |level: usize| {
        let ids = (0..system.nodes().len() as u32).map(NodeId);
        let nodes: Vec<NodeId> = ids.filter(|&id| system.node(id).depth == level).collect();
        let columns: Vec<&[f64]> = nodes.iter().map(|&id| scores.of(id)).collect();
        let complete = |k: &usize| columns.iter().all(|column| !column[*k].is_nan());
        let rows: Vec<usize> = (0..scores.rows().len()).filter(complete).collect();
        let (mut pairs, mut dominated) = (0, 0);
        for (i, &a) in rows.iter().enumerate() {
            let slice = panel.slice_at(scores.rows()[a]);
            for &b in &rows[i + 1..] {
                if panel.slice_at(scores.rows()[b]) != slice {
                    continue;
                }
                pairs += 1;
                let (mut better, mut worse) = (false, false);
                for column in &columns {
                    better |= column[a] > column[b];
                    worse |= column[a] < column[b];
                    if better && worse {
                        break;
                    }
                }
                dominated += usize::from(better != worse);
            }
        }
        Dominance { level, nodes: nodes.len(), pairs, dominated }
    };
    (1..=system.depth()).map(of_level).collect()
}
