//! Similarity of two rankings in which the top of the first counts more.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Side, Statistic, Undefined};
use crate::number::{max, mean_ranks};

pub(super) const ENTRY: Entry = Entry {
    name: "ws",
    label: "WS",
    summary: "Similarity of the ranks in which the top of the first side counts more, from about -1 to 1.",
    formula: "1 − Σ 2^(−r)·|r − s| / max(|1 − r|, |n − r|)",
    reference: "Sałabun & Urbaniak (2020), ICCS 2020, LNCS 12138, 632-645",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.varying_ranks()?;
    ws(&mean_ranks(&x), &mean_ranks(&y)).ok_or(Undefined::Constant(Side::Both))
}

/// The similarity WS of two rankings, 1 being the best rank and equal ones sharing the mean of their places. It is not the
/// same from both sides: the first is the one whose top counts. None for fewer than two regions.
pub fn ws(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let part =
        |(r, s): (&f64, &f64)| libm::exp2(-r) * (r - s).abs() / max((1.0 - r).abs(), (n - r).abs());
    (x.len() > 1).then(|| 1.0 - x.iter().zip(y).map(part).sum::<f64>())
}
