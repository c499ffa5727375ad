//! No treatment.

use super::{Treatment, TreatmentInput};
use crate::method::{Claims, Entry, Example, MethodError, Scratch, Settings, Units, settings};

settings! {
    /// No settings.
    pub struct Untreated {}
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "none",
    summary: "Leaves every value as it is.",
    formula: "x' = x",
    reference: "none needed",
    settings: Untreated::declared,
    make: |values: &Settings| Ok(Box::new(Untreated::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, 200.0]],
        expected: vec![3.0, f64::NAN, 200.0],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Treatment for Untreated {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.copy_from_slice(input.values);
        Ok(())
    }

    fn is_identity(&self) -> bool {
        true
    }

    fn keeps_unit(&self) -> bool {
        true
    }
}
