//! Weights by standard deviation.

use super::{Siblings, Weighting, columns};
use crate::method::{
    Claims, Entry, Example, Given, MethodError, Scratch, Settings, Shape, Units, settings,
};
use crate::number;

settings! {
    /// No settings.
    pub struct StandardDeviation {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "standard_deviation",
    summary: "Weighs each sibling by the standard deviation of its scores, so that what sets regions apart counts for more.",
    formula: "w_j ∝ s_j, the standard deviation with divisor n - 1; 0 for a constant column",
    reference: "Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22(7)",
    settings: StandardDeviation::declared,
    make: |values: &Settings| Ok(Box::new(StandardDeviation::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[Given::new(
        "deviation",
        "s",
        Shape::SIBLINGS,
        "The standard deviation of the scores.",
    )],
    example: || Example {
        columns: vec![vec![1.0, 2.0, 3.0], vec![5.0, 8.0, 11.0]],
        expected: vec![0.25, 0.75],
        source: "by hand: standard deviations 1 and 3".into(),
        ..Example::default()
    },
};

impl Weighting for StandardDeviation {
    fn weights(
        &self,
        siblings: &Siblings<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let found = columns::each(siblings, out, |_, column| {
            Ok(number::sample_variance(column).map_or(0.0, f64::sqrt))
        });
        scratch.intermediate.siblings("deviation", out.iter().copied());
        found
    }
}
