//! No normalisation: the columns are on one scale already.

use super::{Normalisation, NormalisationInput};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::Indicator;

settings! {
    /// No settings.
    pub struct Unscaled {}
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "none",
    zh: "不标准化",
    summary: "Leaves every value as it is, and its direction with it.",
    formula: "s = x",
    reference: "none needed",
    settings: Unscaled::declared,
    make: |values: &Settings| Ok(Box::new(Unscaled::read(values)?)),
    claims: Claims { monotone: true, units: Units::Matter, zero_weight: false, absent: true },
    example: || Example {
        columns: vec![vec![0.3, f64::NAN, 0.8]],
        expected: vec![0.3, f64::NAN, 0.8],
        source: "by hand",
        ..Example::default()
    },
};

impl Normalisation for Unscaled {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        _: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        out.copy_from_slice(input.values);
        Ok(())
    }

    fn gives(&self, indicator: &Indicator) -> Domain {
        Domain {
            direction: indicator.direction,
            ..Domain::between(
                indicator.lower.unwrap_or(f64::NEG_INFINITY),
                indicator.upper.unwrap_or(f64::INFINITY),
            )
        }
    }
}
