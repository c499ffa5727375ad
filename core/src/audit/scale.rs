//! The scale by which differences of scores are measured.

use crate::number;

/// How large a difference of scores may be, as a share of the largest score of the slice, and still be rounding noise.
pub(super) const NOISE: f64 = 1e-9;

/// The largest of some numbers, signs aside; never zero.
pub(super) fn largest(values: &[f64]) -> f64 {
    let (low, high) = number::extremes(values).unwrap_or((0.0, 0.0));
    number::max(number::max(low.abs(), high.abs()), f64::MIN_POSITIVE)
}
