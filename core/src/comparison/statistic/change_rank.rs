//! How many regions change rank.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::Statistic;

pub(super) const ENTRY: Entry = Entry {
    name: "change_rank",
    label: "Change rank",
    summary: "How many regions change rank.",
    formula: "number of regions with r ≠ s",
    reference: "",
    of: Of::Ranks,
    kind: Kind::Count,
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    Ok(pair.aligned.rank_shifts().iter().filter(|places| **places != 0.0).count() as f64)
}
