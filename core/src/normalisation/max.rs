//! Maximum: values over the greatest; where less is better, one minus that.

use super::{Constant, Normalisation, NormalisationInput, positive, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of max.
    pub struct Max {
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "max",
    summary: "Divides by the greatest value, and takes the rest to one where less is better.",
    formula: "s = x/max; less is better: 1 − x/max",
    reference: "pymcdm, max_normalization",
    settings: Max::declared,
    make: |values: &Settings| Ok(Box::new(Max::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 4.0, 1.0]],
        expected: vec![0.5, 1.0, 0.25],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for Max {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((_, greatest)) = number::extremes(input.values) else {
            out.fill(f64::NAN);
            return Ok(());
        };
        positive(input, greatest)?;
        match input.indicator.direction {
            Direction::Positive => write(input, out, |x| x / greatest),
            Direction::Negative => write(input, out, |x| 1.0 - x / greatest),
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        if indicator.direction.is_negative() {
            Domain { reaches_lower: true, ..Domain::between(0.0, f64::INFINITY) }
        } else {
            Domain { upper: 1.0, ..Domain::ANY }
        }
    }
}
