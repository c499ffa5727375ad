//! Peldschus' nonlinear normalisation: squares of shares, cubes where less is better.

use super::{
    Constant, Normalisation, NormalisationInput, invertible, not_negative, positive, write,
};
use crate::aggregation::{ZeroCosts, inverted};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of nonlinear.
    pub struct Nonlinear {
        /// What a zero means where less is better, so that the formula divides by it: refused, or the limit of the formula, in which regions at zero share what there is, and the others have none.
        zeros: ZeroCosts = ZeroCosts::Refuse,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "nonlinear",
    summary: "Squares the share of the maximum; where less is better, cubes the minimum over the value.",
    formula: "s = (x/max)²; less is better: (min/x)³",
    reference: "pymcdm, nonlinear_normalization (Peldschus)",
    settings: Nonlinear::declared,
    make: |values: &Settings| Ok(Box::new(Nonlinear::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 4.0, 1.0]],
        expected: vec![0.25, 1.0, 0.0625],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for Nonlinear {
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
        not_negative(input, least)?;
        match input.indicator.direction {
            Direction::Positive => {
                positive(input, greatest)?;
                write(input, out, |x| (x / greatest) * (x / greatest))
            }
            Direction::Negative => {
                invertible(input, least, self.zeros)?;
                let share = |x| inverted(least, x);
                write(input, out, |x| share(x) * share(x) * share(x))
            }
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
