//! The power of a transform at which the data are most likely to come from a normal distribution.

use quanheng_words::text;

use crate::method::MethodError;
use crate::number;

/// The range of the search for a power on either side of zero.
const FARTHEST: f64 = 4096.0;
const STEPS: usize = 200;

/// Where the slope of the log-likelihood changes from rising to falling.
///
/// With y the transformed values, y' their derivative by the power and n their number, the profile log-likelihood is
/// l = −n/2·ln Var(y) + n·λ·m, m being a constant of the data, and its slope −n·(Cov(y, y')/Var(y) − m). `transform`
/// writes y and y' for one power.
pub(super) fn likeliest(
    constant: f64,
    n: usize,
    transform: impl Fn(f64, &mut [f64], &mut [f64]),
) -> Result<f64, MethodError> {
    if n < 3 {
        return Err(MethodError::TooFew { found: n, needed: 3 });
    }
    let mut y = vec![0.0; n];
    let mut dy = vec![0.0; n];
    // Below zero where the likelihood rises.
    let mut slope = |power: f64| {
        transform(power, &mut y, &mut dy);
        let (Some(a), Some(b)) = (number::mean(&y), number::mean(&dy)) else { return f64::NAN };
        y.iter_mut().for_each(|v| *v -= a);
        dy.iter_mut().for_each(|v| *v -= b);
        number::dot(&y, &dy) / number::dot(&y, &y) - constant
    };
    let mut low = (-1.0, slope(-1.0));
    let mut high = (1.0, slope(1.0));
    while !(low.1 <= 0.0 && high.1 >= 0.0) {
        if low.1 > 0.0 {
            high = low;
            low = (low.0 * 2.0, slope(low.0 * 2.0));
        } else {
            low = high;
            high = (high.0 * 2.0, slope(high.0 * 2.0));
        }
        if low.1.is_nan() || high.1.is_nan() || high.0 - low.0 > FARTHEST {
            return Err(MethodError::Other(text!(no_likely_power)));
        }
    }
    Ok(root(slope, low, high))
}

/// Where a function crosses zero between two places where it is not above and not below: by secants that give up half
/// of a value that stays (the Illinois rule), every third step by halves.
fn root(mut f: impl FnMut(f64) -> f64, mut low: (f64, f64), mut high: (f64, f64)) -> f64 {
    for step in 0..STEPS {
        let width = high.0 - low.0;
        if width <= 1e-13 * number::max(1.0, number::max(low.0.abs(), high.0.abs())) {
            break;
        }
        let secant = low.0 - low.1 * width / (high.1 - low.1);
        let inside = low.0 < secant && secant < high.0;
        let middle = if step % 3 == 2 || !inside { low.0 + width / 2.0 } else { secant };
        let value = f(middle);
        if value == 0.0 {
            return middle;
        } else if value < 0.0 {
            low = (middle, value);
            high.1 /= 2.0;
        } else {
            high = (middle, value);
            low.1 /= 2.0;
        }
    }
    low.0 + (high.0 - low.0) / 2.0
}

/// (e^(λu) − 1)/λ, and u where λ is 0.
pub(super) fn power(lambda: f64, u: f64) -> f64 {
    if lambda == 0.0 { u } else { libm::expm1(lambda * u) / lambda }
}

/// The derivative of [`power`] by λ.
pub(super) fn power_slope(lambda: f64, u: f64) -> f64 {
    let z = lambda * u;
    // (z·e^z − (e^z − 1))/z², by its series near zero.
    let ratio = if z.abs() < 0.03 {
        0.5 + z
            * (1.0 / 3.0
                + z * (1.0 / 8.0
                    + z * (1.0 / 30.0 + z * (1.0 / 144.0 + z * (1.0 / 840.0 + z / 5760.0)))))
    } else {
        (z * libm::exp(z) - libm::expm1(z)) / (z * z)
    };
    u * u * ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slope_of_the_power() {
        for lambda in [-2.0, -0.04, -1e-9, 0.0, 1e-3, 0.7, 3.0] {
            for u in [-1.3, -0.02, 0.0, 0.5, 0.8] {
                let h = 1e-5;
                let by_difference = (power(lambda + h, u) - power(lambda - h, u)) / (2.0 * h);
                assert!((power_slope(lambda, u) - by_difference).abs() < 1e-7, "{lambda} {u}");
            }
        }
    }
}
