//! Shares of variance from runs of a Saltelli design: first, total and second order, with bootstrap intervals.

use crate::number;
use crate::robustness::normal_width;

crate::method::choice! {
    /// How first-order shares are estimated.
    pub enum First {
        /// Mean of f(B) (f(AB) - f(A)) (Saltelli et al. 2010, Computer Physics Communications 181, table 2, b).
        Saltelli = "saltelli",
        /// One less half the mean of (f(B) - f(AB))^2 (Jansen 1999, Computer Physics Communications 117).
        Jansen = "jansen",
        /// The correlation of f(B) and f(AB) (Martinez 2011; Baudin et al. 2017).
        Martinez = "martinez",
        /// The covariance of f(B) and f(AB) with mean and variance from both (Janon et al. 2014, ESAIM: Probability and
        /// Statistics 18, eq. 6).
        Janon = "janon",
    }
}

crate::method::choice! {
    /// How total shares are estimated.
    pub enum Total {
        /// Half the mean of (f(A) - f(AB))^2 (Jansen 1999).
        Jansen = "jansen",
        /// One less the correlation of f(A) and f(AB) (Martinez 2011; Baudin et al. 2017).
        Martinez = "martinez",
        /// One less the covariance of f(A) and f(AB) with mean and variance from both (Janon et al. 2014).
        Janon = "janon",
    }
}

/// The results of a design, a number for each row of it; NaN where a run failed.
///
/// A and B are two independent samples. AB of a factor is A with that factor from B; BA is B with that factor from A.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// The results of A.
    pub a: Vec<f64>,
    /// The results of B.
    pub b: Vec<f64>,
    /// The results of AB, a list for each factor.
    pub ab: Vec<Vec<f64>>,
    /// The results of BA, a list for each factor; empty where second orders are not asked for.
    pub ba: Vec<Vec<f64>>,
}

/// How shares are estimated.
#[derive(Clone, Copy, Debug)]
pub struct Estimators {
    /// First orders. Second orders are Saltelli's (2002), which take them away.
    pub first: First,
    /// Total orders.
    pub total: Total,
    /// How many times rows are drawn again for the intervals.
    pub resamples: usize,
    /// The probability of the intervals.
    pub level: f64,
    /// The seed of these draws.
    pub seed: u64,
}

/// A share with its interval: estimate ± half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, as it came out: below 0 or above 1 if it did.
    pub value: f64,
    /// Half the width of its interval.
    pub half: f64,
}

/// The shares of one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// The rows of the design that were used.
    pub rows: usize,
    /// Those that were left out because a run failed or had no result.
    pub left_out: usize,
    /// The mean of the output over A and B.
    pub mean: f64,
    /// Its variance over A and B.
    pub variance: f64,
    /// For each factor, by itself. Empty where the output does not vary.
    pub first: Vec<Estimate>,
    /// For each factor, with everything that it takes part in. Empty where the output does not vary.
    pub total: Vec<Estimate>,
    /// For each pair of factors, the first before the second, what they do together. Empty where BA was not run.
    pub second: Vec<(usize, usize, Estimate)>,
}

/// Columns of terms, whose sums over rows make an estimate.
struct Sums {
    terms: Vec<Vec<f64>>,
    make: fn(&[f64], &Common) -> f64,
}

/// What all estimates of an output share: n, and the sums of f(A), f(B) and their squares.
struct Common {
    n: f64,
    a: f64,
    b: f64,
    aa: f64,
    bb: f64,
}

impl Common {
    fn variance(&self) -> f64 {
        let mean = (self.a + self.b) / (2.0 * self.n);
        (self.aa + self.bb) / (2.0 * self.n) - mean * mean
    }
}

fn product(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x * y).collect()
}

fn squared_difference(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).collect()
}

fn correlation(n: f64, x: (f64, f64), y: (f64, f64), xy: f64) -> f64 {
    let covariance = xy / n - x.0 / n * (y.0 / n);
    let variances = (x.1 / n - x.0 / n * (x.0 / n)) * (y.1 / n - y.0 / n * (y.0 / n));
    covariance / variances.sqrt()
}

/// Janon's: both are samples of the same output.
fn common_correlation(n: f64, x: (f64, f64), y: (f64, f64), xy: f64) -> f64 {
    let mean = (x.0 + y.0) / (2.0 * n);
    (xy / n - mean * mean) / ((x.1 + y.1) / (2.0 * n) - mean * mean)
}

impl Runs {
    /// The runs of the first rows.
    pub fn head(&self, rows: usize) -> Runs {
        let cut = |y: &Vec<f64>| y[..rows.min(y.len())].to_vec();
        let all = |y: &[Vec<f64>]| y.iter().map(cut).collect();
        Runs { a: cut(&self.a), b: cut(&self.b), ab: all(&self.ab), ba: all(&self.ba) }
    }

    /// The shares of every factor.
    ///
    /// Results are first brought to mean 0 and variance 1 over all runs, as SALib does, because Saltelli's estimator
    /// depends on the mean. A row in which any run has no result is left out of all estimates.
    ///
    /// # Panics
    /// If the lists are not of one length.
    pub fn shares(&self, by: &Estimators) -> Shares {
        let lists = || [&self.a, &self.b].into_iter().chain(&self.ab).chain(&self.ba);
        assert!(lists().all(|list| list.len() == self.a.len()), "a result for each row");
        let whole: Vec<usize> =
            (0..self.a.len()).filter(|&row| lists().all(|list| !list[row].is_nan())).collect();
        let kept = |list: &Vec<f64>| whole.iter().map(|&row| list[row]).collect::<Vec<f64>>();
        let raw: Vec<Vec<f64>> = lists().map(kept).collect();
        let both: Vec<f64> = raw[..2].concat();
        let mean = number::mean(&both).unwrap_or(f64::NAN);
        let variance = number::population_variance(&both).unwrap_or(0.0);
        let n = whole.len();
        let mut shares = Shares {
            rows: n,
            left_out: self.a.len() - n,
            mean,
            variance,
            first: Vec::new(),
            total: Vec::new(),
            second: Vec::new(),
        };
        let everything = raw.concat();
        let spread = number::population_variance(&everything).unwrap_or(0.0).sqrt();
        // Differences that are rounding and nothing else are no variance.
        let size = both.iter().fold(0.0, |most, x| number::max(most, x.abs()));
        if n < 2 || variance.sqrt() <= 1e-13 * size || spread == 0.0 {
            return shares;
        }
        let centre = number::mean(&everything).expect("rows");
        let standard = |list: &Vec<f64>| list.iter().map(|x| (x - centre) / spread).collect();
        let lists: Vec<Vec<f64>> = raw.iter().map(standard).collect();
        let d = self.ab.len();
        let (a, b) = (&lists[0], &lists[1]);
        let (ab, ba) = lists[2..].split_at(d);

        let first = ab.iter().map(|ab| first_terms(by.first, a, b, ab));
        let total = ab.iter().map(|ab| total_terms(by.total, a, ab));
        let mut all: Vec<Sums> = first.chain(total).collect();
        let mut pairs = Vec::new();
        let common_product = product(a, b);
        for (i, ba) in ba.iter().enumerate() {
            for (j, ab) in ab.iter().enumerate().skip(i + 1) {
                let terms: Vec<f64> =
                    product(ba, ab).iter().zip(&common_product).map(|(x, y)| x - y).collect();
                let make = |s: &[f64], c: &Common| s[0] / c.n / c.variance();
                all.push(Sums { terms: vec![terms], make });
                pairs.push((i, j));
            }
        }
        let ends = [a.clone(), b.clone(), product(a, a), product(b, b)];
        let at = |counts: Option<&[f64]>| -> Vec<f64> {
            let total = |terms: &[f64]| match counts {
                Some(counts) => number::dot(counts, terms),
                None => number::sum(terms),
            };
            let [a, b, aa, bb] = [0, 1, 2, 3].map(|k| total(&ends[k]));
            let common = Common { n: n as f64, a, b, aa, bb };
            let mut made: Vec<f64> = all
                .iter()
                .map(|sums| {
                    let totals: Vec<f64> = sums.terms.iter().map(|terms| total(terms)).collect();
                    (sums.make)(&totals, &common)
                })
                .collect();
            for (k, &(i, j)) in pairs.iter().enumerate() {
                made[2 * d + k] -= made[i] + made[j];
            }
            made
        };
        let values = at(None);
        let again: Vec<Vec<f64>> =
            (0..by.resamples).map(|draw| at(Some(&counts(by.seed, draw, n)))).collect();
        let width = normal_width(by.level);
        let estimate = |k: usize| {
            let drawn: Vec<f64> =
                again.iter().map(|made| made[k]).filter(|x| x.is_finite()).collect();
            let half = number::sample_variance(&drawn).map_or(f64::NAN, |v| width * v.sqrt());
            Estimate { value: values[k], half }
        };
        shares.first = (0..d).map(estimate).collect();
        shares.total = (d..2 * d).map(estimate).collect();
        let second = pairs.iter().enumerate();
        shares.second = second.map(|(k, &(i, j))| (i, j, estimate(2 * d + k))).collect();
        shares
    }
}

fn first_terms(by: First, a: &[f64], b: &[f64], ab: &[f64]) -> Sums {
    match by {
        First::Saltelli => {
            let terms = b.iter().zip(a).zip(ab).map(|((b, a), ab)| b * (ab - a)).collect();
            Sums { terms: vec![terms], make: |s, c| s[0] / c.n / c.variance() }
        }
        First::Jansen => Sums {
            terms: vec![squared_difference(b, ab)],
            make: |s, c| 1.0 - s[0] / (2.0 * c.n) / c.variance(),
        },
        First::Martinez => Sums {
            terms: vec![ab.to_vec(), product(ab, ab), product(b, ab)],
            make: |s, c| correlation(c.n, (c.b, c.bb), (s[0], s[1]), s[2]),
        },
        First::Janon => Sums {
            terms: vec![ab.to_vec(), product(ab, ab), product(b, ab)],
            make: |s, c| common_correlation(c.n, (c.b, c.bb), (s[0], s[1]), s[2]),
        },
    }
}

fn total_terms(by: Total, a: &[f64], ab: &[f64]) -> Sums {
    match by {
        Total::Jansen => Sums {
            terms: vec![squared_difference(a, ab)],
            make: |s, c| s[0] / (2.0 * c.n) / c.variance(),
        },
        Total::Martinez => Sums {
            terms: vec![ab.to_vec(), product(ab, ab), product(a, ab)],
            make: |s, c| 1.0 - correlation(c.n, (c.a, c.aa), (s[0], s[1]), s[2]),
        },
        Total::Janon => Sums {
            terms: vec![ab.to_vec(), product(ab, ab), product(a, ab)],
            make: |s, c| 1.0 - common_correlation(c.n, (c.a, c.aa), (s[0], s[1]), s[2]),
        },
    }
}

/// How often each of `n` rows is drawn, with replacement, in a resample.
pub(super) fn counts(seed: u64, draw: usize, n: usize) -> Vec<f64> {
    let mut counts = vec![0.0; n];
    for i in 0..n {
        let at = (number::uniform(seed, draw as u64, i as u64) * n as f64) as usize;
        counts[at.min(n - 1)] += 1.0;
    }
    counts
}
