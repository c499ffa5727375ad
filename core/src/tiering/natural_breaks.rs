//! Tiers by natural breaks (Fisher-Jenks), found exactly.

use super::ladder::{
    BOUNDS, GOODNESS, by_bounds, check_labels, distinct, enough, give_bounds, give_goodness,
};
use super::partition::best_partition;
use super::{Tier, Tiering, TieringInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};

settings! {
    /// Settings of tiers by natural breaks.
    pub struct NaturalBreaks {
        /// How many tiers.
        tiers: usize [1, 100] = 5,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "natural_breaks",
    summary: "Cuts where the sum of squares within the tiers is least (Fisher-Jenks), found exactly.",
    formula: "minimise Σ_t Σ_{i in t} (s_i − mean_t)² over all partitions of the sorted scores into k tiers",
    reference: "Fisher (1958), On grouping for maximum homogeneity, JASA 53, 789–798; Jenks (1967), The data model concept in statistical mapping, International Yearbook of Cartography 7, 186–190",
    settings: NaturalBreaks::declared,
    make: |values: &Settings| {
        let method = NaturalBreaks::read(values)?;
        check_labels(&method.labels, method.tiers)?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[BOUNDS, GOODNESS],
    example: || {
        Example {
            columns: vec![vec![1.0, 2.0, 9.0, 10.0, 4.0, f64::NAN]],
            expected: vec![3.0, 3.0, 1.0, 1.0, 2.0, f64::NAN],
            source: "by hand: {1, 2}, {4}, {9, 10} leave 0.5 + 0 + 0.5; {1}, {2, 4}, {9, 10} would leave 2.5".into(),
            ..Example::default()
        }
        .with([("tiers", 3.0.into())])
    },
};

/// The least score of each tier but the lowest, descending, of the `tiers` natural ones; none where there is no score.
///
/// # Errors
/// Fewer distinct scores than tiers.
pub fn natural_bounds(scores: &[f64], tiers: usize) -> Result<Vec<f64>, MethodError> {
    bounds(scores, tiers, &mut Scratch::default())
}

fn bounds(scores: &[f64], tiers: usize, scratch: &mut Scratch) -> Result<Vec<f64>, MethodError> {
    let (values, counts) = (&mut scratch.a, &mut scratch.b);
    distinct(scores, values, counts);
    if tiers == 0 || !enough(counts, tiers)? {
        return Ok(Vec::new());
    }
    let firsts = best_partition(values, counts, tiers);
    Ok(firsts.iter().rev().map(|&i| values[i]).collect())
}

impl Tiering for NaturalBreaks {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let bounds = bounds(input.scores, self.tiers, scratch)?;
        by_bounds(input, &bounds, |_| true, out);
        give_bounds(&bounds, &self.labels, &mut scratch.intermediate);
        give_goodness(input.scores, out, &mut scratch.intermediate);
        Ok(())
    }

    fn count(&self) -> Option<usize> {
        Some(self.tiers)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
