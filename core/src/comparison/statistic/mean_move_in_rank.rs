//! The mean move in rank.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};
use crate::number;

pub(super) const ENTRY: Entry = Entry {
    name: "mean_move_in_rank",
    label: "Mean move in rank",
    summary: "How many places a region moves on average, up or down.",
    formula: "Σ |r − s| / n",
    reference: "OECD/JRC Handbook (2008), step 7: average shift in rank",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    number::mean(&pair.aligned.rank_shifts()).ok_or(Undefined::TooFew { n: 0, least: 1 })
}
