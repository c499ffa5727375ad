//! Correlations of pairs of nodes, and what they say about the structure.

use super::Scores;
use crate::model::NodeId;
use crate::number::{self, Association, Correlation, CorrelationMatrix};

/// A correlation at or below this is negative: an improvement in one node goes with a decline in the other, so that the
/// mean hides both (the default of COINr's plots of correlations, as in the audits of the JRC).
pub const NEGATIVE: f64 = -0.4;
/// A correlation below this, and above [`NEGATIVE`], is weak: the node hardly has a part in what it is put together with.
pub const WEAK: f64 = 0.3;
/// A correlation above this is redundant: both nodes measure nearly the same, and count twice.
pub const REDUNDANT: f64 = 0.92;

/// What a correlation says about the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// At or below [`NEGATIVE`].
    Negative,
    /// Between [`NEGATIVE`] and [`WEAK`].
    Weak,
    /// Above [`REDUNDANT`].
    Redundant,
    /// A node is closer to another node of its parent's level than to its own parent.
    Misplaced,
}

impl Flag {
    /// The flag of a coefficient.
    pub fn of(coefficient: f64) -> Option<Flag> {
        match coefficient {
            r if r <= NEGATIVE => Some(Flag::Negative),
            r if r < WEAK => Some(Flag::Weak),
            r if r > REDUNDANT => Some(Flag::Redundant),
            _ => None,
        }
    }
}

/// Two nodes and their correlation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The node.
    pub a: NodeId,
    /// The other node.
    pub b: NodeId,
    /// Their correlation; `None` where one of them does not vary.
    pub found: Option<Association>,
    /// Whether both have the same parent.
    pub siblings: bool,
}

/// All pairs of the nodes of one level, the root being level 0; each pair once.
pub fn within_level(scores: &Scores<'_>, level: usize, by: Correlation) -> Vec<Pair> {
    let system = scores.system();
    let ids = (0..system.nodes().len() as u32).map(NodeId);
    let nodes: Vec<NodeId> = ids.filter(|&id| system.node(id).depth == level).collect();
    let columns: Vec<&[f64]> = nodes.iter().map(|&node| scores.of(node)).collect();
    let matrix = CorrelationMatrix::new(&columns, by);
    let mut pairs = Vec::new();
    for (i, &a) in nodes.iter().enumerate() {
        for (j, &b) in nodes.iter().enumerate().skip(i + 1) {
            let siblings = system.node(a).parent == system.node(b).parent;
            pairs.push(Pair { a, b, found: matrix.get(i, j), siblings });
        }
    }
    pairs
}

/// The correlation of a node with its own parent and with the other nodes of that level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Own {
    /// The node.
    pub node: NodeId,
    /// Its parent.
    pub parent: NodeId,
    /// The correlation with the parent; `None` where one of them does not vary.
    pub found: Option<Association>,
    /// The node of the parent's level with the greatest coefficient besides the parent; `None` where there is no other.
    pub other: Option<(NodeId, f64)>,
}

impl Own {
    /// What the correlation with the parent says, and then whether another node is closer.
    pub fn flags(&self) -> Vec<Flag> {
        let Some(own) = self.found.map(|found| found.coefficient) else { return Vec::new() };
        let misplaced = self.other.is_some_and(|(_, other)| other > own);
        // A node that is alone below its parent is its parent.
        let flag = Flag::of(own).filter(|flag| *flag != Flag::Redundant);
        flag.into_iter().chain(misplaced.then_some(Flag::Misplaced)).collect()
    }
}

/// Every node but the root with its own parent and with the other nodes of the parent's level, in the order of the tree.
pub fn own_and_others(scores: &Scores<'_>, by: Correlation) -> Vec<Own> {
    let system = scores.system();
    let ids = || (0..system.nodes().len() as u32).map(NodeId);
    let of_level = |level: usize| -> Vec<NodeId> {
        ids().filter(|&id| system.node(id).depth == level).collect()
    };
    let mut found: Vec<Own> = Vec::new();
    for level in 1..=system.depth() {
        let (nodes, above) = (of_level(level), of_level(level - 1));
        let columns: Vec<&[f64]> =
            nodes.iter().chain(&above).map(|&node| scores.of(node)).collect();
        let matrix = CorrelationMatrix::new(&columns, by);
        for (i, &node) in nodes.iter().enumerate() {
            let Some(parent) = system.node(node).parent else { continue };
            let (mut own, mut other): (Option<Association>, Option<(NodeId, f64)>) = (None, None);
            for (k, &id) in above.iter().enumerate() {
                let at = nodes.len() + k;
                if id == parent {
                    own = matrix.get(i, at);
                } else if let Some(r) = matrix.coefficient(i, at)
                    && other.is_none_or(|(_, best)| r > best)
                {
                    other = Some((id, r));
                }
            }
            found.push(Own { node, parent, found: own, other });
        }
    }
    number::sort_items(&mut found, |a, b| a.node.cmp(&b.node));
    found
}
