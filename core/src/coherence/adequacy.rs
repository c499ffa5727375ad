//! Whether the children of a node have enough in common for a factor analysis: the measure of Kaiser, Meyer and Olkin, and
//! Bartlett's test.

use super::Scores;
use crate::model::NodeId;
use crate::number::{Correlation, Distribution, eigen_symmetric, solve, sum};

/// The adequacy of the children of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Adequacy {
    /// The node.
    pub node: NodeId,
    /// Its children that vary.
    pub children: Vec<NodeId>,
    /// In how many rows all of these have a score.
    pub n: usize,
    /// Σ r² / (Σ r² + Σ q²) over all pairs, q being the partial correlations (Kaiser 1974, Psychometrika 39(1), 31-36).
    /// Below 0.5 a factor analysis makes no sense. `None` where a child is a sum of the others.
    pub kmo: Option<f64>,
    /// The same over the pairs of each child.
    pub by_child: Vec<f64>,
    /// -(n - 1 - (2k + 5) / 6) · ln |R| of k children (Bartlett 1951, Biometrika 38, 337-344).
    pub chi_squared: f64,
    /// Its degrees of freedom, k (k - 1) / 2.
    pub freedom: usize,
    /// The probability of so great a value if the children were independent.
    pub p: f64,
}

/// The adequacy of each node with at least two children that vary.
pub fn adequacy(scores: &Scores<'_>) -> Vec<Adequacy> {
    (0..scores.system().nodes().len() as u32).filter_map(|k| of(scores, NodeId(k))).collect()
}

fn of(scores: &Scores<'_>, node: NodeId) -> Option<Adequacy> {
    let (children, columns) = scores.common(node);
    let (k, n) = (children.len(), columns.first().map_or(0, Vec::len));
    if k < 2 || n <= k {
        return None;
    }
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut r = Vec::new();
    Correlation::Pearson.matrix(&columns, &mut r);
    let (values, _) = eigen_symmetric(&r, k)?;
    let logarithms: Vec<f64> = values.iter().map(|value| libm::log(*value)).collect();
    let singular = values.iter().any(|value| *value < 1e-12);
    let factor = n as f64 - 1.0 - (2.0 * k as f64 + 5.0) / 6.0;
    let chi_squared = if singular { f64::INFINITY } else { -factor * sum(&logarithms) };
    let freedom = k * (k - 1) / 2;
    let p = match singular {
        true => 0.0,
        false => {
            Distribution::ChiSquared(freedom as f64).above(crate::number::max(chi_squared, 0.0))
        }
    };
    let inverse = if singular { None } else { inverse(&r, k) };
    let mut by_child = Vec::new();
    let kmo = inverse.map(|inverse| {
        let squares = |i: usize| {
            let (mut plain, mut partial) = (0.0, 0.0);
            for j in (0..k).filter(|&j| j != i) {
                plain += r[i * k + j] * r[i * k + j];
                let q = inverse[i * k + j] * inverse[i * k + j];
                partial += q / (inverse[i * k + i] * inverse[j * k + j]);
            }
            (plain, partial)
        };
        let all: Vec<(f64, f64)> = (0..k).map(squares).collect();
        let share = |(plain, partial): (f64, f64)| plain / (plain + partial);
        by_child = all.iter().map(|of| share(*of)).collect();
        let total = all.iter().fold((0.0, 0.0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
        share(total)
    });
    Some(Adequacy { node, children, n, kmo, by_child, chi_squared, freedom, p })
}

fn inverse(matrix: &[f64], k: usize) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; k * k];
    for j in 0..k {
        let mut column = vec![0.0; k];
        column[j] = 1.0;
        solve(&mut matrix.to_vec(), &mut column)?;
        for (i, x) in column.iter().enumerate() {
            inverse[i * k + j] = *x;
        }
    }
    Some(inverse)
}
