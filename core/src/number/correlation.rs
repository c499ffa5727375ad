//! Correlations over the rows in which both columns have a value.

use super::order::{Ties, rank};
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
        let (x, y): (Vec<f64>, Vec<f64>) = x
            .iter()
            .zip(y)
            .filter(|(a, b)| !a.is_nan() && !b.is_nan())
            .map(|(a, b)| (*a, *b))
            .unzip();
        match self {
            Correlation::Pearson => pearson(&x, &y),
            Correlation::Spearman => pearson(&ranks(&x), &ranks(&y)),
            Correlation::Kendall => kendall(&x, &y),
        }
    }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; values.len()];
    rank(values, Ties::Average, 0.0, &mut Vec::new(), &mut out);
    out
}

fn constant(values: &[f64]) -> bool {
    values.iter().all(|x| *x == values[0])
}

fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() < 2 || constant(x) || constant(y) {
        return None;
    }
    let (u, v) = (unit(x)?, unit(y)?);
    Some(super::clamp(super::dot(&u, &v), -1.0, 1.0))
}

/// Deviations from the mean, scaled to length one.
fn unit(values: &[f64]) -> Option<Vec<f64>> {
    let mean = super::mean(values)?;
    let size = values.iter().map(|x| (x - mean).abs()).fold(0.0, super::max);
    // Scaled by the greatest before squaring, so that nothing overflows or vanishes.
    let mut out: Vec<f64> = values.iter().map(|x| (x - mean) / size).collect();
    let length = sum_of(&out, |d| d * d).sqrt();
    out.iter_mut().for_each(|d| *d /= length);
    (length.is_finite() && length > 0.0).then_some(out)
}

fn kendall(x: &[f64], y: &[f64]) -> Option<f64> {
    // Whole numbers, exact in any order.
    let (mut concordant, mut untied_x, mut untied_y) = (0_i64, 0_i64, 0_i64);
    for i in 0..x.len() {
        for j in 0..i {
            let (a, b) = (sign(x[i], x[j]), sign(y[i], y[j]));
            concordant += a * b;
            untied_x += a * a;
            untied_y += b * b;
        }
    }
    (untied_x > 0 && untied_y > 0)
        .then(|| concordant as f64 / ((untied_x as f64).sqrt() * (untied_y as f64).sqrt()))
}

fn sign(a: f64, b: f64) -> i64 {
    i64::from(a > b) - i64::from(a < b)
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
    }
}
