//! When two scores are equal: the one place that decides it.
//!
//! A score is a sum of products, and its last binary digits depend on the order of the sum: of 54, 60 and 63 under the
//! weights 0.1, 0.7 and 0.2 they make 60.00000000000001 and not 60. Scores therefore count as equal if they agree to so
//! many significant digits, relative to the greatest numbers at hand. To replace each by one representative of its
//! group ([`Grid::settle`]) leaves nothing to decide to what comes later: equal scores are then equal to the last bit,
//! and a decimal is the double that is nearest to it.

use super::decimal::{self, RoundMode, power_of_ten};
use super::order::sort_order;
use crate::method::{Accepts, FromValue, Value};

/// To how many significant digits scores are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// So many, relative to the greatest score.
    Digits(u32),
    /// All bits: scores are equal only if they are the same number.
    All,
}

impl Precision {
    /// The fewest digits that can be stated.
    pub const LEAST: u32 = 6;
    /// The most: every decimal of so many digits is a double of its own.
    pub const MOST: u32 = 15;

    /// The grid on which numbers up to this size are compared.
    pub fn grid(self, scale: f64) -> Grid {
        let Precision::Digits(digits) = self else { return Grid::EXACT };
        match exponent(scale) {
            Some(exponent) => Grid::new(digits as i32 - 1 - exponent, exponent),
            None => Grid::EXACT,
        }
    }
}

impl Default for Precision {
    fn default() -> Self {
        Precision::Digits(12)
    }
}

impl FromValue for Precision {
    fn accepts() -> Accepts {
        Accepts::ChoiceOrWhole {
            words: vec!["all".to_owned()],
            least: f64::from(Precision::LEAST),
            greatest: f64::from(Precision::MOST),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        let range = f64::from(Precision::LEAST)..=f64::from(Precision::MOST);
        match value {
            Value::Text(word) if word == "all" => Some(Precision::All),
            Value::Number(x) if x.fract() == 0.0 && range.contains(x) => {
                Some(Precision::Digits(*x as u32))
            }
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(match self {
            Precision::All => "all".into(),
            Precision::Digits(digits) => f64::from(*digits).into(),
        })
    }
}

/// The decimal exponent of a number's first figure; none of zero and of what is not finite.
fn exponent(x: f64) -> Option<i32> {
    if x == 0.0 || !x.is_finite() {
        return None;
    }
    let text = format!("{x:e}");
    text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok())
}

/// Multiples of a power of ten, to which scores are compared; or all numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// How many decimals the multiples have; below zero where they are whole tens, hundreds, and so on.
    decimals: i32,
    /// The exponent of the greatest number that is compared.
    exponent: i32,
    /// The step from one multiple to the next; zero where all numbers count.
    unit: f64,
}

impl Grid {
    /// All numbers: equal is what has the same bits.
    pub const EXACT: Grid = Grid { decimals: i32::MAX, exponent: 0, unit: 0.0 };

    fn new(decimals: i32, exponent: i32) -> Grid {
        // Beyond these no power of ten is a double with all its digits.
        if !(-280..=300).contains(&decimals) {
            return Grid::EXACT;
        }
        Grid { decimals, exponent, unit: libm::pow(10.0, f64::from(-decimals)) }
    }

    /// A grid on which decimals with so many places stay apart; all numbers where fifteen digits do not hold them.
    pub fn holding(self, decimals: u32) -> Grid {
        let decimals = decimals as i32;
        if self.decimals >= decimals {
            self
        } else if decimals + self.exponent < Precision::MOST as i32 {
            Grid::new(decimals, self.exponent)
        } else {
            Grid::EXACT
        }
    }

    /// How many decimals a number can have on this grid; none where it can have any number of them.
    pub fn decimals(self) -> Option<u32> {
        (self.unit > 0.0).then(|| u32::try_from(self.decimals).unwrap_or(0))
    }

    /// The step from one multiple to the next; zero where all numbers count.
    pub fn step(self) -> f64 {
        self.unit
    }

    /// The multiple that is nearest to a number: the double nearest to that decimal.
    pub fn nearest(self, x: f64) -> f64 {
        if self.unit == 0.0 || !x.is_finite() {
            return x;
        }
        let up = self.decimals >= 0;
        let size = self.decimals.unsigned_abs();
        let exact = power_of_ten(size);
        let power = exact.unwrap_or_else(|| libm::pow(10.0, f64::from(size)));
        let whole = (if up { x * power } else { x / power }).round();
        if whole.abs() >= 9e15 {
            return x;
        }
        // A whole number below 2^53, multiplied or divided once by an exact power of ten, is rounded correctly; with
        // other powers the decimal is read as text.
        let nearest = match exact {
            Some(_) if up => whole / power,
            Some(_) => whole * power,
            None => {
                let decimal = format!("{}e{}", whole as i64, -self.decimals);
                decimal.parse().expect("digits and an exponent")
            }
        };
        // No negative zero.
        if nearest == 0.0 { 0.0 } else { nearest }
    }

    /// Whether a settled score ([`Grid::settle`]) is the same as a number that was computed of settled scores, such as
    /// a quantile or a mean.
    pub fn same(self, x: f64, y: f64) -> bool {
        x == y || (x - y).abs() <= self.unit / 4.0
    }

    /// Whether `x` is less than `y` and not the same.
    pub fn below(self, x: f64, y: f64) -> bool {
        x < y && !self.same(x, y)
    }

    /// Rounds a score as it arises: an exact half in decimals is one, although the sum lies beside it. Where more
    /// decimals are asked for than the precision has, the grid is finer; [`RoundMode::R`] takes the number as it is.
    pub fn round(self, x: f64, digits: u32, mode: RoundMode) -> f64 {
        let x = if mode == RoundMode::R { x } else { self.holding(digits + 1).nearest(x) };
        decimal::round(x, digits, mode)
    }

    /// Writes a representative of each value: values that agree get the same one, and it is the multiple nearest to
    /// them. Never reverses an order. Returns how many values are there; `order` has their positions, ascending, then
    /// those of absent ones.
    ///
    /// Values agree if they lie within half a step of the first of their group, so that none of two equal sums is left
    /// alone because a multiple lies between them; where a sum's last digits would part two values, the group goes on.
    pub fn settle(self, values: &[f64], order: &mut Vec<u32>, out: &mut [f64]) -> usize {
        let there = sort_order(values, order);
        out.copy_from_slice(values);
        if self.unit == 0.0 {
            // Zeros of either sign are equal; to add zero makes both the positive one.
            out.iter_mut().for_each(|x| *x += 0.0);
            return there;
        }
        let value = |k: usize| values[order[k] as usize];
        let mut start = 0;
        while start < there {
            let first = value(start);
            let mut end = start + 1;
            while end < there {
                let (from_first, gap) = (value(end) - first, value(end) - value(end - 1));
                let joins = from_first <= self.unit / 2.0
                    || (gap <= self.unit / 64.0 && from_first <= self.unit);
                if !joins {
                    break;
                }
                end += 1;
            }
            let middle = first + (value(end - 1) - first) / 2.0;
            let settled = self.nearest(middle);
            order[start..end].iter().for_each(|&row| out[row as usize] = settled);
            start = end;
        }
        there
    }
}

/// The largest size among the values that are there; zero where there is none.
pub fn largest(values: &[f64]) -> f64 {
    super::extremes(values).map_or(0.0, |(low, high)| super::max(low.abs(), high.abs()))
}

/// Weights as whole numbers in the same proportions, where they are decimals of six places at most; else as they are.
/// Gives how many times as great as before they are: a power of ten, or one.
///
/// Sums of products with whole numbers keep more digits: 1·54 + 7·60 + 2·63 is exact, 0.1·54 + 0.7·60 + 0.2·63 is not.
pub fn whole_weights(weights: &mut [f64]) -> f64 {
    for places in 0..=6 {
        let power = power_of_ten(places).expect("a small power");
        let whole = |w: f64| (w * power).round();
        if weights.iter().all(|&w| whole(w) / power == w && whole(w) < 1e12) {
            weights.iter_mut().for_each(|w| *w = whole(*w));
            return power;
        }
    }
    1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn settled(precision: Precision, scale: f64, values: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; values.len()];
        precision.grid(scale).settle(values, &mut Vec::new(), &mut out);
        out
    }

    #[test]
    fn last_digits_do_not_count() {
        let twelve = Precision::default();
        let values = [60.00000000000001, 60.0, 59.99999999999999, 60.0000000001, f64::NAN];
        let found = settled(twelve, 60.0, &values);
        assert_eq!(found[..4], [60.0, 60.0, 60.0, 60.0000000001]);
        assert!(found[4].is_nan());
        assert_eq!(settled(Precision::All, 60.0, &values)[..4], values[..4]);
        // Nothing of the size of a rounding error is left of scores that cancel, if the scale is that of what was added.
        assert_eq!(settled(twelve, 1.0, &[0.0, 1e-17, -1e-17]), [0.0; 3]);
        assert_eq!(settled(twelve, 0.0, &[0.0, -0.0]).map_bits(), [0.0, 0.0].map(f64::to_bits));
        // A step lies between these two, and both are one number in truth.
        let pair = settled(Precision::Digits(6), 1.0, &[0.1234565 - 1e-16, 0.1234565 + 1e-16]);
        assert_eq!(pair[0], pair[1]);
        assert_eq!(
            settled(Precision::Digits(6), 123456.0, &[123456.4, 123455.0]),
            [123456.0, 123455.0]
        );
        assert_eq!(settled(Precision::Digits(6), 1.0e9, &[123456789.0]), [123460000.0]);
        let tiny = settled(twelve, 1e-200, &[1e-200, 1e-200 + 1e-214]);
        assert_eq!(tiny[0], tiny[1]);
        assert_eq!(settled(twelve, f64::MAX, &[f64::MAX, -f64::MAX]), [f64::MAX, -f64::MAX]);
        assert_eq!(settled(twelve, 5e-324, &[5e-324]), [5e-324]);
    }

    trait Bits {
        fn map_bits(&self) -> Vec<u64>;
    }

    impl Bits for Vec<f64> {
        fn map_bits(&self) -> Vec<u64> {
            self.iter().map(|x| x.to_bits()).collect()
        }
    }

    #[test]
    fn a_half_is_one_although_the_sum_lies_beside_it() {
        let grid = Precision::default().grid(96.1);
        for x in [62.05, 62.04999999999999, 62.050000000000004] {
            assert_eq!(grid.round(x, 1, RoundMode::HalfUp), 62.1);
            assert_eq!(grid.round(x, 1, RoundMode::HalfEven), 62.0);
            assert_eq!(grid.round(x, 1, RoundMode::HalfDown), 62.0);
        }
        assert_eq!(grid.round(62.04999999, 1, RoundMode::HalfUp), 62.0);
        // R takes the binary number as it is.
        assert_eq!(grid.round(62.04999999999999, 1, RoundMode::R), 62.0);
        assert_eq!(grid.round(62.050000000000004, 1, RoundMode::R), 62.1);
        // Six digits hold none of the decimals that are asked for.
        let coarse = Precision::Digits(6).grid(123456.0);
        assert_eq!(coarse.round(123456.123455, 5, RoundMode::HalfUp), 123456.12346);
        assert_eq!(coarse.round(123456.1234565, 6, RoundMode::HalfUp), 123456.123457);
        assert_eq!(coarse.holding(2).decimals(), Some(2));
        assert_eq!(coarse.holding(12), Grid::EXACT);
    }

    #[test]
    fn decimal_weights_become_whole() {
        let mut weights = [0.1, 0.7, 0.2];
        assert_eq!(whole_weights(&mut weights), 10.0);
        assert_eq!(weights, [1.0, 7.0, 2.0]);
        let mut weights = [20.0, 30.0, 50.0];
        assert_eq!(whole_weights(&mut weights), 1.0);
        assert_eq!(weights, [20.0, 30.0, 50.0]);
        let mut weights = [1.0 / 3.0, 2.0 / 3.0];
        assert_eq!(whole_weights(&mut weights), 1.0);
        assert_eq!(weights, [1.0 / 3.0, 2.0 / 3.0]);
    }

    proptest! {
        #[test]
        fn settling_keeps_the_order_and_the_figures(
            whole in prop::collection::vec((-2000i64..2000, -2i64..3), 1..60),
            places in 0u32..12,
            digits in 6u32..16,
        ) {
            // Decimals, each off by some last binary digits.
            let number = |n: i64| -> f64 { format!("{n}e-{places}").parse().expect("a number") };
            let off = |x: f64, by: i64| f64::from_bits(x.to_bits().wrapping_add_signed(by));
            let nudged = |&(n, by): &(i64, i64)| if n == 0 { 0.0 } else { off(number(n), by) };
            let values: Vec<f64> = whole.iter().map(nudged).collect();
            let precision = Precision::Digits(digits);
            let found = settled(precision, largest(&values), &values);
            for (i, &(n, _)) in whole.iter().enumerate() {
                prop_assert_eq!(found[i], number(n), "settled to what was written");
                for (j, &(m, _)) in whole.iter().enumerate() {
                    prop_assert_eq!(found[i].total_cmp(&found[j]), number(n).total_cmp(&number(m)));
                }
            }
            prop_assert_eq!(settled(precision, largest(&found), &found), found, "settled once");
        }

        #[test]
        fn settling_never_reverses_an_order(
            base in -1.0e3..1.0e3_f64,
            steps in prop::collection::vec(-3000.0..3000.0_f64, 1..60),
            size in -3i32..15,
            digits in 6u32..16,
        ) {
            // Dense values, some of them closer together than a step.
            let values: Vec<f64> =
                steps.iter().map(|s| base + s * libm::pow(10.0, f64::from(-size))).collect();
            let scale = largest(&values);
            let found = settled(Precision::Digits(digits), scale, &values);
            let unit = Precision::Digits(digits).grid(scale).unit;
            for i in 0..values.len() {
                prop_assert!((found[i] - values[i]).abs() <= unit * 1.001 + scale * 1e-15);
                for j in 0..values.len() {
                    prop_assert!(values[i] > values[j] || found[i] <= found[j]);
                }
            }
        }
    }
}
