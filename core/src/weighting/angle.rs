//! Weights by angle.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct Angle {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "angle",
    summary: "Weighs each sibling by the angle between its column and a column of equal values.",
    formula: "w_j ∝ arccos(x̄_j / √(mean of x_ij²)), found as arctan(σ_j / |x̄_j|), σ with divisor n, which keeps small angles exact",
    reference: "Shuai et al. (2012), as in pymcdm 1.4, angle_weights",
    settings: Angle::declared,
    make: |values: &Settings| Ok(Box::new(Angle::read(values)?)),
    claims: Claims { monotone: false, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[Given::new(
        "angle",
        "θ",
        Shape::SIBLINGS,
        "The angle to a column of equal values, in radians.",
    )],
    example: || Example {
        columns: vec![vec![0.0, 2.0], vec![0.0, 3.0], vec![1.0, 1.0]],
        expected: vec![0.5, 0.5, 0.0],
        source: "by hand: two angles of 45 degrees and one of 0".into(),
        ..Example::default()
    },
};

impl Weighting for Angle {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, |_, column| {
            let mean = number::mean(column).unwrap_or(0.0);
            let deviation = number::population_variance(column).map_or(0.0, f64::sqrt);
            if !mean.is_finite() || !deviation.is_finite() {
                return Err(columns::overflow());
            }
            Ok(libm::atan2(deviation, mean.abs()))
        });
        scratch.intermediate.siblings("angle", out.iter().copied());
        found
    }
}
