//! The distance of Kemeny between two rankings.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};
use crate::number::PairCounts;

pub(super) const ENTRY: Entry = Entry {
    name: "kemeny_distance",
    label: "Kemeny distance",
    summary: "How many pairs of regions are in another order on the two sides: 2 for each that is reversed, 1 for each that is a tie on one side only.",
    formula: "Σ over i < j of |sign(r(i) − r(j)) − sign(s(i) − s(j))|",
    reference: "Kemeny (1959), Daedalus 88(4), 577-591",
    of: Of::Ranks,
    kind: Kind::Measure(0),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.common_ranks();
    match x.len() {
        n @ 0..2 => Err(Undefined::TooFew { n, least: 2 }),
        _ => Ok(kemeny_distance(&x, &y)),
    }
}

/// Kemeny's distance of two rankings: 2 for each pair of regions in reversed order, 1 for each that is a tie in one of them
/// only.
pub fn kemeny_distance(x: &[f64], y: &[f64]) -> f64 {
    let PairCounts { discordant, tied_once, .. } = PairCounts::of(x, y);
    (2 * discordant + tied_once) as f64
}
