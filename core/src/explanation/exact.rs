//! Exact arithmetic for shares: scores as whole numbers of a power of two, and parts of them that add up.

/// An exact fraction in lowest terms, its denominator above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Above the line.
    pub numerator: i128,
    /// Below the line.
    pub denominator: i128,
}

impl Fraction {
    /// In lowest terms.
    ///
    /// # Panics
    /// If the denominator is not above zero.
    pub fn new(numerator: i128, denominator: i128) -> Self {
        assert!(denominator > 0, "a denominator above zero");
        let common = divisor(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1) as i128;
        Fraction { numerator: numerator / common, denominator: denominator / common }
    }
}

fn divisor(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Bits that whole numbers of a grid may have, so that they can be multiplied by the numbers of orders.
const BITS: i32 = 62;

/// The exponent of a power of two such that all of `values` are (nearly) whole multiples of that power: exactly for
/// every value that is not some five hundred times smaller than the greatest, and otherwise within 2⁻⁶² of the
/// greatest.
pub(super) fn grid(values: impl Iterator<Item = f64>) -> i32 {
    let greatest =
        values.filter(|x| x.is_finite()).fold(0.0, |m: f64, x| crate::number::max(m, x.abs()));
    if greatest == 0.0 { -BITS } else { (exponent(greatest) + 1 - BITS).max(-1074) }
}

/// The power of two below or at a positive number.
fn exponent(x: f64) -> i32 {
    libm::ilogb(x)
}

/// The multiple of 2^`grid` that is nearest to `x`, of two the even one; none if it has no place in the arithmetic.
pub(super) fn units(x: f64, grid: i32) -> Option<i128> {
    if !x.is_finite() {
        return None;
    }
    if x == 0.0 {
        return Some(0);
    }
    let bits = x.abs().to_bits();
    let (stored, fraction) = ((bits >> 52) as i32, (bits & ((1 << 52) - 1)) as i128);
    let (mantissa, power) =
        if stored == 0 { (fraction, -1074) } else { (fraction | (1 << 52), stored - 1075) };
    let size = match power - grid {
        up @ 0.. => {
            // Room for the numbers of orders; a value a thousand times the greatest of the others has none.
            if up + 53 > BITS + 10 {
                return None;
            }
            mantissa << up
        }
        down => halved(mantissa, (-down) as u32),
    };
    Some(if x < 0.0 { -size } else { size })
}

/// `x / 2^by`, to the nearest whole number, of two the even one; `x` is not below zero.
fn halved(x: i128, by: u32) -> i128 {
    if by == 0 {
        return x;
    }
    if by > 120 {
        return 0;
    }
    let (whole, rest, half) = (x >> by, x & ((1 << by) - 1), 1_i128 << (by - 1));
    whole + i128::from(rest > half || (rest == half && whole & 1 == 1))
}

/// `units · 2^grid` as the nearest double; exact where the units have 53 bits or fewer.
pub(super) fn double(units: i128, grid: i32) -> f64 {
    libm::scalbn(units as f64, grid)
}

/// Whole numbers that add up to `target`, each within one of its part `numerators[i] / denominator` where the target is
/// within one of the sum of the parts: all are rounded down, and what is left goes to the largest remainders, of equal
/// ones to the first. A part of zero stays zero unless all are.
pub fn apportion(numerators: &[i128], denominator: i128, target: i128) -> Vec<i128> {
    let mut whole: Vec<i128> = numerators.iter().map(|n| n.div_euclid(denominator)).collect();
    let some: Vec<usize> = (0..whole.len()).filter(|&i| numerators[i] != 0).collect();
    let mut takers = if some.is_empty() { (0..whole.len()).collect() } else { some };
    if takers.is_empty() {
        return whole;
    }
    let rest_of = |i: usize| numerators[i].rem_euclid(denominator);
    crate::number::sort_by(&mut takers, &|i, j| rest_of(j).cmp(&rest_of(i)));
    let left = target - whole.iter().sum::<i128>();
    let count = takers.len() as i128;
    let (each, rest) = (left.div_euclid(count), left.rem_euclid(count));
    for (place, &i) in takers.iter().enumerate() {
        whole[i] += each + i128::from((place as i128) < rest);
    }
    whole
}

/// A change and its parts as doubles that add up bit for bit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts {
    /// The change.
    pub(super) change: f64,
    /// The parts, in the order in which they were given.
    pub(super) parts: Vec<f64>,
    /// The parts of each part that has some.
    pub(super) inner: Vec<Vec<f64>>,
}

/// A change from `before` to `after` (whole numbers of 2^`grid`) with parts `numerators[i] / denominator` of the same
/// unit, and with parts of these parts.
///
/// All become multiples of one power of two: of the grid if 53 bits hold every sum of parts, else of the least for which
/// they do. Sums of such doubles have no rounding error, so that parts add up to the change, and the parts of a part to
/// it, bit for bit and in any order. The change is `after - before` within half of that power of two: half of the last
/// binary digit of the greatest number met.
pub(super) fn parts(
    before: i128,
    after: i128,
    grid: i32,
    numerators: &[i128],
    denominator: i128,
    inner: &[Option<(Vec<i128>, i128)>],
) -> Parts {
    let whole = apportion(numerators, denominator, after - before);
    let inner: Vec<Vec<i128>> = inner
        .iter()
        .zip(&whole)
        .map(|(of, &target)| of.as_ref().map_or_else(Vec::new, |(n, d)| apportion(n, *d, target)))
        .collect();
    let size = |parts: &[i128]| parts.iter().map(|x| x.unsigned_abs()).sum::<u128>();
    let inner_size: u128 = inner.iter().map(|of| size(of)).max().unwrap_or(0);
    let greatest =
        before.unsigned_abs().max(after.unsigned_abs()).max(size(&whole)).max(inner_size);
    let up = (128 - greatest.leading_zeros()).saturating_sub(53);
    let (unit, grid) = (1_i128 << up, grid + up as i32);
    let change = halved_signed(after - before, up);
    let coarse = apportion(&whole, unit, change);
    let to_double = |parts: &[i128]| parts.iter().map(|&x| double(x, grid)).collect::<Vec<f64>>();
    let inner = inner.iter().zip(&coarse).map(|(of, &target)| match of.is_empty() {
        true => Vec::new(),
        false => to_double(&apportion(of, unit, target)),
    });
    Parts { change: double(change, grid), inner: inner.collect(), parts: to_double(&coarse) }
}

fn halved_signed(x: i128, by: u32) -> i128 {
    if x < 0 { -halved(-x, by) } else { halved(x, by) }
}

/// Parts for a reader: decimals with `digits` places that add up to the change as printed, which is the printed end less
/// the printed start. Rounded down, and what is left to the largest remainders. Whole numbers of 10^-`digits`.
pub fn printed(before: f64, after: f64, parts: &[f64], digits: u32) -> (i128, Vec<i128>) {
    let scale = libm::pow(10.0, f64::from(digits));
    let rounded = |x: f64| {
        let near = crate::number::round(x, digits, crate::number::RoundMode::HalfUp);
        libm::round(near * scale) as i128
    };
    let change = rounded(after) - rounded(before);
    (change, printed_parts(parts, change, digits))
}

/// Parts for a reader of a sum that is already whole: see [`printed`].
pub fn printed_parts(parts: &[f64], sum: i128, digits: u32) -> Vec<i128> {
    // Twenty more binary places than are shown distinguish the parts, and nothing overflows.
    const FINE: i32 = 20;
    let scale = libm::pow(10.0, f64::from(digits));
    let fine: Vec<i128> =
        parts.iter().map(|x| units(x * scale, -FINE).unwrap_or_default()).collect();
    apportion(&fine, 1 << FINE, sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn largest_remainders() {
        // Thirds of one place: the first takes what is left.
        assert_eq!(apportion(&[1, 1, 1], 3, 1), [1, 0, 0]);
        // -7/3 and 4/3 add up to -1: down to -3 and 1, and the one that is left goes to the larger remainder, 2/3.
        assert_eq!(apportion(&[-7, 4], 3, -1), [-2, 1]);
        assert_eq!(apportion(&[0, 5, 0], 2, 3), [0, 3, 0], "a part of zero stays zero");
        assert_eq!(apportion(&[0, 5, 0], 2, 2), [0, 2, 0]);
        assert_eq!(apportion(&[], 2, 0), [0_i128; 0]);
        assert_eq!(Fraction::new(-4, 6), Fraction { numerator: -2, denominator: 3 });
    }

    #[test]
    fn whole_numbers_of_a_power_of_two() {
        assert_eq!(units(0.75, -2), Some(3));
        assert_eq!(units(-0.625, -2), Some(-2), "half way: to the even one");
        assert_eq!(units(0.875, -2), Some(4));
        assert_eq!(units(f64::NAN, -2), None);
        assert_eq!(units(1e300, -60), None);
        assert_eq!(double(3, -2), 0.75);
        let tiny = f64::from_bits(1);
        assert_eq!(units(tiny, -1074), Some(1));
        assert_eq!(double(1, -1074), tiny);
    }

    #[test]
    fn printed_parts_make_the_printed_change() {
        // 0.6854 → 0.6949 is printed 0.685 → 0.695: the reader's change is 0.010, and three equal parts make it.
        let third = 0.0095 / 3.0;
        assert_eq!(printed(0.6854, 0.6949, &[third, third, third], 3), (10, vec![4, 3, 3]));
        assert_eq!(printed_parts(&[-0.5, 2.5, 0.0], 2, 0).iter().sum::<i128>(), 2);
    }

    proptest! {
        #[test]
        fn sums_hold_bit_for_bit(
            values in prop::collection::vec(prop_oneof![-2.0..2.0f64, -1e6..1e6f64, -1e-6..1e-6f64], 2..9),
            weights in prop::collection::vec(-9i128..9, 1..8),
            denominator in 1i128..5000,
        ) {
            let grid = grid(values.iter().copied());
            let (a, b) = (units(values[0], grid).unwrap(), units(values[1], grid).unwrap());
            // Parts of any size that add up: the last is what is left.
            let mut numerators: Vec<i128> = weights.iter().map(|w| w * (a - b) + w).collect();
            numerators.push((b - a) * denominator - numerators.iter().sum::<i128>());
            let inner: Vec<Option<(Vec<i128>, i128)>> = numerators.iter()
                .map(|n| Some((vec![2 * n + 1, n - 1], 3 * denominator)))
                .collect();
            let of = parts(a, b, grid, &numerators, denominator, &inner);
            let mut sum = 0.0;
            for part in &of.parts { sum += part; }
            prop_assert_eq!(sum.to_bits(), (of.change + 0.0).to_bits());
            let mut back = 0.0;
            for part in of.parts.iter().rev() { back += part; }
            prop_assert_eq!(back.to_bits(), sum.to_bits(), "in any order");
            for (part, inner) in of.parts.iter().zip(&of.inner) {
                prop_assert_eq!(inner[0] + inner[1], *part);
            }
            let sizes = of.parts.iter().chain(&values[..2]).map(|x| x.abs());
            let greatest = 10.0 * sizes.fold(0.0, crate::number::max);
            let bound = greatest * f64::EPSILON + double(1, grid);
            prop_assert!((of.change - (values[1] - values[0])).abs() <= bound);
        }
    }
}
