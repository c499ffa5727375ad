//! Linear regression by least squares.

use super::distribution::Distribution;
use super::{dot, mean, sum};

/// A regression of a column on others and a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// How many rows.
    pub n: usize,
    /// The constant, then the coefficient of each column.
    pub coefficients: Vec<f64>,
    /// Their standard errors, in the same order.
    pub errors: Vec<f64>,
    /// R²: the share of the variance that the columns explain.
    pub r_squared: f64,
    /// The degrees of freedom that are left: n less the number of coefficients.
    pub freedom: usize,
}

impl Regression {
    /// Regresses `y` on `columns`, which have a value in every row. `None` where a column is constant or follows from the
    /// others, where `y` is constant, or where there are not more rows than coefficients.
    ///
    /// Columns are centred and made orthogonal to each other twice (modified Gram-Schmidt), so that no digits are lost to
    /// squared columns.
    pub fn new(y: &[f64], columns: &[&[f64]]) -> Option<Regression> {
        /// If less than this share of a column is left, it has nothing of its own.
        const OWN: f64 = 1e-10;
        let (n, k) = (y.len(), columns.len());
        let freedom = n.checked_sub(k + 1).filter(|left| *left > 0)?;
        let centred = |column: &[f64]| -> Option<(f64, Vec<f64>)> {
            let mean = mean(column)?;
            Some((mean, column.iter().map(|x| x - mean).collect()))
        };
        let (y_mean, y) = centred(y)?;
        let total = dot(&y, &y);
        // Q by columns; R above the diagonal, row by row.
        let (mut q, mut r): (Vec<Vec<f64>>, _) = (Vec::new(), vec![0.0; k * k]);
        let mut means = Vec::new();
        for (j, column) in columns.iter().enumerate() {
            let (mean, mut own) = centred(column)?;
            let length = dot(&own, &own).sqrt();
            for _ in 0..2 {
                for (i, other) in q.iter().enumerate() {
                    let part = dot(other, &own);
                    r[i * k + j] += part;
                    own.iter_mut().zip(other).for_each(|(x, o)| *x -= part * o);
                }
            }
            let left = dot(&own, &own).sqrt();
            let size = column.iter().fold(0.0, |m, x| super::max(m, x.abs()));
            if left.is_nan() || left <= OWN * length || length <= 1e-14 * size {
                return None;
            }
            r[j * k + j] = left;
            own.iter_mut().for_each(|x| *x /= left);
            q.push(own);
            means.push(mean);
        }
        let mut rest = y.clone();
        let mut projected = Vec::with_capacity(k);
        for own in &q {
            let part = dot(own, &rest);
            rest.iter_mut().zip(own).for_each(|(x, o)| *x -= part * o);
            projected.push(part);
        }
        let residual = dot(&rest, &rest);
        if total <= 0.0 {
            return None;
        }
        // R⁻¹ by columns: its rows give the variances of the coefficients.
        let mut inverse = vec![0.0; k * k];
        for j in 0..k {
            inverse[j * k + j] = 1.0 / r[j * k + j];
            for i in (0..j).rev() {
                let terms: Vec<f64> =
                    (i + 1..=j).map(|l| r[i * k + l] * inverse[l * k + j]).collect();
                inverse[i * k + j] = -sum(&terms) / r[i * k + i];
            }
        }
        let row = |i: usize| &inverse[i * k..(i + 1) * k];
        let slopes: Vec<f64> = (0..k).map(|i| dot(row(i), &projected)).collect();
        let variance = residual / freedom as f64;
        let errors = (0..k).map(|i| (variance * dot(row(i), row(i))).sqrt());
        // The constant is the mean of y less the slopes at the means.
        let at_means: Vec<f64> = (0..k)
            .map(|j| sum(&(0..=j).map(|i| means[i] * inverse[i * k + j]).collect::<Vec<_>>()))
            .collect();
        let of_constant = (variance * (1.0 / n as f64 + dot(&at_means, &at_means))).sqrt();
        let constant = y_mean - dot(&slopes, &means);
        Some(Regression {
            n,
            errors: [of_constant].into_iter().chain(errors).collect(),
            coefficients: [constant].into_iter().chain(slopes).collect(),
            r_squared: 1.0 - residual / total,
            freedom,
        })
    }

    /// The t-value of a coefficient, 0 being the constant.
    pub fn t(&self, at: usize) -> f64 {
        self.coefficients[at] / self.errors[at]
    }

    /// Its two-sided p-value.
    pub fn p(&self, at: usize) -> f64 {
        Distribution::Student(self.freedom as f64).beyond(self.t(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_by_hand() {
        // Means 2.5 and 3.5; Sxy = 7, Sxx = 5, Syy = 13.
        let line = Regression::new(&[1.0, 3.0, 4.0, 6.0], &[&[1.0, 2.0, 3.0, 4.0]]).unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-14, "{a} {b}");
        near(line.coefficients[1], 1.6);
        near(line.coefficients[0], -0.5);
        near(line.r_squared, 12.8 / 13.0);
        near(line.errors[1], (0.2_f64 / 2.0 / 5.0).sqrt());
        near(line.errors[0], (0.1_f64 * (0.25 + 6.25 / 5.0)).sqrt());
    }

    #[test]
    fn columns_without_anything_of_their_own() {
        let (y, x) = ([1.0, 3.0, 4.0, 6.5, 7.0], [1.0, 2.0, 3.0, 4.0, 5.0]);
        let double: Vec<f64> = x.iter().map(|x| 3.0 - 2.0 * x).collect();
        assert_eq!(Regression::new(&y, &[&x, &double]), None);
        assert_eq!(Regression::new(&y, &[&[0.1; 5]]), None);
        assert_eq!(Regression::new(&[1.0; 5], &[&x]), None);
        assert_eq!(Regression::new(&y[..2], &[&x[..2]]), None);
    }
}
