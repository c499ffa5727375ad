//! What some of the draws come to, and how such parts are put together again.

use std::collections::BTreeMap;
use std::ops::Range;

/// One of several nearly equal parts of the draws, so that each can be made on another machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    number: u64,
    /// Of how many.
    of: u64,
}

impl Shard {
    /// All draws.
    pub const WHOLE: Shard = Shard { number: 1, of: 1 };

    /// The part with this number, from 1, of so many; none if there is no such part.
    pub fn new(number: u64, of: u64) -> Option<Shard> {
        (1..=of).contains(&number).then_some(Shard { number, of })
    }

    /// Which part it is, from 1.
    pub fn number(self) -> u64 {
        self.number
    }

    /// Of how many parts.
    pub fn of(self) -> u64 {
        self.of
    }

    /// The pieces that belong to it.
    pub(super) fn part<T>(self, pieces: &[T]) -> &[T] {
        let all = pieces.len() as u128;
        let at = |number: u64| (all * u128::from(number) / u128::from(self.of)) as usize;
        &pieces[at(self.number - 1)..at(self.number)]
    }
}

/// Counts, which can be added in any order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counts {
    pub(super) draws: u64,
    pub(super) failed: u64,
    pub(super) ranks: Vec<u32>,
    pub(super) wins: Vec<u32>,
    pub(super) reached: Vec<u32>,
}

/// Sums, which are added in the order of the draws.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sums {
    /// Of the differences from a reference score.
    pub(super) first: Vec<f64>,
    /// Of their squares.
    pub(super) second: Vec<f64>,
    pub(super) central: Vec<f64>,
}

impl Counts {
    pub(super) fn new(n: usize, pairs: bool, bounds: usize) -> Counts {
        Counts {
            draws: 0,
            failed: 0,
            ranks: vec![0; n * n],
            wins: vec![0; if pairs { n * n } else { 0 }],
            reached: vec![0; n * bounds],
        }
    }

    fn add(&mut self, other: &Counts) {
        self.draws += other.draws;
        self.failed += other.failed;
        for (own, others) in [
            (&mut self.ranks, &other.ranks),
            (&mut self.wins, &other.wins),
            (&mut self.reached, &other.reached),
        ] {
            own.iter_mut().zip(others).for_each(|(a, b)| *a += b);
        }
    }

    /// Counts nothing any more.
    pub(super) fn clear(&mut self) {
        (self.draws, self.failed) = (0, 0);
        [&mut self.ranks, &mut self.wins, &mut self.reached].into_iter().for_each(|x| x.fill(0));
    }

    /// Whether draws could be counted so: each region has one rank in each of them.
    fn is_possible(&self, n: usize) -> bool {
        let all = |counts: &[u32]| counts.iter().map(|x| u64::from(*x)).sum::<u64>();
        let ranks = || (0..n).all(|i| all(&self.ranks[i * n..(i + 1) * n]) == self.draws);
        let pair = |a: usize, b: usize| {
            u64::from(self.wins[a * n + b]) + u64::from(self.wins[b * n + a]) <= self.draws
        };
        let pairs = || self.wins.is_empty() || (0..n).all(|a| (0..n).all(|b| pair(a, b)));
        self.draws <= u64::from(u32::MAX)
            && ranks()
            && pairs()
            && self.reached.iter().all(|x| u64::from(*x) <= self.draws)
    }
}

impl Sums {
    pub(super) fn new(n: usize, central: usize) -> Sums {
        Sums { first: vec![0.0; n], second: vec![0.0; n], central: vec![0.0; n * central] }
    }

    fn add(&mut self, other: &Sums) {
        for (own, others) in [
            (&mut self.first, &other.first),
            (&mut self.second, &other.second),
            (&mut self.central, &other.central),
        ] {
            own.iter_mut().zip(others).for_each(|(a, b)| *a += b);
        }
    }
}

/// Draws that follow each other, and their sums.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    end: u64,
    sums: Sums,
}

/// What some of the draws come to.
///
/// Sums are kept by part, and added only where no draw before them is absent, so that their last bits do not depend on who
/// made which draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// For how many regions, and of how many weights there are sums for each.
    n: usize,
    central: usize,
    counts: Counts,
    /// By the first of their draws.
    parts: BTreeMap<u64, Part>,
}

/// Two parts have draws in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap;

impl Partial {
    /// No draws yet, of `n` regions, with sums of so many weights for each.
    pub(super) fn new(n: usize, central: usize, counts: Counts) -> Partial {
        Partial { n, central, counts, parts: BTreeMap::new() }
    }

    /// How many draws are done, with those that have no figures.
    pub fn len(&self) -> u64 {
        self.draws().iter().map(|draws| draws.end - draws.start).sum()
    }

    /// Whether no draw is done.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Which draws are done, by number.
    pub fn draws(&self) -> Vec<Range<u64>> {
        let mut all: Vec<Range<u64>> = Vec::new();
        for (&start, part) in &self.parts {
            match all.last_mut() {
                Some(last) if last.end == start => last.end = part.end,
                _ => all.push(start..part.end),
            }
        }
        all
    }

    /// How many bytes the sums of a piece take.
    pub(super) fn room(&self) -> u64 {
        8 * (self.n * (2 + self.central)) as u64
    }

    /// Whether these draws are done.
    pub(super) fn has(&self, draws: &Range<u64>) -> bool {
        let before = self.parts.range(..=draws.start).next_back();
        before.is_some_and(|(_, part)| part.end >= draws.end)
    }

    /// Adds draws that are not done yet.
    pub(super) fn push(&mut self, draws: Range<u64>, counts: &Counts, sums: Sums) {
        self.counts.add(counts);
        self.parts.insert(draws.start, Part { end: draws.end, sums });
        self.join();
    }

    /// Adds the sums of all draws that follow those from the first on.
    fn join(&mut self) {
        let Some(mut first) = self.parts.remove(&0) else { return };
        while let Some(next) = self.parts.remove(&first.end) {
            first.sums.add(&next.sums);
            first.end = next.end;
        }
        self.parts.insert(0, first);
    }

    /// Adds all of another part.
    ///
    /// # Errors
    /// Both have some of the draws; nothing is added then.
    pub fn add(&mut self, other: Partial) -> Result<(), Overlap> {
        let is_there = |start: &u64, end: u64| {
            let before = self.parts.range(..end).next_back();
            before.is_some_and(|(_, part)| part.end > *start)
        };
        if other.parts.iter().any(|(start, part)| is_there(start, part.end)) {
            return Err(Overlap);
        }
        self.counts.add(&other.counts);
        self.parts.extend(other.parts);
        self.join();
        Ok(())
    }

    /// Counts and sums of all draws up to `end`; none where some of them are not done.
    pub(super) fn whole(&self, end: u64) -> Option<(&Counts, &Sums)> {
        let first = self.parts.get(&0).filter(|part| part.end == end && self.parts.len() == 1)?;
        Some((&self.counts, &first.sums))
    }

    /// Everything as bytes, least significant byte first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Counts { draws, failed, ranks, wins, reached } = &self.counts;
        let mut out = Vec::new();
        [*draws, *failed].into_iter().for_each(|x| out.extend(x.to_le_bytes()));
        let counts = [ranks, wins, reached].into_iter().flatten();
        counts.for_each(|x| out.extend(x.to_le_bytes()));
        for (start, Part { end, sums }) in &self.parts {
            [*start, *end].into_iter().for_each(|x| out.extend(x.to_le_bytes()));
            let sums = [&sums.first, &sums.second, &sums.central].into_iter().flatten();
            sums.for_each(|x| out.extend(x.to_bits().to_le_bytes()));
        }
        out
    }

    /// What [`Partial::to_bytes`] wrote of the same draws as this; none where the bytes are something else.
    pub fn read(&self, bytes: &[u8]) -> Option<Partial> {
        let rest = &mut &*bytes;
        let (draws, failed) = (whole(rest)?, whole(rest)?);
        let mut counts = Counts { draws, failed, ..self.counts.clone() };
        for count in [&mut counts.ranks, &mut counts.wins, &mut counts.reached] {
            for x in count.iter_mut() {
                *x = u32::from_le_bytes(taken(rest)?);
            }
        }
        let mut found = Partial::new(self.n, self.central, counts);
        let mut last = 0;
        while !rest.is_empty() {
            let (start, end) = (whole(rest)?, whole(rest)?);
            let mut sums = Sums::new(self.n, self.central);
            for x in [&mut sums.first, &mut sums.second, &mut sums.central].into_iter().flatten() {
                *x = f64::from_bits(whole(rest)?);
            }
            if start < last || end <= start {
                return None;
            }
            last = end;
            found.parts.insert(start, Part { end, sums });
        }
        let is_whole = draws.checked_add(failed) == Some(found.len());
        (is_whole && found.counts.is_possible(self.n)).then_some(found)
    }
}

/// The next bytes.
fn taken<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn whole(rest: &mut &[u8]) -> Option<u64> {
    taken(rest).map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(draws: Range<u64>) -> Partial {
        let mut counts = Counts::new(2, true, 1);
        counts.draws = draws.end - draws.start;
        let all = counts.draws as u32;
        counts.ranks.copy_from_slice(&[all, 0, 0, all]);
        counts.wins[1] = all;
        let mut sums = Sums::new(2, 1);
        sums.first[0] = 0.1 * draws.start as f64;
        let mut partial = Partial::new(2, 1, Counts::new(2, true, 1));
        partial.push(draws, &counts, sums);
        partial
    }

    #[test]
    fn shards_hold_every_piece_once() {
        assert_eq!((Shard::new(0, 3), Shard::new(4, 3)), (None, None));
        for of in 1..9 {
            for n in [0, 1, 5, 64] {
                let pieces: Vec<usize> = (0..n).collect();
                let shards = (1..=of).map(|number| Shard::new(number, of).expect("a shard"));
                let all: Vec<usize> =
                    shards.flat_map(|shard| shard.part(&pieces).to_vec()).collect();
                assert_eq!(all, pieces);
            }
        }
    }

    /// Whatever the order in which parts come, the sums are added in the order of the draws.
    #[test]
    fn parts_are_joined_in_order() {
        let pieces = [0..64, 64..128, 128..130];
        let mut ends = Vec::new();
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let mut all = Partial::new(2, 1, Counts::new(2, true, 1));
            for at in order {
                assert_eq!(all.whole(130), None);
                assert_eq!(all.add(some(pieces[at].clone())), Ok(()));
                assert!(all.has(&pieces[at]));
            }
            assert_eq!(all.add(some(100..128)), Err(Overlap));
            assert_eq!((all.len(), all.draws().len(), all.draws()[0].clone()), (130, 1, 0..130));
            let sum = (0.1 * 0.0 + 0.1 * 64.0) + 0.1 * 128.0;
            assert_eq!(all.whole(130).expect("all").1.first[0].to_bits(), f64::to_bits(sum));
            ends.push(all);
        }
        assert!(ends.iter().all(|end| *end == ends[0]));
    }

    /// Bytes that nobody wrote are refused, whatever is wrong with them.
    #[test]
    fn bytes_come_back_or_are_refused() {
        let empty = Partial::new(2, 1, Counts::new(2, true, 1));
        let mut all = some(0..64);
        assert_eq!(all.add(some(128..140)), Ok(()));
        let bytes = all.to_bytes();
        assert_eq!(empty.read(&bytes), Some(all));
        assert_eq!(empty.read(&empty.to_bytes()), Some(empty.clone()));
        for short in 0..bytes.len() {
            assert_eq!(empty.read(&bytes[..short]), None, "{short} bytes");
        }
        // Each count and each number of a draw is tied to others; only sums can be anything.
        let parts = 16 + 4 * 10;
        for at in (0..parts).step_by(4).chain([parts, parts + 8]) {
            let mut other = bytes.clone();
            other[at] ^= 64;
            let is_free = (16 + 4 * 4..parts).contains(&at);
            assert!(is_free || empty.read(&other).is_none(), "byte {at}");
        }
    }
}
