//! Borda points: how many regions are beaten.

use super::{Normalisation, NormalisationInput, oriented_rank};
use crate::method::{
    Claims, Domain, Entry, Example, MethodError, Scratch, Settings, Units, settings,
};
use crate::model::Indicator;
use crate::number::Ties;

settings! {
    /// Settings of borda.
    pub struct Borda {
        /// The rank that equal values share, counted from the worst.
        ties: Ties = Ties::Competition,
    }
}

pub(super) const ENTRY: Entry<dyn Normalisation> = Entry {
    name: "borda",
    summary: "Gives each region the number of regions that it beats.",
    formula: "s = rank − 1, ranks ascending from the worst",
    reference: "Borda (1781)",
    settings: Borda::declared,
    make: |values: &Settings| Ok(Box::new(Borda::read(values)?)),
    claims: Claims {
        monotone: true,
        units: Units::ScaleAndShift,
        zero_weight: false,
        absent: true,
    },
    intermediate: &[],
    example: || Example {
        columns: vec![vec![10.0, 30.0, 10.0, f64::NAN]],
        expected: vec![0.0, 2.0, 0.0, f64::NAN],
        source: "by hand".into(),
        ..Example::default()
    },
};

impl Normalisation for Borda {
    fn normalise(
        &self,
        input: &NormalisationInput<'_>,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), MethodError> {
        oriented_rank(input, self.ties, scratch, out);
        out.iter_mut().for_each(|s| *s -= 1.0);
        Ok(())
    }

    fn gives(&self, _: &Indicator) -> Domain {
        Domain::between(0.0, f64::INFINITY)
    }
}
