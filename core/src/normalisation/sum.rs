//! Sum normalisation: the scores add up to one.

use super::{
    Constant, Normalisation, NormalisationInput, computed, invertible, not_negative, positive,
    write,
};
use crate::aggregation::{ZeroCosts, inverted};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of sum.
    pub struct Sum {
        /// What a zero means where less is better, so that the formula divides by it: refused, or the limit of the formula, in which regions at zero share what there is, and the others have none.
        zeros: ZeroCosts = ZeroCosts::Refuse,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "sum",
    summary: "Divides by the sum of the column; of the reciprocals where less is better.",
    formula: "s = x/Σx; less is better: (1/x)/Σ(1/x)",
    reference: "pymcdm, sum_normalization",
    settings: Sum::declared,
    make: |values: &Settings| Ok(Box::new(Sum::read(values)?)),
    claims: Claims { monotone: true, units: Units::Scale, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![1.0, 3.0, f64::NAN]],
        expected: vec![0.25, 0.75, f64::NAN],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for Sum {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = number::extremes(input.values) else {
            out.fill(f64::NAN);
            return Ok(());
        };
        match input.indicator.direction {
            Direction::Positive => {
                not_negative(input, least)?;
                positive(input, greatest)?;
                let all = computed(number::sum(input.values))?;
                write(input, out, |x| x / all)
            }
            Direction::Negative => {
                invertible(input, least, self.zeros)?;
                // Measured in the least value, so that no reciprocal is beyond the numbers.
                scratch.a.clear();
                scratch.a.extend(input.values.iter().map(|&x| inverted(least, x)));
                let all = number::sum(&scratch.a);
                write(input, out, |x| inverted(least, x) / all)
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
