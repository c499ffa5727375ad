//! The smallest change of weights with which one region overtakes another, and the proof that no smaller one does.

use crate::number;

use super::simplex::greatest_within;

crate::method::choice! {
    /// How the size of a change of weights is measured.
    pub enum Norm {
        /// The sum of all changes; half of it is the weight that is moved.
        Sum = "sum",
        /// The root of the sum of squares.
        Euclid = "euclid",
        /// The greatest change.
        Greatest = "greatest",
    }
}

/// Weights under which one region is no longer ahead, as near to the stated ones as such weights can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Overtaking {
    /// How nearness is measured.
    pub norm: Norm,
    /// The weights.
    pub weights: Vec<f64>,
    /// How far they are from the stated ones.
    pub size: f64,
    /// Two multipliers, of the difference and of the sum of the weights, from which [`Overtaking::bound`] follows.
    pub multipliers: (f64, f64),
}

impl Norm {
    /// The size of a change.
    pub fn size(self, from: &[f64], to: &[f64]) -> f64 {
        let each: Vec<f64> = from.iter().zip(to).map(|(a, b)| (a - b).abs()).collect();
        match self {
            Norm::Sum => number::sum(&each),
            Norm::Euclid => number::dot(&each, &each).sqrt(),
            Norm::Greatest => each.into_iter().fold(0.0, number::max),
        }
    }
}

impl Overtaking {
    /// The weights nearest to `stated` under which a mean of `d` is 0 or below; none where it is above 0 for all weights.
    pub fn new(norm: Norm, stated: &[f64], d: &[f64]) -> Option<Overtaking> {
        let lowest = (0..d.len()).reduce(|a, b| if d[b] < d[a] { b } else { a })?;
        if d[lowest] > 0.0 {
            return None;
        }
        let mean = number::dot(d, stated);
        if mean <= 0.0 {
            let weights = stated.to_vec();
            return Some(Overtaking { norm, weights, size: 0.0, multipliers: (0.0, 0.0) });
        }
        let (weights, multipliers) = match norm {
            Norm::Sum => moved(stated, d, lowest, mean),
            Norm::Euclid => projected(stated, d),
            Norm::Greatest => widened(stated, d),
        };
        let size = norm.size(stated, &weights);
        Some(Overtaking { norm, weights, size, multipliers })
    }

    /// No weights with a mean of `d` of 0 or below are nearer than this, wherever the multipliers come from: the least of the
    /// Lagrangian function over all weights, which is never above the least distance. Nothing of how the weights were
    /// found is used.
    pub fn bound(&self, stated: &[f64], d: &[f64]) -> f64 {
        let (of_difference, of_sum) = self.multipliers;
        if of_difference <= 0.0 {
            return 0.0;
        }
        let slope = |j: usize| of_difference * d[j] + of_sum;
        let all = 0..d.len();
        match self.norm {
            // Of |w − w₀| + c·w over w ≥ 0.
            Norm::Sum => {
                let each = |j: usize| match slope(j) {
                    c if c >= 1.0 => stated[j],
                    c if c >= -1.0 - 1e-12 => c * stated[j],
                    _ => f64::NEG_INFINITY,
                };
                number::sum(&all.map(each).collect::<Vec<f64>>()) - of_sum
            }
            // Of ½(w − w₀)² + c·w over w ≥ 0.
            Norm::Euclid => {
                let each = |j: usize| {
                    let w = number::max(stated[j] - slope(j), 0.0);
                    0.5 * (w - stated[j]) * (w - stated[j]) + slope(j) * w
                };
                let least = number::sum(&all.map(each).collect::<Vec<f64>>()) - of_sum;
                number::max(2.0 * least, 0.0).sqrt()
            }
            // The first multiplier is a size that is too small: within it, the mean is above 0, since it is at least
            // `level + Σ (d − level)·w` with each part at its least.
            Norm::Greatest => {
                let (size, level) = self.multipliers;
                let each = |j: usize| {
                    let (low, high) = around(stated[j], size);
                    number::min((d[j] - level) * low, (d[j] - level) * high)
                };
                let least = level + number::sum(&all.map(each).collect::<Vec<f64>>());
                if least >= 0.0 { size } else { 0.0 }
            }
        }
    }
}

fn around(weight: f64, size: f64) -> (f64, f64) {
    (number::max(weight - size, 0.0), number::min(weight + size, 1.0))
}

/// Weight moves to where the difference is least, first from where it is greatest.
fn moved(stated: &[f64], d: &[f64], lowest: usize, mean: f64) -> (Vec<f64>, (f64, f64)) {
    let mut order: Vec<usize> = (0..d.len()).filter(|j| *j != lowest).collect();
    number::sort_by_key(&mut order, &|j| -d[j]);
    let (mut weights, mut left) = (stated.to_vec(), mean);
    let mut multipliers = (0.0, 0.0);
    for j in order {
        let gain = d[j] - d[lowest];
        if gain <= 0.0 {
            break;
        }
        let is_last = left / gain <= weights[j];
        let part = number::min(weights[j], left / gain);
        weights[j] -= part;
        weights[lowest] += part;
        left -= part * gain;
        let of_difference = 2.0 / gain;
        multipliers = (of_difference, -1.0 - of_difference * d[lowest]);
        if is_last {
            break;
        }
    }
    (weights, multipliers)
}

/// The nearest point by squares: `w = max(0, w₀ − λ·d − μ)`, with the sum of one for each λ, and λ so that the mean is 0.
fn projected(stated: &[f64], d: &[f64]) -> (Vec<f64>, (f64, f64)) {
    let at = |lambda: f64| {
        let shifted: Vec<f64> = stated.iter().zip(d).map(|(w, d)| w - lambda * d).collect();
        let mut sorted = shifted.clone();
        number::sort(&mut sorted);
        let (mut sum, mut level) = (0.0, 0.0);
        for (count, x) in sorted.iter().rev().enumerate() {
            let next = (sum + x - 1.0) / (count + 1) as f64;
            if *x <= next {
                break;
            }
            sum += x;
            level = next;
        }
        let weights: Vec<f64> = shifted.iter().map(|x| number::max(x - level, 0.0)).collect();
        (weights, level)
    };
    let (mut low, mut high) = (0.0, 1.0);
    while number::dot(&at(high).0, d) > 0.0 && high < 1e300 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if number::dot(&at(middle).0, d) > 0.0 { low = middle } else { high = middle }
    }
    let (weights, level) = at(high);
    (weights, (high, level))
}

/// The least size of changes of all weights within which the mean can be 0.
fn widened(stated: &[f64], d: &[f64]) -> (Vec<f64>, (f64, f64)) {
    let opposite: Vec<f64> = d.iter().map(|x| -x).collect();
    let at = |size: f64| {
        let bounds: Vec<(f64, f64)> = stated.iter().map(|w| around(*w, size)).collect();
        greatest_within(&opposite, &bounds).unwrap_or_else(|| stated.to_vec())
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if number::dot(&at(middle), d) > 0.0 { low = middle } else { high = middle }
    }
    // What is below the level has its greatest weight, what is above it its least one; the level is one of the differences.
    let size = low * (1.0 - 1e-12);
    let least = |level: f64| {
        let each = |(w, d): (&f64, &f64)| {
            let (low, high) = around(*w, size);
            number::min((d - level) * low, (d - level) * high)
        };
        level + number::sum(&stated.iter().zip(d).map(each).collect::<Vec<f64>>())
    };
    let level = d.iter().copied().reduce(|a, b| if least(b) > least(a) { b } else { a });
    (at(high), (size, level.unwrap_or(0.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_nearer_overtakes(
            raw in proptest::collection::vec(0.05..1.0_f64, 4),
            mut d in proptest::collection::vec(-3.0..4.0_f64, 4),
            points in proptest::collection::vec(proptest::collection::vec(0.001..1.0_f64, 4), 200),
        ) {
            let share = |raw: &[f64]| -> Vec<f64> {
                let sum: f64 = raw.iter().sum();
                raw.iter().map(|w| w / sum).collect()
            };
            let stated = share(&raw);
            d[0] = -d[0].abs();
            for norm in [Norm::Sum, Norm::Euclid, Norm::Greatest] {
                let found = Overtaking::new(norm, &stated, &d).expect("some weights do");
                prop_assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
                prop_assert!(found.weights.iter().all(|w| *w >= -1e-12));
                if found.size > 0.0 {
                    prop_assert!(number::dot(&found.weights, &d).abs() < 1e-9);
                }
                // The proof reaches the size, and no point of the simplex beats it.
                let bound = found.bound(&stated, &d);
                prop_assert!(bound <= found.size + 1e-9, "{norm:?} {bound} {}", found.size);
                prop_assert!(bound >= found.size - 1e-7, "{norm:?} {bound} {}", found.size);
                for point in &points {
                    let other = share(point);
                    if number::dot(&other, &d) <= 0.0 {
                        prop_assert!(norm.size(&stated, &other) >= found.size - 1e-9);
                    }
                }
            }
        }
    }

    #[test]
    fn by_hand() {
        // Two weights of one half, 0.1 ahead in the mean: 1/12 of the weight must move.
        let found = Overtaking::new(Norm::Sum, &[0.5, 0.5], &[0.7, -0.5]).expect("weights");
        assert!((found.size - 2.0 / 12.0).abs() < 1e-12, "{found:?}");
        let found = Overtaking::new(Norm::Greatest, &[0.5, 0.5], &[0.7, -0.5]).expect("weights");
        assert!((found.size - 1.0 / 12.0).abs() < 1e-12, "{found:?}");
        assert_eq!(Overtaking::new(Norm::Sum, &[0.5, 0.5], &[0.1, 0.2]), None);
    }
}
