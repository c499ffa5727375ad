//! How many other regions are beaten by a majority of the rankings.

use super::{Entry, Rankings, Scored, Undefined};

pub(super) const ENTRY: Entry = Entry {
    name: "pairwise_wins",
    label: "Pairwise wins",
    summary: "How many other regions it beats, which means that more rankings have it before the other one than behind; Chinese papers on combined evaluation call this Borda's method.",
    formula: "S(a) = number of b with d(a, b) > d(b, a)",
    reference: "Guo Xianguang 郭显光 (1995), Statistical Research 统计研究 5 (there as Borda 法)",
    greater_is_better: true,
    most: Some(super::copeland::MOST),
    compute,
};

fn compute(rankings: &Rankings<'_>) -> Result<Scored, Undefined> {
    let preferences = rankings.preferences();
    let n = rankings.regions();
    let wins = |a: usize| (0..n).filter(|&b| preferences.beats(a, b)).count() as f64;
    Ok((0..n).map(wins).collect::<Vec<f64>>().into())
}
