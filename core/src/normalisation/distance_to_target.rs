//! Distance to a target, as a share of the way from the worst region.

use quanheng_words::text;

use super::{Constant, Normalisation, NormalisationInput, write};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::Indicator;
use crate::number::{self};

settings! {
    /// Settings of distance_to_target.
    pub struct DistanceToTarget {
        /// The target of every column; where none is stated here, the one in the tree.
        target: Option<f64> as in_unit = None::<f64>,
        /// Whether what is better than the target still has 1.
        cap: bool = false,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "distance_to_target",
    summary: "The worst region has 0, the target 1.",
    formula: "s = 1 − (target − x)/(target − min); less is better: 1 − (x − target)/(max − target)",
    reference: "COINr, n_dist2targ",
    settings: DistanceToTarget::declared,
    make: |values: &Settings| Ok(Box::new(DistanceToTarget::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![10.0, 30.0, 15.0]],
            expected: vec![0.0, 2.0, 0.5],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([("target", 20.0.into())])
    },
};

impl Normalisation for DistanceToTarget {
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
        let target = self.target.or(input.indicator.target).ok_or(MethodError::NoFact("target"))?;
        let worst = if input.indicator.direction.is_negative() { greatest } else { least };
        let way = (target - worst) * input.indicator.direction.sign();
        if way <= 0.0 {
            return Err(MethodError::Other(text!(
                target_not_better,
                target = target,
                worst = worst
            )));
        }
        let sign = input.indicator.direction.sign();
        let most = if self.cap { 1.0 } else { f64::INFINITY };
        write(input, out, |x| {
            number::clamp(1.0 - (target - x) * sign / way, f64::NEG_INFINITY, most)
        })
    }

    fn constant(&self) -> Option<Constant> {
        Some(self.constant)
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain {
            reaches_lower: true,
            ..Domain::between(0.0, if self.cap { 1.0 } else { f64::INFINITY })
        }
    }

    fn states_in_unit(&self, _: &Indicator) -> bool {
        true
    }
}
