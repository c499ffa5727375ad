//! The coefficient gamma of Goodman and Kruskal.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Side, Statistic, Undefined};
use crate::number::PairCounts;

pub(super) const ENTRY: Entry = Entry {
    name: "goodman_kruskal_gamma",
    label: "Goodman-Kruskal gamma",
    summary: "Pairs of regions in the same order on both sides against pairs in the opposite order, from -1 to 1; pairs that \
              are tied on a side do not count.",
    formula: "(C − D) / (C + D): C pairs in the same order and D in the opposite one",
    reference: "Goodman & Kruskal (1954), Journal of the American Statistical Association 49(268), 732-764",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.varying_ranks()?;
    goodman_kruskal_gamma(&x, &y).ok_or(Undefined::Constant(Side::Both))
}

/// Goodman and Kruskal's gamma of two columns without gaps. None where every pair is tied in one of them, which is so only
/// where one of them is constant.
pub fn goodman_kruskal_gamma(x: &[f64], y: &[f64]) -> Option<f64> {
    let PairCounts { concordant, discordant, .. } = PairCounts::of(x, y);
    let counted = concordant + discordant;
    (counted > 0).then(|| (concordant - discordant) as f64 / counted as f64)
}
