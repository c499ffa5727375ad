//! Intervals that surely hold the exact result: each end is moved to the next number unless the operation was exact.

/// A number between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Interval {
    pub(super) const ZERO: Interval = Interval::exactly(0.0);

    /// A number itself.
    pub(super) const fn exactly(x: f64) -> Interval {
        Interval { low: x, high: x }
    }

    pub(super) fn plus(self, other: Interval) -> Interval {
        Interval {
            low: added(self.low, other.low, f64::next_down),
            high: added(self.high, other.high, f64::next_up),
        }
    }

    pub(super) fn minus(self, other: Interval) -> Interval {
        self.plus(Interval { low: -other.high, high: -other.low })
    }

    pub(super) fn times(self, x: f64) -> Interval {
        let (a, b) = if x >= 0.0 { (self.low, self.high) } else { (self.high, self.low) };
        Interval { low: multiplied(a, x, f64::next_down), high: multiplied(b, x, f64::next_up) }
    }

    /// The part above zero.
    pub(super) fn positive(self) -> Interval {
        let above = |x: f64| if x > 0.0 { x } else { 0.0 };
        Interval { low: above(self.low), high: above(self.high) }
    }
}

/// The sum, and where it is not exact the next number on the safe side. The error of a sum is itself a number (Knuth, The Art
/// of Computer Programming, 4.2.2, theorem B).
fn added(a: f64, b: f64, safe: fn(f64) -> f64) -> f64 {
    let sum = a + b;
    let part = sum - a;
    let error = (a - (sum - part)) + (b - part);
    if error == 0.0 { sum } else { safe(sum) }
}

/// The product, likewise: its error is what a fused multiplication leaves, unless it is too small to be a number.
fn multiplied(a: f64, b: f64, safe: fn(f64) -> f64) -> f64 {
    let product = a * b;
    let exact = a == 0.0
        || b == 0.0
        || (libm::fma(a, b, -product) == 0.0 && product.abs() > f64::MIN_POSITIVE * 1e20);
    if exact { product } else { safe(product) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn exact_operations_stay_exact() {
        let half = Interval::exactly(0.5);
        assert_eq!(half.plus(half).minus(Interval::exactly(1.0)), Interval::ZERO);
        assert_eq!(half.times(3.0), Interval::exactly(1.5));
        let tenth = Interval::exactly(0.1);
        assert_eq!(tenth.minus(tenth), Interval::ZERO);
        let sum = tenth.plus(Interval::exactly(0.2));
        assert!(sum.low < sum.high && sum.low <= 0.3 && 0.3 <= sum.high);
        assert_eq!(Interval { low: -1.0, high: 2.0 }.positive(), Interval { low: 0.0, high: 2.0 });
    }

    proptest! {
        /// Numbers whose sums and products are exact in whole numbers of 128 bits.
        #[test]
        fn the_exact_result_lies_within(
            terms in prop::collection::vec((-(1_i64 << 52)..1 << 52, -1000_i64..1000), 1..20),
        ) {
            let mut found = Interval::ZERO;
            let mut exact = 0_i128;
            for &(a, b) in &terms {
                found = found.plus(Interval::exactly(a as f64).times(b as f64));
                exact += i128::from(a) * i128::from(b);
            }
            prop_assert!(found.low as i128 <= exact && exact <= found.high as i128);
        }
    }
}
