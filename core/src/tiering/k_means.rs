//! Tiers by k-means of the scores.
//!
//! In one dimension the best clusters are intervals, so the optimum is found exactly and no start is drawn. It is the
//! same optimum as that of natural breaks; the two names exist because methodologies are written under both.

use super::ladder::{
    BOUNDS, GOODNESS, by_bounds, check_labels, distinct, enough, give_bounds, give_goodness,
};
use super::partition::best_partition;
use super::{Tier, Tiering, TieringInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};

settings! {
    /// Settings of tiers by k-means.
    pub struct KMeans {
        /// How many tiers.
        tiers: usize [1, 100] = 5,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "k_means",
    summary: "Clusters the scores by k-means; in one dimension the optimum is exact, hence the same as natural breaks.",
    formula: "minimise Σ_t Σ_{i in t} (s_i − mean_t)²; a dynamic program in place of Lloyd’s iteration, so no start matters",
    reference: "Wang & Song (2011), Ckmeans.1d.dp: optimal k-means clustering in one dimension by dynamic programming, The R Journal 3(2), 29–33",
    settings: KMeans::declared,
    make: |values: &Settings| {
        let method = KMeans::read(values)?;
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

impl Tiering for KMeans {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let (values, counts) = (&mut scratch.a, &mut scratch.b);
        distinct(input.scores, values, counts);
        if !enough(counts, self.tiers)? {
            out.fill(None);
            return Ok(());
        }
        let firsts = best_partition(values, counts, self.tiers);
        let bounds: Vec<f64> = firsts.iter().rev().map(|&i| values[i]).collect();
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
