//! The regularised incomplete gamma and beta functions, from which the distributions are made.

use libm::{exp, lgamma, log, log1p};

/// Half the logarithm of 2π.
const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_7;

/// The smallest number that a continued fraction divides by.
const TINY: f64 = 1e-300;

/// A factor this near one changes a continued fraction no more.
const SETTLED: f64 = 3e-16;

/// Terms after which a series or fraction is left as it is. They settle after a few times √a terms.
const TERMS: usize = 2_000_000;

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), each with its own relative accuracy; of
/// a > 0 and x ≥ 0. NaN outside.
///
/// By the series (DLMF 8.11.4) below a + 1, else by the continued fraction (DLMF 8.9.2) in Lentz's form.
pub(super) fn gamma(a: f64, x: f64) -> (f64, f64) {
    if a.is_nan() || x.is_nan() || a <= 0.0 || x < 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    // x^a e^-x / Γ(a + 1)
    let front = exp(-remainder(a) - deviance(a, x) - HALF_LOG_TWO_PI) / a.sqrt();
    if x < a + 1.0 {
        let (mut term, mut total, mut k) = (1.0, 1.0, a);
        for _ in 0..TERMS {
            k += 1.0;
            term *= x / k;
            total += term;
            if term < total * 1e-17 {
                break;
            }
        }
        let below = front * total;
        (below, 1.0 - below)
    } else {
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / b;
        let mut h = d;
        for i in 1..TERMS {
            let i = i as f64;
            let step = i * (a - i);
            b += 2.0;
            d = 1.0 / away_from_zero(step * d + b);
            c = away_from_zero(b + step / c);
            h *= d * c;
            if (d * c - 1.0).abs() < SETTLED {
                break;
            }
        }
        let above = front * a * h;
        (1.0 - above, above)
    }
}

/// The regularised incomplete beta function I_x(a, b) and its complement I_y(b, a), each with its own relative accuracy;
/// of a, b > 0 and 0 ≤ x ≤ 1, with y = 1 − x given beside it so that neither loses digits. NaN outside.
///
/// By the continued fraction (9) of Didonato & Morris (1992, ACM Transactions on Mathematical Software 18(3), 360-373) in
/// Lentz's form: it does not cancel where x is near 1 and a is large.
pub(super) fn beta(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let inside = a > 0.0 && b > 0.0 && (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y);
    if !inside {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    if y == 0.0 {
        return (1.0, 0.0);
    }
    // How far x lies below the mean, times a + b.
    let short = a * y - b * x;
    if short < 0.0 {
        let (upper, lower) = beta(b, a, y, x);
        return (lower, upper);
    }
    // x^a y^b / B(a, b) as a binomial probability (Loader 2000).
    let n = a + b;
    let exponent = remainder(n)
        - remainder(a)
        - remainder(b)
        - deviance(a, n * x)
        - deviance(b, n * y)
        - HALF_LOG_TWO_PI;
    let front = exp(exponent) * (a / n * b).sqrt();
    let mut h = a / (a + 1.0) * (short + 1.0);
    let (mut c, mut d) = (h, 0.0);
    for m in 1..TERMS {
        let m = m as f64;
        let middle = a + 2.0 * m - 1.0;
        let step = (a + m - 1.0) / middle * ((n + m - 1.0) / middle) * (m * (b - m) * x * x);
        let next =
            m + m * (b - m) * x / middle + (a + m) / (middle + 2.0) * (short + 1.0 + m * (1.0 + y));
        d = 1.0 / away_from_zero(next + step * d);
        c = away_from_zero(next + step / c);
        h *= d * c;
        if (d * c - 1.0).abs() < SETTLED {
            break;
        }
    }
    let below = front / h;
    (below, 1.0 - below)
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

/// What Stirling's formula leaves over of log Γ(x + 1), x > 0 (Loader 2000).
fn remainder(x: f64) -> f64 {
    if x <= 16.0 {
        return lgamma(x + 1.0) - (x + 0.5) * log(x) + x - HALF_LOG_TWO_PI;
    }
    // The coefficients are B_2k / (2k (2k − 1)), DLMF 5.11.1.
    const SERIES: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let square = 1.0 / (x * x);
    SERIES.iter().rev().fold(0.0, |total, c| total * square + c) / x
}

/// x log(x / m) + m − x without cancellation where x is near m (Loader 2000).
fn deviance(x: f64, m: f64) -> f64 {
    let ratio = (x - m) / (x + m);
    if ratio.abs() < 0.1 {
        // log(x / m) = 2 artanh(ratio), and m − x = −ratio (x + m).
        let square = ratio * ratio;
        let (mut term, mut total) = (2.0 * x * ratio, (x - m) * ratio);
        for k in 1..60 {
            term *= square;
            let next = total + term / f64::from(2 * k + 1);
            if next == total {
                break;
            }
            total = next;
        }
        return total;
    }
    if m < 0.5 * x || m > 2.0 * x {
        return x * (log(x) - log(m)) + m - x;
    }
    m - x - x * log1p((m - x) / x)
}
