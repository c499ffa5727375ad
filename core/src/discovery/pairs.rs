//! Pairs of regions whose order depends on choices.

use rayon::prelude::*;

use crate::multiverse::{Design, Results};

/// Two regions, and how often the first is ahead of the second.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The row of the region that is ahead more often; of equal ones that which stands first.
    pub ahead: usize,
    /// The row of the other one.
    pub behind: usize,
    /// In how many branches both are ranked.
    pub n: usize,
    /// In how many of these the first is ahead; equal ranks count a half.
    pub wins: f64,
    /// For each fork and each of its options, in what share of its branches the first is ahead; `None` where no branch has it.
    pub by_option: Vec<Vec<Option<f64>>>,
    /// For each fork, its share of the variance of who is ahead, by itself; empty where that never varies.
    pub shares: Vec<f64>,
}

/// Every pair of `rows`, which are ranked together.
pub fn pairs(results: &Results<'_>, design: &Design, rows: &[usize]) -> Vec<Pair> {
    let forks = results.forks.list();
    let all: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .flat_map(|(i, &a)| rows[i + 1..].iter().map(move |&b| (a, b)))
        .collect();
    all.into_par_iter()
        .map(|(a, b)| {
            let won = |kept: &&crate::multiverse::Kept| {
                let (a, b) = (kept.ranks[a], kept.ranks[b]);
                match a.partial_cmp(&b) {
                    None => f64::NAN,
                    Some(std::cmp::Ordering::Less) => 1.0,
                    Some(std::cmp::Ordering::Equal) => 0.5,
                    Some(std::cmp::Ordering::Greater) => 0.0,
                }
            };
            let mut y: Vec<f64> = results.of.iter().map(won).collect();
            let n = y.iter().filter(|y| !y.is_nan()).count();
            let wins: f64 = y.iter().filter(|y| !y.is_nan()).sum();
            let turned = wins < n as f64 / 2.0;
            if turned {
                y.iter_mut().for_each(|y| *y = 1.0 - *y);
            }
            let by_option = forks.iter().enumerate().map(|(fork, of)| {
                let of_option = |option: usize| {
                    let own = results.branches.iter().zip(&y).filter(|(branch, y)| {
                        !y.is_nan() && results.forks.option(**branch, fork) == option
                    });
                    let (n, sum) = own.fold((0, 0.0), |(n, sum), (_, y)| (n + 1, sum + y));
                    (n > 0).then(|| sum / f64::from(n))
                };
                (0..of.options.len()).map(of_option).collect()
            });
            let shares = (0..forks.len()).filter_map(|fork| design.shares(fork, &y));
            Pair {
                ahead: if turned { b } else { a },
                behind: if turned { a } else { b },
                n,
                wins: if turned { n as f64 - wins } else { wins },
                by_option: by_option.collect(),
                shares: shares.map(|share| share.first).collect(),
            }
        })
        .collect()
}
