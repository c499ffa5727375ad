//! Internal consistency: Cronbach's alpha of the children of a node.

use super::Scores;
use crate::model::NodeId;
use crate::number::{sample_variance, sum};

/// Whether the children of a node measure one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistency {
    /// The node.
    pub node: NodeId,
    /// Its children that vary.
    pub children: Vec<NodeId>,
    /// In how many rows all of these have a score.
    pub n: usize,
    /// Cronbach's alpha: k / (k - 1) · (1 - Σ var(x_j) / var(Σ x_j)), of k children (Cronbach 1951, Psychometrika 16(3),
    /// 297-334). It is 1 at most; it can be far below 0.
    pub alpha: f64,
    /// Alpha of the children that are left without each of them; `None` where fewer than two are left.
    pub without: Vec<Option<f64>>,
}

/// The consistency of each node with at least two children that vary, in the order of the tree.
pub fn consistency(scores: &Scores<'_>) -> Vec<Consistency> {
    let of = |node: NodeId| {
        let (children, columns) = scores.common(node);
        let all: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let alpha = alpha(&all)?;
        let without = |k: usize| {
            let rest = all.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, column)| *column);
            self::alpha(&rest.collect::<Vec<_>>())
        };
        let without = (0..all.len()).map(without).collect();
        Some(Consistency { node, children, n: all[0].len(), alpha, without })
    };
    (0..scores.system().nodes().len() as u32).filter_map(|k| of(NodeId(k))).collect()
}

/// Alpha of complete columns; `None` with fewer than two columns or rows, or where their sum does not vary.
fn alpha(columns: &[&[f64]]) -> Option<f64> {
    let k = columns.len();
    if k < 2 {
        return None;
    }
    let rows = columns[0].len();
    let mut total = vec![0.0; rows];
    for column in columns {
        total.iter_mut().zip(*column).for_each(|(sum, x)| *sum += x);
    }
    let parts: Option<Vec<f64>> = columns.iter().map(|column| sample_variance(column)).collect();
    let (parts, whole) = (sum(&parts?), sample_variance(&total)?);
    let k = k as f64;
    (whole > 0.0).then(|| k / (k - 1.0) * (1.0 - parts / whole))
}
