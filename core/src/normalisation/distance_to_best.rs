//! Distance to the best value, as a share of the range.

use super::{Constant, Normalisation, NormalisationInput, range, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::{Direction, Indicator};

settings! {
    /// Settings of distance_to_best.
    pub struct DistanceToBest {
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "distance_to_best",
    summary: "Takes from one the distance to the best region as a share of the range.",
    formula: "s = 1 − (max − x)/(max − min); less is better: 1 − (x − min)/(max − min)",
    reference: "COINr, n_dist2max",
    settings: DistanceToBest::declared,
    make: |values: &Settings| Ok(Box::new(DistanceToBest::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![10.0, 30.0, 15.0]],
        expected: vec![0.0, 1.0, 0.25],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for DistanceToBest {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        let Some((least, greatest)) = range(input.values)? else {
            out.fill(f64::NAN);
            return Ok(());
        };
        match input.indicator.direction {
            Direction::Positive => write(input, out, |x| 1.0 - (greatest - x) / (greatest - least)),
            Direction::Negative => write(input, out, |x| 1.0 - (x - least) / (greatest - least)),
        }
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain { reaches_lower: true, ..Domain::between(0.0, 1.0) }
    }
}
