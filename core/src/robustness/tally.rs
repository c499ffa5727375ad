//! What many draws come to: ranks, scores, who is ahead of whom.

use std::ops::Range;

use crate::number;

use super::partial::{Counts, Partial};

/// What the draws come to. All counts are of draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many draws are counted.
    pub draws: u64,
    /// How many have no figures, which are not in the counts.
    pub failed: u64,
    /// How often region `i` has rank `r + 1`, at `i * n + r`; equal scores share the better rank.
    pub ranks: Vec<u32>,
    /// How often region `a` has a greater score than `b`, at `a * n + b`; empty where it is not counted.
    pub wins: Vec<u32>,
    /// How often region `i` reaches cut `t` of the tiers, from the best on, at `i * cuts + t`.
    pub reached: Vec<u32>,
    /// The mean of each region's score.
    pub means: Vec<f64>,
    /// The standard deviation of each region's score.
    pub deviations: Vec<f64>,
    /// For each region the sum of the weights of all groups over the draws in which it is first; empty where it is not taken.
    pub central: Vec<f64>,
}

impl Tally {
    /// What all draws up to `end` come to, scores differing from `about` by what the sums are of; none where some of these
    /// draws are not done.
    pub(super) fn new(done: &Partial, end: u64, about: &[f64]) -> Option<Tally> {
        let (counts, sums) = done.whole(end)?;
        let Counts { draws, failed, ranks, wins, reached } = counts.clone();
        let all = draws as f64;
        let mean = |i: usize| sums.first[i] / all;
        let variance = |i: usize| {
            number::max(sums.second[i] / all - mean(i) * mean(i), 0.0)
                * (all / number::max(all - 1.0, 1.0))
        };
        Some(Tally {
            draws,
            failed,
            ranks,
            wins,
            reached,
            means: (0..about.len()).map(|i| about[i] + mean(i)).collect(),
            deviations: (0..about.len()).map(|i| variance(i).sqrt()).collect(),
            central: sums.central.clone(),
        })
    }

    /// How many regions.
    pub fn regions(&self) -> usize {
        self.means.len()
    }

    /// How often a region has each rank.
    pub fn ranks_of(&self, i: usize) -> &[u32] {
        let n = self.regions();
        &self.ranks[i * n..(i + 1) * n]
    }

    /// The mean rank of a region.
    pub fn mean_rank(&self, i: usize) -> f64 {
        let all = self.ranks_of(i).iter().zip(1_u64..);
        all.map(|(count, rank)| u64::from(*count) * rank).sum::<u64>() as f64 / self.draws as f64
    }

    /// The share of the draws in which a region is among the best `k`.
    pub fn among(&self, i: usize, k: usize) -> f64 {
        let count: u64 = self.ranks_of(i).iter().take(k).map(|c| u64::from(*c)).sum();
        count as f64 / self.draws as f64
    }

    /// The probability that `a` is ahead of `b`, ties counting half; none where it is not counted.
    pub fn winning(&self, a: usize, b: usize) -> Option<f64> {
        let n = self.regions();
        let (ahead, behind) = (*self.wins.get(a * n + b)?, *self.wins.get(b * n + a)?);
        let ties = self.draws - u64::from(ahead) - u64::from(behind);
        Some((f64::from(ahead) + 0.5 * ties as f64) / self.draws as f64)
    }

    /// The rank in the draw with this number, from 0, when draws are sorted by the rank of a region.
    fn rank_at(&self, i: usize, number: u64) -> usize {
        let mut before = 0;
        for (count, rank) in self.ranks_of(i).iter().zip(1..) {
            before += u64::from(*count);
            if number < before {
                return rank;
            }
        }
        self.regions()
    }

    /// A quantile of the rank of a region, and an interval that holds the quantile of infinitely many draws with the
    /// probability 0.95: two of the sorted draws.
    pub fn quantile(&self, i: usize, p: f64) -> (usize, Range<usize>) {
        let last = self.draws.saturating_sub(1) as f64;
        let rank = |x: f64| self.rank_at(i, number::clamp(libm::floor(x), 0.0, last) as u64);
        let (from, to) = self.places_of(p);
        (rank(self.draws as f64 * p), rank(from)..rank(to))
    }

    /// The interval of [`Tally::quantile`], where there are so many draws that both ends are draws.
    pub(super) fn sure_quantile(&self, i: usize, p: f64) -> Option<Range<usize>> {
        let (from, to) = self.places_of(p);
        (from >= 0.0 && to < self.draws as f64).then(|| self.quantile(i, p).1)
    }

    /// Between which numbers of sorted draws the quantile of infinitely many lies.
    fn places_of(&self, p: f64) -> (f64, f64) {
        let all = self.draws as f64;
        let half = 1.959_963_984_540_054 * (all * p * (1.0 - p)).sqrt();
        (all * p - half - 1.0, all * p + half + 1.0)
    }

    /// A number that is the same for equal figures.
    pub fn digest(&self) -> u64 {
        let mut all = 0xcbf2_9ce4_8422_2325_u64;
        let mut take = |x: u64| {
            all = (all ^ x).wrapping_mul(0x0000_0100_0000_01b3);
            all ^= all >> 29;
        };
        [self.draws, self.failed].into_iter().for_each(&mut take);
        for counts in [&self.ranks, &self.wins, &self.reached] {
            counts.iter().for_each(|x| take(u64::from(*x)));
        }
        for sums in [&self.means, &self.deviations, &self.central] {
            sums.iter().for_each(|x| take(x.to_bits()));
        }
        all
    }
}
