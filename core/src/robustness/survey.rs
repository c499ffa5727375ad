//! Shares and counts of a sample: intervals, standard errors, and which of two counts is the greater.

use crate::number::{self, Distribution};

/// How many standard deviations of the normal distribution lie on each side of its mean, so that what is between them
/// has the probability `level`.
pub fn normal_width(level: f64) -> f64 {
    Distribution::Normal.upper_quantile(0.5 * (1.0 - level))
}

/// Wilson's interval of a share: the shares that a score test does not reject. It lies between 0 and 1, and has a width
/// also where nobody or everybody agreed.
///
/// Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
pub fn wilson(share: f64, n: f64, level: f64) -> (f64, f64) {
    let z = normal_width(level);
    let middle = (share + 0.5 * z * z / n) / (1.0 + z * z / n);
    let half = z * wilson_error(share, n, z);
    // At both ends the formula gives the end itself, up to its rounding.
    let lower = if share == 0.0 { 0.0 } else { number::max(middle - half, 0.0) };
    (lower, if share == 1.0 { 1.0 } else { number::min(middle + half, 1.0) })
}

/// Half the width of Wilson's interval in units of `z`: the standard error of a share. For large samples it is
/// `√(p(1 − p)/n)`, and unlike that it is above 0 where the share is 0 or 1.
fn wilson_error(share: f64, n: f64, z: f64) -> f64 {
    (share * (1.0 - share) / n + 0.25 * z * z / (n * n)).sqrt() / (1.0 + z * z / n)
}

/// The standard error of a share by the width of Wilson's interval with the probability 0.95.
pub fn standard_error_of_share(share: f64, n: f64) -> f64 {
    wilson_error(share, n, normal_width(0.95))
}

/// The interval of a count of independent events that is right at every count, also at 0 (Garwood 1936, by the
/// quantiles of chi squared).
pub fn count_interval(count: f64, level: f64) -> (f64, f64) {
    let tail = 0.5 * (1.0 - level);
    let lower = match count > 0.0 {
        true => 0.5 * Distribution::ChiSquared(2.0 * count).quantile(tail),
        false => 0.0,
    };
    (lower, 0.5 * Distribution::ChiSquared(2.0 * count + 2.0).upper_quantile(tail))
}

/// The probability that the first of two counts is at least as large as it is, given their sum, if both are expected to
/// be equal: `P(X ≥ a)` of a binomial distribution with `a + b` trials of probability 1/2.
pub fn greater_by_chance(a: f64, b: f64) -> f64 {
    number::binomial_at_least(a, a + b, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An interval holds its share, lies within 0 and 1, and narrows as the sample grows.
    #[test]
    fn wilson_narrows() {
        for share in [0.0, 0.2, 0.5, 0.906, 1.0] {
            let mut width = f64::INFINITY;
            for n in [5.0, 50.0, 500.0, 1e6] {
                let (lower, upper) = wilson(share, n, 0.95);
                assert!(0.0 <= lower && lower <= share && share <= upper && upper <= 1.0);
                assert!(upper - lower < width, "{share} {n}");
                width = upper - lower;
                let plain = (share * (1.0 - share) / n).sqrt();
                let error = standard_error_of_share(share, n);
                assert!(error > 0.0 && (n < 1e6 || (error - plain).abs() < 1e-5));
            }
        }
    }

    /// With two equal counts, either is the greater one by chance; a sure event has the probability 1.
    #[test]
    fn counts_by_chance() {
        assert_eq!(greater_by_chance(0.0, 7.0), 1.0);
        for n in 1..12_u32 {
            // Of n events all in the first: (1/2)^n.
            let mut expected = 1.0;
            (0..n).for_each(|_| expected *= 0.5);
            assert!((greater_by_chance(f64::from(n), 0.0) - expected).abs() < 1e-14);
            // P(X ≥ a) + P(X ≥ n − a + 1) = 1.
            for a in 1..=n {
                let (a, n) = (f64::from(a), f64::from(n));
                let both = greater_by_chance(a, n - a) + greater_by_chance(n - a + 1.0, a - 1.0);
                assert!((both - 1.0).abs() < 1e-13);
            }
        }
    }
}
