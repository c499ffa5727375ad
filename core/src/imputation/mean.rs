//! The mean of the regions that have a value.

use super::{Imputation, ImputationInput, fill};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};
use crate::number;

settings! {
    /// No settings.
    pub struct Mean {}
}

pub(super) const ENTRY: Entry<dyn Imputation> = Entry {
    name: "mean",
    summary: "Gives a missing cell the mean of the regions that have a value.",
    formula: "x' = Σ x / n over the values that are there",
    reference: "OECD/JRC Handbook (2008), step 3: unconditional mean imputation",
    settings: Mean::declared,
    make: |values: &Settings| Ok(Box::new(Mean::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, 2.0, 7.0]],
        expected: vec![3.0, 4.0, 2.0, 7.0],
        source: "by hand: (3 + 2 + 7)/3 = 4".into(),
        ..Example::default()
    },
};

impl Imputation for Mean {
    fn impute(
        &self,
        input: &ImputationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        if fill::is_complete(out) {
            return Ok(());
        }
        fill::fill_all(number::mean(input.values()), out)
    }
}
