//! Decimal rounding: of the shortest decimal text that means the number, never of its binary neighbour.

crate::method::choice! {
    /// What happens to a number half way between two.
    pub enum RoundMode {
        /// Away from zero (四舍五入): 2.675 → 2.68.
        HalfUp = "half_up",
        /// To the even digit: 2.665 → 2.66, 2.675 → 2.68.
        HalfEven = "half_even",
    }
}

/// `x` rounded to `digits` decimals, as a person rounds the decimal number that is printed.
///
/// The binary number nearest to 2.675 is below it, so arithmetic on the binary gives 2.67; here the shortest decimal
/// that reads back as `x` is rounded, which is 2.675, and the result is 2.68. NaN and infinities stay.
pub fn round(x: f64, digits: u32, mode: RoundMode) -> f64 {
    if !x.is_finite() {
        return x;
    }
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
    let up = match figures[keep].cmp(&5) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => match mode {
            RoundMode::HalfUp => true,
            RoundMode::HalfEven => {
                figures[keep + 1..].iter().any(|&f| f != 0)
                    || (keep > 0 && figures[keep - 1] % 2 == 1)
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_what_is_printed() {
        for (x, digits, up, even) in [
            (2.675, 2, 2.68, 2.68),
            (2.665, 2, 2.67, 2.66),
            (1.005, 2, 1.01, 1.0),
            (-0.125, 2, -0.13, -0.12),
            (0.05, 0, 0.0, 0.0),
            (0.5, 0, 1.0, 0.0),
            (1.5, 0, 2.0, 2.0),
            (9.995, 2, 10.0, 10.0),
            (0.9995, 3, 1.0, 1.0),
            (0.0004, 3, 0.0, 0.0),
            (0.0005, 3, 0.001, 0.0),
            (1234567.0, 2, 1234567.0, 1234567.0),
            (1e300, 2, 1e300, 1e300),
            (46.875, 2, 46.88, 46.88),
        ] {
            assert_eq!(round(x, digits, RoundMode::HalfUp), up, "{x} half up");
            assert_eq!(round(x, digits, RoundMode::HalfEven), even, "{x} half even");
        }
        assert!(round(f64::NAN, 2, RoundMode::HalfUp).is_nan());
    }
}
