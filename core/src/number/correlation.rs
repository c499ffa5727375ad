//! Correlations over the rows in which both columns have a value.

use super::distribution::Distribution;
use super::order::{Ties, mean_ranks, rank, sort_counting, sort_order};
use super::sort::sort_rows;
use super::sum::sum_of;

crate::method::choice! {
    /// A coefficient of correlation.
    pub enum Correlation {
        /// Of the values.
        Pearson = "pearson",
        /// Of the ranks, equal values sharing the mean of their places.
        Spearman = "spearman",
        /// Of the order of all pairs, corrected for ties (tau-b).
        Kendall = "kendall",
    }
}

/// A coefficient of correlation, and what a test of it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// The coefficient, from -1 to 1.
    pub coefficient: f64,
    /// How many rows have a value in both columns.
    pub n: usize,
    /// The probability of a coefficient at least as far from 0, on either side, if the columns were independent; NaN with
    /// fewer than three rows.
    pub p: f64,
    /// How `p` was computed.
    pub by: PValue,
}

/// How the p-value of a correlation is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PValue {
    /// t = r √((n − 2) / (1 − r²)) against Student's distribution with n − 2 degrees of freedom.
    Student,
    /// The difference between the pairs in the same and in the opposite order, by its standard deviation corrected for ties,
    /// against the normal distribution (Kendall 1970, Rank Correlation Methods).
    Normal,
    /// The distribution of the number of pairs in the opposite order over all orders, as there are no ties and few rows.
    Exact,
}

/// With more rows the distribution of Kendall's coefficient is taken as normal, as scipy does.
const EXACT_ROWS: usize = 33;

impl Correlation {
    /// The coefficient with its p-value and n; `None` with fewer than two common rows or where a column is constant over
    /// them.
    pub fn test(self, x: &[f64], y: &[f64]) -> Option<Association> {
        let mut pairs = Pairs::default();
        let coefficient = self.between(x, y, &mut pairs)?;
        let n = pairs.x.len();
        let (p, by) = match self {
            Correlation::Kendall => Order::of(&pairs.x, &pairs.y, &mut pairs.order).p_value(n),
            _ => (student_p_value(coefficient, n), PValue::Student),
        };
        Some(Association { coefficient, n, p, by })
    }

    /// The two-sided p-value of a coefficient of so many rows, where it follows from these: not for Kendall's, which depends
    /// on ties; NaN there and with fewer than three rows.
    pub fn p_value(self, coefficient: f64, n: usize) -> f64 {
        if self == Correlation::Kendall { f64::NAN } else { student_p_value(coefficient, n) }
    }

    /// The coefficient, from -1 to 1; `None` with fewer than two common rows or where a column is constant over them.
    pub fn of(self, x: &[f64], y: &[f64]) -> Option<f64> {
        self.between(x, y, &mut Pairs::default())
    }

    /// What [`Correlation::of`] multiplies: a complete column, or its ranks, as deviations of length one. `None` where it is
    /// not complete, does not vary or has fewer than two rows.
    pub(super) fn scaled(self, column: &[f64]) -> Option<Vec<f64>> {
        if column.len() < 2 || column.iter().any(|x| x.is_nan()) || constant(column) {
            return None;
        }
        let mut values = match self {
            Correlation::Spearman => mean_ranks(column),
            _ => column.to_vec(),
        };
        unit(&mut values)?;
        Some(values)
    }

    pub(super) fn between(self, x: &[f64], y: &[f64], pairs: &mut Pairs) -> Option<f64> {
        let Pairs { x: left, y: right, ranks, order } = pairs;
        left.clear();
        right.clear();
        for (a, b) in x.iter().zip(y).filter(|(a, b)| !a.is_nan() && !b.is_nan()) {
            left.push(*a);
            right.push(*b);
        }
        if left.len() < 2 || constant(left) || constant(right) {
            return None;
        }
        if self == Correlation::Kendall {
            return Some(Order::of(left, right, order).tau_b());
        }
        for values in [&mut *left, &mut *right] {
            if self == Correlation::Spearman {
                ranks.resize(values.len(), 0.0);
                rank(values, Ties::Average, 0.0, order, ranks);
                values.copy_from_slice(ranks);
            }
            unit(values)?;
        }
        Some(super::clamp(super::dot(left, right), -1.0, 1.0))
    }
}

/// The rows that two columns have in common, and room to rank them.
#[derive(Default)]
pub(super) struct Pairs {
    x: Vec<f64>,
    y: Vec<f64>,
    ranks: Vec<f64>,
    order: Vec<u32>,
}

fn constant(values: &[f64]) -> bool {
    values.iter().all(|x| *x == values[0])
}

/// Deviations from the mean, scaled to length one.
fn unit(values: &mut [f64]) -> Option<()> {
    let mean = super::mean(values)?;
    values.iter_mut().for_each(|x| *x -= mean);
    // Scaled by the greatest before squaring, so that nothing overflows or vanishes.
    let size = values.iter().fold(0.0, |m, d| super::max(m, d.abs()));
    values.iter_mut().for_each(|d| *d /= size);
    let length = sum_of(values, |d| d * d).sqrt();
    values.iter_mut().for_each(|d| *d /= length);
    (length.is_finite() && length > 0.0).then_some(())
}

fn student_p_value(r: f64, n: usize) -> f64 {
    if n < 3 {
        return f64::NAN;
    }
    // What cannot be told from 1 is 1: the columns determine one another.
    if 1.0 - r.abs() < 1e-15 {
        return 0.0;
    }
    let freedom = (n - 2) as f64;
    let t = r * (freedom / ((1.0 - r) * (1.0 + r))).sqrt();
    Distribution::Student(freedom).beyond(t)
}

/// How the pairs of rows are ordered in two columns. Whole numbers, exact in any order.
struct Order {
    all: i64,
    /// Pairs that are tied in the first column, in the second, and in both.
    tied: [i64; 3],
    discordant: i64,
    /// Over the groups of tied values of each column: the sums of t (t − 1) (t − 2) and of t (t − 1) (2 t + 5).
    ties: [(f64, f64); 2],
}

impl Order {
    /// Of columns that vary, by sorting (Knight 1966, Journal of the American Statistical Association 61, 436–439).
    fn of(x: &[f64], y: &[f64], order: &mut Vec<u32>) -> Order {
        sort_order(x, order);
        for group in order.chunk_by_mut(|&i, &j| x[i as usize] == x[j as usize]) {
            sort_rows(group, y);
        }
        let groups = |order: &[u32], equal: &dyn Fn(usize, usize) -> bool| {
            let (mut tied, mut cubes, mut fives) = (0, 0.0, 0.0);
            for group in order.chunk_by(|&i, &j| equal(i as usize, j as usize)) {
                tied += pairs(group.len());
                let t = group.len() as f64;
                cubes += t * (t - 1.0) * (t - 2.0);
                fives += t * (t - 1.0) * (2.0 * t + 5.0);
            }
            (tied, (cubes, fives))
        };
        let (of_x, ties_of_x) = groups(order, &|i, j| x[i] == x[j]);
        let (of_both, _) = groups(order, &|i, j| x[i] == x[j] && y[i] == y[j]);
        let mut passed = 0_i64;
        sort_counting(order, y, |_, count| passed += count as i64);
        let (of_y, ties_of_y) = groups(order, &|i, j| y[i] == y[j]);
        // Each pair out of order was counted from both its ends.
        Order {
            all: pairs(x.len()),
            tied: [of_x, of_y, of_both],
            discordant: passed / 2,
            ties: [ties_of_x, ties_of_y],
        }
    }

    /// Concordant less discordant pairs.
    fn surplus(&self) -> i64 {
        let [of_x, of_y, of_both] = self.tied;
        self.all - of_x - of_y + of_both - 2 * self.discordant
    }

    fn tau_b(&self) -> f64 {
        let [of_x, of_y, _] = self.tied;
        let size = ((self.all - of_x) as f64).sqrt() * ((self.all - of_y) as f64).sqrt();
        self.surplus() as f64 / size
    }

    fn p_value(&self, rows: usize) -> (f64, PValue) {
        if rows < 3 {
            return (f64::NAN, PValue::Exact);
        }
        let [of_x, of_y, _] = self.tied;
        let fewer = self.discordant.min(self.all - self.discordant);
        if of_x == 0 && of_y == 0 && (rows <= EXACT_ROWS || fewer <= 1) {
            return (exact_p_value(rows, fewer as usize, self.all as usize), PValue::Exact);
        }
        let n = rows as f64;
        let [(x_cubes, x_fives), (y_cubes, y_fives)] = self.ties;
        let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - x_fives - y_fives) / 18.0
            + 2.0 * (of_x as f64) * (of_y as f64) / (n * (n - 1.0))
            + x_cubes * y_cubes / (9.0 * n * (n - 1.0) * (n - 2.0));
        let p = Distribution::Normal.beyond(self.surplus() as f64 / variance.sqrt());
        (p, PValue::Normal)
    }
}

/// How the pairs of rows of two columns without gaps are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PairCounts {
    /// In the same order in both.
    pub concordant: i64,
    /// In the opposite order.
    pub discordant: i64,
    /// Tied in one of them only.
    pub tied_once: i64,
}

impl PairCounts {
    /// Counted in O(n log n).
    pub fn of(x: &[f64], y: &[f64]) -> PairCounts {
        let order = Order::of(x, y, &mut Vec::new());
        let [of_x, of_y, of_both] = order.tied;
        PairCounts {
            concordant: order.surplus() + order.discordant,
            discordant: order.discordant,
            tied_once: of_x + of_y - 2 * of_both,
        }
    }
}

fn pairs(n: usize) -> i64 {
    (n as i64) * (n as i64 - 1) / 2
}

/// Twice the share of the orders of `rows` things that have `fewer` pairs or less out of order, of `all` pairs.
fn exact_p_value(rows: usize, fewer: usize, all: usize) -> f64 {
    if 2 * fewer == all {
        return 1.0;
    }
    // Of the orders of k things, the share with each number of pairs out of order: the last thing may have 0 to k − 1 such
    // pairs, each with the same share.
    let mut shares = vec![0.0; fewer + 1];
    shares[0] = 1.0;
    let mut next = shares.clone();
    for k in 2..=rows {
        for (at, share) in next.iter_mut().enumerate() {
            let from = (at + 1).saturating_sub(k);
            *share = super::sum(&shares[from..=at]) / k as f64;
        }
        shares.copy_from_slice(&next);
    }
    super::min(2.0 * super::sum(&shares), 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_coefficients() {
        let x = [1.0, 2.0, f64::NAN, 3.0, 4.0];
        let y = [1.0, 3.0, 9.0, 2.0, 4.0];
        // Over 1 2 3 4 and 1 3 2 4: 4 of 5 for both, (5 - 1) / 6 pairs.
        assert!((Correlation::Pearson.of(&x, &y).unwrap() - 0.8).abs() < 1e-15);
        assert!((Correlation::Spearman.of(&x, &y).unwrap() - 0.8).abs() < 1e-15);
        assert!((Correlation::Kendall.of(&x, &y).unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(Correlation::Pearson.of(&x, &[5.0; 5]), None);
        let mut matrix = Vec::new();
        Correlation::Kendall.matrix(&[&x, &y, &[5.0; 5]], &mut matrix);
        let tau = Correlation::Kendall.of(&x, &y).unwrap();
        assert_eq!(matrix, [1.0, tau, 0.0, tau, 1.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
