//! Confidence sets for ranks, of estimates with known sampling errors.
//!
//! Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91(1), 476-518. Rank 1 has the greatest
//! estimate. For counts, exact tests in place of normal ones: Bazylik, Mogstad, Romano, Shaikh & Wilhelm (2021), cemmap
//! working paper CWP40/21.

use rayon::prelude::*;

use crate::number;

use super::survey::greater_by_chance;

/// Estimates, the standard error of each difference of two, and draws of their errors.
#[derive(Clone, Debug)]
pub struct Estimates {
    values: Vec<f64>,
    /// The standard error of `values[j] − values[k]`, at `j * n + k`.
    apart: Vec<f64>,
    /// The standard error of each estimate.
    errors: Vec<f64>,
    /// Draws of the errors, one after another.
    draws: Vec<f64>,
}

/// A confidence set for a rank: every whole number from the first to the last.
pub type RankSet = (usize, usize);

/// Which estimates differ, and by what.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// How many standard errors two estimates must be apart to differ; the last one where there were several steps.
    /// None where no pair has an error.
    pub critical: Option<f64>,
    /// Whether `j` is greater than `k`, at `j * n + k`.
    greater: Vec<bool>,
    n: usize,
}

impl Differences {
    /// Whether the first is greater than the second, beyond what the errors explain.
    pub fn is_greater(&self, j: usize, k: usize) -> bool {
        self.greater[j * self.n + k]
    }

    /// Whether two differ.
    pub fn differ(&self, j: usize, k: usize) -> bool {
        self.is_greater(j, k) || self.is_greater(k, j)
    }

    /// The confidence set of each rank: behind all that are greater, before all that are less.
    pub fn rank_sets(&self) -> Vec<RankSet> {
        (0..self.n).map(|i| self.rank_set(i)).collect()
    }

    fn rank_set(&self, i: usize) -> RankSet {
        let greater = (0..self.n).filter(|&j| self.is_greater(j, i)).count();
        let less = (0..self.n).filter(|&k| self.is_greater(i, k)).count();
        (1 + greater, self.n - less)
    }

    /// Those that may be among the best `tau`.
    pub fn best(&self, tau: usize) -> Vec<usize> {
        (0..self.n).filter(|&i| self.rank_set(i).0 <= tau).collect()
    }

    /// How many pairs differ, of how many.
    pub fn pairs(&self) -> (usize, usize) {
        (self.greater.iter().filter(|is| **is).count(), self.n * self.n.saturating_sub(1) / 2)
    }
}

impl Estimates {
    /// Estimates with independent errors.
    pub fn independent(values: Vec<f64>, errors: &[f64], draws: usize, seed: u64) -> Estimates {
        assert_eq!(values.len(), errors.len(), "an error for each estimate");
        let n = values.len();
        let draw =
            |b: usize| (0..n).map(move |i| errors[i] * number::normal(seed, b as u64, i as u64));
        let draws = (0..draws).into_par_iter().flat_map_iter(draw).collect();
        let apart = |j: usize, k: usize| match j == k {
            true => 0.0,
            false => (errors[j] * errors[j] + errors[k] * errors[k]).sqrt(),
        };
        let apart = (0..n * n).map(|at| apart(at / n, at % n)).collect();
        Estimates { values, apart, errors: errors.to_vec(), draws }
    }

    /// Estimates that depend on independent errors with a standard deviation of 1: `slopes` has, for each of them, by how
    /// much it moves each estimate.
    pub fn of_slopes(values: Vec<f64>, slopes: &[Vec<f64>], draws: usize, seed: u64) -> Estimates {
        let n = values.len();
        let draw = |b: usize| {
            let mut errors = vec![0.0; n];
            for (source, slopes) in slopes.iter().enumerate() {
                let x = number::normal(seed, b as u64, source as u64);
                errors.iter_mut().zip(slopes).for_each(|(e, slope)| *e += slope * x);
            }
            errors
        };
        let draws = (0..draws).into_par_iter().flat_map_iter(draw).collect();
        let size = |of: &dyn Fn(&Vec<f64>) -> f64| {
            number::sum(&slopes.iter().map(|s| of(s) * of(s)).collect::<Vec<f64>>()).sqrt()
        };
        let errors = (0..n).map(|i| size(&|slopes| slopes[i])).collect();
        let apart = (0..n * n).map(|at| size(&|slopes| slopes[at / n] - slopes[at % n])).collect();
        Estimates { values, apart, errors, draws }
    }

    /// Estimates whose errors are drawn already, one draw after another: each draw less the mean of all is an error.
    pub fn of_draws(values: Vec<f64>, mut draws: Vec<f64>) -> Estimates {
        let n = values.len();
        let count = draws.len() / n.max(1);
        let column = |draws: &[f64], of: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
            draws.chunks_exact(n).map(of).collect()
        };
        for i in 0..n {
            let mean = number::mean(&column(&draws, &|draw| draw[i])).unwrap_or(0.0);
            draws.chunks_exact_mut(n).for_each(|draw| draw[i] -= mean);
        }
        let size = |of: &dyn Fn(&[f64]) -> f64| {
            let squares = column(&draws, &|draw| of(draw) * of(draw));
            (number::sum(&squares) / count.saturating_sub(1).max(1) as f64).sqrt()
        };
        let errors = (0..n).map(|i| size(&|draw| draw[i])).collect();
        let apart = (0..n * n).map(|at| size(&|draw| draw[at / n] - draw[at % n])).collect();
        Estimates { values, apart, errors, draws }
    }

    /// The standard error of each estimate.
    pub fn errors(&self) -> &[f64] {
        &self.errors
    }

    /// The standard error of the difference of two.
    pub fn apart(&self, j: usize, k: usize) -> f64 {
        self.apart[j * self.values.len() + k]
    }

    /// Which estimates differ, so that all differences together are right with the probability `level`; the rank sets then
    /// hold for all together. With `stepdown` the pairs that differ leave the comparison, and the others are compared
    /// again, until nothing changes.
    pub fn differences(&self, level: f64, stepdown: bool) -> Differences {
        let n = self.values.len();
        let all = (0..n).flat_map(|j| (0..n).map(move |k| (j, k))).filter(|(j, k)| j != k);
        self.compare(all.collect(), level, stepdown)
    }

    /// The confidence set of each rank by itself: each is right with the probability `level`.
    pub fn marginal(&self, level: f64, stepdown: bool) -> Vec<RankSet> {
        let n = self.values.len();
        let of = |i: usize| {
            let others = (0..n).filter(|&k| k != i).flat_map(|k| [(i, k), (k, i)]);
            self.compare(others.collect(), level, stepdown).rank_set(i)
        };
        (0..n).map(of).collect()
    }

    /// Intervals of all estimates together, as one number of standard errors on each side; none where none has an error.
    pub fn band(&self, level: f64) -> Option<f64> {
        let n = self.values.len();
        let certain: Vec<usize> = (0..n).filter(|&i| self.errors[i] > 0.0).collect();
        if certain.is_empty() {
            return None;
        }
        let widest = |draw: &[f64]| {
            let sizes = certain.iter().map(|&i| draw[i].abs() / self.errors[i]);
            sizes.fold(0.0, number::max)
        };
        let mut widths: Vec<f64> = self.draws.par_chunks_exact(n).map(widest).collect();
        number::sort(&mut widths);
        number::quantile(&widths, level)
    }

    fn compare(&self, pairs: Vec<(usize, usize)>, level: f64, stepdown: bool) -> Differences {
        let n = self.values.len();
        let mut greater = vec![false; n * n];
        let mut left = Vec::new();
        for (j, k) in pairs {
            match self.apart(j, k) > 0.0 {
                true => left.push((j, k)),
                // Without an error, the estimates are what they are.
                false => greater[j * n + k] = self.values[j] > self.values[k],
            }
        }
        let mut critical = None;
        while !left.is_empty() {
            let Some(c) = self.critical(&left, level) else { break };
            critical = Some(c);
            let before = left.len();
            left.retain(|&(j, k)| {
                let is_greater = self.values[j] - self.values[k] > c * self.apart(j, k);
                greater[j * n + k] |= is_greater;
                !is_greater
            });
            if !stepdown || left.len() == before {
                break;
            }
        }
        Differences { critical, greater, n }
    }

    /// The quantile of the greatest of the scaled differences in each draw.
    fn critical(&self, pairs: &[(usize, usize)], level: f64) -> Option<f64> {
        let n = self.values.len();
        let scaled: Vec<(usize, usize, f64)> =
            pairs.iter().map(|&(j, k)| (j, k, 1.0 / self.apart(j, k))).collect();
        let greatest = |draw: &[f64]| {
            let mut most = f64::NEG_INFINITY;
            for &(j, k, scale) in &scaled {
                let x = (draw[j] - draw[k]) * scale;
                if x > most {
                    most = x;
                }
            }
            most
        };
        let mut all: Vec<f64> = self.draws.par_chunks_exact(n).map(greatest).collect();
        number::sort(&mut all);
        number::quantile(&all, level)
    }
}

/// Which counts differ, by exact tests of each pair with Holm's correction over all of them: all differences together are
/// right with the probability `level`, at every size of the counts.
pub fn differences_of_counts(counts: &[f64], level: f64) -> Differences {
    let n = counts.len();
    let mut pairs: Vec<(usize, usize)> =
        (0..n).flat_map(|j| (0..n).map(move |k| (j, k))).filter(|(j, k)| j != k).collect();
    let p = |&(j, k): &(usize, usize)| greater_by_chance(counts[j], counts[k]);
    number::sort_items(&mut pairs, |a, b| number::ascending(p(a), p(b)));
    let mut greater = vec![false; n * n];
    let of = pairs.len();
    for (at, pair) in pairs.iter().enumerate() {
        if p(pair) > (1.0 - level) / (of - at) as f64 {
            break;
        }
        greater[pair.0 * n + pair.1] = true;
    }
    Differences { critical: None, greater, n }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn far_apart_and_equal() {
        let estimates = Estimates::independent(vec![3.0, 1.0, 2.0], &[0.01; 3], 500, 7);
        let found = estimates.differences(0.95, true);
        assert_eq!(found.rank_sets(), [(1, 1), (3, 3), (2, 2)]);
        assert_eq!(found.pairs(), (3, 3));
        assert_eq!(estimates.marginal(0.95, true), [(1, 1), (3, 3), (2, 2)]);
        let equal = Estimates::independent(vec![1.0; 4], &[0.3; 4], 500, 7);
        assert_eq!(equal.differences(0.95, true).rank_sets(), [(1, 4); 4]);
        assert_eq!(equal.differences(0.95, true).best(1), [0, 1, 2, 3]);
        // Without errors ranks are certain, and equal estimates share theirs.
        let certain = Estimates::independent(vec![2.0, 2.0, 1.0], &[0.0; 3], 10, 7);
        let found = certain.differences(0.95, true);
        assert_eq!((found.critical, found.rank_sets()), (None, vec![(1, 2), (1, 2), (3, 3)]));
        assert_eq!(certain.band(0.95), None);
    }

    /// Of two estimates, the critical value of the pair is that of the normal distribution.
    #[test]
    fn two_estimates() {
        let estimates = Estimates::independent(vec![0.0, 0.0], &[1.0, 2.0], 100_000, 1);
        let c = estimates.differences(0.95, false).critical.expect("two with errors");
        // The standard error of a quantile at 0.95 of |N| from 100,000 draws is some 0.006.
        assert!((c - 1.959_964).abs() < 0.024, "{c}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// The same errors as slopes give the same sets, bit for bit; stepping down never widens a set; a set for all
        /// together holds that of each by itself, but for the draws.
        #[test]
        fn sets_of_one_kind_agree(
            cells in prop::collection::vec((0..40_u32, 1..20_u32), 2..9),
            seed in 0..100_u64,
        ) {
            let values: Vec<f64> = cells.iter().map(|(x, _)| f64::from(*x) / 4.0).collect();
            let errors: Vec<f64> = cells.iter().map(|(_, e)| f64::from(*e) / 8.0).collect();
            let one = Estimates::independent(values.clone(), &errors, 300, seed);
            let slope = |i: usize| (0..errors.len()).map(|k| if k == i { errors[i] } else { 0.0 }).collect();
            let slopes: Vec<Vec<f64>> = (0..errors.len()).map(slope).collect();
            let other = Estimates::of_slopes(values.clone(), &slopes, 300, seed);
            prop_assert_eq!(&one.draws, &other.draws);
            let steps = one.differences(0.9, true);
            prop_assert_eq!(steps.rank_sets(), other.differences(0.9, true).rank_sets());
            for (a, b) in steps.rank_sets().iter().zip(one.differences(0.9, false).rank_sets()) {
                prop_assert!(a.0 >= b.0 && a.1 <= b.1);
            }
            // The order of estimates is kept: a greater one has no worse set.
            for (i, a) in steps.rank_sets().iter().enumerate() {
                let rank = 1 + values.iter().filter(|x| **x > values[i]).count();
                prop_assert!(a.0 <= rank && rank <= a.1);
            }
            let drawn = Estimates::of_draws(values, one.draws.clone());
            for (found, stated) in drawn.errors().iter().zip(&errors) {
                prop_assert!((found / stated - 1.0).abs() < 0.25, "{} {}", found, stated);
            }
        }
    }
}
