//! Borda: how many regions are behind, over all rankings.

use super::{Entry, Rankings, Scored, Undefined};
use crate::number::mean_ranks;

pub(super) const ENTRY: Entry = Entry {
    name: "borda",
    label: "Borda",
    summary: "In each ranking a point for every region behind, and half a point for every region with the same rank.",
    formula: "S(a) = Σ (n − r(a)) over the rankings, r the mean of the places that equal regions share",
    reference: "Borda (1781), Histoire de l'Académie royale des sciences; ties as in Black (1976), Public Choice 28",
    greater_is_better: true,
    most: None,
    compute,
};

fn compute(rankings: &Rankings<'_>) -> Result<Scored, Undefined> {
    let n = rankings.regions() as f64;
    let mut scores = vec![0.0; rankings.regions()];
    for ranks in &rankings.ranks {
        scores.iter_mut().zip(mean_ranks(ranks)).for_each(|(score, r)| *score += n - r);
    }
    Ok(scores.into())
}
