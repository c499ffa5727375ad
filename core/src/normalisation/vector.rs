//! Vector normalisation: the column has length one.

use super::{Constant, Normalisation, NormalisationInput, computed, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of vector.
    pub struct Vector {
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "vector",
    summary: "Divides by the Euclidean length of the column; one minus that where less is better.",
    formula: "s = x/√Σx²; less is better: 1 − x/√Σx²",
    reference: "Hwang & Yoon (1981)",
    settings: Vector::declared,
    make: |values: &Settings| Ok(Box::new(Vector::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, 4.0, f64::NAN]],
        expected: vec![0.6, 0.8, f64::NAN],
        source: "by hand: √(9 + 16) = 5".into(),
        ..Example::default()
    },
};

impl Normalisation for Vector {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let length = computed(number::dot(input.values, input.values).sqrt())?;
        if length == 0.0 && number::count(input.values) > 0 {
            return Err(MethodError::Constant { value: 0.0 });
        }
        match input.indicator.direction {
            Direction::Positive => write(input, out, |x| x / length),
            Direction::Negative => write(input, out, |x| 1.0 - x / length),
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        if indicator.direction.is_negative() {
            Domain::between(0.0, 2.0)
        } else {
            Domain::between(-1.0, 1.0)
        }
    }
}
