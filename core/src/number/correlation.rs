//! Correlations over the rows in which both columns have a value.

use super::order::{Ties, rank, sort_counting, sort_order};
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

impl Correlation {
    /// The coefficient, from -1 to 1; `None` with fewer than two common rows or where a column is constant over them.
    pub fn of(self, x: &[f64], y: &[f64]) -> Option<f64> {
        self.between(x, y, &mut Pairs::default())
    }

    /// Writes the coefficients of all columns with one another, row by row: 0 where there is none, and 1 of a column that
    /// varies with itself.
    pub fn matrix(self, columns: &[&[f64]], out: &mut Vec<f64>) {
        let n = columns.len();
        let mut pairs = Pairs::default();
        out.clear();
        out.resize(n * n, 0.0);
        for (i, x) in columns.iter().enumerate() {
            for (j, y) in columns[..i].iter().enumerate() {
                let r = self.between(x, y, &mut pairs).unwrap_or(0.0);
                out[i * n + j] = r;
                out[j * n + i] = r;
            }
            let varies = super::extremes(x).is_some_and(|(least, greatest)| least < greatest);
            out[i * n + i] = if varies { 1.0 } else { 0.0 };
        }
    }

    fn between(self, x: &[f64], y: &[f64], pairs: &mut Pairs) -> Option<f64> {
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
            return Some(kendall(left, right, order));
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
struct Pairs {
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

/// Of columns that vary, by sorting (Knight 1966, Journal of the American Statistical Association 61, 436–439).
fn kendall(x: &[f64], y: &[f64], order: &mut Vec<u32>) -> f64 {
    sort_order(x, order);
    for group in order.chunk_by_mut(|&i, &j| x[i as usize] == x[j as usize]) {
        sort_rows(group, y);
    }
    // Whole numbers, exact in any order.
    let pairs = |n: usize| (n as i64) * (n as i64 - 1) / 2;
    let tied = |order: &[u32], equal: &dyn Fn(usize, usize) -> bool| -> i64 {
        order.chunk_by(|&i, &j| equal(i as usize, j as usize)).map(|group| pairs(group.len())).sum()
    };
    let all = pairs(x.len());
    let of_x = tied(order, &|i, j| x[i] == x[j]);
    let of_both = tied(order, &|i, j| x[i] == x[j] && y[i] == y[j]);
    let mut passed = 0_i64;
    sort_counting(order, y, |_, count| passed += count as i64);
    let of_y = tied(order, &|i, j| y[i] == y[j]);
    // Each pair out of order was counted from both its ends.
    let concordant = all - of_x - of_y + of_both - passed;
    concordant as f64 / (((all - of_x) as f64).sqrt() * ((all - of_y) as f64).sqrt())
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
