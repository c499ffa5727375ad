//! The median of the regions that have a value.

use super::{Imputation, ImputationInput, fill};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// No settings.
    pub struct Median {}
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "median",
    summary: "Gives a missing cell the median of the regions that have a value.",
    formula: "x' = median of the values that are there",
    reference: "OECD/JRC Handbook (2008), step 3: unconditional median imputation",
    settings: Median::declared,
    make: |values: &Settings| Ok(Box::new(Median::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, 2.0, 7.0]],
        expected: vec![3.0, 3.0, 2.0, 7.0],
        source: "by hand: the middle one of 2, 3, 7".into(),
        ..Example::default()
    },
};

impl Imputation for Median {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        number::sorted(input.values(), &mut scratch.a);
        fill::fill_all(number::median(&scratch.a), out)
    }
}
