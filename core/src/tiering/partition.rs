//! The partition of sorted values into classes with the least sum of squares within them.
//!
//! Fisher, W. D. (1958), On grouping for maximum homogeneity, Journal of the American Statistical Association 53,
//! 789–798: an exact dynamic program over the distinct values, O(k·n²) at worst. Of partitions that are equally good
//! the one with the lower bounds is taken.

use crate::number::{self, Precision};

/// The first position of each class but the lowest, ascending; `values` ascend and are distinct, `counts` say how often
/// each occurs, and `classes` is at most their number.
pub(super) fn best_partition(values: &[f64], counts: &[f64], classes: usize) -> Vec<usize> {
    let n = values.len();
    // Sums from the middle value keep their digits where values are far from zero.
    let origin = values[n / 2];
    let mut sums = vec![(0.0, 0.0, 0.0)];
    for (&x, &count) in values.iter().zip(counts) {
        let (w, s, q) = sums[sums.len() - 1];
        let d = x - origin;
        sums.push((w + count, s + count * d, q + count * d * d));
    }
    let within = |from: usize, to: usize| {
        let (a, b) = (sums[from], sums[to]);
        let (w, s, q) = (b.0 - a.0, b.1 - a.1, b.2 - a.2);
        if to - from == 1 { 0.0 } else { number::max(q - s * s / w, 0.0) }
    };
    // Of partitions that only rounding errors tell apart the first counts.
    let grid = Precision::Digits(13).grid(within(0, n));
    // cost[j]: the first j values in as many classes as are reached so far.
    let mut cost: Vec<f64> = (0..=n).map(|j| if j == 0 { 0.0 } else { within(0, j) }).collect();
    let mut starts = vec![vec![0; n + 1]; classes];
    for (class, starts) in starts.iter_mut().enumerate().skip(1) {
        for j in (class + 1..=n).rev() {
            let (mut least, mut at) = (f64::INFINITY, class);
            for i in class..j {
                let candidate = cost[i] + within(i, j);
                if grid.below(candidate, least) {
                    (least, at) = (candidate, i);
                }
            }
            cost[j] = least;
            starts[j] = at;
        }
    }
    let mut firsts = Vec::with_capacity(classes - 1);
    let mut end = n;
    for class in (1..classes).rev() {
        end = starts[class][end];
        firsts.push(end);
    }
    firsts.reverse();
    firsts
}
