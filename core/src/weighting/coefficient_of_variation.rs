//! Weights by coefficient of variation.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Needs, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct CoefficientOfVariation {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "coefficient_of_variation",
    summary: "Weighs each sibling by its standard deviation relative to its mean, which does not depend on the unit.",
    formula: "w_j ∝ s_j / |x̄_j|, s with divisor n - 1; 0 for a constant column; a mean of 0 is refused",
    reference: "Pearson (1896), for the coefficient; in common use as a weighting",
    settings: CoefficientOfVariation::declared,
    make: |values: &Settings| Ok(Box::new(CoefficientOfVariation::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[
        Given::new("mean", "x̄", Shape::SIBLINGS, "The mean of the scores."),
        Given::new("deviation", "s", Shape::SIBLINGS, "The standard deviation of the scores."),
        Given::new("variation", "V", Shape::SIBLINGS, "The coefficient of variation."),
    ],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![3.0, 4.0, 5.0]],
        expected: vec![2.0 / 3.0, 1.0 / 3.0],
        source: "by hand: 1/2 and 1/4".into(),
        ..Example::default()
    },
};

impl Weighting for CoefficientOfVariation {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, columns::variation);
        let of = siblings.columns.iter();
        let (means, variances) =
            (of.clone().map(|c| number::mean(c)), of.map(|c| number::sample_variance(c)));
        scratch.intermediate.siblings("mean", means.map(|m| m.unwrap_or(f64::NAN)));
        scratch
            .intermediate
            .siblings("deviation", variances.map(|v| v.map_or(f64::NAN, f64::sqrt)));
        scratch.intermediate.siblings("variation", out.iter().copied());
        found
    }

    fn needs(&self) -> Needs {
        Needs { uncentred: true, ..Needs::NOTHING }
    }
}
