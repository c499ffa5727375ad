//! Distance to a reference region, as a share of the way from the worst region.

use quanheng_words::text;

use super::{Constant, Normalisation, NormalisationInput};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, fault, settings,
};
use crate::model::Indicator;
use crate::number::{self};

settings! {
    /// Settings of distance_to_reference.
    pub struct DistanceToReference {
        /// The code of the reference region; must be stated.
        region: String = String::new(),
        /// Whether what is better than the reference region still has 1.
        cap: bool = false,
        /// What becomes of a column in which all values are equal: an error where the formula has no score for it (`fail`), a number that is the score of every region, or the indicator is left out as if it were not in the tree, the weights of its siblings making up for it (`leave_out`).
        constant: Constant = Constant::Fail,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "distance_to_reference",
    summary: "The worst region has 0, the reference region 1.",
    formula: "s = 1 − (r − x)/(r − min), r the reference region's value in the same period; less is better: max in place of min",
    reference: "COINr, n_dist2ref",
    settings: DistanceToReference::declared,
    make: |values: &Settings| {
        let method = DistanceToReference::read(values)?;
        if method.region.is_empty() {
            return Err(fault("region", text!(expect_region)));
        }
        Ok(Box::new(method))
    },
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || {
        Example {
            columns: vec![vec![10.0, 30.0, 20.0]],
            expected: vec![0.0, 2.0, 1.0],
            source: "by hand".into(),
            ..Example::default()
        }
        .with([("region", "3".into())])
    },
};

impl Normalisation for DistanceToReference {
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
        let code = &self.region;
        let worst = if input.indicator.direction.is_negative() { greatest } else { least };
        scratch.a.clear();
        scratch.a.resize(input.rows.times.len(), f64::NAN);
        let mut found = false;
        for row in input.rows.of(code) {
            found = true;
            scratch.a[input.rows.periods[row].0 as usize] = input.values[row];
        }
        if !found {
            return Err(MethodError::NoRegion { code: code.clone() });
        }
        let most = if self.cap { 1.0 } else { f64::INFINITY };
        for (row, s) in out.iter_mut().enumerate() {
            let x = input.values[row];
            let post = scratch.a[input.rows.periods[row].0 as usize];
            if x.is_nan() {
                *s = f64::NAN;
            } else if post.is_nan() {
                return Err(MethodError::Other(text!(reference_without_value, code = code)));
            } else if post == worst {
                return Err(MethodError::Other(text!(reference_is_worst, code = code)));
            } else {
                *s = number::clamp(1.0 - (post - x) / (post - worst), f64::NEG_INFINITY, most);
            }
        }
        Ok(())
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
}
