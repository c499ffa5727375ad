//! Ranks: between aggregation and tiering.

use crate::methodology::RankTies;
use crate::model::Direction;
use crate::number::{Grid, sort_rows};

/// Scores to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// The scores; NaN where there is none.
    pub scores: &'a [f64],
    /// Which way is better.
    pub direction: Direction,
    /// Which of them are equal.
    pub grid: Grid,
}

impl Key<'_> {
    /// The scores settled ([`Grid::settle`]), their sign changed so that the least is the best; `order` has their places.
    fn settled(&self, order: &mut Vec<u32>) -> (Vec<f64>, usize) {
        let mut out = vec![f64::NAN; self.scores.len()];
        let there = self.grid.settle(self.scores, order, &mut out);
        // From zero, so that no zero becomes a negative one.
        match self.direction {
            Direction::Negative => {}
            Direction::Positive => out.iter_mut().for_each(|x| *x = 0.0 - *x),
        }
        (out, there)
    }
}

/// Ranks from 1, which is the best; absent scores get NaN.
///
/// Scores are equal where they settle on the same number, or lie within `tolerance` of the first of their tie; `then`
/// decides between equal ones.
pub fn ranks(
    key: Key<'_>,
    then: Option<Key<'_>>,
    ties: RankTies,
    tolerance: f64,
    order: &mut Vec<u32>,
    out: &mut [f64],
) {
    let second = then.map(|then| then.settled(order).0);
    let (keys, there) = key.settled(order);
    sort_rows(&mut order[..there], &keys);
    let mut start = 0;
    let mut dense = 0;
    while start < there {
        let first = keys[order[start] as usize];
        let mut end = start + 1;
        while end < there {
            let key = keys[order[end] as usize];
            if key != first && key - first > tolerance {
                break;
            }
            end += 1;
        }
        // Within a tie: by the second key, absent ones last, then as the rows lie, which is by region code.
        if let Some(second) = &second {
            sort_rows(&mut order[start..end], second);
        } else {
            order[start..end].sort_unstable();
        }
        let mut from = start;
        while from < end {
            let same = |&row: &u32| match &second {
                None => true,
                Some(second) => {
                    let (x, y) = (second[order[from] as usize], second[row as usize]);
                    x == y || (x.is_nan() && y.is_nan())
                }
            };
            let to = from + order[from..end].iter().take_while(|row| same(row)).count();
            dense += 1;
            for (place, &row) in order[from..to].iter().enumerate() {
                out[row as usize] = match ties {
                    RankTies::Competition => (from + 1) as f64,
                    RankTies::Dense => f64::from(dense),
                    RankTies::Average => (from + 1 + to) as f64 / 2.0,
                    RankTies::Worst => to as f64,
                    RankTies::Ordinal => (from + place + 1) as f64,
                };
            }
            from = to;
        }
        start = end;
    }
    for &row in &order[there..] {
        out[row as usize] = f64::NAN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{Precision, largest};

    fn key(scores: &[f64], precision: Precision) -> Key<'_> {
        Key { scores, direction: Direction::Positive, grid: precision.grid(largest(scores)) }
    }

    fn ranked(scores: &[f64], then: Option<&[f64]>, ties: RankTies, tolerance: f64) -> Vec<f64> {
        let twelve = Precision::default();
        let mut out = vec![0.0; scores.len()];
        let then = then.map(|then| key(then, twelve));
        ranks(key(scores, twelve), then, ties, tolerance, &mut Vec::new(), &mut out);
        out
    }

    #[test]
    fn the_best_has_rank_one() {
        let scores = [70.0, 90.0, 80.0, 90.0, 60.0];
        assert_eq!(ranked(&scores, None, RankTies::Competition, 0.0), [4.0, 1.0, 3.0, 1.0, 5.0]);
        assert_eq!(ranked(&scores, None, RankTies::Dense, 0.0), [3.0, 1.0, 2.0, 1.0, 4.0]);
        assert_eq!(ranked(&scores, None, RankTies::Average, 0.0), [4.0, 1.5, 3.0, 1.5, 5.0]);
        assert_eq!(ranked(&scores, None, RankTies::Worst, 0.0), [4.0, 2.0, 3.0, 2.0, 5.0]);
        assert_eq!(ranked(&scores, None, RankTies::Ordinal, 0.0), [4.0, 1.0, 3.0, 2.0, 5.0]);
        let less = Key { direction: Direction::Negative, ..key(&scores, Precision::All) };
        let mut out = [0.0; 5];
        ranks(less, None, RankTies::Competition, 0.0, &mut Vec::new(), &mut out);
        assert_eq!(out, [2.0, 4.0, 3.0, 4.0, 1.0]);
    }

    #[test]
    fn a_second_key_parts_a_tie() {
        let scores = [90.0, 90.00000000000001, 90.0, 80.0];
        let volume = [5.0, 7.0, 5.000000000000001, 9.0];
        assert_eq!(
            ranked(&scores, Some(&volume), RankTies::Competition, 0.0),
            [2.0, 1.0, 2.0, 4.0]
        );
        assert_eq!(ranked(&scores, Some(&volume), RankTies::Ordinal, 0.0), [2.0, 1.0, 3.0, 4.0]);
    }

    #[test]
    fn scores_that_differ_by_rounding_only_share_a_rank() {
        let scores = [1.0, 1.0 - 1e-13, 1.0 - 1e-11, 0.9];
        assert_eq!(ranked(&scores, None, RankTies::Competition, 0.0), [1.0, 1.0, 3.0, 4.0]);
        assert_eq!(ranked(&scores, None, RankTies::Competition, 1e-9), [1.0, 1.0, 1.0, 4.0]);
        let mut out = [0.0; 4];
        let all = key(&scores, Precision::All);
        ranks(all, None, RankTies::Competition, 0.0, &mut Vec::new(), &mut out);
        assert_eq!(out, [1.0, 2.0, 3.0, 4.0]);
        // Four orders of one sum.
        let sums = [0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.2 + 0.3 + 0.1, 0.3 + 0.1 + 0.2];
        assert_eq!(ranked(&sums, None, RankTies::Worst, 0.0), [4.0; 4]);
    }
}
