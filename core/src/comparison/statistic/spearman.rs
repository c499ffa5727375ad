//! Spearman's rank correlation.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Side, Statistic, Undefined};
use crate::number::Correlation;

pub(super) const ENTRY: Entry = Entry {
    name: "spearman",
    label: "Spearman",
    summary: "Correlation of the ranks, from -1 to 1.",
    formula: "correlation of r and s, where equal ranks share the mean of their places",
    reference: "Spearman (1904), American Journal of Psychology 15(1), 72-101",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.varying_ranks()?;
    Correlation::Spearman.of(&x, &y).ok_or(Undefined::Constant(Side::Both))
}
