//! Principal components of the children of a node.

use super::Scores;
use crate::model::NodeId;
use crate::number::{Correlation, eigen_symmetric};

/// The principal components of the correlation matrix of the children of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// The node.
    pub node: NodeId,
    /// Its children that vary.
    pub children: Vec<NodeId>,
    /// In how many rows all of these have a score.
    pub n: usize,
    /// The eigenvalues, descending; they add up to the number of children.
    pub values: Vec<f64>,
    /// For each component the unit eigenvector, an element for each child.
    pub vectors: Vec<Vec<f64>>,
}

impl Components {
    /// The share of the whole variance that a component has.
    pub fn share(&self, component: usize) -> f64 {
        self.values[component] / self.children.len() as f64
    }

    /// The loading of a child on a component: their correlation, which is the element of the unit eigenvector times the
    /// square root of the eigenvalue.
    pub fn loading(&self, component: usize, child: usize) -> f64 {
        self.vectors[component][child] * crate::number::max(self.values[component], 0.0).sqrt()
    }

    /// How many eigenvalues are above 1 (Kaiser 1960, Educational and Psychological Measurement 20, 141-151).
    pub fn above_one(&self) -> usize {
        // What cannot be told from 1 is not above it.
        self.values.iter().filter(|value| **value > 1.0 + 1e-12).count()
    }
}

/// The components of each node with at least two children that vary, over the rows in which all of these have a score.
pub fn components(scores: &Scores<'_>) -> Vec<Components> {
    let of = |node: NodeId| {
        let (children, columns) = scores.common(node);
        let (k, n) = (children.len(), columns.first().map_or(0, Vec::len));
        if k < 2 || n < 3 {
            return None;
        }
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut matrix = Vec::new();
        Correlation::Pearson.matrix(&columns, &mut matrix);
        let (values, vectors) = eigen_symmetric(&matrix, k)?;
        let vectors = vectors.chunks(k).map(<[f64]>::to_vec).collect();
        Some(Components { node, children, n, values, vectors })
    };
    (0..scores.system().nodes().len() as u32).filter_map(|k| of(NodeId(k))).collect()
}
