//! Sorting and ranking, absent values last.

use super::{sort, sort_rows};

crate::method::choice! {
    /// The rank that equal values share.
    pub enum Ties {
        /// The best of the places they take: 1 2 2 4.
        Competition = "competition",
        /// The next number, without gaps: 1 2 2 3.
        Dense = "dense",
        /// The mean of the places they take: 1 2.5 2.5 4.
        Average = "average",
        /// The worst of the places they take: 1 3 3 4.
        Worst = "worst",
    }
}

/// Writes the positions of `values` in ascending order, equal ones in their own order, absent ones last; returns how
/// many are there.
pub fn sort_order(values: &[f64], order: &mut Vec<u32>) -> usize {
    order.clear();
    order.extend((0..values.len() as u32).filter(|&i| !values[i as usize].is_nan()));
    let there = order.len();
    sort_rows(order, values);
    order.extend((0..values.len() as u32).filter(|&i| values[i as usize].is_nan()));
    there
}

/// Copies the values that are there into `out`, ascending.
pub fn sorted(values: &[f64], out: &mut Vec<f64>) {
    out.clear();
    out.extend(values.iter().copied().filter(|x| !x.is_nan()));
    sort(out);
}

/// Ranks ascending from 1; absent values get NaN. Values are equal where they differ by `tolerance` or less from the
/// first of their tie.
pub fn rank(values: &[f64], ties: Ties, tolerance: f64, order: &mut Vec<u32>, out: &mut [f64]) {
    let there = sort_order(values, order);
    let value = |k: usize| values[order[k] as usize];
    let mut start = 0;
    let mut dense = 0;
    while start < there {
        let mut end = start + 1;
        while end < there && (value(end) == value(start) || value(end) - value(start) <= tolerance)
        {
            end += 1;
        }
        dense += 1;
        let shared = match ties {
            Ties::Competition => (start + 1) as f64,
            Ties::Dense => dense as f64,
            Ties::Average => (start + 1 + end) as f64 / 2.0,
            Ties::Worst => end as f64,
        };
        for &row in &order[start..end] {
            out[row as usize] = shared;
        }
        start = end;
    }
    for &row in &order[there..] {
        out[row as usize] = f64::NAN;
    }
}

/// Ranks ascending from 1, where equal values share the mean of their places; absent values get NaN.
pub fn mean_ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![f64::NAN; values.len()];
    rank(values, Ties::Average, 0.0, &mut Vec::new(), &mut ranks);
    ranks
}

/// Sorts `order` by `values`, ascending, equal ones staying as they are, and says of each element, at each merge, how
/// many it passes that were out of order with it. The counts add up to twice the pairs that were out of order.
pub fn sort_counting(order: &mut [u32], values: &[f64], mut passed: impl FnMut(u32, usize)) {
    let n = order.len();
    let mut merged = order.to_vec();
    let mut width = 1;
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let middle = (start + width).min(n);
            let end = (start + 2 * width).min(n);
            let (mut left, mut right) = (start, middle);
            for slot in &mut merged[start..end] {
                let take_left = left < middle
                    && (right == end
                        || values[order[left] as usize] <= values[order[right] as usize]);
                let (from, count) = match take_left {
                    true => (&mut left, right - middle),
                    false => (&mut right, middle - left),
                };
                *slot = order[*from];
                *from += 1;
                if count > 0 {
                    passed(*slot, count);
                }
            }
        }
        order.copy_from_slice(&merged);
        width *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_tie_rules() {
        let values = [3.0, 1.0, f64::NAN, 2.0, 2.0];
        let ranked = |ties| {
            let mut out = [0.0; 5];
            rank(&values, ties, 0.0, &mut Vec::new(), &mut out);
            [out[1], out[3], out[4], out[0]]
        };
        assert_eq!(ranked(Ties::Competition), [1.0, 2.0, 2.0, 4.0]);
        assert_eq!(ranked(Ties::Dense), [1.0, 2.0, 2.0, 3.0]);
        assert_eq!(ranked(Ties::Average), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(ranked(Ties::Worst), [1.0, 3.0, 3.0, 4.0]);
    }
}
