//! The programmes of UTADIS: the least errors of the reference regions, then the greatest weight of each child.

use super::nearest::Polyhedron;
use crate::number::{self, Unsolved, maximise};

/// Errors whose sum is below this are rests of rounding: all reference regions can be in their categories.
const NO_ERROR: f64 = 1e-9;

/// What a reference region must be for its category.
pub(super) struct Test {
    /// How much of each segment of utility the region has, child by child.
    pub parts: Vec<f64>,
    /// The threshold, from the best one.
    pub threshold: usize,
    /// Whether the utility must reach the threshold, or else stay below it.
    pub reaches: bool,
    /// What an error counts.
    pub price: f64,
}

/// What all programmes have in common. The numbers are the utilities of the segments, child by child, the thresholds from
/// the best one, and the errors of the tests.
pub(super) struct Programmes {
    /// How many segments each child has.
    pub segments: Vec<usize>,
    /// How many thresholds there are.
    pub thresholds: usize,
    pub tests: Vec<Test>,
    /// How far below a threshold a utility must stay.
    pub delta: f64,
    /// How far a threshold must be from the next one.
    pub gap: f64,
    /// How much more error than the least one is allowed, as a share of it.
    pub tolerance: f64,
}

/// The utilities of the segments, child by child, and the thresholds from the best one.
#[derive(Clone)]
pub(super) struct Found {
    pub segments: Vec<f64>,
    pub thresholds: Vec<f64>,
}

/// What the programmes gave.
pub(super) struct Solved {
    /// The mean of the solutions.
    pub mean: Found,
    /// The solution with the greatest weight of each child.
    pub turns: Vec<Found>,
    /// The least error.
    pub error: f64,
}

/// Rows and their limits.
#[derive(Clone, Default)]
struct Limits {
    rows: Vec<f64>,
    limits: Vec<f64>,
}

impl Limits {
    fn add(&mut self, row: &[f64], limit: f64) {
        self.rows.extend_from_slice(row);
        self.limits.push(limit);
    }
}

impl Programmes {
    /// The least error, and the mean of the solutions that give each child in turn the greatest weight which the error allows.
    pub fn solve(&self) -> Result<Solved, Unsolved> {
        let error = self.least_error()?;
        let turns = (0..self.segments.len()).map(|child| self.turn(child, error));
        let turns = turns.collect::<Result<Vec<Found>, Unsolved>>()?;
        let mean = |of: &dyn Fn(&Found) -> &[f64]| -> Vec<f64> {
            let sum = |k: usize| turns.iter().map(|found| of(found)[k]).sum::<f64>();
            (0..of(&turns[0]).len()).map(|k| sum(k) / turns.len() as f64).collect()
        };
        let (segments, thresholds) =
            (mean(&|found| &found.segments), mean(&|found| &found.thresholds));
        Ok(Solved { mean: Found { segments, thresholds }, turns, error })
    }

    fn all_segments(&self) -> usize {
        self.segments.iter().sum()
    }

    /// How many numbers a programme has.
    fn numbers(&self, has_errors: bool) -> usize {
        let errors = if has_errors { self.tests.len() } else { 0 };
        self.all_segments() + self.thresholds + errors
    }

    /// Which of the numbers are the segments of a child.
    fn of_child(&self, child: usize) -> std::ops::Range<usize> {
        let before: usize = self.segments[..child].iter().sum();
        before..before + self.segments[child]
    }

    /// The limits of every programme: first that all segments add up to 1, or less.
    fn limits(&self, has_errors: bool) -> Limits {
        let (first, n) = (self.all_segments(), self.numbers(has_errors));
        let mut all = Limits::default();
        let mut row = vec![0.0; n];
        row[..first].fill(1.0);
        all.add(&row, 1.0);
        for (k, test) in self.tests.iter().enumerate() {
            let sign = if test.reaches { -1.0 } else { 1.0 };
            row.fill(0.0);
            row.iter_mut().zip(&test.parts).for_each(|(x, part)| *x = sign * part);
            row[first + test.threshold] = -sign;
            if has_errors {
                row[first + self.thresholds + k] = -1.0;
            }
            all.add(&row, if test.reaches { 0.0 } else { -self.delta });
        }
        for k in 1..self.thresholds {
            row.fill(0.0);
            (row[first + k - 1], row[first + k]) = (-1.0, 1.0);
            all.add(&row, -self.gap);
        }
        row.fill(0.0);
        row[first] = 1.0;
        all.add(&row, 1.0);
        all
    }

    /// What the errors count, as a row.
    fn prices(&self) -> Vec<f64> {
        let before = self.all_segments() + self.thresholds;
        let mut row = vec![0.0; before];
        row.extend(self.tests.iter().map(|test| test.price));
        row
    }

    fn least_error(&self) -> Result<f64, Unsolved> {
        let prices = self.prices();
        let objective: Vec<f64> = prices.iter().map(|price| -price).collect();
        let found = self.greatest(&objective, self.limits(true))?;
        Ok(number::dot(&prices, &found))
    }

    /// The numbers with the greatest value of an objective, where all segments add up to 1.
    fn greatest(&self, objective: &[f64], mut limits: Limits) -> Result<Vec<f64>, Unsolved> {
        let turned: Vec<f64> = limits.rows[..objective.len()].iter().map(|x| -x).collect();
        limits.add(&turned, -1.0);
        maximise(objective, &limits.rows, &limits.limits)
    }

    /// The greatest weight of a child within the error; of several solutions the one that is nearest to equal segments and
    /// thresholds at equal distances, by the sum of squares, so that the result does not depend on the solver.
    fn turn(&self, child: usize, error: f64) -> Result<Found, Unsolved> {
        let has_errors = error > NO_ERROR;
        let n = self.numbers(has_errors);
        let mut limits = self.limits(has_errors);
        if has_errors {
            limits.add(&self.prices(), error * (1.0 + self.tolerance));
        }
        let mut objective = vec![0.0; n];
        objective[self.of_child(child)].fill(1.0);
        let start = self.greatest(&objective, limits.clone())?;
        let turned: Vec<f64> = objective.iter().map(|x| -x).collect();
        limits.add(&turned, -number::dot(&objective, &start));
        let polyhedron = Polyhedron { rows: &limits.rows, limits: &limits.limits };
        let found = polyhedron.nearest(&self.equal(n))?;
        let (segments, rest) = found.split_at(self.all_segments());
        let thresholds = rest[..self.thresholds].to_vec();
        Ok(Found { segments: segments.to_vec(), thresholds })
    }

    /// Equal segments, thresholds at equal distances, and no errors.
    fn equal(&self, n: usize) -> Vec<f64> {
        let children = self.segments.len() as f64;
        let segments = self.segments.iter();
        let mut all: Vec<f64> = segments
            .flat_map(|&count| std::iter::repeat_n(1.0 / (children * count as f64), count))
            .collect();
        let categories = self.thresholds as f64 + 1.0;
        all.extend((1..=self.thresholds).map(|k| 1.0 - k as f64 / categories));
        all.resize(n, 0.0);
        all
    }
}
