//! Weights for things in an order: those of a stated orness with the greatest entropy or the least variance.

use super::{max, min, sum};

/// How far weights lie on the side of the first: Σ w_j·(n − j) / (n − 1), which is 1 where the first has all the weight,
/// one half where all are equal, and 0 where the last has all of it (Yager 1988, IEEE Transactions on Systems, Man, and
/// Cybernetics 18, 183-190). NaN with fewer than two weights.
pub fn orness(weights: &[f64]) -> f64 {
    let n = weights.len();
    if n < 2 {
        return f64::NAN;
    }
    let parts = weights.iter().enumerate().map(|(j, w)| w * (n - 1 - j) as f64);
    sum(&parts.collect::<Vec<f64>>()) / (n - 1) as f64
}

/// −Σ w·ln w: 0 where one has all the weight, ln n where all are equal.
pub fn entropy(weights: &[f64]) -> f64 {
    let parts = weights.iter().map(|&w| if w > 0.0 { w * libm::log(w) } else { 0.0 });
    // From zero, so that no zero becomes a negative one.
    0.0 - sum(&parts.collect::<Vec<f64>>())
}

/// The weights of so many things with this orness and the greatest entropy. Each is the one before it multiplied by the
/// same ratio (Fullér & Majlender 2001, Fuzzy Sets and Systems 124, 53-57, after O'Hagan 1988, 22nd Asilomar Conference on
/// Signals, Systems and Computers, 681-689).
pub fn greatest_entropy(n: usize, orness: f64) -> Vec<f64> {
    // On the side of the first the ratio is at most 1; the other side mirrors it.
    let andness = min(orness, 1.0 - orness);
    let weights = |ratio: f64| {
        let mut weights = vec![1.0; n];
        for j in 1..n {
            weights[j] = weights[j - 1] * ratio;
        }
        let all = sum(&weights);
        weights.iter_mut().for_each(|w| *w /= all);
        weights
    };
    // The andness rises with the ratio: 0 at 0, one half at 1.
    let reached = |ratio: f64| {
        let parts = weights(ratio).into_iter().enumerate().map(|(j, w)| w * j as f64);
        parts.sum::<f64>() / (n - 1) as f64
    };
    let (mut low, mut high) = (0.0, 1.0);
    let mut middle = 0.5;
    while low < middle && middle < high {
        if n < 2 || reached(middle) < andness {
            low = middle;
        } else {
            high = middle;
        }
        middle = low + (high - low) / 2.0;
    }
    // The search ends at the least number above 0 where the ratio is 0.
    let mut weights = weights(if andness > 0.0 { high } else { 0.0 });
    if orness < 0.5 {
        weights.reverse();
    }
    weights
}

/// The weights of so many things with this orness and the least variance (Fullér & Majlender 2003, Fuzzy Sets and Systems
/// 136, 203-215). They lie on a line; where it would fall below zero, the things at that end have no weight, and the line is
/// that of the others.
pub fn least_variance(n: usize, orness: f64) -> Vec<f64> {
    if n < 2 {
        return vec![1.0; n];
    }
    // On the side of the first the line falls; the other side mirrors it.
    let andness = min(orness, 1.0 - orness);
    let place = andness * (n - 1) as f64;
    // With m things on the line, the last of them has weight where m ≤ 2 + 3·place.
    let m = ((2.0 + 3.0 * place) as usize).clamp(2, n);
    let size = m as f64;
    let middle = (size - 1.0) / 2.0;
    let slope = 12.0 * (middle - place) / (size * (size * size - 1.0));
    let mut weights = vec![0.0; n];
    for (j, weight) in weights[..m].iter_mut().enumerate() {
        *weight = max(1.0 / size + slope * (middle - j as f64), 0.0);
    }
    if orness < 0.5 {
        weights.reverse();
    }
    weights
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The weights that `minimize` of scipy 1.17.1 (SLSQP) finds for the greatest entropy.
    #[test]
    fn weights_of_the_greatest_entropy() {
        for (orness, expected) in [
            (0.6, &[0.2884087, 0.2352882, 0.1919517, 0.1565971, 0.1277543][..]),
            (0.9, &[0.7104728, 0.2067547, 0.0601677, 0.0175094, 0.0050954][..]),
            (0.3, &[0.0983603, 0.1646507, 0.2756177, 0.4613713][..]),
            (
                0.75,
                &[
                    0.333927, 0.2276163, 0.1551513, 0.1057566, 0.0720874, 0.0491373, 0.0334937,
                    0.0228305,
                ][..],
            ),
        ] {
            let found = greatest_entropy(expected.len(), orness);
            for (w, e) in found.iter().zip(expected) {
                assert!((w - e).abs() < 5e-7, "{orness}: {found:?}");
            }
        }
        assert_eq!(greatest_entropy(3, 1.0), [1.0, 0.0, 0.0]);
        assert_eq!(greatest_entropy(3, 0.0), [0.0, 0.0, 1.0]);
        assert_eq!(greatest_entropy(4, 0.5), [0.25; 4]);
        assert_eq!(greatest_entropy(1, 0.9), [1.0]);
    }
    /// The roots of Fullér's and Majlender's equation by mpmath 1.4.1 with 40 digits; SLSQP of scipy 1.17.1 finds the same
    /// to 4e-9.
    #[test]
    fn weights_of_the_greatest_entropy_to_the_last_digits() {
        for (orness, expected) in [
            (
                0.3,
                &[
                    0.07057261850464923,
                    0.1086310735810121,
                    0.1672137210919253,
                    0.25738886305451614,
                    0.3961937237678972,
                ][..],
            ),
            (
                0.1,
                &[
                    0.005095413522284912,
                    0.017509406840958645,
                    0.060167703088547644,
                    0.20675471921088914,
                    0.7104727573373196,
                ][..],
            ),
            (
                0.1,
                &[
                    0.0006500610863395223,
                    0.0013676558554281814,
                    0.002877395029780402,
                    0.0060537174791043275,
                    0.012736344831877367,
                    0.026795845732214385,
                    0.056375463917051824,
                    0.11860767387692259,
                    0.24953728670318506,
                    0.5249985554880964,
                ][..],
            ),
        ] {
            let found = greatest_entropy(expected.len(), orness);
            for (w, e) in found.iter().zip(expected) {
                assert!((w - e).abs() < 1e-14, "{orness}: {found:?}");
            }
        }
    }

    /// The first four are the table of Fullér & Majlender (2003); the others are the best of all supports, in fractions, with
    /// which SLSQP of scipy 1.17.1 agrees to 2e-15.
    #[test]
    fn weights_of_the_least_variance() {
        for (orness, expected) in [
            (0.1, &[0.0, 0.0, 1.0 / 30.0, 1.0 / 3.0, 19.0 / 30.0][..]),
            (0.2, &[0.0, 0.04, 0.18, 0.32, 0.46][..]),
            (0.3, &[0.04, 0.12, 0.2, 0.28, 0.36][..]),
            (0.4, &[0.12, 0.16, 0.2, 0.24, 0.28][..]),
            (0.5, &[0.2; 5][..]),
            (0.15, &[0.0, 0.0, 0.0, 0.07, 0.19, 0.31, 0.43][..]),
            (0.85, &[0.475, 0.325, 0.175, 0.025, 0.0, 0.0][..]),
            (0.0, &[0.0, 0.0, 1.0][..]),
            (1.0, &[1.0, 0.0, 0.0][..]),
        ] {
            let found = least_variance(expected.len(), orness);
            for (w, e) in found.iter().zip(expected) {
                assert!((w - e).abs() < 1e-14, "{orness}: {found:?}");
            }
        }
        assert_eq!(least_variance(1, 0.2), [1.0]);
    }

    proptest! {
        #[test]
        fn weights_have_the_stated_orness(n in 2_usize..60, stated in 0.0_f64..=1.0) {
            let (even, level) = (greatest_entropy(n, stated), least_variance(n, stated));
            for found in [&even, &level] {
                prop_assert!((sum(found) - 1.0).abs() < 1e-13);
                prop_assert!((orness(found) - stated).abs() < 1e-12);
                prop_assert!(found.iter().all(|w| *w >= 0.0));
                let slack = 1e-15;
                let falls = found.windows(2).all(|two| two[0] + slack >= two[1]);
                let rises = found.windows(2).all(|two| two[0] <= two[1] + slack);
                let monotone = if stated < 0.5 { rises } else { falls };
                prop_assert!(monotone);
            }
            // Neither beats the other in what it is the best of.
            let squares = |weights: &[f64]| sum(&weights.iter().map(|w| w * w).collect::<Vec<_>>());
            prop_assert!(entropy(&even) + 1e-12 >= entropy(&level));
            prop_assert!(squares(&level) <= squares(&even) + 1e-12);
        }
    }
}
