//! Sums that are exact before they are rounded once, so that the order of what is added has no effect.

/// A sum of numbers, kept as parts that do not overlap (Shewchuk 1997, "Adaptive precision floating-point arithmetic and
/// fast robust geometric predicates", Discrete & Computational Geometry 18, 305-363).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExactSum {
    /// In ascending order of size.
    parts: Vec<f64>,
}

impl ExactSum {
    /// Adds a number, which must be finite.
    pub fn add(&mut self, mut x: f64) {
        let mut kept = 0;
        for at in 0..self.parts.len() {
            let mut y = self.parts[at];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                self.parts[kept] = low;
                kept += 1;
            }
            x = high;
        }
        self.parts.truncate(kept);
        self.parts.push(x);
    }

    /// The number that is nearest to the exact sum; infinite or NaN where the sum is too large for a number.
    pub fn value(&self) -> f64 {
        let mut parts = self.parts.iter().rev();
        let Some(mut high) = parts.next().copied() else { return 0.0 };
        let mut low = 0.0;
        for &part in parts.by_ref() {
            let x = high;
            high = x + part;
            low = part - (high - x);
            if low != 0.0 {
                break;
            }
        }
        // Exactly between two numbers, what is left decides.
        if let Some(&rest) = parts.next()
            && (low < 0.0 && rest < 0.0 || low > 0.0 && rest > 0.0)
        {
            let twice = low * 2.0;
            let next = high + twice;
            if twice == next - high {
                high = next;
            }
        }
        high
    }
}

/// Decimals beyond which a factor is not taken for a decimal number.
const DECIMALS: u32 = 9;

/// The sum of counts times factors, divided by `base`. Where the factors are decimal numbers such as 0.8, the whole is
/// exact up to the one division at its end. There are as many factors as counts, and `base` is above 0.
pub fn weighted_share(counts: &[u64], factors: &[f64], base: u64) -> f64 {
    let power = |decimals: u32| 10_i64.pow(decimals) as f64;
    let is_decimal = |factor: &f64, decimals: u32| {
        let scaled = (factor * power(decimals)).round();
        scaled.abs() < 1e15 && scaled / power(decimals) == *factor
    };
    let decimals = (0..=DECIMALS).find(|d| factors.iter().all(|factor| is_decimal(factor, *d)));
    if let Some(decimals) = decimals {
        let mut sum: i128 = 0;
        for (count, factor) in counts.iter().zip(factors) {
            sum += i128::from(*count) * (factor * power(decimals)).round() as i128;
        }
        return sum as f64 / (i128::from(base) * 10_i128.pow(decimals)) as f64;
    }
    let mut sum = ExactSum::default();
    counts.iter().zip(factors).for_each(|(count, factor)| sum.add(*count as f64 * factor));
    sum.value() / base as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(values: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        values.iter().for_each(|x| sum.add(*x));
        sum.value()
    }

    #[test]
    fn sums_are_those_of_fsum() {
        // The values are those that `math.fsum` of Python 3.12 prints.
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum(&[]), 0.0);
        assert_eq!(sum(&[1e16, 1.0, 1e-16]), 10_000_000_000_000_002.0);
        assert_eq!(
            sum(&[9_007_199_254_740_992.0, -0.5, -1.0 / 18_014_398_509_481_984.0]),
            9_007_199_254_740_991.0
        );
    }

    #[test]
    fn credits_are_exact_decimals() {
        // (7 + 3 x 0.8) / 12 = 94 / 120.
        assert_eq!(weighted_share(&[7, 3, 2], &[1.0, 0.8, 0.0], 12), 94.0 / 120.0);
        assert_eq!(weighted_share(&[3], &[0.1], 1), 0.3);
        assert_eq!(weighted_share(&[3], &[1.0 / 3.0], 1), 1.0);
    }

    proptest::proptest! {
        #[test]
        fn the_order_has_no_effect(mut values in proptest::collection::vec(-1e12..1e12_f64, 0..40)) {
            let forward = sum(&values);
            values.reverse();
            proptest::prop_assert_eq!(forward.to_bits(), sum(&values).to_bits());
            let middle = values.len() / 2;
            values.rotate_left(middle);
            proptest::prop_assert_eq!(forward.to_bits(), sum(&values).to_bits());
        }
    }
}
