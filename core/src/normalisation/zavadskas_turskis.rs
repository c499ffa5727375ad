//! Zavadskas-Turskis: relative distance from the best value.

use super::{Constant, Normalisation, NormalisationInput, positive, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of zavadskas_turskis.
    pub struct ZavadskasTurskis {
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "zavadskas_turskis",
    summary: "Takes from one the distance to the best value as a share of that value.",
    formula: "s = 1 − |max − x|/max; less is better: 1 − |min − x|/min",
    reference: "pymcdm, zavadskas_turskis_normalization",
    settings: ZavadskasTurskis::declared,
    make: |values: &Settings| Ok(Box::new(ZavadskasTurskis::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 4.0, 1.0]],
        expected: vec![0.5, 1.0, 0.25],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for ZavadskasTurskis {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = number::extremes(input.values) else {
            out.fill(f64::NAN);
            return Ok(());
        };
        match input.indicator.direction {
            Direction::Positive => {
                positive(input, greatest)?;
                write(input, out, |x| 1.0 - (greatest - x) / greatest)
            }
            Direction::Negative => {
                positive(input, least)?;
                write(input, out, |x| 1.0 - (x - least) / least)
            }
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain { upper: 1.0, ..Domain::ANY }
    }
}
