//! No normalisation: values stay as they are.

use super::{Curve, Normalisation, NormalisationInput};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::Indicator;

settings! {
    /// Settings of none: none.
    pub struct Identity {}
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "none",
    summary: "Leaves values, and their direction, as they are.",
    formula: "s = x",
    reference: "the identity",
    settings: Identity::declared,
    make: |values: &Settings| Ok(Box::new(Identity::read(values)?)),
    claims: Claims { monotone: false, units: Units::Matter, zero_weight: false, absent: true },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![3.0, f64::NAN, -1.0]],
        expected: vec![3.0, f64::NAN, -1.0],
        source: "the input".into(),
        ..Example::default()
    },
};

impl Normalisation for Identity {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.copy_from_slice(input.values);
        Ok(())
    }

    fn is_identity(&self) -> bool {
        true
    }

    fn curve(&self, indicator: &Indicator) -> Option<Curve> {
        let end = f64::INFINITY;
        let more = !indicator.direction.is_negative();
        // Of scores of which less is better, a mean would have to be of such scores only.
        more.then_some(Curve { worst: -end, best: end, straight: true })
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        let (lower, upper) = indicator.ends();
        Domain {
            lower: lower.unwrap_or(f64::NEG_INFINITY),
            upper: upper.unwrap_or(f64::INFINITY),
            direction: indicator.direction,
            ..Domain::ANY
        }
    }
}
