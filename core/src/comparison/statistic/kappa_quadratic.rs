//! Cohen's kappa with quadratic weights.

use super::{Entry, Kind, Of, Pair, Weights};
use crate::comparison::Statistic;

pub(super) const ENTRY: Entry = Entry {
    name: "kappa_quadratic",
    label: "Quadratic kappa",
    summary: "Agreement of the tiers beyond chance; a disagreement counts by the square of how many tiers lie between.",
    formula: "kappa with v = (i − j)²",
    reference: "Cohen (1968), Psychological Bulletin 70(4), 213-220",
    of: Of::Tiers,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    pair.migration()?.kappa(Weights::Quadratic)
}
