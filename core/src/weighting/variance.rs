//! Weights by variance.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Variance {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "variance",
    summary: "Weighs each sibling by the variance of its scores after min-max.",
    formula: "w_j ∝ variance of (x_ij - min_j) / (max_j - min_j), divisor n - 1; 0 for a constant column",
    reference: "As in pymcdm 1.4, variance_weights",
    settings: Variance::declared,
    make: |values: &Settings| Ok(Box::new(Variance::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[Given::new("variance", "s²", Shape::SIBLINGS, "The variance after min-max.")],
    example: || Example {
        columns: vec![vec![0.0, 1.0, 2.0], vec![0.0, 4.0, 4.0]],
        expected: vec![3.0 / 7.0, 4.0 / 7.0],
        source: "by hand: 1/4 and 1/3".into(),
        ..Example::default()
    },
};

impl Weighting for Variance {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, |k, column| {
            columns::min_max(column, siblings.directions[k], &mut scratch.a);
            Ok(number::sample_variance(&scratch.a).unwrap_or(0.0))
        });
        scratch.intermediate.siblings("variance", out.iter().copied());
        found
    }
}
