//! How many regions change tier.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::Statistic;

pub(super) const ENTRY: Entry = Entry {
    name: "change_tier",
    label: "Change tier",
    summary: "How many regions change tier.",
    formula: "number of regions whose tiers differ",
    reference: "",
    of: Of::Tiers,
    kind: Kind::Count,
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let (moved, _) = pair.migration()?.moved()?;
    Ok(moved as f64)
}
