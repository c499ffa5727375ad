//! The drastic distance WS: which regions change their rank, the top counting more.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};
use crate::number::mean_ranks;

pub(super) const ENTRY: Entry = Entry {
    name: "drastic_ws",
    label: "Drastic WS distance",
    summary: "The share of the places that change hands, each place counting twice what the next one counts: 0 where every \
              region keeps its rank, 1 where none does.",
    formula: "Σ over r ≠ s of (2^(−r) + 2^(−s)) / 2, divided by 1 − 2^(−n); without ties this is Σ 2^(−k) over the places k \
              that change hands",
    reference: "Sałabun & Shekhovtsov (2023), FedCSIS 2023, 731-738 (draWS), who have no ties",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.common_ranks();
    let n = x.len();
    drastic_ws(&mean_ranks(&x), &mean_ranks(&y)).ok_or(Undefined::TooFew { n, least: 2 })
}

/// The drastic distance of two rankings, 1 being the best rank and equal ones sharing the mean of their places. It is the
/// same from both sides, 0 for equal rankings and at most 1. None for fewer than two regions.
pub fn drastic_ws(x: &[f64], y: &[f64]) -> Option<f64> {
    let differ = x.iter().zip(y).filter(|(r, s)| r != s);
    let part = |(r, s): (&f64, &f64)| (libm::exp2(-r) + libm::exp2(-s)) / 2.0;
    let all = 1.0 - libm::exp2(-(x.len() as f64));
    (x.len() > 1).then(|| crate::number::min(differ.map(part).sum::<f64>() / all, 1.0))
}
