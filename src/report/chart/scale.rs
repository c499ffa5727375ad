//! Scales from figures to places in a drawing, and the round numbers that stand at an axis.

use super::{max, min};

/// A linear scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// The figures at both ends.
    pub(super) of: (f64, f64),
    /// The places at both ends.
    pub(super) to: (f64, f64),
}

/// Round numbers within a range, and the decimals that they take.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// The numbers, ascending.
    pub(super) at: Vec<f64>,
    /// Their decimals.
    pub(super) digits: usize,
    /// The distance between two.
    pub(super) step: f64,
}

impl Scale {
    pub(super) fn new(of: (f64, f64), to: (f64, f64)) -> Scale {
        Scale { of, to }
    }

    /// The place of a figure; in the middle where all figures are the same.
    pub(super) fn at(&self, x: f64) -> f64 {
        let ((a, b), (from, to)) = (self.of, self.to);
        match b - a {
            0.0 => (from + to) / 2.0,
            range => from + (x - a) / range * (to - from),
        }
    }
}

/// The least and the greatest of some figures; NaN is none. Around a single figure there is a range too.
pub(super) fn range(figures: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let figures = figures.into_iter().filter(|x| x.is_finite());
    let (low, high) =
        figures.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (min(a, x), max(b, x)));
    match low <= high {
        false => (0.0, 1.0),
        true if low == high && low == 0.0 => (0.0, 1.0),
        true if low == high => (low - low.abs() / 2.0, high + high.abs() / 2.0),
        true => (low, high),
    }
}

/// About `count` round numbers in a range.
pub(super) fn ticks((low, high): (f64, f64), count: usize) -> Ticks {
    let span = high - low;
    // A single number, or ones that no step divides.
    if span <= 0.0 || low + span / 1e6 == low {
        let digits = if low == libm::floor(low) { 0 } else { 4 };
        return Ticks { at: vec![low], digits, step: 1.0 };
    }
    let rough = span / count.max(1) as f64;
    let power = libm::floor(libm::log10(rough)) as i32;
    let ten = ten(power);
    // 1, 2 or 5 times a power of ten, whichever is nearest above.
    let (factor, extra) = match rough / ten {
        of if of <= 1.000_001 => (1.0, 0),
        of if of <= 2.0 => (2.0, 0),
        of if of <= 5.0 => (5.0, 0),
        _ => (1.0, 1),
    };
    let power = power + extra;
    let digits = usize::try_from(-power).unwrap_or(0);
    let step = factor * self::ten(power);
    let first = libm::ceil(low / step - 1e-9);
    let last = libm::floor(high / step + 1e-9);
    let count = if last >= first { (last - first) as usize + 1 } else { 0 };
    let at = (0..count.min(1000)).map(|k| (first + k as f64) * step).collect();
    Ticks { at, digits, step }
}

/// A range that ends at round numbers.
pub(super) fn rounded((low, high): (f64, f64), count: usize) -> (f64, f64) {
    let step = ticks((low, high), count).step;
    (libm::floor(low / step + 1e-9) * step, libm::ceil(high / step - 1e-9) * step)
}

/// A power of ten, the nearest number to it.
fn ten(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(1.0)
}

/// The range of bars: it includes 0, and ends at a round number where it does not end at 0.
pub(super) fn from_zero(figures: impl IntoIterator<Item = f64>, count: usize) -> (f64, f64) {
    let figures = figures.into_iter().filter(|x| x.is_finite());
    let (low, high) = figures.fold((0.0, 0.0), |(a, b), x| (min(a, x), max(b, x)));
    if low == high { (0.0, 1.0) } else { rounded((low, high), count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let t = ticks((0.0, 1.0), 5);
        assert_eq!((t.at.len(), t.digits, t.step), (6, 1, 0.2));
        let t = ticks((0.608, 0.904), 5);
        assert_eq!((t.at.first(), t.digits), (Some(&(7.0 * 0.1)), 1));
        let t = ticks((-3.0, 170.0), 6);
        assert_eq!((t.at, t.digits), (vec![0.0, 50.0, 100.0, 150.0], 0));
        assert_eq!(rounded((0.608, 0.904), 5).1, 10.0 * 0.1);
        assert_eq!(ticks((5.0, 5.0), 5).at, [5.0]);
        assert_eq!(ticks((1e9, 1e9 + 1e-6), 5).at, [1e9]);
        assert_eq!(from_zero([0.3, f64::NAN, 0.904], 5), (0.0, 1.0));
        assert_eq!(from_zero([], 5), (0.0, 1.0));
    }

    #[test]
    fn a_scale_of_one_figure_has_a_middle() {
        assert_eq!(Scale::new((3.0, 3.0), (0.0, 10.0)).at(3.0), 5.0);
        assert_eq!(Scale::new((0.0, 4.0), (0.0, 10.0)).at(1.0), 2.5);
        assert_eq!(range([2.0]), (1.0, 3.0));
        assert_eq!(range([f64::NAN]), (0.0, 1.0));
    }
}
