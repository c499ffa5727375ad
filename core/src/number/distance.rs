//! The correlation of distances: 0 only where two columns are independent, whatever the form of their relation.
//!
//! Székely, Rizzo & Bakirov (2007), Annals of Statistics 35(6), 2769-2794, equations 2.8 to 2.10.

/// The distance correlation of two columns over the rows in which both have a value, from 0 to 1; `None` with fewer than two
/// such rows or where a column is constant over them. The time grows with the square of the number of rows.
pub fn distance_correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let mut left = Vec::with_capacity(x.len());
    let mut right = Vec::with_capacity(x.len());
    for (a, b) in x.iter().zip(y).filter(|(a, b)| !a.is_nan() && !b.is_nan()) {
        left.push(*a);
        right.push(*b);
    }
    let (left, right) = (Centred::new(left)?, Centred::new(right)?);
    let n = left.values.len();
    let (mut both, mut of_left, mut of_right) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..n {
        let (mut rows, mut rows_left, mut rows_right) = (0.0, 0.0, 0.0);
        for j in 0..n {
            let (a, b) = (left.at(i, j), right.at(i, j));
            rows += a * b;
            rows_left += a * a;
            rows_right += b * b;
        }
        both.push(rows);
        of_left.push(rows_left);
        of_right.push(rows_right);
    }
    let covariance = super::max(super::sum(&both), 0.0);
    let variances = super::sum(&of_left).sqrt() * super::sum(&of_right).sqrt();
    (variances > 0.0).then(|| super::clamp((covariance / variances).sqrt(), 0.0, 1.0))
}

/// The distances between the rows of a column, less the means of their rows and columns.
struct Centred {
    values: Vec<f64>,
    /// The mean distance of each row to all rows.
    means: Vec<f64>,
    /// The mean of all distances.
    mean: f64,
}

impl Centred {
    /// `None` where there are fewer than two values, or all are equal. The unit of the column has no effect, so that it is
    /// divided by its range first.
    fn new(mut values: Vec<f64>) -> Option<Centred> {
        let (least, greatest) = super::extremes(&values)?;
        let range = greatest - least;
        if values.len() < 2 || range.is_nan() || range <= 0.0 || range.is_infinite() {
            return None;
        }
        values.iter_mut().for_each(|x| *x = (*x - least) / range);
        let mut distances = Vec::with_capacity(values.len());
        let mut means = Vec::with_capacity(values.len());
        for x in &values {
            distances.clear();
            distances.extend(values.iter().map(|other| (x - other).abs()));
            means.push(super::mean(&distances)?);
        }
        let mean = super::mean(&means)?;
        Some(Centred { values, means, mean })
    }

    fn at(&self, i: usize, j: usize) -> f64 {
        (self.values[i] - self.values[j]).abs() - self.means[i] - self.means[j] + self.mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // A column whose values are those of the other in another unit.
        let same = distance_correlation(&[1.0, 2.0, 4.0], &[-10.0, -20.0, -40.0]).unwrap();
        assert!((same - 1.0).abs() < 1e-15, "{same}");
        // Without a linear relation: Pearson's coefficient of these is 0, and theirs is not.
        let bent = distance_correlation(&[-1.0, 0.0, 1.0], &[1.0, 0.0, 1.0]).unwrap();
        assert!((bent - bent_by_hand()).abs() < 1e-15, "{bent}");
        assert_eq!(distance_correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(distance_correlation(&[1.0, f64::NAN], &[1.0, 2.0]), None);
    }

    /// Of −1, 0, 1 the centred distances are −10/9 2/9 8/9, 2/9 −4/9 2/9 and 8/9 2/9 −10/9; of 1, 0, 1 they are −2/9 4/9 −2/9,
    /// 4/9 −8/9 4/9 and −2/9 4/9 −2/9. The sums of products are 72/81, 360/81 and 144/81.
    fn bent_by_hand() -> f64 {
        (72.0 / (360.0_f64 * 144.0).sqrt()).sqrt()
    }
}
