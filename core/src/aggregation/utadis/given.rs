//! The intermediate results of UTADIS.

use super::program::{Found, Solved};
use super::{BY_BREAKPOINT, NOISE, Part, Utadis, by_child};
use crate::method::{Intermediate, Shape};

/// Everything that was found.
pub(super) struct Results<'a> {
    pub settings: &'a Utadis,
    pub parts: &'a [Part<'a>],
    /// The place of the stated category of each row, from the best.
    pub stated: &'a [Option<usize>],
    /// The utility of each child, row by row.
    pub utilities: &'a [Vec<f64>],
    pub sums: &'a [f64],
    pub categories: &'a [f64],
    pub solved: &'a Solved,
    /// How many children there are, with those of weight 0.
    pub width: usize,
}

impl Results<'_> {
    pub fn give(&self, into: &mut Intermediate) {
        into.regions("category", self.categories.iter().copied());
        self.give_errors(into);
        self.give_utilities(into);
        self.give_lines(into);
        self.give_solution(into);
    }

    /// Stated categories, and the errors of the mean solution.
    fn give_errors(&self, into: &mut Intermediate) {
        let (thresholds, delta) = (&self.solved.mean.thresholds, self.settings.delta);
        let count = self.settings.categories.len();
        let number = |place: &Option<usize>| place.map_or(f64::NAN, |k| (count - k) as f64);
        let above = |x: f64| if x > NOISE { x } else { 0.0 };
        let errors = |error: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
            let rows = self.stated.iter().zip(self.sums);
            rows.map(|(place, u)| place.map_or(f64::NAN, |k| above(error(k, *u)))).collect()
        };
        let short = |k: usize, u: f64| thresholds.get(k).map_or(0.0, |t| t - u);
        let beyond = |k: usize, u: f64| {
            k.checked_sub(1).map_or(0.0, |better| u - thresholds[better] + delta)
        };
        into.regions("stated", self.stated.iter().map(number));
        into.regions("sigma_plus", errors(&short));
        into.regions("sigma_minus", errors(&beyond));
    }

    fn give_utilities(&self, into: &mut Intermediate) {
        let mut table = vec![f64::NAN; self.utilities.len() * self.width];
        for (row, own) in self.utilities.iter().enumerate() {
            let own = self.parts.iter().zip(own);
            own.for_each(|(part, u)| table[row * self.width + part.criterion.child] = *u);
        }
        into.give("utilities", Shape::REGIONS_SIBLINGS, self.width, &[], table);
    }

    /// The ends of the segments, and the utilities there.
    fn give_lines(&self, into: &mut Intermediate) {
        let points = self.parts.iter().map(|part| part.segments + 1).fold(0, usize::max);
        let mut values = vec![f64::NAN; self.width * points];
        let mut marginal = values.clone();
        let own = by_child(self.parts, &self.solved.mean.segments);
        for (part, own) in self.parts.iter().zip(own) {
            let first = part.criterion.child * points;
            let mut sum = 0.0;
            for k in 0..=part.segments {
                values[first + k] = part.breakpoint(k);
                marginal[first + k] = sum;
                sum += own.get(k).copied().unwrap_or(0.0);
            }
        }
        into.give("breakpoints", BY_BREAKPOINT, points, &[], values);
        into.give("marginal", BY_BREAKPOINT, points, &[], marginal);
    }

    fn give_solution(&self, into: &mut Intermediate) {
        let mut turns = vec![f64::NAN; self.width * self.width];
        for (part, found) in self.parts.iter().zip(&self.solved.turns) {
            let first = part.criterion.child * self.width;
            turns[first..first + self.width].copy_from_slice(&self.weights(found));
        }
        let mean = &self.solved.mean;
        let names = &self.settings.categories;
        into.siblings("weights", self.weights(mean));
        into.give("turns", Shape::SIBLINGS_SIBLINGS, self.width, &[], turns);
        into.list("thresholds", &names[..names.len() - 1], mean.thresholds.iter().copied());
        into.figure("error", self.solved.error);
    }

    /// The weights of all children; those that have no part in it have 0.
    fn weights(&self, found: &Found) -> Vec<f64> {
        let mut all = vec![0.0; self.width];
        for (part, own) in self.parts.iter().zip(by_child(self.parts, &found.segments)) {
            all[part.criterion.child] = own.iter().sum();
        }
        all
    }
}
