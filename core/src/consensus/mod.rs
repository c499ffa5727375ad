//! One ranking made of several rankings of the same regions, such as those of several methodologies (组合评价).
//!
//! A [`Rankings`] holds the rankings; every rule in [`TABLE`] makes a [`Consensus`] of them: `TABLE` says everything about
//! its rules, and [`consensus`] applies one. Each ranking counts once. A rule counts with whole numbers or halves, so that
//! equal scores are equal to the last bit, and no rule depends on the order of regions or of rankings.

mod borda;
mod copeland;
mod kemeny;
mod mean_rank;
mod pairwise_wins;
mod schulze;
#[cfg(test)]
mod tests;

use crate::comparison::kemeny_distance;
use crate::number::{Ties, rank};

/// Every rule, in the order of a report.
pub static TABLE: &[Entry] = &[
    mean_rank::ENTRY,
    borda::ENTRY,
    pairwise_wins::ENTRY,
    copeland::ENTRY,
    schulze::ENTRY,
    kemeny::ENTRY,
];

/// What a rule says about itself.
#[derive(Debug)]
pub struct Entry {
    /// Its key in files; also the name of its file.
    pub name: &'static str,
    /// Its name for readers.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The formula, in plain text. Ranks are r of n regions in m rankings; d(a, b) is the number of rankings in which a has a
    /// better rank than b.
    pub formula: &'static str,
    /// Its source.
    pub reference: &'static str,
    /// Whether a greater score is better.
    pub greater_is_better: bool,
    /// The most regions that it takes, where time or memory would otherwise grow beyond measure.
    pub most: Option<usize>,
    compute: fn(&Rankings<'_>) -> Result<Scored, Undefined>,
}

/// Several rankings of the same regions.
#[derive(Clone, Debug)]
pub struct Rankings<'a> {
    ranks: Vec<&'a [f64]>,
    n: usize,
}

impl<'a> Rankings<'a> {
    /// Of ranks with 1 as the best, one slice for each ranking, with the regions in the same order in each. Regions that are
    /// equal have equal ranks, by whatever rule for ties.
    ///
    /// # Errors
    /// No ranking, rankings of different lengths or of fewer than two regions, and a region without a rank.
    pub fn new(rankings: &[&'a [f64]]) -> Result<Rankings<'a>, Undefined> {
        let n = rankings.first().ok_or(Undefined::NoRankings)?.len();
        for (ranking, ranks) in rankings.iter().enumerate() {
            if ranks.len() != n {
                return Err(Undefined::Lengths { ranking, n: ranks.len(), first: n });
            }
            if let Some(region) = ranks.iter().position(|r| !r.is_finite()) {
                return Err(Undefined::Unranked { ranking, region });
            }
        }
        match n {
            0..2 => Err(Undefined::TooFew { n }),
            _ => Ok(Rankings { ranks: rankings.to_vec(), n }),
        }
    }

    /// How many regions there are.
    pub fn regions(&self) -> usize {
        self.n
    }

    /// How many rankings there are.
    pub fn rankings(&self) -> usize {
        self.ranks.len()
    }

    /// In how many rankings each region, which has a row, has a better rank than each other one, which has a column.
    pub fn preferences(&self) -> Preferences {
        let mut counts = vec![0; self.n * self.n];
        for ranks in &self.ranks {
            for (row, own) in counts.chunks_mut(self.n).zip(*ranks) {
                for (count, other) in row.iter_mut().zip(*ranks) {
                    *count += u32::from(own < other);
                }
            }
        }
        Preferences { counts, n: self.n }
    }
}

/// In how many rankings one region has a better rank than another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    counts: Vec<u32>,
    n: usize,
}

impl Preferences {
    /// In how many rankings `a` has a better rank than `b`.
    pub fn of(&self, a: usize, b: usize) -> u32 {
        self.counts[a * self.n + b]
    }

    /// Whether more rankings have `a` before `b` than `b` before `a`.
    pub fn beats(&self, a: usize, b: usize) -> bool {
        self.of(a, b) > self.of(b, a)
    }
}

/// Why there is no consensus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// There is no ranking.
    NoRankings,
    /// There are fewer than two regions.
    TooFew {
        /// How many there are.
        n: usize,
    },
    /// A ranking has another number of regions than the first one.
    Lengths {
        /// Its place, from 0.
        ranking: usize,
        /// Its number of regions.
        n: usize,
        /// The number of regions of the first one.
        first: usize,
    },
    /// A region has no rank.
    Unranked {
        /// The place of the ranking, from 0.
        ranking: usize,
        /// The place of the region, from 0.
        region: usize,
    },
    /// There are more regions than the rule takes.
    TooMany {
        /// How many there are.
        n: usize,
        /// How many it takes.
        most: usize,
    },
    /// More regions than Kemeny's rule takes are in one circle of majorities, so that their order cannot be found piece by
    /// piece.
    Circle {
        /// How many there are in the circle.
        n: usize,
        /// How many it takes.
        most: usize,
    },
}

/// What a rule finds, before ranking.
struct Scored {
    scores: Vec<f64>,
    optima: Option<Optima>,
}

impl From<Vec<f64>> for Scored {
    fn from(scores: Vec<f64>) -> Self {
        Scored { scores, optima: None }
    }
}

/// One ranking made of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Consensus {
    /// The score of each region by the rule.
    pub scores: Vec<f64>,
    /// The rank of each region by its score, 1 the best; regions with equal scores share the best of their places.
    pub ranks: Vec<f64>,
    /// The sum of Kemeny's distances of these ranks to the rankings: the smaller, the nearer it is to all of them.
    pub distance: f64,
    /// The orders that are nearest to the rankings, where the rule looks for them.
    pub optima: Option<Optima>,
}

/// All orders without ties with the least sum of Kemeny's distances to the rankings.
#[derive(Clone, Debug, PartialEq)]
pub struct Optima {
    /// The least sum of distances.
    pub distance: f64,
    /// How many orders have it; exact up to 2^53.
    pub orders: f64,
    /// The best place of each region in any of them.
    pub best: Vec<f64>,
    /// Its worst place in any of them.
    pub worst: Vec<f64>,
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}

/// The consensus of several rankings by a rule.
///
/// # Errors
/// More regions than the rule takes.
pub fn consensus(rule: &Entry, rankings: &Rankings<'_>) -> Result<Consensus, Undefined> {
    let n = rankings.regions();
    if let Some(most) = rule.most.filter(|most| n > *most) {
        return Err(Undefined::TooMany { n, most });
    }
    let Scored { scores, optima } = (rule.compute)(rankings)?;
    let keys: Vec<f64> = match rule.greater_is_better {
        true => scores.iter().map(|s| 0.0 - s).collect(),
        false => scores.clone(),
    };
    let mut ranks = vec![0.0; n];
    rank(&keys, Ties::Competition, 0.0, &mut Vec::new(), &mut ranks);
    let distance = rankings.ranks.iter().map(|other| kemeny_distance(&ranks, other)).sum();
    Ok(Consensus { scores, ranks, distance, optima })
}
