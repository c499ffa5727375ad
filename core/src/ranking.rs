//! Ranks: between aggregation and tiering.

use crate::methodology::RankTies;
use crate::number::{sort_order, sort_rows};

/// Ranks descending from 1, absent scores getting NaN.
///
/// `keys` are scores with their sign changed where more is better, so that the least is the best; `then` decides
/// between equal ones, again the least first. Scores are equal where they differ from the first of their tie by
/// `tolerance` or less.
pub fn ranks(
    keys: &[f64],
    then: Option<&[f64]>,
    ties: RankTies,
    tolerance: f64,
    order: &mut Vec<u32>,
    out: &mut [f64],
) {
    let there = sort_order(keys, order);
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
        if let Some(second) = then {
            sort_rows(&mut order[start..end], second);
        } else {
            order[start..end].sort_unstable();
        }
        let mut from = start;
        while from < end {
            let same = |&row: &u32| match then {
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

    fn ranked(scores: &[f64], then: Option<&[f64]>, ties: RankTies, tolerance: f64) -> Vec<f64> {
        let negated: Vec<f64> = scores.iter().map(|x| -x).collect();
        let then: Option<Vec<f64>> = then.map(|t| t.iter().map(|x| -x).collect());
        let mut out = vec![0.0; scores.len()];
        ranks(&negated, then.as_deref(), ties, tolerance, &mut Vec::new(), &mut out);
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
    }

    #[test]
    fn a_second_key_parts_a_tie() {
        let scores = [90.0, 90.0, 90.0, 80.0];
        let volume = [5.0, 7.0, 5.0, 9.0];
        assert_eq!(
            ranked(&scores, Some(&volume), RankTies::Competition, 0.0),
            [2.0, 1.0, 2.0, 4.0]
        );
        assert_eq!(ranked(&scores, Some(&volume), RankTies::Ordinal, 0.0), [2.0, 1.0, 3.0, 4.0]);
    }

    #[test]
    fn a_tolerance_joins_scores_that_differ_by_rounding_only() {
        let scores = [1.0, 1.0 - 1e-13, 0.9];
        assert_eq!(ranked(&scores, None, RankTies::Competition, 1e-9), [1.0, 1.0, 3.0]);
    }
}
