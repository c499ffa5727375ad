//! Schulze: who beats whom on the strongest path of majorities.

use super::{Entry, Rankings, Scored, Undefined};

/// Beyond these, the n³ steps take minutes.
const MOST: usize = 3_000;

pub(super) const ENTRY: Entry = Entry {
    name: "schulze",
    label: "Schulze",
    summary: "How many other regions beat it on the strongest path of majorities, a path being as strong as its weakest step; none beats a possible winner.",
    formula: "S(a) = number of b with p(b, a) > p(a, b); p(a, b) is the greatest, over all paths from a to b, of the least \
              d(x, y) of its steps, each with d(x, y) > d(y, x)",
    reference: "Schulze (2011), Social Choice and Welfare 36(2), 267-303, with the strength of a step by winning votes",
    greater_is_better: false,
    most: Some(MOST),
    compute,
};

fn compute(rankings: &Rankings<'_>) -> Result<Scored, Undefined> {
    let preferences = rankings.preferences();
    let n = rankings.regions();
    // The strength of the strongest path from one region, which has a row, to another; 0 where there is none.
    let mut strength = vec![0_u32; n * n];
    for a in 0..n {
        for b in (0..n).filter(|&b| preferences.beats(a, b)) {
            strength[a * n + b] = preferences.of(a, b);
        }
    }
    let mut by = vec![0; n];
    for via in 0..n {
        by.copy_from_slice(&strength[via * n..(via + 1) * n]);
        for a in (0..n).filter(|&a| a != via) {
            let there = strength[a * n + via];
            let row = &mut strength[a * n..(a + 1) * n];
            row.iter_mut().zip(&by).for_each(|(path, on)| *path = (*path).max(there.min(*on)));
        }
    }
    let beaten = |a: usize| (0..n).filter(|&b| strength[b * n + a] > strength[a * n + b]).count();
    Ok((0..n).map(|a| beaten(a) as f64).collect::<Vec<f64>>().into())
}
