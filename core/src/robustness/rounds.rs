//! Draws in rounds: all at once, or until ranks are known well enough.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Tally;
use super::partial::{Counts, Partial, Shard, Sums};
use crate::analysis::Watch;

/// Draws that are counted together; every piece begins with a block.
pub(super) const BLOCK: u64 = 64;

/// Sums are taken over so many pieces of a round, one after the other, whatever the number of threads; over more where these
/// would be larger than a piece may be.
const PIECES: u64 = 64;

/// Sums of all pieces take so many bytes, unless there are no more than [`PIECES`].
const ROOM: u64 = 64 << 20;

/// When to stop drawing: as soon as the ends of the interval of ranks of every region are known well enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Until {
    /// By how many places to either side an end may be uncertain.
    pub places: f64,
    /// The probability of the interval of ranks.
    pub level: f64,
}

/// What is drawn in rounds.
pub(super) struct Rounds<'a> {
    /// How many draws at most.
    pub(super) count: u64,
    pub(super) until: Option<Until>,
    /// So many draws of a piece are few enough that little is lost when the program is ended.
    pub(super) most: u64,
    /// A score of each region, near to those that are drawn.
    pub(super) about: &'a [f64],
}

impl Until {
    /// By how many places to either side an end of the interval of ranks of some region is uncertain, at most; none where
    /// there are too few draws to say so.
    pub fn widest(&self, tally: &Tally) -> Option<f64> {
        let tail = 0.5 * (1.0 - self.level);
        let ends = (0..tally.regions()).flat_map(|i| [(i, tail), (i, 1.0 - tail)]);
        let mut widest = 0;
        for (i, p) in ends {
            let places = tally.sure_quantile(i, p)?;
            widest = widest.max(places.end - places.start);
        }
        Some(0.5 * widest as f64)
    }

    /// Whether the ends of all intervals of ranks are known well enough.
    pub fn is_reached(&self, tally: &Tally) -> bool {
        self.widest(tally).is_some_and(|widest| widest <= self.places)
    }
}

impl Rounds<'_> {
    /// Draws one round after the other those that are in the shard and not done yet. Without `until` there is one round;
    /// otherwise each doubles the number of draws from one block on, so that where it ends depends on what was drawn and on
    /// nothing else. The answer is whether all of them are done now.
    pub(super) fn run(
        &self,
        shard: Shard,
        done: &mut Partial,
        watch: &dyn Watch,
        counts: &(impl Fn() -> Counts + Sync),
        piece: &(impl Fn(Range<u64>, &mut Counts) -> Sums + Sync),
    ) -> bool {
        let mut from = 0;
        while from < self.count {
            let next = match self.until {
                Some(_) => (2 * from).max(BLOCK).min(self.count),
                None => self.count,
            };
            let pieces = self.pieces(from..next, done);
            let own = shard.part(&pieces);
            self.round(own, done, watch, counts, piece);
            if !own.iter().all(|draws| done.has(draws)) {
                return false;
            }
            from = next;
            let tally = || Tally::new(done, from, self.about);
            if self.until.is_some_and(|until| tally().is_some_and(|tally| until.is_reached(&tally)))
            {
                return true;
            }
        }
        true
    }

    /// Runs all pieces of a round that are not done yet.
    fn round(
        &self,
        pieces: &[Range<u64>],
        done: &mut Partial,
        watch: &dyn Watch,
        counts: &(impl Fn() -> Counts + Sync),
        piece: &(impl Fn(Range<u64>, &mut Counts) -> Sums + Sync),
    ) {
        let left: Vec<&Range<u64>> = pieces.iter().filter(|draws| !done.has(draws)).collect();
        let size = left.len().div_ceil(workers(self.about.len())).max(1);
        let done = Mutex::new(done);
        left.par_chunks(size).for_each(|pieces| {
            let mut own = counts();
            for &draws in pieces {
                if watch.is_stopped() {
                    return;
                }
                let sums = piece(draws.clone(), &mut own);
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                done.push(draws.clone(), &own, sums);
                own.clear();
                watch.went_on(done.len(), self.count, &|| done.to_bytes());
            }
        });
    }

    /// The pieces of these draws: whole blocks but for the last.
    fn pieces(&self, draws: Range<u64>, done: &Partial) -> Vec<Range<u64>> {
        let count = draws.end - draws.start;
        let most = (ROOM / done.room().max(1)).max(PIECES);
        let number = count.div_ceil(self.most).clamp(PIECES, most);
        let size = count.div_ceil(number).div_ceil(BLOCK).max(1) * BLOCK;
        let start = |piece: u64| draws.start + piece * size;
        (0..count.div_ceil(size)).map(|p| start(p)..start(p + 1).min(draws.end)).collect()
    }
}

/// How many regions' ranks are counted at the same time, so that counts take at most some 256 MB.
fn workers(n: usize) -> usize {
    let room = (256_usize << 20) / (8 * n * n + 1);
    rayon::current_num_threads().clamp(1, room.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number;
    use crate::robustness::{Draws, Linear, Shape};

    fn draws(until: Option<Until>, count: u64) -> Draws {
        Draws {
            shapes: vec![Shape::Dirichlet(vec![1; 5])],
            bounds: vec![None],
            count,
            until,
            seed: 3,
            pairs: true,
            central: true,
            tiers: Vec::new(),
        }
    }

    fn table() -> Linear {
        let cell = |i: u64, j: u64| number::uniform(4, i, j);
        let scores = (0..12).flat_map(|i| (0..5).map(move |j| cell(i, j))).collect();
        Linear::of_table(scores, vec![0.2; 5])
    }

    /// It ends after a power of two of blocks, as soon as the intervals are narrow enough and no sooner, with any number of
    /// threads, and its draws are those of a run with so many.
    #[test]
    fn draws_end_when_ranks_are_known() {
        let linear = table();
        let until = Until { places: 0.5, level: 0.95 };
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads").install(|| draws(Some(until), 1 << 22).of(&linear))
        };
        let (one, three) = (with(1), with(3));
        assert_eq!(one, three);
        assert!(one.draws < 1 << 22 && (one.draws / BLOCK).is_power_of_two());
        assert!(until.is_reached(&one));
        assert!(!until.is_reached(&draws(None, one.draws / 2).of(&linear)));
        assert_eq!(draws(None, one.draws).of(&linear).ranks, one.ranks);
    }

    /// Too few draws are never called enough, whatever they show.
    #[test]
    fn few_draws_are_not_enough() {
        let linear = table();
        let until = Until { places: 100.0, level: 0.95 };
        assert_eq!(until.widest(&draws(None, 200).of(&linear)), None);
        let tally = draws(Some(until), 10_000).of(&linear);
        assert_eq!(tally.draws, 256);
        let never = Until { places: 0.0, level: 0.95 };
        let tally = draws(Some(never), 1_000).of(&linear);
        assert_eq!(tally.draws, 1_000);
        assert!(!never.is_reached(&tally));
    }
}
