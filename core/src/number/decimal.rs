//! Decimal rounding: of the shortest decimal text that means the number, never of its binary neighbour.

crate::method::choice! {
    /// What happens to a number half way between two.
    pub enum RoundMode {
        /// Away from zero (四舍五入): 2.675 → 2.68.
        HalfUp = "half_up",
        /// To the even digit (四舍六入五成双): 2.665 → 2.66, 2.675 → 2.68.
        HalfEven = "half_even",
        /// Towards zero (五舍六入): 2.675 → 2.67.
        HalfDown = "half_down",
        /// As `round()` of R 4.0.0 and later: of the binary number, which is not always the decimal one that is printed.
        R = "r",
    }
}

/// The powers of ten that are doubles exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Ten to the power `n`, if that is a double exactly.
pub(super) fn power_of_ten(n: u32) -> Option<f64> {
    POWERS.get(n as usize).copied()
}

/// `x` rounded to `digits` decimals, as a person rounds the decimal number that is printed.
///
/// The binary number nearest to 2.675 is below it, so arithmetic on the binary gives 2.67; here the shortest decimal
/// that reads back as `x` is rounded, which is 2.675, and the result is 2.68. Only [`RoundMode::R`] looks at the binary
/// number. NaN and infinities stay.
pub fn round(x: f64, digits: u32, mode: RoundMode) -> f64 {
    if !x.is_finite() {
        return x;
    }
    if mode == RoundMode::R {
        return as_r(x, digits);
    }
    quick(x.abs(), digits, mode).map_or_else(|| by_text(x, digits, mode), |y| y.copysign(x))
}

/// Fifteen figures: below it two decimals are never one double, so that a decimal and its double stand for each other.
const FIGURES: f64 = 1e15;

/// The same as [`by_text`] of a number that is not negative, by arithmetic without rounding errors that matter; none
/// where it is not certain.
fn quick(x: f64, digits: u32, mode: RoundMode) -> Option<f64> {
    let power = power_of_ten(digits).filter(|_| digits < 22)?;
    let shifted = x * power;
    if shifted >= FIGURES / 100.0 {
        return None;
    }
    let below = shifted.floor();
    let rest = shifted - below;
    // The product is off by less than 2^-52 of itself, and so is the shortest decimal.
    let up = if (rest - 0.5).abs() > shifted * 1e-15 {
        rest > 0.5
    } else {
        // The half way as a decimal has less than fifteen figures: if it is the nearest to any double, it is its shortest.
        let half = (10.0 * below + 5.0) / (10.0 * power);
        if x == half {
            match mode {
                RoundMode::HalfUp => true,
                RoundMode::HalfEven => below % 2.0 == 1.0,
                RoundMode::HalfDown | RoundMode::R => false,
            }
        } else {
            x > half
        }
    };
    // A quotient of two whole numbers below 2^53 is the double nearest to the decimal.
    Some((if up { below + 1.0 } else { below }) / power)
}

/// The rounding itself, figure by figure.
fn by_text(x: f64, digits: u32, mode: RoundMode) -> f64 {
    let text = format!("{:e}", x.abs());
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation");
    let exponent: i32 = exponent.parse().expect("an exponent");
    let mut figures: Vec<u8> =
        mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    // `keep` leading figures stand at or above the last decimal that is kept.
    let keep = exponent + 1 + digits as i32;
    if keep >= figures.len() as i32 {
        return x;
    }
    if keep < 0 {
        return 0.0_f64.copysign(x);
    }
    let keep = keep as usize;
    let more = figures[keep + 1..].iter().any(|&f| f != 0);
    let up = match figures[keep].cmp(&5) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => match mode {
            RoundMode::HalfUp => true,
            RoundMode::HalfEven => more || (keep > 0 && figures[keep - 1] % 2 == 1),
            RoundMode::HalfDown | RoundMode::R => more,
        },
    };
    figures.truncate(keep);
    let mut carry = up;
    for figure in figures.iter_mut().rev() {
        if !carry {
            break;
        }
        carry = *figure == 9;
        *figure = if carry { 0 } else { *figure + 1 };
    }
    if carry {
        figures.insert(0, 1);
    }
    let mut decimal: String = figures.iter().map(|f| char::from(b'0' + f)).collect();
    if decimal.is_empty() {
        return 0.0_f64.copysign(x);
    }
    decimal.push_str(&format!("e-{digits}"));
    let rounded: f64 = decimal.parse().expect("digits and an exponent");
    rounded.copysign(x)
}

/// `round()` of R 4.0.0 and later: of the two doubles that are nearest to decimals with so many digits, below and above,
/// the one at the lesser distance as doubles measure it, and of equal distances the one with the even last digit. What
/// has some 15 figures already is left as it is.
///
/// Maechler, Rounding to Decimal Digits in Binary (2020), vignette of the R package `round`, there "r3d.C".
fn as_r(x: f64, digits: u32) -> f64 {
    let size = x.abs();
    if size == 0.0 {
        return x;
    }
    let rounded = if digits == 0 {
        nearest_even(size)
    } else {
        let (_, exponent) = libm::frexp(size);
        let figures = (f64::from(exponent) - 0.5) * std::f64::consts::LOG10_2;
        let Some(power) = power_of_ten(digits).filter(|_| f64::from(digits) + figures <= 15.0)
        else {
            return x;
        };
        let below = (size * power).floor();
        let (low, high) = (below / power, (size * power).ceil() / power);
        let (down, up) = (size - low, high - size);
        if down < up || (down == up && below % 2.0 == 0.0) { low } else { high }
    };
    rounded.copysign(x)
}

/// The nearest whole number, of two equally near ones the even one.
fn nearest_even(x: f64) -> f64 {
    let below = x.floor();
    let rest = x - below;
    let up = rest > 0.5 || (rest == 0.5 && below % 2.0 == 1.0);
    if up { below + 1.0 } else { below }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DECIMAL: [RoundMode; 3] = [RoundMode::HalfUp, RoundMode::HalfEven, RoundMode::HalfDown];

    #[test]
    fn rounds_what_is_printed() {
        for (x, digits, up, even, down) in [
            (2.675, 2, 2.68, 2.68, 2.67),
            (2.665, 2, 2.67, 2.66, 2.66),
            (1.005, 2, 1.01, 1.0, 1.0),
            (-0.125, 2, -0.13, -0.12, -0.12),
            (0.05, 0, 0.0, 0.0, 0.0),
            (0.5, 0, 1.0, 0.0, 0.0),
            (1.5, 0, 2.0, 2.0, 1.0),
            (9.995, 2, 10.0, 10.0, 9.99),
            (0.9995, 3, 1.0, 1.0, 0.999),
            (0.0004, 3, 0.0, 0.0, 0.0),
            (0.0005, 3, 0.001, 0.0, 0.0),
            (1234567.0, 2, 1234567.0, 1234567.0, 1234567.0),
            (1e300, 2, 1e300, 1e300, 1e300),
            (46.875, 2, 46.88, 46.88, 46.87),
            (46.8750001, 2, 46.88, 46.88, 46.88),
        ] {
            assert_eq!(round(x, digits, RoundMode::HalfUp), up, "{x} half up");
            assert_eq!(round(x, digits, RoundMode::HalfEven), even, "{x} half even");
            assert_eq!(round(x, digits, RoundMode::HalfDown), down, "{x} half down");
        }
        assert!(round(f64::NAN, 2, RoundMode::HalfUp).is_nan());
    }

    /// Decimals that lie on a half, beside one, and anywhere.
    fn numbers() -> impl Strategy<Value = f64> {
        prop_oneof![
            (0u64..10_000_000_000, 0i32..17).prop_map(|(n, k)| format!("{n}5e-{k}")),
            (0u64..10_000_000_000_000_000, 0i32..20).prop_map(|(n, k)| format!("{n}e-{k}")),
            (0u32..100_000).prop_map(|n| format!("{n}e-1")),
            any::<f64>().prop_map(|x| format!("{x:e}")),
            (-1.0e4..1.0e4_f64).prop_map(|x| format!("{x:e}")),
        ]
        .prop_map(|text| text.parse().expect("a number"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn arithmetic_rounds_as_the_text_does(x in numbers(), by in -3i32..4, digits in 0u32..16) {
            // Its neighbours too: they are what a sum gives in place of a half.
            let x = f64::from_bits(x.to_bits().wrapping_add_signed(i64::from(by)));
            if !x.is_finite() {
                return Ok(());
            }
            for mode in DECIMAL {
                let (found, expected) = (round(x, digits, mode), by_text(x, digits, mode));
                prop_assert_eq!(found.to_bits(), expected.to_bits(), "{} to {}: {:?}", x, digits, mode);
            }
        }

        #[test]
        fn rounding_never_reverses_an_order(x in numbers(), y in numbers(), digits in 0u32..16) {
            if x.is_finite() && y.is_finite() && x <= y {
                for mode in [DECIMAL.as_slice(), &[RoundMode::R]].concat() {
                    prop_assert!(round(x, digits, mode) <= round(y, digits, mode), "{:?}", mode);
                }
            }
        }
    }
}
