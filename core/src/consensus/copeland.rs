//! Copeland: pairs won less pairs lost.

use super::{Entry, Rankings, Scored, Undefined};

/// The counts of all pairs of so many regions take 400 MB.
pub(super) const MOST: usize = 10_000;

pub(super) const ENTRY: Entry = Entry {
    name: "copeland",
    label: "Copeland",
    summary: "How many other regions it beats less how many beat it: of two regions, the one that more rankings have before the other beats it.",
    formula: "S(a) = Σ over b of sign(d(a, b) − d(b, a))",
    reference: "Copeland (1951), University of Michigan seminar; Fishburn (1977), SIAM Journal on Applied Mathematics 33(3), \
                469-489",
    greater_is_better: true,
    most: Some(MOST),
    compute,
};

fn compute(rankings: &Rankings<'_>) -> Result<Scored, Undefined> {
    let preferences = rankings.preferences();
    let n = rankings.regions();
    let score = |a: usize| {
        let wins = (0..n).filter(|&b| preferences.beats(a, b)).count();
        let losses = (0..n).filter(|&b| preferences.beats(b, a)).count();
        wins as f64 - losses as f64
    };
    Ok((0..n).map(score).collect::<Vec<f64>>().into())
}
