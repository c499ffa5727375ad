//! Cohen's kappa of the tiers.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};

pub(super) const ENTRY: Entry = Entry {
    name: "kappa",
    label: "Kappa",
    summary: "Agreement of the tiers beyond chance: 1 is full agreement, 0 is what chance gives.",
    formula: "1 − Σ v(i,j) o(i,j) / Σ v(i,j) e(i,j) over the tiers i of the first side and j of the second: o are the \
              counts, e those that the margins would give by chance, v is 1 where i ≠ j",
    reference: "Cohen (1960), Educational and Psychological Measurement 20(1), 37-46",
    of: Of::Tiers,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    pair.migration()?.kappa(Weights::Equal)
}

/// How disagreement between tiers is weighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Every disagreement alike.
    Equal,
    /// By how many tiers lie between.
    Linear,
    /// By its square.
    Quadratic,
}

/// Cohen's weighted kappa (1968, Psychological Bulletin 70, 213–220) of a square matrix of counts, its classes in order:
/// 1 − Σ v(i,j) o(i,j) / Σ v(i,j) e(i,j), with v = 1 off the diagonal, |i − j| or (i − j)², o the counts and e those that
/// the margins give by chance. 1 is full agreement, 0 what chance gives.
///
/// # Errors
/// No region, or all of them in one class on both sides.
pub fn kappa(counts: &[Vec<usize>], weights: Weights) -> Statistic {
    let weight = |i: usize, j: usize| {
        let apart = i.abs_diff(j) as u128;
        match weights {
            Weights::Equal => apart.min(1),
            Weights::Linear => apart,
            Weights::Quadratic => apart * apart,
        }
    };
    let sum = |cells: &mut dyn Iterator<Item = usize>| cells.map(|c| c as u128).sum::<u128>();
    let classes = counts.len();
    let rows: Vec<u128> = counts.iter().map(|row| sum(&mut row.iter().copied())).collect();
    let columns: Vec<u128> =
        (0..classes).map(|j| sum(&mut counts.iter().map(|row| row[j]))).collect();
    let n: u128 = rows.iter().sum();
    if n == 0 {
        return Err(Undefined::TooFew { n: 0, least: 1 });
    }
    // Whole numbers, exact in any order.
    let (mut observed, mut expected) = (0_u128, 0_u128);
    for i in 0..classes {
        for j in 0..classes {
            observed += weight(i, j) * counts[i][j] as u128;
            expected += weight(i, j) * rows[i] * columns[j];
        }
    }
    if expected == 0 {
        return Err(Undefined::OneTier);
    }
    Ok(1.0 - (observed * n) as f64 / expected as f64)
}
