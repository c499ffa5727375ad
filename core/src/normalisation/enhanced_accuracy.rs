//! Enhanced accuracy: distance from the best value as a share of all such distances.

use super::{Constant, Normalisation, NormalisationInput, computed, range, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};
use crate::number::{self};

settings! {
    /// Settings of enhanced_accuracy.
    pub struct EnhancedAccuracy {
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "enhanced_accuracy",
    summary: "Takes from one the share in all distances to the best value.",
    formula: "s = 1 − (max − x)/Σ(max − x); less is better: 1 − (x − min)/Σ(x − min)",
    reference: "pymcdm, enhanced_accuracy_normalization",
    settings: EnhancedAccuracy::declared,
    make: |values: &Settings| Ok(Box::new(EnhancedAccuracy::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![2.0, 4.0, 1.0]],
        expected: vec![0.6, 1.0, 0.4],
        source: "by hand: the distances are 2, 0 and 3".into(),
        ..Example::default()
    },
};

impl Normalisation for EnhancedAccuracy {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = range(input.values)? else {
            out.fill(f64::NAN);
            return Ok(());
        };
        let best = if input.indicator.direction.is_negative() { least } else { greatest };
        scratch.a.clear();
        scratch.a.extend(input.values.iter().map(|x| (best - x).abs()));
        let all = computed(number::sum(&scratch.a))?;
        match input.indicator.direction {
            Direction::Positive => write(input, out, |x| 1.0 - (greatest - x) / all),
            Direction::Negative => write(input, out, |x| 1.0 - (x - least) / all),
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::between(0.0, 1.0)
    }
}
