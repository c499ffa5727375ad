//! A column shifted upwards: off zero, or above negative values.

use super::{Treatment, TreatmentInput, finite};
use crate::method::{Claims, Entry, Example, MethodError, Only, Scratch, Settings, settings};
use crate::number;

crate::method::choice! {
    /// Which columns are shifted.
    pub enum When {
        /// Those in which a value is zero.
        Zero = "zero",
        /// Those in which a value is below zero.
        Negative = "negative",
    }
}

settings! {
    /// Settings of the shift.
    pub struct Shift {
        /// Which columns are shifted: those in which a value is 0, by the number `by` (`zero`), or those in which a value is below 0, so far that the least value is 0 (`negative`). Every other column stays as it is.
        when: When = When::Zero,
        /// What is added.
        by: f64 [1e-300, 1e300] = 1.0 => Only::Is("when", &["zero"]),
    }
}

pub(super) const ENTRY: Entry<dyn Treatment> = Entry {
    name: "shift",
    summary: "Adds a number to every value of a column that has a zero, or brings a column with negative values up to zero.",
    formula: "x' = x + by where a value of the column is 0; x − min where one is below 0",
    reference: "scikit-criteria, AddValueToZero and PushNegatives",
    settings: Shift::declared,
    make: |values: &Settings| Ok(Box::new(Shift::read(values)?)),
    claims: Claims { absent: true, ..Claims::NONE },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![1.0, 0.0, f64::NAN, 3.0]],
            expected: vec![1.5, 0.5, f64::NAN, 3.5],
            source: "by hand: x + 0.5".into(),
            ..Example::default()
        }
        .with([("by", 0.5.into())])
    },
};

impl Treatment for Shift {
    fn treat(
        &self,
        input: &TreatmentInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let up = match (self.when, number::extremes(input.values)) {
            (When::Zero, _) if input.values.contains(&0.0) => self.by,
            (When::Negative, Some((least, _))) if least < 0.0 => -least,
            _ => 0.0,
        };
        for (y, &x) in out.iter_mut().zip(input.values) {
            *y = x + up;
        }
        finite(input.values, out)
    }

    fn keeps_unit(&self) -> bool {
        true
    }
}
