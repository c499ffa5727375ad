//! Share of the maximum: the best region has 1.

use super::{Constant, Normalisation, NormalisationInput, invertible, positive, write};
use crate::aggregation::{ZeroCosts, inverted};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of share_of_max.
    pub struct ShareOfMax {
        /// What a zero means where less is better, so that the formula divides by it: refused, or the limit of the formula, in which regions at zero share what there is, and the others have none.
        zeros: ZeroCosts = ZeroCosts::Refuse,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "share_of_max",
    summary: "Divides by the greatest value; where less is better, the least value is divided.",
    formula: "s = x/max; less is better: min/x",
    reference: "COINr, n_fracmax; the linear normalisation of multi-criteria analysis",
    settings: ShareOfMax::declared,
    make: |values: &Settings| Ok(Box::new(ShareOfMax::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 4.0, 1.0]],
        expected: vec![0.5, 1.0, 0.25],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for ShareOfMax {
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
                write(input, out, |x| x / greatest)
            }
            Direction::Negative => {
                invertible(input, least, self.zeros)?;
                write(input, out, |x| inverted(least, x))
            }
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        Domain {
            upper: 1.0,
            lower: if indicator.direction.is_negative()
                || indicator.ends().0.is_some_and(|x| x >= 0.0)
            {
                0.0
            } else {
                f64::NEG_INFINITY
            },
            ..Domain::ANY
        }
    }
}
