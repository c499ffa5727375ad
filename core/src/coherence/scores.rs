//! The scores of nodes over the rows that are looked at.

use crate::evaluation::Evaluation;
use crate::model::{NodeId, System};

/// The scores of every node over some rows of an evaluation, turned so that more is better.
#[derive(Clone, Debug)]
pub struct Scores<'e> {
    evaluation: &'e Evaluation,
    rows: Vec<usize>,
    columns: Vec<Vec<f64>>,
}

impl<'e> Scores<'e> {
    /// The scores in these rows of the panel, which ascend.
    pub fn new(evaluation: &'e Evaluation, rows: &[usize]) -> Scores<'e> {
        let nodes = evaluation.methodology().system.nodes().len() as u32;
        let column = |id: NodeId| {
            let sign = evaluation.direction(id).sign();
            let values = evaluation.scores(id).values();
            rows.iter().map(|&row| values[row] * sign).collect()
        };
        let columns = (0..nodes).map(|k| column(NodeId(k))).collect();
        Scores { evaluation, rows: rows.to_vec(), columns }
    }

    /// The evaluation.
    pub fn evaluation(&self) -> &'e Evaluation {
        self.evaluation
    }

    /// The system.
    pub fn system(&self) -> &'e System {
        &self.evaluation.methodology().system
    }

    /// The rows of the panel.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// The scores of a node, one a row; NaN where there is none.
    pub fn of(&self, node: NodeId) -> &[f64] {
        &self.columns[node.index()]
    }

    /// Whether a node has more than one score: one that is the same in all rows has no correlation with anything.
    pub fn varies(&self, node: NodeId) -> bool {
        crate::number::extremes(self.of(node)).is_some_and(|(least, greatest)| least < greatest)
    }

    /// The children of a node that vary, and their scores over the rows in which all of these have one.
    pub(super) fn common(&self, parent: NodeId) -> (Vec<NodeId>, Vec<Vec<f64>>) {
        let children = self.system().node(parent).children.iter().copied();
        let children: Vec<NodeId> = children.filter(|&child| self.varies(child)).collect();
        let is_complete =
            |row: &usize| children.iter().all(|&child| !self.of(child)[*row].is_nan());
        let complete: Vec<usize> = (0..self.rows.len()).filter(is_complete).collect();
        let column = |&child: &NodeId| complete.iter().map(|&row| self.of(child)[row]).collect();
        let columns = children.iter().map(column).collect();
        (children, columns)
    }
}
