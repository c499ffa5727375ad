//! The Frobenius distance between the matrices of two rankings.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Statistic, Undefined};
use crate::number::PairCounts;

pub(super) const ENTRY: Entry = Entry {
    name: "frobenius_distance",
    label: "Frobenius distance",
    summary: "How far the order of all pairs of regions is apart on the two sides: a reversed pair counts four times what a \
              tie on one side only counts; 0 where no pair differs.",
    formula: "√(Σ over i, j of (sign(r(i) − r(j)) − sign(s(i) − s(j)))²)",
    reference: "Dezert, Shekhovtsov & Sałabun (2024), Heliyon 10(7), e28265",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.common_ranks();
    match x.len() {
        n @ 0..2 => Err(Undefined::TooFew { n, least: 2 }),
        _ => Ok(frobenius_distance(&x, &y)),
    }
}

/// The Frobenius norm of the difference between the matrices of two rankings, which have 1, 0 or -1 for every ordered pair
/// of regions. Of a pair that is reversed both places differ by 2, of a tie in one ranking only both differ by 1.
pub fn frobenius_distance(x: &[f64], y: &[f64]) -> f64 {
    let PairCounts { discordant, tied_once, .. } = PairCounts::of(x, y);
    ((8 * discordant + 2 * tied_once) as f64).sqrt()
}
