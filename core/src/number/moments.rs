//! Mean, variance, skewness, kurtosis.

use super::sum::{count, sum, sum_of};

/// The arithmetic mean of the values that are there; `None` where there is none.
pub fn mean(values: &[f64]) -> Option<f64> {
    let n = count(values);
    (n > 0).then(|| sum(values) / n as f64)
}

/// The mean by which a formula divides: zero where it cannot be told from zero beside the values, as that of z-scores,
/// which is a rest of rounding.
pub fn mean_to_divide_by(values: &[f64]) -> Option<f64> {
    let greatest = values.iter().map(|x| x.abs()).fold(0.0, crate::number::max);
    mean(values).map(|mean| if mean.abs() <= 1e-12 * greatest { 0.0 } else { mean })
}

fn squares(values: &[f64]) -> Option<(f64, usize)> {
    let m = mean(values)?;
    Some((sum_of(values, |x| (x - m) * (x - m)), count(values)))
}

/// The variance with divisor n − 1; `None` with fewer than two values.
pub fn sample_variance(values: &[f64]) -> Option<f64> {
    squares(values).filter(|(_, n)| *n > 1).map(|(s, n)| s / (n - 1) as f64)
}

/// The variance with divisor n; `None` where there is no value.
pub fn population_variance(values: &[f64]) -> Option<f64> {
    squares(values).map(|(s, n)| s / n as f64)
}

/// The shape of a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// How many values.
    pub n: usize,
    /// The mean.
    pub mean: f64,
    /// The standard deviation with divisor n − 1.
    pub sd: f64,
    /// Skewness, corrected for bias (G1, type 2 of Joanes & Gill 1998); NaN below three values or where all are equal.
    pub skewness: f64,
    /// Excess kurtosis, corrected for bias (G2, type 2 of Joanes & Gill 1998); NaN below four values or where all are
    /// equal.
    pub kurtosis: f64,
}

/// The moments of the values that are there; `None` with fewer than two.
pub fn moments(values: &[f64]) -> Option<Moments> {
    let count = count(values);
    if count < 2 {
        return None;
    }
    let n = count as f64;
    let mean = sum(values) / n;
    let m2 = sum_of(values, |x| (x - mean) * (x - mean)) / n;
    let m3 = sum_of(values, |x| (x - mean) * (x - mean) * (x - mean)) / n;
    let m4 = sum_of(values, |x| {
        let d = (x - mean) * (x - mean);
        d * d
    }) / n;
    let spread = m2.sqrt();
    let g1 = m3 / (m2 * spread);
    let g2 = m4 / (m2 * m2) - 3.0;
    Some(Moments {
        n: count,
        mean,
        sd: (m2 * n / (n - 1.0)).sqrt(),
        skewness: if count < 3 || m2 == 0.0 {
            f64::NAN
        } else {
            g1 * (n * (n - 1.0)).sqrt() / (n - 2.0)
        },
        kurtosis: if count < 4 || m2 == 0.0 {
            f64::NAN
        } else {
            (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0)
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bias_corrected_shape() {
        // R, e1071::skewness(c(1,2,3,10), type = 2) = 1.763633, kurtosis(..., type = 2) = 3.228
        let m = moments(&[1.0, 2.0, 3.0, 10.0]).unwrap();
        assert!((m.skewness - 1.7636326148279).abs() < 1e-9, "{}", m.skewness);
        assert!((m.kurtosis - 3.2280000).abs() < 1e-9, "{}", m.kurtosis);
        assert_eq!(m.mean, 4.0);
    }
}
