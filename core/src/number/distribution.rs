//! The distributions that tests of statistics refer to.

use super::incomplete::{beta, gamma};
use libm::erfc;

/// A distribution, by its degrees of freedom (above 0, not necessarily whole).
///
/// Tails are accurate relative to their own size: some 13 digits, and fewer for degrees of freedom beyond a million.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// The normal distribution with mean 0 and variance 1.
    Normal,
    /// Student's t.
    Student(f64),
    /// Chi squared.
    ChiSquared(f64),
    /// Fisher's F: degrees of freedom of the numerator and of the denominator.
    F(f64, f64),
}

impl Distribution {
    /// The probability of a value above `x`; NaN where the degrees of freedom or `x` are not numbers above 0.
    pub fn above(self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// The probability of a value of `x` or below.
    pub fn below(self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// The probability of a value at least as far from 0 as `x`, on both sides: the two-sided p-value of the normal and of
    /// Student's distribution. For the others it is that of a value above `x`.
    pub fn beyond(self, x: f64) -> f64 {
        match self {
            Distribution::Normal | Distribution::Student(_) => 2.0 * self.above(x.abs()),
            Distribution::ChiSquared(_) | Distribution::F(..) => self.above(x),
        }
    }

    /// The value that is exceeded with probability 1 − `p`; the ends of the range for 0 and 1, NaN outside.
    ///
    /// By bisection between neighbouring numbers, so that it inverts [`below`](Self::below) and
    /// [`above`](Self::above) exactly.
    pub fn quantile(self, p: f64) -> f64 {
        self.tail_quantile(p, false)
    }

    /// The value that is exceeded with probability `p`: as accurate for a tiny `p` as for any other.
    pub fn upper_quantile(self, p: f64) -> f64 {
        self.tail_quantile(p, true)
    }

    fn tail_quantile(self, p: f64, upper: bool) -> f64 {
        let known = match self {
            Distribution::Normal => true,
            Distribution::Student(n) | Distribution::ChiSquared(n) => n > 0.0 && n.is_finite(),
            Distribution::F(a, b) => a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite(),
        };
        if !(0.0..=1.0).contains(&p) || !known {
            return f64::NAN;
        }
        let symmetric = matches!(self, Distribution::Normal | Distribution::Student(_));
        let least = if symmetric { f64::NEG_INFINITY } else { 0.0 };
        if p == 0.0 || p == 1.0 {
            return if (p == 1.0) == upper { least } else { f64::INFINITY };
        }
        // Of a symmetric distribution the search is for the size, in the tail that is the smaller one.
        if symmetric {
            if p == 0.5 {
                return 0.0;
            }
            let (tail, negative) = if p < 0.5 { (p, !upper) } else { (1.0 - p, upper) };
            let size = search(|x| self.above(x) > tail);
            return if negative { -size } else { size };
        }
        search(|x| if upper { self.above(x) > p } else { self.below(x) < p })
    }

    /// The probabilities of `x` or below, and above.
    fn tails(self, x: f64) -> (f64, f64) {
        match self {
            Distribution::Normal => {
                let at = x * std::f64::consts::FRAC_1_SQRT_2;
                (0.5 * erfc(-at), 0.5 * erfc(at))
            }
            Distribution::Student(n) => {
                if n.is_nan() || n <= 0.0 || x.is_nan() {
                    return (f64::NAN, f64::NAN);
                }
                let (inner, outer) = shares(n, x * x);
                let tail = 0.5 * beta(0.5 * n, 0.5, inner, outer).0;
                if x < 0.0 { (tail, 1.0 - tail) } else { (1.0 - tail, tail) }
            }
            Distribution::ChiSquared(n) => gamma(0.5 * n, 0.5 * super::max(x, 0.0)),
            Distribution::F(a, b) => {
                let (inner, outer) = shares(b, a * super::max(x, 0.0));
                let (above, below) = beta(0.5 * b, 0.5 * a, inner, outer);
                (below, above)
            }
        }
    }
}

/// The probability of at least so many successes in `n` trials, each with probability `p`; `n` may be any number that is not
/// less than the successes.
pub fn binomial_at_least(successes: f64, n: f64, p: f64) -> f64 {
    if successes <= 0.0 { 1.0 } else { beta(successes, n - successes + 1.0, p, 1.0 - p).0 }
}

/// a / (a + b) and b / (a + b), where b may be infinite.
fn shares(a: f64, b: f64) -> (f64, f64) {
    if b.is_infinite() { (0.0, 1.0) } else { (a / (a + b), b / (a + b)) }
}

/// The greatest number above 0 for which `low` is still true, `low` being true up to some number and false above it.
fn search(low: impl Fn(f64) -> bool) -> f64 {
    // Positive numbers are in the order of their bits.
    let (mut under, mut over) = (0_u64, f64::MAX.to_bits());
    while over - under > 1 {
        let middle = under + (over - under) / 2;
        if low(f64::from_bits(middle)) {
            under = middle;
        } else {
            over = middle;
        }
    }
    f64::from_bits(over)
}

#[cfg(test)]
mod tests {
    use super::Distribution::{ChiSquared, F, Normal, Student};

    #[test]
    fn ends_and_nonsense() {
        for (found, expected) in [
            (Normal.above(0.0), 0.5),
            (Normal.above(f64::INFINITY), 0.0),
            (Student(3.0).above(f64::INFINITY), 0.0),
            (Student(3.0).below(f64::NEG_INFINITY), 0.0),
            (ChiSquared(4.0).above(0.0), 1.0),
            (ChiSquared(4.0).above(-1.0), 1.0),
            (F(2.0, 5.0).above(0.0), 1.0),
            (F(2.0, 5.0).above(f64::INFINITY), 0.0),
            (Normal.quantile(0.5), 0.0),
            (Student(7.0).quantile(1.0), f64::INFINITY),
            (Student(7.0).upper_quantile(1.0), f64::NEG_INFINITY),
            (ChiSquared(7.0).quantile(0.0), 0.0),
        ] {
            assert_eq!(found, expected);
        }
        for nonsense in [
            Normal.above(f64::NAN),
            Normal.quantile(1.5),
            Student(0.0).above(1.0),
            Student(f64::NAN).above(1.0),
            Student(-1.0).quantile(0.1),
            ChiSquared(-2.0).above(1.0),
            F(1.0, f64::NAN).above(1.0),
        ] {
            assert!(nonsense.is_nan(), "{nonsense}");
        }
    }

    /// With one degree of freedom Student's distribution is Cauchy's, with two it has a closed form; the square of t is F,
    /// and chi squared with two degrees of freedom is exponential.
    #[test]
    fn closed_forms() {
        for x in [0.01_f64, 0.3, 1.0, 2.5, 40.0, 1e6] {
            let cauchy = 0.5 - libm::atan(x) / std::f64::consts::PI;
            assert!((Student(1.0).above(x) - cauchy).abs() < 1e-15);
            let root = (2.0 + x * x).sqrt();
            let two = 1.0 / (root * (root + x));
            assert!((Student(2.0).above(x) / two - 1.0).abs() < 1e-13, "{x}");
            let squared = F(1.0, 9.0).above(x * x);
            assert!((squared / Student(9.0).beyond(x) - 1.0).abs() < 1e-13, "{x}");
            if x < 100.0 {
                assert!((ChiSquared(2.0).above(x) / libm::exp(-0.5 * x) - 1.0).abs() < 1e-13);
            }
        }
    }
}
