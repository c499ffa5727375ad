//! The least change along one linear condition, by each way of measuring a change; and its proof by duality.

use crate::number::{self, sort_by_key};

crate::method::choice! {
    /// How a change of several cells is measured, each cell in standard deviations of its indicator.
    #[derive(Default)]
    pub enum Norm {
        /// The root of the sum of squares.
        #[default]
        Euclidean = "euclidean",
        /// The sum of all changes.
        Sum = "sum",
        /// The largest change of one cell.
        Largest = "largest",
    }
}

/// A linear condition on changes `d` from zero to a limit each: `Σ slope·d ≥ needed`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Condition<'a> {
    /// What one unit of each change adds.
    pub(super) slopes: &'a [f64],
    /// The greatest change of each cell, zero or above.
    pub(super) limits: &'a [f64],
    /// What is needed.
    pub(super) needed: f64,
}

/// The least change that meets a condition, and the multiplier that proves it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Least {
    /// The change of each cell.
    pub(super) change: Vec<f64>,
    /// What each unit of the condition costs at the margin.
    pub(super) multiplier: f64,
}

impl Norm {
    /// The size of a change.
    pub fn size(self, change: &[f64]) -> f64 {
        match self {
            Norm::Euclidean => libm::sqrt(number::dot(change, change)),
            Norm::Sum => number::sum(change),
            Norm::Largest => change.iter().copied().fold(0.0, number::max),
        }
    }

    /// The least change that meets a condition; none where no change within the limits does.
    ///
    /// By the conditions of Karush, Kuhn and Tucker there is one multiplier λ that says how far each cell goes:
    /// `min(λ·slope, limit)` for the Euclidean norm, everything in the order of the slopes for the sum, `min(λ, limit)` for
    /// the largest change.
    pub(super) fn least(self, condition: Condition<'_>) -> Option<Least> {
        let Condition { slopes, limits, needed } = condition;
        let n = slopes.len();
        if needed <= 0.0 {
            return Some(Least { change: vec![0.0; n], multiplier: 0.0 });
        }
        let helps = |k: &usize| slopes[*k] > 0.0 && limits[*k] > 0.0;
        let mut order: Vec<usize> = (0..n).filter(helps).collect();
        // The parameter at which a cell is at its limit; for the sum, cells of steep slopes come first.
        let full = |k: usize| match self {
            Norm::Euclidean => limits[k] / slopes[k],
            Norm::Sum => -slopes[k],
            Norm::Largest => limits[k],
        };
        sort_by_key(&mut order, &full);
        let mut change = vec![0.0; n];
        if self == Norm::Sum {
            let mut left = needed;
            for &k in &order {
                if slopes[k] * limits[k] >= left {
                    change[k] = left / slopes[k];
                    return Some(Least { change, multiplier: 1.0 / slopes[k] });
                }
                change[k] = limits[k];
                left -= slopes[k] * limits[k];
            }
            return None;
        }
        // How fast the left side grows with the parameter while a cell is not at its limit.
        let rate = |k: usize| match self {
            Norm::Euclidean => slopes[k] * slopes[k],
            Norm::Sum | Norm::Largest => slopes[k],
        };
        let mut held = 0.0;
        for (at, &k) in order.iter().enumerate() {
            let rates: f64 = order[at..].iter().map(|&j| rate(j)).sum();
            let parameter = (needed - held) / rates;
            if parameter <= full(k) {
                for &j in &order {
                    let free = match self {
                        Norm::Euclidean => parameter * slopes[j],
                        Norm::Sum | Norm::Largest => parameter,
                    };
                    change[j] = number::min(free, limits[j]);
                }
                let multiplier = match self {
                    // Of half the square of the norm.
                    Norm::Euclidean => parameter,
                    Norm::Sum | Norm::Largest => 1.0 / rates,
                };
                return Some(Least { change, multiplier });
            }
            held += slopes[k] * limits[k];
        }
        None
    }

    /// No change that meets the condition is smaller than this, whatever the multiplier is, as long as it is not negative:
    /// the value of the dual problem at the multiplier.
    pub(super) fn bound(self, condition: Condition<'_>, multiplier: f64) -> f64 {
        let Condition { slopes, limits, needed } = condition;
        let cells = || slopes.iter().zip(limits);
        match self {
            Norm::Euclidean => {
                // The least of d²/2 − λ·slope·d over each cell's range.
                let least = cells().map(|(&slope, &limit)| {
                    let d = number::clamp(multiplier * slope, 0.0, limit);
                    d * d / 2.0 - multiplier * slope * d
                });
                let value = multiplier * needed + least.sum::<f64>();
                libm::sqrt(number::max(2.0 * value, 0.0))
            }
            Norm::Sum => {
                let rest = cells().filter(|(slope, _)| multiplier * **slope > 1.0);
                let rest: f64 = rest.map(|(slope, limit)| (multiplier * slope - 1.0) * limit).sum();
                number::max(multiplier * needed - rest, 0.0)
            }
            Norm::Largest => {
                // One unit of multipliers is shared by the cells that are not at their limits; those with the greatest limits
                // take it, which is best.
                let mut order: Vec<usize> =
                    (0..slopes.len()).filter(|k| slopes[*k] > 0.0).collect();
                sort_by_key(&mut order, &|k| -limits[k]);
                let (mut share, mut value) = (1.0, multiplier * needed);
                for k in order {
                    let gain = multiplier * slopes[k];
                    let taken = number::min(share, gain);
                    share -= taken;
                    value -= (gain - taken) * limits[k];
                }
                number::max(value, 0.0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NORMS: [Norm; 3] = [Norm::Euclidean, Norm::Sum, Norm::Largest];

    #[test]
    fn by_hand() {
        let condition = Condition { slopes: &[3.0, 4.0], limits: &[10.0, 10.0], needed: 5.0 };
        let least = |norm: Norm| norm.least(condition).expect("within the limits").change;
        // The foot of the perpendicular on 3x + 4y = 5.
        let foot = least(Norm::Euclidean);
        assert!((foot[0] - 0.6).abs() < 1e-15 && (foot[1] - 0.8).abs() < 1e-15, "{foot:?}");
        assert_eq!(least(Norm::Sum), [0.0, 1.25]);
        assert!((least(Norm::Largest)[0] - 5.0 / 7.0).abs() < 1e-15);
        let held = Condition { limits: &[10.0, 0.5], ..condition };
        assert_eq!(Norm::Euclidean.least(held).map(|l| l.change), Some(vec![1.0, 0.5]));
        assert_eq!(Norm::Sum.least(held).map(|l| l.change), Some(vec![1.0, 0.5]));
        let none = Condition { limits: &[1.0, 0.4], ..condition };
        assert!(NORMS.iter().all(|norm| norm.least(none).is_none()));
    }

    proptest! {
        /// The least change meets the condition, keeps within the limits, and is as small as its proof says; no change that
        /// was drawn and meets the condition is smaller.
        #[test]
        fn no_smaller_change_meets_the_condition(
            slopes in prop::collection::vec(-1.0..3.0_f64, 1..6),
            limits in prop::collection::vec(prop_oneof![0.0..4.0_f64, Just(0.0), Just(f64::INFINITY)], 6),
            share in 0.01..1.2_f64,
            draws in prop::collection::vec(prop::collection::vec(0.0..1.0_f64, 6), 50),
        ) {
            let limits = &limits[..slopes.len()];
            let within = |k: usize| number::min(limits[k], 5.0);
            let most: f64 = (0..slopes.len()).map(|k| number::max(slopes[k], 0.0) * within(k)).sum();
            prop_assume!(most > 1e-3);
            let condition = Condition { slopes: &slopes, limits, needed: share * most };
            let left = |d: &[f64]| slopes.iter().zip(d).map(|(g, d)| g * d).sum::<f64>();
            for norm in NORMS {
                let Some(Least { change, multiplier }) = norm.least(condition) else {
                    prop_assert!(share > 1.0 - 1e-9);
                    continue;
                };
                prop_assert!(left(&change) >= condition.needed - 1e-9);
                prop_assert!(change.iter().zip(limits).all(|(d, u)| (0.0..=*u).contains(d)));
                let size = norm.size(&change);
                let finite: Vec<f64> = limits.iter().map(|u| number::min(*u, 1e6)).collect();
                let bounded = Condition { limits: &finite, ..condition };
                prop_assert!((norm.bound(bounded, multiplier) - size).abs() <= 1e-7 * (1.0 + size), "{norm:?} {size}");
                for draw in &draws {
                    let other: Vec<f64> = (0..slopes.len()).map(|k| draw[k] * within(k)).collect();
                    prop_assert!(left(&other) < condition.needed - 1e-9 || norm.size(&other) >= size - 1e-9);
                }
            }
        }
    }
}
