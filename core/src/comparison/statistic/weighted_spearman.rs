//! Spearman's rank correlation in which the top counts more.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Side, Statistic, Undefined};
use crate::number::mean_ranks;

pub(super) const ENTRY: Entry = Entry {
    name: "weighted_spearman",
    label: "Weighted Spearman",
    summary: "Correlation of the ranks in which the top of both sides counts more, from -1 to 1.",
    formula: "1 − 6·Σ (r − s)²·((n − r + 1) + (n − s + 1)) / (n⁴ + n³ − n² − n)",
    reference: "Pinto da Costa & Soares (2005), Australian & New Zealand Journal of Statistics 47(4), 515-529",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.varying_ranks()?;
    weighted_spearman(&mean_ranks(&x), &mean_ranks(&y)).ok_or(Undefined::Constant(Side::Both))
}

/// The weighted rank correlation of Pinto da Costa and Soares, of ranks from 1, the best, where equal ones share the mean
/// of their places. None for fewer than two regions.
pub fn weighted_spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let part = |(r, s): (&f64, &f64)| (r - s) * (r - s) * ((n - r + 1.0) + (n - s + 1.0));
    let all: f64 = x.iter().zip(y).map(part).sum();
    let most = n * (n + 1.0) * (n * n - 1.0);
    (x.len() > 1).then(|| 1.0 - 6.0 * all / most)
}
