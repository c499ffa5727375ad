//! Tiers by quantiles of the scores.

use quanheng_words::text;

use super::ladder::{BOUNDS, by_bounds, check_labels, distinct, enough, give_bounds};
use super::{Tier, Tiering, TieringInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// Settings of tiers by quantiles.
    pub struct Quantiles {
        /// How many tiers.
        tiers: usize [1, 100] = 4,
        /// Whether a score on a bound belongs to the better tier.
        inclusive: bool = true,
        /// The names of the tiers, from best to worst.
        labels: Vec<String> = Vec::new(),
    }
}

pub(super) const ENTRY: Entry<dyn Tiering> = Entry {
    name: "quantiles",
    summary: "Cuts at the quantiles of the scores, so that tiers have about the same number of regions.",
    formula: "bounds q_1/k, …, q_(k−1)/k by linear interpolation (type 7 of Hyndman & Fan 1996)",
    reference: "Hyndman & Fan (1996), Sample quantiles in statistical packages, The American Statistician 50(4), 361–365",
    settings: Quantiles::declared,
    make: |values: &Settings| {
        let method = Quantiles::read(values)?;
        check_labels(&method.labels, method.tiers)?;
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[BOUNDS],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0, 4.0, 5.0]],
        expected: vec![4.0, 3.0, 2.0, 1.0, 1.0],
        source: "by hand: the quartiles are 2, 3 and 4".into(),
        ..Example::default()
    },
};

impl Tiering for Quantiles {
    fn tiers(
        &self,
        input: &TieringInput<'_>,
        scratch: &mut Scratch,
        out: &mut [Option<Tier>],
    ) -> Result<(), MethodError> {
        let (ascending, bounds) = (&mut scratch.a, &mut scratch.b);
        number::sorted(input.scores, ascending);
        bounds.clear();
        let shares = (1..self.tiers).rev().map(|i| i as f64 / self.tiers as f64);
        bounds.extend(shares.filter_map(|share| number::quantile(ascending, share)));
        by_bounds(input, bounds, |_| self.inclusive, out);
        give_bounds(bounds, &self.labels, &mut scratch.intermediate);
        // So many scores can be equal that every bound is one and the same score.
        let mut tiers = out.iter().flatten();
        let first = tiers.next();
        if self.tiers == 1 || first.is_none() || tiers.any(|tier| Some(tier) != first) {
            return Ok(());
        }
        let (values, counts) = (&mut scratch.b, &mut scratch.c);
        distinct(input.scores, values, counts);
        enough(counts, 2)?;
        let most = counts.iter().copied().fold(0.0, number::max);
        let at = counts.iter().position(|count| *count == most).unwrap_or(0);
        Err(MethodError::Other(text!(
            tiers_empty,
            count = most as usize,
            values = ascending.len(),
            score = values[at]
        )))
    }

    fn count(&self) -> Option<usize> {
        Some(self.tiers)
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }
}
