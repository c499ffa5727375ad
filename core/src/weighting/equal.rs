//! Equal weights.

use super::{Siblings, Weighting};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};

settings! {
    /// No settings.
    pub struct Equal {}
}

pub(super) const ENTRY: Entry<dyn Weighting> = Entry {
    name: "equal",
    summary: "Gives every sibling the same weight.",
    formula: "w = 1/n",
    reference: "OECD/JRC Handbook (2008), p. 31",
    settings: Equal::declared,
    make: |values: &Settings| Ok(Box::new(Equal::read(values)?)),
    claims: Claims {
        monotone: false,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![1.0, 2.0], vec![5.0, 1.0], vec![0.0, 3.0], vec![2.0, 2.0]],
        expected: vec![0.25, 0.25, 0.25, 0.25],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Weighting for Equal {
    fn weights(
        &self,
        _: &Siblings<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        // Scaled to a sum of one by who asks; the mean is formed with ones, which lose no digits.
        out.fill(1.0);
        Ok(())
    }

    fn looks_at_scores(&self) -> bool {
        false
    }
}
