//! Agreement of two rankings in which the top counts more.

use super::{Entry, Kind, Of, Pair};
use crate::comparison::{Side, Statistic, Undefined};
use crate::number::{clamp, sort_counting, sort_rows};

pub(super) const ENTRY: Entry = Entry {
    name: "weighted_tau",
    label: "Weighted tau",
    summary: "Kendall's tau-b in which the top counts more, from -1 to 1.",
    formula: "tau-b in which the pair of the regions at places i and j (from 0) weighs 1/(i + 1) + 1/(j + 1); the mean \
              of that with places by r, then s, and of that with places by s, then r",
    reference: "Vigna (2015), WWW '15, 1166-1176, additive hyperbolic weights; `scipy.stats.weightedtau` with its \
                defaults",
    of: Of::Ranks,
    kind: Kind::Measure(4),
    parameter: None,
    compute,
};

fn compute(pair: &Pair<'_>) -> Statistic {
    let [x, y] = pair.aligned.varying_ranks()?;
    let negated = |ranks: Vec<f64>| ranks.iter().map(|r| -r).collect::<Vec<_>>();
    weighted_tau(&negated(x), &negated(y)).ok_or(Undefined::Constant(Side::Both))
}

/// The weighted tau of Vigna (2015, WWW '15, 1166–1176) with additive hyperbolic weights, from -1 to 1: as Kendall's
/// tau-b, a pair weighing 1/(r + 1) + 1/(s + 1) where r and s are the places of its members from 0.
///
/// More is better. A place is that by `x`, then `y`, from the greatest; the result is the mean of that and of the same
/// by `y`, then `x`. `None` with fewer than two regions or where all of a side are equal. No value may be NaN.
///
/// It takes O(n log n).
pub fn weighted_tau(x: &[f64], y: &[f64]) -> Option<f64> {
    let one = placed_by(x, y)?;
    let other = placed_by(y, x)?;
    Some((one + other) / 2.0)
}

fn placed_by(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len();
    let (x_of, y_of) = (|i: u32| x[i as usize], |i: u32| y[i as usize]);
    let mut order: Vec<u32> = (0..n as u32).collect();
    sort_rows(&mut order, x);
    order.chunk_by_mut(|&i, &j| x_of(i) == x_of(j)).for_each(|group| sort_rows(group, y));
    let mut weight = vec![0.0; n];
    for (k, &i) in order.iter().enumerate() {
        weight[i as usize] = 1.0 / (n - k) as f64;
    }
    let all: f64 = crate::number::sum(&weight);
    let total = all * n.saturating_sub(1) as f64;
    let ties_of_x = tied(&order, &weight, |i, j| x_of(i) == x_of(j));
    let ties_of_both = tied(&order, &weight, |i, j| x_of(i) == x_of(j) && y_of(i) == y_of(j));
    // A pair out of order weighs as much as its members: each counts its own weight for all that it passes.
    let mut exchanged = 0.0;
    sort_counting(&mut order, y, |i, passed| exchanged += weight[i as usize] * passed as f64);
    let ties_of_y = tied(&order, &weight, |i, j| y_of(i) == y_of(j));
    let constant = |values: &[f64]| values.iter().all(|v| *v == values[0]);
    if n < 2 || constant(x) || constant(y) {
        return None;
    }
    let difference = total - ties_of_x - ties_of_y + ties_of_both - 2.0 * exchanged;
    let tau = difference / (total - ties_of_x).sqrt() / (total - ties_of_y).sqrt();
    Some(clamp(tau, -1.0, 1.0))
}

/// The weight of all pairs that lie beside each other in `order` and are equal.
fn tied(order: &[u32], weight: &[f64], equal: impl Fn(u32, u32) -> bool) -> f64 {
    let mut sum = 0.0;
    for group in order.chunk_by(|&i, &j| equal(i, j)).filter(|group| group.len() > 1) {
        let of_group: f64 = group.iter().fold(0.0, |sum, &i| sum + weight[i as usize]);
        sum += of_group * (group.len() - 1) as f64;
    }
    sum
}
